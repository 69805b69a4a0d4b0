//! Whole shipped rule files, damaged each in one place: one run tells all of it, each at its line and column.

mod program;

use program::{folder, imrlint};
use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// A whole rule with a table, limits, phrases and tests.
const CRITERION: &str = "esi-levels";
/// A rule of a check of the catalogue.
const CHECK: &str = "decision-duplicated";

/// Rule, words of it, what stands there instead, where the mistake is told (its words in the damaged file), and how.
const DAMAGES: &[(&str, &str, &str, &str, &str)] = &[
    (CRITERION, "title:", "titel:", "titel", "did you mean `title`?"),
    (CRITERION, "status: stable", "status: stabel", "stabel", "did you mean `stable`?"),
    (CRITERION, "status: stable", "status: no", "no\n", "`status` cannot be `no`"),
    (CRITERION, "confidence: high", "confidence: hgih", "hgih", "did you mean `high`?"),
    (CRITERION, "confidence: high", "confidence: high\nconfidence: high", "confidence: high\nauth", "written twice"),
    (CRITERION, "confidence: high", "confidence: [high]", "[high]", "must be a word, not a list"),
    (CRITERION, "confidence: high", "confidence: low", "stable", "cannot be stable"),
    (CRITERION, "pain-2009", "pain-2008", "mtus-chronic-pain-2008", "did you mean `mtus-chronic-pain-2009`?"),
    (CRITERION, "section: esi", "section: eis", "eis", "did you mean `esi`?"),
    (CRITERION, "pages: \"46\"", "pages: \"460\"", "\"460\"", "lies outside of the guideline's pages"),
    (CRITERION, "pages: \"46\"", "pages: \"47-46\"", "\"47-46\"", "run backwards"),
    (CRITERION, "pages: \"46\"", "pages: 1.10", "1.10", "no page or range of pages"),
    (CRITERION, "pages: \"46\"", "pages: yes", "yes", "must be in quotes"),
    (CRITERION, "pages: \"46\"", "page: \"46\"", "page:", "did you mean `pages`?"),
    (CRITERION, "authority:\n  - guide", "authority:\n\t- guide", "\t- guide", "a tab stands in the indentation"),
    (CRITERION, "treatment: esi", "treatment: epidurl", "epidurl", "there is no treatment `epidurl`"),
    (CRITERION, "treatment: esi", "treatment:", "treatment:", "has no value"),
    (CRITERION, "  treatment: esi", "  treatments: esi", "treatments", "did you mean `treatment`?"),
    (CRITERION, "role: necessary", "role: neccessary", "neccessary", "did you mean `necessary`?"),
    (CRITERION, "role: necessary", "role: 1", "1\n  undocumented", "`role` cannot be `1`"),
    (CRITERION, "role: necessary", "role: necessary\n   test: x", "test: x", "indented unlike"),
    (CRITERION, "undocumented: ignore", "undocumented: off", "off\n", "cannot be `off`"),
    (CRITERION, "    table:", "    tabel:", "tabel", "did you mean `table`?"),
    (CRITERION, "        levels: amount", "        levels: 3", "3\n      rows", "`levels` cannot be `3`"),
    (CRITERION, "route: caudal,", "route: cuadal,", "cuadal", "did you mean `caudal`?"),
    (CRITERION, "not-applicable", "not-aplicable", "not-aplicable", "did you mean `not-applicable`?"),
    (
        CRITERION,
        "levels: \">1\"",
        "levels: \"<=1\"",
        "{ route: interlaminar, levels: \"<=1\", verdict: not-met",
        "never reached",
    ),
    (CRITERION, "levels: \">1\"", "levels: \">one\"", "\">one\"", "the limit `one` is not given by authority"),
    (CRITERION, "levels: \">1\"", "levels: \">1 week\"", "\">1 week\"", "has the wrong unit for `levels`"),
    (CRITERION, "levels: \">1\"", "levels: \">1 wek\"", "\">1 wek\"", "`wek` is no known unit"),
    (CRITERION, "        - { levels: unknown, verdict: not-documented }\n", "", "rows:", "no row fits"),
    (
        CRITERION,
        "[transforaminal, unknown]",
        "[transforaminal, unknown",
        "}\n        - { route: transforaminal, levels: \"<=2\"",
        "closed by",
    ),
    (CRITERION, "{amount} approved", "{amuont} approved", "{amuont}", "there is no hole `{amuont}`"),
    (CRITERION, "{amount} approved", "{amount approved", "{amount approved", "never closed"),
    (
        CRITERION,
        "approved-not-met: \"",
        "approved-not-mte: \"",
        "\"{amount} approved",
        "did you mean `approved-not-met`?",
    ),
    (CRITERION, "  evidence: \"{", "  evidense: \"{", "\"{amount} requested", "there is no label `evidense`"),
    (CRITERION, "explain: |", "explain: >>", ">>", "begins a text of several lines"),
    (CRITERION, "tests:", "tests: []\nolder:", "older", "unknown key `older`"),
    (CRITERION, "outcome: overturned", "outcome: overturnd", "overturnd", "did you mean `overturned`?"),
    (
        CRITERION,
        "expect: criterion-approved-not-met",
        "expect: criterion-approved",
        "criterion-approved\n",
        "cannot be",
    ),
    (CRITERION, "expect: silent", "expect: slient", "slient", "did you mean `silent`?"),
    (CRITERION, "\"2015-05-20\"", "\"2015-02-30\"", "\"2015-02-30\"", "there is no day `2015-02-30`"),
    (CRITERION, "\"2015-05-20\"", "20.5.2015", "20.5.2015", "no date of the form YYYY-MM-DD"),
    (CRITERION, "L5-S1]\"", "L5-S1\"", "\"Transforaminal epidural steroid injection at [L3", "square bracket"),
    (CRITERION, "- name: three transforaminal levels approved", "- name:", "name:\n", "has no value"),
    (CRITERION, "id: esi-levels", "id: ESI levels", "ESI levels", "is no id"),
    (CRITERION, "id: esi-levels", "id: esi-level", "esi-level\n", "in a file of another name"),
    (CRITERION, "id: esi-levels\n", "id: &a esi-levels\nnote: *a\n", "&a", "cannot name a value"),
    (CRITERION, "id: esi-levels\n", "id: esi-levels\n---\n", "---", "a second document begins here"),
    (CRITERION, "id: esi-levels\n", "id: esi-levels\nid: esi-levels\n", "id: esi-levels\ntitle", "written twice"),
    (CRITERION, "id: esi-levels\n", "\u{2028}id: esi-levels\n", "\u{2028}", "not the ordinary one"),
    (CRITERION, "title: epidural", "title: \"epidural", "\"epidural", "never closed"),
    (CRITERION, "title: epidural", "title: 'epidural", "'epidural", "never closed"),
    (CRITERION, "title: epidural", "title: !!python/object epidural", "!!python", "cannot mark a type"),
    (CRITERION, "title: epidural", "title: epi\0dural", "\0", "not a text file"),
    (CRITERION, "title: epidural", "title: epi\u{1b}dural", "\u{1b}", "invisible control character"),
    (CRITERION, "criterion:", "check: decision-duplicated\ncriterion:", "criterion:", "cannot stand together"),
    (
        CRITERION,
        "(number of levels|too many levels)",
        "(number of levels|too many",
        "(number of levels|too",
        "never closed",
    ),
    (CRITERION, "verdict: met }", "verdict: 'no' }", "'no'", "`verdict` cannot be `no`"),
    (CHECK, "check: decision-duplicated", "check: decision-duplicate", "decision-duplicate\n", "did you mean"),
    (CHECK, "check: decision-duplicated", "chek: decision-duplicated", "chek", "did you mean `check`?"),
];

