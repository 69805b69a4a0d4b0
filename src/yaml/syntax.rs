//! Syntax errors in words for people who do not program, at the place of the slip rather than where reading failed.

use super::ahead::{Ahead, closer};
use super::build::{Builder, too_deep};
use super::words::{quoted, shown};
use super::{lines, repair};
use crate::diagnostic::Problem;
use crate::source::Span;
use serde_yaml::granit_parser::{ErrorKind, ScanError};

/// A syntax error and what it made unreadable.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) problem: Problem,
    /// An offset in the line with the slip.
    pub(super) from: usize,
    pub(super) damage: Damage,
    /// Whether a bracket or quotation mark is open, so that lines below may belong to it wherever they begin.
    pub(super) open: bool,
}

/// How far the damage of a fault goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// The value of its line with all that is indented deeper; the key is good.
    Value,
    /// The whole line, key and all, with all that is indented deeper.
    Line,
    /// The same with the lines below that are indented like it: part of the same slip.
    Block,
    /// All lines that are indented with tabs.
    Tabs,
    /// The line and all that follows: after an unknown slip the rest would only make noise.
    Rest,
}

/// Where the parser stopped.
pub(super) struct Stopped<'a> {
    /// The text as the parser got it.
    pub(super) text: &'a str,
    /// Offset of the parser's own complaint.
    pub(super) at: usize,
    /// Where the scalar of the last event begins.
    pub(super) last_scalar: usize,
    /// What is open at that offset.
    pub(super) ahead: Ahead,
}

/// Turns the parser's error into a problem at the slip.
pub(super) fn fault(text: &str, error: &ScanError, builder: &Builder<'_>) -> Fault {
    let mut at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let ahead = Ahead::look(text, builder.last, at, builder.brackets());
    let stopped = Stopped { text, at, last_scalar: builder.last_scalar, ahead };
    let mut fault = stopped.fault(error.kind());
    if let Some(outer) = stopped.ahead.brackets.first()
        && fault.damage == Damage::Value
    {
        fault.from = fault.from.min(*outer);
        fault.open = true;
    }
    fault
}

