//! Treatment that the patient has had or has not had, as the rationale tells it, against the summary.

use super::contradiction::finding;
use super::had::visits_had;
use super::plain::{NO_FACT, is_rule_word};
use super::receipt::{Place, Receipt, clause, is_denial_near, is_unhad, receipt};
use super::studied::dated;
use crate::check::criterion::beside::tells_beside;
use crate::check::naming::{Thing, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Small, Term, TreatmentKind};
use std::ops::Range;

/// A treatment of which a part of the letter tells whether it was had.
struct Received<'a> {
    thing: Thing,
    /// The sentence that tells it.
    sentence: &'a Sentence,
    had: bool,
    /// Whether it was given up.
    past: bool,
    /// The words that tell it, with the treatment.
    words: Range<usize>,
    /// Where it was had.
    place: Place,
    /// How it is told.
    by: By,
}

/// How it is told that a treatment was had or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// By words for just that.
    Words,
    /// By a verb of its clause and what denies that.
    Clause,
    /// The records are said not to tell it.
    Missing,
}

/// How many words may stand between "has not had" and the treatment.
const BESIDE: usize = 4;
/// How many words may stand between a study and what it told: "of the lumbar spine dated 3/4/2016".
const TOLD: usize = 12;

/// A treatment that the rationale says was not had while the summary tells that it was, or the reverse.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let said = received(context, rationale, facts);
    if said.is_empty() {
        return None;
    }
    let told = received(context, summary, &context.facts.summary);
    let counted = visits_had(context, summary, &context.facts.summary);
    for one in &said {
        // "no conservative care" beside therapy, but not "no therapy" beside conservative care
        let (one_place, denied) = (&one.place, !one.had);
        let bears = |o: &&Received| {
            if denied { falls_under(context, &o.thing, &one.thing) } else { falls_under(context, &one.thing, &o.thing) }
        };
        let same = |o: &&Received| related(context, &o.thing, &one.thing);
        // said both ways, but once outright: "was never treated with"
        let word = |reading: &Reading, w: usize| reading.is_small(w, Small::Outright, context.lexicon);
        let is_outright = |r: &Received, reading: &Reading| !r.had && r.words.clone().any(|w| word(reading, w));
        let outright = is_outright(one, rationale);
        let mixed = said.iter().filter(same).any(|o| o.had != one.had);
        if mixed && !outright || told.iter().filter(same).any(|o| o.had == one.had) {
            continue;
        }
        // "none to the neck" beside "six visits to the low back"
        let place = parts_behind(context, rationale, &one.thing);
        let here = |thing: &Thing| {
            let other = parts_behind(context, summary, thing);
            related(context, thing, &one.thing)
                && (place.is_empty() || other.is_empty() || place.iter().any(|p| other.contains(p)))
        };
        // what was given up was had all the same, and is denied only for all time
        let ever = |o: &Received| (outright || !o.past) && (!one.past || is_outright(o, summary));
        let beside = |o: &Received| tells_beside(context, decision, summary, &o.words);
        let there =
            |o: &&Received| bears(o) && ever(o) && here(&o.thing) && one_place.meets(context, &o.place) && !beside(o);
        let mut visits = counted.iter().filter(|h| h.thing.as_ref().is_some_and(here));
        let (other, sure) = match (visits.next(), told.iter().find(there)) {
            (Some(_), _) if one.had => continue,
            (Some(had), _) => (had.span, true),
            (None, Some(other)) => (summary.span_of_words(other.words.clone()), false),
            (None, None) => continue,
        };
        let mut found =
            finding(context, "observation", "treatment had", rationale.span_of_words(one.words.clone()), other);
        // a drug may be stopped and begun between two visits; of another part of the body, or since a day, both may be so
        let drug = !one.thing.drugs.is_empty() || one.thing.treatments.iter().any(|t| is_drug(context, *t));
        let operated = one.had && is_surgery(context, &one.thing);
        let plain = || {
            let told = told.iter().find(there)?;
            // nothing behind the denial that narrows it: "in the past six months", "for the shoulder"
            let (denial, reading) = if one.had { (told, summary) } else { (one, rationale) };
            let timed = !operated && is_timed(context, reading, denial);
            let whole = |reading: &Reading, s: &Sentence| Place::of(context, reading, s, &s.words);
            let placed = whole(rationale, one.sentence).meets(context, &whole(summary, told.sentence));
            Some(is_bare(context, reading, denial) && !timed && placed)
        };
        let plain = sure || plain() == Some(true);
        // "no surgery for this injury" says nothing of one before
        if !plain && one.had && is_surgery(context, &one.thing) {
            continue;
        }
        let by_words = one.by == By::Words && (sure || told.iter().find(there).is_some_and(|o| o.by == By::Words));
        let by_clause = one.by != By::Missing && (sure || told.iter().find(there).is_some_and(|o| o.by != By::Missing));
        let forever = outright || told.iter().find(there).is_some_and(|o| is_outright(o, summary));
        let firm = !mixed && (by_words || by_clause && (plain || forever));
        let drug = drug && !forever;
        if !firm || !sure && (drug || !plain) {
            found.lowered = Some(Severity::Info);
        }
        if one.by == By::Missing {
            found.case = "undocumented";
        }
        return Some(found);
    }
    None
}

