//! A file of accepted findings in a run: what of it was used.

use crate::args::Color;
use crate::session;
use imrlint::accepted::{self, AcceptedFile, Matched};
use imrlint::diagnostic::{Diagnostic, Problem, Severity};
use imrlint::fingerprint;
use imrlint::measure::Date;
use imrlint::render;
use imrlint::source::Source;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};

/// Entries that are told one by one in a run of `check`; `imrlint baseline check` tells all.
const TOLD: usize = 20;

/// What is known of an entry; of two letters of one name the greater holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum State {
    /// Its letter was not read, or its rule did not run.
    Unseen,
    /// Its finding is gone.
    Unused,
    /// Its finding is there and its last day is over.
    Expired,
    /// It accepts a finding.
    Used,
}

/// A file of accepted findings.
pub struct Known {
    /// Where it is.
    pub path: PathBuf,
    /// Its path for messages.
    pub shown: String,
    /// Its text; empty if there is no file.
    pub text: String,
    /// What it says.
    pub file: AcceptedFile,
    states: Vec<AtomicU8>,
}

impl Known {
    /// Reads a file; a file that is not there has no entries.
    ///
    /// # Errors
    /// None comes back if anything in it is wrong, which is told on standard error.
    pub fn read(path: &Path, shown: String, color: Color) -> Option<Known> {
        let text = match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => {
                eprintln!("error: {shown}:1:1: this file is no text in UTF-8");
                return None;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                eprintln!("error: {shown}: {error}");
                return None;
            }
        };
        let (file, problems) = accepted::load(&text);
        for problem in &problems {
            eprint!("{}", render::problem(&shown, &text, problem, session::error_style(color)));
        }
        let states = file.entries.iter().map(|_| AtomicU8::new(State::Unseen as u8)).collect();
        let good = problems.iter().all(|p| p.severity < Severity::Error);
        good.then(|| Known { path: path.to_path_buf(), shown, text, file, states })
    }

    /// Marks the findings of a letter and notes which entries were used; `ran` tells whether a rule ran over the letter.
    pub fn mark(&self, letter: &str, findings: &mut [Diagnostic], today: Date, ran: impl Fn(&str) -> bool) -> Matched {
        let name = fingerprint::letter(letter);
        let matched = self.file.mark(name, findings, today);
        for n in self.file.of_letter(name) {
            if ran(&self.file.entries[*n].rule) {
                self.note(*n, State::Unused);
            }
        }
        matched.used.iter().for_each(|n| self.note(*n, State::Used));
        matched.expired.iter().for_each(|(n, _)| self.note(*n, State::Expired));
        matched
    }

    fn note(&self, n: usize, state: State) {
        self.states[n].fetch_max(state as u8, Ordering::Relaxed);
    }

    /// What is known of an entry.
    pub fn state(&self, n: usize) -> State {
        let now = self.states[n].load(Ordering::Relaxed);
        [State::Used, State::Expired, State::Unused].into_iter().find(|s| *s as u8 == now).unwrap_or(State::Unseen)
    }

    /// How many entries are in a state.
    pub fn count(&self, state: State) -> usize {
        (0..self.states.len()).filter(|n| self.state(*n) == state).count()
    }

    /// What is to be said of entries: those that accept nothing, and those whose last day is over.
    pub fn problems(&self) -> Vec<Problem> {
        let told = |n: usize| {
            let entry = &self.file.entries[n];
            let (rule, letter) = (&entry.rule, &entry.letter);
            match self.state(n) {
                State::Unused => Some(
                    Problem::warning("unused-acceptance", entry.span, "this accepts no finding")
                        .label(format!("no such finding of `{rule}` in `{letter}`"))
                        .help("the evidence changed or was mended; `imrlint baseline prune` drops the entry"),
                ),
                State::Expired => {
                    let s = entry.suppression.as_ref()?;
                    let message = format!("the acceptance ended on {}, and its finding counts again", s.until);
                    Some(
                        Problem::warning("expired-acceptance", s.until_span, message)
                            .help(format!("correct `{letter}`, or let {} decide anew and set another day", s.by)),
                    )
                }
                State::Used | State::Unseen => None,
            }
        };
        (0..self.file.entries.len()).filter_map(told).collect()
    }

    /// Tells on standard error what is to be said of entries.
    pub fn report(&self, color: Color) {
        let problems = self.problems();
        for problem in problems.iter().take(TOLD) {
            eprint!("{}", render::problem(&self.shown, &self.text, problem, session::error_style(color)));
        }
        if problems.len() > TOLD {
            let more = problems.len() - TOLD;
            eprintln!(
                "note: {}: {more} more entries are unused or expired; `imrlint baseline check` tells all",
                self.shown
            );
        }
    }

    /// The file as a text with places.
    pub fn source(&self) -> Source {
        Source::new(self.shown.as_str(), self.text.as_str())
    }
}
