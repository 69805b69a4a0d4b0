//! Tests of reading, matching and rewriting.

use super::*;
use crate::diagnostic::{Label, Severity};
use crate::source::Source;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A finding of a decision by its evidence and the words of the request.
fn finding(decision: u32, evidence: &str, request: &str, nth: u32) -> Diagnostic {
    let mut finding = Diagnostic::new("rule", "check", Severity::Error, "wrong", Label::new(Span::new(0, 1), ""));
    let labels = [evidence].into_iter();
    let mark = Fingerprint {
        nth,
        ..Fingerprint::new("letter", "rule", "check", labels, crate::fingerprint::request(request))
    };
    finding.decision = Some(decision);
    finding.fingerprint = mark.to_string();
    finding
}

/// A file that `write` makes of findings.
fn baseline(findings: &[Diagnostic]) -> String {
    let new: Vec<_> = findings.iter().map(|f| ("letter".to_string(), f.clone())).collect();
    AcceptedFile::default().rewritten(|_| true, &new)
}

fn good(text: &str) -> AcceptedFile {
    let (file, problems) = load(text);
    assert_eq!(problems, [], "{text}");
    file
}

/// Numbers of the findings that a file accepts, and what became of its entries.
fn mark(text: &str, findings: &[Diagnostic]) -> (Vec<usize>, Matched) {
    let mut findings = findings.to_vec();
    let matched = good(text).mark("letter", &mut findings, day("2020-06-15"));
    ((0..findings.len()).filter(|n| findings[*n].accepted.is_some()).collect(), matched)
}

#[test]
fn what_is_written_accepts_what_it_was_written_of() {
    let all = [finding(1, "page 8", "Norco", 1), finding(2, "page 8", "TENS", 1), finding(2, "page 8", "TENS", 2)];
    let text = baseline(&all);
    assert!(text.starts_with(HEAD));
    assert_eq!(mark(&text, &all).0, [0, 1, 2]);
    assert_eq!(mark(&text, &[finding(1, "page 9", "Norco", 1)]).0, [0; 0], "other evidence");
    let mut other = all.clone();
    assert_eq!(good(&text).mark("other", &mut other, day("2020-06-15")), Matched::default(), "another letter");
}

#[test]
fn mending_one_of_two_equal_findings_leaves_the_other_as_it_was() {
    let (first, second) = (finding(1, "page 8", "Norco", 1), finding(2, "page 8", "TENS", 1));
    let one = baseline(std::slice::from_ref(&first));
    assert_eq!(mark(&one, &[first.clone(), second.clone()]).0, [0]);
    assert_eq!(mark(&one, std::slice::from_ref(&second)).0, [0; 0], "the entry of the first is not lent to the second");
    // and the second by itself, whatever its number becomes when the first decision is gone
    let two = baseline(std::slice::from_ref(&second));
    assert_eq!(mark(&two, &[finding(1, "page 8", "TENS", 1)]).0, [0]);
    // within one decision they cannot be told apart: as many as are left are accepted
    let twins = [finding(1, "page 8", "Norco", 1), finding(1, "page 8", "Norco", 2)];
    let (accepted, matched) = mark(&baseline(&twins), &twins[..1]);
    assert_eq!((accepted, matched.used.len()), (vec![0], 1));
}

#[test]
fn a_request_may_change_if_the_evidence_and_the_decision_stay() {
    let text = baseline(&[finding(2, "page 8", "TENS, purchase", 1)]);
    assert_eq!(mark(&text, &[finding(2, "page 8", "TENS, rental", 1)]).0, [0]);
    assert_eq!(mark(&text, &[finding(3, "page 8", "TENS, rental", 1)]).0, [0; 0]);
}

