//! Shell completions and manual pages, made of the definition of the command line.

use crate::args::Cli;
use crate::session;
use clap::CommandFactory;
use std::io::{self, Write};
use std::path::Path;

/// Prints completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "imrlint", &mut script);
    session::ended(io::stdout().write_all(&script).map(|()| 0))
}

/// Prints the manual page, or writes one for each command into a folder.
pub fn man(folder: Option<&Path>) -> u8 {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
        return session::ended(made.and_then(|()| io::stdout().write_all(&page)).map(|()| 0));
    };
    let made = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
    session::ended(made.map(|()| 0))
}
