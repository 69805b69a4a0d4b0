//! `imrlint parse` and `imrlint inspect`: what the linter sees.

use crate::args::{Color, Inputs, InspectFacts, Parse, TreeFormat};
use crate::letters;
use crate::session::{self, exit};
use imrlint::fact::Facts;
use imrlint::letter::{Format, Letter};
use imrlint::lexicon::Lexicon;
use imrlint::source::Source;
use imrlint::{fact, letter, tree};
use serde::Deserialize;
use std::io::{self, BufRead, IsTerminal, Write};

/// Prints trees.
pub fn parse(args: &Parse, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    let look = |path: &str, source: &Source| {
        let (letter, facts) = read(source, &book.lexicon)?;
        let tree = tree::tree(source, path, &letter, &facts, &book.lexicon);
        Ok(match args.format {
            TreeFormat::Text => tree::outline_text(&tree),
            TreeFormat::Jsonl => serde_json::to_string(&tree).unwrap_or_default() + "\n",
        })
    };
    print(&args.inputs, color, look)
}

/// A letter with its facts.
fn read(source: &Source, lexicon: &Lexicon) -> Result<(Letter, Facts), Format> {
    let letter = letter::parse(&source.text, lexicon);
    if !letter.format.is_supported() {
        return Err(letter.format);
    }
    let facts = fact::gather(&letter, lexicon);
    Ok((letter, facts))
}

/// Prints what each letter gave.
fn print(args: &Inputs, color: Color, look: impl Fn(&str, &Source) -> Result<String, Format> + Sync) -> u8 {
    let mut out = session::output();
    let done = letters::each(args, color, look, |text| out.write_all(text.as_bytes()));
    session::ended(done.and_then(|errors| {
        out.flush()?;
        Ok(if errors.is_empty() { 0 } else { exit::INPUT })
    }))
}

/// Prints the text that spans point into.
pub fn text(args: &Inputs, color: Color) -> u8 {
    let inputs = match crate::files::inputs(args) {
        Ok(inputs) => inputs,
        Err(wrong) => {
            eprintln!("error: {wrong}");
            return exit::USAGE;
        }
    };
    let mut failed = false;
    let terminal = io::stdout().is_terminal();
    let mut out = io::stdout().lock();
    for input in inputs {
        match session::source(&input) {
            Ok(source) => {
                let shown = if terminal { tree::visible(&source.text) } else { source.text };
                let _ = out.write_all(shown.as_bytes());
            }
            Err(error) => {
                eprint!("{}", imrlint::render::input_error(&error, session::error_style(color)));
                failed = true;
            }
        }
    }
    let _ = out.flush();
    if failed { exit::INPUT } else { 0 }
}

/// Prints every fact with its place.
pub fn facts(args: &InspectFacts, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    let look = |path: &str, source: &Source| {
        let (letter, facts) = read(source, &book.lexicon)?;
        Ok(tree::facts_text(source, path, &letter, &facts, &book.lexicon))
    };
    print(&args.inputs, color, look)
}

/// A question of `inspect polarity`.
#[derive(Deserialize)]
struct Question {
    id: serde_json::Value,
    text: String,
    start: usize,
    end: usize,
}

/// Answers one question a line.
pub fn polarity() -> u8 {
    let book = imrlint::builtin::rulebook();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let Ok(line) = line else {
            eprintln!("error: line {} is no UTF-8", number + 1);
            return exit::INPUT;
        };
        if line.trim().is_empty() {
            continue;
        }
        let question: Question = match serde_json::from_str(&line) {
            Ok(question) => question,
            // the parser's own message may quote the text
            Err(_) => {
                eprintln!("error: line {}: no JSON object with `id`, `text`, `start` and `end`", number + 1);
                return exit::INPUT;
            }
        };
        let Question { id, text, start, end } = question;
        if start > end || end > text.len() || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            eprintln!("error: line {}: start and end are no place in the text", number + 1);
            return exit::INPUT;
        }
        let polarity = fact::polarity_of(&text, start, end, &book.lexicon);
        let _ = writeln!(out, "{}", serde_json::json!({ "id": id, "polarity": polarity }));
    }
    let _ = out.flush();
    0
}
