//! The marks of a guideline line's form: "Decision based on", "Section(s):", chapters and tables.

use crate::letter::reading::Reading;
use crate::source::cut_before;
use pest::Parser;
use std::ops::Range;

/// pest's own rule names, kept out of sight of the rest of the crate.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/citation.pest"]
    pub struct CitationGrammar;
}

use grammar::{CitationGrammar, Rule};

/// A mark of the line's form.
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    pub(super) bytes: Range<usize>,
}

pub(super) enum MarkKind {
    Basis { mtus: bool },
    Sections,
    Chapter(u32),
    Table(u32, u32),
}

/// No mark is longer, in bytes.
const MARK_BYTES: usize = 256;

/// The marks of a line, tried at the words with which they begin.
pub(super) fn marks(reading: &Reading) -> Vec<Mark> {
    let text = reading.text();
    let mut found: Vec<Mark> = Vec::new();
    let mut after = 0;
    for word in &reading.words {
        let start = word.start as usize;
        let begins = ["decision ", "section", "chapter", "table ", "other medical"];
        let begins = begins.into_iter().any(|b| starts(text, start, b));
        if start < after || !begins {
            continue;
        }
        // what is tried is bounded: the parser's account of a failure holds a copy of it
        let ahead = &text[start..cut_before(text, start + MARK_BYTES)];
        let Some(pair) = CitationGrammar::parse(Rule::mark, ahead).ok().and_then(|mut p| p.next()) else {
            continue;
        };
        let end = start + pair.as_span().end();
        let Some(inner) = pair.into_inner().next() else { continue };
        let rule = inner.as_rule();
        let parts: Vec<(Rule, Option<u32>)> =
            inner.into_inner().map(|p| (p.as_rule(), p.as_str().parse().ok())).collect();
        let kind = match (rule, &parts[..]) {
            (Rule::basis, _) => MarkKind::Basis { mtus: !parts.iter().any(|(r, _)| *r == Rule::non_mtus) },
            (Rule::other, _) => MarkKind::Basis { mtus: false },
            (Rule::sections, _) => MarkKind::Sections,
            (Rule::chapter, [(_, Some(n)), ..]) => MarkKind::Chapter(*n),
            (Rule::table, [(_, Some(a)), (_, Some(b)), ..]) => MarkKind::Table(*a, *b),
            _ => continue,
        };
        after = end;
        found.push(Mark { kind, bytes: start..end });
    }
    found
}

/// Whether some letters stand at a byte, in any case.
fn starts(text: &str, at: usize, letters: &str) -> bool {
    let (text, letters) = (&text.as_bytes()[at..], letters.as_bytes());
    text[0] | 0x20 == letters[0] && text.get(..letters.len()).is_some_and(|b| b.eq_ignore_ascii_case(letters))
}
