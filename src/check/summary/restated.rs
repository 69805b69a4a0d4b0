//! Numbers that a rationale tells again: the summary gives another one in the same words.
//!
//! "Flexion was 40 degrees" beside "flexion of 60 degrees": a number is the same measure where what it counts and the words
//! around it are the same, and no word that sets two measures apart (a side, a movement, "with medication") stands
//! beside one of them alone.

use super::figures::{Figure, Form, bare, figures, is_sum};
use super::had;
use super::plain::same_place;
use crate::check::Context;
use crate::check::naming::related;
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Gap, Small, Term, Tolerance, as_number, fold, number_word};
use crate::source::Span;
use std::ops::Range;

/// A number told of the patient.
struct Number<'a> {
    form: Form,
    least: f64,
    most: f64,
    words: Range<usize>,
    sentence: &'a Sentence,
    reading: &'a Reading,
    /// The telling word right behind it.
    counts: Option<&'a str>,
    /// Whether "at least" or the like stands before it.
    bound: bool,
}

/// How many telling words before and behind a number are looked at.
const BEFORE: usize = 4;
const BEHIND: usize = 3;
/// How many words before and behind it a word that sets it apart may stand.
const BESIDE: usize = 8;
/// Letters of a word that tells something.
const TELLING: usize = 4;
/// Telling words that must be the same.
const SHARED: usize = 2;
/// Lengths of time nearer than this factor are told roughly, or on different days.
const ROUGHLY: f64 = 1.5;

/// A number of the rationale that the summary gives otherwise.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<((Span, Span), String)> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let mut others = None;
    for n in (0..rationale.sentences.len()).filter(|n| facts.tells(*n)) {
        let sentence = &rationale.sentences[n];
        if NOT_TOLD.iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        for said in numbers(context, rationale, sentence, facts) {
            let others = others.get_or_insert_with(|| of_summary(context, summary));
            let alike: Vec<&(Number<'_>, bool)> = others.iter().filter(|(o, _)| o.form == said.form).collect();
            // the summary tells this number too, or the request is for so many
            if alike.iter().any(|(o, _)| agrees(&said, o)) || is_requested(decision, &said) {
                continue;
            }
            let same: Vec<&Number<'_>> = alike
                .iter()
                .filter(|(o, reviewed)| !reviewed && !is_asked(o) && same_measure(context, &said, o))
                .filter(|(o, _)| !is_product(context, &said, o))
                .map(|(o, _)| o)
                .collect();
            // degrees are measured roughly, and of a joint that the sentence leaves open only one may be told
            let degrees = context.lexicon.tolerances.of(Tolerance::Degrees);
            let near = |o: &&Number<'_>| (o.least - said.least).abs() <= degrees;
            let open = || part_of(context, &said).is_none() && same.len() > 1;
            if movement(context, &said).is_some() && (same.iter().copied().any(|o| near(&o)) || open()) {
                continue;
            }
            let sum: f64 = same.iter().map(|o| o.most).sum();
            // "two injections of the back and one of the neck" are three
            let all = &context.facts.summary;
            let beside = |o: &&Number<'_>| is_sum(said.least, &bare(o.reading, o.sentence, all));
            let visits = |n: &Number<'_>| n.counts.is_some_and(|w| context.lexicon.is_small(w, Small::VisitUnit));
            let counted = || -> Vec<f64> { alike.iter().filter(|(o, _)| visits(o)).map(|(o, _)| o.least).collect() };
            let summed = || visits(&said) && is_sum(said.least, &counted());
            if said.form == Form::Plain && (same.iter().copied().any(|o| beside(&o)) || summed()) {
                continue;
            }
            if let Some(other) = same.first().filter(|_| sum != said.most) {
                let span = |n: &Number<'_>| n.reading.span_of_words(n.words.clone());
                let named = || around(context, &said).first().copied();
                let counted = said.counts.or_else(named).unwrap_or_default().to_string();
                return Some(((span(&said), span(other)), counted));
            }
        }
    }
    None
}

/// Whether a sentence of the summary tells what was asked for: "electrodes for 3 months are requested".
fn is_asked(number: &Number<'_>) -> bool {
    [Cue::ThisRequest, Cue::AsksFor].iter().any(|c| number.sentence.cues.has(*c))
}

/// Whether a number is another times how often that was: "six miles a week" beside "three miles twice a week".
fn is_product(context: &Context<'_>, said: &Number<'_>, other: &Number<'_>) -> bool {
    let (reading, end) = (other.reading, other.sentence.words.end);
    let near = other.words.end..(other.words.end + OFTEN).min(end);
    let times = |w: usize| {
        as_number(reading.word(w)).or_else(|| reading.is_small(w, Small::Twice, context.lexicon).then_some(2.0))
    };
    said.form == Form::Plain && near.filter_map(times).any(|n| n * other.least == said.least)
}

