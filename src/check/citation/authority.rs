//! What the guideline line says it rests on, against what the rationale rests on and what was in force.

use super::named::{Named, is_no_ground, may_rest};
use super::unsaid::{is_silent, silences};
use crate::check::memo::named;
use crate::check::outcome::dependent;
use crate::check::outcome::fate::fates;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Citation, Dated, Decision, GuidelineLine, Reading};
use crate::lexicon::{Cue, Small, Term};
use crate::measure::Date;
use crate::source::Span;
use std::ops::Range;

/// Whose words name a guideline in a sentence.
struct Mention {
    /// The guideline is part of the MTUS by its name: not "ACOEM" alone, which may be a later edition outside of it.
    mtus: bool,
    /// It is a known guideline outside of the MTUS.
    other: bool,
    span: Span,
    words: String,
}

fn mentions(context: &Context<'_>, reading: &Reading, hits: Range<usize>) -> Vec<Mention> {
    let lexicon = context.lexicon;
    let from = reading.guidelines.partition_point(|n| (*n as usize) < hits.start);
    reading.guidelines[from..]
        .iter()
        .take_while(|n| (**n as usize) < hits.end)
        .map(|n| &reading.hits[*n as usize])
        .filter_map(|hit| {
            let outside = |g: &u16| !lexicon.guidelines[*g as usize].mtus;
            let (mtus, other) = match context.term(hit) {
                Term::Family(n) => {
                    let family = &lexicon.families[n as usize];
                    (family.id == "mtus", lexicon.members(n).iter().all(outside))
                }
                Term::Guideline(n) | Term::SharedGuideline(n) => {
                    let guideline = &lexicon.guidelines[n as usize];
                    (guideline.mtus && !guideline.id.starts_with("acoem"), !guideline.mtus)
                }
                _ => return None,
            };
            let words = reading.slice(hit.first as usize..hit.end as usize).to_string();
            Some(Mention { mtus: mtus || words.contains("MTUS"), other, span: reading.span_of_hit(hit), words })
        })
        .collect()
}

/// The line says outside of the MTUS while the rationale rests on it, or cites only the MTUS while the rationale says
/// that it is silent and rests on something else.
pub fn mismatch(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(rationale)) = (&decision.reviewer, &decision.rationale) else { return Vec::new() };
    let content = &line.content;
    let outside =
        content.outside_mtus.is_some() || !content.citations.is_empty() && content.citations.iter().all(|c| !c.mtus);
    let inside =
        content.outside_mtus.is_none() && !content.citations.is_empty() && content.citations.iter().all(|c| c.mtus);
    if !outside && !inside {
        return Vec::new();
    }
    let line_span = content.outside_mtus.or_else(|| content.citations.first().map(|c| c.span));
    let reading = &rationale.reading;
    let mut mtus_ground: Option<Mention> = None;
    let (mut mtus_silent, mut other_ground): (Option<Span>, Option<Mention>) = (None, None);
    let mut other_named = names_cited(context, content, reading);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let cue = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue).next();
        let silent = silences(context, reading, number).into_iter().next();
        let speaks = cue(Cue::GuidelineSays).is_some() || cue(Cue::Following).is_some();
        let rests = cue(Cue::Following).is_some() || cue(Cue::RestsOnIt).is_some();
        let named = mentions(context, reading, sentence.hits.clone());
        // "Chronic Pain" in the name of a guideline hedges nothing
        let hedged = reading.cues(context.lexicon, sentence.hits.clone(), Cue::Hedge).any(|hit| {
            let span = reading.span_of_hit(hit);
            !named.iter().any(|m| m.span.contains(span))
        });
        for mention in named {
            other_named |= mention.other;
            if let Some(silent) = &silent {
                if mention.mtus && !hedged {
                    mtus_silent = mtus_silent.or(Some(reading.span_of_words(silent.clone())));
                } else if mention.other && other_ground.is_none() && rests {
                    // "according to ODG (the MTUS is silent)", "the MTUS is silent, so the ODG are used"
                    other_ground = Some(mention);
                }
            } else if speaks && mention.mtus && mtus_ground.is_none() && !is_no_ground(context, reading, sentence) {
                mtus_ground = Some(mention);
            } else if speaks && mention.other && other_ground.is_none() {
                other_ground = Some(mention);
            }
        }
    }
    if outside && mtus_silent.is_none() && !other_named {
        let found = |span, words: &str| {
            Finding::new("outside").label("rationale", span).label_if("line", line_span).hole("guideline", words)
        };
        if let Some(ground) = mtus_ground {
            return vec![found(ground.span, &ground.words)];
        }
        // it names no other guideline, in whatever words it rests on this one
        let all = named(context, reading);
        let alone = all.iter().find(|n| may_rest(context, reading, n)).filter(|n| is_mtus_by_name(context, n));
        let lower = |f: Finding| Finding { lowered: Some(Severity::Warning), ..f };
        return alone.map(|n| lower(found(n.span, &n.words))).into_iter().collect();
    }
    if inside
        && let (Some(silent), Some(other)) = (mtus_silent, other_ground)
        && mtus_free(context, reading)
    {
        return vec![
            Finding::new("silent").label("silent", silent).label_if("line", line_span).hole("guideline", other.words),
        ];
    }
    Vec::new()
}

