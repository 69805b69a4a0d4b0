//! What examinations and studies found, as the rationale tells it, against the summary.

use super::contradiction::finding;
use super::plain::{NO_FACT, is_rule_word};
use super::receipt::clause;
use crate::check::criterion::beside::tells_beside;
use crate::check::memo::{is_past, with_course};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Course, Observed, PartFacts, meaning, observed};
use crate::letter::{Decision, Reading, Side};
use crate::lexicon::{Cue, Gap, Hit, Small, Term, fold};
use std::ops::Range;

/// The sides of the body beside some words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sides {
    left: bool,
    right: bool,
}

impl Sides {
    fn any(self) -> bool {
        self.left || self.right
    }

    /// Whether both may be of one side: a side is left open, or one is within the other.
    fn meets(self, other: Sides) -> bool {
        !self.any() || !other.any() || self.left && other.left || self.right && other.right
    }
}

/// How many words beside an observation its side is looked for.
const BESIDE: usize = 5;

/// Each observation that the rationale tells one way and the summary only the other way.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(rationale), Some(summary)) = (&decision.rationale, &context.letter.summary) else { return Vec::new() };
    let reading = &rationale.reading;
    let own = |o: &Observed| {
        facts.is_of_case(o.sentence)
            && !facts.reviewed.contains(&o.sentence)
            && !is_rule(context, reading, o)
            && !is_watched(context, reading, o)
            && !is_of_another(context, reading, o)
    };
    let said: Vec<Observed> =
        observed(reading, &facts.amounts, context.lexicon).into_iter().filter(|o| own(o)).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let told = in_summary(context, summary);
    let mut found: Vec<(u16, Finding)> = Vec::new();
    for one in &said {
        // of what either tells both ways nothing is contradicted
        let here = sides(context, reading, one);
        let apart = |a: Sides, b: Sides| a.any() && b.any() && !a.meets(b);
        // but of each side by itself
        let both_ways = said
            .iter()
            .any(|o| o.of == one.of && o.shown != one.shown && !apart(here, sides(context, reading, o)))
            || told.iter().any(|o| o.of == one.of && o.shown == one.shown && !apart(here, sides(context, summary, o)));
        if both_ways || is_over(context, reading, one) || found.iter().any(|(of, _)| *of == one.of) {
            continue;
        }
        let entry = &context.lexicon.observations[one.of as usize];
        let place = parts(context, reading, one);
        // where no side is told, that of the request is meant
        let meant = if here.any() { here } else { requested_sides(decision) };
        let compartment = compartment(context, reading, one);
        let same = |o: &&Observed| {
            o.of == one.of
                && meant.meets(sides(context, summary, o))
                && compartment.meets(self::compartment(context, summary, o))
                && (entry.own_place || same_place(context, &place, &parts(context, summary, o)))
                && !tells_beside(context, decision, summary, &o.words)
        };
        // "positive on the right" beside "positive on the left" alone
        let turned = || {
            let mut others = told.iter().filter(|o| o.of == one.of && o.shown);
            let first = others.next().filter(|o| apart(here, sides(context, summary, o)))?;
            if !entry.own_place && !same_place(context, &place, &parts(context, summary, first)) {
                return None;
            }
            // where pain goes is told by its part of the body (sided.rs)
            let goes = one.words.clone().any(|w| reading.is_small(w, Small::Radiates, context.lexicon));
            let one_side = here.left != here.right && one.shown && !goes;
            (one_side && others.all(|o| apart(here, sides(context, summary, o)))).then_some(first)
        };
        let Some(other) = told.iter().find(same).or_else(turned).filter(|o| !is_over(context, summary, o)) else {
            continue;
        };
        let (mine, theirs) = (reading.span_of_words(one.words.clone()), summary.span_of_words(other.words.clone()));
        let mut told = finding(context, "observation", &entry.title, mine, theirs);
        let there = sides(context, summary, other);
        // a denial that names no side, or both, is of each
        let denial = if one.shown { there } else { meant };
        // "positive on the left and negative on the right"
        let names = |cue| summary.sentences[other.sentence].cues.has(cue);
        let whole = denial.left == denial.right && !(names(Cue::LeftSide) && names(Cue::RightSide));
        let plain = here == there || here.any() && there.any() || whole;
        let one_compartment = compartment == self::compartment(context, summary, other);
        let placed = entry.own_place || is_placed(context, decision, (reading, one), (summary, other));
        let timed = || is_timed(context, reading, one) || is_timed(context, summary, other);
        let dated = is_of_day(context, reading, one, facts, (summary, other))
            && !are_apart(context, (reading, one), (summary, other));
        let apart = stands_apart(context, reading, one) || stands_apart(context, summary, other);
        if !plain
            || !placed
            || !one_compartment
            || !dated
            || apart
            || entry.varies && timed()
            || went(context, reading, one)
        {
            told.lowered = Some(Severity::Info);
        }
        found.push((one.of, told));
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Whether what denies an observation stands apart from it, so that it may deny something else: "not an alternative for this
/// diabetic woman", "no deficit, smokes".
fn stands_apart(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    let meant = meaning(reading, context.lexicon, one.words.clone());
    let Some(cue) = meant.cue.filter(|_| !one.shown) else { return false };
    let between = match cue.end <= one.words.start {
        true => cue.end..one.words.start,
        false => one.words.end.min(cue.start)..cue.start,
    };
    let listed = (between.clone()).any(|w| reading.is_marked(w, b','))
        || between.start > 0 && reading.is_marked(between.start - 1, b',');
    let or = between.clone().any(|w| reading.word(w).eq_ignore_ascii_case("or"));
    between.len() > APART || listed && !or
}

/// So many words may stand between a denial and what it surely denies.
const APART: usize = 3;

/// Whether what the summary tells is surely of the part of the body that the rationale means: it names one that is also named
/// there, or else the one that is asked for.
fn is_placed(
    context: &Context<'_>,
    decision: &Decision,
    one: (&Reading, &Observed),
    other: (&Reading, &Observed),
) -> bool {
    let mut here = parts(context, one.0, one.1);
    if here.is_empty() {
        here.extend(decision.request.iter().flat_map(|r| &r.body_parts).map(|(part, _)| *part));
        // a denial of no part is of all
        if here.is_empty() && !one.1.shown {
            return true;
        }
    }
    let mut there = parts(context, other.0, other.1);
    // "Left knee: no effusion. Full motion."
    let before = (0..other.1.sentence).rev().take(BACK);
    for n in before {
        if !there.is_empty() {
            break;
        }
        there.extend(context.body_parts(&other.0.hits[other.0.sentences[n].hits.clone()]));
    }
    here.is_empty() && there.is_empty() || !here.is_empty() && !there.is_empty() && same_place(context, &here, &there)
}

/// How many sentences before an observation its part of the body may be named.
const BACK: usize = 3;

/// Whether the clause of an observation tells that it was so at some time, or that it changed: "no longer", "at the last visit".
fn is_timed(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    let sentence = &reading.sentences[one.sentence];
    let clause = clause(context, reading, sentence, one.words.clone());
    let is = |w: usize, set| clause.contains(&w) && reading.is_small(w, set, context.lexicon);
    // "once a week"
    let often = |w: usize| is(w, Small::Recurs) && is(w + 1, Small::Article);
    clause.clone().any(|w| is(w, Small::Shifts) && !often(w))
}

/// Whether the clause of an observation names no month, or one that the summary's sentence names too.
fn is_of_day(
    context: &Context<'_>,
    reading: &Reading,
    one: &Observed,
    facts: &PartFacts,
    (summary, other): (&Reading, &Observed),
) -> bool {
    let months = |reading: &Reading, number: usize, words: Range<usize>, facts: &PartFacts| -> Vec<String> {
        let name = |w: usize| fold(reading.word(w));
        let named = |w: &usize| reading.is_small(*w, Small::MonthName, context.lexicon);
        let whole = reading.span_of_words(words.clone());
        let mut found: Vec<String> = words.filter(named).map(name).collect();
        let days = facts.dates.iter().filter(|d| d.sentence == number && whole.contains(d.span));
        found.extend(days.map(|d| format!("{}/{}", d.date.year(), d.date.month())));
        found
    };
    let sentence = &reading.sentences[one.sentence];
    let here = months(reading, one.sentence, clause(context, reading, sentence, one.words.clone()), facts);
    let words = clause(context, summary, &summary.sentences[other.sentence], other.words.clone());
    let there = months(summary, other.sentence, words, &context.facts.summary);
    here.is_empty() || here.iter().any(|m| there.contains(m))
}

/// What the summary tells that examinations and studies of the patient found.
pub fn in_summary<'a>(context: &'a Context<'_>, summary: &Reading) -> &'a [Observed] {
    let all = &context.facts.summary;
    context.memo.observed.get_or_init(|| {
        let mut told = observed(summary, &all.amounts, context.lexicon);
        told.retain(|o| !all.reviewed.contains(&o.sentence) && !is_of_another(context, summary, o));
        told
    })
}

/// Whether it is part of a rule, or of what others hold or ask for; what follows behind a comma does not make it one.
fn is_rule(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    let sentence = &reading.sentences[one.sentence];
    let text = reading.text();
    let end = reading.words[one.words.end - 1].end as usize;
    let ends = |w: usize| {
        let word = reading.word(w);
        context.lexicon.is_small(word, Small::Joins) || context.lexicon.is_small(word, Small::OpensClause)
    };
    let bears = |first: u32| {
        let from = reading.words[first as usize].start as usize;
        from < end || !text[end..from].contains([',', ';']) && !(one.words.end..first as usize).any(ends)
    };
    // "weakness of" tells of a complaint that lasts only beside a duration
    let cues = NO_FACT.iter().chain(&[Cue::AsksFor]);
    let mut cues = cues.flat_map(|cue| reading.cues(context.lexicon, sentence.hits.clone(), *cue));
    // "can be moved freely" is no rule; "buckles when he goes down stairs" is so
    let inside = |h: &Hit| {
        let first = h.first as usize;
        if first >= one.words.end && reading.is_small(first, Small::EachTime, context.lexicon) {
            return true;
        }
        let words = h.first as usize..h.end as usize;
        let general = context.is(h, Cue::General) && !is_rule_word(context, reading, h);
        one.words.contains(&words.start) || general
    };
    cues.any(|h| bears(h.first) && !inside(h))
}

/// Whether it is only told to be asked about, time and again: "adverse effects are documented at each visit", "side effects were
/// discussed".
fn is_watched(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    let sentence = &reading.sentences[one.sentence];
    let is = |w: usize, set| sentence.words.contains(&w) && reading.is_small(w, set, context.lexicon);
    let clause = clause(context, reading, sentence, one.words.clone());
    let watched = |w: usize| is(w, Small::IsWatched) && is(w - 1, Small::Auxiliary);
    let parted = |w: &usize| reading.words[*w].gap != Gap::Hard;
    one.shown && (one.words.end..clause.end.max(one.words.end)).take_while(parted).any(watched)
}

/// Whether it is told of a relative: one is named before it in its clause, or right behind it ("the epilepsy is his brother's"), or
/// of nobody ("fibromyalgia or shingles, none of which she has").
fn is_of_another(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    if context.lexicon.observations[one.of as usize].own_household {
        return false;
    }
    let sentence = &reading.sentences[one.sentence];
    let is = |w: usize, set| sentence.words.contains(&w) && reading.is_small(w, set, context.lexicon);
    // "it is her son who has"
    let first = sentence.words.start;
    let start = match is(first, Small::KnownThing) && is(first + 1, Small::Is) {
        true => first,
        false => clause(context, reading, sentence, one.words.clone()).start,
    };
    let whose = |w: usize| reading.is_small(w, Small::LeadsOwner, context.lexicon) && !reading.is_marked(w - 1, b',');
    let mut kin = reading.cues(context.lexicon, sentence.hits.clone(), Cue::Relative);
    let of_kin = kin.any(|h| {
        let first = h.first as usize;
        let behind = one.words.end < first && first - one.words.end <= 3 && (one.words.end..first).all(whose);
        behind || start <= first && h.end as usize <= one.words.start
    });
    let mut nobody = reading.cues(context.lexicon, sentence.hits.clone(), Cue::NoneOfWhich);
    of_kin || nobody.any(|h| one.words.end <= h.first as usize)
}

/// Whether both are told of times that have no month in common.
fn are_apart(context: &Context<'_>, one: (&Reading, &Observed), other: (&Reading, &Observed)) -> bool {
    let when = |(reading, one): (&Reading, &Observed)| {
        with_course(context, reading, |course| course.time_of(one.sentence, &one.words).cloned())
    };
    when(one).zip(when(other)).is_some_and(|(a, b)| Course::are_apart(&a, &b))
}

/// Whether it is told to have gone, so that it was there too: "that went away".
fn went(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    let mut clause = clause(context, reading, &reading.sentences[one.sentence], one.words.clone());
    !one.shown && clause.any(|w| reading.is_small(w, Small::TimeGone, context.lexicon))
}

/// Whether it was so at a time that is over.
fn is_over(context: &Context<'_>, reading: &Reading, one: &Observed) -> bool {
    is_past(context, reading, one.sentence, &one.words, !one.shown)
}

/// The sides named beside the words of an observation.
fn sides(context: &Context<'_>, reading: &Reading, one: &Observed) -> Sides {
    let words = &reading.sentences[one.sentence].words;
    let hard = |w: &usize| reading.words[*w].gap != Gap::Hard;
    let behind = (one.words.end..words.end).take_while(hard).count().min(BESIDE);
    let from = one.words.start.saturating_sub(BESIDE).max(words.start);
    let open = (from..one.words.start).rev().take_while(|w| reading.words[*w + 1].gap != Gap::Hard).count();
    let near = one.words.start - open..one.words.end + behind;
    let mut found = Sides::default();
    for hit in &reading.hits[reading.sentences[one.sentence].hits.clone()] {
        if !near.contains(&(hit.first as usize)) {
            continue;
        }
        match context.term(hit) {
            Term::Cue(Cue::LeftSide) => found.left = true,
            Term::Cue(Cue::RightSide) => found.right = true,
            Term::Cue(Cue::BothSides) => (found.left, found.right) = (true, true),
            _ => {}
        }
    }
    found
}

/// The sides of the body asked for.
fn requested_sides(decision: &Decision) -> Sides {
    let mut found = Sides::default();
    for (side, _) in decision.request.iter().flat_map(|r| &r.sides) {
        match side {
            Side::Left => found.left = true,
            Side::Right => found.right = true,
            Side::Both => (found.left, found.right) = (true, true),
        }
    }
    found
}

/// Whether the inner or the outer of two like structures is named within or right before the words: "lateral meniscus". Inner stands
/// for left here, outer for right.
fn compartment(context: &Context<'_>, reading: &Reading, one: &Observed) -> Sides {
    let start = reading.sentences[one.sentence].words.start;
    let near = one.words.start.saturating_sub(2).max(start)..one.words.end;
    let says = |set| near.clone().any(|w| reading.is_small(w, set, context.lexicon));
    Sides { left: says(Small::Inner), right: says(Small::Outer) }
}

/// The parts of the body that are named beside an observation, else in its sentence.
fn parts(context: &Context<'_>, reading: &Reading, one: &Observed) -> Vec<u16> {
    let near = one.words.start.saturating_sub(BESIDE)..one.words.end + BESIDE;
    let hits = &reading.hits[reading.sentences[one.sentence].hits.clone()];
    let all = |near: &dyn Fn(usize) -> bool| {
        let mut all: Vec<u16> = context.body_parts(hits.iter().filter(|h| near(h.first as usize))).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let beside = all(&|w| near.contains(&w));
    if beside.is_empty() { all(&|_| true) } else { beside }
}

/// Whether two observations may be of one part of the body: neither names another than the other.
fn same_place(context: &Context<'_>, mine: &[u16], others: &[u16]) -> bool {
    let known = &context.lexicon.body_parts;
    let within = |p: u16, q: u16| known[p as usize].region.as_ref() == Some(&known[q as usize].id);
    let meet = |p: u16, q: u16| p == q || within(p, q) || within(q, p);
    mine.is_empty() || others.is_empty() || mine.iter().any(|p| others.iter().any(|q| meet(*p, *q)))
}
