//! The command line: what can be asked. What is about a whole project stands in project_args.rs.

mod counts;
mod inputs;

use crate::out::Wish;
pub use crate::project_args::{Baseline, BaselineCommand, Choosing, ConfigCommand, ConfigShow};
pub use counts::{Eval, Stats, StatsFormat, StatsKey};
pub use inputs::Inputs;

use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// Measure the rules: plant defects in copies of letters one at a time and count what is found.
    Eval(Eval),
    /// Count findings by rule, check, guideline, treatment, outcome or year of decision.
    Stats(Stats),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Read a PDF from standard input under limits of time and memory; the program asks itself this.
    #[command(hide = true, name = crate::child::COMMAND)]
    ReadPdf,
    /// Print the manual page, or write the pages of all commands into a folder.
    Man {
        /// Folder to write the pages into.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
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

/// The rulebook of a command.
#[derive(Args)]
pub struct Book {
    /// A folder of rules that adds to the shipped rulebook, or replaces rules of the same id; or a prepared rulebook.
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
    /// How to print findings on standard output: pretty (the default), concise, json, jsonl, sarif, github,
    /// github-summary, gitlab, junit or html.
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub format: Option<Format>,
    /// Write findings to a file too, in a format of its own; may be given several times.
    #[arg(long, value_name = "FORMAT=FILE")]
    pub output: Vec<Wish>,
    /// What the input is made of: files, or one JSON record {"id", "text"} a line on standard input.
    #[arg(long, value_enum, default_value_t = InputFormat::Files)]
    pub input_format: InputFormat,
    /// What runs, what is shown and what fails.
    #[command(flatten)]
    pub choosing: Choosing,
    /// Leave the words of letters out of everything that is written: messages say [redacted], quoted lines are masked.
    #[arg(long)]
    pub redact: bool,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    pub exit_zero: bool,
    /// In stream mode, exit with 3 if a record was bad.
    #[arg(long)]
    pub strict: bool,
    /// Tell on standard error how long each phase and each rule took.
    #[arg(long)]
    pub timing: bool,
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
    Mutate(RulesMutate),
    /// List the ids that rules may name: treatments, guidelines with their sections, statements, lists, body parts.
    Ids(RulesIds),
    /// Print the JSON Schema of rule files, for completion in editors.
    Schema(RulesSchema),
    /// Write a complete starting file for a new rule, with tests.
    New(RulesNew),
    /// Write the rulebook into one file that is read at once, for large rulebooks and many runs: name it by --rules.
    Prepare(RulesPrepare),
}

/// `imrlint rules mutate`.
#[derive(Args)]
pub struct RulesMutate {
    /// Folder of rules; without one the stable rules of the shipped rulebook.
    pub dir: Option<PathBuf>,
    /// Drop each phrase of the rules as well; these are counted by themselves.
    #[arg(long)]
    pub phrases: bool,
    /// Exit 1 if a smaller share of the mutants is noticed, phrases not counted.
    #[arg(long, value_name = "SHARE")]
    pub min_score: Option<f64>,
}

/// `imrlint rules ids`.
#[derive(Args)]
pub struct RulesIds {
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// Of what.
    #[arg(value_enum)]
    pub kind: IdKind,
}

/// What `imrlint rules ids` lists.
#[derive(Clone, Copy, ValueEnum)]
pub enum IdKind {
    /// Treatments, below those that they fall under.
    Treatments,
    /// Guidelines, each with its sections.
    Guidelines,
    /// Statements about the patient.
    Statements,
    /// Shared phrase lists.
    Lists,
    /// Parts of the body.
    BodyParts,
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

/// `imrlint rules prepare`.
#[derive(Args)]
pub struct RulesPrepare {
    /// Rulebook.
    #[command(flatten)]
    pub book: Book,
    /// File to write.
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
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
