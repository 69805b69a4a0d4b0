//! The logic of a criterion as it is written → [`Test`]; decision tables are proven to leave nothing out.

use super::proof;
use super::rule::resolve;
use crate::lexicon::{Loader, Names};
use crate::measure::{Comparison, Quantity, Unit};
use crate::rulebook::{AmountFact, Authority, Cell, Column, Limit, Place, Row, Table, Test, VerdictWord};
use crate::yaml::{Fields, Item};

/// Reads the tests of one rule.
pub struct Logic<'a> {
    /// Id of the rule.
    pub rule: &'a str,
    /// Its authorities: they hold the named limits.
    pub authorities: &'a [Authority],
    /// Vocabulary; phrases of the rule are added to it.
    pub lexicon: &'a mut Loader,
    /// How many lists of its own the rule has so far.
    pub lists: usize,
}

const KINDS: [&str; 9] = ["all", "any", "not", "statement", "list", "phrases", "amount", "table", "evidence"];

impl Logic<'_> {
    /// Reads a test.
    pub fn test(&mut self, item: Item<'_>) -> Option<Test> {
        let mut f = item.fields("a test of the letter")?;
        let Some((kind, value)) = f.exactly_one(&KINDS) else {
            // a key that nearly is one of them is told here
            f.finish();
            return None;
        };
        let test = match KINDS[kind] {
            "all" => Some(Test::All(self.tests(value))),
            "any" => Some(Test::Any(self.tests(value))),
            "not" => self.test(value).map(|t| Test::Not(Box::new(t))),
            "statement" => {
                let statements = value.list_or_one();
                let known = self.lexicon.names(Names::Statements);
                let numbers: Vec<u16> =
                    statements.into_iter().filter_map(|s| resolve(s, "statement", &known)).collect();
                let places = places(&mut f, &[Place::Summary, Place::Rationale]);
                any(numbers
                    .into_iter()
                    .map(|statement| Test::Statement { statement, places: places.clone() })
                    .collect())
            }
            "list" | "phrases" => {
                let lists = self.lists_of_kind(value, KINDS[kind] == "list");
                let places = places(&mut f, &[Place::Request, Place::Summary, Place::Rationale]);
                any(lists.into_iter().map(|list| Test::Mention { list, places: places.clone() }).collect())
            }
            "amount" => self.amount(value, &mut f),
            "table" => self.table(value),
            _ => self.evidence(value),
        };
        f.finish();
        test
    }

    fn tests(&mut self, item: Item<'_>) -> Vec<Test> {
        item.filled_list().into_iter().filter_map(|t| self.test(t)).collect()
    }

    /// Phrase lists: names of lists, or one list of phrases.
    pub fn lists_of(&mut self, item: Item<'_>) -> Vec<u16> {
        let known = self.lexicon.lists();
        let named = item
            .list_or_one()
            .iter()
            .all(|i| i.node().and_then(|n| n.scalar()).is_some_and(|s| known.contains(&s.text.as_str())));
        self.lists_of_kind(item, named)
    }

    fn lists_of_kind(&mut self, item: Item<'_>, named: bool) -> Vec<u16> {
        if named {
            let known = self.lexicon.lists();
            return item.list_or_one().into_iter().filter_map(|i| resolve(i, "list", &known)).collect();
        }
        let mut phrases = Vec::new();
        for phrase in item.list_or_one() {
            let Some(text) = phrase.text_or_number() else { continue };
            match crate::lexicon::pattern::parse(text) {
                Ok(parts) => phrases.push(parts),
                Err(why) => phrase.report("bad-phrase", format!("this phrase cannot be read: {why}"), None),
            }
        }
        self.lists += 1;
        vec![self.lexicon.add_list(format!("{}/{}", self.rule, self.lists), phrases)]
    }

    fn amount(&mut self, value: Item<'_>, f: &mut Fields<'_>) -> Option<Test> {
        let fact = value.choice(&AmountFact::ALL);
        let mut compare = Vec::new();
        for (key, comparison) in Comparison::ALL {
            let item = f.optional(key);
            if let Some(limit) = self.limit(item, fact) {
                compare.push((comparison, limit));
            }
        }
        if compare.is_empty() {
            let keys: Vec<&str> = Comparison::ALL.iter().map(|(k, _)| *k).collect();
            value.report("missing-key", format!("an amount needs one of {}", keys.join(", ")), None);
        }
        let places = places(f, fact.map_or(&[], default_places));
        Some(Test::Amount { fact: fact?, compare, places })
    }

    /// "4 weeks", or the name of a limit that every edition gives.
    fn limit(&mut self, item: Item<'_>, fact: Option<AmountFact>) -> Option<Limit> {
        let text = item.text_or_number()?;
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            let quantity = item.parse_with("an amount", Quantity::parse)?;
            if let Some(fact) = fact
                && !unit_fits(fact, quantity.unit)
            {
                item.report(
                    "wrong-unit",
                    format!("`{text}` has the wrong unit for `{}`", word(fact)),
                    Some(unit_help(fact)),
                );
                return None;
            }
            return Some(Limit::Value(quantity));
        }
        let without: Vec<usize> = self
            .authorities
            .iter()
            .enumerate()
            .filter(|(_, a)| !a.limits.contains_key(text))
            .map(|(n, _)| n + 1)
            .collect();
        if !without.is_empty() {
            let which: Vec<String> = without.iter().map(usize::to_string).collect();
            let message = format!("the limit `{text}` is not given by authority {}", which.join(" and "));
            item.report(
                "unknown-limit",
                message,
                Some("write it under `limits` of each authority, or an amount here".to_string()),
            );
            return None;
        }
        Some(Limit::Named(text.to_string()))
    }

    fn evidence(&mut self, value: Item<'_>) -> Option<Test> {
        let mut f = value.fields("the evidence")?;
        let mut read =
            |key| -> Vec<Test> { f.optional(key).list_or_one().into_iter().filter_map(|t| self.test(t)).collect() };
        let (met, not_met, undocumented) = (read("met"), read("not-met"), read("undocumented"));
        if met.is_empty() && not_met.is_empty() {
            value.report("missing-key", "evidence needs `met` or `not-met`", None);
        }
        f.finish();
        Some(Test::Evidence { met, not_met, undocumented })
    }

    fn table(&mut self, value: Item<'_>) -> Option<Test> {
        let mut f = value.fields("a table")?;
        let mut columns: Vec<(&str, Column)> = Vec::new();
        for (entry, item) in f.required("columns").entries("the columns") {
            if let Some((_, fact)) = AmountFact::ALL.iter().find(|(w, _)| *w == entry.key) {
                columns.push((&entry.key, Column::Amount(*fact)));
                item.one_of(&["amount"]);
                continue;
            }
            let mut places_of = vec![Place::Request, Place::Rationale];
            let mut choices = Vec::new();
            for (choice, phrases) in item.entries("the choices of a column") {
                if choice.key == "in" {
                    places_of = phrases.list_or_one().into_iter().filter_map(|p| p.choice(&Place::ALL)).collect();
                    continue;
                }
                let lists = self.lists_of_kind(phrases, false);
                choices.extend(lists.into_iter().map(|l| (choice.key.clone(), l)));
            }
            columns.push((&entry.key, Column::Choice { name: entry.key.clone(), choices, places: places_of }));
        }
        let mut rows = Vec::new();
        let rows_item = f.required("rows");
        let mut row_items = Vec::new();
        for item in rows_item.filled_list() {
            let Some(mut r) = item.fields("a row") else { continue };
            let verdict = r.required("verdict").choice(&VerdictWord::ALL);
            let cells = columns.iter().map(|(name, column)| cell(r.optional(name), column)).collect();
            r.finish();
            rows.push(Row { cells, verdict: verdict? });
            row_items.push(item);
        }
        f.finish();
        let table = Table { columns: columns.into_iter().map(|(_, c)| c).collect(), rows };
        proof::prove(&table, rows_item, &row_items);
        Some(Test::Table(table))
    }
}

