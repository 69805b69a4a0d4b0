//! A rulebook prepared in one file says what its folder says, and a file that cannot be used is told.

mod program;

use program::{folder, imrlint, root};
use std::fs;

/// The folder of rules, and the file that is prepared of it.
fn prepared(name: &str) -> (String, String) {
    let own = root().join("tests/own-rules").display().to_string();
    let file = folder(name).join("rules.imrb").display().to_string();
    let run = imrlint(&["rules", "prepare", "--rules", &own, "--output", &file]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("--rules"), "{}", run.out);
    (own, file)
}

#[test]
fn a_prepared_rulebook_says_what_its_folder_says() {
    let (own, file) = prepared("prepared-same");
    let check = ["check", "--exit-zero", "--preview", "--severity", "info", "tests/letters"];
    for command in [
        &[&check[..], &["--format", "jsonl"]].concat()[..],
        &[&check[..], &["--format", "sarif"]].concat(),
        &["rules", "list"],
        &["explain", "massage-visits-phase"],
        &["rules", "ids", "lists"],
    ] {
        let [folder, one] = [&own, &file].map(|rules| imrlint(&[command, &["--rules", rules]].concat()));
        assert!(folder.code == 0 && folder.out.len() > 300, "{command:?}: {}", folder.err);
        assert_eq!((one.code, one.err), (0, folder.err), "{command:?}");
        assert!(one.out == folder.out, "{command:?}");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_told() {
    let (own, file) = prepared("prepared-damaged");
    let good = fs::read(&file).expect("it was written");
    let check = |rules: &[&str]| {
        let named = rules.iter().flat_map(|r| ["--rules", r]).collect::<Vec<_>>();
        imrlint(&[&["check", "tests/letters"][..], &named].concat())
    };
    let (mut older, mut changed) = (good.clone(), good.clone());
    older[17] ^= 1;
    changed[5000] ^= 1;
    for (bytes, told) in
        [(&older[..], "another version"), (&changed, "damaged"), (&good[..5000], "damaged"), (&good[..20], "damaged")]
    {
        fs::write(&file, bytes).expect("the folder is there");
        let run = check(&[&file]);
        assert_eq!((run.code, run.out.as_str()), (4, ""), "{told}");
        assert!(run.err.contains(&file) && run.err.contains(told), "{}", run.err);
        assert!(run.err.contains("`imrlint rules prepare` again"), "the way out: {}", run.err);
    }
    fs::write(&file, &good).expect("the folder is there");
    let run = check(&[&file, &own]);
    assert!(run.code == 4 && run.err.contains("cannot be joined"), "{}", run.err);
}

#[test]
fn rules_that_ask_the_same_are_each_told_in_their_own_words() {
    let rules = folder("prepared-twins");
    let text = fs::read_to_string(root().join("rules/procedure/esi-levels.yaml")).expect("it is shipped");
    let title = text.lines().find_map(|l| l.strip_prefix("title: ")).expect("it has one");
    for id in ["esi-levels-one", "esi-levels-two"] {
        let twin = text.replacen("id: esi-levels", &format!("id: {id}"), 1);
        let twin = twin.replacen(title, &format!("the words of {id}"), 1);
        let told = twin.find("messages:").map(|at| twin[at..].lines().nth(1).expect("a message").to_string());
        let told = told.expect("it has messages");
        let key = told.split(':').next().expect("a key");
        let twin = twin.replacen(&told, &format!("{key}: \"{{criterion}}\""), 1);
        fs::write(rules.join(format!("{id}.yaml")), twin).expect("the folder is there");
    }
    let rules = rules.display().to_string();
    let letter = "tests/letters/esi-three-levels-approved.txt";
    let run = imrlint(&["check", "--exit-zero", "--format", "concise", "--rules", &rules, letter]);
    assert_eq!(run.err, "");
    for id in ["esi-levels-one", "esi-levels-two"] {
        assert!(run.out.contains(&format!("the words of {id}")), "{}", run.out);
    }
}
