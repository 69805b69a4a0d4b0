//! Whether what is told was so at a time that is over: "off work 2014-2015", "was not cleared in March; in October she was", "the
//! weakness had gone by June". The latest state that a letter tells is the present one.

use super::when::{When, is_parted};
use super::{Polarity, meaning};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Lexicon, Small};
use std::ops::Range;

/// So many words behind something may tell that it has gone.
const GONE: usize = 9;
/// So many words at the head of a sentence may tell that what was told right before has gone: "all of these have recovered".
const HEAD: usize = 5;
/// So many words may stand before one that opens a later time: "but then", "and by now".
const OPENS: usize = 2;
/// So many words behind something may tell how long it was so: "for the first eight weeks".
const LENGTH: usize = 5;

/// What tells of a request or of its denial tells no state of the patient.
const NO_STATE: [Cue; 5] = [Cue::UtilizationReview, Cue::AsksFor, Cue::ThisRequest, Cue::DenialDate, Cue::RequestDate];

/// A part of a letter with the times that it tells.
pub struct Course<'a> {
    /// The part.
    pub reading: &'a Reading,
    /// Its times, in order.
    pub times: &'a [When],
    /// The month of the decision, if it is told.
    pub now: Option<i32>,
    /// Vocabulary.
    pub lexicon: &'a Lexicon,
}

