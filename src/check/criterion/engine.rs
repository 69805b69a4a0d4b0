//! The engine of criteria: a verdict from the facts, held against the outcome by one expectation table.

use super::asked::outcome;
use super::judge::Judge;
use super::lacking::SHARED;
use super::verdict::{Evidence, Verdict};
use crate::check::outcome::dependent::{ground, is_dependent, rests_on_denied};
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Ruling, Told};
use crate::letter::{Decision, Sentence};
use crate::lexicon::{Cue, Small};
use crate::measure::{Comparison, Quantity};
use crate::rulebook::{Authority, Body, Criterion, Place, Role, Rule, Test, VerdictWord};
use crate::source::Span;
use std::ops::Range;

/// What a criterion came to for one decision.
#[derive(Clone, Debug)]
pub struct CriterionOutcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The authority in force, by number in the rule.
    pub authority: usize,
    /// The check of the catalogue and its finding, if the verdict and the outcome do not go together.
    pub finding: Option<(&'static str, Finding)>,
}

/// Holds a rule's criterion against a decision; none if it does not apply. The rule's title is left to [`titled`], so that
/// rules which ask the same are asked once.
pub fn criterion(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    rule: &Rule,
    criterion: &Criterion,
) -> Option<CriterionOutcome> {
    let request = decision.request.as_ref()?;
    let authority = authority_in_force(context, rule)?;
    let judge = Judge::new(context, decision, request, facts, &rule.authorities[authority]);
    if !judge.applies(criterion) {
        return None;
    }
    let verdict = judge.test(&criterion.test, &[]);
    let finding = judge.expect(criterion, &verdict).map(|(check, f)| (check, f.about(decision)));
    Some(CriterionOutcome { verdict, authority, finding })
}

/// A rule before a decision, by its authority in force; none without a request or an authority.
fn judge<'a>(
    context: &'a Context<'a>,
    decision: &'a Decision,
    facts: &'a PartFacts,
    rule: &'a Rule,
) -> Option<Judge<'a>> {
    let authority = &rule.authorities[authority_in_force(context, rule)?];
    Some(Judge::new(context, decision, decision.request.as_ref()?, facts, authority))
}

/// Whether a test holds an amount against the most that is allowed.
fn sets_a_most(test: &Test) -> bool {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().any(sets_a_most),
        Test::Evidence { met, .. } => met.iter().any(sets_a_most),
        Test::Amount { compare, .. } => {
            compare.iter().any(|(c, _)| matches!(c, Comparison::AtMost | Comparison::LessThan))
        }
        Test::Table(_) => true,
        _ => false,
    }
}

/// A finding of a criterion with the title of its rule.
pub fn titled(finding: Finding, rule: &Rule) -> Finding {
    finding.hole("criterion", rule.title.as_str())
}

/// Whether a rule's criterion is one for the request, and if so whether the rationale's own words hold anything on it.
pub fn addressed(context: &Context<'_>, decision: &Decision, facts: &PartFacts, rule: &Rule) -> Option<bool> {
    let Body::Criterion(criterion) = &rule.body else { return None };
    let judge = judge(context, decision, facts, rule)?;
    if !judge.applies(criterion) {
        return None;
    }
    let own = judge.test(&criterion.test, &[Place::Rationale]);
    let ground = facts.stated.iter().any(|s| matches!(s.told, Told::List(n) if criterion.grounds.contains(&n)));
    Some(!own.evidence.is_empty() || ground)
}

/// The words of the rationale by which something that a necessary criterion asks for is not documented, if nothing lifts
/// the criterion and its rule says nothing of it itself.
pub fn undocumented(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    (number, rule): (u16, &Rule),
) -> Option<Span> {
    let Body::Criterion(criterion) = &rule.body else { return None };
    if criterion.role != Role::Necessary || criterion.warn_undocumented {
        return None;
    }
    let outcome = outcome(context, decision, facts, number)?;
    let verdict = &outcome.verdict;
    let stated =
        verdict.evidence.iter().find(|e| e.place == Place::Rationale && e.shows == VerdictWord::NotDocumented)?;
    let judge = judge(context, decision, facts, rule)?;
    (verdict.word == VerdictWord::NotDocumented && !judge.lifted(criterion)).then_some(stated.span)
}

/// Whether the letter tells of a criterion that its rationale recites.
pub enum Recited {
    /// It tells of it, or of what lifts it.
    Told,
    /// It nowhere does: the words that recite it, each with its sentence.
    Untold(Vec<(usize, Range<usize>)>),
}

