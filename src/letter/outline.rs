//! Puts decisions together from the tokens of a letter.
//!
//! A decision is a heading (everything from the end of the previous rationale to the last ": Upheld" or ": Overturned"
//! before the labels) and three labelled fields. Whatever is missing, doubled or damaged in one decision stays there.

use super::grammar::{Token, TokenKind, tokens};
use super::heading::{self, Window};
use crate::diagnostic::Problem;
use crate::lexicon::Lexicon;
use crate::source::Span;

/// The skeleton of a letter: where its parts are.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All tokens, for `inspect`.
    pub tokens: Vec<Token>,
    /// What stands before the first section: the header, where there is one.
    pub header: Span,
    /// The heading "HOW THE IMR FINAL DETERMINATION WAS MADE".
    pub how: Option<Span>,
    /// The heading "CLINICAL CASE SUMMARY".
    pub summary_heading: Option<Span>,
    /// The text of the summary.
    pub summary: Option<Span>,
    /// The heading "IMR ISSUES, DECISIONS AND RATIONALES".
    pub issues: Option<Span>,
    /// Headings of an unsupported format.
    pub foreign: Vec<Span>,
    /// The decisions in order.
    pub decisions: Vec<DecisionOutline>,
    /// Damage met on the way; the first [`PROBLEMS`] places.
    pub problems: Vec<Problem>,
    /// Further damaged places.
    pub untold: usize,
    /// The landmark from which on decisions are not read, because there are more than [`DECISIONS`].
    pub unread: Option<Span>,
}

/// Decisions of a letter that are read at most; published letters have some thirty at most.
pub const DECISIONS: usize = 1000;

/// Damaged places of a letter that are told at most.
pub const PROBLEMS: usize = 1000;

impl Outline {
    /// Tells of damage, if there is not too much of it.
    fn tell(&mut self, problem: Problem) {
        if self.problems.len() < PROBLEMS { self.problems.push(problem) } else { self.untold += 1 }
    }
}

/// Where the parts of one decision are.
#[derive(Clone, Debug, Default)]
pub struct DecisionOutline {
    /// The heading without its outcome, if there is one.
    pub request: Option<Span>,
    /// The outcome word.
    pub outcome: Option<OutcomeWord>,
    /// The administrator's guideline line.
    pub administrator: Option<FieldOutline>,
    /// The reviewer's guideline line.
    pub reviewer: Option<FieldOutline>,
    /// The rationale.
    pub rationale: Option<FieldOutline>,
    /// From the first to the last word of the decision.
    pub span: Span,
}

/// A label and the text behind it.
#[derive(Clone, Copy, Debug)]
pub struct FieldOutline {
    /// "Decision rationale:".
    pub label: Span,
    /// What follows it, without white space at the ends; may be empty.
    pub body: Span,
}

/// An outcome word as it stands.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeWord {
    /// The word.
    pub span: Span,
    /// Whether it says Overturned.
    pub overturned: bool,
    /// Whether it is misspelled.
    pub damaged: bool,
    /// Whether a colon stands before it; without one it counts only right before a label.
    pub colon: bool,
}

/// A landmark among the decisions.
#[derive(Clone, Copy, Debug)]
enum Event {
    Outcome { token: usize, word: OutcomeWord },
    Label { token: usize, kind: TokenKind, span: Span },
}

/// The skeleton of a text.
pub fn outline(text: &str, lexicon: &Lexicon) -> Outline {
    let mut out = Outline { tokens: tokens(text), ..Outline::default() };
    sections(text, &mut out);
    let first_section = out.tokens.iter().position(|t| is_section(t.kind)).unwrap_or(0);
    out.header = Span { start: 0, end: out.tokens.get(first_section).map_or(0, |t| t.span.start) };
    let from = match (out.issues, out.summary_heading) {
        (Some(issues), _) => issues.end,
        (None, Some(summary)) => summary.end,
        (None, None) => 0,
    };
    let first = out.tokens.partition_point(|t| t.span.start < from);
    let events = events(text, first, &mut out, lexicon);
    decisions(text, lexicon, first, &events, &mut out);
    if let Some(heading) = out.summary_heading {
        let ends = [out.issues.map(|s| s.start), out.decisions.first().map(|d| d.span.start)];
        let end = ends.into_iter().flatten().filter(|e| *e >= heading.end).min().unwrap_or(text.len() as u32);
        out.summary = Some(trim(text, Span { start: heading.end, end }));
    }
    out
}

