//! Approvals on a complaint alone, beside a recital of what is asked for.

use super::hinted::has_guideline_word;
use super::lacking::{Rationale, same_stem};
use crate::check::Context;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::fact::{Documentation, PartFacts, Polarity, Ruling, Stated, Told, Voice, meaning};
use crate::letter::{Decision, Sentence};
use crate::lexicon::{Cue, Small};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// The reviewer's own words, if they approve and tell of the patient nothing but the complaint: "the patient still has pain".
/// What a guideline asks for must be recited beside them.
pub fn complaint_alone(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Span> {
    let reading = &decision.rationale.as_ref()?.reading;
    if facts.conclusion.ruling() != Some(Ruling::Approve) || facts.conclusion.is_mixed() {
        return None;
    }
    let told = Rationale { context, decision, reading, facts };
    if (0..reading.sentences.len()).any(|n| told.voice(n) != Some(Voice::Recital) && told.is_met(n)) {
        return None;
    }
    let mut shown = None;
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let voice = told.voice(number)?;
        // without a word of a guideline it may be about the patient after all
        let is_recited = voice == Voice::Recital && has_guideline_word(sentence);
        if is_recited || matches!(voice, Voice::Other | Voice::Advice) {
            continue;
        }
        // that nothing was tried so far is a reason for a first course
        let is_first = sentence.cues.has(Cue::Negation) && told.is_untried(number);
        if is_first || !told.is_complaint(sentence) {
            return None;
        }
        if voice == Voice::Application || shown.is_none() {
            shown.get_or_insert(told.span(number));
        }
    }
    shown
}

/// Whether the summary tells, in the record's own voice and without denying it, half of the telling words of what is recited:
/// "improvement".
pub fn summary_tells(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    recited: &[(usize, Range<usize>)],
) -> bool {
    let Some(rationale) = &decision.rationale else { return false };
    let told = Rationale { context, decision, reading: &rationale.reading, facts };
    let words = recited.iter().flat_map(|(n, words)| told.telling(&told.reading.sentences[*n], words.clone()));
    let words: BTreeSet<&str> = words.map(|w| told.reading.word(w)).collect();
    let known = words.iter().filter(|word| is_told(context, word)).count();
    known > 0 && known * 2 >= words.len()
}

/// Whether the record tells a word without denying it.
fn is_told(context: &Context<'_>, word: &str) -> bool {
    let Some(summary) = &context.letter.summary else { return false };
    let reviewed = &context.facts.summary.reviewed;
    (0..summary.sentences.len()).filter(|n| !reviewed.contains(n)).any(|n| {
        summary.sentences[n].words.clone().any(|w| {
            same_stem(word, summary.word(w)) && {
                let meant = meaning(summary, context.lexicon, w..w + 1);
                meant.polarity != Polarity::Negated && meant.documentation != Documentation::Missing
            }
        })
    })
}

/// Whether the rationale recites what a request must meet, and the record tells nothing of it; whether a clinical statement is
/// among what is recited.
pub fn unapplied(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<bool> {
    let rationale = decision.rationale.as_ref()?;
    let told = Rationale { context, decision, reading: &rationale.reading, facts };
    let is_complaint = |w: &str| context.lexicon.is_small(w, Small::Complaint);
    let is_name = |w: &str| w.bytes().all(|b| b.is_ascii_uppercase());
    let words: BTreeSet<&str> = told.asked_words().into_iter().filter(|w| !is_complaint(w) && !is_name(w)).collect();
    if words.len() < ASKED || words.iter().any(|word| is_told(context, word)) {
        return None;
    }
    let is_statement = |s: &&Stated| matches!(s.told, Told::Statement(_)) && s.voice == Some(Voice::Recital);
    let recited: BTreeSet<u16> = facts
        .stated
        .iter()
        .filter(is_statement)
        .filter_map(|s| if let Told::Statement(n) = s.told { Some(n) } else { None })
        .collect();
    let shown = |told: Told| {
        let said =
            |s: &&Stated| s.told == told && s.polarity != Polarity::Negated && s.documentation == Documentation::Said;
        context.facts.summary.stated.iter().any(|s| said(&s))
            || facts.stated.iter().any(|s| said(&s) && s.voice != Some(Voice::Recital))
    };
    let statements = &context.lexicon.statements;
    let is_shown = |n: &u16| {
        let known = &statements[*n as usize];
        let others =
            known.shown_by.iter().map(|s| Told::Statement(*s)).chain(known.signs.iter().map(|l| Told::List(*l)));
        shown(Told::Statement(*n)) || others.into_iter().any(shown)
    };
    (!recited.iter().any(is_shown)).then_some(!recited.is_empty())
}

/// So many words of a complaint stand in a ruling that tells one.
const SAID: usize = 2;
/// So many telling words must be recited.
const ASKED: usize = 3;

impl Rationale<'_> {
    /// Whether a sentence tells of a complaint and denies nothing, and gives no ground.
    pub fn only_complains(&self, number: usize) -> bool {
        let told = [Cue::GivesReason, Cue::Negation, Cue::Concession].into_iter().any(|c| self.says(number, c));
        !told && self.is_felt(number)
    }

    /// Whether a sentence tells of the patient nothing but the complaint and what is felt beside it.
    pub fn is_felt(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        self.tells_only(sentence, |w| self.context.lexicon.is_small(w, Small::Felt))
    }

    /// Whether a ruling tells a complaint beside itself: "the knee still hurts, and the request is necessary".
    pub fn says_complaint(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        let told = self.telling(sentence, sentence.words.clone()).into_iter();
        told.filter(|w| self.reading.is_small(*w, Small::Complaint, self.context.lexicon)).count() >= SAID
    }

    /// Whether a sentence tells of the patient nothing but the complaint.
    pub fn is_complaint(&self, sentence: &Sentence) -> bool {
        self.tells_only(sentence, |_| false)
    }

    /// Whether the telling words of a sentence are the complaint, what is asked for, or others that are allowed.
    fn tells_only(&self, sentence: &Sentence, allowed: impl Fn(&str) -> bool) -> bool {
        let asked = || self.decision.request.as_ref().map(|r| requested(self.context, r)).unwrap_or_default();
        let is_own = |w: usize| {
            let named = things(self.context, self.reading, sentence.words.clone());
            named.iter().any(|n| n.words.contains(&w) && asked().iter().any(|a| related(self.context, a, n)))
        };
        let is_known = |w: usize| {
            let word = self.reading.word(w);
            self.context.lexicon.is_small(word, Small::Complaint) || allowed(word)
        };
        self.telling(sentence, sentence.words.clone()).into_iter().all(|w| is_known(w) || is_own(w))
    }
}
