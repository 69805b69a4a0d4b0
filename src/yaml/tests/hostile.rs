//! Texts that are made to hurt, and every way of damaging a good one.

use super::*;

const GOOD: &str = "id: bzd-over-four-weeks\ntitle: \"Benzodiazepine: more than four weeks\"\nseverity: error\nenabled: \
                    true\ndays: 28\nfrom: 2009-07-18\n# the words\nwords:\n  - alprazolam\n  - 'Xanax®'\npages: [24, \
                    \"74-96\"]\nwhen:\n  any:\n    - duration: { of: benzodiazepine, more_than: 4 weeks }\n    - |\n      \
                    some text\nlists: { long: [chronic use, é] }\n";

fn only(text: &str) -> Problem {
    let problems = problems_of(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().expect("one problem")
}

#[test]
fn the_good_rule_is_good() {
    assert_eq!(told(GOOD, &problems_of(GOOD)), "");
}

#[test]
fn deep_nesting_is_refused_at_the_first_level_too_many() {
    for text in ["[".repeat(20_000), "{a: ".repeat(20_000), "- ".repeat(20_000), "[{a: ".repeat(20_000)] {
        assert_eq!(only(&text).code, "yaml-depth");
    }
    let stairs: String = (0..200).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert_eq!(only(&stairs).code, "yaml-depth");
    let deep = |n: usize| format!("a: {}{}", "[".repeat(n), "]".repeat(n));
    let reader = Reader::default();
    assert!(parse(&deep(MAX_DEPTH - 1), &reader).is_some());
    assert!(parse(&deep(MAX_DEPTH), &reader).is_none());
    // the first of them told nothing
    assert_eq!(reader.into_problems()[0].span, Span::new(3 + MAX_DEPTH - 1, 3 + MAX_DEPTH));
}

#[test]
fn aliases_are_never_expanded() {
    let mut bomb = "a0: &a0 [x, x]\n".to_string();
    for i in 1..40 {
        bomb += &format!("a{i}: &a{i} [*a{0}, *a{0}, *a{0}]\n", i - 1);
    }
    let reader = Reader::default();
    let node = parse(&bomb, &reader).expect("a tree");
    fn size(node: &Node) -> usize {
        match &node.value {
            Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
            Value::Map(entries) => 1 + entries.iter().map(|e| size(&e.value)).sum::<usize>(),
            _ => 1,
        }
    }
    assert_eq!(size(&node), 1 + 3 + 39 * 4);
    let problems = reader.into_problems();
    assert!(problems.len() <= MAX_PROBLEMS + 1);
    assert_eq!(problems[0].code, "yaml-anchor");
    assert_eq!(problems.last().map(|p| p.code), Some("too-many-problems"));
}

#[test]
fn sizes_are_limited() {
    assert_eq!(only(&"a".repeat(MAX_BYTES + 1)).code, "yaml-size");
    let many = "- 1\n".repeat(2 * MAX_NODES + 10);
    assert_eq!(only(&many).code, "yaml-size");
    let items = "- 1\n".repeat(MAX_NODES);
    let reader = Reader::default();
    assert!(parse(&items, &reader).is_some());
}

#[test]
fn a_flood_of_mistakes_is_cut_off() {
    let keys: String = (0..50_000).map(|i| format!("severit{i}: x\n")).collect();
    for text in [keys, "id: a\n".repeat(50_000), "a: b: c\n".repeat(50_000), "- &a\n".repeat(50_000)] {
        let problems = problems_of(&text);
        assert!(!problems.is_empty() && problems.len() <= MAX_PROBLEMS + 1, "{}", problems.len());
    }
    // one open quotation mark or bracket after the other
    for text in ["a: \"\n".repeat(100_000), "a: [\n".repeat(100_000), "'".repeat(MAX_BYTES), "a\n\t".repeat(100_000)] {
        assert!(!problems_of(&text).is_empty());
    }
    assert!(!problems_of(&"#".repeat(MAX_BYTES)).is_empty());
    assert!(!problems_of(&"\u{7}".repeat(MAX_BYTES)).is_empty());
    assert!(!problems_of(&"\n".repeat(MAX_BYTES)).is_empty());
    assert!(!problems_of(&format!("a: {}", "x ".repeat(MAX_BYTES / 2 - 10))).is_empty());
}

/// Every place and character of damage: no panic, and all places within the text and on character boundaries.
#[test]
fn no_damage_breaks_the_reader() {
    let signs =
        ["", "\t", "\"", "'", "[", "]", "{", "}", ":", ": ", "-", "- ", "#", " #", "&a ", "*a", "!", "|", ">", "%"];
    let more = ["@", "`", "?", "\n", "\r", "\\", ",", "\u{feff}", "\0", "é", "~", "---\n", "...\n", " ", "  ", "<<: "];
    for (at, _) in GOOD.char_indices() {
        // each place gets a sixth of the signs, each sign a sixth of the places
        for (_, sign) in signs.iter().chain(&more).enumerate().filter(|(i, _)| (at + i) % 6 == 0) {
            let inserted = format!("{}{sign}{}", &GOOD[..at], &GOOD[at..]);
            let next = at + GOOD[at..].chars().next().map_or(0, char::len_utf8);
            let replaced = format!("{}{sign}{}", &GOOD[..at], &GOOD[next..]);
            for text in [inserted, replaced, GOOD[..at].to_string()] {
                for p in problems_of(&text) {
                    assert!(text.get(p.span.range()).is_some(), "{:?} in {text}", p);
                }
            }
        }
    }
}