fn is_section(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::HowSection | TokenKind::SummarySection | TokenKind::IssuesSection | TokenKind::ForeignSection
    )
}

/// Finds the section headings, also damaged ones.
fn sections(text: &str, out: &mut Outline) {
    for at in 0..out.tokens.len() {
        let mut token = out.tokens[at];
        if token.kind == TokenKind::Text && heading::looks_like_section(&text[token.span.range()]) {
            let Some(kind) = heading::near_section(&text[token.span.range()]) else { continue };
            let span = trim(text, token.span);
            out.tell(
                Problem::warning("section-damaged", span, "a section heading is misspelled")
                    .label("read as the nearest known heading"),
            );
            token.kind = kind;
            out.tokens[at].kind = kind;
        }
        let span = trim(text, token.span);
        let place = match token.kind {
            TokenKind::HowSection => &mut out.how,
            TokenKind::SummarySection => &mut out.summary_heading,
            TokenKind::IssuesSection => &mut out.issues,
            TokenKind::ForeignSection => {
                out.foreign.push(span);
                continue;
            }
            _ => continue,
        };
        match place {
            None => *place = Some(span),
            Some(first) => {
                let first = *first;
                out.tell(
                    Problem::warning("section-repeated", span, "a section heading stands twice")
                        .related(first, "first here"),
                );
            }
        }
    }
}

/// All outcomes and labels from a token on.
fn events(text: &str, first: usize, out: &mut Outline, lexicon: &Lexicon) -> Vec<Event> {
    let mut events = Vec::new();
    // the end of the line of words before this one, for an outcome that stands alone on its line
    let mut before = "";
    for at in first..out.tokens.len() {
        let Token { kind, span } = out.tokens[at];
        let written = &text[span.range()];
        match kind {
            TokenKind::AdministratorLabel | TokenKind::ReviewerLabel | TokenKind::RationaleLabel => {
                events.push(Event::Label { token: at, kind, span: trim(text, span) });
            }
            TokenKind::Text | TokenKind::HeaderLine => {
                let labelled = at > 0 && is_label(out.tokens[at - 1].kind);
                if let Some((kind, label)) = heading::near_label(written).filter(|_| !labelled) {
                    let label = Span::new(span.start as usize, span.start as usize + label);
                    out.tell(
                        Problem::warning("label-damaged", trim(text, label), "a label is misspelled")
                            .label("read as the nearest known label"),
                    );
                    // the token is cut in two, so that the rest of the line is the field's text
                    out.tokens[at] = Token { kind: TokenKind::Text, span: Span { start: label.end, end: span.end } };
                    events.push(Event::Label { token: at, kind, span: trim(text, label) });
                } else if let Some(word) = heading::outcome_at_end(text, span, before, lexicon)
                    .filter(|w| w.colon || label_follows(&out.tokens, at))
                {
                    if word.damaged {
                        out.tell(Problem::warning("outcome-damaged", word.span, "an outcome is misspelled"));
                    }
                    events.push(Event::Outcome { token: at, word });
                }
                if !written.trim().is_empty() {
                    before = written.trim_end();
                }
            }
            _ => {}
        }
    }
    events
}

/// Whether the next token with words is a label.
fn label_follows(tokens: &[Token], at: usize) -> bool {
    let mut next = tokens[at + 1..].iter().filter(|t| !matches!(t.kind, TokenKind::Blank | TokenKind::PageBreak));
    next.next().is_some_and(|t| is_label(t.kind))
}

fn is_label(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::AdministratorLabel | TokenKind::ReviewerLabel | TokenKind::RationaleLabel)
}

/// What is being put together while the events go by.
#[derive(Default)]
struct Assembly {
    decision: Option<DecisionOutline>,
    /// Labels that the decision has had so far.
    seen: Vec<TokenKind>,
    /// The label whose text is not yet at its end.
    open: Option<(TokenKind, Span)>,
}

impl Assembly {
    /// Whether a label begins a decision of its own, because the current one is past it.
    fn is_past(&self, kind: TokenKind) -> bool {
        let has = |k| self.seen.contains(&k);
        match kind {
            TokenKind::AdministratorLabel => has(TokenKind::ReviewerLabel) || has(TokenKind::RationaleLabel),
            TokenKind::ReviewerLabel => has(TokenKind::RationaleLabel),
            _ => false,
        }
    }

