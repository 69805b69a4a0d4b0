//! What every command that reads letters takes.

use clap::Args;
use std::path::PathBuf;

/// The inputs of a command.
#[derive(Args, Default)]
pub struct Inputs {
    /// Letters: files, folders (walked for .txt, .pdf and .docx), patterns ("drafts/**/*.docx"), or - for standard input.
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// A list of letters, one path a line; - reads it from standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// The paths of the list are parted by zero bytes, as find -print0 writes them.
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,
    /// Leave out files and folders that match, written as in .gitignore.
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Threads that work on letters; the output is the same for any number [default: as many as there are cores].
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// No progress and no remarks on standard error: errors alone.
    #[arg(short, long)]
    pub quiet: bool,
}

impl Inputs {
    /// The number of threads to use.
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or_else(crate::pool::cores)
    }
}

fn threads(number: &str) -> Result<usize, String> {
    number.parse().ok().filter(|n| (1..=1024).contains(n)).ok_or_else(|| "choose a number from 1 to 1024".to_string())
}
