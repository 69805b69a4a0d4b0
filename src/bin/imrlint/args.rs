//! The command line: what can be asked. The only file that names `clap` beside main.rs.

use clap::{Args, Parser, Subcommand, ValueEnum};
use imrlint::config::{Choice, Given, Origin, Profile, SEVERITIES, Section};
use imrlint::diagnostic::{Confidence, Severity};
use imrlint::measure::Date;
use imrlint::render::Format;
use std::path::PathBuf;

/// Finds where an IMR decision letter contradicts itself, its own citation, or the treatment guideline that it applies.
#[derive(Parser)]
#[command(name = "imrlint", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colour of the output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Lint letters: report where they contradict themselves, their citations or the guideline.
    Check(Check),
    /// Print the tree of letters: dates, decisions, requests, citations, sentences.
    Parse(Parse),
    /// Show what the linter sees, for writing rules.
    #[command(subcommand)]
    Inspect(Inspect),
    /// List or test rules.
    #[command(subcommand)]
    Rules(Rules),
    /// Explain a rule: authority, logic in plain words, examples.
    Explain(Explain),
    /// Show the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Accept the findings of today, so that only new ones count.
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Why a rule did or did not speak: each condition with its verdict and words.
    Why(WhyArgs),
}

/// `imrlint why`.
#[derive(Args)]
pub struct WhyArgs {
    /// The letter.
    #[arg(value_name = "LETTER")]
    pub letter: PathBuf,
    /// Number of the decision; all if it is not given.
    #[arg(long, value_name = "N")]
    pub decision: Option<u32>,
    /// Id of the rule.
    #[arg(long, value_name = "ID")]
    pub rule: String,
    /// Take the editions in force on this day, whatever the letter says.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Date::parse)]
    pub as_of: Option<Date>,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
}

/// The inputs of a command.
#[derive(Args)]
pub struct Inputs {
    /// Letters: files, folders (walked for .txt and .pdf), or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// The rulebook of a command.
#[derive(Args)]
pub struct Book {
    /// A folder of rules that adds to the shipped rulebook, or replaces rules of the same id.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// The configuration file [default: imrlint.yaml in the folder of each letter, or the nearest above].
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration file, and no file of accepted findings but one that is named.
    #[arg(long)]
    pub no_config: bool,
}

/// `imrlint check`.
#[derive(Args)]
pub struct Check {
    /// Letters.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// How to print findings.
    #[arg(long, value_name = "FORMAT", default_value = "pretty", value_parser = format)]
    pub format: Format,
    /// What the input is made of: files, or one JSON record {"id", "text"} a line on standard input.
    #[arg(long, value_enum, default_value_t = InputFormat::Files)]
    pub input_format: InputFormat,
    /// What runs, what is shown and what fails.
    #[command(flatten)]
    pub choosing: Choosing,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub exit_zero: bool,
    /// In stream mode, exit with 3 if a record was bad.
    #[arg(long)]
    pub strict: bool,
}

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

/// What the input of `check` is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Files and folders.
    Files,
    /// JSON Lines.
    Jsonl,
}

/// `imrlint parse`.
#[derive(Args)]
pub struct Parse {
    /// Letters.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// How to print the tree.
    #[arg(long, value_enum, default_value_t = TreeFormat::Text)]
    pub format: TreeFormat,
}

/// How a tree is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// Indented text for people.
    Text,
    /// One JSON object a letter and line.
    Jsonl,
}

/// `imrlint inspect`.
#[derive(Subcommand)]
pub enum Inspect {
    /// The text that spans point into, exactly as read; escaped on a terminal.
    Text(Inputs),
    /// Every fact with its place: sentences and voices, statements and polarity, amounts, dates, conclusions.
    Facts(InspectFacts),
    /// Polarity of phrases: reads {"id", "text", "start", "end"} a line, writes {"id", "polarity"} a line.
    Polarity,
}

/// `imrlint inspect facts`.
#[derive(Args)]
pub struct InspectFacts {
    /// Letters.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
}

/// `imrlint rules`.
#[derive(Subcommand)]
pub enum Rules {
    /// List the rules.
    List(RulesList),
    /// Run the tests that stand inside the rules.
    Test(RulesTest),
    /// Change each rule a little and report the changes that none of its tests notices.
    Mutate(RulesTest),
    /// Print the JSON Schema of rule files, for completion in editors.
    Schema(RulesSchema),
    /// Write a complete starting file for a new rule, with tests.
    New(RulesNew),
}

/// `imrlint rules schema`.
#[derive(Args)]
pub struct RulesSchema {
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
}

/// `imrlint rules new`.
#[derive(Args)]
pub struct RulesNew {
    /// Id of the rule, kebab-case.
    pub id: String,
    /// Folder to write the file into.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Treatment it is about, an id of the lexicon.
    #[arg(long, value_name = "ID", default_value = "physical-therapy")]
    pub treatment: String,
}

/// `imrlint rules list`.
#[derive(Args)]
pub struct RulesList {
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Only rules for this treatment or one that it falls under.
    #[arg(long, value_name = "ID")]
    pub treatment: Option<String>,
    /// Only rules that rest on this guideline.
    #[arg(long, value_name = "ID")]
    pub edition: Option<String>,
    /// Only rules of this status.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table for people.
    Text,
    /// A JSON array.
    Json,
}

/// `imrlint rules test`.
#[derive(Args)]
pub struct RulesTest {
    /// A folder of rules to test with the shipped rulebook; the shipped rules themselves if none is given.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// `imrlint explain`.
#[derive(Args)]
pub struct Explain {
    /// Id of the rule.
    pub rule: String,
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
}

fn format(name: &str) -> Result<Format, String> {
    name.parse()
}

fn severity(name: &str) -> Result<Severity, String> {
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
