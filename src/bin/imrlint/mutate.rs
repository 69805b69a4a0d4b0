//! `imrlint rules mutate`: changes each rule a little and tells which changes none of its tests notices.

use crate::args::{Color, RulesMutate};
use crate::session::{self, exit};
use imrlint::mutate::{Mutant, mutants, without_phrase};
use imrlint::rulebook::{LoadedBook, LoadedRule, Rulebook, load_book, load_split};
use imrlint::trial;

/// How many mutants there were, and how many of them some test noticed.
#[derive(Default)]
struct Score {
    noticed: usize,
    all: usize,
}

impl Score {
    fn share(&self) -> f64 {
        if self.all == 0 { 1.0 } else { self.noticed as f64 / self.all as f64 }
    }
}

/// Reports the mutants that no test notices.
pub fn print(args: &RulesMutate, color: Color) -> u8 {
    let folders: Vec<_> = args.dir.iter().cloned().collect();
    let (loaded, bad) = session::load_by(&folders, color, load_book);
    let (score, failing) = run(args, &loaded, |rule, _| mutants(rule));
    println!("{} of {} mutants noticed, score {:.3}", score.noticed, score.all, score.share());
    if args.phrases {
        let split = load_split_again(&folders, color);
        let (phrases, _) = run(args, &split, without_phrase);
        println!("{} of {} dropped phrases noticed, score {:.3}", phrases.noticed, phrases.all, phrases.share());
    }
    if bad {
        return exit::RULEBOOK;
    }
    let low = args.min_score.is_some_and(|least| score.share() < least);
    if low {
        println!("the score is below {}", args.min_score.unwrap_or_default());
    }
    if low || failing > 0 { exit::FINDINGS } else { 0 }
}

/// The same book with each phrase by itself; its problems were told before.
fn load_split_again(folders: &[std::path::PathBuf], color: Color) -> LoadedBook {
    session::load_by(folders, color, |files| {
        let mut loaded = load_split(files);
        loaded.problems.clear();
        loaded
    })
    .0
}

/// Runs the mutants of each rule against its tests; the score, and the number of rules whose tests fail without a change.
fn run(
    args: &RulesMutate,
    loaded: &LoadedBook,
    mutants: impl Fn(&imrlint::rulebook::Rule, &Rulebook) -> Vec<Mutant>,
) -> (Score, usize) {
    let shipped = imrlint::builtin::files().len();
    // of a folder its own rules are changed, of whatever status; of the shipped ones those in use
    let chosen = |rule: &&LoadedRule| match args.dir {
        Some(_) => rule.file >= shipped,
        None => rule.rule.is_on(),
    };
    let (mut score, mut failing) = (Score::default(), 0);
    let mut book = loaded.book.clone();
    for rule in loaded.rules.iter().filter(chosen) {
        let Some(place) = book.rules.iter().position(|r| r.id == rule.rule.id) else { continue };
        if rule.trials.iter().any(|t| trial::run(t, &rule.rule, &book).is_some()) {
            failing += 1;
            println!("SKIPPED {}: its own tests fail; see `imrlint rules test`", rule.rule.id);
            continue;
        }
        for mutant in mutants(&rule.rule, &loaded.book) {
            // the mutant takes the rule's place in the book
            book.rules[place] = mutant.rule.clone();
            score.all += 1;
            if rule.trials.iter().any(|t| trial::run(t, &mutant.rule, &book).is_some()) {
                score.noticed += 1;
            } else {
                println!("SURVIVED {}: {}", rule.rule.id, mutant.change);
            }
        }
        book.rules[place] = rule.rule.clone();
    }
    (score, failing)
}
