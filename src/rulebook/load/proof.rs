//! The proof that a decision table leaves no combination out, and the report of rows that are never reached.

use crate::measure::{Quantity, Unit};
use crate::rulebook::{Authority, Cell, Column, Limit, Table};
use crate::yaml::Item;
use std::collections::BTreeMap;

/// More combinations than this are not looked through.
const MOST: usize = 100_000;

/// One possible value of a column: a stretch between the limits that the cells name, a choice, or unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Possible {
    Unknown,
    /// A choice by number; one more stands for none of them.
    Choice(u16),
    /// An amount that stands for a stretch.
    Amount(Quantity),
}

/// Proves a table and reports what is wrong with it at its rows. Limits by name are those of each edition in turn.
pub fn prove(table: &Table, authorities: &[Authority], rows: Item<'_>, items: &[Item<'_>]) {
    let none = BTreeMap::new();
    let mut editions: Vec<&Limits> = Vec::new();
    for authority in authorities {
        if !editions.contains(&&authority.limits) {
            editions.push(&authority.limits);
        }
    }
    let named = table.rows.iter().flat_map(|r| &r.cells).any(|c| matches!(c, Cell::Compare(_, Limit::Named(_))));
    if !named || editions.is_empty() {
        editions = vec![&none];
    }
    // a row is of use if any edition reaches it; a gap of any edition is one
    let mut reached = vec![false; table.rows.len()];
    for limits in editions {
        match look_through(table, limits, &mut reached) {
            Err(()) => {
                return rows.report("table-too-large", format!("the table has more than {MOST} combinations"), None);
            }
            Ok(Some(values)) => {
                let words: Vec<String> = table.columns.iter().zip(&values).map(|(c, v)| describe(c, *v)).collect();
                let help = Some("add a row for it, or a last row of `any`".to_string());
                rows.report("table-gap", format!("no row fits {}", words.join(", ")), help);
                break;
            }
            Ok(None) => {}
        }
    }
    for (row, item) in items.iter().enumerate() {
        if !reached.get(row).copied().unwrap_or(true) {
            item.report(
                "row-never-reached",
                format!("row {} is never reached: rows above it fit first", row + 1),
                None,
            );
        }
    }
}

type Limits = BTreeMap<String, Quantity>;

/// Tries every combination: marks the rows that are reached and gives the first that no row fits.
fn look_through(table: &Table, limits: &Limits, reached: &mut [bool]) -> Result<Option<Vec<Possible>>, ()> {
    let domains: Vec<Vec<Possible>> = (0..table.columns.len()).map(|c| domain(table, c, limits)).collect();
    let combinations = domains.iter().try_fold(1usize, |n, d| n.checked_mul(d.len()).filter(|n| *n <= MOST));
    let mut gap = None;
    for n in 0..combinations.ok_or(())? {
        let mut rest = n;
        let values: Vec<Possible> = domains
            .iter()
            .map(|d| {
                let value = d[rest % d.len()];
                rest /= d.len();
                value
            })
            .collect();
        let fits = |cells: &[Cell]| cells.iter().zip(&values).all(|(cell, value)| fits(cell, *value, limits));
        match table.rows.iter().position(|row| fits(&row.cells)) {
            Some(row) => reached[row] = true,
            None => gap = gap.or(Some(values)),
        }
    }
    Ok(gap)
}

fn domain(table: &Table, column: usize, limits: &Limits) -> Vec<Possible> {
    let mut all = vec![Possible::Unknown];
    match &table.columns[column] {
        Column::Choice { choices, .. } => all.extend((0..choices.len() as u16).map(Possible::Choice)),
        Column::Amount(_) => {
            // every limit, and an amount to each side of it, far enough that no slack of comparison hides it
            let mut amounts: Vec<Quantity> = Vec::new();
            for row in &table.rows {
                match row.cells.get(column) {
                    Some(Cell::Range(from, to)) => {
                        let ends = [*from, *to].into_iter().filter(|n| n.is_finite());
                        amounts.extend(ends.flat_map(|n| [n - 1.0, n, n + 1.0]).map(|n| Quantity::new(n, Unit::One)));
                    }
                    Some(Cell::Compare(_, limit)) => {
                        let Some(limit) = limit.value(limits) else { continue };
                        let ends = [limit.least, limit.most].into_iter();
                        let beside = ends.flat_map(|n| [n / 2.0, n - 1.0, n, n + 1.0, n * 1.5]);
                        amounts.extend(beside.map(|n| Quantity::new(n, limit.unit)));
                    }
                    _ => {}
                }
            }
            amounts.push(Quantity::new(1.0, amounts.first().map_or(Unit::One, |a| a.unit)));
            amounts.retain(|a| a.least >= 0.0);
            amounts.sort_by(|a, b| a.least.total_cmp(&b.least).then(a.unit.cmp(&b.unit)));
            amounts.dedup();
            all.extend(amounts.into_iter().map(Possible::Amount));
        }
    }
    all
}

fn fits(cell: &Cell, value: Possible, limits: &Limits) -> bool {
    match (cell, value) {
        (Cell::Any, _) | (Cell::Unknown, Possible::Unknown) => true,
        (Cell::Choices(choices), Possible::Choice(n)) => choices.contains(&n),
        (Cell::Choices(choices), Possible::Unknown) => choices.contains(&Cell::UNKNOWN),
        (_, Possible::Amount(amount)) => cell.holds(amount, limits),
        _ => false,
    }
}

fn describe(column: &Column, value: Possible) -> String {
    let name = match column {
        Column::Choice { name, .. } => name.as_str(),
        Column::Amount(fact) => fact.word(),
    };
    match (column, value) {
        (_, Possible::Unknown) => format!("{name} unknown"),
        (Column::Choice { choices, .. }, Possible::Choice(n)) => {
            format!("{name} {}", choices.get(n as usize).map_or("other", |(w, _)| w))
        }
        (_, Possible::Amount(amount)) => format!("{name} {amount}"),
        (_, Possible::Choice(_)) => name.to_string(),
    }
}
