//! Typed getters on good values, and the details of suggestions and helps.

use super::*;

fn with<T>(text: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> (T, Vec<Problem>) {
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a good text");
    let mut fields = reader.open(&node).fields("a form").expect("a map");
    let value = read(&mut fields);
    drop(fields);
    (value, reader.into_problems())
}

#[test]
fn good_values_are_read_without_a_word() {
    let text = "a: \"no\"\nb: 1.10\nc: 12\nd: -2.5\ne: true\nf: [x, y]\ng: z\nh: {k: v}\ni: ''\nj: off\n";
    let (_, problems) = with(text, |f| {
        assert_eq!(f.required("a").text(), Some("no"));
        assert_eq!(f.required("b").text_or_number(), Some("1.10"));
        assert_eq!(f.required("c").integer(0..=12), Some(12));
        assert_eq!(f.required("d").number(-3.0..=0.0), Some(-2.5));
        assert_eq!(f.required("e").boolean(), Some(true));
        let words = |item: Item<'_>| item.list_or_one().iter().filter_map(|w| w.text()).collect::<Vec<_>>().join("+");
        assert_eq!(words(f.required("f")), "x+y");
        assert_eq!(words(f.required("g")), "z");
        let keys: Vec<_> = f.required("h").entries("a group").iter().map(|(e, v)| (e.key.clone(), v.text())).collect();
        assert_eq!(keys, [("k".to_string(), Some("v"))]);
        assert_eq!(f.required("i").text_or_empty(), Some(""));
        assert_eq!(f.required("j").one_of(&["on", "off"]), Some(1));
        assert_eq!(f.optional("z").text(), None);
        assert!(f.optional("z").list().is_empty() && !f.optional("z").is_given());
    });
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn missing_keys_are_told_even_if_the_caller_gives_up_early() {
    let (_, problems) = with("a: 1\n", |f| f.required("b").is_given());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "missing-key");
}

#[test]
fn a_mistyped_key_is_one_problem_with_the_way_out() {
    let text = "idd: x\n";
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a good text");
    let mut fields = reader.open(&node).fields("a form").expect("a map");
    fields.required("id").text();
    fields.optional("title").text();
    fields.finish();
    let problems = reader.into_problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].message, "unknown key `idd` in a form, did you mean `id`?");
    assert_eq!(problems[0].help.as_deref(), Some("the keys of a form are `id` and `title`"));
}

#[test]
fn duplicates_point_back_at_the_first() {
    let text = "a: 1\nb: 2\na: 3\n";
    let reader = Reader::default();
    let node = parse(text, &reader).expect("a tree");
    assert_eq!(node.get("a").and_then(Node::scalar).map(|s| s.text.as_str()), Some("1"));
    let problems = reader.into_problems();
    assert_eq!(problems[0].related[0].span, Span::new(0, 1));
}

#[test]
fn suggestions_are_near_words_only() {
    let known = ["severity", "status", "not-met", "id", "tests"];
    let near = |word| suggest(word, known.iter().copied());
    assert_eq!(near("sevrity").as_deref(), Some("severity"));
    assert_eq!(near("sevreity").as_deref(), Some("severity"));
    assert_eq!(near("not_met").as_deref(), Some("not-met"));
    assert_eq!(near("Tests").as_deref(), Some("tests"));
    assert_eq!(near("test").as_deref(), Some("tests"));
    assert_eq!(near("colour"), None);
    assert_eq!(near(""), None);
    assert_eq!(near(&"x".repeat(100_000)), None);
}

#[test]
fn a_message_never_holds_a_whole_file() {
    let text = format!("a: {}\n", "x".repeat(10_000));
    let (_, problems) = with(&text, |f| f.required("a").boolean());
    assert!(problems[0].message.len() < 120);
}
