//! Whether a clause speaks of the item in the heading: as the subject of what is said, as its object, or at all.

use super::named::Named;
use super::own_clause::{Clause, Part};
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// How many words of a subject or an object are read.
const READ: usize = 30;

/// So many words behind a ruling may name the patient it is for.
const HERE: usize = 4;

impl Clause<'_> {
    /// The object behind a verb: up to the first word that ties something else to it.
    pub fn object(&self, from: usize) -> Range<usize> {
        let item = |w: usize| self.marks.cue(Cue::ItemOf).any(|r| r.end == w + 1);
        let request = |w: usize| self.marks.says_within(Cue::ThisRequest, from..w);
        let limit = (from + READ).min(self.words.end);
        let end = (from..limit).find(|w| self.is(*w, Small::Preposition) && !item(*w) && !request(*w));
        from..end.unwrap_or(limit)
    }

    /// The words behind "need for" that may name the item: up to the verb.
    pub fn object_before_verb(&self, from: usize) -> Range<usize> {
        let object = self.object(from);
        from..(from + 1..object.end).find(|w| self.is_auxiliary(*w)).unwrap_or(object.end)
    }

    /// Whether words name the item of the heading or speak of the request.
    pub fn names_item(&self, words: Range<usize>) -> bool {
        let marks = self.marks;
        if words.is_empty() || marks.says_within(Cue::OtherRequest, words.clone()) {
            return false;
        }
        let named = Named::of(marks.reading, words.clone(), self.lexicon);
        if self.heading.matches(&named, self.lexicon) || self.heading.shares_words(&named) {
            return true;
        }
        if !named.is_empty() {
            return false;
        }
        let general = [Cue::CareWord, Cue::DeviceWord].into_iter().any(|cue| {
            marks
                .within(cue, words.clone())
                .any(|care| (words.start..care.start).rev().take(3).any(|w| self.is(w, Small::Determiner)))
        });
        general
            || marks.says_within(Cue::ThisRequest, words.clone())
            || marks
                .within(Cue::StandsForItem, words.clone())
                .any(|r| r.start == words.start && (r.end == words.end || self.goes_on_so(r.end)))
    }

    /// Whether nothing is named by the next word: "it, today", "it as ordered".
    fn goes_on_so(&self, w: usize) -> bool {
        self.marks.comma_before(w)
            || self.is(w, Small::Preposition)
            || self.is_auxiliary(w)
            || self.marks.begins(Cue::Needed, w)
    }

    /// Whether the item is the subject of a word: "the MRI is not", "nor is the MRI".
    pub fn is_subject(&self, part: &Part, hit: &Range<usize>) -> bool {
        let said = part.start..hit.start;
        // "nobody has shown that the MRI is": the subject of the inner clause
        let that = said
            .clone()
            .rev()
            .find(|w| self.word(*w) == "that" && *w > part.start && (*w + 1..hit.start).any(|v| self.is_auxiliary(v)));
        let start = that.map_or(said.start, |w| w + 1);
        let auxiliary = |w: &usize| self.is_auxiliary(*w);
        let verb = (start..hit.start).find(auxiliary).unwrap_or(hit.start);
        let mut head = start..verb;
        let denies = |w: usize| self.marks.covers(Cue::OwnDenial, w);
        let only = self.marks.says_within(Cue::OnlyThen, said.clone());
        if only || head.clone().all(|w| denies(w) || self.is(w, Small::JoinsStatement)) {
            let Some(last) = (start..hit.start).rev().find(|w| auxiliary(w) && !self.is(*w, Small::BareAuxiliary))
            else {
                return false;
            };
            head = last + 1..hit.start;
        }
        let Some(first) = head.clone().find(|w| !self.is(*w, Small::JoinsStatement)) else { return false };
        head.start = first;
        let mut here = false;
        let opens = self.is(head.start, Small::Preposition) || self.marks.begins(Cue::ConclusionOpener, head.start);
        if opens {
            let Some(from) = self.last_noun(head.clone()) else { return false };
            // "for this worker a brace is warranted"
            here = self.marks.says_within(Cue::Person, head.start..from);
            head.start = from;
        }
        let object = self.object(head.start);
        head.end = head.end.min(object.end.max(head.start + 1));
        // "an MRI is needed" may be said of MRIs in general
        let definite = here
            || self.is(head.start, Small::Determiner)
            || self.marks.says_within(Cue::ThisRequest, head.clone())
            || self.is(head.start, Small::Approval) && self.is(head.start + 1, Small::NeedOf)
            || !Named::of(self.marks.reading, head.clone(), self.lexicon).drugs.is_empty();
        (definite || !only && (self.of_this_case(hit.end) || self.last && self.ends(hit.end)))
            && !self.marks.says_within(Cue::FallsShort, head.clone())
            && self.names_item(head)
    }

    /// Where the last noun of some words begins, with what is tied to it: in "at this point the MRI of the right knee" the MRI.
    fn last_noun(&self, words: Range<usize>) -> Option<usize> {
        let opens = |w: &usize| self.is(*w, Small::Determiner) || self.is(*w, Small::OpensSubject);
        let mut found = words.clone().rev().find(opens)?;
        while found > words.start && self.is(found - 1, Small::NeedOf) && !self.names_item(found..words.end) {
            found = (words.start..found).rev().find(opens)?;
        }
        Some(found)
    }

    /// Whether weak words stand in a statement on the item that is not of the past.
    pub fn leans_on_item(&self, words: &Range<usize>) -> bool {
        let part = Part { start: self.marks.part_start(words.start).max(self.words.start) };
        // "was needed after the fusion of 2011"
        let once = self.is_past(part.start..words.start + 1) && self.has_number();
        let definite = self.is(part.start, Small::Determiner);
        !once && (part.start == words.start || definite || self.is_subject(&part, words))
    }

    /// Whether weak words speak of an item in general: "muscle relaxants are not needed in chronic pain".
    pub fn is_general(&self, words: &Range<usize>) -> bool {
        let rest = words.end..self.words.end;
        let start = self.marks.part_start(words.start).max(self.words.start);
        let bare = start < words.start && !self.is(start, Small::Determiner);
        let tied = !rest.is_empty() && self.is(rest.start, Small::TiedBehind);
        let here = [Cue::CaseTurn, Cue::Person, Cue::ThisRequest, Cue::ConclusionOpener];
        let own = here.into_iter().any(|cue| self.marks.says_within(cue, self.words.clone()));
        bare && tied && !own && !rest.into_iter().any(|w| self.is(w, Small::OfThisCase))
    }

    /// Whether a ruling is on the item as it stands, and not for a purpose, a time or a patient of its own: "is not needed",
    /// "in this case", "as a first drug".
    pub fn is_whole(&self, end: usize) -> bool {
        // "the refusal of the MRI"
        let tied = end < self.words.end && self.is(end, Small::NeedOf);
        let object = self.object(end + usize::from(tied));
        let named = !object.is_empty() && self.names_item(object.clone());
        let mut behind = if named { object.end } else { end };
        // "the MRI of the right knee"
        while named && behind + 1 < self.words.end && self.is(behind, Small::Of) {
            behind = self.object(behind + 1).end;
        }
        let as_one = behind + 1 < self.words.end && self.word(behind) == "as" && self.is(behind + 1, Small::OfOther);
        self.ends(behind) && !as_one || self.words.end - behind <= HERE && self.of_this_case(behind)
    }

    /// Whether a reason follows: "cannot be supported since the knee is stable".
    pub fn gives_reason(&self, end: usize) -> bool {
        end < self.words.end && self.is(end, Small::GivesReason)
    }

    /// Whether what follows says of whom or what in this case: "should be authorized for the patient", "for this operation".
    fn of_this_case(&self, from: usize) -> bool {
        let mut here = from..(from + HERE).min(self.words.end);
        let kind = here.clone().any(|w| self.is(w, Small::KindOf));
        !here.is_empty()
            && !kind
            && self.is(from, Small::TiedBehind)
            && (self.marks.says_within(Cue::Person, here.clone()) || here.any(|w| self.is(w, Small::OfThisCase)))
    }

    /// Whether a clause names the item or nothing.
    pub fn names_nothing_else(&self) -> bool {
        let named = Named::of(self.marks.reading, self.words.clone(), self.lexicon);
        let other = self.marks.says_within(Cue::OtherRequest, self.words.clone());
        !other && (named.is_empty() || self.heading.matches(&named, self.lexicon) || self.heading.shares_words(&named))
    }
}
