//! The walk from some words to the left, to the cues that govern them: "no".

use super::sign::{Marks, Sign, bits};
use super::{Found, Polarity, plus};
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon, Small};
use std::ops::Range;

/// Cues that speak of what follows.
const FORWARD: u128 =
    bits(&[Cue::Negation, Cue::Unshown, Cue::Undocumented, Cue::Doubt, Cue::PseudoNegation, Cue::Supposition]);

/// Cues that deny what follows.
const DENY: u128 = bits(&[Cue::Negation, Cue::Unshown]);

/// Cues that speak of what stands before.
pub(super) const BACKWARD: u128 = bits(&[Cue::NegationAfter, Cue::UndocumentedAfter, Cue::DoubtAfter]);

/// How many words may stand between the two for a cue to be right beside its object.
const BESIDE: usize = 2;

/// How many words an item of a list may have that no "or" joins to the others.
const ITEM: usize = 4;

/// How far behind the words the end of a cue that speaks of them may stand, in words.
pub(super) const FAR: usize = 14;

/// The words asked for, in their sentence.
pub struct Clause<'a> {
    pub reading: &'a Reading,
    pub lexicon: &'a Lexicon,
    pub signs: &'a [Sign],
    pub target: Range<usize>,
    /// The words of their sentence.
    pub sentence: Range<usize>,
    /// Whether signs before words affirm and deny in it.
    pub telegraph: bool,
}

/// What was passed on the way from the words asked for to a cue.
#[derive(Default)]
struct Way {
    /// Depth in brackets that were closed on the way; what they hold does not reach out.
    depth: usize,
    /// Subjects and verbs of statements of their own.
    clauses: usize,
    /// First word of the last of them, and whether it is a subject.
    clause: usize,
    subject: bool,
    comma: bool,
    /// Whether "or" joins what was passed.
    list: bool,
    /// Whether the cue found says that something does not show the words: of records that means they are missing.
    unshown: bool,
    /// Whether the words stand in no list that a denial before it could run through.
    outside: bool,
    /// What a plus or minus says that was come to, behind which nothing reaches.
    shown: Option<bool>,
}

