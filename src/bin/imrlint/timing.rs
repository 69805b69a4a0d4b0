//! `check --timing`: how long each phase and each rule took, as a table on standard error. Without it no clock is read.

use imrlint::lint::{Linter, Options, Phase, Report};
use imrlint::source::Source;
use std::collections::BTreeMap;
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
    /// By id.
    rules: BTreeMap<String, Duration>,
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
    pub fn lint(&self, source: &Source, linter: &Linter, options: &Options) -> Report {
        let Some(times) = &self.0 else { return linter.lint(source, options) };
        let book = linter.book();
        let (mut own, mut rules) = (Times::default(), vec![Duration::ZERO; book.rules.len()]);
        let mut last = Instant::now();
        let report = linter.lint_observed(source, options, |phase| {
            let now = Instant::now();
            let spent = now - std::mem::replace(&mut last, now);
            match phase {
                Phase::Parse => own.parse += spent,
                Phase::Facts => own.facts += spent,
                Phase::Rule(n) => rules[n] += spent,
                Phase::Finish => own.finish += spent,
            }
        });
        let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
        times.letters += 1;
        times.parse += own.parse;
        times.facts += own.facts;
        times.finish += own.finish;
        let spent = book.rules.iter().zip(rules).filter(|(_, spent)| *spent > Duration::ZERO);
        spent.for_each(|(rule, spent)| *times.rules.entry(rule.id.clone()).or_default() += spent);
        report
    }

    /// The table: phases in their order, then the rules that took longest first.
    pub fn tell(&self) {
        let Some(times) = &self.0 else { return };
        let times = times.lock().unwrap_or_else(PoisonError::into_inner);
        let rules: Duration = times.rules.values().sum();
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
        let mut order: Vec<(&String, Duration)> = times.rules.iter().map(|(rule, spent)| (rule, *spent)).collect();
        order.sort_by_key(|(_, spent)| std::cmp::Reverse(*spent));
        eprintln!("each rule");
        order.iter().for_each(|(rule, spent)| row(rule, *spent));
    }
}