/// So many words behind a number may tell how often it was.
const OFTEN: usize = 4;

/// What is asked for, allowed or held against a rule is no measure of the patient.
const NOT_TOLD: [Cue; 9] = [
    Cue::ThisRequest,
    Cue::AsksFor,
    Cue::OtherRequest,
    Cue::PartialTemplate,
    Cue::GuidelineSays,
    Cue::General,
    Cue::Conditional,
    Cue::UtilizationReview,
    Cue::People,
];

/// All numbers of the summary, and whether the utilization review tells them.
fn of_summary<'a>(context: &Context<'_>, summary: &'a Reading) -> Vec<(Number<'a>, bool)> {
    let facts = &context.facts.summary;
    let all = summary.sentences.iter().enumerate();
    all.flat_map(|(n, s)| {
        numbers(context, summary, s, facts).into_iter().map(move |x| (x, facts.reviewed.contains(&n)))
    })
    .collect()
}

/// The numbers of a sentence but for ages, which are another check's.
fn numbers<'a>(
    context: &Context<'_>,
    reading: &'a Reading,
    sentence: &'a Sentence,
    facts: &PartFacts,
) -> Vec<Number<'a>> {
    let mut found = figures(context.lexicon, reading, sentence, facts);
    let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    found.retain(|f| !cues(Cue::YearsOld).any(|h| (f.words.start..=f.words.end).contains(&(h.first as usize))));
    // "three years ago" is when it was, and not how long
    found.retain(|f| f.form != Form::Time || !reading.is_small(f.words.end, Small::Ago, context.lexicon));
    // "seven months, a splint and two injections later": a length by itself, of nothing behind the comma
    let opens = |f: &Figure| f.words.start == sentence.words.start && reading.is_marked(f.words.end - 1, b',');
    found.retain(|f| f.form != Form::Time || !opens(f));
    let told = |f: Figure| {
        let bound = cues(Cue::AgeBound).any(|h| h.end as usize == f.words.start);
        let Figure { form, least, most, words } = f;
        let mut number = Number { form, least, most, words, sentence, reading, counts: None, bound };
        number.counts = behind(context, &number).first().copied();
        number
    };
    found.into_iter().map(told).collect()
}

/// Whether two numbers of one form may be the same.
fn agrees(said: &Number<'_>, other: &Number<'_>) -> bool {
    let rough = if said.form == Form::Time { ROUGHLY } else { 1.0 };
    if said.least <= other.most * rough && other.least <= said.most * rough {
        return true;
    }
    // "at least 6" beside 8
    said.bound && said.least <= other.most || other.bound && other.least <= said.most && !said.bound
}

/// Whether the request itself is for so many.
fn is_requested(decision: &Decision, said: &Number<'_>) -> bool {
    let Some(request) = &decision.request else { return false };
    let reading = &request.reading;
    let same = |w: usize| as_number(reading.word(w)) == Some(said.least);
    said.form == Form::Plain && (0..reading.words.len()).any(same)
}

/// Whether two numbers measure one thing: the same is counted, in the same words, and nothing sets them apart.
fn same_measure<'a>(context: &Context<'_>, said: &Number<'a>, other: &Number<'a>) -> bool {
    let counted = match (said.counts, other.counts) {
        (Some(a), Some(b)) => same_word(a, b),
        _ => false,
    };
    let sentence = |n: &Number<'a>| (n.reading, n.sentence);
    if let (Some((mine, here)), Some((others, there))) = (movement(context, said), movement(context, other)) {
        let meet = here == there || here.is_empty() || there.is_empty();
        let apart = |n: &Number<'_>| -> Vec<String> {
            let words = set_apart(context, n).into_iter();
            let told =
                |w: &String| [Small::Movement, Small::MovementKind].iter().any(|s| context.lexicon.is_small(w, *s));
            words.filter(|w| !told(w) && !context.lexicon.is_small(w, Small::Side)).collect()
        };
        let alike = mine == others && meet && apart(said) == apart(other);
        return alike && same_place(context, sentence(said), sentence(other));
    }
    if !counted && said.form == Form::Plain {
        return false;
    }
    // visits of one treatment are no measure of those of another
    let thing = |n: &Number<'_>| had::counted(context, n.reading, &n.words, n.sentence);
    if said.form == Form::Plain
        && let (Some(mine), Some(others)) = (thing(said), thing(other))
        && !related(context, &mine, &others)
    {
        return false;
    }
    let theirs = around(context, other);
    let mut shared: Vec<&str> = Vec::new();
    for word in around(context, said) {
        if theirs.iter().any(|t| same_word(word, t)) && !shared.iter().any(|s| same_word(word, s)) {
            shared.push(word);
        }
    }
    shared.len() >= SHARED
        && set_apart(context, said) == set_apart(context, other)
        && same_place(context, sentence(said), sentence(other))
}

