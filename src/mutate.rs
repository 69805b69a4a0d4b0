//! Mutants of a rule: the same rule with one small change. A mutant that no test of the rule notices shows a gap in its
//! tests.

use crate::measure::Quantity;
use crate::rulebook::{Body, Cell, Criterion, Limit, Role, Rule, Rulebook, SideAsked, Test, VerdictWord};

/// A changed rule and what was changed.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed, for people.
    pub change: String,
    /// The changed rule.
    pub rule: Rule,
}

/// All mutants of a rule's logic; a check of the catalogue has none.
pub fn mutants(rule: &Rule) -> Vec<Mutant> {
    let Body::Criterion(criterion) = &rule.body else { return Vec::new() };
    let mut out = Vec::new();
    for (n, authority) in rule.authorities.iter().enumerate() {
        for (name, limit) in &authority.limits {
            for (word, factor) in [("doubled", 2.0), ("halved", 0.5)] {
                let mut changed = rule.clone();
                changed.authorities[n].limits.insert(name.clone(), scaled(*limit, factor));
                out.push(Mutant { change: format!("limit `{name}` of authority {} {word}", n + 1), rule: changed });
            }
        }
    }
    let mut push = |change: String, criterion: Criterion| {
        out.push(Mutant { change, rule: Rule { body: Body::Criterion(Box::new(criterion)), ..rule.clone() } });
    };
    if criterion.role != Role::Factor {
        push("role swapped for factor".to_string(), Criterion { role: Role::Factor, ..(**criterion).clone() });
    }
    for n in 0..criterion.exceptions.len() {
        for (change, test) in variants(&criterion.exceptions[n]) {
            let mut changed = (**criterion).clone();
            changed.exceptions[n] = test;
            push(format!("exception {}: {change}", n + 1), changed);
        }
        let mut changed = (**criterion).clone();
        changed.exceptions.remove(n);
        push(format!("exception {} dropped", n + 1), changed);
    }
    for n in 0..criterion.treatments.len().min(if criterion.treatments.len() > 1 { usize::MAX } else { 0 }) {
        let mut changed = (**criterion).clone();
        changed.treatments.remove(n);
        push(format!("treatment {} dropped", n + 1), changed);
    }
    for (name, part) in [("when", &criterion.when), ("unless", &criterion.unless)] {
        for (change, test) in part.iter().flat_map(variants) {
            let mut changed = (**criterion).clone();
            *(if name == "when" { &mut changed.when } else { &mut changed.unless }) = Some(test);
            push(format!("`{name}`: {change}"), changed);
        }
    }
    if criterion.warn_undocumented {
        push(
            "`undocumented` ignored".to_string(),
            Criterion { warn_undocumented: false, only_recited: false, quiet: false, ..(**criterion).clone() },
        );
    }
    if criterion.when.is_some() {
        push("`when` dropped".to_string(), Criterion { when: None, ..(**criterion).clone() });
    }
    if criterion.unless.is_some() {
        push("`unless` dropped".to_string(), Criterion { unless: None, ..(**criterion).clone() });
    }
    for (change, test) in variants(&criterion.test) {
        push(change, Criterion { test, ..(**criterion).clone() });
    }
    out
}

/// All mutants of a rule that lack one of its phrases; the book must have been loaded with each phrase by itself.
pub fn without_phrase(rule: &Rule, book: &Rulebook) -> Vec<Mutant> {
    let Body::Criterion(criterion) = &rule.body else { return Vec::new() };
    let own = format!("{}/", rule.id);
    let mut out = Vec::new();
    for (number, list) in book.lexicon.lists.iter().enumerate() {
        let Some((_, phrase)) = list.id.strip_prefix(&own).and_then(|rest| rest.split_once(": ")) else { continue };
        let mut changed = (**criterion).clone();
        let tests = [&mut changed.when, &mut changed.unless].into_iter().flatten();
        for test in tests.chain(&mut changed.exceptions).chain(std::iter::once(&mut changed.test)) {
            silence(test, number as u16);
        }
        changed.grounds.retain(|ground| *ground as usize != number);
        changed.missed.retain(|missed| *missed as usize != number);
        let rule = Rule { body: Body::Criterion(Box::new(changed)), ..rule.clone() };
        out.push(Mutant { change: format!("phrase `{phrase}` dropped"), rule });
    }
    out
}

/// Puts a test that is never applicable in the place of one for a list.
fn silence(test: &mut Test, dropped: u16) {
    match test {
        Test::Mention { list, .. } if *list == dropped => *test = Test::Any(Vec::new()),
        Test::All(tests) | Test::Any(tests) => tests.iter_mut().for_each(|t| silence(t, dropped)),
        Test::Not(inner) => silence(inner, dropped),
        Test::Evidence { met, not_met, undocumented } => {
            met.iter_mut().chain(not_met).chain(undocumented).for_each(|t| silence(t, dropped));
        }
        _ => {}
    }
}

