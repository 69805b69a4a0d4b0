//! The command line of imrlint.
#![forbid(unsafe_code)]

/// As those of the standard library, but for an output that fails: that is told, and is no fault of the program.
macro_rules! print {
    ($($words:tt)*) => { $crate::session::tell(format_args!($($words)*)) };
}
macro_rules! println {
    ($($words:tt)*) => { $crate::session::tell(format_args!("{}\n", format_args!($($words)*))) };
}

mod accepted;
mod args;
mod atomic;
mod baseline;
mod check;
mod child;
mod config;
mod eval;
mod files;
mod guard;
mod help;
mod ids;
mod inspect;
mod letters;
mod linters;
mod mutate;
mod out;
mod pool;
mod prepared;
mod progress;
mod project_args;
mod rules;
mod session;
mod stats;
mod stream;
mod timing;
mod why;

use args::{Cli, Command, ConfigCommand, Inspect, Rules};
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

fn main() -> ExitCode {
    guard::install();
    // taken apart at the end of the process, not before the work begins
    let command = Box::leak(Box::new(Cli::command()));
    let cli =
        Cli::from_arg_matches_mut(&mut command.get_matches_mut()).unwrap_or_else(|error| error.format(command).exit());
    let color = cli.color;
    let code = match cli.command {
        Command::Check(args) => check::check(&args, color),
        Command::Parse(args) => inspect::parse(&args, color),
        Command::Inspect(Inspect::Text(args)) => inspect::text(&args, color),
        Command::Inspect(Inspect::Facts(args)) => inspect::facts(&args, color),
        Command::Inspect(Inspect::Polarity) => inspect::polarity(),
        Command::Rules(Rules::List(args)) => rules::list(&args, color),
        Command::Rules(Rules::Test(args)) => rules::test(&args, color),
        Command::Rules(Rules::Mutate(args)) => mutate::print(&args, color),
        Command::Rules(Rules::Ids(args)) => ids::print(&args, color),
        Command::Rules(Rules::Schema(args)) => rules::schema(&args, color),
        Command::Rules(Rules::New(args)) => rules::new(&args),
        Command::Rules(Rules::Prepare(args)) => prepared::prepare(&args, color),
        Command::Stats(args) => stats::stats(&args, color),
        Command::Completions { shell } => help::completions(shell),
        Command::Man { dir } => help::man(dir.as_deref()),
        Command::Config(ConfigCommand::Show(args)) => config::show(&args, color),
        Command::Config(ConfigCommand::Schema(args)) => config::schema(&args, color),
        Command::Baseline(command) => baseline::baseline(&command, color),
        Command::Why(args) => why::print(&args, color),
        Command::Eval(args) => eval::eval(&args, color),
        Command::ReadPdf => child::serve(),
        Command::Explain(args) => rules::explain(&args, color),
    };
    ExitCode::from(code)
}
