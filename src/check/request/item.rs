//! The thing that a rationale judges against the thing in its heading.

use super::exchanged;
use super::stray::{in_place, stray};
use crate::check::memo::{all_things, requested};
use crate::check::naming::{Thing, all_telling_words, apart, concluded_words, different, related, repeats, things};
use crate::check::outcome::dependent::{is_dependent, is_perioperative, rests};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Marks, PartFacts, Stance, Strength, Voice};
use crate::letter::{Decision, Item, ItemKind, Reading, Request};
use crate::lexicon::{Cue, Hit, Term, TreatmentKind, fold};
use std::collections::BTreeSet;
use std::ops::Range;

/// What is asked for, and by which words a rationale may speak of it.
struct Asked<'a> {
    request: &'a Request,
    things: Vec<Thing>,
    telling: BTreeSet<String>,
}

/// The conclusion, or the whole rationale, judges another drug or treatment than the heading.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let mut things = requested(context, request).to_vec();
    if things.is_empty() {
        return Vec::new();
    }
    let rests = rests(context, decision, facts);
    // beside a drug its form names nothing: "oral suspension", "compound cream"
    if things.iter().any(|t| !t.drugs.is_empty()) {
        let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
        let form = |k| matches!(k, TreatmentKind::Drug | TreatmentKind::DrugClass);
        things.retain(|t| !t.drugs.is_empty() || !t.treatments.iter().map(kind).all(form));
    }
    let asked = Asked { request, things, telling: all_telling_words(context, decision) };
    let reading = &rationale.reading;
    // where the operation is the ground, only another thing that is itself ruled on tells
    let beside = || concluded(context, &asked, reading, facts).filter(|words| goes_alone(context, reading, words));
    if rests {
        return beside().map(|words| default(context, decision, &asked, reading, words)).into_iter().collect();
    }
    let other = concluded(context, &asked, reading, facts)
        .or_else(|| named_at_last(context, decision, &asked, reading, facts))
        .or_else(|| other_form(context, &asked, reading, facts))
        .or_else(|| {
            let named = || {
                asked.is_named(context, reading, 0..reading.words.len())
                    || reading.cues.has(Cue::SeeElsewhere)
                    || repeats_care(context, request, reading)
            };
            let alone = goes_with_operation(context, decision) || named();
            let exchanged = || exchanged::item(context, decision, &asked.things, reading);
            (!alone).then(|| judged(context, &asked, reading, facts).or_else(exchanged))?
        });
    let likely = other.is_some();
    let other = other.or_else(|| in_place(context, decision, &asked.things, reading, facts));
    // a drug that nothing else in the letter knows may be told as an example
    let sure = other.is_some();
    let other = other.or_else(|| stray(context, decision, &asked.things, reading, facts));
    let Some(words) = other.filter(|words| !is_mixture(context, &asked, reading, words)) else { return Vec::new() };
    let mut finding = default(context, decision, &asked, reading, words);
    if !sure {
        finding = Finding { lowered: Some(Severity::Info), case: "stray", ..finding };
    } else if !likely {
        finding = Finding { lowered: Some(Severity::Warning), ..finding };
    }
    vec![finding]
}

/// Whether a rationale speaks of what is asked for by its last word: "one test", of a heading that asks for a urine drug test.
fn repeats_care(context: &Context<'_>, request: &Request, reading: &Reading) -> bool {
    let heading = request.reading.text().to_lowercase();
    // "an epidural injection" is another thing's name
    let all = all_things(context, reading);
    let of_other = |h: &Hit| all.iter().any(|t| !t.class_word && t.words.contains(&(h.first as usize)));
    let mut care = reading.cues(context.lexicon, 0..reading.hits.len(), Cue::CareWord).filter(|h| !of_other(h));
    care.any(|h| {
        let word = fold(reading.slice(h.first as usize..h.end as usize));
        let stem = word.strip_suffix('s').unwrap_or(&word);
        heading.split_whitespace().any(|w| {
            w.trim_matches(|c: char| !c.is_alphanumeric()).strip_suffix('s').unwrap_or(w).trim_end_matches(',') == stem
        })
    })
}

