//! A clause that may rule in a reviewer's own words: where its statement begins, what its subject and object name, how
//! often it is denied, and whether the reviewer speaks of the case.

use super::conclusion::Ruling;
use super::marks::Marks;
use super::named::Named;
use crate::lexicon::{Cue, Gap, Lexicon, Small, fold};
use std::ops::Range;

/// A clause between marks such as semicolons.
pub(super) struct Clause<'a> {
    pub marks: Marks<'a>,
    pub words: Range<usize>,
    pub heading: &'a Named,
    pub lexicon: &'a Lexicon,
    /// Whether its sentence is the last of the rationale.
    pub last: bool,
}

/// The part of a clause that makes a statement.
pub(super) struct Part {
    /// Its first word.
    pub start: usize,
}

/// How far before a need stands what governs it: "there is", "I see".
const NEAR: usize = 6;

impl Clause<'_> {
    /// A word as it is compared.
    pub fn word(&self, w: usize) -> String {
        fold(self.marks.reading.word(w))
    }

    /// Whether a word is one of a set of small words.
    pub fn is(&self, w: usize, set: Small) -> bool {
        let written = self.marks.reading.word(w);
        // "wasn't" is compared without its apostrophe
        match written.bytes().all(|b| b.is_ascii_alphanumeric()) {
            true => self.lexicon.is_small(written, set),
            false => self.lexicon.is_small(&fold(written), set),
        }
    }

    /// Whether one of some words stands within a range.
    pub fn says(&self, mut words: Range<usize>, any: &[&str]) -> bool {
        words.any(|w| any.contains(&self.word(w).as_str()))
    }

    /// Whether a word is a verb such as "is" or "cannot", "isn't" too.
    pub fn is_auxiliary(&self, w: usize) -> bool {
        let known = |word: &str| self.lexicon.is_small(word, Small::Auxiliary);
        self.is(w, Small::Auxiliary) || self.word(w).strip_suffix("nt").is_some_and(known)
    }

    /// Whether a subordinate clause begins at a word: "since", "if". "As such" opens the main clause.
    fn is_subordinate(&self, w: usize) -> bool {
        let starts = |cue| self.marks.begins(cue, w);
        (starts(Cue::Subordinate) || starts(Cue::Conditional))
            && !starts(Cue::ConclusionOpener)
            && !starts(Cue::OnlyThen)
    }

    /// Where the words between commas begin that hold a word.
    pub fn stretch(&self, w: usize) -> usize {
        self.marks.part_start(w).max(self.words.start)
    }

    /// Whether the subject of a statement may begin at a word.
    fn starts_subject(&self, w: usize) -> bool {
        let cues = [
            Cue::ReviewerSelf,
            Cue::Person,
            Cue::ThisRequest,
            Cue::CareWord,
            Cue::DeviceWord,
            Cue::Denial,
            Cue::ItemOf,
        ];
        self.is(w, Small::Determiner)
            || self.is(w, Small::OpensSubject)
            || cues.into_iter().any(|cue| self.marks.begins(cue, w))
            || self.marks.all().any(|(h, t)| h.first as usize == w && t.is_item())
    }

    /// Whether a word stands in a subordinate clause between commas, behind a first word: its denials are its own.
    fn is_aside(&self, w: usize, from: usize) -> bool {
        let start = self.stretch(w).max(from);
        let first = if self.is(start, Small::JoinsStatement) && start < w { start + 1 } else { start };
        self.is_subordinate(first)
    }

    /// The part of the clause whose statement a word makes; none where that is a subordinate one.
    pub fn part(&self, cue: Cue, hit: &Range<usize>) -> Option<Part> {
        let marks = self.marks;
        let verbs = [Cue::Needs, Cue::Grants, Cue::Refuses, Cue::Justifies, Cue::Denial, Cue::Passes, Cue::Fails];
        let verb = verbs.contains(&cue);
        let begins = |p: &usize| {
            *p == self.words.start || marks.comma_before(*p) || self.is(*p - 1, Small::JoinsStatement) && *p < hit.start
        };
        for start in (self.words.start..=hit.start).rev().filter(begins) {
            let said = start..hit.start;
            let first = (start..hit.start).find(|w| !self.is(*w, Small::JoinsStatement)).unwrap_or(start);
            if self.is_subordinate(first) {
                // "without that figure I am unable to ..." has no comma
                let speaks = marks.within(Cue::ReviewerSelf, said.clone()).last();
                let aside = said.clone().skip(1).any(|w| marks.comma_before(w));
                match speaks {
                    Some(reviewer) if !aside => return Some(Part { start: reviewer.start }),
                    _ if !aside => return None,
                    _ if start == self.words.start => return None,
                    _ => continue,
                }
            }
            if start == self.words.start {
                return Some(Part { start });
            }
            let finite =
                verb && !said.is_empty() || self.has_verb(said.clone()) || marks.says_within(Cue::ReviewerSelf, said);
            if finite && self.starts_subject(first) {
                return Some(Part { start });
            }
        }
        None
    }

    /// The words that deny within a range, those of subordinate clauses left out.
    fn denying(&self, words: Range<usize>) -> Vec<Range<usize>> {
        let cues = [Cue::OwnDenial, Cue::OnlyThen];
        let mut found: Vec<_> = cues.into_iter().flat_map(|cue| self.marks.within(cue, words.clone())).collect();
        found.sort_by_key(|r| r.start);
        found.retain(|r| !self.is_aside(r.start, words.start) || self.marks.cue(Cue::OnlyThen).any(|o| o == *r));
        // "neither reasonable nor necessary"
        let mut denied = false;
        found.retain(|r| {
            let again = denied && self.word(r.start) == "nor";
            denied = true;
            !again
        });
        found
    }

    /// How often a range is denied; none if that cannot be told.
    pub fn denials(&self, words: Range<usize>) -> Option<usize> {
        let found = self.denying(words.clone());
        let [denial] = &found[..] else { return found.is_empty().then_some(0) };
        // "has not improved and needs": whose denial is it?
        let between = denial.end..words.end;
        let joined = between.clone().any(|w| self.is(w, Small::JoinsStatement));
        (!joined || self.marks.links(between)).then_some(1)
    }

    /// Where the first denial of a range stands.
    pub fn first_denial(&self, words: Range<usize>) -> Option<usize> {
        self.denying(words).first().map(|r| r.start)
    }

    /// The words right before a word, up to one that ties it to something else.
    pub fn near(&self, part: &Part, hit: &Range<usize>) -> Range<usize> {
        let first = hit.start.saturating_sub(NEAR).max(part.start);
        let tied = (first..hit.start).rev().find(|w| self.is(*w, Small::Preposition) || self.word(*w) == "regarding");
        tied.map_or(first, |w| w + 1)..hit.start
    }

    /// Whether a verb only tells what for: "no finding to support imaging". "Fails to support" denies.
    pub fn is_infinitive(&self, verb: &Range<usize>) -> bool {
        let denies = |w: usize| self.marks.cue(Cue::OwnDenial).any(|d| d.end == w + 1);
        verb.start > self.words.start && self.word(verb.start - 1) == "to" && !denies(verb.start - 1)
    }

    /// Whether "and would" stands right before a verb.
    pub fn joined_modal(&self, verb: usize) -> bool {
        let modal = verb.checked_sub(1).filter(|w| *w > self.words.start && self.is(*w, Small::Would));
        modal.is_some_and(|w| self.is(w - 1, Small::JoinsStatement))
    }

    /// Whether next to nothing follows in the clause.
    pub fn ends(&self, end: usize) -> bool {
        let goes_on = |w| self.is(w, Small::BehindRuling);
        end == self.words.end || self.words.end - end <= 4 && goes_on(end)
    }

    /// Whether a verb such as "is" or "cannot" stands among some words.
    pub fn has_verb(&self, mut words: Range<usize>) -> bool {
        words.any(|w| self.is_auxiliary(w))
    }

    /// Whether a noun of its own stands between the last verb and the end of some words: "does not exceed the hours".
    pub fn is_of_a_noun(&self, words: Range<usize>) -> bool {
        let end = words.end;
        let verb = words.clone().rev().find(|w| self.is_auxiliary(*w)).map_or(words.start, |w| w + 1);
        let noun = (verb..end).any(|w| self.is(w, Small::Determiner) && w + 1 < end);
        noun && !(verb..=end.min(self.words.end - 1)).any(|w| self.marks.comma_before(w))
    }

    /// Whether the verb next before a word is one of the past.
    pub fn is_past(&self, words: Range<usize>) -> bool {
        self.verb(words).is_some_and(|verb| self.is(verb, Small::PastAuxiliary))
    }

    /// The verb next before the end of some words.
    pub fn verb(&self, words: Range<usize>) -> Option<usize> {
        words.rev().find(|w| self.is_auxiliary(*w) && !self.is(*w, Small::BareAuxiliary))
    }

    /// Whether the records of the case are the subject.
    pub fn says_of_papers(&self, mut words: Range<usize>) -> bool {
        self.marks.says_within(Cue::Record, words.clone()) || words.any(|w| self.is(w, Small::Papers))
    }

    /// Whether a number such as a year stands in the clause.
    pub fn has_number(&self) -> bool {
        self.words.clone().any(|w| {
            let word = self.word(w);
            word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
        })
    }

    /// Whether somebody else tells it; "and that ..." goes on with what was told before.
    pub fn is_told(&self, mut words: Range<usize>) -> bool {
        let marks = self.marks;
        if words.clone().take(2).any(|w| self.word(w) == "that") {
            words.start = marks.clause_start(words.start);
        }
        if marks.says_within(Cue::ReviewerSelf, words.clone()) {
            return false;
        }
        let active = |c: &Range<usize>| !(words.start..c.start).rev().take(2).any(|w| self.is_auxiliary(w));
        let told = marks.within(Cue::Claims, words.clone()).any(|c| {
            let opens = c.start == words.start || marks.reading.words[c.start].gap == Gap::Hard;
            let goes_on = c.end < words.end && !(c.end..words.end).any(|w| marks.comma_before(w));
            goes_on && !opens && !self.is(c.start - 1, Small::Determiner) && active(&c)
        });
        // "..., the surgeon wrote"
        let speaks = |c: Range<usize>| {
            [Cue::TreatingProvider, Cue::Person].into_iter().any(|cue| marks.cue(cue).any(|s| s.end == c.start))
        };
        told || marks.within(Cue::Claims, words.end..self.words.end).any(speaks)
    }

    /// Whether the reviewer says it now and of this case: not another, not once, not if.
    pub fn is_own(&self, part: &Part, hit: &Range<usize>, ruling: Ruling) -> bool {
        let marks = self.marks;
        let before = part.start..hit.start;
        let whole = part.start..self.words.end;
        // "approved by the FDA"
        if hit.end < self.words.end && self.word(hit.end) == "by" {
            return false;
        }
        let reviewer = marks.says_within(Cue::ReviewerSelf, before.clone());
        let only = marks.says_within(Cue::OnlyThen, before.clone());
        if marks.says_within(Cue::People, whole.clone()) || marks.says_within(Cue::GuidelineSays, whole) {
            return false;
        }
        let others = [Cue::TreatingProvider, Cue::UtilizationReview];
        // "as asked for by the surgeon"
        let subject = |r: Range<usize>| r.start == before.start || !self.is(r.start - 1, Small::Preposition);
        let spoken = others.into_iter().any(|cue| marks.within(cue, before.clone()).any(subject));
        if self.is_told(before.clone()) || spoken && !reviewer {
            return false;
        }
        // "per the guideline, an MRI is not needed" recites, unless it is said of this one
        let guideline = marks.says_within(Cue::GuidelineWord, self.words.start..hit.start);
        let definite = before.clone().any(|w| self.is(w, Small::Determiner));
        if guideline && !reviewer && !definite {
            return false;
        }
        let supposed =
            marks.within(Cue::Conditional, before.clone()).any(|c| !only && !self.is_aside(c.start, part.start))
                || marks.within(Cue::Conditional, hit.end..(hit.end + 4).min(self.words.end)).next().is_some();
        let opening = self.is_subordinate(self.words.start) && self.is(self.words.start, Small::OpensCondition);
        if supposed || opening && ruling == Ruling::Approve {
            return false;
        }
        if before.clone().any(|w| self.is(w, Small::Relative)) {
            return false;
        }
        let denied = ruling == Ruling::Deny;
        if self.is_past(before.clone()) {
            let need = [Cue::Needed, Cue::Unneeded].into_iter().any(|cue| marks.cue(cue).any(|r| r == *hit));
            let done = need && definite && self.ends(hit.end) && !self.has_number();
            return denied && (done || self.says_of_papers(before));
        }
        let verb = self.verb(before).map(|w| self.word(w));
        match verb.as_deref() {
            Some("may" | "might") => false,
            Some("could") => denied && reviewer,
            Some("would") => reviewer || only,
            _ => true,
        }
    }

    /// The words of a clause that is nothing but a ruling: "Not certified at this time".
    pub fn brief(&self, cue: Cue, hit: &Range<usize>) -> Option<Range<usize>> {
        let briefly = [Cue::Needed, Cue::Unneeded, Cue::GrantedInBrief, Cue::RefusedInBrief];
        if !briefly.contains(&cue) {
            return None;
        }
        let ruled = |w: usize| briefly.into_iter().chain([Cue::OwnDenial]).any(|cue| self.marks.covers(cue, w));
        let empty = |w: usize| self.is(w, Small::InBriefRuling) || ruled(w);
        let behind = (hit.end..self.words.end).all(empty)
            || self.words.end - hit.end <= 5 && self.is(hit.end, Small::BehindBriefRuling);
        ((self.words.start..hit.start).all(empty) && behind).then_some(self.words.start..hit.end)
    }
}