/// Whether a guideline is part of the MTUS by its name.
fn is_mtus_by_name(context: &Context<'_>, named: &Named) -> bool {
    let part = |g: &u16| {
        let guideline = &context.lexicon.guidelines[*g as usize];
        guideline.mtus && !guideline.id.starts_with("acoem")
    };
    named.whole_mtus || named.words.contains("MTUS") || named.guidelines.iter().all(part)
}

/// Whether the rationale names a source of the line in its own way, by a longer word of it.
fn names_cited(context: &Context<'_>, content: &GuidelineLine, reading: &Reading) -> bool {
    let text = reading.text().to_lowercase();
    let others = content.citations.iter().filter(|c| !c.mtus);
    let words = others.flat_map(|c| c.name_text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
    words.filter(|w| w.len() >= 6 && !context.lexicon.is_small(w, Small::SourceWord)).any(|w| text.contains(&w))
}

/// Whether no sentence lets an MTUS guideline say something.
fn mtus_free(context: &Context<'_>, reading: &Reading) -> bool {
    !reading.sentences.iter().enumerate().any(|(number, s)| {
        let silent = is_silent(context, reading, number);
        let says = s.cues.has(Cue::GuidelineSays);
        says && !silent && mentions(context, reading, s.hits.clone()).iter().any(|m| !m.other)
    })
}

/// The line cites nothing. On a dependent item it is worth an info, once a letter.
pub fn missing(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(line) = decision.reviewer.as_ref().filter(|l| cites_nothing(&l.content, &l.reading)) else {
        return Vec::new();
    };
    let span = line.content.cites_nothing.unwrap_or(line.reading.passage.span);
    let outcome = decision.outcome.map(|o| o.span);
    let finding = |case| {
        Finding::new(case)
            .label("line", span)
            .label_if("outcome", outcome)
            .hole("request", context.request_words(decision))
    };
    if !dependent::is_dependent(context, decision) {
        // what became of another item may be all that there is to say
        let tells = !fates(context, decision, facts, false).is_empty();
        let info = |f: Finding| Finding { lowered: Some(Severity::Info), ..f };
        return vec![if tells { info(finding("dependent")) } else { finding("default") }];
    }
    let first = context.letter.decisions.iter().find(|d| {
        let empty = d.reviewer.as_ref().is_some_and(|l| cites_nothing(&l.content, &l.reading));
        empty && dependent::is_dependent(context, d)
    });
    if first.is_some_and(|d| d.n == decision.n) {
        return vec![Finding { lowered: Some(Severity::Info), ..finding("dependent") }];
    }
    Vec::new()
}

fn cites_nothing(line: &GuidelineLine, reading: &Reading) -> bool {
    // an empty line is an incomplete decision, which is another check
    line.citations.is_empty() && !reading.words.is_empty()
}

/// A cited edition was in force on none of the dates of request, denial and decision.
pub fn superseded(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(line) = &decision.reviewer {
        found.extend(line.content.citations.iter().filter_map(|c| out_of_force(context, c)));
    }
    if let Some(line) = &decision.administrator {
        let info = |f: Finding| Finding { lowered: Some(Severity::Info), ..f };
        found.extend(line.content.citations.iter().filter_map(|c| out_of_force(context, c)).map(info));
    }
    found
}

fn out_of_force(context: &Context<'_>, citation: &Citation) -> Option<Finding> {
    if !citation.edition_named || citation.guidelines.len() != 1 {
        return None;
    }
    let guideline = &context.lexicon.guidelines[citation.guidelines[0] as usize];
    let told = context.dates;
    let dates = [("request", told.request), ("UR denial", told.denial), ("decision", told.decision)];
    let dates: Vec<(&str, Dated)> = dates.into_iter().filter_map(|(event, date)| Some((event, date?))).collect();
    let newest = dates.iter().max_by_key(|(_, d)| d.date)?;
    let oldest = dates.iter().min_by_key(|(_, d)| d.date)?;
    let finding = |case, day: Date, (event, date): &(&str, Dated)| {
        Finding::new(case)
            .label("citation", citation.name)
            .label("date", date.span)
            .hole("guideline", guideline.title.as_str())
            .hole("day", day.american())
            .hole("date", date.date.american())
            .hole("event", *event)
    };
    if let Some(until) = guideline.until.filter(|u| *u < oldest.1.date) {
        return Some(finding("superseded", until, oldest));
    }
    let from = guideline.from.filter(|f| *f > newest.1.date)?;
    Some(finding("not-yet", from, newest))
}
