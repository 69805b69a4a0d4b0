//! `check --timing`: how long each phase and each rule took, as a table on standard error. Without it no clock is read.

use imrlint::lint::{Options, Phase, Report, lint, lint_observed};
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Times of all letters, summed over all threads; none are taken unless it is on.
pub struct Timing(Option<Mutex<Times>>);

#[derive(Default)]
struct Times {
    letters: usize,
    read: Duration,
    parse: Duration,
    facts: Duration,
    finish: Duration,
    rules: Vec<Duration>,
}

impl Timing {
    /// Takes times, or takes none.
    pub fn new(on: bool) -> Timing {
        Timing(on.then(Mutex::default))
    }

    /// Reads an input.
    pub fn read<T>(&self, work: impl FnOnce() -> T) -> T {
        let Some(times) = &self.0 else { return work() };
        let begun = Instant::now();
        let done = work();
        times.lock().unwrap_or_else(PoisonError::into_inner).read += begun.elapsed();
        done
    }

    /// Lints a letter.
    pub fn lint(&self, source: &Source, book: &Rulebook, options: &Options) -> Report {
        let Some(times) = &self.0 else { return lint(source, book, options) };
        let mut own = Times { rules: vec![Duration::ZERO; book.rules.len()], ..Times::default() };
        let mut last = Instant::now();
        let report = lint_observed(source, book, options, |phase| {
            let now = Instant::now();
            let spent = now - std::mem::replace(&mut last, now);
            match phase {
                Phase::Parse => own.parse += spent,
                Phase::Facts => own.facts += spent,
                Phase::Rule(n) => own.rules[n] += spent,
                Phase::Finish => own.finish += spent,
            }
        });
        let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
        times.letters += 1;
        times.parse += own.parse;
        times.facts += own.facts;
        times.finish += own.finish;
        times.rules.resize(book.rules.len(), Duration::ZERO);
        times.rules.iter_mut().zip(own.rules).for_each(|(all, one)| *all += one);
        report
    }

    /// The table: phases in their order, then the rules that took longest first.
    pub fn tell(&self, book: &Rulebook) {
        let Some(times) = &self.0 else { return };
        let times = times.lock().unwrap_or_else(PoisonError::into_inner);
        let rules: Duration = times.rules.iter().sum();
        let all = times.read + times.parse + times.facts + rules + times.finish;
        let row = |name: &str, time: Duration| {
            let share = 100.0 * time.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE);
            eprintln!("{:>10.3} ms {share:>6.1} %  {name}", 1000.0 * time.as_secs_f64());
        };
        eprintln!("time of {} letters, summed over threads", times.letters);
        let phases = [("read", times.read), ("parse", times.parse), ("facts", times.facts), ("rules", rules)];
        phases.iter().for_each(|(name, time)| row(name, *time));
        row("sort and mark", times.finish);
        row("all", all);
        let mut order: Vec<usize> = (0..times.rules.len()).filter(|n| times.rules[*n] > Duration::ZERO).collect();
        order.sort_by(|a, b| {
            times.rules[*b].cmp(&times.rules[*a]).then_with(|| book.rules[*a].id.cmp(&book.rules[*b].id))
        });
        eprintln!("each rule");
        order.iter().for_each(|n| row(&book.rules[*n].id, times.rules[*n]));
    }
}
