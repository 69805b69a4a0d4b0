//! Runs `grammar/letter.pest` over a letter: the tokens of its form, in order, without gaps.

use crate::source::Span;
use pest::Parser;

/// pest's own rule names, kept out of sight of the rest of the crate.
mod form {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/letter.pest"]
    pub struct Form;
}

use form::{Form, Rule};

/// What a stretch of a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenKind {
    /// A form feed.
    PageBreak,
    /// Lines without a word.
    Blank,
    /// HOW THE IMR FINAL DETERMINATION WAS MADE.
    HowSection,
    /// CLINICAL CASE SUMMARY.
    SummarySection,
    /// IMR ISSUES, DECISIONS AND RATIONALES.
    IssuesSection,
    /// A heading of a format that is recognised and not supported.
    ForeignSection,
    /// "Claims Administrator guideline:".
    AdministratorLabel,
    /// "MAXIMUS guideline:".
    ReviewerLabel,
    /// "Decision rationale:".
    RationaleLabel,
    /// A line of the header.
    HeaderLine,
    /// Any other line, with its line end.
    Text,
}

/// A stretch of a letter. Invariant of a token list: the first starts at 0, each starts where the one before ends, the
/// last ends at the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

/// The tokens of a letter. Never fails: what is no landmark is text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 40 + 8);
    let mut at = 0;
    while at < text.len() {
        let (kind, length) = plain(&text[at..]).unwrap_or_else(|rule| token(rule, &text[at..]));
        tokens.push(Token { kind, span: Span::new(at, at + length) });
        at += length;
    }
    tokens
}

/// The token at the start of a text as the grammar reads it, with its length.
fn token(rule: Rule, text: &str) -> (TokenKind, usize) {
    let Some(token) = Form::parse(rule, whole_lines(text)).ok().and_then(|mut t| t.next()?.into_inner().next()) else {
        // the grammar is total; should it ever not be, the rest of the letter is one text and nothing is lost
        return (TokenKind::Text, text.len());
    };
    let length = token.as_span().end();
    let kind = match token.as_rule() {
        Rule::page_break => TokenKind::PageBreak,
        Rule::blank => TokenKind::Blank,
        Rule::header_line => TokenKind::HeaderLine,
        Rule::section | Rule::label => match token.into_inner().next().map(|p| p.as_rule()) {
            Some(Rule::how) => TokenKind::HowSection,
            Some(Rule::summary) => TokenKind::SummarySection,
            Some(Rule::issues) => TokenKind::IssuesSection,
            Some(Rule::foreign) => TokenKind::ForeignSection,
            Some(Rule::administrator) => TokenKind::AdministratorLabel,
            Some(Rule::reviewer) => TokenKind::ReviewerLabel,
            Some(Rule::rationale) => TokenKind::RationaleLabel,
            _ => TokenKind::Text,
        },
        _ => TokenKind::Text,
    };
    (kind, length)
}

/// As many lines as a landmark may run over: the parser counts all lines that it is given.
fn whole_lines(text: &str) -> &str {
    let rest = text.as_bytes().get(LANDMARK_BYTES..).and_then(|rest| memchr::memchr(b'\n', rest));
    rest.map_or(text, |n| &text[..LANDMARK_BYTES + n + 1])
}

/// A label may be wrapped, with empty lines between: never over more bytes than these, and the rest of a line.
const LANDMARK_BYTES: usize = 500;

/// The first word of everything that the grammar knows as more than text, how its second word may begin (none if it needs
/// none), and the rule for the lines that it begins.
const LANDMARKS: [(&str, &[&str], Rule); 18] = [
    ("application", &[], Rule::date_line),
    ("case", &["number"], Rule::date_line),
    ("claims", &["administrator"], Rule::label_line),
    ("clinical", &["case"], Rule::section_line),
    ("date", &["assigned", "of"], Rule::date_line),
    ("decision", &["date", "rationale"], Rule::label_line),
    ("documents", &["reviewed"], Rule::section_line),
    ("expert", &["reviewer"], Rule::label_line),
    ("how", &["the"], Rule::section_line),
    ("imr", &["issues", "decision"], Rule::section_line),
    ("issue", &["at"], Rule::section_line),
    ("issues", &["at"], Rule::section_line),
    ("maximus", &["guideline"], Rule::label_line),
    ("medical", &["professional"], Rule::section_line),
    ("notice", &["of"], Rule::section_line),
    ("priority", &[], Rule::date_line),
    ("received", &[], Rule::date_line),
    ("ur", &["denial"], Rule::date_line),
];

