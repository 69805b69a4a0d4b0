//! Choices of rules by name → what of a rulebook runs, and with which severities.

use super::settle::Choice;
use crate::diagnostic::{Confidence, Severity};
use crate::rulebook::{Body, CATALOGUE, CheckInfo, Rule, Rulebook, Status};
use std::sync::Arc;

/// What of a rulebook runs. The default is every stable rule, as it stands. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One a rule of the book, in its order; none for the default.
    rules: Option<Arc<[Vec<Level>]>>,
}

/// What becomes of the findings of a rule for a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    check: &'static str,
    on: bool,
    severity: Option<Severity>,
}

/// How well a name fits a rule: a name that says more is stronger than one of its own layer that says less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Area or treatment.
    Group,
    Check,
    Rule,
}

impl Plan {
    /// The plan that choices make, the last the strongest.
    pub fn new(book: &Rulebook, choices: &[Choice], preview: bool, least: Confidence) -> Plan {
        if choices.is_empty() && !preview && least == Confidence::Low {
            return Plan::default();
        }
        let levels = |rule: &Rule| {
            let level = |check: &'static CheckInfo| level(rule, check, book, choices, preview, least);
            checks(rule).map(level).collect()
        };
        Plan { rules: Some(book.rules.iter().map(levels).collect()) }
    }

    /// One rule alone, whatever its status.
    pub fn only(book: &Rulebook, rule: &str) -> Plan {
        Plan::new(book, &[Choice::only(rule)], true, Confidence::Low)
    }

    /// Whether the rule with this number runs.
    pub fn runs(&self, number: usize, rule: &Rule) -> bool {
        match &self.rules {
            None => rule.status == Status::Stable,
            Some(rules) => rules.get(number).is_some_and(|levels| levels.iter().any(|l| l.on)),
        }
    }

    /// Whether a rule runs, by its id; a rule that the book has not counts as running: nothing is to be expected of it.
    pub fn runs_id(&self, book: &Rulebook, id: &str) -> bool {
        book.rules.iter().position(|r| r.id == id).is_none_or(|n| self.runs(n, &book.rules[n]))
    }

    /// Whether findings of a rule for a check are wanted, and their severity if it is not to be the rule's own.
    pub fn of(&self, number: usize, check: &str) -> Option<Option<Severity>> {
        let Some(rules) = &self.rules else { return Some(None) };
        let level = rules.get(number)?.iter().find(|l| l.check == check)?;
        level.on.then_some(level.severity)
    }
}

/// The checks whose findings a rule can make.
fn checks(rule: &Rule) -> impl Iterator<Item = &'static CheckInfo> {
    let own = rule.check();
    CATALOGUE.iter().filter(move |c| own.map_or(c.scope.of_criteria(), |own| own.id == c.id))
}

fn level(
    rule: &Rule,
    check: &'static CheckInfo,
    book: &Rulebook,
    choices: &[Choice],
    preview: bool,
    least: Confidence,
) -> Level {
    let unasked = rule.status == Status::Stable || (preview && rule.status == Status::Preview);
    let mut level = Level { check: check.id, on: unasked, severity: None };
    for choice in choices {
        let all = |name: &str| fit(name, rule, check, book, true);
        let any = |name: &str| fit(name, rule, check, book, false);
        // a name that stands for many rules brings no preview rules along
        let brings = |f: &Fit| unasked || *f == Fit::Rule || (*f == Fit::Check && rule.check().is_some());
        let select = choice.select.iter().filter_map(|n| any(&n.value)).filter(brings).max();
        let extend = choice.extend_select.iter().filter_map(|n| any(&n.value)).filter(brings).max();
        let ignore = choice.ignore.iter().filter_map(|n| all(&n.value)).max();
        let asked = select.max(extend);
        level.on = asked.is_some() || (level.on && choice.select.is_empty());
        level.on &= ignore.is_none() || asked > ignore;
        let severity = choice.severity.iter().filter_map(|(n, s)| Some((all(&n.value)?, s.value)));
        match severity.max_by_key(|(fit, _)| *fit) {
            Some((_, None)) => level.on = false,
            Some((_, severity)) => level.severity = severity,
            None => {}
        }
    }
    level.on &= rule.status != Status::Retired && rule.confidence >= least;
    level
}

/// Whether and how well a name fits the findings of a rule for a check. A treatment fits a criterion for it or for one that
/// falls under it: with `all` the whole of the criterion, else a part of it is enough.
fn fit(name: &str, rule: &Rule, check: &CheckInfo, book: &Rulebook, all: bool) -> Option<Fit> {
    if name == rule.id {
        return Some(Fit::Rule);
    }
    if name == check.id {
        return Some(Fit::Check);
    }
    if name == check.area {
        return Some(Fit::Group);
    }
    let (Body::Criterion(criterion), Some(asked)) = (&rule.body, book.lexicon.treatment(name)) else { return None };
    let mut under = criterion.treatments.iter().map(|t| book.lexicon.is_a(*t, asked));
    let fits = if all { under.all(|u| u) } else { under.any(|u| u) };
    fits.then_some(Fit::Group)
}
