//! Approvals of more than the rationale itself recites: 18 visits where it recites 12, relief of 10 % where it recites 30 %.
//!
//! No rule need know the number: the rationale tells both. The most that it recites counts, whatever it is for.

use crate::check::Context;
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::fact::{Marks, PartFacts, Voice};
use crate::letter::{Amount, Decision, ItemKind, Reading, Request, Sentence, Side, Value, multiplied};
use crate::lexicon::{Cue, Small, TreatmentKind};
use crate::measure::{Quantity, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

/// Time is compared with this slack: a month is four weeks as letters reckon.
const SLACK: f64 = 1.1;

/// So many words before a number may tell that it is no limit: "at least six", "after 12".
const LEAD: usize = 3;

/// What is asked for, or told of the case, and goes beyond what is recited.
pub struct Beyond {
    /// Where it is told.
    pub span: Span,
    /// How much it is.
    pub amount: String,
    /// How much is recited.
    pub limit: String,
}

/// An amount of the request or of the case that none of the amounts which its rationale recites allows.
pub fn recited(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Beyond> {
    let (request, rationale) = (decision.request.as_ref()?, decision.rationale.as_ref()?);
    // of a part that is granted, and of several places, each has numbers of its own
    let several = request.sides.iter().any(|(s, _)| *s == Side::Both) || request.body_parts.len() > 1;
    if request.partial.is_some() || several {
        return None;
    }
    let told = Rationale { context, request, reading: &rationale.reading, facts };
    if told.own().any(|s| EXCEPTION.into_iter().any(|cue| s.cues.has(cue))) {
        return None;
    }
    told.visits().or_else(|| told.time()).or_else(|| told.relief())
}

/// Words by which a reviewer goes beyond a guideline knowingly.
const EXCEPTION: [Cue; 4] = [Cue::GoesBeyond, Cue::Contrast, Cue::Concession, Cue::CriteriaMet];

struct Rationale<'a> {
    context: &'a Context<'a>,
    request: &'a Request,
    reading: &'a Reading,
    facts: &'a PartFacts,
}

impl Rationale<'_> {
    fn voiced(&self, voices: &'static [Voice]) -> impl Iterator<Item = &Sentence> {
        let all = self.reading.sentences.iter().enumerate();
        all.filter(|(n, _)| self.facts.voices.get(*n).is_some_and(|v| voices.contains(v))).map(|(_, s)| s)
    }

    /// What the reviewer says of the case.
    fn own(&self) -> impl Iterator<Item = &Sentence> {
        self.voiced(&[Voice::Application, Voice::Conclusion])
    }

    /// The amounts recited of the request's treatment or of none, with their sentences; lower bounds left out.
    fn recited(&self) -> impl Iterator<Item = (&Sentence, &Amount)> {
        let of_request = self.voiced(&[Voice::Recital]).filter(|s| self.is_of_request(s));
        of_request.flat_map(move |s| self.amounts_of(s).map(move |a| (s, a))).filter(|(s, a)| !self.is_floor(s, a))
    }

    fn amounts_of(&self, sentence: &Sentence) -> impl Iterator<Item = &Amount> {
        let bytes = sentence.bytes.clone();
        self.facts.amounts.iter().filter(move |a| bytes.contains(&a.bytes.start))
    }

    fn is_of_request(&self, sentence: &Sentence) -> bool {
        let asked = requested(self.context, self.request);
        let named = things(self.context, self.reading, sentence.words.clone());
        // "24 visits after a repair of the cuff": the operation is what the visits are for
        let operation = |t: &u16| self.context.lexicon.treatments[*t as usize].kind == TreatmentKind::Surgery;
        let other = |t: &&Thing| !t.class_word && (t.treatments.is_empty() || !t.treatments.iter().all(operation));
        named.iter().filter(other).all(|t| asked.iter().any(|a| related(self.context, a, t)))
    }

    /// Whether an amount is the least that is asked for, or tells when.
    fn is_floor(&self, sentence: &Sentence, amount: &Amount) -> bool {
        let first = self.word(amount);
        let near = first.saturating_sub(LEAD).max(sentence.words.start)..first;
        near.into_iter().any(|w| self.reading.is_small(w, Small::Floor, self.context.lexicon))
    }

    fn word(&self, amount: &Amount) -> usize {
        self.reading.word_at(amount.bytes.start)
    }

    /// More visits asked for than are recited.
    fn visits(&self) -> Option<Beyond> {
        let [item] = &self.request.items[..] else { return None };
        let asked = item.visits.as_ref().filter(|v| v.number.least == v.number.most)?;
        let number = |value: &Value| match value {
            Value::Tally { number, .. } if number.unit == Unit::Visits => Some(number.most),
            Value::Course { frequency, time, .. } => {
                multiplied(frequency.times, frequency.period, *time).map(|q| q.most)
            }
            _ => None,
        };
        // "six visits to begin with, and up to eighteen": the number counts what is named beside it, and only allows more
        let counts = |s: &Sentence| self.amounts_of(s).any(|a| number(&a.value).is_some());
        let bare = |s: &Sentence, a: &Amount| match a.value {
            Value::Number(q) if counts(s) => Some(q.most),
            _ => None,
        };
        let named = self.recited().filter_map(|(_, a)| number(&a.value)).reduce(f64::max)?;
        let most = self.recited().filter_map(|(s, a)| bare(s, a)).fold(named, f64::max);
        let (number, span) = match asked.number.most > most {
            true => (asked.number, asked.span),
            false => self.total(asked.number.most).filter(|(n, _)| n.most > most)?,
        };
        Some(Beyond {
            span,
            amount: Quantity { unit: Unit::Visits, ..number }.to_string(),
            limit: Quantity::new(most, Unit::Visits).to_string(),
        })
    }

    /// What the visits asked for come to with those had, as the reviewer tells it: "the 8 visits would bring the total to 30".
    fn total(&self, asked: f64) -> Option<(Quantity, Span)> {
        let number = |a: &Amount| match a.value {
            Value::Number(q) | Value::Tally { number: q, .. } if q.least == q.most => Some(q),
            _ => None,
        };
        self.own().find_map(|s| {
            let within = |a: &&Amount| s.bytes.contains(&a.bytes.start);
            let all = || self.facts.amounts.iter().filter(within).filter_map(|a| Some((a, number(a)?)));
            let is_total = |a: &Amount| {
                let first = self.word(a);
                let near = first.saturating_sub(LEAD).max(s.words.start)..first;
                near.into_iter().any(|w| self.reading.is_small(w, Small::Total, self.context.lexicon))
            };
            let sum = all().find(|(a, q)| q.most > asked && is_total(a))?;
            all().any(|(_, q)| q.most == asked).then(|| (sum.1, self.reading.span(sum.0.bytes.clone())))
        })
    }

    /// A longer time asked for than is recited as the longest.
    fn time(&self) -> Option<Beyond> {
        if self.request.items.iter().any(|i| matches!(i.kind, ItemKind::Drug | ItemKind::Visits)) {
            return None;
        }
        let mut asked = self.request.amounts.iter().filter_map(|a| Some((a, days(a)?)));
        let (amount, (least, _)) = asked.next().filter(|_| asked.next().is_none())?;
        let up_to = |s: &Sentence, a: &Amount| {
            let word = self.word(a);
            Marks::of(self.reading, s, self.context.lexicon)
                .cue(Cue::AtMost)
                .any(|c| c.end <= word && word - c.end <= 1)
        };
        let all: Vec<(&Amount, (f64, f64), bool)> =
            self.recited().filter_map(|(s, a)| Some((a, days(a)?, up_to(s, a)))).collect();
        let (longest, (_, most), _) = all.iter().filter(|(.., bound)| *bound).max_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
        // a longer time recited without a bound may be what is allowed in some case
        let other = all.iter().any(|(_, (_, m), _)| *m >= least);
        let text = |reading: &Reading, a: &Amount| reading.text()[a.bytes.clone()].to_string();
        (!other && least > most * SLACK).then(|| Beyond {
            span: self.request.reading.span(amount.bytes.clone()),
            amount: text(&self.request.reading, amount),
            limit: text(self.reading, longest),
        })
    }

    /// Less relief told of the case than is recited as a response.
    fn relief(&self) -> Option<Beyond> {
        let percent = |value: &Value| match value {
            Value::Strength { parts, unit } if unit == "%" => parts.first().copied(),
            _ => None,
        };
        let of_relief = |s: &Sentence| s.cues.has(Cue::Relief) && !s.cues.has(Cue::AtMost);
        let least = self.recited().filter(|(s, _)| of_relief(s)).filter_map(|(_, a)| percent(&a.value));
        let least = least.reduce(f64::min)?;
        let own = |u: &&crate::fact::Used| {
            u.fact == AmountFact::Relief
                && u.quantity.unit == Unit::Percent
                && self.facts.voices.get(u.sentence) == Some(&Voice::Application)
        };
        let told: Vec<_> = self.facts.used.iter().filter(own).collect();
        let [relief] = told[..] else { return None };
        (relief.quantity.most < least).then(|| Beyond {
            span: relief.span,
            amount: relief.quantity.to_string(),
            limit: Quantity::new(least, Unit::Percent).to_string(),
        })
    }
}

/// The days of a length of time, least and most; hours are a part of a day.
fn days(amount: &Amount) -> Option<(f64, f64)> {
    let in_hours = matches!(amount.value, Value::Duration(q) if q.unit == Unit::Hours);
    amount.days().filter(|_| !in_hours)
}
