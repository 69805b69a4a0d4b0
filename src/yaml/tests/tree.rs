//! The tree: values, order and places.

use super::*;

/// All scalars and keys are where the text says, and in file order.
fn places(text: &str) -> Vec<String> {
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a good text");
    assert_eq!(told(text, &reader.into_problems()), "");
    let mut found = Vec::new();
    collect(text, &node, &mut found);
    found
}

fn collect(text: &str, node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Value::Null => found.push(format!("null at {}", &text[node.head.range()])),
        Value::Refused => found.push("refused".to_string()),
        Value::Scalar(s) => {
            assert_eq!(node.head, node.span);
            let written = &text[node.span.range()];
            found.push(if s.text == written { written.to_string() } else { format!("{written} = {}", s.text) });
        }
        Value::List(items) => {
            items.iter().for_each(|n| assert!(node.span.contains(n.span), "{node:?}"));
            items.iter().for_each(|n| collect(text, n, found));
        }
        Value::Map(entries) => {
            for e in entries {
                assert!(node.span.contains(e.key_span) && node.span.contains(e.value.span), "{node:?}");
                found.push(format!("{}:", &text[e.key_span.range()]));
                collect(text, &e.value, found);
            }
        }
    }
}

#[test]
fn plain_words_stay_as_written() {
    let text = "a: 1.10\nb: 2009-07-18\nc: no\nd: 0x1F\ne: ~\nf: 1_000\ng: 007 # agent\n";
    assert_eq!(
        places(text),
        ["a:", "1.10", "b:", "2009-07-18", "c:", "no", "d:", "0x1F", "e:", "~", "f:", "1_000", "g:", "007"]
    );
}

#[test]
fn places_survive_accents_marks_and_windows_line_ends() {
    let text = "\u{feff}# é—€\r\nz: “é”b  \r\n".replace('“', "x").replace('”', "y");
    assert_eq!(places(&text), ["z:", "xéyb"]);
    assert_eq!(places("é: [ü, \"—\", 'it''s']\r\nß: ö\r\n"), ["é:", "ü", "\"—\" = —", "'it''s' = it's", "ß:", "ö"]);
}

#[test]
fn block_texts_end_where_their_words_end() {
    let text = "a: |\n  one\n  two\n\n\nb: >-\n  three\n  four\n# end\nc: |+\r\n  five\r\n";
    assert_eq!(
        places(text),
        ["a:", "one\n  two = one\ntwo\n", "b:", "three\n  four = three four", "c:", "five = five\n"]
    );
}

#[test]
fn nested_lists_flow_collections_and_quoted_keys_keep_order() {
    let text = "b: {y: 1, 'x': [2, [3]], z: }\na:\n- - p\n  - q\n-\n- k: v\n\"a b\": two\n  lines\n";
    let expected = [
        "b:",
        "y:",
        "1",
        "'x':",
        "2",
        "3",
        "z:",
        "null at z",
        "a:",
        "p",
        "q",
        "null at -",
        "k:",
        "v",
        "\"a b\":",
        "two\n  lines = two lines",
    ];
    assert_eq!(places(text), expected);
}

#[test]
fn missing_values_and_block_collections_are_shown_at_their_keys() {
    let text = "a:\nb:\n  - 1\nc:\n  d: 1\ne: [\n  1]\nf: {g: 1}\n";
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a good text");
    let head = |key: &str| &text[node.get(key).expect("the key").head.range()];
    assert_eq!([head("a"), head("b"), head("c"), head("e"), head("f")], ["a", "b", "c", "[", "{g: 1}"]);
    assert_eq!(&text[node.get("b").expect("b").span.range()], "- 1");
    assert_eq!(&text[node.get("c").expect("c").span.range()], "d: 1");
}

#[test]
fn parts_of_a_text_are_found_unless_it_has_escapes() {
    let text = "a: one two\nb: \"one two\"\nc: \"o\\x6ee two\"\nd: |\n  one two\n";
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a good text");
    let part = |key: &str| &text[node.get(key).expect("the key").part(4, 7).range()];
    assert_eq!([part("a"), part("b"), part("c"), part("d")], ["two", "two", "\"o\\x6ee two\"", "two"]);
}

#[test]
fn a_good_rule_is_told_from_a_bad_one() {
    let text = "- id: a\n  severity: error\n- id: b\n  severity: eror\n- id: \"c\n  severity: info\n- id: d\n  severity: info\n";
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a list");
    let items = reader.open(&node).list();
    items.iter().for_each(|rule| read_rule(*rule));
    let good: Vec<bool> = items.iter().filter_map(|i| i.node()).map(|n| reader.is_good(n)).collect();
    assert_eq!(good, [true, false, false, true], "{:#?}", reader.into_problems());
}
