//! Whether what a letter states is said outright, and whether two statements are of the same.

use crate::check::Context;
use crate::check::naming::{related, things};
use crate::fact::{Documentation, Polarity, Stated, Told};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Hit, Small, Subject, Term, fold};
use crate::source::Span;
use std::ops::Range;

/// Whether a statement is made in its own words, and not by words for the contrary; in a sentence that is no general rule.
pub fn is_plain(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let sentence = &reading.sentences[stated.sentence];
    let hits = &reading.hits[sentence.hits.clone()];
    // "there is no evidence of" is what a guideline says too: of the statement itself it is the denial
    let apart = |place: Span| !stated.span.contains(place) && (!is_told(stated) || place.end <= stated.span.start);
    let style = |h: &&Hit| context.is(h, Cue::GuidelineStyle) && apart(reading.span_of_hit(h));
    if is_general(context, reading, stated) || hits.iter().any(|h| style(&h)) {
        return false;
    }
    let at = |h: &Hit| h.first as usize == stated.words.start && h.end as usize == stated.words.end;
    let one_matter = match stated.told {
        Told::Statement(n) => context.lexicon.statements[n as usize].speaks_of != Subject::Finding,
        Told::List(_) => true,
    };
    let own = one_matter || hits.iter().any(|h| at(h) && matches!(context.term(h), Term::Statement(_)));
    // "absent reflexes and loss of sensation": far from its cue a denial may have ended
    let before = (0..stated.words.start).rev();
    let cue = before.take_while(|w| reading.span_of_words(*w..w + 1).start >= stated.span.start).count();
    own && !is_listed_under_denial(context, reading, stated)
        && !(stated.documentation == Documentation::Said && cue > REACH && is_listed(context, reading, stated))
        && stated.polarity != Polarity::Doubtful
        && (stated.documentation == Documentation::Said || is_near(reading, stated))
}

/// The observations whose words a statement shares: tests, signs and complaints by name.
pub fn observations(context: &Context<'_>, reading: &Reading, stated: &Stated) -> Vec<u16> {
    let within = |h: &Hit| (h.first as usize) < stated.words.end && stated.words.start < h.end as usize;
    let hits = reading.hits[reading.sentences[stated.sentence].hits.clone()].iter().filter(|h| within(h));
    let observed = |h: &Hit| match context.term(h) {
        Term::Observation(n) | Term::Shown(n) | Term::Clear(n) => Some(n),
        _ => None,
    };
    hits.filter_map(observed).collect()
}

/// Whether words that deny run into an affirmed statement: "has never been seen by a psychologist".
pub fn is_denied_before(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let hits = reading.sentences[stated.sentence].hits.clone();
    let runs_in = |h: &Hit| h.first as usize <= stated.words.start && stated.words.start < h.end as usize + 1;
    let own = |h: &Hit| h.first as usize == stated.words.start;
    stated.polarity == Polarity::Affirmed
        && [Cue::Negation, Cue::NegationAfter]
            .into_iter()
            .any(|c| reading.cues(context.lexicon, hits.clone(), c).any(|h| runs_in(h) && !own(h)))
}

/// Whether two statements may be of one drug: the first names none behind it, or the last that is named before the second is the
/// same. "No upset with naproxen" says nothing of "ibuprofen, which was stopped for stomach upset".
pub fn of_one_drug(context: &Context<'_>, said: (&Reading, &Stated), told: (&Reading, &Stated)) -> bool {
    let (reading, stated) = said;
    let behind = stated.words.end..(stated.words.end + WITH).min(reading.sentences[stated.sentence].words.end);
    let mine: Vec<_> = things(context, reading, behind).into_iter().filter(|t| !t.drugs.is_empty()).collect();
    if mine.is_empty() {
        return true;
    }
    let (summary, other) = told;
    let before = summary.sentences[other.sentence].words.start..other.words.start;
    let theirs = things(context, summary, before).into_iter().rfind(|t| !t.drugs.is_empty());
    theirs.is_none_or(|t| mine.iter().any(|m| related(context, m, &t)))
}

/// So many words behind a statement may name the drug that it is of: "with naproxen".
const WITH: usize = 4;

/// Whether a sign stands behind a word that denies, with no verb between: "denies fevers, chills, night sweats and weight loss".
/// How far such a list reaches is not always told by its marks.
fn is_listed_under_denial(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let hits = &reading.hits[reading.sentences[stated.sentence].hits.clone()];
    let before = |h: &&Hit| h.end as usize <= stated.words.start;
    // "ten visits without gain, and an injection that failed": the first sign holds its own "without"
    let own = |h: &Hit| {
        let holds = |o: &Hit| {
            o.first < h.first && h.end <= o.end && matches!(context.term(o), Term::List(_) | Term::Spanning(_))
        };
        // any list tells a phrase of its own, asked for or not
        let aside = reading.aside(&reading.sentences[stated.sentence].words);
        let covers = |p: &Range<u32>| p.start < h.first && h.end <= p.end && p.end as usize <= stated.words.start;
        hits.iter().filter(before).any(holds) || aside.iter().any(covers)
    };
    let denial = hits.iter().filter(before).rfind(|h| context.is(h, Cue::Negation) && !own(h));
    let ends = [Cue::Verb, Cue::Subject, Cue::ScopeEnd];
    let ended =
        |from: u32| hits.iter().filter(before).any(|h| h.first >= from && ends.iter().any(|c| context.is(h, *c)));
    matches!(stated.told, Told::List(_)) && denial.is_some_and(|d| !ended(d.end))
}