impl Course<'_> {
    /// Whether some words of a sentence tell what is over; `denied` where they deny something.
    pub fn is_past(&self, sentence: usize, words: &Range<usize>, denied: bool) -> bool {
        if !denied && self.is_gone(sentence, words)
            || self.is_before(sentence, words)
            || self.is_length(sentence, words)
            || denied && self.is_left(sentence, words)
        {
            return true;
        }
        match self.time_of(sentence, words) {
            Some(When { from, to: Some(to), ended: true, .. }) => {
                from.is_some() && self.now.is_some_and(|now| *to + 1 < now)
                    || self.tells_later(*to)
                    || self.gives_way(sentence, words, denied, Some(*to))
            }
            Some(When { to: Some(to), .. }) => self.gives_way(sentence, words, denied, Some(*to)),
            Some(_) => false,
            None => {
                self.is_formerly(sentence, words)
                    || self.is_first(sentence, words) && self.gives_way(sentence, words, denied, None)
            }
        }
    }

    /// The time of some words: the one that stands with them between two marks, behind them first; else the last before them.
    pub fn time_of(&self, sentence: usize, words: &Range<usize>) -> Option<&When> {
        let piece = self.piece(sentence, words);
        let own = |t: &&When| t.sentence == sentence;
        let within = |t: &&When| piece.start <= t.words.start && t.words.start < piece.end;
        let inside = |t: &&When| words.contains(&t.words.start);
        let inside = self.times.iter().filter(own).find(inside);
        let behind = self.times.iter().filter(own).filter(within).find(|t| t.words.start >= words.end);
        let before = || self.times.iter().filter(own).rfind(|t| t.words.end <= words.start);
        inside.or(behind).or_else(before)
    }

    /// Whether two times have no month in common.
    pub fn are_apart(one: &When, other: &When) -> bool {
        let ends = |a: &When, b: &When| a.to.zip(b.from).is_some_and(|(to, from)| to < from);
        ends(one, other) || ends(other, one)
    }

    fn is(&self, word: usize, set: Small) -> bool {
        word < self.reading.words.len() && self.reading.is_small(word, set, self.lexicon)
    }

    fn sentence(&self, number: usize) -> &Sentence {
        &self.reading.sentences[number]
    }

    /// The words around some words up to a comma, a semicolon or an end; marks within a date part nothing.
    fn piece(&self, sentence: usize, words: &Range<usize>) -> Range<usize> {
        let all = &self.sentence(sentence).words;
        let dated = |w: usize| self.times.iter().any(|t| t.words.start < w && w < t.words.end);
        let parts = |w: &usize| is_parted(self.reading, *w) && !dated(*w);
        let start = (all.start + 1..=words.start).rev().find(parts).unwrap_or(all.start);
        start..(words.end..all.end).find(parts).unwrap_or(all.end)
    }

    /// Whether it is told right behind that it went away, or right before: "the resolved numbness".
    fn is_gone(&self, sentence: usize, words: &Range<usize>) -> bool {
        let so = |w: usize| {
            let part = w.checked_sub(1).is_some_and(|b| self.is(b, Small::TimePartly));
            let meant = meaning(self.reading, self.lexicon, w..w + 1);
            let itself = || meant.cue.as_ref().is_some_and(|c| c.contains(&w));
            !part && (meant.polarity == Polarity::Affirmed || itself())
        };
        // "has gone from 20 to 40"
        let moves = |w: usize| self.is(w + 1, Small::TimeMoves) && !is_parted(self.reading, w + 1);
        let gone = |w: &usize| self.is(*w, Small::TimeGone) && !moves(*w) && so(*w);
        let all = &self.sentence(sentence).words;
        let end = (words.end + GONE).min(all.end);
        let before = words.start > all.start && gone(&(words.start - 1));
        let open = (words.end..end).take_while(|w| *w == words.end || self.reading.words[*w].gap != Gap::Hard);
        if before || { open }.any(|w| gone(&w)) {
            return true;
        }
        // "These have recovered"
        let Some(next) = self.reading.sentences.get(sentence + 1).map(|s| s.words.clone()) else { return false };
        let head = next.start..(next.start + HEAD).min(next.end);
        self.is(next.start, Small::TimeBack) && head.clone().any(|w| gone(&w))
    }

    /// Whether it was before something that came: "before the operation she had".
    fn is_before(&self, sentence: usize, words: &Range<usize>) -> bool {
        let all = &self.sentence(sentence).words;
        let head = self.is(all.start, Small::TimeBefore) && all.start < words.start;
        let piece = self.piece(sentence, words);
        let behind = (words.end + 1..piece.end).any(|w| self.is(w, Small::TimeBefore) && self.is(w - 1, Small::Is));
        // "had been off work until he took up baking"
        let had = |w: usize| self.is(w, Small::PastAuxiliary) && self.is(w + 1, Small::Been);
        let until = || (piece.start..words.start).any(had) && (words.end..piece.end).any(|w| self.is(w, Small::Until));
        let runs_on = (words.start..all.end).any(|w| self.is(w, Small::TimeGoesOn));
        (head || behind || until()) && !runs_on
    }

    /// Whether it is told as what was left: "went from not working to", "after two years of disability".
    fn is_left(&self, sentence: usize, words: &Range<usize>) -> bool {
        let piece = self.piece(sentence, words);
        let right = |back: usize, set| words.start >= piece.start + back && self.is(words.start - back, set);
        let after = |w: usize| self.is(w, Small::Later);
        let near = piece.start.max(words.start.saturating_sub(GONE))..words.start;
        // "benefits from" leaves nothing
        let parted = || (words.end..piece.end).any(|w| self.is(w, Small::To) || self.is_time(w));
        right(1, Small::From) && parted() || right(1, Small::Of) && near.into_iter().any(after)
    }

    /// Whether it is told how long it was so: "was off work for eight weeks".
    fn is_length(&self, sentence: usize, words: &Range<usize>) -> bool {
        let piece = self.piece(sentence, words);
        let near = words.end..(words.end + LENGTH).min(piece.end);
        let unit = near.clone().find(|w| self.is(*w, Small::TimeUnit));
        let told = |w: usize| self.reading.is_number(w) && !self.reading.word(w).contains('/');
        // "for eight weeks", "3 wks", but no "headaches on ten days a month"
        let led = self.is(words.end, Small::LeadsTime) || words.end < piece.end && told(words.end);
        let often =
            |u: usize| [u - 1, u + 1].into_iter().any(|w| self.is(w, Small::Article) || self.is(w, Small::Regularly));
        let long = unit.is_some_and(|u| {
            led && !often(u) && (words.end..u).any(told) && !(words.end..u).any(|w| self.is(w, Small::TimeLast))
        });
        let before = piece.start..words.start;
        let was = before.clone().any(|w| self.is(w, Small::PastAuxiliary));
        let bare = before.clone().all(|w| !self.is(w, Small::Auxiliary));
        let lasts = piece.clone().any(|w| self.is(w, Small::Been) || self.is(w, Small::TimeGoesOn));
        long && (was || bare) && !lasts
    }

    /// Whether it is told to have been so at first.
    fn is_first(&self, sentence: usize, words: &Range<usize>) -> bool {
        let piece = self.piece(sentence, words);
        let at = |w: usize| self.is(w, Small::TimeFirst) && self.is(w - 1, Small::At);
        (piece.start..words.start).any(|w| self.is(w, Small::TimeFirst)) || (words.end + 1..piece.end).any(at)
    }

    /// Whether the sentence opens with a word that makes all of it past, and nothing in it goes on: "initially she was off work".
    fn is_formerly(&self, sentence: usize, words: &Range<usize>) -> bool {
        let all = &self.sentence(sentence).words;
        let past = (words.end..all.end).chain(all.start..words.start).any(|w| self.is(w, Small::PastAuxiliary));
        let whole = past || words.clone().any(|w| self.is(w, Small::PastAuxiliary));
        let goes_on = |w: usize| self.is(w, Small::TimeGoesOn) || self.is(w, Small::TimeNow);
        self.is(all.start, Small::TimeFormerly) && whole && !all.clone().any(goes_on)
    }

    /// Whether anything of the patient is told of a later time.
    fn tells_later(&self, to: i32) -> bool {
        let yet_to_come = |from: i32| self.now.is_some_and(|now| from > now);
        let later =
            |t: &When| t.from.is_some_and(|from| !yet_to_come(from) && (from > to || from == to && t.to.is_none()));
        self.times.iter().any(|t| later(t) && !self.is_no_state(t.sentence))
    }

    fn is_no_state(&self, sentence: usize) -> bool {
        NO_STATE.iter().any(|c| self.sentence(sentence).cues.has(*c))
    }

    /// Whether the words behind, in the same sentence or the next, tell of a later time, and not that it went on.
    fn gives_way(&self, sentence: usize, words: &Range<usize>, denied: bool, to: Option<i32>) -> bool {
        let last = (sentence + 1).min(self.reading.sentences.len() - 1);
        for number in sentence..=last {
            let all = &self.sentence(number).words;
            if number > sentence && self.is_no_state(number) {
                return false;
            }
            let mut at = if number == sentence { words.end } else { all.start };
            while at < all.end {
                let piece = self.piece(number, &(at..at + 1));
                let piece = at..piece.end.max(at + 1);
                if let Some(goes_on) = self.later(&piece, to, number, denied, sentence == number && at == words.end) {
                    return !goes_on;
                }
                at = piece.end;
            }
        }
        false
    }

    /// Whether a piece tells of a later time, and if so whether it goes on as before.
    fn later(&self, piece: &Range<usize>, to: Option<i32>, number: usize, denied: bool, same: bool) -> Option<bool> {
        let here = |t: &&When| t.sentence == number && piece.contains(&t.words.start);
        // behind "at first" any time is a later one
        let later = |t: &When| match to {
            Some(to) => t.from.is_some_and(|from| from > to || from == to && t.to.is_none()),
            None => !same,
        };
        let dated = self.times.iter().filter(here).find(|t| later(t)).map(|t| t.words.clone());
        let head = piece.start..(piece.start + OPENS + 1).min(piece.end);
        let head = if same { piece.clone() } else { head };
        let from = dated.map(|w| w.start).or_else(|| head.into_iter().find(|w| self.opens_later(*w)))?;
        let end = self.sentence(number).words.end;
        let rest = if same { from..end } else { piece.start..end };
        let goes_on = |w: usize| self.is(w, Small::TimeGoesOn) || denied && self.is(w, Small::TimeDenies);
        Some({ rest }.any(goes_on))
    }

    /// Whether a word tells of a later time by itself: "now", "then"; "since" only where no time follows.
    fn opens_later(&self, word: usize) -> bool {
        let alone = || {
            let next = word + 1;
            is_parted(self.reading, next) || self.is(next, Small::Auxiliary) || self.is(next, Small::TimeNow)
        };
        self.is(word, Small::TimeNow) && !self.is_time(word + 1) && (!self.is(word, Small::SinceWord) || alone())
    }

    /// Whether a time begins with a word.
    fn is_time(&self, word: usize) -> bool {
        self.times.iter().any(|t| t.words.start == word)
    }
}
