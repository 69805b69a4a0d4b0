//! Asks a letter what a criterion asks: statements, phrases, amounts and tables become verdicts with their evidence.

use super::Context;
use super::verdict::{self, Evidence, Verdict};
use crate::fact::{Documentation, PartFacts, Polarity, Stated, Told, Used, Voice};
use crate::letter::{Decision, ItemKind, Request};
use crate::measure::{Comparison, Quantity, Unit};
use crate::rulebook::{AmountFact, Authority, Cell, Column, Limit, Place, Table, Test, VerdictWord};
use crate::source::Span;

/// One criterion before one decision.
pub(super) struct Judge<'a> {
    pub context: &'a Context<'a>,
    pub decision: &'a Decision,
    pub request: &'a Request,
    pub facts: &'a PartFacts,
    pub authority: &'a Authority,
}

impl Judge<'_> {
    /// The verdict of a test; `only` narrows where it looks, unless empty.
    pub fn test(&self, test: &Test, only: &[Place]) -> Verdict {
        let narrow = |place: &&Place| only.is_empty() || only.contains(place);
        match test {
            Test::All(tests) => verdict::all(tests.iter().map(|t| self.test(t, only)).collect()),
            Test::Any(tests) => verdict::any(tests.iter().map(|t| self.test(t, only)).collect()),
            Test::Not(test) => verdict::not(self.test(test, only)),
            Test::Statement { statement, places } => {
                self.told(Told::Statement(*statement), places.iter().filter(narrow))
            }
            Test::Mention { list, places } => self.told(Told::List(*list), places.iter().filter(narrow)),
            Test::Amount { fact, compare, places } => {
                self.amount(*fact, compare, &places.iter().filter(narrow).copied().collect::<Vec<_>>())
            }
            Test::Table(table) => self.table(table),
            Test::Evidence { met, not_met, undocumented } => self.evidence(met, not_met, undocumented, only),
        }
    }

    /// A statement or phrase list: affirmed is met, denied is not met, said to be missing is not documented.
    fn told<'p>(&self, told: Told, places: impl Iterator<Item = &'p Place>) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        let summary = &self.context.facts.summary;
        for place in places {
            let stated: &[Stated] = match place {
                Place::Summary => &summary.stated,
                Place::Request => &self.facts.request_stated,
                Place::Rationale | Place::Recital => &self.facts.stated,
                Place::GuidelineLine => &[],
            };
            let speaks = |s: &Stated| match place {
                Place::Summary => !summary.reviewed.contains(&s.sentence),
                Place::Rationale => matches!(s.voice, Some(Voice::Application | Voice::Conclusion)),
                Place::Recital => s.voice == Some(Voice::Recital),
                Place::Request | Place::GuidelineLine => true,
            };
            for s in stated.iter().filter(|s| s.told == told && speaks(s)) {
                let shows = match (s.documentation, s.polarity) {
                    (Documentation::Missing, _) => VerdictWord::NotDocumented,
                    (Documentation::Said, Polarity::Affirmed) => VerdictWord::Met,
                    (Documentation::Said, Polarity::Negated) => VerdictWord::NotMet,
                    (Documentation::Said, Polarity::Doubtful) => continue,
                };
                evidence.push(Evidence { span: s.span, place: *place, amount: None, limit: None, shows });
            }
        }
        conclude(evidence)
    }

    fn evidence(&self, met: &[Test], not_met: &[Test], undocumented: &[Test], only: &[Place]) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        for (tests, shows) in
            [(met, VerdictWord::Met), (not_met, VerdictWord::NotMet), (undocumented, VerdictWord::NotDocumented)]
        {
            for test in tests.iter().flat_map(leaves) {
                let verdict = self.test(test, only);
                match verdict.word {
                    // what speaks for one side is evidence of that side
                    VerdictWord::Met => evidence.extend(verdict.evidence.into_iter().map(|e| Evidence { shows, ..e })),
                    VerdictWord::NotDocumented if verdict.is_stated() => evidence.extend(verdict.evidence),
                    VerdictWord::Unclear if shows == VerdictWord::Met => evidence.extend(verdict.evidence),
                    VerdictWord::NotMet if shows == VerdictWord::Met => {
                        // "no functional improvement" speaks against what "functional improvement" speaks for
                        evidence
                            .extend(verdict.evidence.into_iter().map(|e| Evidence { shows: VerdictWord::NotMet, ..e }));
                    }
                    _ => {}
                }
            }
        }
        conclude(evidence)
    }

    fn amount(&self, fact: AmountFact, compare: &[(Comparison, Limit)], places: &[Place]) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        for (quantity, span, place) in self.amounts(fact, places) {
            let mut shows = VerdictWord::Met;
            let mut told = None;
            for (comparison, limit) in compare {
                let limit = match limit {
                    Limit::Value(quantity) => Some(*quantity),
                    Limit::Named(name) => self.authority.limits.get(name).copied(),
                };
                let Some(limit) = limit else { continue };
                told = Some(limit);
                match comparison.holds(quantity, limit) {
                    Some(true) => {}
                    Some(false) => {
                        shows = VerdictWord::NotMet;
                        break;
                    }
                    None => shows = VerdictWord::Unclear,
                }
            }
            let limit = told.map(|l| l.to_string());
            evidence.push(Evidence { span, place, amount: Some(quantity.to_string()), limit, shows });
        }
        let against = |e: &Evidence| e.shows == VerdictWord::NotMet;
        if evidence.iter().any(against) {
            // a course that ran too long is not mended by a shorter one beside it
            evidence.retain(against);
            return Verdict { word: VerdictWord::NotMet, evidence };
        }
        conclude(evidence)
    }

    /// The amounts of a kind that the letter tells, with their places.
    fn amounts(&self, fact: AmountFact, places: &[Place]) -> Vec<(Quantity, Span, Place)> {
        let request = places.contains(&Place::Request);
        let item = self.request.items.first();
        let of_request = |found: Option<(Quantity, Span)>| -> Vec<_> {
            found.into_iter().filter(|_| request).map(|(q, s)| (q, s, Place::Request)).collect()
        };
        match fact {
            AmountFact::Levels => of_request(self.levels()),
            // of a partial authorization the whole course counts, not the share still in dispute
            AmountFact::Visits => of_request(
                item.and_then(|i| i.original.as_ref().filter(|o| o.number.unit == Unit::Visits).or(i.visits.as_ref()))
                    .map(|v| (v.number, v.span)),
            ),
            AmountFact::Quantity => of_request(
                item.and_then(|i| i.quantity.as_ref()).filter(|q| q.unit.is_none()).map(|q| (q.number, q.span)),
            ),
            AmountFact::Refills => {
                of_request(item.and_then(|i| i.refills).map(|(n, s)| (Quantity::new(f64::from(n), Unit::One), s)))
            }
            AmountFact::Strength => of_request(
                item.and_then(|i| i.strength.as_ref())
                    .filter(|s| s.unit == "mg")
                    .and_then(|s| Some((Quantity::new(*s.parts.first()?, Unit::Milligrams), s.span))),
            ),
            AmountFact::Age => {
                let told = self.context.facts.summary.patient.ages.first();
                told.filter(|_| places.contains(&Place::Summary))
                    .map(|(age, span)| (Quantity::new(f64::from(*age), Unit::Years), *span, Place::Summary))
                    .into_iter()
                    .collect()
            }
            AmountFact::TimeSinceInjury => {
                let dates = self.context.dates;
                let (Some(injury), Some(to)) = (dates.injury, dates.decision.or(dates.denial)) else {
                    return Vec::new();
                };
                let days = to.date.days_since(injury.date);
                vec![(Quantity::new(days as f64, Unit::Days), injury.span, Place::Summary)]
            }
            AmountFact::UseDuration | AmountFact::CompletedVisits | AmountFact::Relief => {
                let mut found = Vec::new();
                if places.contains(&Place::Summary) {
                    found.extend(
                        self.context
                            .facts
                            .summary
                            .used
                            .iter()
                            .filter(|u| u.fact == fact && self.is_about(&u.treatments))
                            .map(|u| (u.quantity, u.span, Place::Summary)),
                    );
                }
                if places.contains(&Place::Rationale) {
                    // in a rationale an amount without a name is about the request itself
                    let own = |u: &&Used| u.treatments.is_empty() || self.is_about(&u.treatments);
                    found.extend(
                        self.facts
                            .used
                            .iter()
                            .filter(|u| u.fact == fact)
                            .filter(own)
                            .map(|u| (u.quantity, u.span, Place::Rationale)),
                    );
                }
                found
            }
        }
    }

    /// Whether one of some treatments is the request's own, falls under it or is what it falls under.
    fn is_about(&self, treatments: &[u16]) -> bool {
        let lexicon = self.context.lexicon;
        treatments
            .iter()
            .any(|t| self.request.treatments.iter().any(|(r, _)| lexicon.is_a(*r, *t) || lexicon.is_a(*t, *r)))
    }

    /// Distinct levels of the request; both sides of one level are one level.
    fn levels(&self) -> Option<(Quantity, Span)> {
        let item = self.request.items.iter().find(|i| i.kind == ItemKind::Levels)?;
        let mut levels: Vec<_> = item.levels.iter().map(|(l, _)| *l).collect();
        levels.sort();
        levels.dedup();
        let span = item.levels.iter().map(|(_, s)| *s).reduce(|a, b| a.to(b))?;
        Some((Quantity::new(levels.len() as f64, Unit::Levels), span))
    }

    /// The first row whose cells fit decides; its evidence is what filled the cells.
    fn table(&self, table: &Table) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        let values: Vec<Value> = table.columns.iter().map(|column| self.column(column, &mut evidence)).collect();
        let row = table.rows.iter().find(|row| row.cells.iter().zip(&values).all(|(cell, value)| fits(cell, *value)));
        let Some(row) = row else { return Verdict::bare(VerdictWord::NotDocumented) };
        evidence.iter_mut().for_each(|e| e.shows = row.verdict);
        // amounts prove more than the words that choose the row
        evidence.sort_by_key(|e| e.amount.is_none());
        Verdict { word: row.verdict, evidence }
    }

    fn column(&self, column: &Column, evidence: &mut Vec<Evidence>) -> Value {
        match column {
            Column::Amount(fact) => {
                let places = [Place::Request, Place::Summary, Place::Rationale];
                match self.amounts(*fact, &places).first() {
                    Some((quantity, span, place)) => {
                        let mut limits = self.authority.limits.values().filter(|l| l.unit == quantity.unit);
                        let limit = limits.next().filter(|_| limits.next().is_none()).map(Quantity::to_string);
                        evidence.push(Evidence {
                            span: *span,
                            place: *place,
                            amount: Some(quantity.to_string()),
                            limit,
                            shows: VerdictWord::Met,
                        });
                        Value::Number(quantity.least)
                    }
                    None => Value::Unknown,
                }
            }
            Column::Choice { choices, places, .. } => {
                for (n, (_, list)) in choices.iter().enumerate() {
                    let told = self.told(Told::List(*list), places.iter());
                    if told.word == VerdictWord::Met {
                        evidence.extend(told.evidence.into_iter().take(1));
                        return Value::Choice(n as u16);
                    }
                }
                Value::Unknown
            }
        }
    }
}

