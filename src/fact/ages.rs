//! The patient's age, in the ways that letters tell it.

use super::marks::Marks;
use super::patient::{Patient, is_of_other};
use crate::lexicon::{Cue, Small, number_word};
use crate::source::Span;
use std::ops::{Range, RangeInclusive};

/// Years that a worker may have lived.
const LIVED: RangeInclusive<u32> = 14..=110;

/// How many words behind an age may name the person: "right-handed male".
const NOUN: usize = 6;

/// Reads the ages of a sentence.
pub(super) fn ages(marks: Marks, patient: &mut Patient) {
    let sentence = &marks.sentence.words;
    for old in marks.cue(Cue::YearsOld) {
        let Some(before) = old.start.checked_sub(1).filter(|w| *w >= sentence.start) else { continue };
        // a "12-year-old fracture" or "5-year-old son" is nobody's age here
        let after = old.end..(old.end + 2).min(sentence.end);
        let beside = |cue| marks.cue(cue).any(|h| after.contains(&h.start));
        // "the applicant is a 42-year-old driver", "a 33-year-old female teacher": what the patient does
        let own =
            beside(Cue::Male) || beside(Cue::Female) || marks.cue(Cue::Person).any(|p| is_a(marks, p.end..before));
        let Some((age, first)) = number_before(marks, before) else { continue };
        let somebody = beside(Cue::Relative) || beside(Cue::OtherPerson) && !own || is_of_other(marks, first);
        if LIVED.contains(&age) && !somebody && !is_thing(marks, first, &old) {
            patient.ages.push((age, marks.reading.span_of_words(first..old.end)));
        }
    }
    years_of(marks, patient);
    told_ages(marks, patient);
    said_ages(marks, patient);
}

/// Whether an age with an article is that of a thing: "a 20 year old fracture".
fn is_thing(marks: Marks, first: usize, old: &Range<usize>) -> bool {
    let sentence = &marks.sentence.words;
    let article = first.checked_sub(1).filter(|w| *w >= sentence.start && marks.is_small(*w..first, Small::Article));
    let Some(article) = article else { return false };
    let behind = old.end..(old.end + NOUN).min(sentence.end);
    let person = [Cue::Male, Cue::Female, Cue::Person, Cue::OtherPerson].into_iter();
    let named = person.flat_map(|c| marks.cue(c)).any(|h| behind.contains(&h.start));
    let told = article.checked_sub(1).is_some_and(|w| w >= sentence.start && marks.is_small(w..article, Small::IsOne));
    let had = marks.cue(Cue::Person).any(|p| p.end < article && article - p.end <= 2) && !told;
    had && !named
}

