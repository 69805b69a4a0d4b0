//! Sides of the patient's complaints, diagnoses and operations, as the rationale tells them, against the summary.

use super::contradiction::finding;
use super::plain::is_no_fact;
use crate::check::naming::{related, things};
use crate::check::request::level::parts;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Gap, Small, Term, fold};
use std::ops::Range;

/// How many words may stand between a side and the part that it is of: "right dominant wrist".
const BESIDE: usize = 2;
/// So many words behind a part of the body may say that it is the one that was not hurt.
const BEHIND: usize = 3;
/// How often the summary must tell the other side.
const OFTEN: usize = 2;

/// A part of the body with the side told of it.
struct Sided {
    /// The part's name, in the singular.
    name: String,
    /// The part.
    part: u16,
    side: Cue,
    words: Range<usize>,
}

/// A part of the body of which the rationale tells one side, and the summary again and again only the other.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let asked: Vec<Sided> = decision.request.as_ref().map_or_else(Vec::new, |r| whole(context, &r.reading));
    let (mut told, mut mine) = (None, None);
    for n in (0..rationale.sentences.len()).filter(|n| facts.tells(*n)) {
        let sentence = &rationale.sentences[n];
        // what is asked for, allowed or compared may be of any side
        if is_no_fact(context, rationale, sentence) || ASKED.iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        for said in named(context, rationale, sentence.words.clone()) {
            // "no radiation to the right leg"
            if meaning(rationale, context.lexicon, said.words.clone()).polarity == Polarity::Negated {
                continue;
            }
            let told = told.get_or_insert_with(|| whole(context, summary));
            let mine = mine.get_or_insert_with(|| whole(context, rationale));
            let known = |all: &[Sided]| all.iter().any(|o| o.name == said.name && o.side != other(said.side));
            let others: Vec<&Sided> =
                told.iter().filter(|o| o.name == said.name && o.side == other(said.side)).collect();
            // both sides told: one is a slip, or the other one is compared
            let mixed = mine.iter().any(|o| o.name == said.name && o.side != said.side);
            let compared = || sentence.words.clone().any(|w| rationale.is_small(w, Small::Compares, context.lexicon));
            // "radiates down the left leg" on one side, to the right on the other: once is enough
            let radiates = |o: &&Sided| o.part == said.part && radiated(context, summary, &o.words);
            let there: Vec<&Sided> = if radiated(context, rationale, &said.words) {
                told.iter().filter(radiates).collect()
            } else {
                Vec::new()
            };
            let turned = !there.is_empty() && there.iter().all(|o| o.side == other(said.side));
            let others = if others.len() < OFTEN && turned { there } else { others };
            let once = others.len() < OFTEN && !turned;
            // once is enough of an operation or a study that both name
            let things_of = |reading: &Reading, words: &Range<usize>| {
                let n = reading.sentence_at(reading.words[words.start].start as usize);
                n.map_or_else(Vec::new, |n| things(context, reading, reading.sentences[n].words.clone()))
            };
            let alone = || {
                let mine = things_of(rationale, &said.words);
                let named = |o: &&Sided| {
                    things_of(summary, &o.words).iter().any(|t| mine.iter().any(|m| related(context, m, t)))
                };
                !others.iter().any(named)
            };
            // "whose right foot is sound"
            let behind = said.words.end..(said.words.end + BEHIND).min(sentence.words.end);
            let sound = || behind.clone().any(|w| rationale.is_small(w, Small::Compares, context.lexicon));
            if others.is_empty()
                || sound()
                || once && alone()
                || known(told)
                || known(&asked)
                || (once || mixed) && (compared() || sentence.cues.has(Cue::Negation))
            {
                continue;
            }
            let (here, there) = (rationale.span_of_words(said.words), summary.span_of_words(others[0].words.clone()));
            let lowered = (once || mixed).then_some(Severity::Info);
            return Some(Finding { lowered, ..finding(context, "observation", "side", here, there) });
        }
    }
    None
}

/// Whether words are where pain is said to go.
fn radiated(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> bool {
    let from = words.start.saturating_sub(RADIATED);
    let open = (from..words.start).rev().take_while(|w| reading.words[*w + 1].gap != Gap::Hard);
    open.into_iter().any(|w| reading.is_small(w, Small::Radiates, context.lexicon))
}

/// So many words before a part of the body may stand "radiates".
const RADIATED: usize = 6;

/// Sentences of these ask for something and tell no complaint.
const ASKED: [Cue; 2] = [Cue::AsksFor, Cue::ThisRequest];

fn other(side: Cue) -> Cue {
    if side == Cue::LeftSide { Cue::RightSide } else { Cue::LeftSide }
}

fn whole(context: &Context<'_>, reading: &Reading) -> Vec<Sided> {
    named(context, reading, 0..reading.words.len())
}

/// The parts with a side right before them.
fn named(context: &Context<'_>, reading: &Reading, words: Range<usize>) -> Vec<Sided> {
    let mut found = Vec::new();
    for (id, part) in parts(context, reading, &words) {
        let from = part.start.saturating_sub(BESIDE + 1).max(words.start);
        let open = |w: usize| (w + 1..part.start + 1).all(|w| reading.words[w].gap != Gap::Hard);
        let beside = |h: &&crate::lexicon::Hit| {
            (from..part.start).contains(&(h.first as usize)) && h.end as usize <= part.start && open(h.first as usize)
        };
        let first = reading.hits.partition_point(|h| (h.first as usize) < from);
        let sides: Vec<(Cue, usize)> = reading.hits[first..]
            .iter()
            .take_while(|h| (h.first as usize) < part.start)
            .filter(beside)
            .filter_map(|h| match context.term(h) {
                Term::Cue(c @ (Cue::LeftSide | Cue::RightSide | Cue::BothSides)) => Some((c, h.first as usize)),
                _ => None,
            })
            .collect();
        // "left and right knees" are both
        let Some((side, first)) = sides.last().copied() else { continue };
        let side = if sides.iter().any(|(s, _)| *s != side) { Cue::BothSides } else { side };
        let name = fold(reading.slice(part.clone())).trim_end_matches('s').to_string();
        found.push(Sided { name, part: id, side, words: first..part.end });
    }
    found
}