    /// Ends the open field at an offset.
    fn close_field(&mut self, text: &str, end: u32) {
        let (Some((kind, label)), Some(decision)) = (self.open.take(), self.decision.as_mut()) else { return };
        let body = trim(text, Span { start: label.end, end: end.max(label.end) });
        decision.span.end = decision.span.end.max(if body.is_empty() { label.end } else { body.end });
        let place = match kind {
            TokenKind::AdministratorLabel => &mut decision.administrator,
            TokenKind::ReviewerLabel => &mut decision.reviewer,
            _ => &mut decision.rationale,
        };
        // a label that comes a second time in one decision adds to the first
        match place {
            None => *place = Some(FieldOutline { label, body }),
            Some(first) => first.body = trim(text, first.body.to(body)),
        }
    }

    /// Ends the decision at an offset and hands it over.
    fn close(&mut self, text: &str, end: u32, decisions: &mut Vec<DecisionOutline>) {
        self.close_field(text, end);
        self.seen.clear();
        decisions.extend(self.decision.take());
    }
}

/// Cuts the events into decisions.
fn decisions(text: &str, lexicon: &Lexicon, first: usize, events: &[Event], out: &mut Outline) {
    let mut now = Assembly::default();
    let mut begun = 0;
    // a heading begins after this offset: the end of the last landmark
    let mut floor = out.tokens.get(first).map_or(text.len() as u32, |t| t.span.start);
    for event in events {
        let starts_new = match event {
            Event::Outcome { .. } => true,
            Event::Label { kind, .. } => now.decision.is_none() || now.is_past(*kind),
        };
        if starts_new {
            let window = Window { text, tokens: &out.tokens, floor, lexicon };
            let request = match event {
                Event::Outcome { token, word } => heading::before_outcome(&window, *token, *word),
                Event::Label { token, .. } => heading::before_label(&window, *token),
            };
            let landmark = match event {
                Event::Outcome { word, .. } => word.span,
                Event::Label { span, .. } => *span,
            };
            let start = request.map_or(landmark.start, |r| r.start);
            now.close(text, start, &mut out.decisions);
            // headings that are dropped below count too
            if begun == DECISIONS {
                out.unread = Some(Span { start, end: landmark.end });
                return;
            }
            begun += 1;
            drop_repeated_heading(text, request, out);
            let mut decision =
                DecisionOutline { request, span: Span { start, end: landmark.end }, ..Default::default() };
            if let Event::Outcome { word, .. } = event {
                decision.outcome = Some(*word);
            }
            now.decision = Some(decision);
        }
        match event {
            Event::Outcome { word, .. } => floor = word.span.end,
            Event::Label { kind, span, .. } => {
                if now.open.is_some_and(|(open, _)| open == *kind) {
                    out.tell(Problem::warning("label-repeated", *span, "a label stands twice"));
                } else {
                    now.close_field(text, span.start);
                    now.open = Some((*kind, *span));
                    now.seen.push(*kind);
                }
                floor = span.end;
            }
        }
    }
    let section = out.tokens.iter().find(|t| t.span.start >= floor && is_section(t.kind));
    now.close(text, section.map_or(text.len() as u32, |t| t.span.start), &mut out.decisions);
}

/// A heading line that stands twice is no second decision: the first of the two is dropped.
fn drop_repeated_heading(text: &str, request: Option<Span>, out: &mut Outline) {
    let (Some(last), Some(request)) = (out.decisions.last(), request) else { return };
    let bare = last.administrator.is_none() && last.reviewer.is_none() && last.rationale.is_none();
    let Some(first) = last.request.filter(|r| bare && text[r.range()] == text[request.range()]) else { return };
    out.decisions.pop();
    out.tell(Problem::warning("heading-repeated", request, "a heading stands twice").related(first, "first here"));
}

/// A span without white space at its ends.
pub fn trim(text: &str, span: Span) -> Span {
    let written = &text[span.range()];
    // nearly always there is no more to trim than blanks and an end of the line
    let plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let bare = written.trim_ascii();
    if plain(bare.as_bytes().first()) && plain(bare.as_bytes().last()) {
        let start = span.start as usize + (written.len() - written.trim_ascii_start().len());
        return Span::new(start, start + bare.len());
    }
    let start = span.start as usize + (written.len() - written.trim_start().len());
    let end = start + written.trim().len();
    Span::new(start, end)
}
