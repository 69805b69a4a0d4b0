//! How letters come in: many at once, in a stream, in folders, lists and patterns.

mod program;

use program::{folder, imrlint, imrlint_with, root, text};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Paths of letters that were written for tests.
fn letters() -> Vec<String> {
    let all = fs::read_dir(root().join("tests/letters")).expect("a folder").map(|e| e.expect("an entry").path());
    let mut all: Vec<String> =
        all.filter(|p| p.extension().is_some_and(|e| e == "txt")).map(|p| p.display().to_string()).collect();
    all.sort();
    all
}

/// A record of stream mode.
fn record(id: &str, letter: &str) -> String {
    serde_json::json!({ "id": id, "text": letter }).to_string() + "\n"
}

/// The program with its pipes in our hands.
fn started(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imrlint"));
    command.args(arguments).current_dir(root()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = folder("threads");
    for (n, path) in letters().iter().step_by(4).enumerate() {
        fs::copy(path, folder.join(format!("{n:03}.txt"))).expect("a temporary file");
        // errors and remarks stand between the letters
        if n % 3 == 0 {
            fs::write(folder.join(format!("{n:03}-empty.txt")), "").expect("a temporary file");
            fs::write(folder.join(format!("{n:03}-mail.txt")), b"Dear colleague,\nthe caf\xe9 is open.\n")
                .expect("a temporary file");
        }
    }
    let path = folder.to_str().expect("a plain path");
    for format in ["pretty", "concise", "json", "jsonl"] {
        let run = |threads| imrlint(&["check", "--threads", threads, "--format", format, path]);
        let one = run("1");
        assert!(one.out.len() > 1000 && one.err.lines().count() > 8, "{}", one.err);
        for threads in ["2", "3"] {
            let more = run(threads);
            assert_eq!((more.code, more.out, more.err), (3, one.out.clone(), one.err.clone()), "{threads} threads");
        }
    }
    for command in [&["parse"][..], &["parse", "--format", "jsonl"], &["inspect", "facts"]] {
        let run = |threads| imrlint(&[command, &["--threads", threads, path]].concat());
        let (one, two) = (run("1"), run("2"));
        assert_eq!((one.out, one.err), (two.out, two.err), "{command:?}");
    }
    assert_eq!(imrlint(&["check", "--threads", "0", path]).code, 2);
}

#[test]
fn streams_give_the_same_bytes_for_any_number_of_threads() {
    let mut input = String::new();
    for (n, path) in letters().iter().take(40).enumerate() {
        input += &record(&format!("letter-{n}"), &text(path));
        if n % 10 == 0 {
            input += "{\"id\": \"no text\"}\n\nno JSON at all\n";
        }
    }
    let run = |threads| imrlint_with(&["check", "--input-format", "jsonl", "--threads", threads, "-"], &input);
    let one = run("1");
    assert_eq!((one.code, one.out.lines().count()), (0, 48), "{}", one.err);
    for threads in ["2", "3"] {
        assert!(run(threads).out == one.out, "{threads} threads");
    }
    let numbers: Vec<u64> = one.lines().iter().filter_map(|l| l["line"].as_u64()).collect();
    assert_eq!(numbers[..4], [2, 4, 15, 17], "bad records are told by their lines");
}

#[test]
fn a_program_may_wait_for_each_answer_before_it_asks_again() {
    for threads in ["1", "2"] {
        let mut child = started(&["check", "--input-format", "jsonl", "--threads", threads, "-"]);
        let mut input = child.stdin.take().expect("a pipe");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        // if an answer stayed behind, this would wait for ever
        for (n, path) in letters().iter().take(12).enumerate() {
            input.write_all(record(&n.to_string(), &text(path)).as_bytes()).expect("it reads");
            let mut line = String::new();
            output.read_line(&mut line).expect("it answers");
            assert!(line.starts_with(&format!("{{\"schema\":1,\"id\":\"{n}\",")), "{line}");
        }
        drop(input);
        assert!(child.wait().expect("it ends").success());
    }
}

/// A run over many letters that has told its first finding: the program, what it still says, and the line.
fn in_the_middle() -> (Child, BufReader<ChildStdout>, String) {
    let letters = letters();
    let many: Vec<&str> = letters.iter().cycle().take(1500).map(String::as_str).collect();
    let mut child = started(&[&["check", "--threads", "2", "--format", "jsonl"][..], &many].concat());
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    output.read_line(&mut line).expect("a finding");
    (child, output, line)
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let (mut child, output, _) = in_the_middle();
    drop(output);
    let mut told = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
    assert_eq!((child.wait().expect("it ends").code(), told.as_str()), (Some(0), ""));

    let mut child = started(&["check", "--input-format", "jsonl", "--threads", "2", "-"]);
    let mut input = child.stdin.take().expect("a pipe");
    drop(child.stdout.take());
    // it ends although its input is open: writing to it fails after a while
    let record = record("x", &text(&letters()[0]));
    let refused = (0..100_000).any(|_| input.write_all(record.as_bytes()).is_err());
    assert!(refused && child.wait().expect("it ends").success());
}

#[test]
fn a_run_that_is_killed_leaves_whole_lines() {
    let (mut child, mut output, mut line) = in_the_middle();
    child.kill().expect("it runs");
    assert!(!child.wait().expect("it ends").success());
    output.read_to_string(&mut line).expect("text");
    let whole = &line[..line.rfind('\n').map_or(0, |at| at + 1)];
    for line in whole.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn files_that_are_too_large_are_told_and_the_others_read() {
    let folder = folder("inputs-large");
    fs::copy(&letters()[0], folder.join("a.txt")).expect("a writable folder");
    fs::write(folder.join("b.txt"), ": Upheld\n".repeat((16 << 20) / 9 + 1)).expect("a writable folder");
    let large = fs::File::create(folder.join("c.pdf")).expect("a writable folder");
    // a file with a hole
    large.set_len((64 << 20) + 1).expect("a writable folder");
    let run = imrlint(&["check", "--no-config", "--exit-zero", "--format", "json", &folder.display().to_string()]);
    assert_eq!(run.code, 3);
    for (code, file, why) in [("text-too-long", "b.txt", "16 MB of text"), ("file-too-large", "c.pdf", "64 MB")] {
        let path = folder.join(file).display().to_string();
        let told = format!("the file has more than {why}, far more than any letter; give one letter per file");
        assert!(run.err.contains(&format!("error[{code}]: {path}: {told}")), "{}", run.err);
    }
    let json: serde_json::Value = run.json();
    assert_eq!(json["summary"]["letters"], 1, "{}", run.out);
}
