//! Whether every word of a ruling's clause is accounted for: the item, the reviewer, and words by which rulings are put. "The part
//! certified by UR is medically necessary" and "a larger amount would not be" hold words that make them rulings on something else,
//! and no list of those is ever whole; so the words that change nothing are known instead.

use super::conclusion::{Ruling, Stance};
use super::marks::Marks;
use crate::letter::Reading;
use crate::lexicon::{Cue, Gap, Hit, Small, Term, as_number, number_word};
use std::ops::Range;

/// So many words behind "requested by" may name who asked.
const NAMED: usize = 5;

/// So many words before a guideline may stand what leads to it: "by the".
const LED: usize = 3;

/// So many words before a comma open a sentence: "Conversely".
const OPENING: usize = 2;

/// Cues whose words change nothing in a ruling.
const PLAIN: [Cue; 14] = [
    Cue::ThisRequest,
    Cue::ReviewerSelf,
    Cue::Assures,
    Cue::Judges,
    Cue::ConclusionOpener,
    Cue::CaseTurn,
    Cue::Person,
    Cue::CareWord,
    Cue::DeviceWord,
    Cue::RequestDetail,
    Cue::Necessity,
    Cue::Coordination,
    Cue::TopicalForm,
    Cue::OralForm,
];

/// Sets of small words that change nothing in a ruling.
const SMALL: [Small; 8] = [
    Small::Determiner,
    Small::Article,
    Small::Auxiliary,
    Small::VerdictLink,
    Small::Preposition,
    Small::JoinsStatement,
    Small::Denies,
    Small::OfRuling,
];

/// Others whose words a ruling may be.
const OTHERS: [Cue; 4] = [Cue::UtilizationReview, Cue::TreatingProvider, Cue::AnothersRuling, Cue::Examiner];

/// Whether all words of the clause of a ruling are accounted for.
pub(super) fn is_accounted(marks: Marks, stance: &Stance, request: &Reading) -> bool {
    let ruling = Ruled { marks, stance, request };
    let first = marks.stretch_start(stance.words.start);
    let main = ruling.main_start(first);
    !ruling.is_spoken(first..main)
        && (main..stance.words.start).all(|w| ruling.is_known(w) || ruling.is_beside(main, w))
        && !ruling.may_be(main)
        && ruling.ends_known()
}

/// A ruling beside the request that it is about.
struct Ruled<'a> {
    marks: Marks<'a>,
    stance: &'a Stance,
    request: &'a Reading,
}