/// Whether nothing but places and small words stand between what is denied and the end of its clause.
fn is_bare(context: &Context<'_>, reading: &Reading, denial: &Received<'_>) -> bool {
    let sentence = denial.sentence;
    let clause = clause(context, reading, sentence, denial.words.clone());
    let hits = &reading.hits[sentence.hits.clone()];
    let named = |w: usize| {
        let place = |h: &Hit| match context.term(h) {
            Term::BodyPart(_) => true,
            Term::Cue(cue) => OF_PLACE.contains(&cue),
            _ => false,
        };
        hits.iter().any(|h| (h.first as usize..h.end as usize).contains(&w) && place(h))
    };
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let small = |w: usize| is(w, Small::OfStudy) || is(w, Small::ToDate) || is(w, Small::Determines);
    let end = (denial.words.end..clause.end).find(|w| reading.is_marked(w - 1, b',') || is(*w, Small::Joins));
    (denial.words.end..end.unwrap_or(clause.end)).all(|w| small(w) || named(w))
}

/// Words of these narrow no denial: they tell where or of whom it is, which is compared by itself, or that it is of all time.
const OF_PLACE: [Cue; 8] = [
    Cue::LeftSide,
    Cue::RightSide,
    Cue::BothSides,
    Cue::Person,
    Cue::Claimant,
    Cue::Completed,
    Cue::SinceInjury,
    Cue::AfterInjury,
];

/// Whether a denial is of some time only, and not of all since the injury.
fn is_timed(context: &Context<'_>, reading: &Reading, denial: &Received<'_>) -> bool {
    let sentence = denial.sentence;
    let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    let injury = |h: &Hit| [Cue::SinceInjury, Cue::AfterInjury].into_iter().flat_map(cues).any(|i| i.first == h.first);
    cues(Cue::Since).any(|h| !injury(h))
}

/// Whether what was had is what is denied, or some kind of it.
fn falls_under(context: &Context<'_>, had: &Thing, denied: &Thing) -> bool {
    let lexicon = context.lexicon;
    if !had.drugs.is_empty() && !denied.drugs.is_empty() {
        return had.drugs.iter().any(|x| denied.drugs.iter().any(|y| lexicon.same_drug(*x, *y)));
    }
    // a drug is denied by its name, and its class is not
    let class = denied.drugs.is_empty();
    class && had.treatments.iter().any(|x| denied.treatments.iter().any(|y| lexicon.is_a(*x, *y)))
}

/// The parts of the body named right behind a treatment: "physical therapy to the lumbar spine".
fn parts_behind(context: &Context<'_>, reading: &Reading, thing: &Thing) -> Vec<u16> {
    let behind = (thing.words.end..reading.words.len()).take_while(|w| reading.words[*w].gap != Gap::Hard).count();
    let near = thing.words.end..thing.words.end + behind.min(PLACE);
    let comma = near.clone().find(|w| reading.text()[..reading.words[*w].start as usize].trim_end().ends_with(','));
    let near = near.start..comma.unwrap_or(near.end);
    let hits = reading.hits.iter().skip_while(|h| (h.first as usize) < near.start);
    context.body_parts(hits.take_while(|h| (h.first as usize) < near.end)).collect()
}

/// So many words behind a treatment may tell where it was had: "to the right".
const PLACE: usize = 5;

/// Whether all that a treatment may be is an operation.
pub fn is_surgery(context: &Context<'_>, thing: &Thing) -> bool {
    let surgery = |t: &u16| context.lexicon.treatments[*t as usize].kind == TreatmentKind::Surgery;
    !thing.treatments.is_empty() && thing.treatments.iter().all(surgery)
}

fn is_drug(context: &Context<'_>, treatment: u16) -> bool {
    let kind = context.lexicon.treatments[treatment as usize].kind;
    matches!(kind, TreatmentKind::Drug | TreatmentKind::DrugClass)
}