/// One cell: any, unknown, a choice, several choices, a number, a range, or a comparison.
fn cell(item: Item<'_>, column: &Column) -> Cell {
    let Some(text) = item.list_or_one().first().and_then(|i| i.text_or_number()) else { return Cell::Any };
    match (text, column) {
        ("any", _) => Cell::Any,
        ("unknown", _) => Cell::Unknown,
        (_, Column::Choice { choices, .. }) => {
            let words: Vec<&str> = choices.iter().map(|(w, _)| w.as_str()).chain(["unknown"]).collect();
            let number = |n: usize| if n == choices.len() { Cell::UNKNOWN } else { n as u16 };
            Cell::Choices(item.list_or_one().into_iter().filter_map(|i| i.one_of(&words)).map(number).collect())
        }
        (_, Column::Amount(_)) => {
            item.parse_with("a number, a range such as 1-2, or a comparison such as >2", range).unwrap_or(Cell::Any)
        }
    }
}

/// "2", "1-2", ">2", "<=2", "more than 2", "at most 2".
fn range(text: &str) -> Result<Cell, String> {
    let text = text.trim();
    let number = |s: &str| s.trim().parse::<f64>().map_err(|_| String::new());
    // amounts of a table are whole: the next number beyond a limit is one away
    for (mark, from, to) in [
        (">=", 0.0, f64::INFINITY),
        ("<=", f64::NEG_INFINITY, 0.0),
        (">", 1.0, f64::INFINITY),
        ("<", f64::NEG_INFINITY, -1.0),
        ("at least", 0.0, f64::INFINITY),
        ("at most", f64::NEG_INFINITY, 0.0),
        ("more than", 1.0, f64::INFINITY),
        ("less than", f64::NEG_INFINITY, -1.0),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            let n = number(rest)?;
            return Ok(Cell::Range((n + from).max(0.0), n + to));
        }
    }
    match text.split_once('-') {
        Some((a, b)) => {
            let (a, b) = (number(a)?, number(b)?);
            if a > b { Err("the range runs backwards".to_string()) } else { Ok(Cell::Range(a, b)) }
        }
        None => number(text).map(|n| Cell::Range(n, n)),
    }
}

