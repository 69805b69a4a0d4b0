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
    let Some(letter) = Form::parse(Rule::letter, text).ok().and_then(|mut pairs| pairs.next()) else {
        // the grammar is total; should it ever not be, the letter is one text and nothing is lost
        return vec![Token { kind: TokenKind::Text, span: Span::new(0, text.len()) }];
    };
    for pair in letter.into_inner() {
        let span = pair.as_span();
        let kind = match pair.as_rule() {
            Rule::page_break => TokenKind::PageBreak,
            Rule::blank => TokenKind::Blank,
            Rule::header_line => TokenKind::HeaderLine,
            Rule::section | Rule::label => match pair.clone().into_inner().next().map(|p| p.as_rule()) {
                Some(Rule::how) => TokenKind::HowSection,
                Some(Rule::summary) => TokenKind::SummarySection,
                Some(Rule::issues) => TokenKind::IssuesSection,
                Some(Rule::foreign) => TokenKind::ForeignSection,
                Some(Rule::administrator) => TokenKind::AdministratorLabel,
                Some(Rule::reviewer) => TokenKind::ReviewerLabel,
                Some(Rule::rationale) => TokenKind::RationaleLabel,
                _ => TokenKind::Text,
            },
            Rule::EOI => continue,
            _ => TokenKind::Text,
        };
        tokens.push(Token { kind, span: Span::new(span.start(), span.end()) });
    }
    tokens
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
