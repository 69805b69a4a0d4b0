//! What examinations and studies found: a test, a faculty or a structure of the lexicon with the value told beside it.
//!
//! "Positive Tinel's sign", "sensation was intact", "Hawkins' and Neer's tests were negative", "strength 3/5": a value belongs to
//! the name that it stands right beside, or to all names of a list that it heads or ends.

use super::polarity::{Documentation, Polarity, Signed};
use crate::letter::{Amount, Reading, Sentence, Value};
use crate::lexicon::{Cue, Gap, Lexicon, Small, Term, ToldAs, fold, is_folded};
use std::cell::LazyCell;
use std::ops::Range;

/// What was found once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Of which observation, by number.
    pub of: u16,
    /// Whether it is there or impaired, and not absent or whole.
    pub shown: bool,
    /// The words that tell it, by number in the reading.
    pub words: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
}

/// Words that tell neither name nor value and may still stand between the two, if a verb follows.
const STRANGERS: usize = 3;

/// All that a reading tells plainly; what is doubtful or not documented is left out.
pub fn observed(reading: &Reading, amounts: &[Amount], lexicon: &Lexicon) -> Vec<Observed> {
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let hits = &reading.hits[sentence.hits.clone()];
        let told = |t: Term| matches!(t, Term::Observation(_) | Term::Shown(_) | Term::Clear(_));
        if !hits.iter().any(|h| told(lexicon.terms[h.term as usize])) {
            continue;
        }
        let signed = Signed::of(reading, sentence, lexicon);
        let line = LazyCell::new(|| Line::of(reading, sentence, amounts, lexicon));
        for hit in hits {
            let words = hit.first as usize..hit.end as usize;
            let (of, shown, words) = match lexicon.terms[hit.term as usize] {
                // "x-rays showed no fracture": what is denied within the words is not told by them
                Term::Shown(_) if denies_within(reading, lexicon, &words) => continue,
                Term::Shown(n) => (n, shown_meant(&signed, (reading, sentence), lexicon, words.clone()), words),
                // "no partial tear" is no full one
                Term::Clear(n) => (n, meant(&signed, words.clone(), true).filter(|so| *so).map(|_| false), words),
                Term::Observation(n) => {
                    // "possible tear of the": the name itself may be in doubt
                    if meant(&signed, words.clone(), true).is_none() {
                        continue;
                    }
                    match line.value(n, &words) {
                        Some((value, whole)) => {
                            let so = value_meant(&signed, reading, value.words.clone(), &whole);
                            (n, so.map(|so| value.impaired == so), whole)
                        }
                        None => match line.revealed(n, &words, &signed) {
                            Some(whole) => (n, Some(true), whole),
                            None => continue,
                        },
                    }
                }
                _ => continue,
            };
            if let Some(shown) = shown {
                found.push(Observed { of, shown, words, sentence: number });
            }
        }
    }
    found
}

/// Whether words hold a word that denies others.
fn denies_within(reading: &Reading, lexicon: &Lexicon, words: &Range<usize>) -> bool {
    let deny = [Cue::Negation, Cue::Unshown, Cue::Undocumented, Cue::NegationOfNext, Cue::Doubt];
    // "a drug that was not prescribed" is a kind of drug
    let kind = |w: usize| reading.is_small(w, Small::Foreseen, lexicon);
    let inside = |h: &&crate::lexicon::Hit| {
        let end = h.end as usize;
        words.start < h.first as usize && end < words.end && !(kind(end) || kind(end - 1))
    };
    let all = 0..reading.hits.len();
    deny.into_iter().any(|cue| reading.cues(lexicon, all.clone(), cue).any(|h| inside(&h)))
}

/// Whether words are affirmed; nothing if they are in doubt or said to be undocumented. A denial that is part of the words
/// themselves, as in "negative", is no denial of them with `own`.
fn meant(signed: &Signed<'_>, words: Range<usize>, own: bool) -> Option<bool> {
    let meaning = signed.context(words.clone());
    let itself = own && meaning.cue.is_some_and(|c| c.start < words.end && words.start < c.end);
    match (meaning.polarity, meaning.documentation) {
        (_, Documentation::Missing) | (Polarity::Doubtful, _) => None,
        (polarity, _) => Some(polarity == Polarity::Affirmed || itself),
    }
}

