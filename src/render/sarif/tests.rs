//! Tests of the whole document.

use super::*;
use crate::diagnostic::{Accepted, Label, Problem};
use crate::render::document::whole;
use crate::render::{Example, Format, InputError, sample};
use crate::source::{Source, Span, Units};

fn log(rules: &[RuleInfo], pieces: Vec<Piece>, run: &Run<'_>) -> Value {
    serde_json::from_str(&whole(Format::Sarif, rules, pieces, run).0).expect("JSON")
}

#[test]
fn a_result_has_what_code_scanning_reads() {
    let source = sample::letter();
    let findings = [sample::levels(&source), sample::page(&source)];
    let piece = Sarif.piece(&sample::report(&source, &findings), Style::default());
    let rule = RuleInfo {
        title: "two levels at most".into(),
        explanation: "Counts <levels>.".into(),
        criterion: "- ```levels```".into(),
        basis: vec!["MTUS *2009*".into()],
        examples: vec![Example { name: "three".into(), text: "L3, L4".into(), speaks: true }],
        severity: Severity::Error,
        precision: "very-high",
        tags: vec!["criterion".into(); 12],
        ..RuleInfo::unknown("esi-levels")
    };
    let log = log(&[rule], vec![piece], &Run::default());
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(
        result["message"]["text"],
        "4 levels approved for epidural steroid injection, the criterion allows at most 2. See [approved here: \
         \u{201C}Overturned\u{201D}](1). Basis: MTUS chronic pain guideline 2009, epidural steroid injections, page 46; \
         8 CCR 9792.24.2. Help: state the levels injected, or say why the limit does not apply."
    );
    let region = json!({"startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 21, "charOffset": 37,
        "charLength": 17, "byteOffset": 37, "byteLength": 17, "snippet": {"text": "L2, L3, L4 and L5"}});
    let place = &result["locations"][0];
    assert_eq!(place["physicalLocation"], json!({"artifactLocation": {"uri": "drafts/17.txt"}, "region": region}));
    assert_eq!(place["logicalLocations"][0]["name"], "decision 1");
    assert_eq!((&result["relatedLocations"][0]["id"], &result["level"]), (&json!(1), &json!("error")));
    assert_eq!(result["partialFingerprints"]["imrlintFinding/v1"], "v1:9f2c");
    assert!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().is_some_and(|h| h.ends_with(":1")));
    let said = |step: &Value| step["location"]["message"]["text"].as_str().unwrap_or_default().to_string();
    let steps: Vec<String> =
        result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().expect("steps").iter().map(said).collect();
    assert_eq!(steps[..2], ["4 levels requested", "approved here"]);
    assert!(steps[2].starts_with("rests on MTUS chronic pain guideline 2009"));
    let rules = &run["tool"]["driver"]["rules"];
    assert_eq!((&rules[0]["id"], &rules[0]["name"]), (&json!("esi-levels"), &json!("EsiLevels")));
    assert_eq!(rules[0]["properties"]["tags"].as_array().map(Vec::len), Some(10));
    assert_eq!(rules[0]["properties"]["problem.severity"], "error");
    let help = rules[0]["help"]["markdown"].as_str().expect("help");
    assert!(help.contains("Counts \\<levels\\>.") && help.contains("- MTUS \\*2009\\*"), "{help}");
    assert!(help.contains("````text\n- ```levels```\n````\n"), "{help}");
    assert_eq!((&run["results"][1]["ruleIndex"], &rules[1]["id"]), (&json!(1), &json!("citation-page-unlisted")));
    assert_eq!(rules[1]["fullDescription"]["text"], "Citation page unlisted", "no text is empty");
}

#[test]
fn places_count_characters_and_bytes_beyond_the_basic_plane() {
    let source = Source::with_units("x", "é\r\n\u{1F600}\u{1F600} naïve —\nend", Units::Pages(vec![0, 4]));
    let span = sample::find(&source, "naïve —\nend");
    let finding = crate::diagnostic::Diagnostic::new("r", "c", Severity::Info, "m", Label::new(span, ""));
    let piece = Sarif.piece(&sample::report(&source, &[finding]), Style::default());
    let log = log(&[], vec![piece], &Run::default());
    let result = &log["runs"][0]["results"][0];
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        *region,
        json!({"startLine": 2, "startColumn": 4, "endLine": 3, "endColumn": 4, "charOffset": 6, "charLength": 11,
        "byteOffset": 13, "byteLength": 14, "snippet": {"text": "naïve —\nend"}, "properties": {"page": 2}})
    );
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let marks = result["partialFingerprints"].as_object().expect("an object");
    assert!(!marks.contains_key("primaryLocationLineHash"), "GitHub would hash the PDF, not its text");
    let text: Vec<char> = source.text.chars().collect();
    assert_eq!(text[6..17].iter().collect::<String>(), "naïve —\nend");
}

