//! Amounts of the kinds that guidelines limit, and whether some values allow one, or a sentence refuses it.

use super::limit::{LEAD, Recital};
use crate::fact::{Polarity, meaning};
use crate::letter::{Amount, Sentence, Value, plain_unit};
use crate::lexicon::{Cue, Limit, Small};
use crate::measure::{Quantity, Unit};

/// Units of time are compared with this slack: a month is four weeks as letters reckon.
const SLACK: f64 = 0.1;

/// The quantity of an amount of a kind that guidelines limit.
pub fn quantity(value: &Value) -> Option<Quantity> {
    match value {
        Value::Duration(q) => Some(*q),
        Value::Tally { number, .. } => Some(*number),
        // visits a week
        Value::Frequency(f) if f.period == Unit::Weeks => {
            Some(Quantity { least: f.times.0, most: f.times.1, unit: Unit::One })
        }
        Value::Strength { parts, unit } if unit == "%" => {
            let (least, most) = (*parts.first()?, *parts.last()?);
            Some(Quantity { least, most, unit: Unit::Percent })
        }
        Value::Strength { parts, unit } if unit.starts_with("mg") => {
            Some(Quantity::new(*parts.first()?, Unit::Milligrams))
        }
        Value::Strength { parts, unit } if matches!(plain_unit(unit), "g" | "gm") => {
            Some(Quantity::new(*parts.first()?, Unit::Grams))
        }
        _ => None,
    }
}

impl Recital<'_> {
    /// Whether an amount is recited as no limit: it is the case's, reckoned, that of another limit, or refused.
    pub fn is_no_limit(&self, (number, sentence): (usize, &Sentence), amount: &Amount, limit: &Limit) -> bool {
        self.weighs_case(number, amount, limit)
            || limit.tied.is_none() && self.is_reckoned(number, amount, limit)
            || self.is_anothers(sentence, amount, limit)
            || self.is_refused(sentence, amount)
    }

    /// Whether a guideline is said not to allow an amount, and no word beside it makes it a bound: "would not support ten or twenty
    /// visits", but "does not support more than ten".
    fn is_refused(&self, sentence: &Sentence, amount: &Amount) -> bool {
        let first = self.word_of(amount);
        let near = first.saturating_sub(LEAD).max(sentence.words.start)..first;
        let bounds = |w: usize| self.reading.is_small(w, Small::Bounds, self.context.lexicon);
        let denied = || meaning(self.reading, self.context.lexicon, first..first + 1).polarity == Polarity::Negated;
        let led = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::AtMost);
        !near.into_iter().any(bounds) && !{ led }.any(|h| h.end as usize == first) && denied()
    }
}

/// Whether two units measure the same kind of thing: time, visits, levels ... Hours are never a time of use.
pub fn same_kind(a: Unit, b: Unit) -> bool {
    a == b || a.is_time() && b.is_time() && a != Unit::Hours && b != Unit::Hours
}

/// Whether an amount is one of some values, one end of one, or lies within one.
pub fn allows(values: &[Quantity], said: Quantity) -> bool {
    values.iter().filter(|v| same_kind(v.unit, said.unit)).any(|v| {
        let Some((least, most)) = said.in_unit_of(*v) else { return false };
        let slack = if v.unit.is_time() { SLACK } else { 0.0 };
        least >= v.least * (1.0 - slack) && most <= v.most * (1.0 + slack)
    })
}
