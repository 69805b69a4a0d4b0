//! What words name: drugs and treatments with all that they fall under, and whether two of them may be the same thing.

use super::Context;
use super::memo::all_things;
use crate::fact::{Marks, Stance};
use crate::letter::{Decision, Reading, Request};
use crate::lexicon::{BodyPart, Cue, Hit, Small, Term, TreatmentKind, fold, near};
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::ops::Range;

/// A few numbers, nearly always.
pub type Numbers = SmallVec<[u16; 4]>;

/// A drug or treatment that is named.
#[derive(Clone, Debug)]
pub struct Thing {
    /// The drugs that the words may mean, by number.
    pub drugs: Numbers,
    /// The treatments that the words may mean, by number; of a drug those that it falls under.
    pub treatments: Numbers,
    /// Whether all that is named is a word for a class ("medication").
    pub class_word: bool,
    /// The words, by number in the reading.
    pub words: Range<usize>,
}

/// The things named in some words of a reading, in order.
pub fn things(context: &Context<'_>, reading: &Reading, words: Range<usize>) -> Vec<Thing> {
    let lexicon = context.lexicon;
    let mut found: Vec<Thing> = Vec::new();
    let from = reading.names.partition_point(|n| (reading.hits[*n as usize].first as usize) < words.start);
    for hit in reading.names[from..].iter().map(|n| &reading.hits[*n as usize]) {
        if found.is_empty() && (hit.first as usize) < words.end {
            // no list is begun for nothing, and few grow
            found.reserve((reading.names.len() - from).min(words.len().div_ceil(4)));
        }
        let place = hit.first as usize..hit.end as usize;
        if place.start >= words.end {
            break;
        }
        if place.end > words.end {
            continue;
        }
        // the same words may be known as a drug and as a treatment
        let start = place.start;
        let thing = match found.last_mut().filter(|t| start < t.words.end) {
            Some(last) => {
                last.words.end = last.words.end.max(place.end);
                last
            }
            None => {
                let (drugs, treatments) = (Numbers::new(), Numbers::new());
                found.push(Thing { drugs, treatments, class_word: false, words: place });
                found.last_mut().expect("just pushed")
            }
        };
        match context.term(hit) {
            Term::Generic(n) | Term::Brand { drug: n, .. } => {
                thing.drugs.push(n);
                thing.treatments.extend_from_slice(&lexicon.drugs[n as usize].treatments);
            }
            Term::Treatment(n) => thing.treatments.push(n),
            _ => {}
        }
    }
    for thing in &mut found {
        thing.class_word =
            thing.drugs.is_empty() && thing.treatments.iter().all(|t| lexicon.treatments[*t as usize].class_word);
    }
    found
}

/// What [`requested`](super::memo::requested) gives, found anew.
pub fn find_requested(context: &Context<'_>, request: &Request) -> Vec<Thing> {
    let mut all = all_things(context, &request.reading).to_vec();
    all.retain(|t| !t.class_word);
    if all.is_empty() {
        // a drug whose name is misspelled
        all.extend(request.items.iter().filter_map(|i| i.drug).map(|drug| Thing {
            drugs: Numbers::from_slice(&[drug]),
            treatments: Numbers::from_slice(&context.lexicon.drugs[drug as usize].treatments),
            class_word: false,
            words: 0..0,
        }));
    }
    all
}

/// Whether two things may be the same: a common ingredient, or one a class of the other.
pub fn related(context: &Context<'_>, a: &Thing, b: &Thing) -> bool {
    let lexicon = context.lexicon;
    if !a.drugs.is_empty() && !b.drugs.is_empty() {
        return a.drugs.iter().any(|x| b.drugs.iter().any(|y| lexicon.same_drug(*x, *y)));
    }
    a.treatments.iter().any(|x| b.treatments.iter().any(|y| lexicon.is_a(*x, *y) || lexicon.is_a(*y, *x)))
}

/// Whether two things are surely different: two drugs without a common ingredient, or treatments that fall under nothing
/// in common but a class word.
pub fn different(context: &Context<'_>, a: &Thing, b: &Thing) -> bool {
    if a.class_word || b.class_word || related(context, a, b) {
        return false;
    }
    if !a.drugs.is_empty() && !b.drugs.is_empty() {
        return true;
    }
    let above = |thing: &Thing| {
        let mut all = BTreeSet::new();
        thing.treatments.iter().for_each(|t| ancestors(context, *t, &mut all));
        all
    };
    above(a).is_disjoint(&above(b))
}

