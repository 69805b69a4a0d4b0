//! Where the heading of a decision begins, and damaged landmarks.
//!
//! From 2016 on no blank line stands before a heading, so its start is found backwards from the outcome: at the last
//! sentence end that stands at the end of a line. A partial authorization is three sentences; its heading starts with
//! the first of them.

use super::grammar::{Token, TokenKind};
use super::outline::{OutcomeWord, trim};
use crate::lexicon::{Cue, Lexicon, Small, near};
use crate::source::{Passage, Span};
use strsim::osa_distance;

/// The part of a letter in which a heading is looked for.
pub struct Window<'a> {
    /// The letter.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The heading begins here at the earliest.
    pub floor: u32,
    /// Vocabulary.
    pub lexicon: &'a Lexicon,
}

/// A heading of more lines than this is looked at twice.
const MANY_LINES: usize = 6;

/// The sentence that introduces the decisions is about a hundred bytes long.
const INTRODUCTION: u32 = 160;

/// The heading that ends in an outcome: its words without the outcome and the colon before it.
pub fn before_outcome(window: &Window, token: usize, word: OutcomeWord) -> Option<Span> {
    let line = window.tokens[token].span;
    let own = Span { start: line.start.max(window.floor), end: word.span.start };
    let mut lines = vec![token];
    let request = trim_colon(window.text, own);
    lines.extend(lines_above(window, token, |_| false));
    request_of(window, lines, request.end)
}

/// The heading before a label that no outcome precedes: the lines after the last sentence end.
pub fn before_label(window: &Window, token: usize) -> Option<Span> {
    let lines: Vec<usize> = lines_above(window, token, |_| false).collect();
    let last = *lines.first()?;
    let end = trim(window.text, window.tokens[last].span).end;
    request_of(window, lines, end)
}

/// `lines` are token numbers from the last upwards.
fn request_of(window: &Window, mut lines: Vec<usize>, end: u32) -> Option<Span> {
    extend_over_template(window, &mut lines);
    drop_strays(window, &mut lines);
    let first = window.tokens[*lines.last()?].span;
    let span = trim_colon(
        window.text,
        Span { start: first.start.max(window.floor), end: end.max(window.floor).max(first.start) },
    );
    (!span.is_empty()).then_some(span)
}

/// Lines of text above a token that belong to the same heading, nearest first: up to a line that ends a sentence.
fn lines_above<'a>(
    window: &'a Window,
    token: usize,
    go_on: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = usize> + 'a {
    (0..token)
        .rev()
        .take_while(|at| window.tokens[*at].span.end > window.floor)
        .take_while(|at| {
            matches!(
                window.tokens[*at].kind,
                TokenKind::Text | TokenKind::HeaderLine | TokenKind::Blank | TokenKind::PageBreak
            )
        })
        .filter(|at| matches!(window.tokens[*at].kind, TokenKind::Text | TokenKind::HeaderLine))
        .take_while(move |at| {
            let line = window.text[window.tokens[*at].span.range()].trim();
            // the rest of a label's own line is that field's text, whatever it ends in
            let labelled = *at > 0 && is_label(window.tokens[*at - 1].kind);
            !labelled && (go_on(line) || !ends_sentence(window, *at))
        })
}