/// The finding that some words name another thing than what is asked for.
fn default(
    context: &Context<'_>,
    decision: &Decision,
    asked: &Asked<'_>,
    reading: &Reading,
    words: Range<usize>,
) -> Finding {
    Finding::new("default")
        .label("other", reading.span_of_words(words.clone()))
        .label("request", named_span(asked))
        .hole("item", context.request_words(decision))
        .hole("other", reading.slice(words))
}

/// Whether some words name neither an operation nor what goes with any: "the requested procedure", "preoperative clearance".
fn goes_alone(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> bool {
    let all = things(context, reading, words.clone());
    let of = |t: &u16| &context.lexicon.treatments[*t as usize];
    let operation =
        |t: &u16| matches!(of(t).kind, TreatmentKind::Surgery | TreatmentKind::Procedure) || of(t).perioperative;
    // a drug by its name is that drug, whatever it goes with
    let known = |t: &Thing| !t.drugs.is_empty() || !t.treatments.is_empty() && !t.treatments.iter().any(operation);
    !all.is_empty() && all.iter().all(known)
}

/// Whether some words name a kind of drug, and the heading several drugs: "the compound cream" is what they make.
fn is_mixture(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading, words: &Range<usize>) -> bool {
    let drugs: BTreeSet<u16> = asked.things.iter().flat_map(|t| t.drugs.iter().copied()).collect();
    let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
    let class = |t: &Thing| t.drugs.is_empty() && t.treatments.iter().map(kind).all(|k| k == TreatmentKind::DrugClass);
    drugs.len() > 1 && things(context, reading, words.clone()).iter().all(class)
}

/// Whether the item hangs on an operation, of which alone its rationale may speak.
pub fn goes_with_operation(context: &Context<'_>, decision: &Decision) -> bool {
    is_dependent(context, decision) || is_perioperative(context, decision)
}

/// Where the heading names its item.
fn named_span(asked: &Asked<'_>) -> crate::source::Span {
    let reading = &asked.request.reading;
    match asked.things.last().filter(|t| !t.words.is_empty()) {
        Some(thing) => reading.span_of_words(thing.words.clone()),
        None => reading.passage.span,
    }
}

impl Asked<'_> {
    /// Whether some words speak of what is asked for, by any of its names or by its own words.
    fn is_named(&self, context: &Context<'_>, reading: &Reading, words: Range<usize>) -> bool {
        let named = things(context, reading, words.clone());
        named.iter().any(|t| self.things.iter().any(|a| !different(context, a, t) && !t.class_word))
            || repeats(reading, words, &self.telling)
    }

    /// Whether some words name what is asked for, or may: by the words of its names alone.
    fn names(&self, context: &Context<'_>, reading: &Reading, words: Range<usize>) -> bool {
        let heading = &self.request.reading;
        let own = self.things.iter().flat_map(|t| t.words.clone()).map(|w| fold(heading.word(w)));
        let own: BTreeSet<String> = own.filter(|w| self.telling.contains(w)).collect();
        let named = things(context, reading, words.clone());
        named.iter().any(|t| self.things.iter().any(|a| !t.class_word && !different(context, a, t)))
            || repeats(reading, words, &own)
    }
}

/// The item that the rationale concludes on, if it is surely another one.
fn concluded(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading, facts: &PartFacts) -> Option<Range<usize>> {
    let stances = &facts.conclusion.stances;
    // a rationale that also concludes on the item by its name only mentions the other beside it
    let (stance, before) = stances.split_last()?;
    let about = |s: &Stance| asked.is_named(context, reading, concluded_words(context, reading, s));
    let mentions = |s: &Stance| asked.is_named(context, reading, reading.sentences[s.sentence].words.clone());
    if let Some(words) = other_drug(context, asked, reading, stance) {
        return Some(words);
    }
    if mentions(stance) || before.iter().any(|s| s.strength == Strength::Plain && about(s)) {
        return None;
    }
    let sentence = &reading.sentences[stance.sentence];
    let says = |cue| sentence.cues.has(cue);
    if says(Cue::OtherRequest) || says(Cue::SeeElsewhere) {
        return None;
    }
    let object = concluded_words(context, reading, stance);
    let named: Vec<Thing> = things(context, reading, object).into_iter().filter(|t| !t.class_word).collect();
    let other = |t: &Thing| asked.things.iter().all(|a| different(context, a, t));
    let all_other = !named.is_empty() && named.iter().all(other);
    all_other.then(|| named[0].words.clone())
}

