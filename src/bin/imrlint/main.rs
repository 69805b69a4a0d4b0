//! try
use imrlint::source::Source;
fn main() {
    let book = imrlint::builtin::rulebook();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let json = args.iter().any(|a| a == "jsonl");
    for f in args.iter().filter(|a| a.contains('/')) {
        let text = String::from_utf8_lossy(&std::fs::read(f).unwrap()).to_string();
        let source = Source::new(f.as_str(), text);
        if args[0] == "check" {
            continue;
        }
        let letter = imrlint::letter::parse(&source.text, &book.lexicon);
        let facts = imrlint::fact::gather(&letter, &book.lexicon);
        let tree = imrlint::tree::tree(&source, f, &letter, &facts, &book.lexicon);
        if json {
            println!("{}", serde_json::to_string(&tree).unwrap());
        } else {
            print!("{}", imrlint::tree::outline_text(&tree));
        }
    }
}