/// One of these stands in each sentence that tells whether a treatment was had.
const TELLS: [Cue; 9] = [
    Cue::NotHad,
    Cue::HadAfter,
    Cue::WasHad,
    Cue::HadList,
    Cue::StudyTells,
    Cue::TestNegative,
    Cue::FacultyWhole,
    Cue::TestPositive,
    Cue::HadSurgery,
];

/// The treatments that a part of the letter says were had or not had.
fn received<'a>(context: &Context<'_>, reading: &'a Reading, facts: &PartFacts) -> Vec<Received<'a>> {
    let lexicon = context.lexicon;
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        // "can" and the like count in the clause alone
        if !facts.tells(n) || NO_FACT.iter().any(|c| *c != Cue::General && sentence.cues.has(*c)) {
            continue;
        }
        let all = things(context, reading, sentence.words.clone());
        let tells = TELLS.iter().any(|c| sentence.cues.has(*c));
        let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
        // nothing but small words between the two, and no end of a clause
        let beside = |from: usize, to: usize, most: usize| {
            from <= to
                && to - from <= most
                && (from..=to).all(|w| w == from && w == to || reading.words[w].gap != Gap::Hard)
        };
        for thing in &all {
            let place =
                || Place::of(context, reading, sentence, &clause(context, reading, sentence, thing.words.clone()));
            if !tells && !is_general(context, reading, sentence, thing) {
                found.extend(by_clause(context, reading, sentence, thing));
            }
            if !tells {
                continue;
            }
            // "non-opioid drugs"
            if is_other(context, reading, thing) || is_general(context, reading, sentence, thing) {
                continue;
            }
            let itself = meaning(reading, context.lexicon, thing.words.clone());
            // "no therapy was given", "therapy has not been given"
            let is_denied =
                |words: Range<usize>| meaning(reading, context.lexicon, words).polarity == Polarity::Negated;
            let not = || itself.polarity == Polarity::Negated && is_denial_near(context, reading, &itself, thing);
            let denied = cues(Cue::NotHad)
                .find(|h| beside(h.end as usize, thing.words.start, BESIDE) && !is_narrowed(context, reading, thing))
                // "has not had acupuncture, has reduced ibuprofen"
                .filter(|h| !(h.end as usize..thing.words.start).any(|w| is_verb(context, reading, w)))
                // "does not have it, as the x-rays were normal"
                .filter(|h| !cues(Cue::Subordinate).any(|s| h.end <= s.first && s.first < thing.words.start as u32))
                .or_else(|| {
                    cues(Cue::HadAfter)
                        .find(|h| {
                            // "responded to therapy, and an injection has not been tried"
                            let next = |t: &Thing| (thing.words.end..h.first as usize).contains(&t.words.start);
                            let parted = reading.is_marked(thing.words.end - 1, b',') && all.iter().any(next);
                            !parted
                                && beside(thing.words.end, h.first as usize, 4)
                                && (not() || is_denied(h.end as usize - 1..h.end as usize))
                        })
                        .filter(|_| !is_narrowed(context, reading, thing))
                });
            if let Some(cue) = denied.filter(|_| itself.documentation == Documentation::Said) {
                let from = itself.cue.as_ref().map_or(thing.words.start, |c| c.start.max(sentence.words.start));
                let words = thing.words.start.min(cue.first as usize).min(from)..thing.words.end.max(cue.end as usize);
                found.push(Received {
                    thing: thing.clone(),
                    sentence,
                    had: false,
                    past: false,
                    words,
                    place: place(),
                    by: By::Words,
                });
                continue;
            }
            let of_kind = |kinds: &[TreatmentKind]| {
                let of = |t: &u16| kinds.contains(&lexicon.treatments[*t as usize].kind);
                !thing.treatments.is_empty() && thing.treatments.iter().all(of)
            };
            let study = of_kind(&[TreatmentKind::Imaging, TreatmentKind::Test]);
            let next = all.iter().map(|t| t.words.start).find(|w| *w >= thing.words.end).unwrap_or(usize::MAX);
            // "x-rays of the knee dated 3/4/2016 revealed", "were normal": they were taken
            let told = |h: &&Hit| {
                let first = h.first as usize;
                first < next && beside(thing.words.end, first, TOLD)
            };
            // "the plan of care included"
            let planned = |h: &Hit| {
                let near = (h.first as usize).saturating_sub(NARROWED).max(sentence.words.start);
                (near..h.end as usize).any(|w| reading.is_small(w, Small::Unhad, lexicon))
            };
            let results = [Cue::StudyTells, Cue::TestNegative, Cue::FacultyWhole, Cue::TestPositive];
            let had = cues(Cue::WasHad)
                .find(|h| beside(h.end as usize, thing.words.start, BESIDE))
                .or_else(|| cues(Cue::HadList).find(|h| h.end as usize <= thing.words.start && !planned(h)))
                .or_else(|| results.into_iter().filter(|_| study).flat_map(cues).find(told))
                // "status post lumbar laminectomy", "had shoulder surgery"
                .or_else(|| {
                    let surgery = of_kind(&[TreatmentKind::Surgery]);
                    cues(Cue::HadSurgery).find(|h| surgery && beside(h.end as usize, thing.words.start, BESIDE))
                });
            // a limit is no tale
            let Some(cue) = had.filter(|_| !sentence.cues.has(Cue::AtMost)) else {
                found.extend(by_clause(context, reading, sentence, thing));
                continue;
            };
            if (itself.polarity, itself.documentation) != (Polarity::Affirmed, Documentation::Said) {
                found.extend(by_clause(context, reading, sentence, thing));
            } else {
                let words = thing.words.start.min(cue.first as usize)..thing.words.end.max(cue.end as usize);
                found.push(Received {
                    thing: thing.clone(),
                    sentence,
                    had: true,
                    past: false,
                    words,
                    place: place(),
                    by: By::Words,
                });
            }
        }
    }
    for study in dated(context, reading, facts) {
        let Some(n) = reading.sentence_at(reading.words[study.thing.words.start].start as usize) else { continue };
        let (thing, sentence) = (study.thing, &reading.sentences[n]);
        let meant = meaning(reading, context.lexicon, thing.words.clone());
        let known = found.iter().any(|o| o.thing.words == thing.words);
        if known || meant.polarity != Polarity::Affirmed || is_unhad(context, reading, sentence, &thing) {
            continue;
        }
        let place = Place::of(context, reading, sentence, &clause(context, reading, sentence, thing.words.clone()));
        let words = thing.words.clone();
        found.push(Received { thing, sentence, had: true, past: false, words, place, by: By::Clause });
    }
    found
}

