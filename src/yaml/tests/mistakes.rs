//! Bad inputs, each with the place, the code and the words of what is said.

use super::*;

/// Marked text, then code and a part of the message for each mark, in order.
const TABLE: &[(&str, &[(&str, &str)])] = &[
    // indentation, tabs, blanks
    ("id: a\n«\t»severity: error\n", &[("yaml-tab", "a tab stands in the indentation")]),
    ("id: a\nseverity: error\nwhen:\n«\t»any: [a]\n", &[("yaml-tab", "a tab")]),
    ("id: a\nseverity: error\nwords:\n  - x\n«\t\t»- y\n\t\t- z\n", &[("yaml-tab", "a tab")]),
    ("id: a\n «severity»: error\n", &[("yaml-indent", "`severity` is indented unlike")]),
    ("id: a\nseverity: error\nwhen:\n  any: [a]\n «all»: [b]\n", &[("yaml-indent", "`all` is indented")]),
    ("id: a\nseverity: error\nwords:\n- x\n «-» y\n", &[("yaml-indent", "this dash begins no new item")]),
    ("id: a\nseverity: error\ntitle: |\n   x\n «y»\n", &[("yaml-indent", "`y` is indented unlike")]),
    ("«\u{a0}»id: a\nseverity: error\n", &[("odd-blank", "(U+00A0)")]),
    ("«id:»\u{a0}a\nseverity: error\n", &[("yaml-colon", "the blank after `id:` is not the ordinary one")]),
    ("id: a\nseverity: error\n«\t»when:\n  any:\n    - x\n", &[("yaml-tab", "a tab")]),
    // colons and dashes
    ("id: a\n«severity:»error\ntitle: b\n", &[("yaml-colon", "a blank is missing after `severity:`")]),
    ("«id:»a\nseverity: error\n", &[("yaml-colon", "a blank is missing after `id:`")]),
    ("id: a\n«severity error»\ntitle: b\n", &[("yaml-colon", "this line has no colon")]),
    ("id: a\ntitle: Norco«:» denied\nseverity: error\n", &[("yaml-colon", "a colon stands in a value")]),
    ("id: a\nseverity: error\nwords:\n- x\n«-»y\n- z\n", &[("yaml-list", "a blank is missing after the dash")]),
    ("id: a\nseverity: error\nwords: «-» y\n", &[("yaml-list", "cannot begin on the line of its key")]),
    ("id: a\nseverity: error\n«-» b\n", &[("yaml-list", "a list item stands where a key is wanted")]),
    ("id: a\nseverity: error\nwords:\n  - b\n  «title»: c\n", &[("yaml-list", "`title` stands among list items")]),
    ("id: a\nseverity: error\n«:» x\n", &[("yaml-key", "a key is missing")]),
    ("id: a\nseverity: error\n«[x]»: y\n", &[("yaml-key", "a list or group cannot be a key")]),
    // quotation marks and brackets
    ("id: «\"»a\nseverity: error\n", &[("yaml-quote", "this quotation mark is never closed")]),
    ("id: «'»a\nseverity: error\ntitle: it's\n", &[("yaml-quote", "never closed")]),
    ("id: a\nseverity: error\nwords: [x, «\"»y]\n", &[("yaml-quote", "never closed")]),
    ("id: a\nseverity: error\nwords:\n  - «\"»x\n  - y\n", &[("yaml-quote", "never closed")]),
    ("id: a\ntitle: 'it'«s» ok'\nseverity: error\n", &[("yaml-quote", "`s` stands behind the closing")]),
    ("id: a\ntitle: \"«\\d»+\"\nseverity: error\n", &[("yaml-quote", "`\\d` means nothing inside double quotes")]),
    ("id: a\ntitle: \"\\t«\\x»zz\"\nseverity: error\n", &[("yaml-quote", "means nothing")]),
    ("id: a\nwords: «[»x, y\nseverity: error\n", &[("yaml-bracket", "the bracket `[` is never closed")]),
    ("id: a\nwhen: «{»any: [x], \nseverity: error\ntitle: t\n", &[("yaml-bracket", "the bracket `{` is never closed")]),
    ("id: a\nseverity: error\nwords: «[»x,\n", &[("yaml-bracket", "never closed")]),
    ("id: a\nseverity: error\nwords: [x«}»\n", &[("yaml-bracket", "is closed by `}`")]),
    ("id: a\nseverity: error\nwords: [x]«]»\n", &[("yaml-bracket", "`]` closes no bracket")]),
    ("id: a\nseverity: error\nwords: [x, «,» y]\n", &[("yaml-bracket", "a value is missing before this comma")]),
    ("id: a\nseverity: error\ntitle: «“»b”\n", &[("curly-quote", "does not quote")]),
    ("id: a\ntitle: «\"»b\n  c\nseverity: error\nwords: [x, \"y\"]\n", &[("yaml-quote", "never closed")]),
    ("id: a\nwords: [x, «\"»y, z]\nseverity: error\ntitle: \"b: c\"\n", &[("yaml-quote", "never closed")]),
    ("id: a\nwords: «[»x, [y]\nwhen:\n  any: []\nseverity: error\n", &[("yaml-bracket", "never closed")]),
    ("id: a\nwords: «[»x\nseverity: error\npages:\n  - 1\n", &[("yaml-bracket", "never closed")]),
    ("«@»id: a\nseverity: error\n", &[("yaml-quote", "cannot begin with `@`")]),
    ("id: a\nseverity: error\n«}»title: b\n", &[("yaml-bracket", "closes no bracket")]),
    ("id: a\nseverity: error\nwhen:\n  «any»\n    - x: y\n", &[("yaml-colon", "this line has no colon")]),
    // signs that mean something
    ("id: a\nseverity: error\ntitle: «@»b\n", &[("yaml-quote", "cannot begin with `@`")]),
    ("id: a\nseverity: error\ntitle: «%»b\n", &[("yaml-quote", "cannot begin with `%`")]),
    ("id: a\nseverity: error\ntitle: «`»b\n", &[("yaml-quote", "cannot begin with a backtick")]),
    ("id: a\nseverity: error\ntitle: «*» b\n", &[("yaml-quote", "cannot begin with `*`")]),
    ("id: a\nseverity: error\ntitle: «>»=2\n", &[("yaml-block", "`>` begins a text of several lines")]),
    ("id: a\ntitle: «>2»\nseverity: error\n", &[("yaml-block", "`>2` begins")]),
    ("id: a\nseverity: error\ntitle: Norco 10mg «#120»\n", &[("hash-in-text", "`#120` is not read")]),
    ("id: a\nseverity: error\nwords:\n  - «#120»\n", &[("hash-in-text", "`#120` is not read")]),
    ("id: a\nseverity: error\ntitle: \"b\"«#»c\n", &[("yaml-comment", "needs a blank before `#`")]),
    ("id: a\nseverity: error\ntitle: b «#» c\n  d\n", &[("yaml-comment", "in the middle of a text")]),
    ("«%YAML» 1.2\n---\nid: a\nseverity: error\n", &[("yaml-syntax", "cannot begin with `%`")]),
    // anchors, aliases, tags, documents
    ("id: «&x» a\nseverity: error\n", &[("yaml-anchor", "`&x`")]),
    ("id: a\nseverity: error\ntitle: «*x»\n", &[("yaml-alias", "`*x`")]),
    ("id: «&x» a\nseverity: «*x»\n", &[("yaml-anchor", "`&x`"), ("yaml-alias", "`*x`")]),
    ("id: a\nseverity: error\n«<<»: *x\n", &[("yaml-merge", "`<<`")]),
    ("id: «!!str» a\nseverity: error\n", &[("yaml-tag", "`!!str`")]),
    ("id: a\nseverity: error\n«---»\nid: b\n", &[("yaml-document", "a second document")]),
    ("«#» nothing\n", &[("yaml-empty", "nothing but comments")]),
    ("id: a«\u{7}»\nseverity: error\n", &[("yaml-character", "control character (U+0007)")]),
    ("id: a«\u{202e}»\nseverity: error\n", &[("yaml-character", "reorders the text (U+202E)")]),
    ("id: «\0»\n", &[("yaml-binary", "not a text file")]),
    // keys
    ("id: a\n«sevrity»: error\n", &[("unknown-key", "unknown key `sevrity` in a rule, did you mean `severity`?")]),
    ("id: a\nseverity: error\n«colour»: red\n", &[("unknown-key", "unknown key `colour` in a rule")]),
    ("id: a\nseverity: error\n«Title»: red\n", &[("unknown-key", "did you mean `title`?")]),
    ("«title»: a\nseverity: error\n", &[("missing-key", "a rule needs the key `id`")]),
    ("id: a\nseverity: error\n«id»: b\n", &[("duplicate-key", "the key `id` is written twice")]),
    ("id: a\nseverity: error\nlists: {x: [], «\"x\"»: []}\n", &[("duplicate-key", "`x` is written twice")]),
    ("id: a\nseverity: error\nwhen: {any: [], «all»: []}\n", &[("too-many-keys", "`any` and `all` cannot stand")]),
    ("id: a\nseverity: error\nwhen: «{}»\n", &[("missing-key", "a criterion needs one of `any` or `all`")]),
    ("id: a\nseverity: error\nwhen: {«ani»: []}\n", &[("unknown-key", "did you mean `any`?")]),
    // values
    ("id: a\nseverity: «eror»\n", &[("unknown-value", "`severity` cannot be `eror`, did you mean `error`?")]),
    ("id: a\nseverity: «high»\n", &[("unknown-value", "`severity` cannot be `high`")]),
    ("id: «no»\nseverity: error\n", &[("unquoted-text", "`no` must be in quotes")]),
    ("id: «1.10»\nseverity: error\n", &[("unquoted-text", "`1.10` must be in quotes")]),
    ("id: «2009-07-18»\nseverity: error\n", &[("unquoted-text", "`2009-07-18` must be in quotes")]),
    ("id: «~»\nseverity: error\n", &[("unquoted-text", "`~` must be in quotes")]),
    ("id: «\"\"»\nseverity: error\n", &[("empty-text", "`id` must not be empty")]),
    ("«id»:\nseverity: error\n", &[("missing-value", "`id` has no value")]),
    ("id: a\nseverity: error\nwords: [x, «no»]\n", &[("unquoted-text", "`no` must be in quotes")]),
    ("id: a\nseverity: error\nwords:\n  - «Norco»: denied\n", &[("wrong-type", "item 1 of `words` must be a text")]),
    ("id: a\nseverity: error\n«words»:\n", &[("missing-value", "`words` has no value")]),
    ("id: a\nseverity: error\npages: «46»\n", &[("wrong-type", "`pages` must be a list, not `46`")]),
    ("id: a\nseverity: error\npages: «[]»\n", &[("empty-list", "`pages` needs at least one item")]),
    ("«id»:\n  - a\nseverity: error\n", &[("wrong-type", "`id` must be a text, not a list")]),
    ("id: a\nseverity: error\nenabled: «yes»\n", &[("wrong-type", "`enabled` must be true or false, not `yes`")]),
    ("id: a\nseverity: error\nenabled: «True»\n", &[("wrong-type", "must be true or false")]),
    ("id: a\nseverity: error\ndays: «four»\n", &[("wrong-type", "`days` must be a whole number, not `four`")]),
    ("id: a\nseverity: error\ndays: «4 weeks»\n", &[("wrong-type", "must be a whole number, not `4 weeks`")]),
    ("id: a\nseverity: error\ndays: «\"4\"»\n", &[("wrong-type", "must be a whole number")]),
    ("id: a\nseverity: error\ndays: «010»\n", &[("wrong-type", "must be a whole number")]),
    ("id: a\nseverity: error\ndays: «400»\n", &[("out-of-range", "`days` must be from 1 to 365, not 400")]),
    ("id: a\nseverity: error\ndays: «99999999999»\n", &[("out-of-range", "`days` must be from 1 to 365")]),
    ("id: a\nseverity: error\ndose: «2,5»\n", &[("wrong-type", "`dose` must be a number, not `2,5`")]),
    ("id: a\nseverity: error\nfrom: «2009»\n", &[("bad-value", "`2009` is not a date: write it as")]),
    ("id: a\nseverity: error\nlists: «[a]»\n", &[("wrong-type", "`lists` must be a group of lists")]),
    ("«just words»\n", &[("wrong-type", "the file must be a rule")]),
];

