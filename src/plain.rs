//! Conditions in plain words, for `explain` and `why`.

use crate::measure::Comparison;
use crate::rulebook::{
    AmountFact, Cell, Cited, Column, Criterion, Limit, Place, Role, Rulebook, SideAsked, Table, Test,
};
use std::fmt::Write;

/// One condition in one line; what it is made of is not told.
pub fn condition(test: &Test, book: &Rulebook) -> String {
    let lexicon = &book.lexicon;
    match test {
        Test::All(_) => "all of".to_string(),
        Test::Any(_) => "any of".to_string(),
        Test::Not(_) => "not".to_string(),
        Test::Statement { statement, places, affirmed } => {
            let title = &lexicon.statements[*statement as usize].title;
            format!("the letter affirms {title} ({}{})", words(places), passed_over(*affirmed))
        }
        Test::Mention { list, places, affirmed } => {
            let id = &lexicon.lists[*list as usize].id;
            let name = if id.contains('/') { "the rule's own phrases".to_string() } else { id.replace('-', " ") };
            format!("words of {name} ({}{})", words(places), passed_over(*affirmed))
        }
        Test::Amount { fact, of, compare, places } => {
            let limits: Vec<String> = compare.iter().map(|(c, l)| format!("{} {}", comparison(*c), limit(l))).collect();
            let names: Vec<&str> = of.iter().map(|t| lexicon.treatments[*t as usize].name.as_str()).collect();
            let of = if names.is_empty() { String::new() } else { format!(" of {}", names.join(" or ")) };
            format!("{}{of} {} ({})", amount(*fact), limits.join(" and "), words(places))
        }
        Test::Side(sides) => {
            let word = |s: &SideAsked| SideAsked::ALL.iter().find(|(_, side)| side == s).map_or("", |(w, _)| *w);
            format!("the side requested is {}", sides.iter().map(word).collect::<Vec<_>>().join(" or "))
        }
        Test::Cites(cited) => {
            let names: Vec<String> = cited.iter().map(|c| citation(c, book)).collect();
            format!("the reviewer cites {}", names.join(" or "))
        }
        Test::Table(_) => "the first row of a table that fits".to_string(),
        Test::Evidence { .. } => "evidence for and against".to_string(),
    }
}

/// A whole criterion, indented.
pub fn criterion(criterion: &Criterion, book: &Rulebook) -> String {
    let lexicon = &book.lexicon;
    let mut out = String::new();
    let treatments: Vec<&str> =
        criterion.treatments.iter().map(|t| lexicon.treatments[*t as usize].name.as_str()).collect();
    let role = match criterion.role {
        Role::Necessary => "necessary: without it no approval",
        Role::Sufficient => "sufficient: with it approval needs no other",
        Role::Factor => "a factor: speaks for or against, never a finding by itself",
    };
    // writing to a String cannot fail
    let _ = writeln!(out, "Applies to {}.", treatments.join(", "));
    if !criterion.body_parts.is_empty() {
        let parts: Vec<&str> =
            criterion.body_parts.iter().map(|b| lexicon.body_parts[*b as usize].id.as_str()).collect();
        let _ = writeln!(out, "Only for {}.", parts.join(", "));
    }
    for (word, test) in [("Only when", &criterion.when), ("Not when", &criterion.unless)] {
        if let Some(test) = test {
            let _ = writeln!(out, "{word}:");
            logic(test, book, 1, &mut out);
        }
    }
    let _ = writeln!(out, "The criterion is {role}. It is met by:");
    logic(&criterion.test, book, 1, &mut out);
    if !criterion.exceptions.is_empty() {
        let _ = writeln!(out, "Lifted by any of:");
        criterion.exceptions.iter().for_each(|t| logic(t, book, 1, &mut out));
    }
    out
}