fn shipped(rule: &str) -> String {
    let ending = format!("/{rule}.yaml");
    let found = imrlint::builtin::files().into_iter().find(|f| f.path.ends_with(&ending));
    found.unwrap_or_else(|| panic!("{rule} is not shipped")).text.to_string()
}

/// Runs the program once over many damaged files, each in a folder of its own, and returns what it says of each.
fn run(name: &str, files: &[(&str, Vec<u8>)]) -> BTreeMap<usize, Vec<(usize, usize, String)>> {
    let root = folder(name);
    for (n, (rule, bytes)) in files.iter().enumerate() {
        let folder = root.join(format!("{n:02}"));
        fs::create_dir_all(&folder).expect("a temporary folder");
        fs::write(folder.join(format!("{rule}.yaml")), bytes).expect("a temporary file");
    }
    let start = Instant::now();
    let done = imrlint(&["rules", "test", root.to_str().expect("a plain path")]);
    // a guard against hangs, not a measurement
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    assert_eq!(done.code, 4, "{}", done.err);
    let mut told: BTreeMap<usize, Vec<(usize, usize, String)>> = BTreeMap::new();
    let mut message = String::new();
    for line in done.err.lines() {
        // "error[code]: message", then "--> FILE:LINE:COLUMN"; of bytes that are no text both on one line
        if line.starts_with("error") || line.starts_with("warning") {
            message = line.to_string();
        }
        let Some((before, place)) = line.split_once(".yaml:") else { continue };
        let mut numbers = place.split([':', ' ']).map_while(|n| n.parse::<usize>().ok());
        if let (Some(line), Some(column), Some(folder)) =
            (numbers.next(), numbers.next(), before.rsplit(['/', '\\']).nth(1))
            && let Ok(n) = folder.parse()
        {
            told.entry(n).or_default().push((line, column, message.clone()));
        }
    }
    told
}