/// A limit changed by at least one.
fn scaled(quantity: Quantity, factor: f64) -> Quantity {
    let shift = |n: f64| if factor > 1.0 { (n * factor).max(n + 1.0) } else { (n * factor).min(n - 1.0).max(0.0) };
    Quantity { least: shift(quantity.least), most: shift(quantity.most), unit: quantity.unit }
}

/// A test with one change somewhere in it.
fn variants(test: &Test) -> Vec<(String, Test)> {
    match test {
        Test::All(tests) => listed("all", tests, Test::All),
        Test::Any(tests) => listed("any", tests, Test::Any),
        Test::Not(inner) => {
            let mut out = vec![("`not` dropped".to_string(), (**inner).clone())];
            out.extend(variants(inner).into_iter().map(|(c, t)| (c, Test::Not(Box::new(t)))));
            out
        }
        Test::Statement { .. } | Test::Mention { .. } | Test::Cites(_) => Vec::new(),
        Test::Side(sides) => {
            let others = SideAsked::ALL.iter().map(|(_, side)| *side).filter(|s| !sides.contains(s)).collect();
            vec![("other sides asked for".to_string(), Test::Side(others))]
        }
        Test::Amount { fact, of, compare, places } => {
            let mut out = Vec::new();
            for (n, (comparison, limit)) in compare.iter().enumerate() {
                let Limit::Value(quantity) = limit else { continue };
                for (word, factor) in [("doubled", 2.0), ("halved", 0.5)] {
                    let mut changed = compare.clone();
                    changed[n] = (*comparison, Limit::Value(scaled(*quantity, factor)));
                    out.push((
                        format!("limit {quantity} {word}"),
                        Test::Amount { fact: *fact, of: of.clone(), compare: changed, places: places.clone() },
                    ));
                }
            }
            out
        }
        Test::Table(table) => {
            let mut out = Vec::new();
            for (n, row) in table.rows.iter().enumerate() {
                let other = match row.verdict {
                    VerdictWord::Met => VerdictWord::NotMet,
                    VerdictWord::NotMet | VerdictWord::Unclear => VerdictWord::Met,
                    VerdictWord::NotDocumented | VerdictWord::NotApplicable => VerdictWord::NotMet,
                };
                let mut changed = table.clone();
                changed.rows[n].verdict = other;
                out.push((format!("row {} says {}", n + 1, other.word()), Test::Table(changed)));
                for (column, cell) in row.cells.iter().enumerate() {
                    let Cell::Compare(comparison, Limit::Value(quantity)) = cell else { continue };
                    for (word, factor) in [("doubled", 2.0), ("halved", 0.5)] {
                        let mut changed = table.clone();
                        changed.rows[n].cells[column] =
                            Cell::Compare(*comparison, Limit::Value(scaled(*quantity, factor)));
                        out.push((format!("row {}: limit {quantity} {word}", n + 1), Test::Table(changed)));
                    }
                }
            }
            out
        }
        Test::Evidence { met, not_met, undocumented } => {
            let mut out = Vec::new();
            let rebuild =
                |m: Vec<Test>, n: Vec<Test>, u: Vec<Test>| Test::Evidence { met: m, not_met: n, undocumented: u };
            for (change, changed) in changed_lists("met", met) {
                out.push((change, rebuild(changed, not_met.clone(), undocumented.clone())));
            }
            for (change, changed) in changed_lists("not-met", not_met) {
                out.push((change, rebuild(met.clone(), changed, undocumented.clone())));
            }
            out
        }
    }
}

fn listed(name: &str, tests: &[Test], build: fn(Vec<Test>) -> Test) -> Vec<(String, Test)> {
    let mut out: Vec<(String, Test)> = Vec::new();
    if tests.len() > 1 {
        out.extend(changed_lists(name, tests).into_iter().map(|(c, t)| (c, build(t))));
    }
    out
}

/// A list with one member dropped, or with a change in one.
fn changed_lists(name: &str, tests: &[Test]) -> Vec<(String, Vec<Test>)> {
    let mut out = Vec::new();
    for n in 0..tests.len() {
        let mut dropped = tests.to_vec();
        dropped.remove(n);
        out.push((format!("`{name}` {} dropped", n + 1), dropped));
        for (change, test) in variants(&tests[n]) {
            let mut changed = tests.to_vec();
            changed[n] = test;
            out.push((format!("`{name}` {}: {change}", n + 1), changed));
        }
    }
    out
}