/// The drug that a conclusion is about, where the heading names one too and they have nothing in common but their form: "20%
/// compound cream", "oral suspension".
fn other_drug(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading, stance: &Stance) -> Option<Range<usize>> {
    let sentence = &reading.sentences[stance.sentence];
    let says = |cue| sentence.cues.has(cue);
    let is_drug = |t: &&Thing| !t.drugs.is_empty();
    let mut mine = asked.things.iter().filter(is_drug).peekable();
    let aside = says(Cue::OtherRequest) || says(Cue::SeeElsewhere) || mine.peek().is_none();
    if aside {
        return None;
    }
    let whole = all_things(context, reading);
    let here: Vec<&Thing> = whole.iter().filter(|t| is_drug(t) && sentence.words.contains(&t.words.start)).collect();
    if mine.any(|a| here.iter().any(|t| !different(context, a, t))) {
        return None;
    }
    // a request said to be for another drug and for nothing else
    let [object] = here[..] else { return None };
    let is_object = object.words.end <= stance.words.start && is_requested(context, reading, object);
    is_object.then(|| object.words.clone())
}

/// Another item that the last plain conclusion is about, although the rationale concludes on the item asked for before:
/// named right behind "the request for" or as the subject, and nowhere else in the rationale. Many rationales open with
/// their conclusion instead, and end with "the request".
fn named_at_last(
    context: &Context<'_>,
    decision: &Decision,
    asked: &Asked<'_>,
    reading: &Reading,
    facts: &PartFacts,
) -> Option<Range<usize>> {
    let plain = || facts.conclusion.stances.iter().filter(|s| s.strength == Strength::Plain);
    let opening = plain().next().filter(|s| s.sentence == 0);
    let both = plain().next_back().into_iter().chain(opening);
    // "the request for gabapentin, an anticonvulsant, was necessary" opens on one drug, whatever is told of it below
    both.into_iter()
        .find_map(|stance| named_by(context, decision, asked, (reading, facts), stance))
        .or_else(|| opening.and_then(|stance| other_drug(context, asked, reading, stance)))
}

/// The other item that a plain conclusion is about, named in it alone.
fn named_by(
    context: &Context<'_>,
    decision: &Decision,
    asked: &Asked<'_>,
    (reading, facts): (&Reading, &PartFacts),
    stance: &Stance,
) -> Option<Range<usize>> {
    let sentence = &reading.sentences[stance.sentence];
    let marks = Marks::of(reading, sentence, context.lexicon);
    let aside = [Cue::OtherRequest, Cue::SeeElsewhere, Cue::AssociatedItem].into_iter().any(|c| marks.says(c));
    // "Ambien is not necessary, and cognitive therapy should be approved instead" has ruled on the item already
    let ruled =
        facts.conclusion.stances.iter().any(|s| s.sentence == stance.sentence && s.words.end <= stance.words.start);
    if reading.sentences.len() < 2 || is_dependent(context, decision) || aside || ruled {
        return None;
    }
    let all = all_things(context, reading);
    let is_object = |t: &&Thing| {
        let inside = t.words.end <= stance.words.start && sentence.words.contains(&t.words.start);
        inside
            && (is_requested(context, reading, t) || is_subject(marks, t, stance))
            && !asked.names(context, reading, t.words.start..stance.words.end)
            && !marks.says_within(Cue::Subordinate, marks.part_start(t.words.start)..t.words.start)
    };
    let thing = all.iter().rev().filter(|t| !t.class_word).find(is_object)?;
    let other = asked.things.iter().all(|a| different(context, a, thing));
    let again = all.iter().any(|t| t.words != thing.words && related(context, t, thing));
    // where the sentence names the item too, the other may be decided beside it
    let beside = || {
        let others = context.letter.decisions.iter().filter(|d| d.n != decision.n);
        let mut of = others.filter_map(|d| d.request.as_ref()).map(|r| requested(context, r));
        of.any(|all| all.iter().any(|t| related(context, t, thing)))
    };
    let named = asked.names(context, reading, sentence.words.clone());
    (other && !again && !(named && beside())).then(|| thing.words.clone())
}