fn logic(test: &Test, book: &Rulebook, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}- {}", condition(test, book));
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|t| logic(t, book, depth + 1, out)),
        Test::Not(test) => logic(test, book, depth + 1, out),
        Test::Evidence { met, not_met, undocumented } => {
            for (name, tests) in [("met by", met), ("not met by", not_met), ("not documented by", undocumented)] {
                if !tests.is_empty() {
                    let _ = writeln!(out, "{indent}  {name}:");
                    tests.iter().for_each(|t| logic(t, book, depth + 2, out));
                }
            }
        }
        Test::Table(table) => rows(table, &indent, out),
        Test::Statement { .. } | Test::Mention { .. } | Test::Amount { .. } | Test::Side(_) | Test::Cites(_) => {}
    }
}

fn passed_over(affirmed: bool) -> &'static str {
    if affirmed { "; what denies it is passed over" } else { "" }
}

fn citation(cited: &Cited, book: &Rulebook) -> String {
    let guideline = &book.lexicon.guidelines[cited.guideline as usize];
    let mut text = guideline.full_title.clone();
    if let Some(section) = cited.section.and_then(|s| guideline.sections.get(s as usize)) {
        let _ = write!(text, ", {}", section.title);
    }
    match cited.pages {
        Some((first, last)) if first == last => text.push_str(&format!(", page {first}")),
        Some((first, last)) => text.push_str(&format!(", pages {first}-{last}")),
        None => {}
    }
    text
}

fn rows(table: &Table, indent: &str, out: &mut String) {
    for row in &table.rows {
        let cells: Vec<String> =
            table.columns.iter().zip(&row.cells).filter_map(|(column, c)| cell(column, c)).collect();
        let when = if cells.is_empty() { "otherwise".to_string() } else { cells.join(", ") };
        let _ = writeln!(out, "{indent}    {when}: {}", row.verdict.word());
    }
}

fn cell(column: &Column, cell: &Cell) -> Option<String> {
    let name = match column {
        Column::Choice { name, .. } => name.as_str(),
        Column::Amount(fact) => amount(*fact),
    };
    Some(match cell {
        Cell::Any => return None,
        Cell::Unknown => format!("{name} not told"),
        Cell::Choices(choices) => {
            let word = |n: &u16| match column {
                _ if *n == Cell::UNKNOWN => "not told".to_string(),
                Column::Choice { choices, .. } => choices.get(*n as usize).map_or(String::new(), |(w, _)| w.clone()),
                Column::Amount(_) => n.to_string(),
            };
            format!("{name} {}", choices.iter().map(word).collect::<Vec<_>>().join(" or "))
        }
        Cell::Range(from, to) if from == to => format!("{name} {from}"),
        Cell::Range(from, to) if to.is_infinite() => format!("{name} {from} or more"),
        Cell::Range(from, to) if *from <= 0.0 => format!("{name} {to} or less"),
        Cell::Range(from, to) => format!("{name} {from} to {to}"),
        Cell::Compare(c, l) => format!("{name} {} {}", comparison(*c), limit(l)),
    })
}

fn words(places: &[Place]) -> String {
    places.iter().map(|p| p.word()).collect::<Vec<_>>().join(", ")
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtMost => "at most",
        Comparison::AtLeast => "at least",
        Comparison::LessThan => "less than",
        Comparison::MoreThan => "more than",
        Comparison::Equals => "exactly",
    }
}

fn limit(limit: &Limit) -> String {
    match limit {
        Limit::Value(quantity) => quantity.to_string(),
        Limit::Named(name) => format!("the edition's `{name}`"),
    }
}

fn amount(fact: AmountFact) -> &'static str {
    match fact {
        AmountFact::Levels => "spinal levels requested",
        AmountFact::Visits => "visits requested",
        AmountFact::Quantity => "quantity requested",
        AmountFact::Refills => "refills requested",
        AmountFact::Strength => "strength requested",
        AmountFact::UseDuration => "time of use",
        AmountFact::Age => "age",
        AmountFact::TimeSinceInjury => "time since the injury",
        AmountFact::CompletedVisits => "visits had",
        AmountFact::Relief => "relief",
        AmountFact::Supply => "time that the request lasts",
        AmountFact::DailyDose => "dose a day requested",
        AmountFact::Injections => "injections requested",
        AmountFact::TimeSince => "time since the last dated",
    }
}
