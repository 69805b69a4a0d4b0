//! Spinal levels and body parts of the heading against those that the rationale concludes about.

use super::exchanged;
use super::subject::{echo, sought, told};
use crate::check::memo::requested;
use crate::check::naming::{Thing, concluded_words, related, repeats, same_region, telling_words, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Object, PartFacts};
use crate::letter::{Amount, Decision, ItemKind, Level, Reading, Request, Sentence, Value};
use crate::lexicon::{Cue, Gap, Small, Term, fold};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// The levels or body parts that a conclusion is about differ from those of the heading.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let reading = &rationale.reading;
    let concluding = facts.conclusion.stances.iter().filter(|s| s.object != Object::Other);
    for stance in concluding {
        let sentence = &reading.sentences[stance.sentence];
        if sentence.cues.has(Cue::OtherRequest) {
            continue;
        }
        let object = concluded_words(context, reading, stance);
        let said = Said { context, decision, request, reading, facts, sentence, object };
        if let Some(finding) = said.levels().or_else(|| said.body_parts()) {
            return vec![finding];
        }
    }
    let asked = sought(context, request, reading, facts).into_iter();
    let told = told(context, request, reading, facts).into_iter().chain(asked).filter(|_| request.partial.is_none());
    let mut told = told.filter_map(|object| {
        let sentence = reading.sentences.iter().find(|s| s.words.contains(&object.start))?;
        let said = Said { context, decision, request, reading, facts, sentence, object };
        said.only_part().or_else(|| said.levels()).filter(|_| !sentence.cues.has(Cue::OtherRequest))
    });
    let exchanged = || {
        let (asked, said) = exchanged::part(context, decision, request, reading)?;
        let found = finding("rationale", words(&request.reading, &asked), words(reading, &said));
        Some(Finding { lowered: Some(Severity::Warning), ..found })
    };
    let unknown = || unknown_part(context, request, reading).map(|f| Finding { lowered: Some(Severity::Warning), ..f });
    told.next().or_else(exchanged).or_else(unknown).into_iter().collect()
}

/// A part of the body that only the heading knows, where the summary tells of the same item for another one, and the rationale
/// of that.
fn unknown_part(context: &Context<'_>, request: &Request, reading: &Reading) -> Option<Finding> {
    let summary = context.letter.summary.as_ref()?;
    let all = |r: &Reading| parts(context, r, &(0..r.words.len()));
    let asked = all(&request.reading);
    let [(mine, place)] = &asked[..] else { return None };
    let vague = |p: &Part| context.lexicon.body_parts[p.0 as usize].vague;
    let same = |p: &Part| same_region(context, p.0, *mine);
    // most rationales name the part of the heading, so that the summary need not be read
    let judged = all(reading);
    if vague(&asked[0]) || request.partial.is_some() || judged.is_empty() || judged.iter().any(same) {
        return None;
    }
    let told = all(summary);
    if told.iter().any(same) {
        return None;
    }
    let own = requested(context, request);
    let items = things(context, summary, 0..summary.words.len());
    let items: Vec<&Thing> = items.iter().filter(|t| own.iter().any(|o| related(context, o, t))).collect();
    let beside = |p: &&Part| {
        items.iter().any(|t| {
            t.words.end <= p.1.start
                && p.1.start - t.words.end <= REACH
                && (t.words.end..=p.1.start).all(|w| summary.words[w].gap != Gap::Hard)
        })
    };
    let asked_there: Vec<&Part> = told.iter().filter(|p| !vague(p)).filter(beside).collect();
    let other = judged.iter().find(|p| asked_there.iter().any(|a| a.0 == p.0))?;
    Some(finding("unknown", words(&request.reading, place), words(reading, &other.1)))
}

/// Some words in small letters, with their place.
fn words(reading: &Reading, words: &Range<usize>) -> (String, Span) {
    (reading.slice(words.clone()).to_lowercase(), reading.span_of_words(words.clone()))
}