/// The movement that a number of degrees is of, with the word before it, and its sides: the last one named before the number,
/// else the one behind "degrees of".
fn movement(context: &Context<'_>, number: &Number<'_>) -> Option<(String, Vec<String>)> {
    let (reading, words) = (number.reading, &number.sentence.words);
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let figure = |w: usize| reading.word(w).starts_with(|c: char| c.is_ascii_digit());
    let mut end = number.words.end;
    let sign = reading.text()[reading.words[end - 1].end as usize..].starts_with('\u{b0}');
    let counted = end < words.end && is(end, Small::Degrees);
    if !sign && !counted {
        return None;
    }
    end += usize::from(!sign);
    let from = number.words.start.saturating_sub(MOVED).max(words.start);
    let before: Vec<usize> = (from..number.words.start).rev().take_while(|w| !figure(*w)).collect();
    let behind: Vec<usize> = (end..(end + MOVED).min(words.end)).take_while(|w| !figure(*w)).collect();
    let moves = |w: &&usize| is(**w, Small::Movement);
    let of = behind.first().is_some_and(|w| is(*w, Small::Of));
    let next = if of { behind.iter().take(3).find(moves) } else { None };
    let at = *next.or_else(|| before.iter().find(moves)).or_else(|| behind.iter().take(1).find(moves))?;
    let kind = if at > words.start && is(at - 1, Small::MovementKind) { at - 1 } else { at };
    let near = if at >= end { &behind } else { &before };
    let mut sides: Vec<String> = near.iter().filter(|w| is(**w, Small::Side)).map(|w| fold(reading.word(*w))).collect();
    sides.sort();
    Some((fold(reading.slice(kind..at + 1)), sides))
}

/// So many words before its degrees a movement may be named.
const MOVED: usize = 8;

/// A part of the body named in a number's sentence.
fn part_of(context: &Context<'_>, number: &Number<'_>) -> Option<Term> {
    let hits = &number.reading.hits[number.sentence.hits.clone()];
    hits.iter().map(|h| context.term(h)).find(|t| matches!(t, Term::BodyPart(_)))
}

/// The telling words around a number, in its own clause.
fn around<'a>(context: &Context<'_>, number: &Number<'a>) -> Vec<&'a str> {
    let reading = number.reading;
    let mut found = behind(context, number);
    let mut taken = 0;
    for word in (number.sentence.words.start..number.words.start).rev() {
        if opens_clause(context, reading, word + 1) || taken == BEFORE {
            break;
        }
        if tells(context, number, word) {
            found.push(reading.word(word));
            taken += 1;
        }
    }
    found
}

/// The telling words behind a number, in its own clause.
fn behind<'a>(context: &Context<'_>, number: &Number<'a>) -> Vec<&'a str> {
    let (reading, end) = (number.reading, number.sentence.words.end);
    let all = (number.words.end..end).take_while(|w| !opens_clause(context, reading, *w));
    all.filter(|w| tells(context, number, *w)).take(BEHIND).map(|w| reading.word(w)).collect()
}

/// Whether a clause begins at a word: behind a mark, or behind a comma with "and" or "but".
fn opens_clause(context: &Context<'_>, reading: &Reading, word: usize) -> bool {
    reading.words[word].gap == Gap::Hard
        || reading.is_small(word, Small::JoinsClause, context.lexicon) && reading.is_marked(word - 1, b',')
}

/// Whether a word tells what is measured.
fn tells(context: &Context<'_>, number: &Number<'_>, word: usize) -> bool {
    let slice = number.reading.word(word);
    let plain =
        slice.len() >= TELLING && !slice.as_bytes()[0].is_ascii_digit() && number_word(slice.as_bytes()).is_none();
    let vague = || {
        let mut cues = number.reading.cues(context.lexicon, number.sentence.hits.clone(), Cue::VagueWord);
        cues.any(|h| (h.first as usize..h.end as usize).contains(&word))
    };
    plain && !vague()
}

fn same_word(one: &str, two: &str) -> bool {
    one.trim_end_matches(['s', 'S']).eq_ignore_ascii_case(two.trim_end_matches(['s', 'S']))
}

/// The words beside a number that set it apart from another of its kind, in order and once each.
fn set_apart(context: &Context<'_>, number: &Number<'_>) -> Vec<String> {
    let reading = number.reading;
    let beside = number.words.start.saturating_sub(BESIDE)..number.words.end + BESIDE;
    let mut found: Vec<String> = [Cue::SetsApart, Cue::LeftSide, Cue::RightSide, Cue::BothSides]
        .into_iter()
        .flat_map(|cue| reading.cues(context.lexicon, number.sentence.hits.clone(), cue))
        .filter(|h| beside.contains(&(h.first as usize)))
        .map(|h| fold(reading.slice(h.first as usize..h.end as usize)))
        .collect();
    found.sort();
    found.dedup();
    found
}
