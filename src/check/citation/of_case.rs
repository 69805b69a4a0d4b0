//! Numbers in a recital that are those of the case: of the request, of the summary, of something that is over, or weighed
//! against the number that the guideline was said to have.

use super::limit::{LEAD, Recital};
use super::limited::{allows, quantity};
use crate::letter::Amount;
use crate::lexicon::{Cue, Gap, Limit, Small};

/// So many words may stand before a number that is a subject, and between it and its verb.
const SAID_OF: usize = 5;

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

    /// Whether a sentence that names no guideline tells how long something went on: "the trial lasted two weeks".
    pub fn tells_past(&self, number: usize, amount: &Amount) -> bool {
        let (sentence, word) = (&self.reading.sentences[number], self.word_of(amount));
        let near = word.saturating_sub(LEAD).max(sentence.words.start)..word;
        let past = |w: usize| self.context.lexicon.is_small(self.reading.word(w), Small::WentOn);
        const RULE: [Cue; 4] = [Cue::GuidelineSays, Cue::GuidelineWord, Cue::PositionFor, Cue::PositionAgainst];
        near.into_iter().any(past)
            && !self.named.iter().any(|n| n.sentence == number)
            && !RULE.iter().any(|c| sentence.cues.has(*c))
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
}
