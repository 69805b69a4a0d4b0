//! Denials for want of what the record tells, in words of the reviewer's own: no rule need know the criterion.
//!
//! What a rationale recites and then finds wanting, word for word, and what the summary tells of this patient without denying it,
//! is one matter. It is a hint, since the reviewer may want more of it than the record tells.

use super::asked::denied_against;
use super::lacking::{Rationale, SHARED, same_stem};
use crate::check::outcome::dependent::is_dependent;
use crate::check::{Context, Finding, ruling};
use crate::fact::{Documentation, PartFacts, Polarity, Ruling, Stated, Told, meaning};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Small, Subject};
use crate::source::Span;

/// A request is denied since something recited is not there, and the summary tells of it; said once a decision.
pub fn denied(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(rationale), Some(summary)) = (&decision.rationale, &context.letter.summary) else { return Vec::new() };
    let denies = ruling(decision) == Some(Ruling::Deny) && facts.conclusion.ruling() != Some(Ruling::Approve);
    if !denies || is_dependent(context, decision) {
        return Vec::new();
    }
    let told = Rationale { context, decision, reading: &rationale.reading, facts };
    let record = Record { context, decision, reading: summary };
    let found = told.own().filter(|n| told.is_outright(*n)).find_map(|number| {
        let words = told.wanting(number);
        let found = || told.denied_findings(number).find_map(|s| record.tells_finding(s));
        let evidence = record.tells(&words).or_else(found)?;
        Some((told.span(number), evidence))
    });
    let Some((ground, evidence)) = found else { return Vec::new() };
    if denied_against(context, decision, facts) {
        return Vec::new();
    }
    let finding = Finding::new("record").label("ground", ground).label("evidence", evidence);
    vec![finding.without_criterion(context, decision, ("", ""))]
}

/// The summary, asked by word.
struct Record<'a> {
    context: &'a Context<'a>,
    decision: &'a Decision,
    reading: &'a Reading,
}

impl Record<'_> {
    /// The sentence that tells several of these words of the patient without denying them, on the part of the body that is asked for.
    fn tells(&self, words: &[&str]) -> Option<Span> {
        let reviewed = &self.context.facts.summary.reviewed;
        let own = |n: &usize| !reviewed.contains(n) && self.is_of_patient(*n) && self.is_of_part(*n);
        if words.len() < SHARED {
            return None;
        }
        let is_told = |n: usize, word: &str| {
            let sentence = &self.reading.sentences[n];
            sentence.words.clone().any(|w| {
                same_stem(word, self.reading.word(w)) && {
                    let meant = meaning(self.reading, self.context.lexicon, w..w + 1);
                    meant.polarity != Polarity::Negated && meant.documentation == Documentation::Said
                }
            })
        };
        let shares = |n: &usize| {
            let mut told: Vec<&str> = Vec::new();
            for word in words.iter().filter(|word| is_told(*n, word)) {
                if !told.iter().any(|t| same_stem(t, word)) {
                    told.push(word);
                }
            }
            told.len() >= SHARED
        };
        let number = (0..self.reading.sentences.len()).find(|n| shares(n) && own(n))?;
        Some(self.reading.span(self.reading.sentences[number].bytes.clone()))
    }

    /// The words that tell a finding of the patient, be it as a suspicion.
    fn tells_finding(&self, told: Told) -> Option<Span> {
        let summary = &self.context.facts.summary;
        let own = |s: &&Stated| {
            s.told == told
                && !summary.reviewed.contains(&s.sentence)
                && self.is_of_patient(s.sentence)
                && self.is_of_part(s.sentence)
        };
        let all: Vec<&Stated> = summary.stated.iter().filter(own).collect();
        let said = |s: &Stated| s.polarity != Polarity::Negated && s.documentation == Documentation::Said;
        all.iter().all(|s| said(s)).then(|| all.first().map(|s| s.span)).flatten()
    }

    /// Whether a sentence speaks of the patient, and of no plan: "her mother takes warfarin", "the plan was".
    fn is_of_patient(&self, number: usize) -> bool {
        let cues = &self.reading.sentences[number].cues;
        ![Cue::Relative, Cue::AsksFor].into_iter().any(|c| cues.has(c))
    }

    /// Whether a sentence names the part of the body that is asked for, or none, if one is asked for.
    fn is_of_part(&self, number: usize) -> bool {
        let request = self.decision.request.as_ref().filter(|r| !r.body_parts.is_empty());
        request.is_none_or(|r| self.context.is_of_part(self.reading, &self.reading.sentences[number], r))
    }
}

impl<'a> Rationale<'a> {
    /// The findings and diagnoses that a sentence denies or misses and that are recited.
    fn denied_findings(&self, number: usize) -> impl Iterator<Item = Told> + '_ {
        let statements = &self.context.lexicon.statements;
        // "none of these" names nothing
        let named = ![Cue::NoneOfThese, Cue::NoneNoted].into_iter().any(|cue| self.says(number, cue));
        let is_finding =
            |t: Told| matches!(t, Told::Statement(n) if statements[n as usize].speaks_of != Subject::Treatment);
        self.denied_statements(number).map(|(_, _, told)| told).filter(move |t| named && is_finding(*t))
    }

    /// Whether a sentence concedes nothing, and tells not what somebody else found.
    fn is_outright(&self, number: usize) -> bool {
        let others = [Cue::Concession, Cue::UtilizationReview, Cue::Conditional];
        // "no care other than medication" knows of that one
        let text = self.reading.text()[self.reading.sentences[number].bytes.clone()].to_lowercase();
        !others.into_iter().any(|cue| self.says(number, cue))
            && !self.facts.reviewed.contains(&number)
            && !self.context.lexicon.holds_small(&text, Small::Excepts)
    }

    /// The words of a sentence that are recited and said to be missing, denied, or never tried.
    fn wanting(&self, number: usize) -> Vec<&'a str> {
        let sentence = &self.reading.sentences[number];
        let absent = self.absent(number);
        // most sentences miss nothing, and need no recital beside them
        if absent.is_empty() {
            return Vec::new();
        }
        let recited = self.recited();
        let known = |w: &usize| {
            let text = self.reading.word(*w);
            let loose = self.context.lexicon.is_small(text, Small::CommonWord);
            !loose && (recited.iter().any(|a| a.is(text)) || self.is_usual(sentence, *w))
        };
        absent.into_iter().filter(known).map(|w| self.reading.word(w)).collect()
    }
}
