//! Numbers in a recital that are those of the case: of the request, of the summary, of something that is over, or weighed
//! against the number that the guideline was said to have.

use super::limit::{LEAD, Recital, is_counted};
use super::limited::{allows, quantity, same_kind};
use crate::check::memo::with_course;
use crate::letter::{Amount, Sentence};
use crate::lexicon::{Cue, Gap, Limit, Small, Term};
use crate::measure::Quantity;

/// So many words may stand before a number that is a subject, and between it and its verb.
const SAID_OF: usize = 5;

/// So many words may stand between a number and the one that it is held against: "of morphine equivalents a day, far beyond the".
const AGAINST: usize = 12;

impl Recital<'_> {
    /// Whether a sentence gives the number that is asked for: "12 visits go over this", "12 visits exceed what the MTUS has". One
    /// that names a guideline must say that the number goes beyond it.
    pub fn repeats_request(&self, number: usize, amount: &Amount) -> bool {
        let Some(request) = &self.decision.request else { return false };
        let said = quantity(&amount.value);
        let visits = request.items.iter().filter_map(|i| i.visits.as_ref()).map(|v| v.number);
        let mut asked = request.amounts.iter().filter_map(|a| quantity(&a.value)).chain(visits);
        let own = || {
            let hits = self.reading.sentences[number].hits.clone();
            let mut beyond = self.reading.cues(self.context.lexicon, hits, Cue::GoesBeyond);
            let word = self.word_of(amount);
            beyond.any(|h| word < h.first as usize) || !self.named.iter().any(|n| n.sentence == number)
        };
        said.is_some_and(|s| asked.any(|a| a == s)) && own()
    }

    /// Whether an amount is the time over which the visits asked for are spread: "18 visits over 12 weeks exceed that".
    pub fn goes_with_request(&self, number: usize, amount: &Amount) -> bool {
        let word = self.word_of(amount);
        let before = self.amounts.iter().take_while(|a| a.bytes.start < amount.bytes.start).last();
        let names = || self.named.iter().any(|n| n.sentence == number);
        before.is_some_and(|b| {
            let end = self.reading.word_at(b.bytes.end);
            end <= word && word - end <= LEAD && !names() && self.repeats_request(number, b)
        })
    }

    /// Whether a sentence that names no guideline gives a number of the summary: "use for over a year is not short-term".
    pub fn repeats_case(&self, number: usize, amount: &Amount) -> bool {
        let Some(said) = quantity(&amount.value) else { return false };
        let told = &self.context.facts.summary.amounts;
        !self.named.iter().any(|n| n.sentence == number)
            && !self.reading.sentences[number].cues.has(Cue::GuidelineSays)
            && told.iter().filter_map(|a| quantity(&a.value)).any(|q| q == said)
    }

    /// Whether a sentence that names no guideline and gives no rule tells of what is over: "the trial lasted two weeks", "after those
    /// eight visits", "eight visits in 2015 and ten last summer".
    pub fn tells_past(&self, number: usize, amount: &Amount) -> bool {
        const RULE: [Cue; 4] = [Cue::GuidelineSays, Cue::GuidelineWord, Cue::PositionFor, Cue::PositionAgainst];
        let (sentence, word) = (&self.reading.sentences[number], self.word_of(amount));
        let small = |w: usize, set| self.reading.is_small(w, set, self.context.lexicon);
        let mut near = word.saturating_sub(LEAD).max(sentence.words.start)..word;
        let mut led = || near.any(|w| small(w, Small::WentOn) || small(w, Small::KnownBefore));
        let dated = || with_course(self.context, self.reading, |c| c.times.iter().any(|t| t.sentence == number));
        let timed = || sentence.words.clone().any(|w| small(w, Small::OwnTime));
        !self.named.iter().any(|n| n.sentence == number)
            && !is_counted(&self.reading.text()[sentence.bytes.clone()])
            && !RULE.iter().any(|c| sentence.cues.has(*c))
            && (sentence.cues.has(Cue::Past) || led() || timed() || dated())
    }

    /// Whether a clause that names no guideline says something of a number as its subject, behind one that the limit allows: "at
    /// least 50% is asked for. A 10% reduction is no response".
    pub fn weighs_case(&self, number: usize, amount: &Amount, limit: &Limit) -> bool {
        const RULE: [Cue; 4] = [Cue::GuidelineSays, Cue::GuidelineWord, Cue::PositionFor, Cue::PositionAgainst];
        let (sentence, words) = (&self.reading.sentences[number], &self.reading.words);
        let (word, end) = (self.word_of(amount), self.reading.word_at(amount.bytes.end));
        let hard = |w: &usize| words[*w].gap == Gap::Hard;
        let start = (sentence.words.start + 1..=word).rev().find(hard).unwrap_or(sentence.words.start);
        let behind = end..(end + SAID_OF).min(sentence.words.end);
        let verb = |w: usize| self.context.lexicon.is_small(self.reading.word(w), Small::Auxiliary);
        let cues = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        let rule = || RULE.into_iter().any(|c| cues(c).any(|h| h.first as usize >= start));
        let named = || self.named.iter().any(|n| n.sentence == number && n.at.start >= start);
        let earlier = || {
            let before = self.amounts.iter().take_while(|a| (a.bytes.start as u32) < words[start].start);
            before.filter_map(|a| quantity(&a.value)).any(|q| allows(&limit.values, q))
        };
        word - start <= SAID_OF && behind.into_iter().any(verb) && !named() && !rule() && earlier()
    }

    /// Whether a number is what the doses of the case come to, or is held itself against one that the limit allows: "come to 195
    /// mg, beyond the 80 mg of the guideline".
    pub fn is_reckoned(&self, number: usize, amount: &Amount, limit: &Limit) -> bool {
        let sentence = &self.reading.sentences[number];
        let (word, end) = (self.word_of(amount), self.reading.word_at(amount.bytes.end));
        let small = |w: usize, set| self.reading.is_small(w, set, self.context.lexicon);
        let behind =
            self.amounts.iter().filter(|a| a.bytes.start >= amount.bytes.end && a.bytes.start < sentence.bytes.end);
        let said = quantity(&amount.value);
        let alike = |q: Quantity| said.is_some_and(|s| same_kind(s.unit, q.unit));
        let allowed = |a: &&Amount| quantity(&a.value).is_some_and(|q| alike(q) && allows(&limit.values, q));
        let weighed = behind.into_iter().find(allowed).is_some_and(|a| {
            let between = end..self.word_of(a);
            between.len() <= AGAINST && between.clone().any(|w| small(w, Small::Surpasses))
        });
        let before = word.saturating_sub(SAID_OF).max(sentence.words.start)..word;
        let named = || self.named.iter().any(|n| n.sentence == number && n.at.end <= word);
        weighed || before.into_iter().any(|w| small(w, Small::ComesTo)) && !named()
    }

    /// Whether another amount of the sentence is the one that the limit is about, and some other limit of the same treatment
    /// allows this one: "up to 18 visits, and 1 to 2 visits for a recurrence".
    pub fn is_anothers(&self, sentence: &Sentence, amount: &Amount, limit: &Limit) -> bool {
        // a row of amounts tells what each is for
        let Some(said) = quantity(&amount.value).filter(|_| limit.tied.is_none()) else { return false };
        let inside = self.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start) && a.bytes != amount.bytes);
        let filled = inside.filter_map(|a| quantity(&a.value)).any(|q| allows(&limit.values, q));
        let shares = |a: &[u16], b: &[u16]| a.iter().any(|n| b.contains(n));
        let other = |l: &Limit| {
            shares(&l.guidelines, &limit.guidelines)
                && shares(&l.treatments, &limit.treatments)
                && allows(&l.values, said)
        };
        filled && self.context.lexicon.limits.iter().any(other)
    }

    /// Whether a phrase of a list stands in the part of a sentence that an amount is in, as semicolons part it.
    pub fn stands_beside(&self, list: u16, sentence: &Sentence, amount: &Amount) -> bool {
        let text = self.reading.text();
        let (start, end) = (amount.bytes.start, amount.bytes.end);
        let from =
            text[sentence.bytes.start..start].rfind(';').map_or(sentence.bytes.start, |n| sentence.bytes.start + n);
        let to = text[end..sentence.bytes.end].find(';').map_or(sentence.bytes.end, |n| end + n);
        let words = self.reading.words_within(&(from..to));
        let mut hits = self.reading.told(sentence.hits.clone());
        hits.any(|h| self.context.term(h) == Term::List(list) && words.contains(&(h.first as usize)))
    }
}
