//! The letter tree for `imrlint parse`: JSON as tools read it, and an indented text for people.

use crate::fact::Facts;
use crate::letter::{Citation, Counted, Decision, GuidelineLine, Item, ItemKind, Letter};
use crate::lexicon::Lexicon;
use crate::render::{SpanJson, span_json};
use crate::source::Source;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// The tree of one letter, in the shape of the output contract.
#[derive(Serialize)]
pub struct Tree<'a> {
    schema: u32,
    path: &'a str,
    format: crate::letter::Format,
    case_number: Option<&'a str>,
    dates: Dates,
    patient: PatientJson,
    decisions: Vec<DecisionJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct Dates {
    injury: Option<String>,
    ur_denial: Option<String>,
    received: Option<String>,
    assigned: Option<String>,
    decision: Option<String>,
}

#[derive(Serialize)]
struct PatientJson {
    age: Option<u32>,
    sex: Option<&'static str>,
}

#[derive(Serialize)]
struct DecisionJson {
    n: u32,
    span: SpanJson,
    request: Option<String>,
    outcome: Option<&'static str>,
    conclusion: &'static str,
    citations: Vec<CitationJson>,
    administrator_citations: Vec<CitationJson>,
    items: Vec<Json>,
    sentences: Vec<SentenceJson>,
}

#[derive(Serialize)]
struct CitationJson {
    authority: &'static str,
    guideline: String,
    /// Ids of the editions that the name may mean.
    editions: Vec<String>,
    sections: Vec<String>,
    pages: Vec<Json>,
}

#[derive(Serialize)]
struct SentenceJson {
    span: SpanJson,
    voice: crate::fact::Voice,
}

#[derive(Serialize)]
struct ProblemJson {
    code: &'static str,
    message: String,
    span: SpanJson,
}

/// The tree of a letter.
pub fn tree<'a>(source: &'a Source, path: &'a str, letter: &Letter, facts: &Facts, lexicon: &Lexicon) -> Tree<'a> {
    let dates = facts.letter_dates(letter);
    let iso = |d: Option<crate::letter::Dated>| d.map(|d| d.date.to_string());
    Tree {
        schema: 1,
        path,
        format: letter.format,
        case_number: letter.header.case_number.map(|s| source.slice(s)),
        dates: Dates {
            injury: iso(dates.injury),
            ur_denial: iso(dates.denial),
            received: iso(letter.header.received),
            assigned: iso(letter.header.assigned),
            decision: iso(letter.header.decision),
        },
        patient: PatientJson { age: facts.patient_age(), sex: facts.patient_sex().map(crate::fact::Sex::word) },
        decisions: letter
            .decisions
            .iter()
            .zip(&facts.rationales)
            .map(|(d, f)| decision(source, d, f, lexicon))
            .collect(),
        problems: letter
            .problems
            .iter()
            .map(|p| ProblemJson { code: p.code, message: p.message.clone(), span: span_json(source, p.span) })
            .collect(),
    }
}

fn decision(source: &Source, d: &Decision, facts: &crate::fact::PartFacts, lexicon: &Lexicon) -> DecisionJson {
    let lines = |f: &Option<crate::letter::Field<GuidelineLine>>| -> Vec<CitationJson> {
        f.as_ref().map(|f| f.content.citations.iter().map(|c| citation(c, lexicon)).collect()).unwrap_or_default()
    };
    let sentences = d.rationale.as_ref().map(|r| {
        let spans = r.reading.sentences.iter().map(|s| span_json(source, r.reading.span(s.bytes.clone())));
        spans.zip(&facts.voices).map(|(span, voice)| SentenceJson { span, voice: *voice }).collect()
    });
    DecisionJson {
        n: d.n,
        span: span_json(source, d.span),
        request: d.request.as_ref().map(|r| r.reading.text().to_string()),
        outcome: d.outcome.map(|o| if o.overturned { "overturned" } else { "upheld" }),
        conclusion: facts.conclusion_word(),
        citations: lines(&d.reviewer),
        administrator_citations: lines(&d.administrator),
        items: d.request.iter().flat_map(|r| r.items.iter().map(|i| item(i, lexicon))).collect(),
        sentences: sentences.unwrap_or_default(),
    }
}