/// Whether words that tell by themselves are affirmed. "An absent reflex and loss of sensation": behind "and" a denial may have
/// ended.
fn shown_meant(
    signed: &Signed<'_>,
    (reading, sentence): (&Reading, &Sentence),
    lexicon: &Lexicon,
    words: Range<usize>,
) -> Option<bool> {
    // "has never been | seen by a surgeon"
    let mut hits = reading.cues(lexicon, sentence.hits.clone(), Cue::NegationAfter);
    if hits.any(|h| (h.first as usize) < words.start && words.start < h.end as usize && h.end as usize <= words.end) {
        return Some(false);
    }
    let denied = signed.context(words.clone()).cue.filter(|c| c.end <= words.start);
    let joined = denied.clone().is_some_and(|c| (c.end..words.start).any(|w| fold(reading.word(w)) == "and"));
    // "no effusion, mild tenderness": behind a comma a grade begins something else
    let parted = denied.is_some_and(|c| is_parted(reading, c.end..words.start + 1));
    let graded = |w: usize| {
        [Small::GradeLow, Small::GradeMiddle, Small::GradeHigh].iter().any(|g| reading.is_small(w, *g, lexicon))
    };
    let begins = parted && (words.start.saturating_sub(2)..words.start + 1).any(graded);
    // "detected a drug without": a denial within the words is part of them
    let own = signed.context(words.clone()).cue.is_some_and(|c| words.start < c.start && c.start < words.end);
    meant(signed, words, own).filter(|so| *so || !joined && !begins)
}

/// Whether a value is affirmed: a denial counts that stands within the words or right before them.
fn value_meant(signed: &Signed<'_>, reading: &Reading, value: Range<usize>, whole: &Range<usize>) -> Option<bool> {
    let cue = signed.context(value.clone()).cue;
    let far = cue.is_some_and(|c| {
        c.end + BESIDE < whole.start || c.end <= whole.start && is_parted(reading, c.end..whole.start + 1)
    });
    if far { Some(true) } else { meant(signed, value, true) }
}

/// How many words may stand between a denial and what it denies: "no evidence of any".
const BESIDE: usize = 3;

/// Whether a comma or bracket stands between any two of some words.
fn is_parted(reading: &Reading, words: Range<usize>) -> bool {
    let (Some(first), Some(last)) = (reading.words.get(words.start.max(1) - 1), reading.words.get(words.end - 1))
    else {
        return false;
    };
    let marks = &reading.text().as_bytes()[first.end as usize..last.start as usize];
    marks.iter().any(|b| matches!(b, b',' | b'(' | b')' | b'[' | b']'))
}

/// What a word of a sentence is to an observation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    /// Some other word.
    Stranger,
    /// May stand between name and value.
    Link,
    /// Joins name and value.
    Verb,
    /// "And".
    And,
    /// Part of the name of an observation.
    Name,
    /// Part of a value: its number.
    Value(usize),
}

/// A value in its place.
#[derive(Clone, Debug)]
struct ValueTold {
    words: Range<usize>,
    impaired: bool,
    /// The kinds of observations that it can be of.
    test: bool,
    faculty: bool,
    /// The full grade of its scale, if it is a grade.
    grade: Option<u32>,
}

/// A sentence, word by word.
struct Line<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    sentence: &'a Sentence,
    roles: Vec<Role>,
    values: Vec<ValueTold>,
}

