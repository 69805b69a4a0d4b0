//! [`AcceptedFile`] → text, with entries dropped and added.

use super::AcceptedFile;
use crate::diagnostic::Diagnostic;
use std::fmt::Write;

/// What a new file begins with.
pub const HEAD: &str = "\
# Findings that this project lives with. `imrlint baseline write` adds entries; one with `reason`, `by` and `until` is kept
# as a person wrote it. No words of letters stand here.
";

impl AcceptedFile {
    /// The text of the file without the entries that are not to be kept and with new ones, in order of letters. Entries that
    /// stay, and what stands above and below all entries, keep their bytes.
    pub fn rewritten(&self, keep: impl Fn(usize) -> bool, new: &[(String, Diagnostic)]) -> String {
        let mut blocks: Vec<((&str, u32, &str, String), String)> = Vec::new();
        for (n, entry) in self.entries.iter().enumerate().filter(|(n, _)| keep(*n)) {
            let key = (entry.letter.as_str(), entry.decision.unwrap_or(0), entry.rule.as_str(), number(n));
            blocks.push((key, self.text[entry.text.clone()].to_string()));
        }
        for (letter, finding) in new {
            let key =
                (letter.as_str(), finding.decision.unwrap_or(0), finding.rule.as_str(), finding.fingerprint.clone());
            blocks.push((key, block(letter, finding)));
        }
        blocks.sort_by(|a, b| a.0.cmp(&b.0));
        // an empty list is one no longer, or is said by having no entries
        let head = self.text[self.head.clone()].split_inclusive('\n');
        let mut out: String = head.filter(|line| line.trim_start_matches('\u{feff}').trim() != "[]").collect();
        if out.trim().is_empty() {
            out = format!("{HEAD}\n");
        }
        for (_, block) in blocks {
            lines(&mut out, &block);
        }
        lines(&mut out, &self.text[self.tail.clone()]);
        out
    }
}

/// Entries of the file keep their order and stand before new ones of the same decision and rule.
fn number(n: usize) -> String {
    format!("{n:012}")
}

fn lines(out: &mut String, block: &str) {
    out.push_str(block);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn block(letter: &str, finding: &Diagnostic) -> String {
    let mut out = format!("- rule: {}\n  letter: {}\n", finding.rule, quoted(letter));
    if let Some(decision) = finding.decision {
        // writing to a String cannot fail
        let _ = writeln!(out, "  decision: {decision}");
    }
    let _ = writeln!(out, "  fingerprint: {}", finding.fingerprint);
    out
}

/// A text in double quotes as YAML reads it; signs that a file should not hold are escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
