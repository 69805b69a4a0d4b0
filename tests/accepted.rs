//! Accepted findings: what a baseline survives, what breaks it, and what is told of entries.

mod program;

use program::{Run, folder, pdf, program, text};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

/// A letter with a page named that is not listed (decision 1) and a page that does not exist (decision 2).
const LETTER: &str = "tests/letters/page-unlisted-and-page-128.txt";
const SLIP: &str = "Page 8 of the MTUS Chronic Pain Medical Treatment Guidelines, \n\nfurthermore, asks for";
const FILE: &str = "imrlint-accepted.yaml";

/// A folder with a letter and a configuration for its two rules.
struct Project(PathBuf);

impl Project {
    fn new(name: &str, letter: &str) -> Project {
        let project = Project(folder(&format!("accepted-{name}")));
        fs::create_dir(project.0.join("letters")).expect("a temporary folder");
        project.put("imrlint.yaml", "select: [citation-page-unlisted, citation-page-invalid]\n");
        project.put("letters/7.txt", letter);
        project
    }

    fn put(&self, path: &str, content: &str) {
        fs::write(self.0.join(path), content).expect("a temporary file");
    }

    fn file(&self) -> String {
        fs::read_to_string(self.0.join(FILE)).expect("a file of accepted findings")
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run(&self.0, arguments)
    }

    /// What `baseline check` says last, and its exit code.
    fn state(&self) -> (i32, String) {
        let run = self.run(&["baseline", "check"]);
        (run.code, run.out.lines().last().expect("a sentence").to_string())
    }

