//! Sums and differences that a rationale tells in words: "eight attended and eight requested give a total of 14", "of the
//! eight six were allowed, so that three are left".

use super::reckoned::amounts_of;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Reading, Sentence, Value, multiplied};
use crate::lexicon::{Cue, Small, as_number};
use crate::measure::{Quantity, Unit};
use std::ops::Range;

/// A plain number of a sentence, or what a course comes to.
struct Count {
    number: f64,
    words: Range<usize>,
}

/// So many words may stand between a word for the outcome and its number: "bring the number of visits to".
const REACH: usize = 6;

/// So many words may stand between a frequency and the time that it is kept for: "a week for another".
const COURSE: usize = 4;

/// A sum or difference of a sentence of the rationale that does not come out.
pub fn slip(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let reading = &decision.rationale.as_ref()?.reading;
    reading.sentences.iter().enumerate().find_map(|(n, sentence)| {
        let vague = [Cue::Conditional, Cue::GuidelineSays, Cue::ChapterNumber, Cue::AtMost];
        if !facts.is_of_case(n) || vague.iter().any(|c| sentence.cues.has(*c)) {
            return None;
        }
        let number = |a: &Amount| {
            sentence.bytes.contains(&a.bytes.start) && !matches!(a.value, Value::Strength { .. } | Value::Date(_))
        };
        if !facts.amounts.iter().any(number) {
            return None;
        }
        let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
        let sum = sentence.words.clone().find(|w| is(*w, Small::Sums));
        let rest =
            sentence.words.clone().find(|w| is(*w, Small::Leaves) || is(*w, Small::Left) && ends_clause(reading, *w));
        // "a total of 20 since the injury" may hold more; "since six were had" does not
        let roughly = |w: usize| is(w, Small::Roughly) || is(w, Small::SinceThen) && w > sentence.words.start;
        if sum.is_none() && rest.is_none() || sentence.words.clone().any(roughly) {
            return None;
        }
        let counts = counts(reading, sentence, facts)?;
        let told = Told { context, reading, counts: &counts };
        let used = |c: &Count| {
            let near = c.words.start.saturating_sub(2)..(c.words.end + REACH).min(sentence.words.end);
            near.into_iter().any(|w| is(w, Small::Used))
        };
        match rest {
            Some(word) => told.difference(word, used),
            None => told.sum(sum?),
        }
    })
}

/// Whether nothing of its clause stands behind a word: "has 5 left" is no side.
fn ends_clause(reading: &Reading, word: usize) -> bool {
    let end = reading.words[word].end as usize;
    let next = reading.text()[end..].chars().next();
    next.is_none_or(|c| !c.is_whitespace() && c != '-')
        && word > 0
        && !reading.word(word - 1).eq_ignore_ascii_case("the")
}

/// The plain numbers of a sentence, in order; none if one of them is a range or cannot be told.
fn counts(reading: &Reading, sentence: &Sentence, facts: &PartFacts) -> Option<Vec<Count>> {
    let amounts = amounts_of(reading, sentence, facts);
    let mut found: Vec<Count> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (n, (amount, words)) in amounts.iter().enumerate() {
        let exact = |q: &Quantity| (q.least == q.most).then_some(q.least);
        match &amount.value {
            Value::Tally { number, .. } | Value::Number(number) | Value::Count { number, unit: None } => {
                found.push(Count { number: exact(number)?, words: words.clone() });
            }
            Value::Course { frequency, time, .. } => {
                let visits = multiplied(frequency.times, frequency.period, *time)?;
                found.push(Count { number: exact(&visits)?, words: words.clone() });
            }
            // "three a week for another two weeks"
            Value::Frequency(f) if f.period != Unit::Days => {
                let (time, end) = amounts.get(n + 1).and_then(|(a, w)| match a.value {
                    Value::Duration(time) if w.start <= words.end + COURSE => Some((time, w.end)),
                    _ => None,
                })?;
                let visits = multiplied(f.times, f.period, time)?;
                found.push(Count { number: exact(&visits)?, words: words.start..end });
            }
            Value::Duration(_) | Value::Strength { .. } | Value::Levels(_) => {}
            _ => return None,
        }
        taken.push(words.clone());
    }
    for word in sentence.words.clone().filter(|w| !taken.iter().any(|t| t.contains(w))) {
        let text = reading.word(word);
        let number = as_number(text).filter(|n: &u32| *n > 1);
        found.extend(number.map(|n| Count { number: f64::from(n), words: word..word + 1 }));
    }
    found.sort_by_key(|c| c.words.start);
    Some(found)
}