/// Whether a line ends in a sentence end, or ends the sentence that introduces the decisions.
fn ends_sentence(window: &Window, at: usize) -> bool {
    let line = window.text[window.tokens[at].span.range()].trim();
    let bare = line.trim_end_matches(['"', '\'', ')', ']', '\u{201d}', '\u{2019}']);
    if line.ends_with(':') {
        return ends_introduction(window, at);
    }
    if bare.ends_with(['?', '!']) {
        return true;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    let last = stem.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(stem);
    !window.lexicon.is_abbreviation(last)
}

/// Whether a line that ends in a colon ends the sentence that introduces the decisions. That sentence may wrap, so that
/// "below:" stands alone.
fn ends_introduction(window: &Window, at: usize) -> bool {
    let mut start = window.tokens[at].span.start;
    for above in (0..at).rev().filter(|n| window.tokens[*n].kind != TokenKind::Blank) {
        let line = window.text[window.tokens[above].span.range()].trim();
        if window.tokens[above].kind != TokenKind::Text || line.ends_with([':', '.']) {
            break;
        }
        start = window.tokens[above].span.start;
        if window.tokens[at].span.start - start > INTRODUCTION {
            break;
        }
    }
    let passage = Passage::of(window.text, Span { start, end: window.tokens[at].span.end });
    window.lexicon.mentions(&passage.text, &[Cue::DecisionsIntroduction])
}

/// Goes on upwards while the heading is a partial authorization whose first sentence is still above.
fn extend_over_template(window: &Window, lines: &mut Vec<usize>) {
    let words = |lines: &[usize]| -> String {
        let spans = lines.iter().rev().map(|at| window.tokens[*at].span);
        spans
            .map(|s| &window.text[s.start.max(window.floor).min(s.end) as usize..s.end as usize])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let fold = |lines: &[usize]| {
        let joined = words(lines);
        Passage::of(&joined, Span::new(0, joined.len())).text
    };
    if lines.is_empty() || !window.lexicon.mentions(&fold(lines), &[Cue::PartialTemplate]) {
        return;
    }
    let mut longer = lines.clone();
    for _ in 0..8 {
        if window.lexicon.mentions(&fold(&longer), &[Cue::PartialOpening]) {
            *lines = longer;
            return;
        }
        let Some(top) = longer.last().copied() else { return };
        // one line that ends a sentence, then on to the next such line
        let above: Vec<usize> = {
            let mut first = true;
            let mut taken = Vec::new();
            for at in (0..top).rev() {
                let token = window.tokens[at];
                match token.kind {
                    TokenKind::Blank | TokenKind::PageBreak => continue,
                    TokenKind::Text | TokenKind::HeaderLine => {}
                    _ => break,
                }
                if token.span.start < window.floor || at > 0 && is_label(window.tokens[at - 1].kind) {
                    break;
                }
                if !first && ends_sentence(window, at) {
                    break;
                }
                first = false;
                taken.push(at);
            }
            taken
        };
        if above.is_empty() {
            return;
        }
        longer.extend(above);
    }
}

/// Cuts off lines that belong to the rationale before: one that does not end in a full stop, or whose last line is lost.
fn drop_strays(window: &Window, lines: &mut Vec<usize>) {
    if lines.len() < 2 {
        return;
    }
    let line = |at: usize| window.text[window.tokens[at].span.range()].trim();
    let joined = |n: usize| lines[..n].iter().rev().map(|at| line(*at)).collect::<Vec<_>>().join(" ");
    // the last line always belongs to the heading; so do all sentences of a partial authorization
    let opens = |n: &usize| window.lexicon.mentions(&joined(*n), &[Cue::PartialOpening]);
    let template = opens(&lines.len()).then(|| (1..=lines.len()).find(opens)).flatten();
    let own = template.unwrap_or(1);
    if let Some(stray) = lines.iter().skip(own).position(|at| is_prose(window, line(*at))) {
        lines.truncate(stray + own);
        return;
    }
    if template.is_some() {
        return;
    }
    if lines.len() > MANY_LINES {
        // the line above a heading ends a paragraph, so it is shorter than full lines are
        let full = lines.iter().map(|at| line(*at).len()).max().unwrap_or(0);
        let short = lines.iter().skip(1).position(|at| line(*at).len() * 10 < full * 8);
        lines.truncate(short.map_or(1, |n| n + 1));
    }
}

/// Whether a line belongs to a rationale: it concludes, has words that headings do not have, or a sentence ends in it.
fn is_prose(window: &Window, line: &str) -> bool {
    const CUES: [Cue; 5] = [Cue::Necessary, Cue::NotNecessary, Cue::ConclusionOpener, Cue::ThisRequest, Cue::Prose];
    let folded = Passage::of(line, Span::new(0, line.len())).text;
    let ends = folded.match_indices(". ").any(|(at, mark)| {
        let last = folded[..at].rsplit(' ').next().unwrap_or_default();
        let word = last.len() > 2 && last.bytes().all(|b| b.is_ascii_lowercase());
        let goes_on = folded[at + mark.len()..].starts_with(|c: char| c.is_ascii_uppercase());
        word && goes_on && !window.lexicon.is_abbreviation(last)
    });
    ends || window.lexicon.mentions(&folded, &CUES)
}

fn trim_colon(text: &str, span: Span) -> Span {
    let span = trim(text, span);
    let written = &text[span.range()];
    trim(text, Span::new(span.start as usize, span.start as usize + written.trim_end_matches(':').len()))
}

fn is_label(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::AdministratorLabel | TokenKind::ReviewerLabel | TokenKind::RationaleLabel)
}

/// The outcome at the end of a line: a word behind a colon that is, or is nearly, Upheld or Overturned. `before` is the
/// line of words above, for an outcome that stands alone.
pub fn outcome_at_end(text: &str, line: Span, before: &str, lexicon: &Lexicon) -> Option<OutcomeWord> {
    let written = text[line.range()].trim_end();
    let bare = written.trim_end_matches('.');
    // what is no letter of ASCII ends in a byte that is none
    let word = &bare[bare.bytes().rposition(|b| !b.is_ascii_alphabetic()).map_or(0, |n| n + 1)..];
    if !(5..=12).contains(&word.len()) {
        return None;
    }
    let ahead = bare[..bare.len() - word.len()].trim_end();
    let behind_colon = ahead.ends_with(':') || ahead.is_empty() && before.ends_with(':');
    let word_start = line.start as usize + (bare.len() - word.len());
    let span = Span::new(word_start, word_start + word.len());
    for (known, overturned) in [("upheld", false), ("overturned", true)] {
        if word.eq_ignore_ascii_case(known) {
            // a heading that lost its colon keeps its capital
            let kept =
                behind_colon || word.starts_with(['U', 'O']) && !ahead.is_empty() && !ends_like_prose(ahead, lexicon);
            return kept.then_some(OutcomeWord { span, overturned, damaged: false, colon: behind_colon });
        }
        let nearly = || near::distance(&word.to_ascii_lowercase(), known, if overturned { 2 } else { 1 }).is_some();
        if behind_colon && !ahead.is_empty() && nearly() {
            return Some(OutcomeWord { span, overturned, damaged: true, colon: true });
        }
    }
    None
}

/// Words before which "Upheld" is part of a sentence, not an outcome.
fn ends_like_prose(ahead: &str, lexicon: &Lexicon) -> bool {
    lexicon.is_small(ahead.rsplit(char::is_whitespace).next().unwrap_or(""), Small::ProseEnd)
}

const SECTIONS: [(&str, TokenKind); 3] = [
    ("HOW THE IMR FINAL DETERMINATION WAS MADE", TokenKind::HowSection),
    ("CLINICAL CASE SUMMARY", TokenKind::SummarySection),
    ("IMR ISSUES, DECISIONS AND RATIONALES", TokenKind::IssuesSection),
];

/// Whether a line is short and nearly all capitals, as section headings are.
pub fn looks_like_section(line: &str) -> bool {
    let line = line.trim();
    if !(15..=60).contains(&line.len()) {
        return false;
    }
    // most lines show at their start that they have too many small letters
    let small = line.bytes().take(BEGIN).filter(u8::is_ascii_lowercase).count();
    if small * 5 > line.len() {
        return false;
    }
    let letters = line.bytes().filter(u8::is_ascii_alphabetic).count();
    letters >= 12 && line.bytes().filter(u8::is_ascii_uppercase).count() * 10 >= letters * 8
}

/// So many bytes of a line are its start.
const BEGIN: usize = 24;

/// The section heading that a line in capitals nearly is.
pub fn near_section(line: &str) -> Option<TokenKind> {
    let line = line.trim().to_ascii_uppercase();
    let near = |known: &str| osa_distance(&line, known);
    SECTIONS.iter().find(|(known, _)| near(known) <= known.len() / 8 + 1).map(|(_, kind)| *kind)
}

const LABELS: [(&str, TokenKind); 3] = [
    ("claims administrator guideline", TokenKind::AdministratorLabel),
    ("maximus guideline", TokenKind::ReviewerLabel),
    ("decision rationale", TokenKind::RationaleLabel),
];

/// The label that the start of a line nearly is, with its length in bytes, white space before it included: misspelled
/// words before a colon, or the right words without one.
pub fn near_label(line: &str) -> Option<(TokenKind, usize)> {
    let indent = line.len() - line.trim_start().len();
    let written = &line[indent..];
    if let Some(colon) = memchr::memchr(b':', &written.as_bytes()[..written.len().min(45)]) {
        let words = &written[..colon];
        let slips = |known: &str| known.len() / 8 + 1;
        return LABELS
            .iter()
            .filter(|(known, _)| words.len().abs_diff(known.len()) <= 3 && near::may_be(words, known, slips(known)))
            .find(|(known, _)| near::distance(&words.to_ascii_lowercase(), known, slips(known)).is_some())
            .map(|(_, kind)| (*kind, indent + colon + 1));
    }
    if !written.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    LABELS.iter().find_map(|(known, kind)| {
        written.get(..known.len()).filter(|start| start.eq_ignore_ascii_case(known))?;
        let after = written[known.len()..].trim_start();
        let goes_on = after.is_empty() || after.starts_with(|c: char| c.is_ascii_uppercase());
        goes_on.then_some((*kind, indent + known.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(before: &str, line: &str) -> Option<(String, bool, bool)> {
        let lexicon = &crate::builtin::rulebook().lexicon;
        outcome_at_end(line, Span::new(0, line.len()), before, lexicon)
            .map(|w| (line[w.span.range()].to_string(), w.overturned, w.damaged))
    }

    #[test]
    fn outcomes_stand_behind_a_colon() {
        assert_eq!(outcome("", "EKG: 12 lead:  Upheld \r\n"), Some(("Upheld".into(), false, false)));
        assert_eq!(outcome("of the foot:", "Overturned\n"), Some(("Overturned".into(), true, false)));
        assert_eq!(outcome("", "X-ray: Upheldd"), Some(("Upheldd".into(), false, true)));
        assert_eq!(outcome("", "X-ray: Overtuned"), Some(("Overtuned".into(), true, true)));
        assert_eq!(outcome("", "X-ray of the hip Upheld"), Some(("Upheld".into(), false, false)));
        assert_eq!(outcome("", "the denial was upheld."), None);
        assert_eq!(outcome("", "Request: Motrin"), None);
    }

    #[test]
    fn labels_are_known_through_damage() {
        assert_eq!(near_label("MAXIMUS guidline: none").map(|l| l.1), Some(17));
        assert_eq!(near_label(" Decision rational: The").map(|l| l.0), Some(TokenKind::RationaleLabel));
        assert_eq!(near_label("Decision rationale The MTUS").map(|l| l.1), Some(18));
        assert_eq!(near_label("Diagnosis: strain"), None);
        assert_eq!(near_label("decision rationale was not given"), None);
    }

    #[test]
    fn section_headings_are_known_through_damage() {
        assert_eq!(near_section("CLINICAL CASE SUMARY"), Some(TokenKind::SummarySection));
        assert!(!looks_like_section("Clinical case summary of the records"));
        assert_eq!(near_section("MEDICAL EVIDENCE SUMMARY"), None);
    }
}