/// Whether a thing opens the part of a sentence that its verdict ends: "..., acupuncture for the neck is not necessary".
fn is_subject(marks: Marks, thing: &Thing, stance: &Stance) -> bool {
    let part = marks.part_start(stance.words.start);
    thing.words.start >= part && thing.words.start - part <= BEHIND
}

/// A drug taken by mouth that is judged as one for the skin, or the reverse.
fn other_form(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading, facts: &PartFacts) -> Option<Range<usize>> {
    let [item] = &asked.request.items[..] else { return None };
    if item.kind != ItemKind::Drug || !is_oral(context, asked.request, item) {
        return None;
    }
    let cues = |cue| reading.cues(context.lexicon, 0..reading.hits.len(), cue);
    let (topical, oral) = (cues(Cue::TopicalForm).count(), cues(Cue::OralForm).count());
    // "topical diclofenac": the item's own name in a form that was not asked for
    let own_name = |hit: &&Hit| {
        let near = hit.first.saturating_sub(2) as usize..(hit.end as usize + 2).min(reading.words.len());
        let is_item = |t: &Thing| {
            let drug = |d: &u16| item.drug.is_some_and(|i| context.lexicon.same_drug(*d, i));
            t.drugs.iter().any(drug) || asked.things.iter().any(|a| related(context, a, t))
        };
        let near = things(context, reading, near);
        // "diclofenac, topical lidocaine": the form is that of the name right behind it
        let end = hit.end as usize;
        let behind = near.iter().find(|t| t.words.start <= end && t.words.end > end && !t.class_word);
        behind.map_or_else(|| near.iter().any(is_item), is_item)
    };
    let concluding = |hit: &&Hit| {
        let sentences = facts.conclusion.stances.iter().map(|s| &reading.sentences[s.sentence]);
        sentences.into_iter().any(|s| s.words.contains(&(hit.first as usize)))
    };
    let words = |hit: &Hit| hit.first as usize..hit.end as usize;
    if oral == 0
        && let Some(hit) = cues(Cue::TopicalForm).find(|h| concluding(h) && own_name(h))
    {
        return Some(words(hit));
    }
    let apart = item.drug.is_some_and(|drug| all_things(context, reading).iter().any(|t| t.drugs.contains(&drug)));
    let throughout = topical >= MANY && topical >= oral * 2 && !apart;
    throughout.then(|| cues(Cue::TopicalForm).next().map(words)).flatten()
}

/// So many words for a form make it the form that a rationale is about.
const MANY: usize = 5;

/// Whether a request is surely for tablets or capsules: a strength in mg that is marketed so, and no word for another form.
fn is_oral(context: &Context<'_>, request: &Request, item: &Item) -> bool {
    let reading = &request.reading;
    let says = |cue| reading.cues.has(cue);
    let Some(strength) = item.strength.as_ref().filter(|s| s.unit == "mg") else { return false };
    let Some(drug) = item.drug.map(|d| &context.lexicon.drugs[d as usize]) else { return false };
    let figures = strength.parts.iter().map(f64::to_string).collect::<Vec<_>>().join("/");
    drug.strengths.contains(&figures) && !says(Cue::TopicalForm) && !says(Cue::OtherForm)
}

