//! Defects of criteria: approvals that the letter's own facts forbid, denials for want of what it shows.

use super::Edit;
use super::scene::{Decided, Scene, edit, insert, sentence};
use crate::check::{self, CriterionOutcome};
use crate::fact::{Documentation, Polarity, Stated, Told, Voice};
use crate::measure::{Comparison, Quantity};
use crate::rulebook::{AmountFact, Body, Criterion, Limit, Role, Rule, Test, VerdictWord};
use crate::source::Span;

/// What the necessary criteria that run come to for a decision.
fn necessary<'a>(
    scene: &Scene<'a>,
    (decision, facts): Decided<'a>,
) -> Vec<(&'a Rule, &'a Criterion, CriterionOutcome)> {
    let mut all = Vec::new();
    for rule in scene.rules() {
        let Body::Criterion(criterion) = &rule.body else { continue };
        if criterion.role != Role::Necessary {
            continue;
        }
        if let Some(outcome) = check::criterion(&scene.context, decision, facts, rule, criterion) {
            all.push((rule, &**criterion, outcome));
        }
    }
    all
}

/// What makes an approval of a decision, unless it is one.
fn approved(scene: &Scene<'_>, decided: Decided<'_>) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    if !decided.0.outcome?.overturned {
        edits.extend(scene.flip_outcome(decided.0));
        let flipped = scene.flip_conclusion(decided);
        if flipped.is_empty() {
            return None;
        }
        edits.extend(flipped);
    }
    Some(edits)
}

fn pair(scene: &Scene<'_>, decided: Decided<'_>, outcome: &CriterionOutcome) -> Vec<Span> {
    let evidence = outcome.verdict.evidence.iter().map(|e| e.span);
    let heading = decided.0.request.as_ref().map(|r| r.reading.passage.span);
    evidence.chain(heading).chain(scene.ruling_places(decided)).collect()
}

/// A denied request is approved, heading and conclusion, though the letter shows a necessary criterion not met.
pub fn approved_not_met(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let all = necessary(scene, decided);
        let lifted = |rule: &Rule, criterion: &Criterion| {
            let why = check::why(&scene.context, decided.0, decided.1, rule, criterion);
            why.exceptions.iter().any(|e| matches!(e.verdict.word, VerdictWord::Met | VerdictWord::Unclear))
        };
        // the reasons of a dependent item are those of its operation
        if check::is_dependent(&scene.context, decided.0) {
            continue;
        }
        let found = all.iter().find(|(rule, criterion, o)| {
            // a rule that has no words for such an approval does not hold it for a defect
            let judges = ["approved-not-met", "default"].iter().any(|case| rule.messages.contains_key(*case));
            judges
                && o.verdict.word == VerdictWord::NotMet
                && !o.verdict.evidence.is_empty()
                && !lifted(rule, criterion)
        });
        if let (Some((_, _, outcome)), Some(edits)) = (found, approved(scene, decided)) {
            scene.plant(Some(decided.0), edits, pair(scene, decided, outcome));
        }
    }
}

/// A denied request is approved though the letter says nothing of a criterion whose silence deserves a finding.
pub fn approved_undocumented(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let all = necessary(scene, decided);
        let silent = |(_, c, o): &&(&Rule, &Criterion, CriterionOutcome)| {
            c.warn_undocumented && o.verdict.word == VerdictWord::NotDocumented
        };
        if let (Some((_, _, outcome)), Some(edits)) = (all.iter().find(silent), approved(scene, decided)) {
            scene.plant(Some(decided.0), edits, pair(scene, decided, outcome));
        }
    }
}

/// The amounts that a test compares.
fn amounts<'a>(test: &'a Test, into: &mut Vec<(AmountFact, &'a [(Comparison, Limit)])>) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|t| amounts(t, into)),
        Test::Amount { fact, compare, .. } => into.push((*fact, compare)),
        Test::Side(_) | Test::Cites(_) => {}
        Test::Not(_) | Test::Statement { .. } | Test::Mention { .. } | Test::Table(_) | Test::Evidence { .. } => {}
    }
}

