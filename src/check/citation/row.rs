//! Rows of amounts that a guideline gives one after the other, each for another diagnosis: "9-10 visits over 8 weeks for myalgia,
//! 8-10 visits over 4 weeks for neuralgia", or "Myalgia: 9-10 visits. Neuralgia: 8-10 visits".

use super::limit::Recital;
use super::limited::quantity;
use crate::letter::{Amount, Sentence};
use crate::lexicon::Term;
use crate::measure::Unit;
use std::ops::Range;

impl Recital<'_> {
    /// Whether an amount of a row belongs to a phrase of a list. A row puts what an amount is for before each, or behind each; a length
    /// of time goes with the visits before it.
    pub fn is_tied(&self, list: u16, sentence: &Sentence, amount: &Amount) -> bool {
        let visits = |a: &&Amount| quantity(&a.value).is_some_and(|q| q.unit == Unit::Visits);
        let inside = self.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start));
        let row: Vec<Range<usize>> = inside.filter(visits).map(|a| self.reading.words_within(&a.bytes)).collect();
        let at = self.word_of(amount);
        let Some(own) = row.iter().rposition(|v| v.start <= at) else { return false };
        let next = |n: usize| row.get(n).map_or(sentence.words.end, |v| v.start);
        let before = |n: usize| n.checked_sub(1).map_or(sentence.words.start, |p| row[p].end)..row[n].start;
        let told_before = !self.told_of(sentence, before(0)).is_empty();
        let place = if told_before { before(own) } else { row[own].end..next(own + 1) };
        matches!(self.told_of(sentence, place)[..], [only] if only == list)
    }

    /// The lists to which amounts may belong that some words of a sentence tell, each once.
    fn told_of(&self, sentence: &Sentence, words: Range<usize>) -> Vec<u16> {
        let lists = || self.context.lexicon.limits.iter().filter_map(|l| l.tied);
        let hits = self.reading.told(sentence.hits.clone()).filter(|h| words.contains(&(h.first as usize)));
        let mut told: Vec<u16> = hits
            .filter_map(|h| match self.context.term(h) {
                Term::List(n) => lists().find(|l| *l == n),
                _ => None,
            })
            .collect();
        told.sort_unstable();
        told.dedup();
        told
    }
}
