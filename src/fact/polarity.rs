//! How words are meant: affirmed, negated or doubtful, and whether the letter says that they are not documented.
//!
//! The idea is that of NegEx and ConText: a cue ("no", "was ruled out") reaches in one direction until something ends
//! its reach. Reaches here follow the clause and not a number of words: they run over the commas and "or" of a list, and
//! end at a mark that ends a clause, at a verb that opens a statement of its own, and at words such as "but".

mod behind;
mod clause;
mod plus;
mod sign;
#[cfg(test)]
mod tests;

use crate::letter::{Reading, Sentence};
use crate::lexicon::Lexicon;
use crate::source::Span;
use clause::Clause;
use serde::Serialize;
use sign::{Sign, signs};
use std::ops::Range;

/// Whether something is said to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is said to be so.
    Affirmed,
    /// It is said not to be so, or not to be shown.
    Negated,
    /// It is possible, supposed, or yet to be found out.
    Doubtful,
}

impl Polarity {
    /// What words for the contrary say of the thing itself.
    pub fn contrary(self) -> Polarity {
        match self {
            Polarity::Affirmed => Polarity::Negated,
            Polarity::Negated => Polarity::Affirmed,
            Polarity::Doubtful => Polarity::Doubtful,
        }
    }
}

/// What is said of the records. This is apart from polarity: "no improvement" denies, "no documentation of improvement"
/// says that it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Documentation {
    /// It is stated to be documented, or simply said.
    Said,
    /// It is stated to be missing.
    Missing,
}

/// How some words are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Affirmed, negated or doubtful.
    pub polarity: Polarity,
    /// Whether it is said to be missing from the records.
    pub documentation: Documentation,
    /// The words of the cue that decides, by word number.
    pub cue: Option<Range<usize>>,
}

/// How the words `target` (word numbers) of a reading are meant.
pub fn context(reading: &Reading, lexicon: &Lexicon, target: Range<usize>) -> Context {
    let Some(sentence) = sentence_of(reading, target.start) else { return Context::affirmed() };
    Signed::of(reading, sentence, lexicon).context(target)
}

/// A sentence with all that bears on how its words are meant.
pub struct Signed<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
    signs: Vec<Sign>,
    /// Whether signs before words affirm and deny: "+ nausea, - heartburn".
    telegraph: bool,
}

impl<'a> Signed<'a> {
    /// The signs of a sentence.
    pub fn of(reading: &'a Reading, sentence: &'a Sentence, lexicon: &'a Lexicon) -> Signed<'a> {
        let telegraph = plus::has_signs(reading, sentence);
        Signed { reading, lexicon, sentence, signs: signs(reading, lexicon, sentence), telegraph }
    }

    /// How some of its words (word numbers) are meant.
    pub fn context(&self, target: Range<usize>) -> Context {
        let Signed { reading, lexicon, sentence, signs, telegraph } = self;
        let target = target.start..target.end.min(sentence.words.end).max(target.start + 1);
        let clause =
            Clause { reading, lexicon, signs, target, sentence: sentence.words.clone(), telegraph: *telegraph };
        join(clause.before(), clause.after())
    }
}

/// The polarity of the bytes `start..end` of a sentence.
pub fn polarity_of(text: &str, start: usize, end: usize, lexicon: &Lexicon) -> Polarity {
    let reading = Reading::of(text, Span::new(0, text.len()), lexicon);
    // the reading folds white space, so words are compared by their place in the text as given
    let place = |word: usize| reading.span_of_words(word..word + 1);
    let count = reading.words.len();
    let Some(first) = (0..count).find(|w| place(*w).end as usize > start) else { return Polarity::Affirmed };
    let last = (first..count).take_while(|w| (place(*w).start as usize) < end).last().unwrap_or(first);
    context(&reading, lexicon, first..last + 1).polarity
}

impl Context {
    fn affirmed() -> Context {
        Context { polarity: Polarity::Affirmed, documentation: Documentation::Said, cue: None }
    }
}

fn sentence_of(reading: &Reading, word: usize) -> Option<&Sentence> {
    let n = reading.sentences.partition_point(|s| s.words.end <= word);
    reading.sentences.get(n).filter(|s| s.words.contains(&word))
}

/// What was found on one side.
#[derive(Clone, Default)]
struct Found {
    polarity: Option<Polarity>,
    missing: bool,
    /// Whether all of it is a supposition, whatever it says.
    supposed: bool,
    /// Whether the words only belong to a noun before them, so that what is said behind them is said of that.
    about: bool,
    cue: Option<Range<usize>>,
}

impl Found {
    fn set(&mut self, polarity: Polarity, cue: &Range<usize>) {
        self.polarity = Some(polarity);
        self.cue = Some(cue.clone());
    }
}

/// Both sides together: a supposition before all, then what denies, the nearer words first.
fn join(before: Found, after: Found) -> Context {
    let negated = |f: &Found| f.polarity == Some(Polarity::Negated);
    let deciding = if before.supposed || before.about || negated(&before) || after.polarity.is_none() {
        before
    } else if negated(&after) || before.polarity.is_none() {
        after
    } else {
        before
    };
    let polarity = if deciding.supposed { Polarity::Doubtful } else { deciding.polarity.unwrap_or(Polarity::Affirmed) };
    let documentation = if deciding.missing { Documentation::Missing } else { Documentation::Said };
    Context { polarity, documentation, cue: deciding.cue }
}