/// Words that tell that a sentence, or a part of it, is a rule, a supposition or another's view, and no fact of the patient.
pub const NO_FACT: [Cue; 6] =
    [Cue::GuidelineSays, Cue::People, Cue::Conditional, Cue::Supposition, Cue::General, Cue::UtilizationReview];

/// Whether a sentence is a rule, a supposition or another's view. "Can", "some" and the like make no rule of what the reviewer
/// tells of the case.
pub fn is_no_fact(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    NO_FACT.iter().any(|cue| match cue {
        Cue::General => {
            reading.cues(context.lexicon, sentence.hits.clone(), *cue).any(|h| is_rule_word(context, reading, h))
        }
        _ => sentence.cues.has(*cue),
    })
}

/// Whether general words make a rule of what they stand in: "should", "high success rate", but not "can".
pub fn is_rule_word(context: &Context<'_>, reading: &Reading, hit: &Hit) -> bool {
    let words = hit.first as usize..hit.end as usize;
    words.len() > 1 || context.lexicon.is_small(reading.slice(words), Small::Rules)
}

/// Words that tell that what is stated is asked for, or lasts, and is no finding.
const NO_FINDING: [Cue; 2] = [Cue::AsksFor, Cue::ComplaintOver];

/// Whether it is said to be missing, or a sign: both tell of this patient.
fn is_told(stated: &Stated) -> bool {
    stated.documentation == Documentation::Missing || matches!(stated.told, Told::List(_))
}

/// Whether a statement may be a general rule, a supposition or something asked for, by what stands in its sentence. What is said
/// to be missing, and a sign, are held only against words between their cue and themselves: "no documentation of red flags that
/// would indicate the need for imaging" tells of this patient.
fn is_general(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let sentence = &reading.sentences[stated.sentence];
    if !is_told(stated) {
        return NO_FACT.iter().chain(&NO_FINDING).any(|c| sentence.cues.has(*c));
    }
    let hits = &reading.hits[sentence.hits.clone()];
    let target = reading.span_of_words(stated.words.clone());
    let turn = hits.iter().rfind(|h| context.is(h, Cue::CaseTurn) && reading.span_of_hit(h).end <= stated.span.start);
    let says = |h: &Hit| {
        let place = reading.span_of_hit(h);
        let between = stated.span.start <= place.start && place.end <= target.start;
        let aside = place.end <= stated.span.start && turn.is_none_or(|t| h.first >= t.end);
        context.is(h, Cue::UtilizationReview)
            || aside && [Cue::GuidelineSays, Cue::People].iter().any(|c| context.is(h, *c))
            || between && [Cue::Conditional, Cue::AsksFor].iter().any(|c| context.is(h, *c))
    };
    hits.iter().any(says)
}

/// Whether something else is listed between the word that denies and what it denies.
fn is_listed(context: &Context<'_>, reading: &Reading, stated: &Stated) -> bool {
    let end = reading.span_of_words(stated.words.start..stated.words.start + 1).start;
    let between =
        (0..stated.words.start).rev().take_while(|w| reading.span_of_words(*w..w + 1).start >= stated.span.start);
    let joins = |w: usize| reading.is_small(w, Small::Lists, context.lexicon);
    let listed = |w: usize| joins(w) || reading.is_marked(w, b',');
    end > stated.span.start && between.into_iter().any(listed)
}

/// Whether the words that say that something is missing stand before it or right after it: far after it they may be about
/// something else.
fn is_near(reading: &Reading, stated: &Stated) -> bool {
    stated.span.end <= reading.span_of_words(stated.words.clone()).end + NEAR
}

/// Words before a thing that deny it: "no evidence of".
const REACH: usize = 3;

/// Bytes between a thing and the end of what is said of it: "was not documented".
const NEAR: u32 = 25;

/// Whether half of the longer words of two statements are the same.
pub fn same_words(context: &Context<'_>, one: (&Reading, &Stated), two: (&Reading, &Stated)) -> bool {
    let words = |(reading, stated): (&Reading, &Stated)| -> Vec<String> {
        let named = things(context, reading, stated.words.clone());
        // "treatment" may be any
        let class = |w: &usize| named.iter().any(|t| t.class_word && t.words.contains(w));
        let hits = &reading.hits[reading.sentences[stated.sentence].hits.clone()];
        let told = |w: &usize| hits.iter().any(|h| h.first as usize == *w && context.is(h, Cue::VagueWord));
        let vague = |w: &usize| class(w) || told(w);
        let all = stated.words.clone().filter(|w| !vague(w)).map(|w| fold(reading.word(w)));
        all.map(|w| w.trim_end_matches('s').to_string()).filter(|w| w.len() >= TELLING).collect()
    };
    let (mine, others) = (words(one), words(two));
    let shared = mine.iter().filter(|w| others.contains(w)).count();
    shared > 0 && 2 * shared >= mine.len().min(others.len())
}

/// Words shorter than this tell too little.
const TELLING: usize = 5;

/// Whether two sentences may be about one part of the body: neither names another than the other.
pub fn same_place(context: &Context<'_>, one: (&Reading, &Sentence), two: (&Reading, &Sentence)) -> bool {
    let parts = |(reading, sentence): (&Reading, &Sentence)| -> Vec<u16> {
        context.body_parts(&reading.hits[sentence.hits.clone()]).collect()
    };
    let (mine, others) = (parts(one), parts(two));
    mine.is_empty() || others.is_empty() || mine.iter().any(|p| others.contains(p))
}