/// Whether the letter tells of a necessary criterion which the rationale recites; none if it recites neither the criterion nor what
/// lifts it.
pub fn recited(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    (number, rule): (u16, &Rule),
) -> Option<Recited> {
    let Body::Criterion(criterion) = &rule.body else { return None };
    let judge = judge(context, decision, facts, rule)?;
    let asked = || [&criterion.test].into_iter().chain(&criterion.exceptions);
    let recited: Vec<_> = asked().flat_map(|t| judge.recited(t)).collect();
    if criterion.role != Role::Necessary || recited.is_empty() {
        return None;
    }
    let hinted = || asked().any(|t| judge.hints(t) || judge.shows(t));
    match outcome(context, decision, facts, number)?.verdict.word {
        VerdictWord::NotDocumented if !judge.lifted(criterion) && !hinted() => Some(Recited::Untold(recited)),
        VerdictWord::NotDocumented | VerdictWord::Met | VerdictWord::Unclear => Some(Recited::Told),
        _ => None,
    }
}

/// The first authority that is in force on the letter's date; the newest if the letter has none.
pub fn authority_in_force(context: &Context<'_>, rule: &Rule) -> Option<usize> {
    let in_force = |a: &Authority| {
        let Some(guideline) = a.guideline.map(|g| &context.lexicon.guidelines[g as usize]) else { return true };
        let Some(date) = context.in_force else { return true };
        guideline.from.is_none_or(|from| from <= date) && guideline.until.is_none_or(|until| date <= until)
    };
    if context.in_force.is_none() {
        if rule.authorities.len() == 1 {
            return Some(0);
        }
        return (0..rule.authorities.len())
            .max_by_key(|n| rule.authorities[*n].guideline.and_then(|g| context.lexicon.guidelines[g as usize].from));
    }
    rule.authorities.iter().position(in_force)
}