impl Ruled<'_> {
    fn is(&self, w: usize, set: Small) -> bool {
        self.marks.is(w, set)
    }

    /// Where the main clause begins: behind the last comma before the ruling that parts it from a ground or an opening.
    fn main_start(&self, first: usize) -> usize {
        let opens = |w: usize| {
            let joined = self.is(w, Small::JoinsClause) && w + 1 < self.stance.words.end;
            self.opens_subject(w) || joined && self.opens_subject(w + 1)
        };
        let bound = |w: usize| self.marks.comma_before(w) || self.is(w - 1, Small::JoinsStatement);
        let clause = |w: usize| self.marks.comma_before(w) && self.is(w, Small::JoinsClause) && opens(w);
        // "in my view" is an aside
        let speaks = |w: usize| {
            let own = self.is(w, Small::Speaker) || self.is(w, Small::Determiner);
            own && self.marks.begins(Cue::ReviewerSelf, w)
        };
        let parted = |w: &usize| bound(*w) && opens(*w) && self.is_aside(first..*w) || clause(*w) || speaks(*w);
        (first + 1..=self.stance.words.start).rev().find(parted).unwrap_or(first)
    }

    /// Whether the subject of a ruling may begin at a word.
    fn opens_subject(&self, w: usize) -> bool {
        let sets = [Small::Determiner, Small::OpensSubject, Small::Speaker, Small::DeniesSubject];
        let small = sets.into_iter().any(|set| self.is(w, set));
        let cues = [Cue::ThisRequest, Cue::CareWord, Cue::DeviceWord, Cue::ReviewerSelf];
        small
            || cues.into_iter().any(|cue| self.marks.begins(cue, w))
            || self.marks.all().any(|(h, t)| h.first as usize == w && is_item(t))
            || self.is_of_heading(w)
    }

    /// Whether words before a comma are a clause of their own, or lead to one.
    fn is_aside(&self, words: Range<usize>) -> bool {
        let opens = [Cue::ConclusionOpener, Cue::Subordinate, Cue::GroundOpens, Cue::CaseTurn, Cue::Following];
        let led = opens.into_iter().any(|cue| self.marks.cue(cue).any(|c| c.start <= words.start + 1))
            || self.is(words.start, Small::Preposition);
        led || words.len() <= OPENING || words.into_iter().any(|w| self.is(w, Small::Auxiliary))
    }

    /// Whether somebody else speaks before the main clause and nothing turns from that to this reviewer.
    fn is_spoken(&self, before: Range<usize>) -> bool {
        let Some(other) =
            OTHERS.into_iter().flat_map(|cue| self.marks.within(cue, before.clone())).map(|o| o.end).max()
        else {
            return before.into_iter().any(|w| self.is(w, Small::OtherVoice));
        };
        let own = self.marks.says_within(Cue::ReviewerSelf, other..self.stance.words.start);
        // "contrary to utilization review", "I do not agree with the denial, and"
        let judged =
            |w: usize| self.is(w, Small::Opposes) || self.is(w, Small::Agrees) || self.marks.begins(Cue::Rejects, w);
        let spoken = |cue| self.marks.says_within(cue, before.clone());
        let opposed = before.clone().any(judged) && !spoken(Cue::Claims);
        let turned = self.is(before.end, Small::But)
            || self.is(before.end, Small::JoinsClause) && !self.is(before.end, Small::Joins);
        let ground = self.marks.begins(Cue::Subordinate, before.start)
            && !self.marks.within(Cue::Claims, before.clone()).any(|c| c.end + 1 >= before.end);
        !(own || turned || ground || opposed)
    }

    /// Whether a word changes nothing.
    fn is_known(&self, w: usize) -> bool {
        if let Some(other) = self.marks.cue(Cue::OtherRequest).find(|c| c.contains(&w)) {
            // "no part of this request"
            return other.start > 0 && self.is(other.start - 1, Small::Denies);
        }
        if self.is_others(w) {
            return self.is_asker(w) || self.is_of_denial(w) || self.is_agreed(w);
        }
        let text = self.marks.reading.word(w);
        // "twelve more"
        if w > 0 && text.eq_ignore_ascii_case("more") {
            return as_number::<u32>(self.marks.reading.word(w - 1)).is_some()
                || as_number::<u32>(self.marks.reading.word(w.saturating_sub(2))).is_some();
        }
        let figure = text.bytes().any(|b| b.is_ascii_digit()) || number_word(text.as_bytes()).is_some();
        let item = |(h, t): (&Hit, Term)| (h.first as usize..h.end as usize).contains(&w) && is_item(t);
        figure
            || SMALL.into_iter().any(|set| self.is(w, set))
            || PLAIN.into_iter().any(|cue| self.marks.covers(cue, w))
            || self.is_of_heading(w)
            || self.marks.all().any(item)
            || self.is_side(w)
            || self.is_guideline(w)
            || self.is_asker(w)
            || self.is_of_denial(w)
    }

    /// Whether a word names somebody else who rules or asks.
    fn is_others(&self, w: usize) -> bool {
        OTHERS.into_iter().any(|cue| self.marks.covers(cue, w))
    }

    /// Whether a word stands in an apposition ("omeprazole, a proton pump inhibitor, is"), or in another predicate of the same subject
    /// ("is within the frequency and is").
    fn is_beside(&self, main: usize, w: usize) -> bool {
        let start = self.stance.words.start;
        let verb = |w: usize| self.is(w, Small::Auxiliary);
        let comma = |w: &usize| self.marks.comma_before(*w);
        let apposed = (main..=w)
            .rev()
            .find(comma)
            .zip((w + 1..=start).find(comma))
            .is_some_and(|(from, to)| self.is(from, Small::Article) && !(from..to).any(verb));
        let again = (main + 1..start).rev().find(|j| self.is(*j, Small::Joins) && verb(*j + 1));
        let first = (main..start).find(|w| verb(*w) || self.is(*w, Small::Exceeds));
        apposed
            || !self.is_others(w)
                && first.zip(again).is_some_and(|(first, again)| main < first && first < w && w < again)
    }

    /// Whether a word names a guideline by which, or under which, something is so.
    fn is_guideline(&self, w: usize) -> bool {
        let named = |(h, t): (&Hit, Term)| {
            (h.first as usize..h.end as usize).contains(&w)
                && matches!(
                    t,
                    Term::Guideline(_) | Term::SharedGuideline(_) | Term::Family(_) | Term::Cue(Cue::GuidelineWord)
                )
        };
        let led =
            (self.marks.sentence.words.start.max(w.saturating_sub(LED))..w).any(|b| self.is(b, Small::Preposition));
        led && self.marks.all().any(named)
    }

    /// Whether a word is one of the heading's, in the singular or the plural.
    fn is_of_heading(&self, w: usize) -> bool {
        let bare = |word: &'_ str| word.trim_end_matches(['s', 'S']).len();
        let text = self.marks.reading.word(w);
        let word = &text[..bare(text)];
        (0..self.request.words.len()).any(|r| {
            let own = self.request.word(r);
            own[..bare(own)].eq_ignore_ascii_case(word)
        })
    }

    /// "The left knee", not "the right patient".
    fn is_side(&self, w: usize) -> bool {
        let sides = [Cue::LeftSide, Cue::RightSide, Cue::BothSides];
        let part =
            |(h, t): (&Hit, Term)| h.first as usize > w && h.first as usize <= w + 3 && matches!(t, Term::BodyPart(_));
        sides.into_iter().any(|cue| self.marks.covers(cue, w)) && self.marks.all().any(part)
    }

    /// Whether a word names who asks: "the provider's request", "requested by Dr. Smith".
    fn is_asker(&self, w: usize) -> bool {
        self.marks.cue(Cue::ThisRequest).any(|r| {
            let before = r.start > w && r.start - w <= 2;
            let by = |b: usize| ["by", "from"].iter().any(|by| self.marks.reading.word(b).eq_ignore_ascii_case(by));
            let behind = r.end <= w && w - r.end < NAMED && (r.end..w).any(by);
            before && self.marks.covers(Cue::TreatingProvider, w) || behind
        })
    }

    /// Whether a word names the denial, where the ruling is on that: "the denial is upheld".
    fn is_of_denial(&self, w: usize) -> bool {
        // "I cannot endorse the denial"
        let behind = w >= self.stance.words.end;
        let ruled =
            !behind && [Cue::Upholds, Cue::Overturns].into_iter().any(|cue| self.marks.meets(cue, &self.stance.words));
        ruled && [Cue::Denial, Cue::UtilizationReview].into_iter().any(|cue| self.marks.covers(cue, w))
    }

    /// "I agree with the prior reviewer that".
    fn is_agreed(&self, w: usize) -> bool {
        let first = self.marks.sentence.words.start;
        let own = self.marks.within(Cue::ReviewerSelf, first..w).last();
        own.is_some_and(|i| (i.end..w).any(|a| self.is(a, Small::Agrees)))
    }

    /// Whether it is only said to be possible: "can be medically necessary".
    fn may_be(&self, main: usize) -> bool {
        self.stance.ruling == Ruling::Approve
            && self.marks.meets(Cue::Necessary, &self.stance.words)
            && (main..self.stance.words.start).any(|w| self.is(w, Small::MayBe) || self.is(w, Small::CanBe))
    }

    /// Whether what follows up to the next mark or ground is known too: "for this patient", not "in every case".
    fn ends_known(&self) -> bool {
        let end = self.marks.sentence.words.end;
        let grounds =
            [Cue::Subordinate, Cue::GroundOpens, Cue::Following, Cue::Conditional, Cue::ClauseJoin, Cue::Concession];
        let stops = |w: usize| {
            self.marks.reading.words[w].gap == Gap::Hard
                || self.marks.comma_before(w)
                || self.is(w, Small::LeadsGround)
                || self.is(w, Small::JoinsClause)
                || self.is(w, Small::To) && w + 1 < end && !self.is(w + 1, Small::Determiner)
                || grounds.into_iter().any(|cue| self.marks.begins(cue, w))
        };
        let tail = self.stance.words.end..(self.stance.words.end..end).find(|w| stops(*w)).unwrap_or(end);
        // "for the eight weeks named", not "for most patients"
        let general = [Cue::People, Cue::General].into_iter().any(|cue| self.marks.says_within(cue, tail.clone()))
            || tail.clone().any(|w| self.is(w, Small::Unsettles) || self.is(w, Small::OfLater));
        let purpose = !tail.is_empty() && self.marks.reading.word(tail.start).eq_ignore_ascii_case("for");
        purpose && !general || tail.into_iter().all(|w| self.is_known(w))
    }
}

/// Whether a term names something that may be asked for, or its place.
fn is_item(term: Term) -> bool {
    term.is_item() || matches!(term, Term::BodyPart(_))
}
