//! The logic of a criterion as it is written → [`Test`].

use super::amounts::{default_places, has_treatment, possible_places, unit_fits, unit_help};
use super::rule::{page_ranges, resolve, resolve_all};
use crate::lexicon::pattern::{self, Pattern};
use crate::lexicon::{Loader, Names};
use crate::measure::{Comparison, Quantity};
use crate::rulebook::{AmountFact, Authority, Cited, Limit, Place, SideAsked, Test};
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
    /// Whether each phrase is a list of its own, so that a mutation run can drop one.
    pub split: bool,
}

const KINDS: [&str; 12] =
    ["all", "any", "not", "statement", "list", "phrases", "amount", "phase", "side", "cites", "table", "evidence"];

/// Phases of treatment, each with the shared list that tells it and the one that tells its opposite.
const PHASES: [(&str, (&str, &str)); 4] = [
    ("initial", ("initial-request", "repeat-request")),
    ("repeat", ("repeat-request", "initial-request")),
    ("acute", ("acute", "chronic")),
    ("chronic", ("chronic", "acute")),
];

/// The words of the phases, for the schema.
pub fn phase_words() -> Vec<&'static str> {
    PHASES.iter().map(|(word, _)| *word).collect()
}

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
                let places = places(&mut f, &[Place::Summary, Place::Rationale], &Place::all());
                let affirmed = affirmed(&mut f);
                any(numbers
                    .into_iter()
                    .map(|statement| Test::Statement { statement, places: places.clone(), affirmed })
                    .collect())
            }
            "list" | "phrases" => {
                let lists = self.lists_of_kind(value, KINDS[kind] == "list");
                let places = places(&mut f, &[Place::Request, Place::Summary, Place::Rationale], &Place::all());
                let affirmed = affirmed(&mut f);
                let mention = |list| Test::Mention { list, places: places.clone(), affirmed };
                let tests: Vec<Test> = lists.into_iter().map(mention).collect();
                if self.split && KINDS[kind] == "phrases" && tests.len() > 1 {
                    // evidence is pooled as that of one list
                    Some(Test::Evidence { met: tests, not_met: Vec::new(), undocumented: Vec::new() })
                } else {
                    any(tests)
                }
            }
            "amount" => self.amount(value, &mut f),
            "phase" => {
                let places = places(&mut f, &[Place::Request, Place::Summary, Place::Rationale], &Place::all());
                let phases = value.list_or_one();
                any(phases.into_iter().filter_map(|p| self.phase(p, &places)).collect())
            }
            "side" => {
                let sides: Vec<SideAsked> =
                    value.list_or_one().into_iter().filter_map(|s| s.choice(&SideAsked::ALL)).collect();
                (!sides.is_empty()).then_some(Test::Side(sides))
            }
            "cites" => {
                let cited: Vec<Cited> = value.list_or_one().into_iter().filter_map(|c| self.cited(c)).collect();
                (!cited.is_empty()).then_some(Test::Cites(cited))
            }
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
        if self.split {
            let all = self.phrases(texts(item)).into_iter();
            return all.map(|(text, parts)| self.own_list(Some(text), vec![parts])).collect();
        }
        vec![self.whole_list(item)]
    }

    /// A list of the rule's own phrases that is never split: a choice of a table. Other rules may have the very same.
    pub(super) fn whole_list(&mut self, item: Item<'_>) -> u16 {
        let written = texts(item);
        let words: Vec<&str> = written.iter().map(|(_, text)| *text).collect();
        if let Some(list) = self.lexicon.shared_list(&words) {
            self.lists += 1;
            return list;
        }
        let phrases = self.phrases(written);
        let good = phrases.len() == words.len();
        let list = self.own_list(None, phrases.into_iter().map(|(_, parts)| parts).collect());
        // one with a mistake stays alone: each place is told
        if good {
            self.lexicon.share_list(&words, list);
        }
        list
    }

    fn phrases<'i>(&self, written: Vec<(Item<'i>, &'i str)>) -> Vec<(&'i str, Vec<Pattern>)> {
        let mut phrases = Vec::new();
        for (phrase, text) in written {
            match pattern::parse(text) {
                Ok(parts) => phrases.push((text, parts)),
                Err(why) => phrase.report("bad-phrase", format!("this phrase cannot be read: {why}"), None),
            }
        }
        phrases
    }

    /// Adds a list of the rule's own; one of a split list has its phrase in its name.
    fn own_list(&mut self, phrase: Option<&str>, phrases: Vec<Vec<Pattern>>) -> u16 {
        self.lists += 1;
        let phrase = phrase.map_or(String::new(), |p| format!(": {p}"));
        self.lexicon.add_list(format!("{}/{}{phrase}", self.rule, self.lists), phrases)
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
        let fact = fact?;
        let places = places(f, default_places(fact), possible_places(fact));
        let of = f.optional("of");
        if of.is_given() && !has_treatment(fact) {
            let message = format!("`{}` is no amount of a treatment that the patient has had", fact.word());
            let help = "`of` goes with use-duration, completed-visits, relief and time-since".to_string();
            of.report("wrong-key", message, Some(help));
        }
        let of = resolve_all(of, "treatment", &self.lexicon.names(Names::Treatments));
        Some(Test::Amount { fact, of, compare, places })
    }

    /// A phase: words for it speak for it, words for its opposite against it.
    fn phase(&mut self, item: Item<'_>, places: &[Place]) -> Option<Test> {
        let (for_it, against) = item.choice(&PHASES)?;
        let known = self.lexicon.lists();
        let mention = |id: &str| {
            let list = known.iter().position(|k| *k == id);
            if list.is_none() {
                let help = Some("load the shipped rulebook, or write a list of this name".to_string());
                item.report("unknown-id", format!("the phase needs the list `{id}`, which is not there"), help);
            }
            list.map(|n| Test::Mention { list: n as u16, places: places.to_vec(), affirmed: true })
        };
        let (met, not_met) = (mention(for_it)?, mention(against)?);
        Some(Test::Evidence { met: vec![met], not_met: vec![not_met], undocumented: Vec::new() })
    }

    /// A guideline, or a section or pages of one.
    fn cited(&mut self, item: Item<'_>) -> Option<Cited> {
        let guidelines = self.lexicon.names(Names::Guidelines);
        if item.node().is_some_and(|n| n.scalar().is_some()) {
            return Some(Cited { guideline: resolve(item, "guideline", &guidelines)?, section: None, pages: None });
        }
        let mut f = item.fields("a citation")?;
        let guideline = resolve(f.required("guideline"), "guideline", &guidelines);
        let section_item = f.optional("section");
        let section = guideline.and_then(|g| resolve(section_item, "section", &self.lexicon.sections(g)));
        let pages_item = f.optional("pages");
        let bounds = guideline.and_then(|g| self.lexicon.pages(g));
        let pages = pages_item.text_or_number().and_then(|text| match page_ranges(pages_item, text, bounds)?[..] {
            [range] => Some(range),
            _ => {
                let help = "write a list of citations, each with its pages".to_string();
                pages_item.report("bad-value", format!("`{text}` is more than one range"), Some(help));
                None
            }
        });
        f.finish();
        Some(Cited { guideline: guideline?, section, pages })
    }

    /// "4 weeks", or the name of a limit that every edition gives.
    fn limit(&self, item: Item<'_>, fact: Option<AmountFact>) -> Option<Limit> {
        let text = item.text_or_number()?;
        self.limit_of(item, text, fact)
    }

    /// The same of a part of a text.
    pub fn limit_of(&self, item: Item<'_>, text: &str, fact: Option<AmountFact>) -> Option<Limit> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            let quantity = match Quantity::parse(text) {
                Ok(quantity) => quantity,
                Err(why) => {
                    item.report("bad-value", format!("`{text}` is not an amount: {why}"), fact.map(unit_help));
                    return None;
                }
            };
            if let Some(fact) = fact
                && !unit_fits(fact, quantity.unit)
            {
                item.report(
                    "wrong-unit",
                    format!("`{text}` has the wrong unit for `{}`", fact.word()),
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
        let odd = |fact: &AmountFact| self.authorities.iter().any(|a| !unit_fits(*fact, a.limits[text].unit));
        if let Some(fact) = fact.filter(odd) {
            let message = format!("the limit `{text}` has the wrong unit for `{}`", fact.word());
            item.report("wrong-unit", message, Some(unit_help(fact)));
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
}

/// The phrases that are written here.
fn texts(item: Item<'_>) -> Vec<(Item<'_>, &str)> {
    item.list_or_one().into_iter().filter_map(|phrase| Some((phrase, phrase.text_or_number()?))).collect()
}

fn any(mut tests: Vec<Test>) -> Option<Test> {
    match tests.len() {
        0 => None,
        1 => tests.pop(),
        _ => Some(Test::Any(tests)),
    }
}

/// Where a test looks. A place in which it can find nothing is a mistake.
fn places(f: &mut Fields<'_>, default: &[Place], possible: &[Place]) -> Vec<Place> {
    let item = f.optional("in");
    if !item.is_given() {
        return default.to_vec();
    }
    let mut all = Vec::new();
    for part in item.list_or_one() {
        let Some(place) = part.choice(&Place::ALL) else { continue };
        if possible.contains(&place) {
            all.push(place);
        } else {
            let words: Vec<&str> = possible.iter().map(|p| p.word()).collect();
            let message = format!("this is never told in `{}`", place.word());
            part.report("wrong-place", message, Some(format!("it is read from {}", words.join(" and "))));
        }
    }
    all
}

/// `only: affirmed`: what denies is passed over.
fn affirmed(f: &mut Fields<'_>) -> bool {
    f.optional("only").one_of(&["affirmed"]).is_some()
}
