//! GitLab's code quality report: one JSON array. GitLab knows an issue again by its fingerprint, which must be unique in
//! the report, so it is made of the letter's path and the finding's own fingerprint.

use super::{LetterReport, Renderer, Run, Style, accepted, excerpt, json, json::span_json};
use crate::diagnostic::{Diagnostic, Severity};
use serde::Serialize;

/// The format `gitlab`.
pub struct Gitlab;

impl Renderer for Gitlab {
    fn head(&self) -> &'static str {
        "["
    }

    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let issue = |finding| format!("\n{}", json::text(&Issue::new(report, finding)));
        report.findings.iter().map(issue).collect::<Vec<_>>().join(self.between())
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn tail(&self, _run: &Run<'_>, _style: Style) -> String {
        "\n]\n".to_string()
    }

    fn wants_relative_paths(&self) -> bool {
        true
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<'a> Issue<'a> {
    fn new(report: &LetterReport<'a>, finding: &'a Diagnostic) -> Issue<'a> {
        let at = span_json(report.source, finding.primary().span);
        let mut description =
            format!("{}: \u{201C}{}\u{201D}", finding.message, excerpt(report.source, finding.primary().span));
        if let Some(why) = &finding.accepted {
            description.push_str(&format!(" ({})", accepted::words(why)));
        }
        Issue {
            description,
            check_name: &finding.rule,
            fingerprint: fingerprint(report.path, &finding.fingerprint),
            // GitLab has no word for what was accepted: the least severity keeps it out of the way
            severity: match finding.severity {
                _ if finding.accepted.is_some() => "info",
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Info => "info",
            },
            location: Location { path: report.path, lines: Lines { begin: at.line, end: at.end_line } },
        }
    }
}

fn fingerprint(path: &str, own: &str) -> String {
    format!("{:032x}", fnv(path.bytes().chain([0xff]).chain(own.bytes())))
}

/// FNV-1a of 128 bits: the same on every machine.
fn fnv(bytes: impl Iterator<Item = u8>) -> u128 {
    let step = |hash: u128, byte| (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Accepted;
    use crate::render::document::whole;
    use crate::render::{Format, Piece, sample};
    use serde_json::Value;

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let source = sample::letter();
        let mut findings = [sample::levels(&source), sample::page(&source)];
        findings[1].accepted = Some(Accepted { reason: Some("known".into()), ..Accepted::default() });
        let pieces = ["a/17.txt", "b/17.txt"]
            .map(|path| LetterReport { path, ..sample::report(&source, &findings) })
            .map(|report| Piece::from(Gitlab.letter(&report, Style::default())));
        let (text, _) = whole(Format::Gitlab, &[], pieces.to_vec(), &Run::default());
        let issues: Vec<Value> = serde_json::from_str(&text).expect("an array");
        assert_eq!(issues.len(), 4);
        let expected = serde_json::json!({
            "description": "4 levels approved for epidural steroid injection, the criterion allows at most 2: \u{201C}L2, L3, L4 and L5\u{201D}",
            "check_name": "esi-levels", "fingerprint": issues[0]["fingerprint"], "severity": "critical",
            "location": {"path": "a/17.txt", "lines": {"begin": 3, "end": 3}}});
        assert_eq!(issues[0], expected);
        assert_eq!(issues[1]["severity"], "info");
        assert!(issues[1]["description"].as_str().is_some_and(|d| d.ends_with(" (accepted: known)")));
        let marks: std::collections::BTreeSet<&str> =
            issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!(marks.len(), 4, "letters of one name in two folders differ");
    }

    #[test]
    fn the_hash_is_fnv() {
        assert_eq!(fnv(b"a".iter().copied()), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
