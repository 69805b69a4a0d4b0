//! Asks a letter what a criterion asks: statements, phrases, amounts and tables become verdicts with their evidence.

use super::verdict::{self, Evidence, Verdict};
use crate::check::Context;
use crate::fact::{Documentation, PartFacts, Polarity, Stated, Told, Voice};
use crate::letter::{Citation, Decision, Reading, Request, Side};
use crate::lexicon::Cue;
use crate::measure::{Comparison, Quantity};
use crate::rulebook::{AmountFact, Authority, Cell, Cited, Column, Limit, Place, SideAsked, Table, Test, VerdictWord};
use crate::source::Span;
use std::collections::BTreeMap;

/// One criterion before one decision.
pub struct Judge<'a> {
    pub context: &'a Context<'a>,
    pub decision: &'a Decision,
    pub request: &'a Request,
    pub facts: &'a PartFacts,
    pub authority: &'a Authority,
    /// Whether what was so once is passed over.
    pub lasting: bool,
    /// Whether what is told beside the case is passed over: of another drug, part of the body, claim, person or time.
    pub own: bool,
}

impl<'a> Judge<'a> {
    /// A decision before a rule's authority, with all that the letter tells.
    pub fn new(
        context: &'a Context<'a>,
        decision: &'a Decision,
        request: &'a Request,
        facts: &'a PartFacts,
        authority: &'a Authority,
    ) -> Judge<'a> {
        Judge { context, decision, request, facts, authority, lasting: false, own: false }
    }

    /// The words of the summary or of the rationale; none for another place, or where there is none.
    pub fn reading(&self, place: Place) -> Option<&'a Reading> {
        match place {
            Place::Summary => self.context.letter.summary.as_ref(),
            Place::Rationale => self.decision.rationale.as_ref().map(|r| &r.reading),
            _ => None,
        }
    }
}