struct Told<'a> {
    context: &'a Context<'a>,
    reading: &'a Reading,
    counts: &'a [Count],
}

impl Told<'_> {
    /// The finding on a sum whose word stands at `at`: the number behind it is none that others come to.
    fn sum(&self, at: usize) -> Option<Finding> {
        let stated = self.counts.iter().position(|c| c.words.start > at && c.words.start - at <= REACH)?;
        let others: Vec<f64> = self.others(stated).collect();
        if !self.counts_alike(stated) {
            return None;
        }
        let number = self.counts[stated].number;
        // all others stand before it
        let last = stated == others.len();
        let most = others.iter().copied().fold(0.0, f64::max);
        if !(2..=3).contains(&others.len()) || !last || number <= most || reached(&others, number) {
            return None;
        }
        Some(self.finding(stated, others.iter().sum()))
    }

    /// Whether a number counts nothing of its own: "makes 20 repetitions" is no sum of visits.
    fn counts_alike(&self, stated: usize) -> bool {
        let words = &self.counts[stated].words;
        words.len() > 1 || ends_clause(self.reading, words.end - 1) || {
            let next = self.reading.slice(words.end..(words.end + 1).min(self.reading.words.len()));
            self.context.lexicon.is_small(next, Small::OfSum)
        }
    }

    /// The finding on what is left beside the word at `at` of a whole and of what was used of it.
    fn difference(&self, at: usize, used: impl Fn(&Count) -> bool) -> Option<Finding> {
        let gap =
            |c: &Count| if c.words.start > at { c.words.start - at } else { (at + 1).saturating_sub(c.words.end) };
        let stated = (0..self.counts.len()).min_by_key(|n| gap(&self.counts[*n]))?;
        let [a, b] = self.others(stated).collect::<Vec<_>>()[..] else { return None };
        let (whole, part) = (a.max(b), a.min(b));
        let number = self.counts[stated].number;
        let near = gap(&self.counts[stated]) <= REACH / 2;
        let known = self.counts.iter().enumerate().any(|(n, c)| n != stated && c.number == part && used(c));
        let fits = number >= whole || whole - part == number || number == part || number == whole;
        (near && known && !fits).then(|| self.finding(stated, whole - part))
    }

    fn others(&self, stated: usize) -> impl Iterator<Item = f64> {
        self.counts.iter().enumerate().filter(move |(n, _)| *n != stated).map(|(_, c)| c.number)
    }

    fn finding(&self, stated: usize, expected: f64) -> Finding {
        let count = &self.counts[stated];
        let others = self.counts.iter().enumerate().filter(|(n, _)| *n != stated);
        let first = others.map(|(_, c)| c.words.clone()).reduce(|a, b| a.start..b.end).unwrap_or_default();
        let found = Finding::new("sum")
            .label("stated", self.reading.span_of_words(count.words.clone()))
            .label("other", self.reading.span_of_words(first.clone()))
            .hole("stated", self.reading.slice(count.words.clone()))
            .hole("expected", expected.to_string())
            .hole("original", self.reading.slice(first));
        Finding { lowered: Some(Severity::Warning), ..found }
    }
}

/// Whether some numbers come to another: by adding or multiplying two or all of them, or as one of them told again.
fn reached(others: &[f64], number: f64) -> bool {
    let pairs = || (0..others.len()).flat_map(|a| (a + 1..others.len()).map(move |b| (others[a], others[b])));
    others.contains(&number)
        || others.iter().sum::<f64>() == number
        || pairs().any(|(a, b)| a + b == number || a * b == number)
}
