//! The amounts that criteria ask for: those of the request, of the case, and of treatments that the patient has had.

use super::judge::Judge;
use crate::check::memo::asked;
use crate::check::naming::same_region;
use crate::fact::{DateFact, DateRole, PartFacts, Used};
use crate::letter::{Amount, Frequency, Item, ItemKind, Value};
use crate::lexicon::{Cue, Small, TreatmentKind};
use crate::measure::{Quantity, Unit};
use crate::rulebook::{AmountFact, Place};
use crate::source::Span;

/// An amount with its words and the part of the letter that they stand in.
type Told = (Quantity, Span, Place);

impl Judge<'_> {
    /// The amounts of a kind that some parts of the letter tell; `of` names the treatments whose they are, unless it is
    /// empty: then they are the request's own.
    pub fn amounts(&self, fact: AmountFact, of: &[u16], places: &[Place]) -> Vec<Told> {
        match fact {
            AmountFact::Age => self.ages(places),
            AmountFact::TimeSinceInjury => self.since_injury(places),
            AmountFact::UseDuration | AmountFact::CompletedVisits | AmountFact::Relief => self.used(fact, of, places),
            // the last time counts
            AmountFact::TimeSince => {
                let all = self.used(fact, of, places);
                all.into_iter().min_by(|a, b| a.0.least.total_cmp(&b.0.least)).into_iter().collect()
            }
            _ if !places.contains(&Place::Request) => Vec::new(),
            _ => self.requested(fact).into_iter().map(|(q, s)| (q, s, Place::Request)).collect(),
        }
    }

    /// An amount of the request.
    fn requested(&self, fact: AmountFact) -> Option<(Quantity, Span)> {
        let item = self.request.items.first();
        match fact {
            AmountFact::Levels => self.levels(),
            // of a partial authorization the whole course counts, not the share still in dispute
            AmountFact::Visits => {
                let item = item?;
                let whole = item.original.as_ref().filter(|o| o.number.unit == Unit::Visits);
                whole.or(item.visits.as_ref()).map(|v| (v.number, v.span))
            }
            AmountFact::Quantity => item?.quantity.as_ref().filter(|q| q.unit.is_none()).map(|q| (q.number, q.span)),
            AmountFact::Refills => item?.refills.map(|(n, s)| (Quantity::new(f64::from(n), Unit::One), s)),
            AmountFact::Strength => strength(item?),
            AmountFact::Supply => self.supply(),
            AmountFact::DailyDose => self.daily_dose(),
            AmountFact::Injections => self.injections(),
            _ => None,
        }
    }

    /// Ages that the summary tells, or the rationale of the case.
    fn ages(&self, places: &[Place]) -> Vec<Told> {
        let years = |age: u32| Quantity::new(f64::from(age), Unit::Years);
        let summary = self.context.facts.summary.patient.ages.first();
        let told = summary.filter(|_| places.contains(&Place::Summary)).map(|(a, s)| (years(*a), *s, Place::Summary));
        let rationale = self.decision.rationale.as_ref().filter(|_| places.contains(&Place::Rationale));
        let own = rationale.and_then(|rationale| {
            let reading = &rationale.reading;
            self.facts.patient.ages.iter().find(|(_, span)| {
                let at = reading.sentences.iter().position(|s| span.start < reading.span(s.bytes.clone()).end);
                at.is_some_and(|n| self.facts.is_of_case(n))
            })
        });
        told.into_iter().chain(own.map(|(a, s)| (years(*a), *s, Place::Rationale))).collect()
    }

    /// From the injury to the decision: by header or summary, or by what the reviewer says of the case.
    fn since_injury(&self, places: &[Place]) -> Vec<Told> {
        let dates = self.context.dates;
        let Some(to) = dates.decision.or(dates.denial) else { return Vec::new() };
        let letter = dates.injury.map(|d| (d.date, d.span, Place::Summary));
        let own = |d: &&DateFact| d.role == DateRole::Injury && !d.month_only && self.facts.is_of_case(d.sentence);
        let rationale = self.facts.dates.iter().find(own).map(|d| (d.date, d.span, Place::Rationale));
        let told = letter.into_iter().chain(rationale).filter(|(_, _, place)| places.contains(place));
        told.map(|(day, span, place)| (Quantity::new(to.date.days_since(day) as f64, Unit::Days), span, place))
            .collect()
    }

    /// Amounts of treatments that the patient has had.
    fn used(&self, fact: AmountFact, of: &[u16], places: &[Place]) -> Vec<Told> {
        let told = |facts: &PartFacts, place: Place, own: bool| -> Vec<Told> {
            // in a rationale an amount without a name is about the request itself
            let about = |u: &&Used| self.is_about(&u.treatments, of) || own && of.is_empty() && u.treatments.is_empty();
            // what the utilization review counted is its word
            let stated = facts.used.iter().filter(|u| !facts.reviewed.contains(&u.sentence));
            let kind = stated.filter(|u| u.fact == fact && self.is_same_part(&u.body_parts));
            kind.filter(about).map(|u| (u.quantity, u.span, place)).collect()
        };
        let mut found = Vec::new();
        if places.contains(&Place::Summary) {
            found.extend(told(&self.context.facts.summary, Place::Summary, false));
        }
        if places.contains(&Place::Rationale) {
            found.extend(told(self.facts, Place::Rationale, true));
        }
        found
    }

    /// Whether parts of the body, as far as they are told, may be those of the request.
    fn is_same_part(&self, parts: &[u16]) -> bool {
        let asked = asked(self.context, self.request);
        let same = |p: &u16| asked.parts.iter().any(|a| same_region(self.context, *a, *p));
        parts.is_empty() || asked.parts.is_empty() || parts.iter().any(same)
    }

    /// Whether one of some treatments is the request's own, falls under it or is what it falls under; or falls under one
    /// of those that are asked for.
    fn is_about(&self, treatments: &[u16], of: &[u16]) -> bool {
        let lexicon = self.context.lexicon;
        if !of.is_empty() {
            return treatments.iter().any(|t| of.iter().any(|o| lexicon.is_a(*t, *o)));
        }
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

    /// The amounts of the part in dispute.
    fn disputed(&self) -> impl Iterator<Item = &Amount> {
        let part = self.request.partial.as_ref().map(|p| p.remaining.clone());
        let inside = move |a: &&Amount| part.as_ref().is_none_or(|p| p.start <= a.bytes.start && a.bytes.end <= p.end);
        self.request.amounts.iter().filter(inside)
    }

    /// The one drug of the request.
    fn drug(&self) -> Option<&Item> {
        match &self.request.items[..] {
            [item] if item.kind == ItemKind::Drug => Some(item),
            _ => None,
        }
    }

    /// The quantity of the one drug, and the numbers of pieces at a time: "2 tablets TID #180", "1 tab daily, 30 tablets".
    fn pieces(&self, drug: &Item) -> (Option<(Quantity, Span)>, Vec<Quantity>) {
        let reading = &self.request.reading;
        let told = |want: fn(&Value) -> Option<Quantity>| -> Vec<(Quantity, Span)> {
            self.disputed().filter_map(|a| Some((want(&a.value)?, reading.span(a.bytes.clone())))).collect()
        };
        let counts = told(|v| match v {
            Value::Count { number, unit: None } => Some(*number),
            _ => None,
        });
        let mut tallies = told(|v| match v {
            Value::Tally { number, .. } if number.unit == Unit::One => Some(*number),
            _ => None,
        });
        let quantity = match (&counts[..], tallies.len()) {
            ([one], _) => Some(*one),
            ([], 2..) => {
                tallies.sort_by(|a, b| a.0.least.total_cmp(&b.0.least));
                tallies.pop()
            }
            _ => {
                let whole = drug.quantity.as_ref().filter(|q| q.unit.is_none());
                tallies.retain(|(_, span)| whole.is_none_or(|q| q.span != *span));
                whole.map(|q| (q.number, q.span))
            }
        };
        (quantity, tallies.into_iter().map(|(number, _)| number).collect())
    }

    /// Pieces of the one drug a day, least and most: "2 tablets twice daily", "1 tab TID".
    fn pieces_a_day(&self, drug: &Item) -> Option<(f64, f64)> {
        let reading = &self.request.reading;
        let part = self.request.partial.as_ref().map_or(0..reading.text().len(), |p| p.remaining.clone());
        let inside = |start: u32| part.contains(&(start as usize));
        let says = |cue| {
            let mut hits = reading.cues(self.context.lexicon, 0..reading.hits.len(), cue);
            hits.any(|h| inside(reading.words[h.first as usize].start))
        };
        let mut often: Vec<(f64, f64)> = self
            .disputed()
            .filter_map(|a| match &a.value {
                Value::Frequency(Frequency { times, period: Unit::Days })
                | Value::Course { frequency: Frequency { times, period: Unit::Days }, .. } => Some(*times),
                _ => None,
            })
            .collect();
        for (cue, times) in
            [(Cue::OnceDaily, 1.0), (Cue::TwiceDaily, 2.0), (Cue::ThriceDaily, 3.0), (Cue::FourTimesDaily, 4.0)]
        {
            if says(cue) {
                often.push((times, times));
            }
        }
        often.dedup();
        let [times] = often[..] else { return None };
        let (_, pieces) = self.pieces(drug);
        match pieces[..] {
            [] => Some(times),
            [each] => Some((times.0 * each.least, times.1 * each.most)),
            _ => None,
        }
    }

    /// How long what is requested lasts: as it says, or the quantity of its one drug over the pieces a day.
    fn supply(&self) -> Option<(Quantity, Span)> {
        let reading = &self.request.reading;
        let stated: Vec<(Quantity, Span)> = self
            .disputed()
            .filter_map(|a| match &a.value {
                Value::Duration(time) | Value::Course { time, .. } => Some((*time, reading.span(a.bytes.clone()))),
                _ => None,
            })
            .collect();
        if let [one] = stated[..] {
            return Some(one);
        }
        let drug = self.drug().filter(|_| stated.is_empty())?;
        let as_needed = reading.cues.has(Cue::AsNeeded);
        let (quantity, span) = self.pieces(drug).0.filter(|_| !as_needed)?;
        let (least, most) = self.pieces_a_day(drug).filter(|(least, _)| *least > 0.0)?;
        let days = Quantity { least: quantity.least / most, most: quantity.most / least, unit: Unit::Days };
        Some((days, span))
    }

    /// The strength of the one drug times its pieces a day; as needed it is the most.
    fn daily_dose(&self) -> Option<(Quantity, Span)> {
        let drug = self.drug()?;
        let (strength, span) = strength(drug)?;
        let (least, most) = self.pieces_a_day(drug)?;
        Some((Quantity { least: strength.least * least, most: strength.most * most, ..strength }, span))
    }

    /// "3 lumbar epidural steroid injections", "ESI x3", "a series of three".
    fn injections(&self) -> Option<(Quantity, Span)> {
        let reading = &self.request.reading;
        let lexicon = self.context.lexicon;
        let procedure = |t: u16| lexicon.treatments[t as usize].kind == TreatmentKind::Procedure;
        let procedures = self.request.treatments.iter().any(|(t, _)| procedure(*t));
        let series = |a: &Amount| {
            let first = reading.word_at(a.bytes.start);
            lexicon.is_small(reading.slice(first.saturating_sub(2)..first), Small::Series)
        };
        let counted: Vec<(Quantity, Span)> = self
            .disputed()
            .filter_map(|a| match &a.value {
                Value::Tally { number, .. } if number.unit == Unit::Injections => Some((*number, a)),
                Value::Times(number) if procedures => Some((*number, a)),
                Value::Number(number) if procedures && series(a) => Some((*number, a)),
                _ => None,
            })
            .map(|(number, a)| (Quantity { unit: Unit::Injections, ..number }, reading.span(a.bytes.clone())))
            .collect();
        match counted[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The strength of an item in mg: of a compound that of its first part.
fn strength(item: &Item) -> Option<(Quantity, Span)> {
    let strength = item.strength.as_ref().filter(|s| s.unit == "mg")?;
    Some((Quantity::new(*strength.parts.first()?, Unit::Milligrams), strength.span))
}