fn citation(c: &Citation, lexicon: &Lexicon) -> CitationJson {
    let page = |first: u32, last: u32| if first == last { json!(first) } else { json!(format!("{first}-{last}")) };
    CitationJson {
        authority: if c.mtus { "mtus" } else { "non-mtus" },
        guideline: c.name_text.clone(),
        editions: c.guidelines.iter().map(|g| lexicon.guidelines[*g as usize].id.clone()).collect(),
        sections: c.sections.iter().map(|s| s.text.clone()).collect(),
        pages: c.pages.iter().map(|p| page(p.first, p.last)).collect(),
    }
}

/// An item with just the keys of its kind.
fn item(i: &Item, lexicon: &Lexicon) -> Json {
    let count = |c: &Option<Counted>| c.as_ref().map_or(Json::Null, counted);
    let mut out = match i.kind {
        ItemKind::Drug => json!({
            "kind": i.kind,
            "name": i.name,
            "generic": i.drug.map(|d| lexicon.drugs[d as usize].generic.as_str()),
            "strength": i.strength.as_ref().map(|s| s.text.as_str()),
            "quantity": count(&i.quantity),
            "refills": i.refills.map(|(n, _)| n),
        }),
        ItemKind::Visits => json!({
            "kind": i.kind,
            "treatment": i.name,
            "count": count(&i.visits),
            "as_written": i.visits.as_ref().map(|v| v.text.as_str()),
        }),
        ItemKind::Levels => json!({
            "kind": i.kind,
            "name": i.name,
            "levels": i.levels.iter().map(|(l, _)| l.to_string()).collect::<Vec<_>>(),
        }),
        ItemKind::Imaging | ItemKind::Device | ItemKind::Other => json!({ "kind": i.kind, "name": i.name }),
    };
    if let Some(object) = out.as_object_mut() {
        if let Some(side) = i.side {
            object.insert("side".into(), json!(side.word()));
        }
        if i.original.is_some() || i.authorized.is_some() {
            object.insert("original".into(), count(&i.original));
            object.insert("authorized".into(), count(&i.authorized));
        }
    }
    out
}

/// A plain number, a range as text, or a number with its unit as text.
fn counted(c: &Counted) -> Json {
    let number = c.number;
    let plain = if number.least == number.most {
        format!("{}", number.least)
    } else {
        format!("{}-{}", number.least, number.most)
    };
    match &c.unit {
        Some(unit) => json!(format!("{plain} {unit}")),
        None if number.least == number.most && number.least.fract() == 0.0 => json!(number.least as i64),
        None => json!(plain),
    }
}

/// The tree as an indented text for people.
pub fn outline_text(tree: &Tree<'_>) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let or_dash = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".to_string());
    // writing to a String cannot fail
    let _ = writeln!(
        out,
        "{}  ({})",
        tree.path,
        serde_json::to_value(tree.format).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
    );
    let d = &tree.dates;
    let _ = writeln!(
        out,
        "  dates: injury {}, UR denial {}, received {}, assigned {}, decision {}",
        or_dash(&d.injury),
        or_dash(&d.ur_denial),
        or_dash(&d.received),
        or_dash(&d.assigned),
        or_dash(&d.decision)
    );
    let age = tree.patient.age.map_or("-".to_string(), |a| a.to_string());
    let _ = writeln!(out, "  patient: age {age}, sex {}", tree.patient.sex.unwrap_or("-"));
    for d in &tree.decisions {
        let _ = writeln!(out, "  decision {} (line {})", d.n, d.span.line);
        let _ = writeln!(out, "    request     {}", d.request.as_deref().unwrap_or("-"));
        let _ = writeln!(out, "    outcome     {}", d.outcome.unwrap_or("-"));
        let _ = writeln!(out, "    conclusion  {}", d.conclusion);
        for item in &d.items {
            let _ = writeln!(out, "    item        {item}");
        }
        for (who, all) in [("cites", &d.citations), ("UR cites", &d.administrator_citations)] {
            for c in all {
                let sections = if c.sections.is_empty() {
                    String::new()
                } else {
                    format!("; sections: {}", c.sections.join(" | "))
                };
                let pages: Vec<String> = c.pages.iter().map(|p| p.to_string().trim_matches('"').to_string()).collect();
                let pages = if pages.is_empty() { String::new() } else { format!("; pages {}", pages.join(", ")) };
                let _ = writeln!(out, "    {who:<11} {} [{}]{sections}{pages}", c.guideline, c.authority);
            }
        }
        let voices: Vec<String> =
            d.sentences.iter().map(|s| format!("{}:{:?}", s.span.line, s.voice).to_lowercase()).collect();
        let _ = writeln!(out, "    sentences   {}", voices.join(" "));
    }
    for p in &tree.problems {
        let _ = writeln!(out, "  problem     {}:{} {} ({})", p.span.line, p.span.column, p.message, p.code);
    }
    out
}