impl Stopped<'_> {
    fn fault(&self, kind: &ErrorKind) -> Fault {
        use ErrorKind as E;
        if let Some(fault) = self.tabs(kind) {
            return fault;
        }
        match kind {
            E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar | E::UnclosedQuotedScalar => self.quote(),
            E::InvalidTrailingSingleQuotedScalar => {
                self.after_quote("write an apostrophe inside single quotes twice: ''")
            }
            E::InvalidTrailingDoubleQuotedScalar => {
                self.after_quote("write a quotation mark inside double quotes as \\\", or use single quotes outside")
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.escape(),
            E::UnclosedFlowCollection { open } => self.bracket(self.at, *open),
            E::MismatchedFlowCollectionEnd { open, close } => {
                let end = closer(self.text, self.at).unwrap_or(self.at);
                let message = format!("the bracket `{open}` is closed by `{close}`");
                let mut fault = self.value("yaml-bracket", Span::new(end, end + 1), message, "use a matching pair");
                fault.problem = fault.problem.related(Span::new(self.at, self.at + 1), "opened here");
                Fault { from: self.at, open: true, ..fault }
            }
            E::MisplacedFlowCollectionEnd => {
                let place = lines::character(self.text, self.at);
                let message = format!("`{}` closes no bracket", &self.text[place.range()]);
                self.value("yaml-bracket", place, message, "take it out, or put the value in quotes if it is text")
            }
            E::RecursionLimitExceeded => Fault {
                problem: too_deep(lines::character(self.text, self.at)),
                ..self.value("yaml-depth", Span::default(), String::new(), "")
            },
            E::MappingValueNotAllowed => self.colon(),
            E::SimpleKeyExpected | E::InvalidSimpleKey => self.no_colon(self.at),
            E::ExpectedBlockMappingKey => self.no_key(),
            E::ExpectedBlockSequenceEntry => self.no_dash(),
            E::BlockSequenceEntryNotAllowed => {
                let line = lines::end(self.text, self.at);
                let item = self.text[self.at..line].trim_start_matches(['-', ' ']);
                let help = format!("put each item on a line of its own below, or write [{}]", shown(item));
                let place = lines::character(self.text, self.at);
                self.value("yaml-list", place, "a list cannot begin on the line of its key", &help)
            }
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                let written = self.rest();
                let help = format!("write {} if the sign is part of the text", quoted(written));
                let place = lines::character(self.text, self.at);
                let message = format!("`{}` begins a text of several lines here", &self.text[place.range()]);
                self.value("yaml-block", place, message, &help)
            }
            E::UnexpectedCharacter { character } => {
                let place = lines::character(self.text, self.at);
                let help = format!("write {}", quoted(self.rest()));
                let sign = if *character == '`' { "a backtick".to_string() } else { format!("`{character}`") };
                self.value("yaml-quote", place, format!("a value cannot begin with {sign} without quotes"), &help)
            }
            E::MissingAnchorOrAliasName | E::MappingKeyNotAllowed | E::PlainScalarStartsWithDashFlowIndicator => {
                let place = lines::character(self.text, self.at);
                let message = format!("a value cannot begin with `{}` without quotes", &self.text[place.range()]);
                self.value("yaml-quote", place, message, &format!("write {}", quoted(self.rest())))
            }
            E::CommentNotSeparated => {
                let place = lines::character(self.text, self.at);
                self.value("yaml-comment", place, "a comment needs a blank before `#`", "put a blank before it")
            }
            E::CommentInterceptedScalar => {
                let place = lines::word(self.text, self.at);
                let help = "put the text in quotes, or move the comment to a line of its own above";
                self.value("yaml-comment", place, "a comment stands in the middle of a text of several lines", help)
            }
            E::DirectiveDisallowed => {
                let place = lines::word(self.text, self.at);
                let help = "take the line out, or put the value in quotes if `%` is text";
                self.line("yaml-syntax", place, "a line cannot begin with `%`", help)
            }
            E::InvalidDocumentEnd => {
                let place = lines::word(self.text, self.at);
                self.line("yaml-document", place, "nothing can follow `...` on its line", "take the line out")
            }
            _ => self.other(kind),
        }
    }

    /// Errors within brackets, and whatever is too rare for words of its own.
    fn other(&self, kind: &ErrorKind) -> Fault {
        if let Some(&inner) = self.ahead.brackets.last() {
            let dash = *kind == ErrorKind::BlockEntryInFlowCollection && self.text[inner..self.at].contains('\n');
            if dash || self.text[self.at..].trim().is_empty() || self.leaves(inner) {
                return self.bracket(inner, self.text[inner..].chars().next().unwrap_or('['));
            }
            let place = lines::character(self.text, self.at);
            let found = &self.text[place.range()];
            if found == "," {
                let help = "take one of the commas out, or put the value in quotes if the comma is part of it";
                return self.value("yaml-bracket", place, "a value is missing before this comma", help);
            }
            let message = format!("`{found}` cannot stand here between brackets");
            let help = "separate items with commas, and put a value in quotes if it has a colon, comma or bracket";
            return self.value("yaml-bracket", place, message, help);
        }
        let place = lines::word(self.text, self.at);
        let message = format!("this cannot be read as YAML: {kind}");
        let help = "put the value in quotes, or compare the line with its neighbours";
        Fault { damage: Damage::Rest, ..self.value("yaml-syntax", place, message, help) }
    }

    /// Whether the lines between a bracket and where the parser stopped go back to the level of the bracket's own line.
    fn leaves(&self, bracket: usize) -> bool {
        let column = lines::key(&self.text[lines::range(self.text, bracket)]).0;
        let last = lines::start(self.text, self.at);
        let mut line = lines::next(self.text, bracket);
        while let Some(start) = line.filter(|l| *l <= last) {
            let content = &self.text[lines::range(self.text, start)];
            if lines::indent(content) <= column && (start == last || lines::is_entry(content)) {
                return true;
            }
            line = lines::next(self.text, start);
        }
        false
    }

    /// A tab in the indentation, whatever the parser made of it.
    fn tabs(&self, kind: &ErrorKind) -> Option<Fault> {
        use ErrorKind as E;
        let told = matches!(
            kind,
            E::TabNotAllowed
                | E::TabInBlockIndentation
                | E::TabAtBlockScalarStart
                | E::TabInIndentation
                | E::TabInPlainScalar
        );
        let own = lines::start(self.text, self.at);
        let mut line = Some(own);
        while let Some(start) = line {
            let range = lines::range(self.text, start);
            if repair::is_tabbed(&self.text[range.clone()]) {
                return Some(self.tab(range.start));
            }
            // without the parser's word only the line it stopped at is suspect
            line = if told { lines::next(self.text, start) } else { None };
        }
        None
    }

    fn tab(&self, line: usize) -> Fault {
        let content = &self.text[lines::range(self.text, line)];
        let at = line + content.find('\t').unwrap_or(0);
        let run = content[at - line..].bytes().take_while(|b| *b == b'\t').count();
        let below = &self.text[lines::end(self.text, line)..];
        let help = match below.split('\n').filter(|l| repair::is_tabbed(l)).count() {
            0 => "indent with blanks".to_string(),
            1 => "indent with blanks; one more line begins with a tab".to_string(),
            n => format!("indent with blanks; {n} more lines begin with tabs"),
        };
        let problem = Problem::error("yaml-tab", Span::new(at, at + run), "a tab stands in the indentation").help(help);
        Fault { problem, from: line, damage: Damage::Tabs, open: false }
    }

    fn bracket(&self, at: usize, open: char) -> Fault {
        let close = if open == '{' { '}' } else { ']' };
        let place = Span::new(at, at + 1);
        let message = format!("the bracket `{open}` is never closed");
        Fault { open: true, ..self.value("yaml-bracket", place, message, &format!("close it with `{close}`")) }
    }

    /// The value from where the parser stopped to the end of its line.
    pub(super) fn rest(&self) -> &str {
        let line = &self.text[self.at..lines::end(self.text, self.at)];
        line.find(" #").map_or(line, |i| &line[..i]).trim()
    }

    pub(super) fn value(&self, code: &'static str, place: Span, message: impl Into<String>, help: &str) -> Fault {
        let problem = Problem::error(code, place, message).help(help);
        Fault { problem, from: place.start as usize, damage: Damage::Value, open: false }
    }

    pub(super) fn line(&self, code: &'static str, place: Span, message: impl Into<String>, help: &str) -> Fault {
        Fault { damage: Damage::Line, ..self.value(code, place, message, help) }
    }
}
