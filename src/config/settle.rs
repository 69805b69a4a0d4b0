//! Layers of settings → the settings of one letter.

use super::{Given, Origin, Section};
use crate::diagnostic::{Confidence, Severity};
use crate::measure::Date;

/// Rules to run and rules not to run, by the names of rules, checks, areas and treatments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Only these run; all if it is empty.
    pub select: Vec<Given<String>>,
    /// These run too.
    pub extend_select: Vec<Given<String>>,
    /// These do not run.
    pub ignore: Vec<Given<String>>,
    /// Severities of findings; none switches them off.
    pub severity: Vec<(Given<String>, Given<Option<Severity>>)>,
}

impl Choice {
    /// A choice of one rule alone.
    pub fn only(rule: &str) -> Choice {
        Choice { select: vec![Given::new(rule.to_string(), Origin::Default)], ..Choice::default() }
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &Given<String>> {
        let severity = self.severity.iter().map(|(name, _)| name);
        self.select.iter().chain(&self.extend_select).chain(&self.ignore).chain(severity)
    }
}

/// The settings of one letter, each value with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The choices of all layers, the last the strongest.
    pub choices: Vec<Choice>,
    /// Whether preview rules run.
    pub preview: Given<bool>,
    /// Rules that are less sure do not run.
    pub minimum_confidence: Given<Confidence>,
    /// The least severity that is shown; the output's own if none is given.
    pub show: Option<Given<Severity>>,
    /// The least severity that fails a run; none if nothing does.
    pub fail_on: Given<Option<Severity>>,
    /// The day on which editions must be in force; the letter's if none is given.
    pub as_of: Option<Given<Date>>,
}

impl Settings {
    /// The settings that layers give, the last the strongest.
    pub fn of(layers: impl Iterator<Item = Section>) -> Settings {
        let default = Origin::Default;
        let mut all = Settings {
            choices: Vec::new(),
            preview: Given::new(false, default),
            minimum_confidence: Given::new(Confidence::Low, default),
            show: None,
            fail_on: Given::new(Some(Severity::Warning), default),
            as_of: None,
        };
        for layer in layers {
            if layer.choice != Choice::default() {
                all.choices.push(layer.choice);
            }
            all.preview = layer.preview.unwrap_or(all.preview);
            all.minimum_confidence = layer.minimum_confidence.unwrap_or(all.minimum_confidence);
            all.show = layer.show.or(all.show);
            all.fail_on = layer.fail_on.unwrap_or(all.fail_on);
            all.as_of = layer.as_of.or(all.as_of);
        }
        all
    }
}
