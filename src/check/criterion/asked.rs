//! What the criteria came to for each decision, worked out once whoever asks.

use super::engine::{CriterionOutcome, criterion};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::Decision;
use crate::rulebook::{Body, Rule, Status};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What has been worked out of a letter: by decision, and by the first rule that asks the very same.
#[derive(Default)]
pub struct Asked(RefCell<BTreeMap<(u32, u16), Option<Rc<CriterionOutcome>>>>);

/// What the criterion of the rule with a number came to for a decision; none if it does not apply, or the rule has none.
pub fn outcome(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    number: u16,
) -> Option<Rc<CriterionOutcome>> {
    let key = (decision.n, context.book.logic(number));
    if let Some(known) = context.asked.0.borrow().get(&key) {
        return known.clone();
    }
    let rule = &context.book.rules[number as usize];
    let outcome = match &rule.body {
        Body::Criterion(body) => criterion(context, decision, facts, rule, body).map(Rc::new),
        Body::Check(_) => None,
    };
    context.asked.0.borrow_mut().insert(key, outcome.clone());
    outcome
}

/// The stable rules of criteria that the treatments of a request answer to, with their numbers, in their order.
pub fn stable_rules<'a>(context: &Context<'a>, decision: &Decision) -> impl Iterator<Item = (u16, &'a Rule)> + use<'a> {
    let asked = decision.request.iter().flat_map(|r| r.treatments.iter().map(|(t, _)| *t));
    let book = context.book;
    let rules = book.criteria(asked).into_iter().map(|n| (n, &book.rules[n as usize]));
    rules.filter(|(_, rule)| rule.status == Status::Stable)
}

/// Whether a stable rule of a criterion tells that an approved request does not meet it, or that nothing tells of it.
pub fn approved_against(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> bool {
    // a rule that has no words for an approval leaves it to those that have
    let tells = |rule: &Rule, finding: &Finding| {
        rule.messages.contains_key(finding.case) || rule.messages.contains_key("default")
    };
    stable_rules(context, decision).any(|(number, rule)| {
        let outcome = outcome(context, decision, facts, number);
        let finding = outcome.as_ref().and_then(|o| o.finding.as_ref());
        // nor does a hint say it
        let is_plain = |f: &Finding| f.lowered.or(rule.severity) != Some(Severity::Info);
        finding.is_some_and(|(check, f)| check.starts_with("criterion-approved") && is_plain(f) && tells(rule, f))
    })
}

/// Whether a stable rule of a criterion tells that a denied request meets it.
pub fn denied_against(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> bool {
    stable_rules(context, decision).any(|(number, _)| {
        let outcome = outcome(context, decision, facts, number);
        let finding = outcome.as_ref().and_then(|o| o.finding.as_ref());
        finding.is_some_and(|(check, _)| *check == "criterion-denied-but-met")
    })
}
