//! Levels of what a study of the spine shows, as the rationale tells them, against the summary.

use super::contradiction::finding;
use super::plain::is_no_fact;
use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Decision, Level, Reading, Value};
use crate::lexicon::{Cue, Gap, fold};
use crate::source::Span;

/// What a study shows, with its level.
struct Shown {
    word: String,
    levels: Vec<Level>,
    span: Span,
}

/// How many words may stand between what is shown and its level: "protrusion of 4 mm at".
const BETWEEN: usize = 4;

/// A level of a finding that the summary tells of other levels only, and that it names nowhere.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let has_levels = |f: &PartFacts| f.amounts.iter().any(|a| matches!(a.value, Value::Levels(_)));
    let all = &context.facts.summary;
    if !has_levels(facts) || !has_levels(all) {
        return None;
    }
    let told = shown(context, summary, all, |n| all.tells(n));
    let own = |n: usize| {
        let fact = !is_no_fact(context, rationale, &rationale.sentences[n]);
        facts.tells(n) && fact
    };
    let request = decision.request.iter().flat_map(|r| &r.amounts);
    let named: Vec<&Level> = all.amounts.iter().chain(request).flat_map(|a| levels(&a.value)).collect();
    let bones = |level: &Level| [Some(level.upper), level.lower].into_iter().flatten().collect::<Vec<_>>();
    // "L4" may be part of "L4-5"
    let meets = |a: &Level, b: &Level| bones(a).iter().any(|x| bones(b).contains(x));
    shown(context, rationale, facts, own).into_iter().find_map(|said| {
        if said.levels.iter().any(|l| named.iter().any(|n| *n == l || (l.lower.is_none() && meets(l, n)))) {
            return None;
        }
        let other = told.iter().find(|o| o.word == said.word)?;
        Some(finding(context, "observation", &format!("level of the {}", said.word), said.span, other.span))
    })
}

fn levels(value: &Value) -> &[Level] {
    if let Value::Levels(levels) = value { levels } else { &[] }
}

/// The findings of some sentences that have a level right behind them.
fn shown(context: &Context<'_>, reading: &Reading, facts: &PartFacts, own: impl Fn(usize) -> bool) -> Vec<Shown> {
    let mut found = Vec::new();
    for amount in &facts.amounts {
        let (Value::Levels(levels), Some(n)) = (&amount.value, reading.sentence_at(amount.bytes.start)) else {
            continue;
        };
        let sentence = &reading.sentences[n];
        if !sentence.cues.has(Cue::StudyFinding) || !own(n) {
            continue;
        }
        let first = reading.word_at(amount.bytes.start);
        let shown = reading.cues(context.lexicon, sentence.hits.clone(), Cue::StudyFinding).filter(|h| {
            let end = h.end as usize;
            end <= first && first - end <= BETWEEN && (end..=first).all(|w| reading.words[w].gap != Gap::Hard)
        });
        let Some(hit) = shown.last() else { continue };
        let word = fold(reading.slice(hit.first as usize..hit.end as usize)).trim_end_matches('s').to_string();
        found.push(Shown { word, levels: levels.clone(), span: reading.span(amount.bytes.clone()) });
    }
    found
}
