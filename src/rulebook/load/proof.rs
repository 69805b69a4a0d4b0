//! The proof that a decision table leaves no combination out, and the report of rows that are never reached.

use crate::rulebook::{Cell, Column, Table};
use crate::yaml::Item;

/// More combinations than this are not looked through.
const MOST: usize = 100_000;

/// One possible value of a column: a stretch between the limits that the cells name, a choice, or unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Possible {
    Unknown,
    /// A choice by number; one more stands for none of them.
    Choice(u16),
    /// A number that stands for a stretch.
    Number(f64),
}

/// Proves a table and reports what is wrong with it at its rows.
pub fn prove(table: &Table, rows: Item<'_>, items: &[Item<'_>]) {
    let domains: Vec<Vec<Possible>> = (0..table.columns.len()).map(|c| domain(table, c)).collect();
    let combinations = domains.iter().try_fold(1usize, |n, d| n.checked_mul(d.len()).filter(|n| *n <= MOST));
    let Some(combinations) = combinations else {
        rows.report("table-too-large", format!("the table has more than {MOST} combinations"), None);
        return;
    };
    let mut reached = vec![false; table.rows.len()];
    let mut gap = None;
    for n in 0..combinations {
        let mut rest = n;
        let values: Vec<Possible> = domains
            .iter()
            .map(|d| {
                let value = d[rest % d.len()];
                rest /= d.len();
                value
            })
            .collect();
        match table.rows.iter().position(|row| row.cells.iter().zip(&values).all(|(cell, value)| fits(cell, *value))) {
            Some(row) => reached[row] = true,
            None => gap = gap.or(Some(values)),
        }
    }
    if let Some(values) = gap {
        let words: Vec<String> = table.columns.iter().zip(&values).map(|(c, v)| describe(c, *v)).collect();
        let help = Some("add a row for it, or a last row of `any`".to_string());
        rows.report("table-gap", format!("no row fits {}", words.join(", ")), help);
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

fn domain(table: &Table, column: usize) -> Vec<Possible> {
    let mut all = vec![Possible::Unknown];
    match &table.columns[column] {
        Column::Choice { choices, .. } => all.extend((0..choices.len() as u16).map(Possible::Choice)),
        Column::Amount(_) => {
            // every limit, and a number to each side of it
            let mut numbers: Vec<f64> = vec![1.0];
            for row in &table.rows {
                if let Some(Cell::Range(from, to)) = row.cells.get(column) {
                    let ends = [*from, *to].into_iter().filter(|n| n.is_finite());
                    numbers.extend(ends.flat_map(|n| [n - 1.0, n, n + 1.0]).filter(|n| *n >= 0.0));
                }
            }
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            all.extend(numbers.into_iter().map(Possible::Number));
        }
    }
    all
}

fn fits(cell: &Cell, value: Possible) -> bool {
    match (cell, value) {
        (Cell::Any, _) | (Cell::Unknown, Possible::Unknown) => true,
        (Cell::Choices(choices), Possible::Choice(n)) => choices.contains(&n),
        (Cell::Choices(choices), Possible::Unknown) => choices.contains(&Cell::UNKNOWN),
        (Cell::Range(from, to), Possible::Number(n)) => (*from..=*to).contains(&n),
        _ => false,
    }
}

fn describe(column: &Column, value: Possible) -> String {
    let name = match column {
        Column::Choice { name, .. } => name.as_str(),
        Column::Amount(fact) => crate::rulebook::AmountFact::ALL.iter().find(|(_, f)| f == fact).map_or("", |(w, _)| w),
    };
    match (column, value) {
        (_, Possible::Unknown) => format!("{name} unknown"),
        (Column::Choice { choices, .. }, Possible::Choice(n)) => {
            format!("{name} {}", choices.get(n as usize).map_or("other", |(w, _)| w))
        }
        (_, Possible::Number(n)) => format!("{name} {n}"),
        (_, Possible::Choice(_)) => name.to_string(),
    }
}