#[test]
fn every_mistake_is_told_at_its_place() {
    let mut wrong = Vec::new();
    for (marked, expected) in TABLE.iter() {
        let (text, spans) = unmark(marked);
        let problems = problems_of(&text);
        let fits = problems.len() == expected.len()
            && problems
                .iter()
                .zip(&spans)
                .zip(*expected)
                .all(|((p, span), (code, words))| p.span == *span && p.code == *code && p.message.contains(words));
        if !fits {
            wrong.push(format!("{marked}{}", told(&text, &problems)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(TABLE.len() > 60);
}

#[test]
fn messages_are_single_sentences_and_helps_are_there() {
    for (marked, _) in TABLE {
        let (text, _) = unmark(marked);
        for p in problems_of(&text) {
            assert!(!p.message.ends_with('.') && !p.message.contains('\n'), "{}", p.message);
            assert!(!p.message.starts_with(|c: char| c.is_uppercase()), "{}", p.message);
            let optional = ["out-of-range", "bad-value", "empty-text", "empty-list", "wrong-type", "missing-key"];
            assert!(p.help.is_some() || optional.contains(&p.code), "no help: {}", p.message);
        }
    }
}

#[test]
fn six_mistakes_of_one_file_are_told_in_one_run() {
    let marked = "id: «no»\nseverity: «eror»\n«colour»: red\nenabled: «yes»\ntitle: a«:» b\ndays: «0»\n";
    let (text, spans) = unmark(marked);
    let problems = problems_of(&text);
    assert_eq!(problems.iter().map(|p| p.span).collect::<Vec<_>>(), spans, "{}", told(&text, &problems));
}

#[test]
fn several_syntax_errors_are_told_and_good_keys_between_them_still_read() {
    let marked = "id: «\"»x\nwords: «[»a\nenabled: «yes»\ntitle: «@»t\nseverity: «eror»\n\npages: [1«]»]\n";
    let (text, spans) = unmark(&marked.replace("[1«]»]", "[1]«]»"));
    let problems = problems_of(&text);
    assert_eq!(problems.iter().map(|p| p.span).collect::<Vec<_>>(), spans, "{}", told(&text, &problems));
}