impl Judge<'_> {
    /// The verdict of a test; `only` narrows where it looks, unless empty.
    pub fn test(&self, test: &Test, only: &[Place]) -> Verdict {
        let narrow = |place: &&Place| only.is_empty() || only.contains(place);
        match test {
            Test::All(tests) => verdict::all(tests.iter().map(|t| self.test(t, only)).collect()),
            Test::Any(tests) => verdict::any(tests.iter().map(|t| self.test(t, only)).collect()),
            Test::Not(test) => verdict::not(self.test(test, only)),
            Test::Statement { statement, places, affirmed } => {
                self.told(Told::Statement(*statement), *affirmed, places.iter().filter(narrow))
            }
            Test::Mention { list, places, affirmed } => {
                self.told(Told::List(*list), *affirmed, places.iter().filter(narrow))
            }
            Test::Amount { fact, of, compare, places } => {
                self.amount(*fact, of, compare, &places.iter().filter(narrow).copied().collect::<Vec<_>>())
            }
            Test::Side(sides) if narrow(&&Place::Request) => self.side(sides),
            Test::Cites(cited) if narrow(&&Place::GuidelineLine) => self.cites(cited),
            Test::Side(_) | Test::Cites(_) => conclude(Vec::new()),
            Test::Table(table) => self.table(table, only),
            Test::Evidence { met, not_met, undocumented } => self.evidence(met, not_met, undocumented, only),
        }
    }

    /// Whether a sentence of the rationale tells what the utilization review held.
    pub fn is_anothers(&self, sentence: usize) -> bool {
        let reading = self.decision.rationale.as_ref().map(|r| &r.reading);
        let cues = |cue| reading.is_some_and(|r| r.sentences[sentence].cues.has(cue));
        cues(Cue::UtilizationReview) && cues(Cue::Claims)
    }

    /// A statement or phrase list: affirmed is met, denied is not met, said to be missing is not documented.
    /// With `affirmed` what denies it is passed over.
    pub fn told<'p>(&self, told: Told, affirmed: bool, places: impl Iterator<Item = &'p Place>) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        let summary = &self.context.facts.summary;
        let list = match told {
            Told::List(n) => Some(&self.context.lexicon.lists[n as usize]),
            Told::Statement(_) => None,
        };
        for place in places {
            let stated: &[Stated] = match place {
                Place::Summary => &summary.stated,
                Place::Request => &self.facts.request_stated,
                Place::Rationale | Place::Recital => &self.facts.stated,
                Place::GuidelineLine => &self.facts.line_stated,
            };
            let speaks = |s: &Stated| match place {
                Place::Summary => {
                    let own = !summary.reviewed.contains(&s.sentence) && !self.is_of_relative(s.sentence);
                    own && self.counts_in_record(told, s.sentence)
                }
                // "the utilization reviewer wrote that": the position under review
                Place::Rationale => s.voice.is_some_and(Voice::is_of_case) && !self.is_anothers(s.sentence),
                Place::Recital => s.voice == Some(Voice::Recital),
                Place::Request | Place::GuidelineLine => true,
            };
            for s in stated.iter().filter(|s| s.told == told && speaks(s)) {
                let shows = match (s.documentation, s.polarity) {
                    (Documentation::Missing, _) => VerdictWord::NotDocumented,
                    (Documentation::Said, Polarity::Affirmed) => VerdictWord::Met,
                    (Documentation::Said, Polarity::Negated) if affirmed => continue,
                    (Documentation::Said, Polarity::Negated) => VerdictWord::NotMet,
                    (Documentation::Said, Polarity::Doubtful) => continue,
                };
                evidence.push(Evidence { span: s.span, place: *place, amount: None, limit: None, shows });
            }
            if let Some(list) = list {
                evidence.extend(self.measured(list, *place));
            }
        }
        if self.lasting {
            evidence.retain(|e| !self.is_outlived(e));
        }
        if self.own {
            evidence.retain(|e| !self.is_beside(e));
        }
        let met = |e: &Evidence| e.shows == VerdictWord::Met;
        if list.is_some_and(|l| l.one_is_enough) && evidence.iter().any(met) {
            evidence.retain(met);
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
        // "the MRI showed no tear", listed as what speaks against, holds "the MRI showed ... tear"
        let against: Vec<Span> = evidence.iter().filter(|e| e.shows == VerdictWord::NotMet).map(|e| e.span).collect();
        evidence.retain(|e| e.shows != VerdictWord::Met || !against.iter().any(|a| a.contains(e.span)));
        conclude(evidence)
    }

    /// The side of the request.
    fn side(&self, asked: &[SideAsked]) -> Verdict {
        let reading = &self.request.reading;
        let evidence = self.request.sides.iter().map(|(side, words)| {
            let fits = asked.iter().any(|a| {
                matches!(
                    (a, side),
                    (SideAsked::Left, Side::Left)
                        | (SideAsked::Right, Side::Right)
                        | (SideAsked::Bilateral, Side::Both)
                )
            });
            let shows = if fits { VerdictWord::Met } else { VerdictWord::NotMet };
            let span = reading.span_of_words(words.clone());
            Evidence { span, place: Place::Request, amount: None, limit: None, shows }
        });
        conclude(evidence.collect())
    }

    /// What the reviewer's line cites: the first that fits is met; a line that cites only others is not.
    fn cites(&self, asked: &[Cited]) -> Verdict {
        let Some(line) = &self.decision.reviewer else { return conclude(Vec::new()) };
        let told = |span: Span, shows| Evidence { span, place: Place::GuidelineLine, amount: None, limit: None, shows };
        let found = line.content.citations.iter().flat_map(|c| asked.iter().map(move |a| (c, a)));
        match found.filter_map(|(citation, asked)| cited(citation, asked)).next() {
            Some(span) => conclude(vec![told(span, VerdictWord::Met)]),
            None => {
                let others = line.content.citations.iter().map(|c| told(c.span, VerdictWord::NotMet));
                conclude(others.collect())
            }
        }
    }

    fn amount(&self, fact: AmountFact, of: &[u16], compare: &[(Comparison, Limit)], places: &[Place]) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        for (quantity, span, place) in self.amounts(fact, of, places) {
            let mut shows = VerdictWord::Met;
            let mut told = None;
            for (comparison, limit) in compare {
                let Some(limit) = limit.value(&self.authority.limits) else { continue };
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
        if self.own {
            evidence.retain(|e| !self.is_beside(e));
        }
        let against = |e: &Evidence| e.shows == VerdictWord::NotMet;
        if evidence.iter().any(against) {
            // a course that ran too long is not mended by a shorter one beside it
            evidence.retain(against);
            return Verdict { word: VerdictWord::NotMet, evidence };
        }
        conclude(evidence)
    }

    /// The first row whose cells fit decides; its evidence is what filled the cells.
    fn table(&self, table: &Table, only: &[Place]) -> Verdict {
        let mut evidence: Vec<Evidence> = Vec::new();
        let values: Vec<Value> = table.columns.iter().map(|column| self.column(column, only, &mut evidence)).collect();
        let limits = &self.authority.limits;
        let fits = |cells: &[Cell]| cells.iter().zip(&values).all(|(cell, value)| fits(cell, *value, limits));
        let Some(row) = table.rows.iter().find(|row| fits(&row.cells)) else {
            return Verdict::bare(VerdictWord::NotDocumented);
        };
        // the limit that an amount was held against is that of its cell in this row, or of a row above it
        let at = table.rows.iter().position(|r| std::ptr::eq(r, row)).unwrap_or(0);
        let named = table.rows[..=at].iter().rev().flat_map(|r| &r.cells).find_map(|cell| match cell {
            Cell::Compare(_, limit) => limit.value(limits),
            _ => None,
        });
        if row.verdict == VerdictWord::NotDocumented {
            // the words that choose such a row do not say that anything is missing
            evidence.clear();
        }
        for e in &mut evidence {
            e.shows = row.verdict;
            if let (Some(_), Some(limit)) = (&e.amount, named) {
                e.limit = Some(limit.to_string());
            }
        }
        // amounts prove more than the words that choose the row
        evidence.sort_by_key(|e| e.amount.is_none());
        Verdict { word: row.verdict, evidence }
    }

    fn column(&self, column: &Column, only: &[Place], evidence: &mut Vec<Evidence>) -> Value {
        let narrow = |place: &&Place| only.is_empty() || only.contains(place);
        match column {
            Column::Amount(fact) => {
                let places = [Place::Request, Place::Summary, Place::Rationale];
                let places: Vec<Place> = places.iter().filter(narrow).copied().collect();
                match self.amounts(*fact, &[], &places).first() {
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
                        Value::Amount(*quantity)
                    }
                    None => Value::Unknown,
                }
            }
            Column::Choice { choices, places, .. } => {
                for (n, (_, list)) in choices.iter().enumerate() {
                    let told = self.told(Told::List(*list), false, places.iter().filter(narrow));
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

/// The place of a line that cites what is asked for.
fn cited(citation: &Citation, asked: &Cited) -> Option<Span> {
    if !citation.guidelines.contains(&asked.guideline) {
        return None;
    }
    let mut span = citation.span;
    if let Some(section) = asked.section {
        span = citation.sections.iter().find(|s| s.known.contains(&(asked.guideline, section)))?.span;
    }
    if let Some((first, last)) = asked.pages {
        span = citation.pages.iter().find(|p| p.first <= last && first <= p.last)?.span;
    }
    Some(span)
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
    Amount(Quantity),
}

fn fits(cell: &Cell, value: Value, limits: &BTreeMap<String, Quantity>) -> bool {
    match (cell, value) {
        (Cell::Any, _) | (Cell::Unknown, Value::Unknown) => true,
        (Cell::Choices(choices), Value::Choice(n)) => choices.contains(&n),
        (Cell::Choices(choices), Value::Unknown) => choices.contains(&Cell::UNKNOWN),
        (_, Value::Amount(amount)) => cell.holds(amount, limits),
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
