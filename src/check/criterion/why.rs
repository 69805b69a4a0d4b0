//! Why a rule did or did not speak: each condition of its criterion with its verdict and words.

use super::engine::{authority_in_force, criterion};
use super::judge::Judge;
use crate::check::{Context, CriterionOutcome, Verdict};
use crate::fact::PartFacts;
use crate::letter::Decision;
use crate::rulebook::{Criterion, Rule, Test};

/// One condition and what it came to.
#[derive(Clone, Debug)]
pub struct Trace<'r> {
    /// The condition.
    pub test: &'r Test,
    /// What it came to.
    pub verdict: Verdict,
    /// The conditions it is made of.
    pub parts: Vec<Trace<'r>>,
}

/// Everything that decided about a criterion in one decision.
#[derive(Debug)]
pub struct Why<'r> {
    /// The authority in force, by number in the rule; none if no edition was.
    pub authority: Option<usize>,
    /// Whether the request is one of the criterion's treatments.
    pub treatment: bool,
    /// What it asks before it applies: `when` and `unless`.
    pub conditions: Vec<(&'static str, Trace<'r>)>,
    /// The test.
    pub test: Option<Trace<'r>>,
    /// Exceptions.
    pub exceptions: Vec<Trace<'r>>,
    /// What came of it.
    pub outcome: Option<CriterionOutcome>,
}

/// Traces a criterion through one decision.
pub fn why<'r>(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    rule: &'r Rule,
    body: &'r Criterion,
) -> Why<'r> {
    let authority = authority_in_force(context, rule);
    let request = decision.request.as_ref();
    let treatment = request.is_some_and(|r| {
        r.treatments.iter().any(|(t, _)| body.treatments.iter().any(|a| context.lexicon.is_a(*t, *a)))
    });
    let mut out =
        Why { authority, treatment, conditions: Vec::new(), test: None, exceptions: Vec::new(), outcome: None };
    let (Some(number), Some(request)) = (authority, request) else { return out };
    let judge = Judge::new(context, decision, request, facts, &rule.authorities[number]);
    for (name, test) in [("when", &body.when), ("unless", &body.unless)] {
        out.conditions.extend(test.as_ref().map(|t| (name, trace(&judge, t))));
    }
    out.test = Some(trace(&judge, &body.test));
    out.exceptions = body.exceptions.iter().map(|t| trace(&judge, t)).collect();
    out.outcome = criterion(context, decision, facts, rule, body);
    out
}

fn trace<'r>(judge: &Judge<'_>, test: &'r Test) -> Trace<'r> {
    let parts: Vec<&Test> = match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().collect(),
        Test::Not(test) => vec![test],
        Test::Evidence { met, not_met, undocumented } => met.iter().chain(not_met).chain(undocumented).collect(),
        Test::Statement { .. }
        | Test::Mention { .. }
        | Test::Amount { .. }
        | Test::Side(_)
        | Test::Cites(_)
        | Test::Table(_) => Vec::new(),
    };
    Trace { test, verdict: judge.test(test, &[]), parts: parts.into_iter().map(|t| trace(judge, t)).collect() }
}
