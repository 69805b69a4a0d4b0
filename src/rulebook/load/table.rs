//! A decision table as it is written → [`Table`]; it is proven to leave nothing out.

use super::amounts::{is_time, unit_help};
use super::logic::Logic;
use super::proof;
use crate::measure::Comparison;
use crate::rulebook::{AmountFact, Cell, Column, Place, Row, Table, Test, VerdictWord};
use crate::yaml::Item;

impl Logic<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, value: Item<'_>) -> Option<Test> {
        let mut f = value.fields("a table")?;
        let mut columns: Vec<(&str, Column)> = Vec::new();
        for (entry, item) in f.required("columns").entries("the columns") {
            if let Some((_, fact)) = AmountFact::ALL.iter().find(|(w, _)| *w == entry.key) {
                item.one_of(&["amount"]);
                columns.push((&entry.key, Column::Amount(*fact)));
                continue;
            }
            let mut places_of = vec![Place::Request, Place::Rationale];
            let mut choices = Vec::new();
            for (choice, phrases) in item.entries("the choices of a column") {
                if choice.key == "in" {
                    places_of = phrases.list_or_one().into_iter().filter_map(|p| p.choice(&Place::ALL)).collect();
                    continue;
                }
                choices.push((choice.key.clone(), self.whole_list(phrases)));
            }
            columns.push((&entry.key, Column::Choice { name: entry.key.clone(), choices, places: places_of }));
        }
        let mut rows = Vec::new();
        let rows_item = f.required("rows");
        let mut row_items = Vec::new();
        for item in rows_item.filled_list() {
            let Some(mut r) = item.fields("a row") else { continue };
            let verdict = r.required("verdict").choice(&VerdictWord::ALL);
            let cells = columns.iter().map(|(name, column)| self.cell(r.optional(name), column)).collect();
            r.finish();
            rows.push(Row { cells, verdict: verdict? });
            row_items.push(item);
        }
        f.finish();
        let table = Table { columns: columns.into_iter().map(|(_, c)| c).collect(), rows };
        proof::prove(&table, self.authorities, rows_item, &row_items);
        Some(Test::Table(table))
    }

    /// One cell: any, unknown, a choice, several choices, a number, a range, or a comparison.
    fn cell(&self, item: Item<'_>, column: &Column) -> Cell {
        let Some(text) = item.list_or_one().first().and_then(|i| i.text_or_number()) else { return Cell::Any };
        match (text, column) {
            ("any", _) => Cell::Any,
            ("unknown", _) => Cell::Unknown,
            (_, Column::Choice { choices, .. }) => {
                let words: Vec<&str> = choices.iter().map(|(w, _)| w.as_str()).chain(["unknown"]).collect();
                let number = |n: usize| if n == choices.len() { Cell::UNKNOWN } else { n as u16 };
                Cell::Choices(item.list_or_one().into_iter().filter_map(|i| i.one_of(&words)).map(number).collect())
            }
            (_, Column::Amount(fact)) => self.amount_cell(item, text, *fact).unwrap_or(Cell::Any),
        }
    }

    /// "2", "1-2", ">2", "<=2", "at most 6 weeks", "at most trial".
    fn amount_cell(&self, item: Item<'_>, text: &str, fact: AmountFact) -> Option<Cell> {
        let (comparison, rest) = compared(text.trim());
        let plain = rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b' '));
        if plain && !is_time(fact) {
            let what = "a number, a range such as 1-2, or a comparison such as >2";
            return item.parse_with(what, |_| range(comparison, rest));
        }
        if plain {
            let help = Some(unit_help(fact));
            item.report("wrong-unit", format!("`{text}` needs a unit of time in the column `{}`", fact.word()), help);
            return None;
        }
        let limit = self.limit_of(item, rest, Some(fact))?;
        Some(Cell::Compare(comparison.unwrap_or(Comparison::Equals), limit))
    }
}

/// A comparison in signs or words, and what is behind it.
fn compared(text: &str) -> (Option<Comparison>, &str) {
    for (mark, comparison) in [
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        (">", Comparison::MoreThan),
        ("<", Comparison::LessThan),
        ("at least ", Comparison::AtLeast),
        ("at most ", Comparison::AtMost),
        ("more than ", Comparison::MoreThan),
        ("less than ", Comparison::LessThan),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (Some(comparison), rest.trim());
        }
    }
    (None, text)
}

/// A cell of plain numbers. They are whole in a table: the next number beyond a limit is one away.
fn range(comparison: Option<Comparison>, text: &str) -> Result<Cell, String> {
    let number = |s: &str| s.trim().parse::<f64>().map_err(|_| String::new());
    let Some(comparison) = comparison else {
        return match text.split_once('-') {
            Some((a, b)) => {
                let (a, b) = (number(a)?, number(b)?);
                if a > b { Err("the range runs backwards".to_string()) } else { Ok(Cell::Range(a, b)) }
            }
            None => number(text).map(|n| Cell::Range(n, n)),
        };
    };
    let n = number(text)?;
    Ok(match comparison {
        Comparison::AtLeast => Cell::Range(n, f64::INFINITY),
        Comparison::MoreThan => Cell::Range(n + 1.0, f64::INFINITY),
        Comparison::AtMost => Cell::Range(0.0, n),
        Comparison::LessThan => Cell::Range(0.0, n - 1.0),
        Comparison::Equals => Cell::Range(n, n),
    })
}