/// A conclusion beside the request that it should be about.
struct Said<'a> {
    context: &'a Context<'a>,
    decision: &'a Decision,
    request: &'a Request,
    reading: &'a Reading,
    facts: &'a PartFacts,
    sentence: &'a Sentence,
    /// The words that the verdict is about.
    object: Range<usize>,
}

fn finding(case: &'static str, asked: (String, Span), other: (String, Span)) -> Finding {
    Finding::new(case).label("other", other.1).label("request", asked.1).hole("said", asked.0).hole("other", other.0)
}

fn levels_of(amount: &Amount) -> Vec<Level> {
    match &amount.value {
        Value::Levels(levels) => levels.clone(),
        _ => Vec::new(),
    }
}

fn list(levels: &[Level]) -> String {
    let mut all: Vec<String> = levels.iter().map(Level::to_string).collect();
    all.dedup();
    all.join(", ")
}

/// Whether one list of levels may be the other: the same vertebrae, or a part of them. Roots and branches are counted a
/// vertebra off the disc or joint that they belong to.
fn agree(asked: &[Level], said: &[Level]) -> bool {
    // as many discs, and not the same ones: "L4-5 and L5-S1", "L3-4 and L5-S1"
    let discs = |levels: &[Level]| levels.iter().map(Level::to_string).collect::<BTreeSet<_>>();
    let (these, those) = (discs(asked), discs(said));
    let whole = |levels: &[Level]| levels.iter().all(|l| l.lower.is_some());
    if these.len() > 1 && these.len() == those.len() && these != those && whole(asked) && whole(said) {
        return false;
    }
    let (mine, others) = (points(asked), points(said));
    let bare = |levels: &[Level]| levels.iter().all(|l| l.lower.is_none());
    let slack = u16::from(bare(asked) != bare(said));
    let near = |p: &u16, all: &BTreeSet<u16>| all.iter().any(|q| p.abs_diff(*q) <= slack);
    mine.iter().all(|p| near(p, &others)) || others.iter().all(|p| near(p, &mine))
}

/// The vertebrae that levels touch, numbered down the spine.
fn points(levels: &[Level]) -> BTreeSet<u16> {
    let number = |(region, n): (char, u8)| u16::from(n) + before(region);
    let of = |level: &Level| {
        let upper = number(level.upper);
        let lower = level.lower.map_or(upper, number);
        upper.min(lower)..=upper.max(lower)
    };
    levels.iter().flat_map(of).collect()
}

/// How many vertebrae stand above a region of the spine.
fn before(region: char) -> u16 {
    match region {
        'C' => 0,
        'T' => 7,
        'L' => 19,
        _ => 24,
    }
}