impl Clause<'_> {
    /// What the cues before the words make of them, from the nearest outwards.
    pub fn before(&self) -> Found {
        let (mut found, mut way) = (Found::default(), Way::default());
        let subject = self.is_subject();
        let (mut at, mut ended) = (self.target.start, false);
        let opens = self.own_clause();
        let ahead = |s: &&Sign| s.words.start < self.target.start && s.words.end > opens;
        for sign in self.signs.iter().rev().filter(ahead) {
            // "no improvement with" denies the improvement itself, whatever it is with
            if sign.words.end > self.target.end && !sign.is(Cue::PseudoNegation) {
                continue;
            }
            if sign.words.end > self.target.start {
                if !self.reaching_in(sign, &mut found) {
                    ended = true;
                    break;
                }
                at = at.min(sign.words.start);
                continue;
            }
            // of two phrases that share words the nearer one counts
            if sign.words.end > at {
                continue;
            }
            if !self.passes(sign, at, subject, &mut way) {
                ended = true;
                break;
            }
            at = sign.words.start;
            if way.depth == 0 && (self.shares_verb(sign) || !self.step(sign, &mut found, &mut way)) {
                ended = true;
                break;
            }
        }
        if self.telegraph && !ended {
            self.passes_over(self.sentence.start..at, |_| false, subject, &mut way);
        }
        self.signed(&way, &mut found);
        found.missing |= found.polarity == Some(Polarity::Negated) && self.means_papers();
        found
    }

    /// Where the clause of the words begins at the latest: behind an "and" whose verb is theirs, "was not working and had been off work".
    fn own_clause(&self) -> usize {
        let verb = self.target.start.saturating_sub(1);
        let is = |w: usize, set| self.reading.is_small(w, set, self.lexicon);
        let own = verb > self.sentence.start
            && (is(verb, Small::HasHad) || is(verb, Small::Is))
            && is(verb - 1, Small::JoinsClause);
        if own { verb } else { self.sentence.start }
    }

    /// Whether words are an item of a list beside an absence, and not part of it: "loss of function, absence of a surgical option and
    /// motivation are documented".
    fn shares_verb(&self, sign: &Sign) -> bool {
        let is = |w: usize, set| self.reading.is_small(w, set, self.lexicon);
        let between = sign.words.end..self.target.start;
        let noun = sign.is(Cue::Negation) && is(sign.words.end - 1, Small::Of) && self.marks(sign.words.start).comma;
        let joined = || between.clone().any(|w| is(w, Small::Lists)) && !between.clone().any(|w| self.marks(w).comma);
        let behind = self.target.end..(self.target.end + BESIDE).min(self.sentence.end);
        noun && joined() && { behind }.any(|w| is(w, Small::AreVerb))
    }

    /// What a minus come to on the way makes of the words: it denies its own item; what stands behind a comma without a sign is
    /// not told.
    fn signed(&self, way: &Way, found: &mut Found) {
        if way.shown == Some(false) && found.polarity.is_none() && way.clauses == 0 {
            let polarity = if way.comma && !way.list { Polarity::Doubtful } else { Polarity::Negated };
            found.set(polarity, &self.target);
        }
    }

    /// A cue that begins before the words and ends in them: "no improvement" for "improvement in function". Whether to
    /// go on.
    fn reaching_in(&self, sign: &Sign, found: &mut Found) -> bool {
        if sign.is_any(const { bits(&[Cue::Negation, Cue::Unshown, Cue::Undocumented, Cue::PseudoNegation]) }) {
            found.polarity = Some(Polarity::Negated);
        } else if sign.is(Cue::Doubt) {
            found.polarity = Some(Polarity::Doubtful);
        } else {
            return !sign.is(Cue::ScopeEnd);
        }
        found.missing = sign.is(Cue::Undocumented);
        found.cue = Some(sign.words.start..sign.words.end.min(self.target.end));
        true
    }

    /// Goes left over the words between a sign and `at`; whether nothing there ends the reach.
    fn passes(&self, sign: &Sign, at: usize, subject: bool, way: &mut Way) -> bool {
        let heads = |word: usize| word == sign.words.end && sign.is_any(FORWARD);
        self.passes_over(sign.words.end..at, heads, subject, way)
    }

    /// Goes left over some words; whether nothing there ends the reach.
    fn passes_over(&self, words: Range<usize>, heads: impl Fn(usize) -> bool, subject: bool, way: &mut Way) -> bool {
        for word in (words.start..=words.end).rev() {
            if self.is_blank(word) {
                continue;
            }
            let marks = self.marks(word);
            if self.telegraph && way.depth == 0 {
                way.shown = plus::before(self.reading, word);
                if way.shown.is_some() {
                    return false;
                }
            }
            way.depth = way.depth.saturating_sub(marks.opened) + marks.closed;
            if way.depth > 0 {
                continue;
            }
            if marks.stop || marks.heading && !heads(word) {
                return false;
            }
            if marks.comma {
                // "no fever, pain is worse", "if it fails, pain is treated": a new statement behind the comma
                if !way.list && subject || way.clauses > 0 {
                    return false;
                }
                way.outside |= !(way.comma || way.list || self.is_item(word));
                way.comma = true;
            }
        }
        true
    }

    /// Whether the last word of a cue is the "that" of the clause behind it.
    fn opens_clause(&self, sign: &Sign) -> bool {
        sign.words.end.checked_sub(1).is_some_and(|last| self.reading.word(last).eq_ignore_ascii_case("that"))
    }

    /// Takes one sign to the left into account; whether to go on.
    fn step(&self, sign: &Sign, found: &mut Found, way: &mut Way) -> bool {
        if way.clauses > 0 && way.clause == sign.words.end && sign.is_any(FORWARD) {
            // "denies having": the verb right behind a cue belongs to it; "no evidence he has": so does the whole clause
            way.clauses = if way.subject { 0 } else { way.clauses - 1 };
        }
        // "it is not documented that surgery is planned": the cue itself opens the clause
        if way.clauses > 0 && sign.is_any(FORWARD) && self.opens_clause(sign) {
            way.clauses = 0;
        }
        if sign.is(Cue::Supposition) {
            found.supposed = true;
            found.cue = Some(sign.words.clone());
            return false;
        }
        // "nothing in the chart is of that kind": the verb is its own
        if way.clauses == 1 && !way.subject && !way.comma && sign.is(Cue::Negation) && self.is_subject_word(sign) {
            way.clauses = 0;
        }
        if sign.is_any(FORWARD) {
            return way.clauses == 0 && self.govern(sign, found, way);
        }
        if sign.is(Cue::NegationOfNext) {
            if found.polarity.is_none() && !way.comma && sign.words.end + BESIDE >= self.target.start {
                found.set(Polarity::Negated, &sign.words);
            }
            return false;
        }
        if sign.is_any(const { bits(&[Cue::About, Cue::AsksFor]) }) && !way.comma && !way.list && way.clauses == 0 {
            found.about |= found.polarity.is_none();
            return sign.is(Cue::AsksFor) || !found.about;
        }
        if sign.is(Cue::Papers) && way.unshown && !way.comma && way.clauses == 0 {
            found.missing = true;
        }
        if sign.is_any(const { bits(&[Cue::Verb, Cue::Perceived]) }) {
            way.clauses += 1;
            way.clause = sign.words.start;
            way.subject = sign.is(Cue::Subject);
        } else if sign.is(Cue::Subject) && way.clauses > 0 && sign.words.end + 1 >= way.clause {
            // the subject of the verb just passed
            way.clause = sign.words.start;
            way.subject = true;
        } else if sign.is(Cue::ClauseOpener) {
            way.clauses = 0;
            way.unshown = false;
        } else if sign.is(Cue::ListOr) {
            way.list = true;
        }
        !sign.is(Cue::ScopeEnd) && !sign.is_any(BACKWARD) && !sign.is(Cue::NegationOfLast)
    }

    /// A cue whose reach covers the words.
    fn govern(&self, sign: &Sign, found: &mut Found, way: &mut Way) -> bool {
        let doubt = sign.is(Cue::Doubt);
        // a denial runs through a list, a doubt only where "or" joins it; "No, he has pain" denies an earlier sentence
        let answer =
            sign.words.start == self.sentence.start && sign.is(Cue::Negation) && self.marks(sign.words.end).comma;
        if way.outside || doubt && way.comma && !way.list || answer || self.is_of_item(sign, way) || self.renders(sign)
        {
            return true;
        }
        let Some(inner) = found.polarity else {
            let polarity = if sign.is(Cue::PseudoNegation) {
                Polarity::Affirmed
            } else if doubt {
                Polarity::Doubtful
            } else {
                Polarity::Negated
            };
            found.set(polarity, &sign.words);
            found.missing = sign.is(Cue::Undocumented);
            way.unshown = sign.is(Cue::Unshown);
            way.comma = false;
            return true;
        };
        // behind a comma the nearer cue stands alone: "denies fever, possible chills"
        if way.comma {
            return true;
        }
        let beside = found.cue.as_ref().is_some_and(|cue| cue.start == sign.words.end);
        if sign.is(Cue::Undocumented) {
            found.missing = true;
            if inner == Polarity::Doubtful && !doubt {
                found.set(Polarity::Negated, &sign.words);
            }
        } else if sign.is_any(DENY) && beside {
            // "not at risk of" denies, "not without" affirms
            match inner {
                Polarity::Doubtful => found.set(Polarity::Negated, &sign.words),
                Polarity::Negated if !found.missing => found.set(Polarity::Affirmed, &sign.words),
                _ => {}
            }
        }
        true
    }

    /// Whether a denial belongs to an item of a list before that of the words: "tablets without success, a single level".
    fn is_of_item(&self, sign: &Sign, way: &Way) -> bool {
        let is = |w: usize| self.reading.is_small(w, Small::VainOutcome, self.lexicon);
        way.comma && !way.list && sign.is(Cue::Negation) && (is(sign.words.end) || is(sign.words.end + 1))
    }

    /// Whether a denial is of what the words are made, not of them: "does not make headaches any simpler to treat".
    fn renders(&self, sign: &Sign) -> bool {
        let is = |w: usize, set| self.reading.is_small(w, set, self.lexicon);
        let behind = self.target.end..(self.target.end + FAR / 2).min(self.sentence.end);
        is(sign.words.end, Small::Renders) && behind.into_iter().any(|w| is(w, Small::Rendered))
    }

    /// Whether the words can be an item of a list that a denial runs through, the item beginning at a word: an "or"
    /// follows or stands in them ("weakness, and bowel or bladder symptoms"), or the item is short. "No deformity, tenderness of the left paraspinal muscles" is no such list.
    fn is_item(&self, start: usize) -> bool {
        let mut end = self.target.end;
        while end < self.sentence.end && (self.is_blank(end) || !self.marks(end).any()) {
            end += 1;
        }
        let next = self.signs.iter().find(|s| s.words.start >= self.target.end && !s.is(Cue::ListAnd));
        let inside = |s: &Sign| s.is(Cue::ListOr) && self.target.contains(&s.words.start);
        end - start <= ITEM || next.is_some_and(|s| s.is(Cue::ListOr)) || self.signs.iter().any(inside)
    }

    /// Whether papers stand right behind the words: "no therapy notes".
    fn means_papers(&self) -> bool {
        let next = self.signs.iter().find(|s| s.words.start >= self.target.end);
        next.is_some_and(|s| s.is(Cue::Papers) && s.words.start <= self.target.end + 1 && self.joined_to(s))
    }

    /// Whether no mark stands between the words and a sign behind them.
    fn joined_to(&self, sign: &Sign) -> bool {
        (self.target.end..=sign.words.start).all(|word| self.is_blank(word) || !self.marks(word).any())
    }

    /// Whether a verb follows that makes the words its subject.
    fn is_subject(&self) -> bool {
        let Some(next) = self.signs.iter().find(|s| s.words.start >= self.target.end) else { return false };
        next.is(Cue::Verb) && self.joined_to(next)
    }

    /// Whether a sign is the subject of what it denies.
    fn is_subject_word(&self, sign: &Sign) -> bool {
        self.lexicon.is_small(self.reading.word(sign.words.start), Small::DenyingSubject)
    }

    /// Whether no mark can stand before a word.
    #[inline]
    pub(super) fn is_blank(&self, word: usize) -> bool {
        self.reading.words.get(word).is_some_and(|w| w.blank)
    }

    #[inline]
    pub(super) fn marks(&self, word: usize) -> Marks {
        Marks::before(self.reading, self.lexicon, word)
    }
}