impl<'a> Line<'a> {
    fn of(reading: &'a Reading, sentence: &'a Sentence, amounts: &[Amount], lexicon: &'a Lexicon) -> Line<'a> {
        let roles = vec![Role::Stranger; sentence.words.len()];
        let mut line = Line { reading, lexicon, sentence, roles, values: Vec::new() };
        for word in sentence.words.clone() {
            let written = reading.word(word);
            if is_folded(written, "and") || is_folded(written, "or") {
                line.set(word..word + 1, Role::And);
            } else if lexicon.is_small(written, Small::ValueLink) {
                line.set(word..word + 1, Role::Link);
            }
        }
        let hits = &reading.hits[sentence.hits.clone()];
        let mut late = Vec::new();
        for hit in hits {
            let words = hit.first as usize..hit.end as usize;
            match lexicon.terms[hit.term as usize] {
                Term::BodyPart(_) | Term::Cue(Cue::LeftSide | Cue::RightSide | Cue::BothSides) => {
                    line.set(words, Role::Link)
                }
                Term::Cue(Cue::ValueVerb) => late.push((words, Role::Verb)),
                Term::Cue(cue) => line.add(words, cue),
                Term::Observation(_) | Term::Shown(_) | Term::Clear(_) => late.push((words, Role::Name)),
                _ => {}
            }
        }
        for amount in amounts {
            let (Value::Ratio(score, of), true) = (&amount.value, sentence.bytes.contains(&amount.bytes.start)) else {
                continue;
            };
            let first = reading.word_at(amount.bytes.start);
            let end = reading.word_at(amount.bytes.end);
            let grade = Some(*of as u32);
            line.push(ValueTold { words: first..end, impaired: score < of, test: false, faculty: true, grade });
        }
        for (n, value) in line.values.clone().into_iter().enumerate() {
            line.set(value.words, Role::Value(n));
        }
        late.into_iter().for_each(|(words, role)| line.set(words, role));
        line
    }

    fn add(&mut self, words: Range<usize>, cue: Cue) {
        let (impaired, test) = match cue {
            Cue::TestPositive => (true, true),
            Cue::TestNegative => (false, true),
            Cue::FacultyImpaired => (true, false),
            Cue::FacultyWhole => (false, false),
            _ => return,
        };
        // "normal" is a value of both kinds
        if let Some(same) = self.values.iter_mut().find(|v| v.words == words && v.impaired == impaired) {
            (same.test, same.faculty) = (same.test || test, same.faculty || !test);
            return;
        }
        self.push(ValueTold { words, impaired, test, faculty: !test, grade: None });
    }

    fn push(&mut self, value: ValueTold) {
        if self.values.len() < crate::letter::SENTENCE_WORDS {
            self.values.push(value);
        }
    }

    fn set(&mut self, words: Range<usize>, role: Role) {
        let start = self.sentence.words.start;
        for word in words.start.max(start)..words.end.min(self.sentence.words.end) {
            self.roles[word - start] = role;
        }
    }

    fn role(&self, word: usize) -> Role {
        self.roles[word - self.sentence.words.start]
    }

    /// The words from a study to something abnormal that it revealed, if it did.
    fn revealed(&self, of: u16, name: &Range<usize>, signed: &Signed<'_>) -> Option<Range<usize>> {
        let study = |of: u16| self.lexicon.observations[of as usize].told_as == ToldAs::Study;
        if !study(of) {
            return None;
        }
        let mut tells = false;
        for hit in &self.reading.hits[self.sentence.hits.clone()] {
            let words = hit.first as usize..hit.end as usize;
            if words.start < name.end {
                continue;
            }
            match self.lexicon.terms[hit.term as usize] {
                Term::Observation(other) if study(other) => return None,
                Term::Cue(Cue::StudyTells) => tells = true,
                Term::Cue(Cue::StudyFinding) if tells => {
                    let hard = |w: usize| self.reading.words[w].gap == Gap::Hard;
                    if (name.end..words.end).any(hard) {
                        return None;
                    }
                    match meant(signed, words.clone(), false) {
                        Some(true) => return Some(name.start..words.end),
                        Some(false) => {}
                        None => return None,
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The value of the observation with a name, and the words from one to the other: right before it, right behind it, at
    /// the head of a list, behind a list.
    fn value(&self, of: u16, name: &Range<usize>) -> Option<(&ValueTold, Range<usize>)> {
        let entry = &self.lexicon.observations[of as usize];
        let found =
            [self.before(name, false), self.behind(name, false), self.before(name, true), self.behind(name, true)];
        let first = &self.values[found.into_iter().flatten().next()?];
        let fits = |value: &&ValueTold| match (entry.told_as, value.grade) {
            (_, Some(grade)) => entry.grade == Some(grade),
            (ToldAs::Test, _) => value.test,
            (ToldAs::Faculty | ToldAs::Study, _) => value.faculty,
        };
        // "absent" is the one of a test and the other of a reflex
        let value = self.values.iter().filter(|v| v.words == first.words).find(fits)?;
        let whole = value.words.start.min(name.start)..value.words.end.max(name.end);
        Some((value, whole))
    }

    /// The value before a name; with `list` other names may stand between.
    fn before(&self, name: &Range<usize>, list: bool) -> Option<usize> {
        let mut crossed = false;
        // a comma or "and" just passed, behind which only a name or another word of the list may stand
        let mut joined = false;
        for word in (self.sentence.words.start..name.start).rev() {
            if self.reading.words[word + 1].gap == Gap::Hard {
                return None;
            }
            if is_parted(self.reading, word + 1..word + 2) {
                if !list {
                    return None;
                }
                joined = true;
            }
            match self.role(word) {
                Role::Value(n) if !joined && (!list || crossed) => return Some(n),
                Role::Name if list => (crossed, joined) = (true, false),
                Role::And => joined = true,
                Role::Link => joined = false,
                _ => return None,
            }
        }
        None
    }

    /// The value behind a name; with `list` other names may stand between.
    fn behind(&self, name: &Range<usize>, list: bool) -> Option<usize> {
        let (mut strangers, mut verb) = (0, false);
        for word in name.end..self.sentence.words.end {
            let parted = is_parted(self.reading, word..word + 1);
            let hard = self.reading.words[word].gap == Gap::Hard;
            // "sensation: intact"
            let colon = hard && word == name.end && self.role(word) != Role::Name;
            if hard && !(colon && self.reading.text()[self.reading.words[word - 1].end as usize..].starts_with(':')) {
                return None;
            }
            if parted && (!list || verb) {
                return None;
            }
            match self.role(word) {
                Role::Value(n) if verb || strangers == 0 && !list => return Some(n),
                Role::Verb => verb = true,
                Role::Link => {}
                Role::And if !verb => {}
                Role::Name if list && !verb => {}
                Role::Stranger if strangers < STRANGERS && !verb && !list => strangers += 1,
                _ => return None,
            }
        }
        None
    }
}
