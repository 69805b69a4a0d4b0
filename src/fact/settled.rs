//! Whether a ruling is as plain as it looks. A denial, a doubt or a condition in its clause that the reading has not accounted for
//! may turn it round ("on neither ground would the block be medically necessary"), so nothing is held against it.

use super::accounted::is_accounted;
use super::conclusion::{Ruling, Stance, Strength};
use super::marks::Marks;
use crate::letter::Reading;
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// So many words behind a ruling may take it back: "I wish that I could, but I cannot".
const TAKES_BACK: usize = 4;

/// Whether nothing in the sentence of a ruling unsettles it; `last` tells that the rationale ends with it.
pub(super) fn is_settled(marks: Marks, stance: &Stance, request: &Reading, last: bool) -> bool {
    let ruling = InSentence { marks, words: stance.words.clone(), request };
    let Range { end, .. } = marks.sentence.words;
    let asks = marks.reading.text()[marks.sentence.bytes.clone()].trim_end().ends_with('?');
    // the denials of words of the reviewer's own were counted
    if stance.strength == Strength::OwnWords {
        // "there is no ground to refuse, and I overturn" rules twice
        let twice = stance.words.clone().skip(1).any(|w| marks.comma_before(w) && marks.is(w, Small::JoinsClause));
        // "had care not been tried, I would have upheld the denial"
        let first = marks.stretch_start(stance.words.start);
        let have = |w: usize| marks.reading.word(w).eq_ignore_ascii_case("have");
        let supposed = (first..end - 1).any(|w| marks.is(w, Small::Would) && have(w + 1));
        // "this does not mean that future requests will be necessary"
        let later = (first..stance.words.end).any(|w| marks.is(w, Small::OfLater));
        return !asks && !twice && !supposed && !later;
    }
    let first = marks.stretch_start(stance.words.start);
    // "neither is medically necessary": the subject is denied
    let own = |w: usize| ruling.is(w, Small::Denies);
    let inside = stance.ruling == Ruling::Approve || stance.words.clone().any(own);
    let subject = (first..stance.words.start).rev().find(|w| !inside && ruling.is(*w, Small::DeniesSubject));
    // "it is not disputed that"
    let taken = |w: usize| own(w) && (w + 1..stance.words.start).any(|d| ruling.is(d, Small::Doubts));
    let open = |w: usize| ruling.unsettles(w) && !ruling.is_closed(w) && subject.is_none_or(|s| w > s) && !taken(w);
    let before = (first..stance.words.start).any(open);
    // "that it would be so I cannot see"
    let part = (stance.words.end..end).find(|w| marks.comma_before(*w)).unwrap_or(end);
    let behind = (stance.words.end..part).any(|w| marks.is(w, Small::Denies));
    // "medical necessity of a brace that was not tried is established"
    let inner = stance.ruling == Ruling::Approve && stance.words.clone().any(|w| own(w) && ruling.unsettles(w));
    let speaks = |w: usize| marks.is(w, Small::Speaker) || marks.is(w, Small::Answer);
    let back = |w: usize| speaks(w) && (w + 1..end.min(w + TAKES_BACK)).any(|d| marks.is(d, Small::Denies));
    let taken_back = (part..end).any(back);
    let would = (first..stance.words.start).any(|w| marks.is(w, Small::Would));
    // "were there no such findings, the request would be denied"
    let inverts = marks.is(first, Small::Inverts);
    let open = asks || before || behind || inner || taken_back || would && (inverts || !(last && ruling.ends()));
    !open && is_accounted(marks, stance, request)
}

/// A ruling in its sentence.
struct InSentence<'a> {
    marks: Marks<'a>,
    words: Range<usize>,
    request: &'a Reading,
}

impl InSentence<'_> {
    fn is(&self, w: usize, set: Small) -> bool {
        self.marks.is(w, set)
    }

    /// Whether a word denies, doubts or supposes, and is no word of the item ("without contrast").
    fn unsettles(&self, w: usize) -> bool {
        let text = self.marks.reading.word(w);
        let in_item = || (0..self.request.words.len()).any(|r| self.request.word(r).eq_ignore_ascii_case(text));
        // "No, the request is"; "the additional six sessions are"
        let first = self.marks.sentence.words.start;
        let ruled = [Cue::Necessary, Cue::NotNecessary].into_iter();
        let necessary = || ruled.clone().any(|cue| self.marks.meets(cue, &self.words));
        let answer = || w == first && self.marks.comma_before(w + 1) && necessary();
        let known = |w: usize| self.is(w, Small::Determiner) || self.marks.reading.is_number(w);
        let meant = || w > first && self.is(w, Small::Narrows) && known(w - 1);
        let assured = || self.marks.covers(Cue::Assures, w);
        (self.is(w, Small::Denies) || self.is(w, Small::Unsettles)) && !in_item() && !answer() && !meant() && !assured()
    }

    /// Whether the clause of a word is closed before the ruling: "as no fracture is seen, the", "was not tried, and the".
    fn is_closed(&self, w: usize) -> bool {
        let part = self.marks.part_start(w);
        let opens = |cue| self.marks.cue(cue).any(|o| part <= o.start && o.start <= w);
        let subordinate = || [Cue::Subordinate, Cue::GroundOpens].into_iter().any(opens);
        let between = w + 1..self.words.start + 1;
        between.into_iter().any(|c| {
            let comma = self.marks.comma_before(c);
            let joins = self.is(c, Small::JoinsClause);
            let anew = || {
                c + 1 < self.words.start && (self.is(c + 1, Small::JoinsStatement) || self.is(c + 1, Small::Determiner))
            };
            // "is not shown, and the denial stands": the ruling brings its own subject
            let own = || {
                c + 1 == self.words.start
                    && [Cue::Upholds, Cue::Overturns].into_iter().any(|cue| self.marks.meets(cue, &self.words))
                    && self.is(c + 1, Small::Determiner)
            };
            // "without a plan, the medical necessity is not established" holds its own verb
            let verb = || {
                let whole = self.marks.begins(Cue::Necessity, self.words.start);
                own() || whole || (c..self.words.start).any(|v| self.is(v, Small::Auxiliary))
            };
            comma && (joins || subordinate()) && verb() || joins && (anew() || self.is_said_again(w, c + 1))
        }) || self.is_paired(w)
    }

    /// "Not appropriate and not medically necessary", "neither reasonable nor medically necessary": the ruling has a denial of its own.
    fn is_paired(&self, denial: usize) -> bool {
        let start = self.words.start;
        let own = self.is(start, Small::Denies);
        let joined = start > denial && (self.is(start - 1, Small::Joins) || self.is(start, Small::DeniesSubject));
        own && joined && !(denial + 1..start).any(|w| self.is(w, Small::Auxiliary) || self.marks.comma_before(w))
    }

    /// "Is not supported and is not medically necessary": the verb that was denied stands again.
    fn is_said_again(&self, denial: usize, verb: usize) -> bool {
        let text = |w: usize| self.marks.reading.word(w);
        denial > 0
            && verb < self.words.start
            && self.is(verb, Small::Auxiliary)
            && text(denial - 1).eq_ignore_ascii_case(text(verb))
    }

    /// Whether the sentence ends with the ruling.
    fn ends(&self) -> bool {
        self.words.end + TAKES_BACK >= self.marks.sentence.words.end
    }
}