    /// Writes a baseline of the letter as it is and puts another in its place.
    fn then(&self, letter: &str) -> (i32, String) {
        assert_eq!(self.run(&["baseline", "write"]).code, 0);
        assert_eq!(self.state(), (0, "0 new, 0 unused, 0 expired".to_string()));
        self.put("letters/7.txt", letter);
        self.state()
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let done = program(arguments).current_dir(folder).write_stdin("").output().expect("it runs");
    let words = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let run = Run { code: done.status.code().expect("it ends"), out: words(done.stdout), err: words(done.stderr) };
    assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
    run
}

fn letter() -> String {
    text(LETTER)
}

/// The letter with some words replaced, which must be there.
fn changed(from: &str, to: &str) -> String {
    let letter = letter();
    assert!(letter.contains(from), "the letter has changed: {from}");
    letter.replacen(from, to, 1)
}

/// The letter with its rationales broken into lines of other lengths, without the blank lines between.
fn wrapped(width: usize) -> String {
    let mut out = String::new();
    for block in letter().split("\n \n") {
        if !block.contains("Decision rationale:") {
            out += &format!("{block}\n \n");
            continue;
        }
        let mut line = String::new();
        for word in block.split_whitespace() {
            if !line.is_empty() && line.len() + word.len() > width {
                out += &(std::mem::take(&mut line) + "\n");
            }
            line += &format!("{}{word}", if line.is_empty() { "" } else { " " });
        }
        out += &format!("{line}\n\n \n");
    }
    out
}

fn none() -> (i32, String) {
    (0, "0 new, 0 unused, 0 expired".to_string())
}

#[test]
fn a_baseline_survives_what_is_no_change_of_the_evidence() {
    for (n, other) in [
        wrapped(50),
        wrapped(140),
        letter().replace('\n', "\r\n"),
        changed("with \n\nno outcome on record.", "with \n\nno outcome on record, in May, as her letter says."),
        changed("TENS unit purchase: Upheld", "TENS unit purchase, two leads: Upheld"),
        changed("Voltaren gel 1%, 100 grams: Upheld", "Voltaren gel 1%, 200 grams: Upheld"),
    ]
    .iter()
    .enumerate()
    {
        assert_ne!(*other, letter(), "{n} is another text");
        assert_eq!(Project::new("survives", &letter()).then(other), none(), "{n}");
    }
}

#[test]
fn a_baseline_survives_another_extraction_and_another_folder() {
    let project = Project::new("pdf", &letter());
    assert_eq!(project.run(&["baseline", "write"]).code, 0);
    fs::remove_file(project.0.join("letters/7.txt")).expect("a temporary file");
    let ascii: String = letter().chars().map(|c| if c.is_ascii() { c } else { '\'' }).collect();
    fs::create_dir(project.0.join("letters/2014")).expect("a temporary folder");
    fs::write(project.0.join("letters/2014/7.pdf"), pdf(&ascii)).expect("a temporary file");
    let check = project.run(&["check", "--format", "jsonl", "letters"]);
    let accepted: Vec<bool> = check.lines().iter().map(|f| f["accepted"].is_object()).collect();
    assert_eq!((accepted, check.code), (vec![true, true], 0), "{}", check.out);
    assert_eq!(project.state(), none());
}

#[test]
fn a_baseline_breaks_when_the_evidence_changes() {
    let project = Project::new("evidence", &letter());
    let changed = changed("Page 8 of the MTUS", "Page 9 of the MTUS");
    assert_eq!(project.then(&changed), (1, "1 new, 1 unused, 0 expired".to_string()));
    let check = project.run(&["check", "--format", "concise", "letters"]);
    assert_eq!(check.code, 1);
    let marks: Vec<bool> = check.out.lines().map(|l| l.ends_with(" [accepted]")).collect();
    assert_eq!(marks, [false, true], "{}", check.out);
    let file = project.file();
    let line = file.lines().position(|l| l.contains("citation-page-unlisted")).expect("an entry") + 4;
    assert!(check.err.contains("unused-acceptance]: this accepts no finding\n"), "{}", check.err);
    assert!(check.err.contains(&format!("{FILE}:{line}:16\n")), "{}", check.err);
}

#[test]
fn of_two_equal_findings_one_can_be_mended() {
    // the same slip on the same lists in decisions 1 and 2
    let twins = changed("112, 128.", "116.").replace(
        "well. Therefore, the request for Voltaren",
        &format!("well. {SLIP} more. Therefore, the request for Voltaren"),
    );
    let twins = twins.replace(
        "MTUS Chronic Pain Treatment Guidelines Topical \n\nanalgesics Page(s): 116.",
        "MTUS Chronic Pain Treatment Guidelines TENS, chronic \n\npain Page(s): 116.",
    );
    assert_eq!(twins.matches(SLIP).count(), 2);
    let mended = twins.replacen("Page 8 of", "Page 116 of", 1);
    let project = Project::new("twins", &twins);
    assert_eq!(project.run(&["check", "--format", "concise", "letters"]).out.lines().count(), 2, "two findings");
    assert_eq!(project.then(&mended), (0, "0 new, 1 unused, 0 expired".to_string()));

    // only the first was accepted: mending it must not lend its entry to the second
    let project = Project::new("twins-one", &twins);
    assert_eq!(project.run(&["baseline", "write"]).code, 0);
    let file = project.file();
    let second = file.rfind("- rule").expect("two entries");
    project.put(FILE, &file[..second]);
    assert_eq!(project.state(), (1, "1 new, 0 unused, 0 expired".to_string()));
    project.put("letters/7.txt", &mended);
    assert_eq!(project.state(), (1, "1 new, 1 unused, 0 expired".to_string()));
}

#[test]
fn suppressions_say_why_and_end() {
    let project = Project::new("suppressed", &letter());
    assert_eq!(project.run(&["baseline", "write"]).code, 0);
    let with = |until: &str| {
        let file = project.file();
        let entries: Vec<&str> = file.split_inclusive("\n- rule").collect();
        assert_eq!(entries.len(), 3);
        let reason = format!("  reason: the page is of another print\n  by: Q. Lead\n  until: {until}\n");
        let first = entries[1].strip_suffix("- rule").expect("an entry");
        entries[0].to_string() + first + &reason + "# the second one\n- rule" + entries[2]
    };
    let (valid, over) = (with("2100-12-31"), with("2020-12-31"));
    project.put(FILE, &valid);
    let check = project.run(&["check", "letters"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""));
    assert!(check.out.contains(" [accepted: the page is of another print]\n"), "{}", check.out);
    assert!(check.out.contains("= accepted by Q. Lead until 2100-12-31\n"), "{}", check.out);
    assert!(check.out.ends_with("no findings (2 findings accepted)\n"), "{}", check.out);
    let json: Json = project.run(&["check", "--format", "json", "letters"]).json();
    let expected =
        serde_json::json!({ "reason": "the page is of another print", "by": "Q. Lead", "until": "2100-12-31" });
    assert_eq!(json["findings"][0]["accepted"], expected);
    assert_eq!((&json["summary"]["accepted"], &json["summary"]["warnings"]), (&Json::from(2), &Json::from(0)));

    project.put(FILE, &over);
    let check = project.run(&["check", "letters", "--as-of", "2014-01-01"]);
    assert_eq!(check.code, 1, "the day of the rules is not the day of the run");
    let line = over.lines().position(|l| l.contains("until:")).expect("a day") + 1;
    assert!(
        check.err.contains(&format!("{FILE}:{line}:10\n")) && check.err.contains("[expired-acceptance]"),
        "{}",
        check.err
    );
    assert_eq!(project.state(), (1, "0 new, 0 unused, 1 expired".to_string()));
    // what is over is not written anew behind the back of its author
    let write = project.run(&["baseline", "write"]);
    assert!(write.out.contains("1 expired"), "{}", write.out);
    assert_eq!(project.file(), over);
}

#[test]
fn writing_keeps_what_people_wrote_and_pruning_drops_what_is_gone() {
    let project = Project::new("prune", &letter());
    assert_eq!(project.run(&["baseline", "write"]).code, 0);
    let first = project.file();
    let reason = "  reason: agreed\n  by: Q. Lead\n  until: 2100-01-01\n";
    let ours = first.replace("\n\n- rule", "\n\n# talked over\n- rule").trim_end().to_string() + "\n" + reason;
    project.put(FILE, &ours);
    // both slips are mended: the suppression stays until it is pruned, the other entry goes with the next baseline
    let mended = letter().replace("112, 128.", "112.").replace("Page 8 of the MTUS", "Page 116 of the MTUS");
    project.put("letters/7.txt", &mended);
    assert_eq!(project.state(), (0, "0 new, 2 unused, 0 expired".to_string()));
    assert_eq!(project.run(&["baseline", "write"]).out, format!("{FILE}: 1 accepted, 0 new, 1 dropped\n"));
    assert!(project.file().contains(reason) && !project.file().contains("talked over"), "{}", project.file());
    // entries of letters and rules that did not run are left alone
    project.put("letters/8.txt", &letter());
    assert_eq!(
        project.run(&["baseline", "prune", "letters/8.txt"]).out,
        format!("{FILE}: 1 accepted, nothing to change\n")
    );
    assert_eq!(
        project.run(&["baseline", "prune", "--ignore", "citation"]).out,
        format!("{FILE}: 1 accepted, nothing to change\n")
    );
    assert_eq!(
        project.run(&["baseline", "write", "letters/8.txt"]).out,
        format!("{FILE}: 3 accepted, 2 new, 0 dropped\n")
    );
    assert_eq!(project.run(&["baseline", "prune"]).out, format!("{FILE}: 2 accepted, 0 new, 1 dropped\n"));
    fs::remove_file(project.0.join("letters/8.txt")).expect("a temporary file");
    assert_eq!(project.state(), (0, "0 new, 0 unused, 0 expired (2 of letters or rules that did not run)".to_string()));
    assert_eq!(
        project.run(&["baseline", "prune", "--missing-letters"]).out,
        format!("{FILE}: 0 accepted, 0 new, 2 dropped\n")
    );
    let left: Vec<_> = fs::read_dir(&project.0).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(left.len(), 3, "no temporary file is left: {left:?}");
}

#[test]
fn no_words_of_the_letter_are_written() {
    let project = Project::new("words", &letter());
    assert_eq!(project.run(&["baseline", "write"]).code, 0);
    let keys = ["- rule: citation-page-", "  letter: \"7\"", "  decision: ", "  fingerprint: v1:", "#"];
    for line in project.file().lines().filter(|l| !l.is_empty()) {
        assert!(keys.iter().any(|k| line.starts_with(k)), "{line}");
    }
}

#[test]
fn a_wrong_file_is_exit_code_4_and_another_can_be_named() {
    let project = Project::new("wrong", &letter());
    let mark = "v1:0123456789abcdef-01234567";
    project.put(
        FILE,
        &format!("- rule: a\n  letter: b\n  fingerprint: {mark}\n  reason: x\n  until: soon\n- letter: c\n"),
    );
    for command in ["check", "baseline"] {
        let arguments: &[&str] = if command == "check" { &["check", "letters"] } else { &["baseline", "write"] };
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (4, ""), "{command}");
        for place in ["1:3", "5:10", "6:3"] {
            assert!(run.err.contains(&format!("{FILE}:{place}\n")), "{place}: {}", run.err);
        }
    }
    assert_eq!(project.run(&["check", "letters", "--accepted", "gone.yaml"]).code, 4);
    assert_eq!(project.run(&["baseline", "write", "--accepted", "mine.yaml"]).code, 0);
    assert_eq!(project.run(&["check", "letters", "--accepted", "mine.yaml"]).code, 0);
    assert_eq!(project.run(&["check", "letters", "--no-config", "--select", "citation-page-invalid"]).code, 1);
    project.put("imrlint.yaml", "select: citation\naccepted: mine.yaml\n");
    assert_eq!(project.run(&["check", "letters", "--select", "citation-page-invalid"]).code, 0);
}

#[test]
fn runs_that_write_at_once_leave_a_whole_file() {
    let project = Project::new("race", &letter());
    for _ in 0..3 {
        std::thread::scope(|scope| {
            for ignored in ["citation-page-unlisted", "citation-page-invalid", "esi-levels"] {
                let project = &project;
                scope.spawn(move || project.run(&["baseline", "write", "--ignore", ignored]));
            }
        });
        let (file, problems) = imrlint::accepted::load(&project.file());
        assert!(problems.is_empty() && !file.entries.is_empty(), "{}", project.file());
    }
    assert_eq!(fs::read_dir(&project.0).expect("a folder").count(), 3, "no temporary file is left");
}
