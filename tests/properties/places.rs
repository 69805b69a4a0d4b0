//! What holds of every place that is told of a text, whatever the text is.
#![allow(dead_code)]

use imrlint::diagnostic::{self, Diagnostic};
use imrlint::letter::{self, GuidelineLine, Header, Reading, Request, TokenKind};
use imrlint::lexicon::Lexicon;
use imrlint::lint::Report;
use imrlint::source::{Source, Span};

/// The tokens of a text stand end to end.
pub fn assert_tiled(text: &str, lexicon: &Lexicon) {
    let mut at = 0;
    for token in letter::outline(text, lexicon).tokens {
        assert!(token.span.start >= at || token.kind == TokenKind::Text, "a token goes back at {at}");
        assert_place(text, "token", token.span);
        at = token.span.end;
    }
    assert_eq!(at as usize, text.len(), "the tokens end before the text does");
}

/// Findings stand in order of place.
pub fn assert_sorted(findings: &[Diagnostic]) {
    let mut sorted = findings.to_vec();
    diagnostic::sort(&mut sorted);
    assert_eq!(findings, sorted, "findings stand out of order");
}

/// Every place that a report names lies inside the text and cuts no character.
pub fn assert_inside(source: &Source, report: &Report) {
    for (what, span) in places(report) {
        assert_place(&source.text, what, span);
    }
    for finding in &report.findings {
        assert!(!finding.primary().span.is_empty(), "a finding without words: {}", finding.message);
        let said = finding.labels().iter().map(|l| &l.message).chain([&finding.message]);
        let told = said.chain(&finding.help).find(|m| m.contains(char::is_control));
        assert_eq!(told, None, "more than a line is said");
    }
}

/// A place lies inside a text and cuts no character.
pub fn assert_place(text: &str, what: &str, span: Span) {
    let Span { start, end } = span;
    assert!(start <= end && end as usize <= text.len(), "{what} {start}..{end} lies outside of {} bytes", text.len());
    let whole = text.is_char_boundary(start as usize) && text.is_char_boundary(end as usize);
    assert!(whole, "{what} {start}..{end} cuts a character");
}

/// Every place that a report names.
pub fn places(report: &Report) -> Vec<(&'static str, Span)> {
    let mut all = Vec::new();
    let Report { letter, facts, findings, problems, .. } = report;
    all.extend(findings.iter().flat_map(|f| f.labels()).map(|l| ("label", l.span)));
    all.extend(problems.iter().map(|p| ("problem", p.span)));
    all.extend(problems.iter().flat_map(|p| &p.related).map(|l| ("related", l.span)));
    all.extend(header_places(&letter.header));
    all.extend(letter.summary.iter().flat_map(sentences));
    for decision in &letter.decisions {
        decision_places(decision, &mut all);
    }
    for said in facts.rationales.iter().chain([&facts.summary]) {
        all.extend(said.dates.iter().map(|d| ("date", d.span)));
        all.extend(said.stated.iter().chain(&said.request_stated).map(|s| ("statement", s.span)));
        all.extend(said.used.iter().map(|u| ("use", u.span)));
        all.extend(said.patient.ages.iter().map(|(_, span)| ("age", *span)));
        all.extend(said.patient.sexes.iter().map(|s| ("sex", s.span)));
        all.extend(said.conclusion.stances.iter().map(|s| ("conclusion", s.span)));
    }
    all
}

fn decision_places(decision: &letter::Decision, all: &mut Vec<(&'static str, Span)>) {
    all.push(("decision", decision.span));
    all.extend(decision.outcome.map(|o| ("outcome", o.span)));
    all.extend(decision.request.iter().flat_map(request_places));
    for line in [&decision.administrator, &decision.reviewer].into_iter().flatten() {
        all.push(("label", line.label));
        all.extend(line_places(&line.content));
    }
    if let Some(rationale) = &decision.rationale {
        all.push(("label", rationale.label));
        all.extend(sentences(&rationale.reading));
    }
}

/// Every place that a header names.
pub fn header_places(h: &Header) -> Vec<(&'static str, Span)> {
    let dates = [h.injury, h.ur_denial, h.received, h.assigned, h.decision];
    let dates = dates.into_iter().flatten().map(|d| ("header date", d.span));
    h.case_number.map(|span| ("case number", span)).into_iter().chain(dates).collect()
}

/// Every place that a guideline line names.
pub fn line_places(line: &GuidelineLine) -> Vec<(&'static str, Span)> {
    let mut all = Vec::new();
    for c in &line.citations {
        all.extend([("citation", c.span), ("guideline", c.name)]);
        all.extend(c.sections.iter().map(|s| ("section", s.span)));
        all.extend(c.pages.iter().map(|p| ("pages", p.span)));
        all.extend(c.chapter.map(|(_, span)| ("chapter", span)));
        all.extend(c.table.map(|(_, span)| ("table", span)));
    }
    let told = [line.cites_nothing, line.outside_mtus];
    all.extend(told.into_iter().flatten().map(|span| ("guideline line", span)));
    all
}

/// Every place that a request names.
pub fn request_places(request: &Request) -> Vec<(&'static str, Span)> {
    let mut all = sentences(&request.reading);
    for item in &request.items {
        all.push(("item", item.span));
        all.extend(item.strength.iter().map(|s| ("strength", s.span)));
        let counts = [&item.quantity, &item.visits, &item.original, &item.authorized];
        all.extend(counts.into_iter().flatten().map(|c| ("count", c.span)));
        all.extend(item.refills.map(|(_, span)| ("refills", span)));
        all.extend(item.levels.iter().map(|(_, span)| ("level", *span)));
    }
    all
}

fn sentences(reading: &Reading) -> Vec<(&'static str, Span)> {
    reading.sentences.iter().map(|s| ("sentence", reading.span(s.bytes.clone()))).collect()
}
