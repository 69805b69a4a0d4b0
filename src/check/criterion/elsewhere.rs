//! What a summary tells of somebody else, of a time before the injury, of one that was over, or of another treatment's success: it
//! speaks against no denial.

use super::judge::Judge;
use super::verdict::Evidence;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::fact::{Stated, Told};
use crate::letter::{Reading, Sentence, Side};
use crate::lexicon::{Cue, Small, Statement, Subject};
use crate::rulebook::Place;
use crate::source::Span;
use std::ops::Range;

/// Months of a year.
const MONTHS: i32 = 12;
/// What was had in so many months is still recent.
const RECENT: i32 = 6;
/// So many words may stand before the subject of a sentence.
const SUBJECT: usize = 2;
/// So near behind a gain stands what it came of.
const NEAR: usize = 6;

impl Judge<'_> {
    /// Whether words of the summary tell of the patient, in the time of this injury, and of the treatment that is asked for; words of
    /// another part of the letter always do.
    pub fn is_of_case(&self, evidence: &Evidence) -> bool {
        let Some(summary) = self.context.letter.summary.as_ref().filter(|_| evidence.place == Place::Summary) else {
            return true;
        };
        let Some(sentence) = sentence_of(summary, evidence.span) else { return true };
        if self.is_of_kin(summary, sentence) {
            return false;
        }
        let told = || self.context.facts.summary.stated.iter().filter(|s| s.span == evidence.span);
        let subject = |s: &Stated| match s.told {
            Told::Statement(n) => Some(self.context.lexicon.statements[n as usize].speaks_of),
            Told::List(_) => None,
        };
        // an ulcer before the injury is still a risk
        if told().any(|s| subject(s) == Some(Subject::Finding)) {
            return true;
        }
        let gained = told().any(|s| subject(s) == Some(Subject::Treatment));
        let past = gained || self.is_pluperfect(summary, sentence);
        let over = summary.cues(self.context.lexicon, sentence.hits.clone(), Cue::Bygone).next().is_some();
        let gain = || told().find(|s| matches!(s.told, Told::Statement(n) if self.is_gain(n)));
        let elsewhere = over || past && self.is_before_injury(summary, sentence);
        let others = |s: &Stated| {
            self.is_of_other(summary, sentence, s.words.end) || self.came_of_other(summary, sentence, s.words.start)
        };
        // "on it he walks four blocks" may be one phrase of a rule
        let is = |w: usize, set| summary.is_small(w, set, self.context.lexicon);
        let led = |s: &&Stated| is(s.words.start, Small::GainedOn) && is(s.words.start + 1, Small::KnownThing);
        let on_other = |s: &Stated| self.came_of_other(summary, sentence, s.words.start + 2);
        !elsewhere && !gain().is_some_and(others) && !told().find(led).is_some_and(on_other)
    }

    /// Whether what is missed is something recent, and the summary tells only of years before that of the decision.
    pub fn is_outdated(&self, evidence: &Evidence, ground: Span) -> bool {
        let dates = self.context.dates;
        let parts = (self.context.letter.summary.as_ref(), self.decision.rationale.as_ref(), dates.decision);
        let (Some(summary), Some(rationale), Some(decision)) = parts else { return false };
        let within = |reading, span| sentence_of(reading, span).map(|s| s.words.clone());
        let recent = |w: usize| {
            let word = rationale.reading.word(w);
            self.context.lexicon.is_small(word, Small::Recent)
        };
        let misses_recent = within(&rationale.reading, ground).is_some_and(|mut words| words.any(recent));
        let words = within(summary, evidence.span).into_iter().flatten();
        let mut told = words.filter_map(|w| Some((year(summary, w)?, month(summary, w)))).peekable();
        let today = decision.date.year() * MONTHS + i32::try_from(decision.date.month()).unwrap_or(MONTHS);
        let old = |(year, month): (i32, Option<i32>)| match month {
            Some(month) => today - (year * MONTHS + month) > RECENT,
            None => year < decision.date.year(),
        };
        misses_recent && told.peek().is_some() && told.all(old)
    }

    /// Whether both sides are asked for, the ground is on one of them alone, and the summary tells of the other: "the left arm has neither
    /// complaints nor findings".
    pub fn is_of_other_side(&self, evidence: &Evidence, ground: Span) -> bool {
        let asks = |side| self.request.sides.iter().any(|(s, _)| *s == side);
        let both = asks(Side::Both) || asks(Side::Left) && asks(Side::Right);
        let parts = (self.context.letter.summary.as_ref(), self.decision.rationale.as_ref());
        let (Some(summary), Some(rationale), true) = (parts.0, parts.1, both) else { return false };
        let sides = |reading: &Reading, span| {
            let sentence = sentence_of(reading, span)?;
            let [left, right, all] = [Cue::LeftSide, Cue::RightSide, Cue::BothSides].map(|c| sentence.cues.has(c));
            Some((left || all, right || all))
        };
        let Some((left, right)) = sides(&rationale.reading, ground).filter(|(left, right)| left != right) else {
            return false;
        };
        sides(summary, evidence.span).is_some_and(|there| there != (left, right) && there != (false, false))
    }

    /// Whether a sentence tells what a relative has: "her brother has", not "his wife helps him".
    fn is_of_kin(&self, summary: &Reading, sentence: &Sentence) -> bool {
        let lexicon = self.context.lexicon;
        let cues = |cue| summary.cues(lexicon, sentence.hits.clone(), cue);
        cues(Cue::Relative).any(|h| {
            let (first, end) = (h.first as usize, h.end as usize);
            let verb = || end < sentence.words.end && summary.is_small(end, Small::Had, lexicon);
            let back = |cue| cues(cue).any(|p| p.first as usize >= end);
            let patient = || [Cue::Person, Cue::Claimant, Cue::MalePronoun, Cue::FemalePronoun].into_iter().any(back);
            first <= sentence.words.start + SUBJECT && verb() && !patient()
        }) || cues(Cue::FamilyHistory).next().is_some()
    }

    /// Whether all years that a sentence tells are before the injury, and nothing lasts "since" then.
    fn is_before_injury(&self, summary: &Reading, sentence: &Sentence) -> bool {
        let Some(injury) = self.context.dates.injury else { return false };
        let mut years = sentence.words.clone().filter_map(|w| year(summary, w)).peekable();
        let lasts = || sentence.words.clone().any(|w| summary.word(w).eq_ignore_ascii_case("since"));
        let before = years.peek().is_some() && years.all(|y| y < injury.date.year());
        before && !lasts()
    }

    /// Whether a sentence tells what had been before something: "had given her a return to full duty".
    fn is_pluperfect(&self, summary: &Reading, sentence: &Sentence) -> bool {
        let Range { start, end } = sentence.words;
        let had = |w: usize| summary.word(w).eq_ignore_ascii_case("had");
        let participle = |w: usize| {
            let word = summary.word(w);
            word.ends_with("ed") || self.context.lexicon.is_small(word, Small::Participle)
        };
        (start..end.saturating_sub(1)).any(|w| had(w) && participle(w + 1))
    }

    /// Whether words of the summary tell what had been before something else that it tells: "had not been able to work".
    pub fn is_of_before(&self, evidence: &Evidence) -> bool {
        let Some(summary) = self.context.letter.summary.as_ref().filter(|_| evidence.place == Place::Summary) else {
            return false;
        };
        let Some(sentence) = sentence_of(summary, evidence.span) else { return false };
        let within = |w: &usize| evidence.span.contains(summary.span_of_words(*w..*w + 1));
        let is = |w: usize, word: &str| summary.word(w).eq_ignore_ascii_case(word);
        sentence
            .words
            .clone()
            .filter(within)
            .any(|w| is(w, "had") && w + 2 < sentence.words.end && is(w + 1, "not") && is(w + 2, "been"))
    }

    /// Whether a statement tells of function that came of a treatment.
    fn is_gain(&self, statement: u16) -> bool {
        let statements = &self.context.lexicon.statements;
        let of_function = |s: &Statement| s.speaks_of == Subject::Treatment && !s.shown_by.is_empty();
        of_function(&statements[statement as usize])
            || statements.iter().any(|s| of_function(s) && s.shown_by.contains(&statement))
    }

    /// Whether right behind a gain stands what it came of, and that is another treatment, or that it was there before this one:
    /// "returned to work after the injection", "works since 2013, before Norco was begun".
    fn is_of_other(&self, summary: &Reading, sentence: &Sentence, end: usize) -> bool {
        let asked = requested(self.context, self.request);
        let behind = things(self.context, summary, end..(end + NEAR).min(sentence.words.end));
        let Some(thing) = behind.first() else { return false };
        let own = asked.iter().any(|a| related(self.context, a, thing));
        let leads = |set| (end..thing.words.start).any(|w| summary.is_small(w, set, self.context.lexicon));
        if own { leads(Small::Earlier) } else { leads(Small::Later) || leads(Small::CameOf) }
    }

    /// Whether right before a gain stands what it came of, and that is another treatment: "with Lyrica he walks", "Lyrica, taken since
    /// May; on it he walks".
    fn came_of_other(&self, summary: &Reading, sentence: &Sentence, start: usize) -> bool {
        let asked = requested(self.context, self.request);
        let before = things(self.context, summary, sentence.words.start..start);
        let Some(thing) = before.last() else { return false };
        let is = |w: usize, set| summary.is_small(w, set, self.context.lexicon);
        let came = |w: usize| w > sentence.words.start && is(w - 1, Small::GainedOn);
        let near = start.saturating_sub(NEAR)..start;
        let by_name = near.contains(&thing.words.start) && came(thing.words.start);
        let by_pronoun = || near.clone().filter(|w| *w > thing.words.end).any(|w| is(w, Small::KnownThing) && came(w));
        !asked.iter().any(|a| related(self.context, a, thing)) && (by_name || by_pronoun())
    }
}

/// The sentence that holds some words of the letter.
fn sentence_of(reading: &Reading, span: Span) -> Option<&Sentence> {
    reading.sentences.iter().find(|s| reading.span(s.bytes.clone()).contains(span))
}

/// The month before a year in figures, "12/09/2016".
fn month(reading: &Reading, year: usize) -> Option<i32> {
    let number = |w: usize| reading.word(w).parse::<i32>().ok();
    number(year.checked_sub(1)?)?;
    number(year.checked_sub(2)?).filter(|m| (1..=MONTHS).contains(m))
}

/// A word that is a year of a patient's life.
fn year(reading: &Reading, word: usize) -> Option<i32> {
    let text = reading.word(word);
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse::<i32>().ok().filter(|y| is_year && (1950..2050).contains(y))
}
