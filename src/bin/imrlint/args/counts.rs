//! The commands that count: `stats` and `eval`.

use super::{Book, Inputs, ListFormat};
use crate::project_args::severity;
use clap::{Args, ValueEnum};
use imrlint::diagnostic::Severity;

/// `imrlint stats`.
#[derive(Args)]
pub struct Stats {
    /// Letters.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// What to count by; several make a group of each combination.
    #[arg(long, value_enum, value_name = "KEY", value_delimiter = ',', default_value = "rule")]
    pub by: Vec<StatsKey>,
    /// How to print the counts.
    #[arg(long, value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
    /// The least severity that is counted.
    #[arg(long, value_name = "LEVEL", default_value = "info", value_parser = severity)]
    pub severity: Severity,
    /// Run preview rules too.
    #[arg(long)]
    pub preview: bool,
}

/// What findings are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsKey {
    /// Rule.
    Rule,
    /// Check.
    Check,
    /// Severity.
    Severity,
    /// Guideline that the finding rests on, or the regulation.
    Guideline,
    /// Treatment that the decision is about; a request for two counts for each.
    Treatment,
    /// Outcome of the decision.
    Outcome,
    /// Year of the decision.
    Year,
}

impl StatsKey {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            StatsKey::Rule => "rule",
            StatsKey::Check => "check",
            StatsKey::Severity => "severity",
            StatsKey::Guideline => "guideline",
            StatsKey::Treatment => "treatment",
            StatsKey::Outcome => "outcome",
            StatsKey::Year => "year",
        }
    }

    /// Whether every decision has it, with or without findings.
    pub fn is_of_decision(self) -> bool {
        matches!(self, StatsKey::Treatment | StatsKey::Outcome | StatsKey::Year)
    }
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// A table for people.
    Table,
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
}

/// `imrlint eval`.
#[derive(Args)]
pub struct Eval {
    /// Letters; they are taken as clean.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// How to print the table.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Draws other words and places.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Plant at most so many of each kind.
    #[arg(long, value_name = "N")]
    pub per_kind: Option<usize>,
    /// Only these kinds.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// List what was not found of a kind, or of `all`.
    #[arg(long, value_name = "KIND")]
    pub misses: Option<String>,
    /// Show the words of the letters in that list.
    #[arg(long, requires = "misses")]
    pub show_text: bool,
    /// Exit with 1 if the share found, averaged over the kinds, is less.
    #[arg(long, value_name = "X")]
    pub min_share: Option<f64>,
    /// Exit with 1 if less is found of any kind.
    #[arg(long, value_name = "X")]
    pub min_kind: Option<f64>,
    /// Exit with 1 if the letters as they are have more errors and warnings a decision.
    #[arg(long, value_name = "Y")]
    pub max_clean: Option<f64>,
    /// Run preview rules too.
    #[arg(long)]
    pub preview: bool,
}