impl Judge<'_> {
    fn applies(&self, criterion: &Criterion) -> bool {
        let lexicon = self.context.lexicon;
        let under = |t: u16, all: &[u16]| all.iter().any(|a| lexicon.is_a(t, *a));
        let treated = self.request.treatments.iter().any(|(t, _)| under(*t, &criterion.treatments));
        let excepted = self.request.treatments.iter().any(|(t, _)| under(*t, &criterion.except_treatments));
        let part = criterion.body_parts.is_empty()
            || self.request.body_parts.iter().any(|(b, _)| criterion.body_parts.contains(b));
        let met = |test: &Option<Test>| test.as_ref().map(|t| self.test(t, &[]).word == VerdictWord::Met);
        treated && !excepted && part && met(&criterion.when) != Some(false) && met(&criterion.unless) != Some(true)
    }

    /// The expectation table, the whole of it; every other cell is silent.
    fn expect(&self, criterion: &Criterion, verdict: &Verdict) -> Option<(&'static str, Finding)> {
        let outcome = self.decision.outcome?;
        match (criterion.role, verdict.word, ruling(self.decision)?) {
            (Role::Necessary, VerdictWord::NotMet, Ruling::Approve) => {
                let verdict = &self.of_own(&criterion.test, verdict, &[]);
                if verdict.word != VerdictWord::NotMet {
                    return None;
                }
                let evidence = verdict.evidence.iter().find(|e| !self.is_of_before(e) && !self.is_past(e))?;
                // an item that hangs on an operation has its reasons there; what its own words say must still be right
                let own_number = evidence.amount.is_some() && evidence.place == Place::Request;
                let rests = || ground(self.context, self.decision).is_some();
                let own = own_number || evidence.place != Place::Summary && !rests();
                if self.lifted(criterion) || is_dependent(self.context, self.decision) && !own {
                    return None;
                }
                let turned =
                    evidence.place == Place::Rationale && evidence.amount.is_none() && self.is_turned(evidence.span);
                let lowered = turned.then_some(Severity::Warning);
                let finding = Finding { lowered, ..Finding::new("approved-not-met") }
                    .label("evidence", evidence.span)
                    .label("outcome", outcome.span);
                Some(("criterion-approved-not-met", self.holes(finding, Some(evidence))))
            }
            (Role::Necessary, VerdictWord::NotDocumented, Ruling::Approve) if criterion.warn_undocumented => {
                let silent = self.recited(&criterion.test).is_empty();
                if criterion.only_recited && silent {
                    return None;
                }
                // what was denied once and granted later is told
                if verdict.evidence.iter().any(|e| self.is_past(e)) {
                    return None;
                }
                let hinted = self.hints(&criterion.test) || criterion.exceptions.iter().any(|e| self.hints(e));
                if hinted || self.finds_all_met() || self.lifted(criterion) || is_dependent(self.context, self.decision)
                {
                    return None;
                }
                let request = self.request.reading.passage.span;
                // a reason in words of its own may be what was recited
                let asked = criterion.only_recited || criterion.quiet;
                let hint = criterion.quiet && silent || asked && self.gives_own_reason();
                let lowered = hint.then_some(Severity::Info);
                let finding = Finding { lowered, ..Finding::new("approved-undocumented") }
                    .label("outcome", outcome.span)
                    .label("request", request);
                Some(("criterion-approved-undocumented", self.holes(finding, None)))
            }
            (Role::Necessary | Role::Sufficient, _, Ruling::Deny) => self.denied_but_met(criterion),
            _ => None,
        }
    }

    /// Whether the rationale concedes some words or turns away from them, "although", "but", "however": what it approves for
    /// may stand beside them.
    fn is_turned(&self, span: Span) -> bool {
        let Some(rationale) = &self.decision.rationale else { return false };
        let reading = &rationale.reading;
        let Some(at) = reading.sentences.iter().position(|s| reading.span(s.bytes.clone()).contains(span)) else {
            return false;
        };
        let turns = |s: &Sentence| {
            [Cue::Contrast, Cue::Concession].into_iter().any(|cue| s.cues.has(cue))
                || s.words.clone().any(|w| reading.is_small(w, Small::But, self.context.lexicon))
        };
        reading.sentences[at..].iter().take(2).any(turns)
    }

    /// A denial on the ground of a criterion that the summary or the request shows met.
    fn denied_but_met(&self, criterion: &Criterion) -> Option<(&'static str, Finding)> {
        let shown = self.test(&criterion.test, &[Place::Summary, Place::Request]);
        if shown.word != VerdictWord::Met {
            return None;
        }
        let shown = self.lasting(&criterion.test, shown);
        let shown = self.of_own(&criterion.test, &shown, &[Place::Summary, Place::Request]);
        let evidence = shown.evidence.iter().find(|e| shown.word == VerdictWord::Met && self.is_of_case(e))?;
        let own = self.test(&criterion.test, &[Place::Rationale]);
        let denied = matches!(own.word, VerdictWord::NotMet | VerdictWord::NotDocumented)
            .then(|| own.evidence.first())
            .flatten();
        let said = || {
            self.facts.stated.iter().find(|s| {
                matches!(s.told, Told::List(n) if criterion.grounds.contains(&n)) && self.is_of_case_at(s.sentence)
            })
        };
        let missed = || if own.word == VerdictWord::Met { None } else { self.misses(criterion) };
        // "goes beyond the initial course": of the number that is asked for
        let number = evidence.amount.is_some() && evidence.place == Place::Request && sets_a_most(&criterion.test);
        let beyond = || if number && !self.is_used_up() { self.goes_beyond() } else { None };
        let told = denied.map(|e| e.span).or_else(|| said().map(|s| s.span)).or_else(missed).or_else(beyond);
        let (ground, lowered) = match told {
            Some(ground) => (ground, None),
            // one word alone may be about something else
            None if own.evidence.is_empty() => {
                let (ground, shared) = self.lacked(criterion)?;
                (ground, (shared < SHARED).then_some(Severity::Info))
            }
            None => return None,
        };
        // "since the arthroscopy was not approved in this review" is what became of another item, not what is told of the patient
        let rests = rests_on_denied(self.context, self.decision, self.facts);
        if rests || self.is_outdated(evidence, ground) || self.is_of_other_side(evidence, ground) {
            return None;
        }
        let finding = Finding { lowered, ..Finding::new("denied-but-met") }
            .label("ground", ground)
            .label("evidence", evidence.span)
            .label_if("outcome", self.decision.outcome.map(|o| o.span));
        Some(("criterion-denied-but-met", self.holes(finding, Some(evidence))))
    }

    fn holes(&self, finding: Finding, evidence: Option<&Evidence>) -> Finding {
        let amount = evidence.and_then(|e| e.amount.clone());
        let limit = evidence.and_then(|e| e.limit.clone()).or_else(|| self.lone_limit());
        finding
            .hole("treatment", self.context.request_words(self.decision))
            .hole("amount", amount.unwrap_or_default())
            .hole("limit", limit.unwrap_or_default())
    }

    /// The limit of the authority, if it sets but one.
    fn lone_limit(&self) -> Option<String> {
        let mut limits = self.authority.limits.values();
        limits.next().filter(|_| limits.next().is_none()).map(Quantity::to_string)
    }

    /// Whether an exception is shown anywhere in the letter.
    fn lifted(&self, criterion: &Criterion) -> bool {
        let met = |e: &Test| {
            let told = self.test(e, &[]);
            told.word == VerdictWord::Met || self.of_own(e, &told, &[]).word == VerdictWord::Met
        };
        criterion.exceptions.iter().any(met)
    }
}