/// Whether two things are surely of different kinds, words for classes counted: nothing that one falls under holds the other.
pub fn apart(context: &Context<'_>, a: &Thing, b: &Thing) -> bool {
    let plain = |t: &Thing| Thing { class_word: false, ..t.clone() };
    let kinds = |t: &Thing| -> BTreeSet<TreatmentKind> {
        let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
        // a class of drugs is of the kind of its drugs
        let drug = |k| if k == TreatmentKind::DrugClass { TreatmentKind::Drug } else { k };
        t.treatments.iter().map(kind).map(drug).collect()
    };
    let on = |x: &u16, y: &u16| context.lexicon.on_topic(*x, *y) || context.lexicon.on_topic(*y, *x);
    let one_purpose = a.treatments.iter().any(|x| b.treatments.iter().any(|y| on(x, y)));
    let drugs = |t: &Thing| kinds(t).iter().all(|k| *k == TreatmentKind::Drug);
    !one_purpose
        && different(context, &plain(a), &plain(b))
        && (kinds(a).is_disjoint(&kinds(b)) || drugs(a) && drugs(b))
}

/// A treatment and all that it falls under, class words left out.
fn ancestors(context: &Context<'_>, treatment: u16, all: &mut BTreeSet<u16>) {
    let entry = &context.lexicon.treatments[treatment as usize];
    if !entry.class_word && all.insert(treatment) {
        entry.parents.iter().for_each(|p| ancestors(context, *p, all));
    }
}

/// The words of a request by which its item may be told, folded: those of its names, and those that the vocabulary does not
/// know at all. Sides, body parts and words that any request may have are left out.
pub fn telling_words(context: &Context<'_>, decision: &Decision) -> BTreeSet<String> {
    let Some(request) = &decision.request else { return BTreeSet::new() };
    let reading = &request.reading;
    let plain = |term: Term| match term {
        Term::BodyPart(_) => true,
        Term::Cue(cue) => matches!(
            cue,
            Cue::RequestDetail
                | Cue::LeftSide
                | Cue::RightSide
                | Cue::BothSides
                | Cue::ThisRequest
                | Cue::AssociatedItem
                | Cue::TopicalForm
                | Cue::OralForm
                | Cue::OtherForm
        ),
        _ => false,
    };
    let inside = |h: &&Hit, w: usize| h.first as usize <= w && w < h.end as usize;
    let named = all_things(context, reading);
    let tells = |w: usize| {
        let own = named.iter().any(|t| !t.class_word && t.words.contains(&w));
        (own || !reading.words[w].known) && !reading.hits.iter().any(|h| inside(&h, w) && plain(context.term(h)))
    };
    (0..reading.words.len())
        .filter(|w| !is_short(reading.word(*w)) && tells(*w))
        .map(|w| fold(reading.word(w)))
        .filter(|w| w.len() >= TELLING && w.bytes().all(|b| b.is_ascii_alphabetic()))
        .collect()
}

/// The words by which a rationale may tell of what is asked for: those of the heading, and the complaint that it is for.
pub fn all_telling_words(context: &Context<'_>, decision: &Decision) -> BTreeSet<String> {
    let lexicon = context.lexicon;
    let asked = decision.request.iter().flat_map(|r| &r.treatments);
    let kinds = asked.flat_map(|(t, _)| lexicon.lineage(*t));
    let words = kinds.flat_map(|k| lexicon.treatments[*k as usize].told_by.iter().cloned());
    telling_words(context, decision).into_iter().chain(words).collect()
}

/// Words shorter than this tell too little.
const TELLING: usize = 5;

/// Whether a word is too short however it is folded: that makes no word of ASCII longer.
fn is_short(word: &str) -> bool {
    word.len() < TELLING && word.is_ascii()
}