impl Said<'_> {
    /// Levels of the sentence against those of the request.
    fn levels(&self) -> Option<Finding> {
        let item = self.request.items.iter().find(|i| i.kind == ItemKind::Levels)?;
        // of a partial authorization every part counts
        let asked: Vec<Level> = self.request.amounts.iter().flat_map(levels_of).collect();
        let inside = self.facts.amounts.iter().filter(|a| self.sentence.bytes.contains(&a.bytes.start));
        let told: Vec<&Amount> = inside.filter(|a| !levels_of(a).is_empty()).collect();
        let said: Vec<Level> = told.iter().flat_map(|a| levels_of(a)).collect();
        let extra = || !said.is_empty() && self.extra(&asked, &said);
        if said.is_empty() || agree(&asked, &said) && !extra() {
            return None;
        }
        let lowered = agree(&asked, &said).then_some(Severity::Info);
        let place = item.levels.iter().map(|(_, s)| *s).reduce(|a, b| a.to(b))?;
        let span = told.iter().map(|a| self.reading.span(a.bytes.clone())).reduce(|a, b| a.to(b))?;
        Some(Finding { lowered, ..finding("levels", (list(&asked), place), (list(&said), span)) })
    }

    /// Whether the heading has a level of which the conclusion, all other words of the rationale and the summary know
    /// nothing, though they name others.
    fn extra(&self, asked: &[Level], said: &[Level]) -> bool {
        let whole = self.request.partial.is_none() && self.facts.conclusion.stances.len() == 1;
        let told = self.facts.amounts.iter().chain(&self.context.facts.summary.amounts).flat_map(levels_of);
        let known: Vec<Level> = told.chain(said.iter().copied()).collect();
        let (known, ends) = (points(&known), |l: &Level| points(&[*l]));
        let apart = |l: &Level| ends(l).iter().all(|p| known.iter().all(|k| p.abs_diff(*k) > 0));
        whole && asked.iter().any(apart)
    }

    /// Body parts of the words that the verdict is about against those of the request.
    fn body_parts(&self) -> Option<Finding> {
        let heading = &self.request.reading;
        let asked = parts(self.context, heading, &(0..heading.words.len()));
        let (_, first) = asked.first()?;
        // what else the sentence names may be the item's own part
        let around = parts(self.context, self.reading, &self.sentence.words);
        let said = parts(self.context, self.reading, &self.object);
        if around.iter().any(|(b, _)| asked.iter().any(|(a, _)| same_region(self.context, *a, *b))) {
            let swapped = self.swapped(&asked, &said).map(|(asked, said)| self.other_part(asked, said));
            return swapped.or_else(|| self.only_part());
        }
        let fits = |words: &Range<usize>| {
            self.is_part_of_item(words) || self.is_asked_for(words) || self.is_whole_subject(words)
        };
        let (_, other) = said.iter().find(|(_, words)| fits(words))?;
        Some(self.other_part(first, other))
    }

    /// The one part that the words are about, beside the item, where the heading names one too and they are two. No other
    /// heading may name it.
    fn only_part(&self) -> Option<Finding> {
        let heading = &self.request.reading;
        let asked = parts(self.context, heading, &(0..heading.words.len()));
        let around = parts(self.context, self.reading, &self.sentence.words);
        let said = parts(self.context, self.reading, &self.object);
        let ((mine, first), (part, other)) = (asked.first()?, said.first()?);
        // "cervical spine" and "thoracic spine" share a chapter, and are two all the same
        let ends = |reading: &Reading, words: &Range<usize>| fold(reading.slice(words.end - 1..words.end));
        let beside = first.len() > 1 && other.len() > 1 && ends(heading, first) == ends(self.reading, other);
        let one = |all: &[Part], part: &u16| all.iter().all(|(p, _)| p == part);
        let apart = mine != part && (beside || !same_region(self.context, *mine, *part));
        let elsewhere = || {
            let others = self.context.letter.decisions.iter().filter(|d| d.n != self.decision.n);
            others.filter_map(|d| d.request.as_ref()).any(|r| {
                let words = 0..r.reading.words.len();
                parts(self.context, &r.reading, &words).iter().any(|(p, _)| p == part)
            })
        };
        // several parts, none of which the heading names
        let none = around.iter().all(|(p, _)| asked.iter().all(|(a, _)| !same_region(self.context, *a, *p)));
        let single = one(&asked, mine) && one(&around, part) || none;
        (apart && single && self.is_part_of_item(other) && !elsewhere()).then(|| self.other_part(first, other))
    }

    fn other_part(&self, asked: &Range<usize>, said: &Range<usize>) -> Finding {
        finding("body-part", words(&self.request.reading, asked), words(self.reading, said))
    }

    /// The body part that a conclusion puts for one of several, where it repeats the heading in all other words: "lumbar and
    /// thoracic spine" for "lumbar and cervical spine".
    fn swapped<'p>(&self, asked: &'p [Part], said: &'p [Part]) -> Option<(&'p Range<usize>, &'p Range<usize>)> {
        let heading = &self.request.reading;
        if self.request.partial.is_some() {
            return None;
        }
        let named = |reading: &Reading, all: &[Part]| -> BTreeSet<String> {
            all.iter().flat_map(|(_, words)| words.clone()).map(|w| fold(reading.word(w))).collect()
        };
        let (mine, others) = (named(heading, asked), named(self.reading, said));
        let slips = |a: &str, b: &str| mine.contains(a) && others.contains(b) && !mine.contains(b);
        let (there, here) = echo(heading, self.reading, self.object.clone(), slips)?;
        let (_, mine) = asked.iter().find(|(_, words)| words.contains(&there))?;
        let (part, other) = said.iter().find(|(_, words)| words.contains(&here))?;
        // neck and upper back share a chapter, and are two parts all the same
        let parts = &self.context.lexicon.body_parts;
        let holds = |a: u16, b: u16| parts[a as usize].region.as_ref() == Some(&parts[b as usize].id);
        let own = |a: u16| a == *part || holds(a, *part) || holds(*part, a) || parts[a as usize].vague;
        let apart = !parts[*part as usize].vague && asked.iter().all(|(a, _)| !own(*a));
        apart.then_some((mine, other))
    }

    /// Whether a body part stands beside a treatment that the request names too: "MRI of the knee". A part that is only a
    /// reason for the item stands further off.
    fn is_part_of_item(&self, part: &Range<usize>) -> bool {
        let asked = requested(self.context, self.request);
        let is_amount = |w: &usize| {
            let start = self.reading.words[*w].start as usize;
            self.facts.amounts.iter().any(|a| a.bytes.contains(&start))
        };
        // "physical therapy, 2 times a week for 4 weeks, right knee"
        let apart = |between: Range<usize>| between.filter(|w| !is_amount(w)).count();
        things(self.context, self.reading, self.object.clone()).iter().any(|t| {
            let before = t.words.end <= part.start;
            let between = if before { t.words.end..part.start } else { part.end..t.words.start.max(part.end) };
            // the brace of another joint is another brace, and a brace all the same
            let again = || repeats(self.reading, t.words.clone(), &telling_words(self.context, self.decision));
            let alike = |a: &Thing| related(self.context, a, t) || again();
            apart(between) <= REACH && asked.iter().any(alike)
        })
    }
}