/// What the clause around a treatment tells of its being had.
fn by_clause<'a>(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &'a Sentence,
    thing: &Thing,
) -> Option<Received<'a>> {
    let (told, words) = receipt(context, reading, sentence, thing)?;
    let place = Place::of(context, reading, sentence, &clause(context, reading, sentence, thing.words.clone()));
    let by = if told == Receipt::Untold { By::Missing } else { By::Clause };
    let (had, past) = (matches!(told, Receipt::Had | Receipt::Stopped), told == Receipt::Stopped);
    Some(Received { thing: thing.clone(), sentence, had, past, words, place, by })
}

/// Whether words in general ("may", "most") stand in the clause of a treatment.
fn is_general(context: &Context<'_>, reading: &Reading, sentence: &Sentence, thing: &Thing) -> bool {
    if !sentence.cues.has(Cue::General) {
        return false;
    }
    let clause = clause(context, reading, sentence, thing.words.clone());
    let of_list = |h: &Hit| {
        reading.cues(context.lexicon, sentence.hits.clone(), Cue::HadList).any(|l| l.first <= h.first && h.end <= l.end)
    };
    let mut general = reading.cues(context.lexicon, sentence.hits.clone(), Cue::General);
    // "since he had therapy, he should know the exercises"
    let parted = |h: &Hit| (thing.words.end..=h.first as usize).any(|w| reading.is_marked(w - 1, b','));
    general
        .any(|h| is_rule_word(context, reading, h) && clause.contains(&(h.first as usize)) && !of_list(h) && !parted(h))
}

/// So many words may stand between a treatment and what narrows it.
const NARROWED: usize = 3;

/// Whether a word before a treatment makes it another one.
fn is_other(context: &Context<'_>, reading: &Reading, thing: &Thing) -> bool {
    let before = thing.words.start.checked_sub(1);
    before.is_some_and(|w| reading.is_small(w, Small::Non, context.lexicon))
}

/// Whether a word is a verb that opens something else.
fn is_verb(context: &Context<'_>, reading: &Reading, word: usize) -> bool {
    reading.is_small(word, Small::Helps, context.lexicon)
}

/// Whether it is only more of a treatment, or some form of it, that was not had: "no further therapy".
fn is_narrowed(context: &Context<'_>, reading: &Reading, thing: &Thing) -> bool {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    // "neither films nor any other imaging" means all
    let narrows = |w: usize| is(w, Small::Narrows) && !(w > 0 && is(w - 1, Small::Any));
    // "further course of therapy"
    let leads = |w: &usize| is(*w, Small::TrialOf) || is(*w, Small::Determines);
    let lead = (0..thing.words.start).rev().take(NARROWED).take_while(leads).last().unwrap_or(thing.words.start);
    lead.checked_sub(1).is_some_and(narrows) || (lead..thing.words.end).any(narrows)
}