/// Whether some words of a reading repeat one of some folded words, or nearly so.
pub fn repeats(reading: &Reading, words: Range<usize>, telling: &BTreeSet<String>) -> bool {
    let repeats = |word: &str| {
        if is_short(word) {
            return false;
        }
        // looked at in any case first: few words are worth folding
        let plain = word.bytes().all(|b| b.is_ascii_alphanumeric());
        let may = |t: &String| stem(t).eq_ignore_ascii_case(stem(word)) || may_be_near(t, word);
        (!plain || telling.iter().any(may)) && {
            let word = fold(word);
            let same = |t: &String| *t == word || stem(t) == stem(&word) || is_near(t, &word);
            word.len() >= TELLING && telling.iter().any(same)
        }
    };
    !telling.is_empty() && words.into_iter().any(|w| repeats(reading.word(w)))
}

/// The words that a verdict is about: from the last word for a request before it, or from its sentence's begin, to its end;
/// behind "Not medically necessary: " the rest of the sentence.
pub fn concluded_words(context: &Context<'_>, reading: &Reading, stance: &Stance) -> Range<usize> {
    let sentence = &reading.sentences[stance.sentence];
    let words = sentence.words.clone();
    let Range { start: verdict, end } = stance.words;
    if verdict == words.start && end < words.end && reading.is_marked(end - 1, b':') {
        return words;
    }
    let requests = reading.cues(context.lexicon, sentence.hits.clone(), Cue::ThisRequest);
    let start = requests.filter(|h| h.first as usize <= verdict).last().map_or(words.start, |h| h.first as usize);
    // "without an MRI, medical necessity is not established" says what is lacking, and no more
    let marks = Marks::of(reading, sentence, context.lexicon);
    let lacks = start < verdict && marks.part_start(verdict) == verdict && marks.begins(Cue::Subordinate, start);
    let start = if lacks { verdict } else { start };
    let end = end.max(start);
    match named_behind(context, marks, end) {
        Some(behind) if things(context, reading, start..end).is_empty() => start..behind,
        _ => start..end,
    }
}

/// Where the item ends that a verdict names right behind itself: "medical necessity is not established for Norco".
fn named_behind(context: &Context<'_>, marks: Marks, end: usize) -> Option<usize> {
    let last = marks.sentence.words.end;
    let leads = |w: usize| [Small::NeedOf, Small::Determiner, Small::Article].into_iter().any(|set| marks.is(w, set));
    let first = (end..last).find(|w| !leads(*w)).filter(|w| *w > end || marks.is(end - 1, Small::NeedOf))?;
    let thing = things(context, marks.reading, first..last).into_iter().find(|t| t.words.start == first)?;
    // "an MRI of the lumbar spine"
    let of_it = |w: &usize| !marks.reading.is_marked(*w - 1, b',');
    let behind = thing.words.end..last.min(thing.words.end + PART);
    Some(behind.take_while(of_it).last().map_or(thing.words.end, |w| w + 1))
}

/// So many words behind an item may name its part of the body: "of the left wrist".
const PART: usize = 4;

/// A slip of the pen or another ending.
fn is_near(a: &str, b: &str) -> bool {
    may_be_near(a, b) && near::distance(a, b, SLIPS).is_some()
}

/// Whether two words may be so, in any case: a quick look.
fn may_be_near(a: &str, b: &str) -> bool {
    a.len() >= NEAR && a.len().abs_diff(b.len()) <= SLIPS && near::may_be(a, b, SLIPS)
}

/// From this length on a word may be written with a slip.
const NEAR: usize = 7;

/// So many letters may be wrong.
const SLIPS: usize = 2;

/// The beginning of a word, by which its forms are told to be one word.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(6).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

/// Whether two body parts may be one: the same, one a region of the other, or spoken of in one chapter.
pub fn same_region(context: &Context<'_>, a: u16, b: u16) -> bool {
    let parts = &context.lexicon.body_parts;
    let (one, two) = (&parts[a as usize], &parts[b as usize]);
    let within = |x: &BodyPart, y: &BodyPart| x.region.as_ref() == Some(&y.id);
    let shared = one.mtus_chapters.iter().any(|c| two.mtus_chapters.contains(c));
    // of a part that neither a chapter nor a region holds nothing is known; vague names mean their whole region
    let lone = |x: &BodyPart| x.mtus_chapters.is_empty();
    let unknown = |x: &BodyPart| lone(x) && x.region.is_none();
    let together = one.region == two.region && (one.vague || two.vague || lone(one) && lone(two));
    let beside = unknown(one) || unknown(two) || together;
    a == b || within(one, two) || within(two, one) || shared || beside
}
