//! The command line of a project: settings over the configuration, `imrlint config` and `imrlint baseline`.

use crate::args::{Book, ListFormat, RulesSchema};
use clap::{Args, Subcommand};
use imrlint::config::{Choice, Given, Origin, Profile, SEVERITIES, Section};
use imrlint::diagnostic::{Confidence, Severity};
use imrlint::measure::Date;
use std::path::PathBuf;

/// What runs, what is shown and what fails: over the configuration.
#[derive(Args)]
pub struct Choosing {
    /// What the run is for: draft (everything), ci (errors and warnings) or audit (all severities, nothing fails).
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub profile: Option<Profile>,
    /// The file of accepted findings [default: imrlint-accepted.yaml beside the configuration].
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// The least severity that is shown [default: warning; info for json and jsonl].
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    pub severity: Option<Severity>,
    /// The least severity that makes the exit code 1, or never [default: warning].
    #[arg(long, value_name = "LEVEL", value_parser = threshold)]
    pub fail_on: Option<Threshold>,
    /// Take the editions in force on this day, whatever the letter says.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Date::parse)]
    pub as_of: Option<Date>,
    /// Run preview rules too.
    #[arg(long)]
    pub preview: bool,
    /// Run only these rules, checks, areas or treatments.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Run these too, preview rules among them.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub extend_select: Vec<String>,
    /// Do not run these rules, checks, areas or treatments.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Run only rules that are at least this sure of their facts: low, medium or high.
    #[arg(long, value_name = "LEVEL", value_parser = confidence)]
    pub minimum_confidence: Option<Confidence>,
}

impl Choosing {
    /// The same as the last layer of settings.
    pub fn section(&self) -> Section {
        fn given<T>(value: T) -> Given<T> {
            Given::new(value, Origin::CommandLine)
        }
        let names = |all: &[String]| all.iter().cloned().map(given).collect();
        Section {
            choice: Choice {
                select: names(&self.select),
                extend_select: names(&self.extend_select),
                ignore: names(&self.ignore),
                severity: Vec::new(),
            },
            preview: self.preview.then(|| given(true)),
            minimum_confidence: self.minimum_confidence.map(given),
            show: self.severity.map(given),
            fail_on: self.fail_on.map(|t| given(t.0)),
            as_of: self.as_of.map(given),
        }
    }
}

/// The least severity that fails a run; none if nothing does.
#[derive(Clone, Copy, Debug)]
pub struct Threshold(pub Option<Severity>);

/// `imrlint config`.
#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Print every setting of a letter or folder, and where it came from.
    Show(ConfigShow),
    /// Print the JSON Schema of imrlint.yaml, for completion in editors.
    Schema(RulesSchema),
}

/// `imrlint config show`.
#[derive(Args)]
pub struct ConfigShow {
    /// A letter or folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// Settings to put over the configuration.
    #[command(flatten)]
    pub choosing: Choosing,
    /// How to print them.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// `imrlint baseline`.
#[derive(Subcommand)]
pub enum BaselineCommand {
    /// Accept all findings that `check` shows; what a person wrote is kept.
    Write(Baseline),
    /// Tell new findings, and entries that are unused or expired.
    Check(Baseline),
    /// Drop entries whose finding is gone.
    Prune(Baseline),
}

/// `imrlint baseline write`, `check` and `prune`.
#[derive(Args)]
pub struct Baseline {
    /// Letters: files, folders, or - for standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// What runs and what counts.
    #[command(flatten)]
    pub choosing: Choosing,
    /// With prune: drop the entries of letters that are not among the paths, too.
    #[arg(long)]
    pub missing_letters: bool,
}

/// A severity by its word.
pub fn severity(name: &str) -> Result<Severity, String> {
    one_of(name, &SEVERITIES, "choose info, warning or error")
}

fn threshold(name: &str) -> Result<Threshold, String> {
    match name {
        "never" => Ok(Threshold(None)),
        _ => one_of(name, &SEVERITIES, "choose info, warning, error or never").map(|s| Threshold(Some(s))),
    }
}

fn profile(name: &str) -> Result<Profile, String> {
    one_of(name, &Profile::ALL, "choose draft, ci or audit")
}

fn confidence(name: &str) -> Result<Confidence, String> {
    let all = [Confidence::Low, Confidence::Medium, Confidence::High].map(|c| (c.word(), c));
    one_of(name, &all, "choose low, medium or high")
}

fn one_of<T: Copy>(name: &str, all: &[(&str, T)], help: &str) -> Result<T, String> {
    all.iter().find(|(word, _)| *word == name).map(|(_, value)| *value).ok_or_else(|| help.to_string())
}
