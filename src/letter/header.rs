//! The header of a letter of 2016 and later: case number and the five dates, with places.
//!
//! A value belongs to the earliest label that has none yet and wants its kind. That is right for labels beside values
//! and for blocks of labels before blocks of values; where a label or value is lost, so that labels and dates do not
//! pair up, only dates that stand beside their label are believed.

use crate::measure::Date;
use crate::source::Span;
use pest::Parser;
use pest::iterators::Pair;

/// pest's own rule names, kept out of sight of the rest of the crate.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/header.pest"]
    pub struct HeaderGrammar;
}

use grammar::{HeaderGrammar, Rule};

/// A date and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// Its place in the letter.
    pub span: Span,
}

/// What the header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The case number.
    pub case_number: Option<Span>,
    /// Date of injury.
    pub injury: Option<Dated>,
    /// Date of the utilization review denial.
    pub ur_denial: Option<Dated>,
    /// Date on which the application was received.
    pub received: Option<Dated>,
    /// Date on which the case was assigned to the reviewer.
    pub assigned: Option<Dated>,
    /// Date of the decision.
    pub decision: Option<Dated>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    CaseNumber,
    Assigned,
    Injury,
    Decision,
    Denial,
    Priority,
    Received,
}

struct LabelAt {
    slot: Slot,
    end: usize,
    filled: bool,
}

/// Reads the header; `span` is everything before the first section.
pub fn header(text: &str, span: Span) -> Header {
    let mut header = Header::default();
    let base = span.start as usize;
    let written = &text[span.range()];
    let Some(root) = HeaderGrammar::parse(Rule::header, written).ok().and_then(|mut p| p.next()) else { return header };
    let pieces: Vec<Pair<'_, Rule>> =
        root.into_inner().filter(|p| matches!(p.as_rule(), Rule::label | Rule::value)).collect();
    let dates = pieces.iter().filter(|p| is_date(p)).count();
    let mut slots: Vec<Slot> = pieces.iter().filter(|p| p.as_rule() == Rule::label).filter_map(slot).collect();
    slots.retain(|s| !matches!(s, Slot::CaseNumber | Slot::Priority));
    slots.dedup();
    let pairs_up = slots.len() == dates;

    let mut labels: Vec<LabelAt> = Vec::new();
    for piece in pieces {
        let place = piece.as_span();
        if piece.as_rule() == Rule::label {
            let Some(slot) = slot(&piece) else { continue };
            // "Application" and "Received:" on two lines are one label
            if labels.iter().any(|l| l.slot == slot) {
                continue;
            }
            labels.push(LabelAt { slot, end: place.end(), filled: false });
            continue;
        }
        let Some(value) = piece.into_inner().next() else { continue };
        let at = Span::new(base + place.start(), base + place.end());
        let wants = |slot: Slot| match value.as_rule() {
            Rule::case_number => slot == Slot::CaseNumber,
            Rule::priority => slot == Slot::Priority,
            _ => !matches!(slot, Slot::CaseNumber | Slot::Priority),
        };
        let beside = labels.iter().rposition(|l| {
            !l.filled && wants(l.slot) && written[l.end..place.start()].chars().all(|c| c.is_whitespace() && c != '\n')
        });
        let first = labels.iter().position(|l| !l.filled && wants(l.slot));
        let Some(label) = beside.or(first.filter(|_| pairs_up || value.as_rule() != Rule::date)) else { continue };
        labels[label].filled = true;
        let dated = read_date(value).map(|date| Dated { date, span: at });
        match labels[label].slot {
            Slot::CaseNumber => header.case_number = Some(at),
            Slot::Priority => {}
            Slot::Assigned => header.assigned = dated,
            Slot::Injury => header.injury = dated,
            Slot::Decision => header.decision = dated,
            Slot::Denial => header.ur_denial = dated,
            Slot::Received => header.received = dated,
        }
    }
    header
}

fn is_date(piece: &Pair<'_, Rule>) -> bool {
    piece.as_rule() == Rule::value && piece.clone().into_inner().next().is_some_and(|v| v.as_rule() == Rule::date)
}

fn slot(label: &Pair<'_, Rule>) -> Option<Slot> {
    Some(match label.clone().into_inner().next()?.as_rule() {
        Rule::case_number_label => Slot::CaseNumber,
        Rule::assigned_label => Slot::Assigned,
        Rule::injury_label => Slot::Injury,
        Rule::decision_label => Slot::Decision,
        Rule::denial_label => Slot::Denial,
        Rule::priority_label => Slot::Priority,
        _ => Slot::Received,
    })
}

fn read_date(value: Pair<'_, Rule>) -> Option<Date> {
    let number = |p: Pair<'_, Rule>| p.as_str().parse::<u32>().ok();
    let numbers: Vec<u32> = value.into_inner().filter_map(number).collect();
    let [month, day, year] = numbers[..] else { return None };
    Date::new(year as i32, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [Option<String>; 5] {
        let h = header(text, Span::new(0, text.len()));
        [h.injury, h.ur_denial, h.received, h.assigned, h.decision].map(|d| {
            d.map(|d| {
                assert!(text[d.span.range()].contains('/'));
                d.date.to_string()
            })
        })
    }

    fn all() -> [Option<String>; 5] {
        ["2016-10-25", "2016-11-29", "2016-12-02", "2016-12-08", "2017-01-12"].map(|s| Some(s.to_string()))
    }

    #[test]
    fn labels_in_blocks_before_values_in_blocks() {
        let text = "Case Number:\nDate Assigned:\nDecision Date:\nPriority:\n\nCM16-9000001\n12/08/2016\n01/12/2017\nStandard\n\n\
                    Date of Injury:\nUR Denial Date:\nApplication\nReceived:\n\n10/25/2016\n11/29/2016\n12/02/2016\n";
        assert_eq!(read(text), all());
    }

    #[test]
    fn labels_beside_values_in_columns() {
        let text = "Case Number:   CM16-9000001\nDate Assigned:  12/08/2016    Date of Injury:  10/25/2016\n\
                    Decision Date:  01/12/2017   UR Denial Date:   11/29/2016\nPriority:   Standard   Application   12/02/2016\n   Received:\n";
        assert_eq!(read(text), all());
    }

    #[test]
    fn dates_that_do_not_pair_up_are_not_guessed() {
        let text = "Date Assigned:\nDecision Date:\n\n12/08/2016\n\nDate of Injury: 10/25/2016\n";
        assert_eq!(read(text), [Some("2016-10-25".to_string()), None, None, None, None]);
    }
}