/// An amount beyond a limit.
fn beyond(compare: &[(Comparison, Limit)], rule: &Rule, authority: usize) -> Option<Quantity> {
    compare.iter().find_map(|(comparison, limit)| {
        let limit = match limit {
            Limit::Value(q) => *q,
            Limit::Named(name) => *rule.authorities.get(authority)?.limits.get(name)?,
        };
        let number = match comparison {
            Comparison::AtMost | Comparison::LessThan => limit.most * 3.0 + 1.0,
            Comparison::AtLeast | Comparison::MoreThan => (limit.least / 3.0).floor(),
            Comparison::Equals => return None,
        };
        Some(Quantity { least: number, most: number, unit: limit.unit })
    })
}

/// An amount that meets a necessary criterion is put beyond its limit in an approval.
pub fn amount_beyond_limit(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let all = necessary(scene, decided);
        let found = all.iter().find_map(|(rule, criterion, outcome)| {
            let mut compared = Vec::new();
            amounts(&criterion.test, &mut compared);
            let evidence: Vec<Span> =
                outcome.verdict.evidence.iter().filter(|e| e.amount.is_some()).map(|e| e.span).collect();
            let (fact, compare) = compared.first()?;
            let worded = !matches!(fact, AmountFact::Levels | AmountFact::Age | AmountFact::TimeSinceInjury);
            let met = outcome.verdict.word == VerdictWord::Met && compared.len() == 1 && worded;
            let number = beyond(compare, rule, outcome.authority).filter(|_| met && !evidence.is_empty())?;
            Some((evidence, number, outcome))
        });
        let Some((evidence, number, outcome)) = found else { continue };
        let Some(mut edits) = approved(scene, decided) else { continue };
        edits.extend(evidence.into_iter().map(|span| edit(span, number.to_string())));
        scene.plant(Some(decided.0), edits, pair(scene, decided, outcome));
    }
}

/// The summary says the contrary of what the rationale states of the patient.
fn contradicted(scene: &mut Scene<'_>, wanted: impl Fn(&Stated) -> Option<bool>) {
    let Some(summary) = &scene.context.letter.summary else { return };
    let said = &scene.context.facts.summary.stated;
    for (decision, facts) in scene.decisions() {
        let Some(rationale) = &decision.rationale else { continue };
        let found = facts.stated.iter().find_map(|stated| {
            let Told::Statement(number) = stated.told else { return None };
            let words = scene.words.statements.iter().find(|w| w.statement == number)?;
            let own = stated.voice.is_some_and(Voice::is_of_case);
            let affirm = wanted(stated).filter(|_| own)?;
            Some((stated, if affirm { &words.affirmed } else { &words.denied }))
        });
        let Some((stated, words)) = found else { continue };
        // what the summary said of it before is taken out
        let mut old: Vec<usize> = said.iter().filter(|s| s.told == stated.told).map(|s| s.sentence).collect();
        old.dedup();
        let mut edits: Vec<Edit> = old.into_iter().map(|n| edit(sentence(summary, n), "")).collect();
        let words = scene.fill(words, decision);
        edits.push(insert(summary.passage.span.end, format!(" {words}")));
        scene.plant(Some(decision), edits, vec![sentence(&rationale.reading, stated.sentence)]);
    }
}

/// The summary denies what the rationale affirms, or the reverse.
pub fn statement_contradicted(scene: &mut Scene<'_>) {
    contradicted(scene, |s| match (s.polarity, s.documentation) {
        (Polarity::Affirmed, Documentation::Said) => Some(false),
        (Polarity::Negated, Documentation::Said) => Some(true),
        _ => None,
    });
}

/// The summary shows what the rationale says is not documented.
pub fn undocumented_but_shown(scene: &mut Scene<'_>) {
    contradicted(scene, |s| (s.documentation == Documentation::Missing).then_some(true));
}