#[test]
fn a_suppression_ends_after_its_last_day() {
    let one = finding(1, "page 8", "Norco", 1);
    let text = |until: &str| {
        baseline(std::slice::from_ref(&one)).trim_end().to_string()
            + &format!("\n  reason: >\n    agreed\n    so\n  by: A. Reviewer\n  until: {until}\n")
    };
    let (accepted, matched) = mark(&text("2020-06-15"), std::slice::from_ref(&one));
    assert_eq!((accepted, matched.used), (vec![0], vec![0]));
    let mut findings = [one.clone()];
    good(&text("2020-06-15")).mark("letter", &mut findings, day("2020-06-15"));
    assert_eq!(findings[0].accepted.as_ref().unwrap().reason.as_deref(), Some("agreed so"));
    let (accepted, matched) = mark(&text("2020-06-14"), std::slice::from_ref(&one));
    assert_eq!((accepted, matched.expired), (vec![], vec![(0, 0)]));
    // one that is over gives way to one that is not
    let both = text("2020-06-14") + &baseline(std::slice::from_ref(&one)).replace(HEAD, "");
    assert_eq!(mark(&both, std::slice::from_ref(&one)).0, [0]);
}

#[test]
fn mistakes_are_told_at_their_words_and_good_entries_are_kept() {
    let good = baseline(&[finding(1, "page 8", "Norco", 1)]);
    let text = good.clone()
        + "- rule: a\n  letter: b\n  fingerprint: v1:12\n  reson: x\n- rule: a\n  leter: b\n"
        + "- {rule: a, letter: 7, fingerprint: \"v1:0123456789abcdef-01234567\", reason: x, until: 2020-02-30}\n";
    let (file, problems) = load(&text);
    assert_eq!(file.entries.len(), 1);
    let source = Source::new("x", text.as_str());
    let at = |n: usize| {
        let at = source.position(problems[n].span.start);
        format!("{}:{} {}", at.line, at.column, problems[n].code)
    };
    let first = good.lines().count();
    let expected = [(3, 16, "bad-value"), (4, 3, "unknown-key"), (5, 3, "missing-key"), (6, 3, "unknown-key")];
    for (n, (line, column, code)) in expected.into_iter().enumerate() {
        assert_eq!(at(n), format!("{}:{column} {code}", first + line));
    }
    let last: Vec<&str> = problems[4..].iter().map(|p| p.code).collect();
    assert_eq!(last, ["missing-key", "bad-value"], "a reason without a name, a day that is none");
    let (_, problems) = load("accepted: here\n");
    assert_eq!((problems[0].code, problems[0].span), ("no-entry", Span::new(0, 14)));
}

#[test]
fn what_stays_keeps_its_bytes() {
    let mark = |n: u32| format!("v1:{n:016x}-00000000");
    let head = "# ours\n# of 2020\n\n";
    let second = format!("# talked over on Monday\n- fingerprint: {}\n  letter: b   # moved\n  rule: r\n", mark(2));
    let first = format!("- {{rule: r, letter: \"a\", fingerprint: '{}'}}\n", mark(1));
    let third = format!(
        "\n- rule: r\n  letter: c\n  fingerprint: {}\n  reason: |\n    one\n\n    - two\n  by: x\n  until: 2030-01-01\n",
        mark(3)
    );
    let text = format!("{head}{second}{first}{third}# end\n");
    let file = good(&text);
    assert_eq!(file.entries.len(), 3);
    assert_eq!(file.rewritten(|_| true, &[]), format!("{head}{first}{second}{third}# end\n"), "in order of letters");
    assert_eq!(file.rewritten(|n| n != 0, &[]), format!("{head}{first}{third}# end\n"), "its comment goes with it");
    let once = file.rewritten(|_| true, &[("b".to_string(), finding(4, "e", "r", 1))]);
    assert_eq!(good(&once).rewritten(|_| true, &[]), once);
    assert_eq!(good(&once).entries.len(), 4);
}

#[test]
fn names_of_letters_survive() {
    for letter in ["a: b", "é \"x\" \\y", "2016", "no", "\u{202e}\u{7}", "# x"] {
        let text = AcceptedFile::default().rewritten(|_| true, &[(letter.to_string(), finding(1, "e", "r", 1))]);
        assert_eq!(good(&text).entries[0].letter, letter, "{text}");
    }
}

#[test]
fn empty_files_have_no_entries() {
    for text in ["", "# nothing\n", "[]\n", "---\n# x\n"] {
        let file = good(text);
        assert!(file.entries.is_empty());
        let one = [("l".to_string(), finding(1, "e", "r", 1))];
        assert_eq!(good(&file.rewritten(|_| true, &one)).entries.len(), 1, "{text:?}");
    }
}