/// An age that somebody is said to be, with no word for years, or to be past: "the patient is 33", "turned 66", "at age 68, he",
/// "is over 65".
fn said_ages(marks: Marks, patient: &mut Patient) {
    let end = marks.sentence.words.end;
    let number = |w: usize| {
        let text = if w < end { marks.reading.word(w) } else { "" };
        text.parse::<u32>().ok().filter(|n| text.len() == 2 && LIVED.contains(n))
    };
    // nothing that could be counted follows
    let closes = |w: usize| w >= end || marks.comma_before(w) || marks.is(w, Small::Lists);
    for other in [Cue::Relative, Cue::OtherPerson].into_iter().flat_map(|c| marks.cue(c)) {
        // "his daughter, 15, learned"
        let set_off = other.end < end && marks.comma_before(other.end) && closes(other.end + 1);
        patient.theirs.extend(number(other.end).filter(|_| set_off));
    }
    // "her husband helps her; he is 66"
    let others = marks.says(Cue::Relative) || marks.says(Cue::OtherPerson);
    let pronoun =
        |p: &Range<usize>| [Cue::MalePronoun, Cue::FemalePronoun].iter().any(|c| marks.says_within(*c, p.clone()));
    let own = |p: &Range<usize>| !(is_of_other(marks, p.start) || others && pronoun(p));
    for person in marks.cue(Cue::Person).filter(own) {
        let next = person.end;
        if next + 1 >= end {
            continue;
        }
        let link = |set| marks.is(next, set);
        let behind = |set| next + 2 < end && marks.is_small(next + 2..next + 3, set);
        let (is, was) = (link(Small::Is), link(Small::PastAuxiliary));
        // "turned 66 in November", "this claimant of 64 has", "the patient, now 61, has"
        let turned = link(Small::Turned) && (closes(next + 2) || behind(Small::Preposition));
        let told = is && closes(next + 2)
            || turned
            || link(Small::Of) && behind(Small::Auxiliary)
            || link(Small::Apposed) && marks.comma_before(next) && next + 2 < end && marks.comma_before(next + 2);
        let known = |p: &Patient, span: Span| p.ages.iter().any(|(_, s)| s.overlaps(span));
        if told
            && let Some(age) = number(next + 1)
            && !known(patient, marks.reading.span_of_words(next + 1..next + 2))
        {
            // of an age of another day only that it is past is sure
            let list = if was || turned { &mut patient.past } else { &mut patient.said };
            list.push((age, marks.reading.span_of_words(next + 1..next + 2)));
        }
        let past = |b: &Range<usize>| is && b.start == next + 1 && marks.is(b.start, Small::PastAge);
        let bound = marks.cue(Cue::AgeBound).find(past);
        if let Some((age, bound)) = bound.and_then(|b| Some((number(b.end)?, b)))
            && (closes(bound.end + 1) || marks.begins(Cue::YearsOld, bound.end + 1))
        {
            patient.past.push((age, marks.reading.span_of_words(bound.start..bound.end + 1)));
        }
    }
    if !others {
        years_and_decades(marks, patient);
    }
    // "the claimant, who is 74, presented"
    for person in marks.cue(Cue::Person).filter(own) {
        let next = person.end;
        if next + 3 < end
            && marks.comma_before(next)
            && marks.is(next, Small::Apposed)
            && marks.is_small(next + 1..next + 2, Small::Is)
            && let Some((age, last)) = years(marks, next + 2)
            && (last >= end || marks.comma_before(last))
        {
            patient.said.push((age, marks.reading.span_of_words(next + 2..last)));
        }
    }
    // "at 57, the patient is", but not "at 25, he had"
    let at = |w: &usize| marks.is(*w, Small::At) && *w + 2 < end && marks.comma_before(*w + 2);
    for w in (marks.sentence.words.start..end).filter(at) {
        let person = marks.cue(Cue::Person).find(|p| p.start >= w + 2 && p.start <= w + 3 && p.end < end);
        let now = |p: Range<usize>| marks.is(p.end, Small::Now);
        if person.is_some_and(now)
            && let Some(age) = number(w + 1)
        {
            patient.said.push((age, marks.reading.span_of_words(w..w + 2)));
        }
    }
    // "why a woman of 43 should"
    for noun in [Cue::Male, Cue::Female].into_iter().flat_map(|c| marks.cue(c)).filter(|n| !is_of_other(marks, n.start))
    {
        let of = noun.end + 2 < end && marks.is(noun.end, Small::Of);
        let goes_on = |w: usize| [Small::Auxiliary, Small::MayBe, Small::GoesOn].iter().any(|s| marks.is(w, *s));
        // "the injured worker, a man of thirty-nine, leaves home with a helper"
        let apposed = || marks.cue(Cue::Person).any(|p| p.end + 1 == noun.start && marks.comma_before(p.end));
        if of
            && (!others || apposed())
            && !marks.says(Cue::GuidelineSays)
            && let Some((age, last)) = years(marks, noun.end + 1)
            && (closes(last) || goes_on(last))
        {
            patient.said.push((age, marks.reading.span_of_words(noun.end + 1..last)));
        }
    }
    // "at age 68, he"
    for age in marks.cue(Cue::AtAge) {
        let person = |p: Range<usize>| p.start > age.end && p.start - age.end <= 3;
        if age.end + 1 < end
            && marks.comma_before(age.end + 1)
            && marks.cue(Cue::Person).any(person)
            && let Some(years) = number(age.end)
        {
            patient.past.push((years, marks.reading.span_of_words(age.start..age.end + 1)));
        }
    }
}

/// The age that begins at a word, in figures or in words ("thirty-nine"), and where it ends.
fn years(marks: Marks, word: usize) -> Option<(u32, usize)> {
    let end = marks.sentence.words.end;
    let text = |w: usize| if w < end { marks.reading.word(w) } else { "" };
    let plain = || text(word).parse::<u32>().ok().filter(|_| text(word).len() == 2).map(|n| (n, word + 1));
    let in_words = || {
        let tens = number_word(text(word).as_bytes()).filter(|n| *n >= 20)?;
        let ones = number_word(text(word + 1).as_bytes()).filter(|n| tens % 10 == 0 && *n < 10);
        Some(ones.map_or((tens, word + 1), |ones| (tens + ones, word + 2)))
    };
    plain().or_else(in_words).filter(|(n, _)| LIVED.contains(n))
}