/// The item that the whole rationale speaks of, if the one asked for is named nowhere in it.
fn judged(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading, facts: &PartFacts) -> Option<Range<usize>> {
    let all = all_things(context, reading);
    // "she should be versed in home exercise by now" is told in a decision on any therapy
    let self_care = |t: &Thing| t.treatments.iter().any(|t| context.lexicon.treatments[*t as usize].self_care);
    let named: Vec<&Thing> = all.iter().filter(|t| !t.class_word && !self_care(t)).collect();
    let own = |t: &Thing| {
        let sentence = reading.sentences.iter().position(|s| s.words.contains(&t.words.start));
        sentence.is_some_and(|n| facts.voices.get(n) != Some(&Voice::Recital))
    };
    // "to support the request for physical therapy"
    let requested = named.iter().find(|t| own(t) && is_requested(context, reading, t));
    if let Some(thing) = requested {
        return Some(thing.words.clone());
    }
    // "to warrant imaging", and nothing is named but imaging
    if let Some(words) = alone(context, asked, reading) {
        return Some(words);
    }
    // or it is spoken of again and again, and little else is
    let times = |thing: &Thing| named.iter().filter(|t| related(context, thing, t)).count();
    let most = named.iter().max_by_key(|t| (times(t), std::cmp::Reverse(t.words.start)))?;
    let same = times(most);
    let judged = same >= 2 && same * 3 >= named.len() * 2 && named.iter().any(|t| own(t))
        || same >= 3 && same * 2 >= named.len();
    judged.then(|| most.words.clone())
}

/// The one thing that a rationale names at all, by class words too, if a guideline speaks of it and it is surely another
/// kind of thing than the one asked for.
fn alone(context: &Context<'_>, asked: &Asked<'_>, reading: &Reading) -> Option<Range<usize>> {
    let all = all_things(context, reading);
    let (first, others) = all.split_first()?;
    let apart = |t: &Thing| asked.things.iter().all(|a| apart(context, a, t));
    // "the medications" beside a drug name nothing else; what covers both names neither
    let tells = |t: &&Thing| !t.class_word || related(context, first, t) == apart(t);
    let others: Vec<&Thing> = others.iter().filter(tells).collect();
    let recited = reading.sentences.iter().find(|s| s.words.contains(&first.words.start)).is_some_and(|s| {
        let says = |cue| s.cues.has(cue);
        says(Cue::GuidelineSays) || says(Cue::Recommends)
    });
    // an operation or a visit to a specialist is spoken of as a condition for many things
    let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
    let vague = first.class_word
        && first.treatments.iter().map(kind).any(|k| {
            matches!(
                k,
                TreatmentKind::Surgery | TreatmentKind::Procedure | TreatmentKind::Service | TreatmentKind::Device
            )
        });
    // "corroborated by imaging": the means, and not what is judged
    let means = first.words.start > 0 && reading.word(first.words.start - 1).eq_ignore_ascii_case("by");
    let one = !vague && !means && !others.is_empty() && others.iter().all(|t| related(context, first, t) && apart(t));
    (recited && one && apart(first)).then(|| first.words.clone())
}

/// Whether a thing stands behind a word for the request, with nothing but its place and number between.
fn is_requested(context: &Context<'_>, reading: &Reading, thing: &Thing) -> bool {
    let detail = |w: usize| {
        let inside = |h: &&Hit| h.first as usize <= w && w < h.end as usize;
        let term = |h: &Hit| context.term(h);
        reading.hits.iter().take_while(|h| h.first as usize <= w).filter(inside).any(|h| {
            matches!(term(h), Term::BodyPart(_) | Term::Cue(Cue::RequestDetail | Cue::LeftSide | Cue::RightSide))
                || matches!(term(h), Term::Cue(Cue::BothSides | Cue::AssociatedItem))
        })
    };
    reading.cues(context.lexicon, 0..reading.hits.len(), Cue::ThisRequest).any(|h| {
        let end = h.end as usize;
        end <= thing.words.start
            && thing.words.start - end <= FARTHEST
            && (end..thing.words.start).filter(|w| !detail(*w)).count() <= BEHIND
    })
}

/// So many words may stand there in all: "for the right cervical spine".
const FARTHEST: usize = 5;

/// So many words may stand between "the request" and what is asked for: "for an".
const BEHIND: usize = 2;