#[test]
fn every_damage_is_told_at_its_place_in_one_run() {
    let damage = |(rule, from, to, ..): &(&'static str, &str, &str, &str, &str)| {
        let text = shipped(rule);
        assert!(text.contains(from), "the rule {rule} has changed: {from}");
        (*rule, text.replacen(from, to, 1).into_bytes())
    };
    let files: Vec<(&str, Vec<u8>)> = DAMAGES.iter().map(damage).collect();
    let told = run("hostile-rules", &files);
    let mut wrong = Vec::new();
    for (n, (rule, from, to, at, says)) in DAMAGES.iter().enumerate() {
        let text = String::from_utf8(files[n].1.clone()).expect("a text");
        let changed = shipped(rule).find(from).expect("it is there");
        // the first such place at the change or behind it, else the first in the file
        let offset = text[changed..].find(at).map(|o| changed + o).or_else(|| text.find(at)).expect("it is there");
        let before = &text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        let all = told.get(&n).cloned().unwrap_or_default();
        if !all.iter().any(|(l, c, message)| (*l, *c) == (line, column) && message.contains(says)) {
            wrong.push(format!("{n} {from:?} -> {to:?}: not {line}:{column} {says:?} but {all:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), DAMAGES.len(), wrong.join("\n"));
}

#[test]
fn files_that_are_no_rules_at_all_end_in_an_error_each() {
    let rule = shipped(CRITERION);
    let bomb: String = (1..60).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
    let utf16: Vec<u8> = rule.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let crlf = format!("\u{feff}{}", rule.replace("title:", "titel:").replace('\n', "\r\n"));
    let latin = rule.replace("help: state", "help: st\u{1}te").into_bytes();
    let latin: Vec<u8> = latin.into_iter().map(|b| if b == 1 { 0xe4 } else { b }).collect();
    let help = rule.lines().position(|l| l.starts_with("help:")).expect("a help") + 1;
    let files: Vec<(&str, Vec<u8>, usize, usize, &str)> = vec![
        (CRITERION, crlf.into_bytes(), 2, 1, "did you mean `title`?"),
        (CRITERION, (0..=255).cycle().take(10_000).collect(), 2, 118, "no text in UTF-8"),
        (CRITERION, Vec::new(), 1, 1, "nothing but comments"),
        (CRITERION, [&[0xff, 0xfe][..], &utf16].concat(), 1, 1, "no text in UTF-8"),
        (CRITERION, latin, help, 9, "no text in UTF-8"),
        (CRITERION, (bomb + &rule).into_bytes(), 1, 5, "cannot name a value"),
        (CRITERION, b"- 1\n- 2\n".to_vec(), 1, 1, "not a list"),
        (CRITERION, b"hello".to_vec(), 1, 1, "not `hello`"),
        (
            CRITERION,
            rule.replace("criterion:", &format!("criterion: {}", "[".repeat(5000))).into_bytes(),
            17,
            44,
            "nested deeper",
        ),
        (CRITERION, [rule.as_bytes(), &[0; 1000]].concat(), rule.lines().count() + 1, 1, "not a text file"),
    ];
    let told = run("hostile-files", &files.iter().map(|f| (f.0, f.1.clone())).collect::<Vec<_>>());
    for (n, (_, _, line, column, says)) in files.iter().enumerate() {
        let all = told.get(&n).cloned().unwrap_or_default();
        let fits = |(l, c, message): &(usize, usize, String)| (l, c) == (line, column) && message.contains(says);
        assert!(all.iter().any(fits), "{n}: not {line}:{column} {says:?} but {all:?}");
    }
}
