//! The telling words of what a rationale recites, which its own words on the case are held against.

use super::lacking::{Rationale, same_stem};
use crate::check::memo;
use crate::fact::{Documentation, Marks, Polarity, Signed, Stated, Voice};
use crate::lexicon::{Cue, Gap, Small};
use std::ops::Range;

/// A word that is asked for.
pub struct Asked<'a> {
    pub text: &'a str,
    pub word: usize,
    /// The sentence that recites it.
    pub sentence: usize,
    /// Whether a recital denies it somewhere ("symptoms do not improve"): its lack may be just what is asked for.
    pub denied: bool,
    /// Whether it is asked for that it failed: "failure of bracing". That it did not help is just that, that it was not tried
    /// is not.
    pub fails: bool,
}

impl Asked<'_> {
    /// Whether it is this word.
    pub fn is(&self, text: &str) -> bool {
        same_stem(self.text, text)
    }

    /// Whether it stands among these words of a sentence.
    pub fn is_within(&self, sentence: usize, words: &Range<usize>) -> bool {
        self.sentence == sentence && words.contains(&self.word)
    }
}

/// Where a telling word is recited, as it is kept for the checks that ask.
pub struct Recited {
    pub word: usize,
    pub sentence: usize,
    pub denied: bool,
    pub fails: bool,
}

/// So near a word of failing stands what fails.
const NEAR: usize = 4;

impl<'a> Rationale<'a> {
    /// The telling words of what is recited, as they are written.
    pub fn asked_words(&self) -> Vec<&'a str> {
        self.recited().into_iter().map(|a| a.text).collect()
    }

    /// The telling words of what is recited.
    pub fn recited(&self) -> Vec<Asked<'a>> {
        let places = memo::recited(self.context, self.reading, || self.find_recited());
        let asked = |r: &Recited| {
            let text = self.reading.word(r.word);
            Asked { text, word: r.word, sentence: r.sentence, denied: r.denied, fails: r.fails }
        };
        places.iter().map(asked).collect()
    }

    fn find_recited(&self) -> Vec<Recited> {
        let recites = |n: &usize| self.voice(*n) == Some(Voice::Recital) || self.says(*n, Cue::GuidelineSays);
        let mut asked: Vec<Recited> = Vec::new();
        for number in (0..self.reading.sentences.len()).filter(recites) {
            let sentence = &self.reading.sentences[number];
            // a guideline that is held against the case tells of the case behind it
            let end = if self.voice(number) == Some(Voice::Recital) {
                sentence.words.end
            } else {
                let turn = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::CaseTurn).next();
                turn.map_or(sentence.words.start, |t| t.first as usize)
            };
            let failing = |w: &usize| self.reading.is_small(*w, Small::Fails, self.context.lexicon);
            let failing: Vec<usize> = (sentence.words.start..end).filter(failing).collect();
            let signed = Signed::of(self.reading, sentence, self.context.lexicon);
            let excluded = excluded(Marks::of(self.reading, sentence, self.context.lexicon), end);
            for word in self.telling(sentence, sentence.words.start..end) {
                let meant = signed.context(word..word + 1);
                let denied = meant.polarity == Polarity::Negated && meant.documentation == Documentation::Said
                    || excluded.contains(&word);
                let fails = failing.iter().any(|f| f.abs_diff(word) <= NEAR);
                asked.push(Recited { word, sentence: number, denied, fails });
            }
        }
        let text = |r: &Recited| self.reading.word(r.word);
        let denied: Vec<&str> = asked.iter().filter(|a| a.denied).map(text).collect();
        let fails: Vec<&str> = asked.iter().filter(|a| a.fails).map(text).collect();
        for word in &mut asked {
            word.denied |= denied.iter().any(|d| same_stem(text(word), d));
            word.fails |= fails.iter().any(|d| same_stem(text(word), d));
        }
        asked
    }

    /// Whether a statement is recited as what the guideline does not recommend its subject for.
    pub fn is_excluded(&self, stated: &Stated) -> bool {
        let sentence = &self.reading.sentences[stated.sentence];
        let marks = Marks::of(self.reading, sentence, self.context.lexicon);
        excluded(marks, sentence.words.end).contains(&stated.words.start)
    }
}

/// What a guideline does not recommend its subject for: "does not recommend it for nausea of chronic use, but".
fn excluded(marks: Marks, end: usize) -> Range<usize> {
    let words = marks.sentence.words.start..end;
    let is = |w: usize, set| marks.is(w, set);
    let none = end..end;
    let denied = |w: &usize| is(*w, Small::Denies) && w + 1 < end && is(w + 1, Small::Advises);
    let Some(not) = words.clone().find(denied) else { return none };
    let bound = |w: usize| {
        let gap = marks.reading.words[w].gap == Gap::Hard || marks.comma_before(w);
        gap || is(w, Small::JoinsClause) || is(w, Small::Unsettles)
    };
    let end = (not + 2..end).find(|w| bound(*w)).unwrap_or(end);
    let purpose = (not + 2..end).find(|w| is(*w, Small::Preposition));
    // "is not recommended without a trial"
    purpose.filter(|w| !is(*w, Small::Denies) && !is(*w, Small::LeadsGround)).map_or(none, |from| from..end)
}
