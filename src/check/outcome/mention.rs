//! Which other items a sentence of a rationale names: by what they are, as "the surgery", by their number, or by "that".

use super::fate::Scene;
use crate::check::Context;
use crate::check::memo::{all_things, requested};
use crate::check::naming::{Thing, different, things};
use crate::lexicon::{Cue, Gap, Small, TreatmentKind, as_number};
use std::ops::Range;
use std::rc::Rc;

/// How another item is named.
#[derive(Debug)]
pub enum Item {
    /// By the number of its decision.
    Numbered(u32),
    /// As an operation: "the surgery".
    Operation,
    /// By its name.
    Named(Thing),
}

/// A mention of another item: its words and what it means.
pub type Mention = (Range<usize>, Item);

impl Scene<'_> {
    /// The words that name another item than the one at hand.
    pub fn mentions(&self) -> Vec<Mention> {
        let (context, words) = (self.context, self.sentence.words.clone());
        let own = self.decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
        let surgical = |t: &Thing| !t.treatments.is_empty() && t.treatments.iter().all(|t| is_surgical(context, *t));
        let operates = own.iter().any(surgical) && !self.hangs;
        let heading = self.decision.request.as_ref().map(|r| r.reading.text().to_lowercase()).unwrap_or_default();
        let is_other = |t: &Thing| !own.is_empty() && own.iter().all(|o| different(context, o, t));
        let mut found: Vec<Mention> = Vec::new();
        for thing in things(context, self.reading, words.clone()) {
            let place = thing.words.clone();
            // "the injection", of a heading that asks for one of ketorolac
            let word = self.reading.slice(place.end - 1..place.end).to_lowercase();
            if thing.class_word && !self.hangs && heading.contains(&word) {
                continue;
            }
            if surgical(&thing) && (thing.class_word || self.hangs) {
                let item = if thing.class_word { Item::Operation } else { Item::Named(thing) };
                found.extend((!operates).then_some((place, item)));
            } else if !thing.class_word && (self.is_asked_elsewhere(&thing) || is_other(&thing)) {
                found.push((place, Item::Named(thing)));
            }
        }
        if !operates {
            let taken = |w: &Range<usize>| found.iter().any(|(f, _)| f.start < w.end && w.start < f.end);
            let more: Vec<Mention> =
                self.marks.cue(Cue::OperationWord).filter(|w| !taken(w)).map(|w| (w, Item::Operation)).collect();
            found.extend(more);
            found.extend(self.pronoun().map(|w| (w, Item::Operation)));
        }
        let number = |w: &Range<usize>| {
            let n = as_number(self.reading.slice(w.end - 1..w.end))?;
            let known = self.context.letter.decisions.iter().any(|d| d.n == n && n != self.decision.n);
            known.then_some(n)
        };
        found.extend(self.marks.cue(Cue::ItemNumber).filter_map(|w| Some((w.clone(), Item::Numbered(number(&w)?)))));
        found
    }

    /// All that the heading names, words for classes too.
    fn heading(&self) -> Rc<Vec<Thing>> {
        self.decision.request.as_ref().map(|r| all_things(self.context, &r.reading)).unwrap_or_default()
    }

    /// Whether a thing is what another decision asks for, and this one only for what goes with it: "the TENS unit", "electrodes".
    fn is_asked_elsewhere(&self, thing: &Thing) -> bool {
        let own = self.heading();
        let shares = |t: &Thing| {
            thing.treatments.iter().any(|n| t.treatments.contains(n)) || thing.drugs.iter().any(|n| t.drugs.contains(n))
        };
        let others = self.context.letter.decisions.iter().filter(|d| d.n != self.decision.n);
        let mut asked = others.filter_map(|d| d.request.as_ref());
        !own.iter().any(shares) && asked.any(|r| requested(self.context, r).iter().any(shares))
    }

    /// "As that was not found necessary", right behind a sentence on an operation; "since it was not", behind a clause on one.
    fn pronoun(&self) -> Option<Range<usize>> {
        let words = self.sentence.words.clone();
        let auxiliary = |w: usize| w < words.end && self.is(w, Small::Auxiliary);
        let is = |w: usize, word: &str| self.reading.word(w).eq_ignore_ascii_case(word);
        let opens = |w: usize| self.marks.cue(Cue::GroundOpens).any(|g| g.end == w);
        let that = words.clone().find(|w| {
            let begins = *w == words.start || self.reading.words[*w].gap == Gap::Hard;
            let that = is(*w, "that") && (begins || self.is(w - 1, Small::JoinsStatement) || opens(*w));
            let it = is(*w, "it") && opens(*w) && *w > words.start + 1;
            auxiliary(w + 1) && (that || it)
        })?;
        let n = self.reading.sentences.iter().position(|s| s.words == words)?;
        // behind a semicolon it is what the first half named
        let here = is(that, "it") || that > words.start;
        let from = if here { words.start } else { self.reading.sentences[n.saturating_sub(1)].words.start };
        let before = things(self.context, self.reading, from..that);
        let last = before.last()?;
        let surgical = last.treatments.iter().all(|t| is_surgical(self.context, *t));
        let asked = is(that, "it") && (before.len() > 1 || self.marks.says_within(Cue::ThisRequest, from..that));
        (surgical && !last.treatments.is_empty() && !asked).then_some(that..that + 1)
    }
}

/// Whether a treatment is an operation or another procedure.
pub fn is_surgical(context: &Context<'_>, treatment: u16) -> bool {
    matches!(context.lexicon.treatments[treatment as usize].kind, TreatmentKind::Surgery | TreatmentKind::Procedure)
}
