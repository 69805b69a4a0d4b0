//! What reviewers conclude in words of their own: a table of invented sentences, each the last or the first of a rationale.

use imrlint::builtin;
use imrlint::fact::{Object, Ruling, Stance, conclusion, voices};
use imrlint::letter::Reading;
use imrlint::lexicon::Lexicon;
use imrlint::source::Span;

const TABLE: &str = include_str!("material/conclusions.txt");

/// A sentence without a word on the request.
const BESIDE: &str = "The complaints began with the injury in May and are worse at night.";

/// What must be concluded, the request, the sentences.
fn rows() -> Vec<(char, &'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let mut cells = line.split('|').map(str::trim);
        let mut cell = || cells.next().expect("a row has three cells");
        (cell().chars().next().expect("a row has a mark"), cell(), cell())
    })
    .collect()
}

fn stances(request: &str, rationale: &str, lexicon: &Lexicon) -> (Vec<Stance>, Option<Ruling>) {
    let read = |text: &str| Reading::of(text, Span::new(0, text.len()), lexicon);
    let reading = read(rationale);
    let found = conclusion(&reading, &read(request), &voices(&reading, lexicon), lexicon);
    let ruling = found.ruling();
    (found.stances, ruling)
}

/// The rows of a mark that are not read as they should, where the sentences stand between others.
fn misread(mark: char, place: impl Fn(&str) -> String) -> Vec<String> {
    let lexicon = builtin::rulebook().lexicon;
    let wanted = match mark {
        '+' => Some(Ruling::Approve),
        '-' => Some(Ruling::Deny),
        _ => None,
    };
    let mut missed = Vec::new();
    for (_, request, said) in rows().into_iter().filter(|row| row.0 == mark) {
        let (found, ruling) = stances(request, &place(said), &lexicon);
        let about = found.iter().any(|s| s.object == Object::ThisRequest);
        if ruling != wanted || wanted.is_none() && about {
            missed.push(format!("{request}: {said}\n  {found:?}"));
        }
    }
    missed
}

#[test]
fn the_table_is_not_small() {
    let count = |mark| rows().iter().filter(|row| row.0 == mark).count();
    assert!(count('+') > 80 && count('-') > 100 && count('0') > 80);
}

#[test]
fn rulings_at_the_end_are_read() {
    for mark in ['+', '-'] {
        let all = rows().iter().filter(|row| row.0 == mark).count();
        let missed = misread(mark, |said| format!("{BESIDE} {said}"));
        assert!(missed.len() * 50 <= all, "{mark}: {} of {all}\n{}", missed.len(), missed.join("\n"));
    }
}

#[test]
fn no_ruling_is_read_the_other_way() {
    for (mark, other) in [('+', Ruling::Deny), ('-', Ruling::Approve)] {
        let lexicon = builtin::rulebook().lexicon;
        for (_, request, said) in rows().into_iter().filter(|row| row.0 == mark) {
            let (found, ruling) = stances(request, &format!("{BESIDE} {said}"), &lexicon);
            assert_ne!(ruling, Some(other), "{request}: {said}\n{found:?}");
        }
    }
}

#[test]
fn what_looks_like_a_ruling_is_none() {
    let missed = misread('0', |said| format!("{BESIDE} {said}"));
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_ruling_may_also_open_the_rationale() {
    // bare nouns ("surgery is not needed") count only as the last words of all, and so do verdicts of one word
    for mark in ['+', '-'] {
        let all = rows().iter().filter(|row| row.0 == mark).count();
        let missed = misread(mark, |said| format!("{said} {BESIDE} Sleep is poor. No work is done."));
        assert!(missed.len() * 10 <= all, "{mark}: {} of {all}\n{}", missed.len(), missed.join("\n"));
    }
    let wrong = misread('0', |said| format!("{said} {BESIDE} Sleep is poor. No work is done."));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