/// The labels as nearly all letters write them: the grammar reads them so too.
const LABELS: [(&str, TokenKind); 3] = [
    ("claims administrator guideline:", TokenKind::AdministratorLabel),
    ("maximus guideline:", TokenKind::ReviewerLabel),
    ("decision rationale:", TokenKind::RationaleLabel),
];

/// The rule for a line that begins with the first words of a landmark.
fn landmark(line: &[u8]) -> Option<Rule> {
    // most lines begin with another letter
    const FIRST: u32 = {
        let (mut all, mut n) = (0, 0);
        while n < LANDMARKS.len() {
            all |= 1 << (LANDMARKS[n].0.as_bytes()[0] & 31);
            n += 1;
        }
        all
    };
    if FIRST & 1 << (line[0] & 31) == 0 {
        return None;
    }
    // no first word is longer than 11 letters
    let (word, behind) = line.split_at(line.iter().take(12).take_while(|b| b.is_ascii_alphabetic()).count());
    let same = |l: &&str| l.len() == word.len() && l.as_bytes().eq_ignore_ascii_case(word);
    let (_, seconds, rule) = LANDMARKS.iter().find(|(l, ..)| same(l))?;
    // a blank that does not break is two bytes
    let second = behind.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0xc2 | 0xa0));
    let second = second.map_or(&[][..], |n| &behind[n..]);
    let begins = |known: &&str| second.get(..known.len()).is_some_and(|b| b.eq_ignore_ascii_case(known.as_bytes()));
    (seconds.is_empty() || seconds.iter().any(begins)).then_some(*rule)
}

/// Most lines are told by one look: blank, or text that begins with the word of no landmark. Else the rule of the grammar that
/// decides.
fn plain(text: &str) -> Result<(TokenKind, usize), Rule> {
    let bytes = text.as_bytes();
    let is_blank = |b: u8| matches!(b, b' ' | b'\t' | b'\r');
    let word = |from: usize| bytes[from..].iter().position(|b| !is_blank(*b)).map_or(bytes.len(), |n| from + n);
    let mut first = word(0);
    let mut end = 0;
    // lines without a word are one token
    while bytes.get(first) == Some(&b'\n') {
        end = first + 1;
        first = word(end);
    }
    match bytes.get(first) {
        None | Some(0x0c | 0x80..) if end == 0 || bytes.get(first).is_some_and(|b| *b >= 0x80) => Err(Rule::token),
        _ if end > 0 => Ok((TokenKind::Blank, end)),
        _ => {
            if let Some(rule) = landmark(&bytes[first..]) {
                let begins = |known: &str| {
                    bytes.get(first..first + known.len()).is_some_and(|b| b.eq_ignore_ascii_case(known.as_bytes()))
                };
                let label = LABELS.iter().find(|(known, _)| begins(known));
                return label.map(|(known, kind)| (*kind, first + known.len())).ok_or(rule);
            }
            let length = memchr::memchr(b'\n', &bytes[first..]).map_or(bytes.len(), |n| first + n + 1);
            Ok((TokenKind::Text, length))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
        let tokens = tokens(text);
        let mut at = 0;
        for token in &tokens {
            assert_eq!(token.span.start, at, "gap in {text:?}");
            at = token.span.end;
        }
        assert_eq!(at as usize, text.len());
        tokens.iter().map(|t| (t.kind, &text[t.span.range()])).collect()
    }

    #[test]
    fn landmarks_are_told_from_text() {
        use TokenKind::*;
        let text = " Clinical Case Summary \r\nClaims  Administrator\n\nguideline: none\n\u{c}X-ray: Upheld\n \n";
        assert_eq!(
            kinds(text),
            [
                (SummarySection, " Clinical Case Summary \r\n"),
                (AdministratorLabel, "Claims  Administrator\n\nguideline:"),
                (Text, " none\n"),
                (PageBreak, "\u{c}"),
                (Text, "X-ray: Upheld\n"),
                (Blank, " \n"),
            ]
        );
    }

    #[test]
    fn labels_as_written_are_what_the_grammar_reads() {
        for (label, kind) in LABELS {
            let upper = label.to_ascii_uppercase();
            for text in [label, &format!(" \t{upper}: x\n"), &format!("{label}:"), &format!("\r{label}\nnext")] {
                assert_eq!(token(Rule::label_line, text), plain(text).unwrap(), "{text:?}");
                assert_eq!(plain(text).unwrap().0, kind);
            }
        }
    }

    #[test]
    fn any_text_is_tiled() {
        for text in [
            "",
            "\n",
            " ",
            "x",
            "\u{c}",
            "Decision",
            "Decision rationale",
            "é\u{a0}\r",
            "Claims Administrator guideline:",
        ] {
            kinds(text);
        }
    }
}