impl Said<'_> {
    /// Whether a body part ends a short subject that names nothing else: "manipulating the lower back is not".
    fn is_whole_subject(&self, part: &Range<usize>) -> bool {
        let is = |w: usize, set| self.reading.is_small(w, set, self.context.lexicon);
        let words = &self.reading.words;
        let comma = |w: usize| self.reading.text()[words[w - 1].end as usize..words[w].start as usize].contains(',');
        let open = |w: &usize| *w == self.sentence.words.start || comma(*w);
        let from = part.start.saturating_sub(SUBJECT).max(self.sentence.words.start);
        let starts = (from..part.start).rev().find(open);
        let verb = part.end < self.sentence.words.end && is(part.end, Small::Is);
        let named = |from: usize| things(self.context, self.reading, from..part.start).is_empty();
        verb && starts.is_some_and(|from| from + 1 < part.start && named(from) && !is(from, Small::Determiner))
    }

    /// Whether a body part is all that a conclusion says of its request: "the request for the right knee".
    fn is_asked_for(&self, part: &Range<usize>) -> bool {
        let hits = &self.reading.hits[self.sentence.hits.clone()];
        let told = hits.iter().filter(|h| self.context.is(h, Cue::ThisRequest));
        let before = told.map(|h| h.end as usize).filter(|end| *end <= part.start).max();
        let small = |w: usize| self.reading.is_small(w, Small::OfRequest, self.context.lexicon);
        before.is_some_and(|end| end < part.start && (end..part.start).all(small))
    }
}

/// A body part by its number, and its words.
pub type Part = (u16, Range<usize>);

/// Body parts that some words name, with their words.
pub fn parts(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> Vec<Part> {
    let from = reading.hits.partition_point(|h| (h.first as usize) < words.start);
    let near = reading.hits[from..].iter().take_while(|h| (h.first as usize) < words.end);
    near.filter(|h| h.end as usize <= words.end)
        .filter_map(|h| match context.term(h) {
            Term::BodyPart(n) => Some((n, h.first as usize..h.end as usize)),
            _ => None,
        })
        .collect()
}

/// So many words a subject may have before the part of the body that ends it.
const SUBJECT: usize = 3;

/// How many words may stand between a treatment and its body part: "MRI without contrast of the right".
const REACH: usize = 5;