/// The alternatives of a test, each by itself: evidence is pooled, not decided among them.
fn leaves(test: &Test) -> Vec<&Test> {
    match test {
        Test::Any(tests) => tests.iter().flat_map(leaves).collect(),
        other => vec![other],
    }
}

/// What fills a cell.
#[derive(Clone, Copy)]
enum Value {
    Unknown,
    Choice(u16),
    Number(f64),
}

fn fits(cell: &Cell, value: Value) -> bool {
    match (cell, value) {
        (Cell::Any, _) | (Cell::Unknown, Value::Unknown) => true,
        (Cell::Choices(choices), Value::Choice(n)) => choices.contains(&n),
        (Cell::Choices(choices), Value::Unknown) => choices.contains(&Cell::UNKNOWN),
        (Cell::Range(from, to), Value::Number(n)) => (*from..=*to).contains(&n),
        _ => false,
    }
}

/// Evidence both ways is unclear; one way decides; "not documented" in words comes last.
fn conclude(mut evidence: Vec<Evidence>) -> Verdict {
    let has = |w: VerdictWord| evidence.iter().any(|e| e.shows == w);
    let word = match (has(VerdictWord::Met), has(VerdictWord::NotMet), has(VerdictWord::Unclear)) {
        (true, true, _) | (_, _, true) => VerdictWord::Unclear,
        (true, false, _) if has(VerdictWord::NotDocumented) => VerdictWord::Unclear,
        (true, false, _) => VerdictWord::Met,
        (false, true, _) => VerdictWord::NotMet,
        (false, false, _) => VerdictWord::NotDocumented,
    };
    if word != VerdictWord::Unclear {
        evidence.retain(|e| e.shows == word);
    }
    Verdict { word, evidence }
}