#[test]
fn accepted_findings_are_suppressed_and_what_went_wrong_is_notified() {
    let source = sample::letter();
    let mut findings = [sample::page(&source)];
    findings[0].accepted =
        Some(Accepted { reason: Some("known".into()), by: Some("B. Ruiz".into()), ..Accepted::default() });
    let problems = [Problem::warning("heading-damaged", Span::new(0, 6), "a [heading] is {0}")];
    let report = LetterReport { problems: &problems, path: "a b.txt", ..sample::report(&source, &findings) };
    let errors = [InputError { path: "/x/é.pdf".into(), code: "no-letter".into(), message: "none".into() }];
    let log = log(&[], vec![Sarif.piece(&report, Style::default())], &Run { errors: &errors, ..Run::default() });
    let run = &log["runs"][0];
    let suppression = &run["results"][0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["status"]), (&json!("external"), &json!("accepted")));
    assert_eq!(suppression["justification"], "accepted by B. Ruiz: known");
    assert_eq!(run["artifacts"][0]["location"]["uri"], "a%20b.txt");
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notes = &invocation["toolExecutionNotifications"];
    assert_eq!(notes[0]["message"]["text"], "a \\[heading\\] is {{0}}");
    assert_eq!(notes[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file:///x/%C3%A9.pdf");
    let kinds: Vec<&Value> =
        run["tool"]["driver"]["notifications"].as_array().expect("kinds").iter().map(|k| &k["id"]).collect();
    assert_eq!(kinds, ["heading-damaged", "no-letter"]);
}

#[test]
fn full_runs_are_followed_by_others_and_the_rest_is_counted() {
    let source = sample::letter();
    let findings = vec![sample::levels(&source); 3];
    let piece = Sarif.piece(&sample::report(&source, &findings), Style::default());
    let run_of = |limits: Limits, pieces: usize| {
        let mut log = Log { limits, rules: Arc::new([]), closed: 0, left_out: 0, run: None };
        let mut out = Vec::new();
        log.begin(&mut out).expect("a vector takes every write");
        (0..pieces).for_each(|_| log.letter(piece.clone(), &mut out).expect("a vector takes every write"));
        let told = log.end(&Run::default(), &mut out).expect("a vector takes every write");
        let value: Value = serde_json::from_slice(&out).expect("JSON");
        let results = |run: &Value| run["results"].as_array().map_or(0, Vec::len);
        let counts: Vec<usize> = value["runs"].as_array().expect("runs").iter().map(results).collect();
        (value, counts, told)
    };
    let limits = Limits { results: 4, runs: 2, notes: 1 };
    let (value, counts, told) = run_of(limits, 2);
    assert_eq!((counts, told), (vec![4, 2], None));
    assert_eq!(
        (value["runs"][0].get("automationDetails"), &value["runs"][1]["automationDetails"]["id"]),
        (None, &json!("imrlint/part-2/"))
    );
    let (value, counts, told) = run_of(limits, 4);
    let told_words = "4 findings not shown: a file holds 2 runs of 4 results";
    assert_eq!((counts, told.as_deref()), (vec![4, 4], Some(told_words)));
    assert_eq!(value["runs"][1]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], told_words);
    let (_, counts, told) = run_of(Limits { results: 6, ..limits }, 2);
    assert_eq!((counts, told), (vec![6], None), "a full run alone is followed by none");
    assert_eq!(run_of(limits, 0).1, [0], "a run that found nothing is told too");
}

#[test]
fn links_hold_no_bracket_of_a_letter() {
    let source = Source::new("x", "a [b](2) \\ {0}\n\u{202E}c");
    let finding =
        crate::diagnostic::Diagnostic::new("r", "c", Severity::Info, "m [n](1)", Label::new(Span::new(0, 1), ""))
            .with_label(Label::new(Span::new(0, 14), "l]"));
    let piece = Sarif.piece(&sample::report(&source, &[finding]), Style::default());
    let value: Value = serde_json::from_str(&piece.parts[0].text).expect("JSON");
    assert_eq!(value["message"]["text"], "m \\[n\\](1). See [l\\]: \u{201C}a \\[b\\](2) \\\\ {{0}}\u{201D}](1).");
}