/// A text with its control characters made visible, for a terminal.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Every fact with its place, for people who write rules.
pub fn facts_text(source: &Source, path: &str, letter: &Letter, facts: &Facts, lexicon: &Lexicon) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    // writing to a String cannot fail
    let _ = writeln!(out, "{path}");
    let mut part = |name: &str, reading: &crate::letter::Reading, said: &crate::fact::PartFacts| {
        let at = |span: crate::source::Span| {
            let p = source.position(span.start);
            format!("{}:{}", p.line, p.column)
        };
        let words =
            |span: crate::source::Span| visible(&source.slice(span).split_whitespace().collect::<Vec<_>>().join(" "));
        let _ = writeln!(out, "\n  {name}");
        for (n, sentence) in reading.sentences.iter().enumerate() {
            let span = reading.span(sentence.bytes.clone());
            let voice = said.voices.get(n).map_or(String::new(), |v| format!(" {v:?}").to_lowercase());
            let _ = writeln!(out, "    {:>8}{voice}: {}", at(span), words(span));
            for s in said.stated.iter().filter(|s| s.sentence == n) {
                let what = match s.told {
                    crate::fact::Told::Statement(n) => format!("statement {}", lexicon.statements[n as usize].id),
                    crate::fact::Told::List(n) => format!("list {}", lexicon.lists[n as usize].id),
                };
                let _ = writeln!(
                    out,
                    "{:>14} {what}, {:?}, {:?}: {}",
                    at(s.span),
                    s.polarity,
                    s.documentation,
                    words(s.span)
                );
            }
            for u in said.used.iter().filter(|u| u.sentence == n) {
                let _ = writeln!(out, "{:>14} {:?} {}: {}", at(u.span), u.fact, u.quantity, words(u.span));
            }
            for d in said.dates.iter().filter(|d| d.sentence == n) {
                let _ = writeln!(out, "{:>14} date {} {:?}", at(d.span), d.date, d.role);
            }
            for s in said.conclusion.stances.iter().filter(|s| s.sentence == n) {
                let _ = writeln!(
                    out,
                    "{:>14} concludes {:?}, {:?}, about {:?}{}: {}",
                    at(s.span),
                    s.ruling,
                    s.strength,
                    s.object,
                    if s.settled { "" } else { ", not held against anything" },
                    words(s.span)
                );
            }
        }
        for (age, span) in &said.patient.ages {
            let _ = writeln!(out, "{:>14} age {age}", at(*span));
        }
    };
    if let Some(summary) = &letter.summary {
        part("summary", summary, &facts.summary);
    }
    for (decision, said) in letter.decisions.iter().zip(&facts.rationales) {
        let request = decision.request.as_ref().map_or("-", |r| r.reading.text());
        if let Some(rationale) = &decision.rationale {
            part(&format!("decision {}: {request}", decision.n), &rationale.reading, said);
        }
    }
    out
}