fn any(mut tests: Vec<Test>) -> Option<Test> {
    match tests.len() {
        0 => None,
        1 => tests.pop(),
        _ => Some(Test::Any(tests)),
    }
}

fn places(f: &mut Fields<'_>, default: &[Place]) -> Vec<Place> {
    let item = f.optional("in");
    if !item.is_given() {
        return default.to_vec();
    }
    item.list_or_one().into_iter().filter_map(|p| p.choice(&Place::ALL)).collect()
}

fn default_places(fact: AmountFact) -> &'static [Place] {
    match fact {
        AmountFact::Levels | AmountFact::Visits | AmountFact::Quantity | AmountFact::Refills | AmountFact::Strength => {
            &[Place::Request]
        }
        AmountFact::UseDuration | AmountFact::CompletedVisits | AmountFact::Relief => {
            &[Place::Summary, Place::Rationale]
        }
        AmountFact::Age | AmountFact::TimeSinceInjury => &[Place::Summary],
    }
}

fn word(fact: AmountFact) -> &'static str {
    AmountFact::ALL.iter().find(|(_, f)| *f == fact).map_or("", |(w, _)| w)
}

fn unit_fits(fact: AmountFact, unit: Unit) -> bool {
    match fact {
        AmountFact::Levels => matches!(unit, Unit::Levels | Unit::One),
        AmountFact::Visits | AmountFact::CompletedVisits => matches!(unit, Unit::Visits | Unit::One),
        AmountFact::Quantity | AmountFact::Refills => unit == Unit::One,
        AmountFact::Strength => unit == Unit::Milligrams,
        AmountFact::UseDuration | AmountFact::TimeSinceInjury => unit.is_time(),
        AmountFact::Age => unit == Unit::Years,
        AmountFact::Relief => matches!(unit, Unit::Percent | Unit::Points),
    }
}

fn unit_help(fact: AmountFact) -> String {
    let example = match fact {
        AmountFact::Levels => "2 levels",
        AmountFact::Visits | AmountFact::CompletedVisits => "12 visits",
        AmountFact::Quantity | AmountFact::Refills => "a plain number",
        AmountFact::Strength => "40 mg",
        AmountFact::UseDuration | AmountFact::TimeSinceInjury => "4 weeks",
        AmountFact::Age => "18 years",
        AmountFact::Relief => "50 %",
    };
    format!("write it as {example}")
}