/// "Is in her twenties", "was born in 1952".
fn years_and_decades(marks: Marks, patient: &mut Patient) {
    let (start, end) = (marks.sentence.words.start, marks.sentence.words.end);
    let word = |w: usize| if w < end { marks.reading.word(w) } else { "" };
    for decade in marks.cue(Cue::InDecade) {
        // "smoked in his twenties" is long ago
        let mut before = (start..decade.start).rev().skip_while(|w| marks.is_small(*w..w + 1, Small::Narrowly));
        let is = before.next().is_some_and(|w| marks.is(w, Small::Is)) && !marks.says(Cue::Subordinate);
        // "the claimant, in his sixties, has"
        let set_off = marks.comma_before(decade.start) && marks.cue(Cue::Person).any(|p| p.end == decade.start);
        if let Some(low) = decade_of(word(decade.end)).filter(|_| is || set_off) {
            patient.decades.push((low, marks.reading.span_of_words(decade.start..decade.end + 1)));
        }
    }
    for born in marks.cue(Cue::Born) {
        let year = |w: &usize| word(*w).len() == 4 && word(*w).parse().is_ok_and(|y: u32| BORN.contains(&y));
        if let Some(at) = (born.end..(born.end + DAY).min(end)).find(year)
            && let Ok(year) = word(at).parse()
        {
            patient.born.push((year, marks.reading.span_of_words(born.start..at + 1)));
        }
    }
}

/// Years in which a worker may be born.
const BORN: RangeInclusive<u32> = 1925..=2005;

/// How many words of a day may end with its year: "March 3, 1952".
const DAY: usize = 4;

/// The first year of a decade of life: "twenties", "60s".
fn decade_of(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    if let Some(digits) = lower.strip_suffix('s').filter(|d| d.len() == 2) {
        return digits.parse().ok().filter(|n| n % 10 == 0);
    }
    let stem = lower.strip_suffix("ies")?;
    number_word(format!("{stem}y").as_bytes()).filter(|n| n % 10 == 0)
}

/// The number that ends at a word, and where it begins: "45", "forty-five".
pub(super) fn number_before(marks: Marks, word: usize) -> Option<(u32, usize)> {
    let text = |w: usize| marks.reading.word(w);
    if let Ok(number) = text(word).parse() {
        return Some((number, word));
    }
    let ones = number_word(text(word).as_bytes())?;
    let tens = word.checked_sub(1).filter(|w| *w >= marks.sentence.words.start && ones < 10);
    match tens.and_then(|w| Some((number_word(text(w).as_bytes())?, w))) {
        Some((tens, first)) if tens >= 20 && tens % 10 == 0 => Some((tens + ones, first)),
        _ => Some((ones, word)),
    }
}

/// "A woman of 36 years".
fn years_of(marks: Marks, patient: &mut Patient) {
    // "this woman of 47 takes it"
    for noun in [Cue::Male, Cue::Female].into_iter().flat_map(|cue| marks.cue(cue)) {
        let (of, end) = (noun.end, marks.sentence.words.end);
        let this = noun.start > marks.sentence.words.start && marks.is(noun.start - 1, Small::Determiner);
        let told = this && of + 1 < end && marks.reading.word(of).eq_ignore_ascii_case("of");
        let unit = |w: usize| w < end && marks.begins(Cue::YearsOld, w);
        if let Some((age, last)) = told.then(|| years(marks, of + 1)).flatten()
            && !unit(last)
        {
            patient.said.push((age, marks.reading.span_of_words(of + 1..last)));
        }
    }
    for years in marks.cue(Cue::OfYears) {
        if let Ok(age) = marks.reading.slice(years.end - 2..years.end - 1).parse::<u32>()
            && LIVED.contains(&age)
        {
            patient.ages.push((age, marks.reading.span_of_words(years.end - 2..years.end)));
        }
    }
}

/// An age behind the words for it: "at her age of 65", "the claimant, aged 55".
fn told_ages(marks: Marks, patient: &mut Patient) {
    let own = marks.cue(Cue::OwnAge).map(|c| (c.end, c.end));
    let aged = marks.cue(Cue::Aged).map(|c| (c.end, c.start));
    // "the claimant, 56, has"
    let end = marks.sentence.words.end;
    let set_off = |number: &usize| *number + 1 < end && marks.comma_before(*number + 1);
    let commas = marks.cue(Cue::Person).map(|c| c.end).filter(|w| *w < end && marks.comma_before(*w));
    let beside = commas.filter(set_off).map(|c| (c, c));
    let all = own.chain(aged).chain(beside).filter(|(number, _)| *number < marks.sentence.words.end);
    for (number, from) in all.filter(|(_, from)| !is_of_other(marks, *from)) {
        if let Ok(age) = marks.reading.word(number).parse::<u32>()
            && LIVED.contains(&age)
        {
            patient.ages.push((age, marks.reading.span_of_words(from..number + 1)));
        }
    }
}

/// Whether some words say what somebody is: "is a", "is a represented".
fn is_a(marks: Marks, words: Range<usize>) -> bool {
    let word = |n: usize| words.start + n..words.start + n + 1;
    (2..=4).contains(&words.len()) && marks.is_small(word(0), Small::Is) && marks.is_small(word(1), Small::ArticleOrNow)
}
