//! `imrlint stats`: how many findings there are of each kind, and in how many letters and decisions.

use crate::args::{Color, Stats, StatsFormat, StatsKey};
use crate::letters;
use crate::session::{self, exit};
use imrlint::config::Plan;
use imrlint::diagnostic::{Confidence, Diagnostic, Severity};
use imrlint::letter::Decision;
use imrlint::lint::{Options, Report, lint};
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// What stands for a value that the letter does not tell.
const UNKNOWN: &str = "-";

/// What stands for the decision of a finding about the whole letter.
const WHOLE: &str = "whole-letter";

/// Values of a group, in the order of the keys.
type Values = Vec<String>;

/// What was counted of a group.
#[derive(Clone, Copy, Default)]
struct Count {
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Letters and decisions with such a finding.
    letters: usize,
    decisions: usize,
}

/// Letters and decisions that were read, by the values that every decision has.
#[derive(Clone, Copy, Default)]
struct Base {
    letters: usize,
    decisions: usize,
}

/// All groups.
#[derive(Default)]
struct Groups {
    counts: BTreeMap<Values, Count>,
    bases: BTreeMap<Values, Base>,
    all: Base,
}

/// Counts; the exit code.
pub fn stats(args: &Stats, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    let options = Options { plan: Plan::new(book, &[], args.preview, Confidence::Low), ..Options::default() };
    let mut groups = Groups::default();
    let look = |_: &str, source: &Source| {
        let report = lint(source, book, &options);
        if !report.letter.format.is_supported() {
            return Err(report.letter.format);
        }
        Ok(of_letter(&report, book, args))
    };
    let done = letters::each(&args.inputs, color, look, |letter| {
        groups.add(letter);
        Ok(())
    });
    session::ended(done.and_then(|errors| {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match args.format {
            StatsFormat::Table => table(&mut out, &groups, args)?,
            StatsFormat::Csv => csv(&mut out, &groups, args)?,
            StatsFormat::Json => json(&mut out, &groups, args)?,
        }
        out.flush()?;
        Ok(if errors.is_empty() { 0 } else { exit::INPUT })
    }))
}

/// The groups of one letter.
fn of_letter(report: &Report, book: &Rulebook, args: &Stats) -> Groups {
    let mut groups = Groups { all: Base { letters: 1, decisions: report.letter.decisions.len() }, ..Groups::default() };
    for decision in &report.letter.decisions {
        for values in
            combined(args.by.iter().filter(|k| k.is_of_decision()).map(|k| of_decision(*k, report, decision, book)))
        {
            groups.bases.entry(values).or_default().decisions += 1;
        }
    }
    // findings about the whole letter belong to no decision
    let whole = |key: &StatsKey| vec![if *key == StatsKey::Year { year(report) } else { WHOLE.to_string() }];
    for values in combined(args.by.iter().filter(|k| k.is_of_decision()).map(whole)) {
        groups.bases.entry(values).or_default();
    }
    groups.bases.values_mut().for_each(|b| b.letters = 1);
    let mut decisions: BTreeMap<Values, BTreeSet<u32>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|f| f.severity >= args.severity) {
        let decision = finding.decision.and_then(|n| report.letter.decisions.iter().find(|d| d.n == n));
        let of = |key: &StatsKey| match (key, decision) {
            (StatsKey::Rule, _) => vec![finding.rule.clone()],
            (StatsKey::Check, _) => vec![finding.check.clone()],
            (StatsKey::Severity, _) => vec![finding.severity.word().to_string()],
            (StatsKey::Guideline, _) => vec![guideline(finding)],
            (StatsKey::Year, _) => vec![year(report)],
            (key, Some(decision)) => of_decision(*key, report, decision, book),
            (_, None) => vec![WHOLE.to_string()],
        };
        for values in combined(args.by.iter().map(of)) {
            let count = groups.counts.entry(values.clone()).or_default();
            count.findings += 1;
            match finding.severity {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Info => count.infos += 1,
            }
            count.letters = 1;
            decisions.entry(values).or_default().extend(finding.decision);
        }
    }
    for (values, count) in &mut groups.counts {
        count.decisions = decisions[values].len();
    }
    groups
}

/// What a decision says to a key; a request may be for several treatments.
fn of_decision(key: StatsKey, report: &Report, decision: &Decision, book: &Rulebook) -> Vec<String> {
    match key {
        StatsKey::Year => vec![year(report)],
        StatsKey::Outcome => vec![match &decision.outcome {
            Some(outcome) if outcome.overturned => "overturned".to_string(),
            Some(_) => "upheld".to_string(),
            None => UNKNOWN.to_string(),
        }],
        StatsKey::Treatment => {
            let numbers = decision.request.iter().flat_map(|r| r.treatments.iter().map(|(t, _)| *t));
            let ids: BTreeSet<String> = numbers.map(|t| book.lexicon.treatments[t as usize].id.clone()).collect();
            if ids.is_empty() { vec![UNKNOWN.to_string()] } else { ids.into_iter().collect() }
        }
        _ => Vec::new(),
    }
}

/// The year of the decision.
fn year(report: &Report) -> String {
    report.letter.header.decision.map_or(UNKNOWN.to_string(), |d| d.date.year().to_string())
}

fn guideline(finding: &Diagnostic) -> String {
    let authority = finding.authority.as_ref();
    let named = authority.map(|a| a.guideline.clone()).filter(|g| !g.is_empty());
    named.or_else(|| authority.and_then(|a| a.regulation.clone())).unwrap_or(UNKNOWN.to_string())
}

/// Every choice of one value a key.
fn combined(keys: impl Iterator<Item = Vec<String>>) -> Vec<Values> {
    keys.fold(vec![Vec::new()], |all, values| {
        let longer = |v: &Values| {
            values.iter().map(|value| [v.as_slice(), std::slice::from_ref(value)].concat()).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

impl Groups {
    /// Adds those of another letter.
    fn add(&mut self, letter: Groups) {
        self.all.letters += letter.all.letters;
        self.all.decisions += letter.all.decisions;
        for (values, base) in letter.bases {
            let own = self.bases.entry(values).or_default();
            own.letters += base.letters;
            own.decisions += base.decisions;
        }
        for (values, count) in letter.counts {
            let own = self.counts.entry(values).or_default();
            own.findings += count.findings;
            own.errors += count.errors;
            own.warnings += count.warnings;
            own.infos += count.infos;
            own.letters += count.letters;
            own.decisions += count.decisions;
        }
    }

    /// The groups in the order in which they are told: by year where that is the first key, else the largest first.
    fn rows(&self, args: &Stats) -> Vec<(&Values, [usize; 8])> {
        let kept = |values: &Values| -> Values {
            let of = args.by.iter().zip(values).filter(|(key, _)| key.is_of_decision());
            of.map(|(_, value)| value.clone()).collect()
        };
        let row = |(values, c): (&'_ Values, &Count)| {
            let base = self.bases.get(&kept(values)).copied().unwrap_or_default();
            [c.findings, c.errors, c.warnings, c.infos, c.letters, base.letters, c.decisions, base.decisions]
        };
        let mut rows: Vec<_> = self.counts.iter().map(|(v, c)| (v, row((v, c)))).collect();
        if args.by.first() != Some(&StatsKey::Year) {
            rows.sort_by(|(a, x), (b, y)| y[0].cmp(&x[0]).then_with(|| a.cmp(b)));
        }
        rows
    }
}

/// The columns behind the keys.
const COLUMNS: [&str; 8] =
    ["findings", "errors", "warnings", "infos", "letters", "of_letters", "decisions", "of_decisions"];

fn header(args: &Stats) -> Vec<String> {
    args.by.iter().map(|k| k.word().to_string()).chain(COLUMNS.map(str::to_string)).collect()
}

fn lines(groups: &Groups, args: &Stats) -> Vec<Vec<String>> {
    let line = |(values, numbers): (&Values, [usize; 8])| {
        values.iter().cloned().chain(numbers.map(|n| n.to_string())).collect()
    };
    groups.rows(args).into_iter().map(line).collect()
}

fn table(out: &mut impl Write, groups: &Groups, args: &Stats) -> io::Result<()> {
    let all: Vec<Vec<String>> = std::iter::once(header(args)).chain(lines(groups, args)).collect();
    let width = |column: usize| all.iter().map(|l| l[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..all[0].len()).map(width).collect();
    for line in &all {
        let cells = line.iter().zip(&widths).enumerate().map(|(n, (cell, width))| match n < args.by.len() {
            true => format!("{cell:<width$}"),
            false => format!("{cell:>width$}"),
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  "))?;
    }
    writeln!(out, "{} letters and {} decisions read", groups.all.letters, groups.all.decisions)
}

fn csv(out: &mut impl Write, groups: &Groups, args: &Stats) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    for line in std::iter::once(header(args)).chain(lines(groups, args)) {
        csv.write_record(line).map_err(io::Error::other)?;
    }
    csv.flush()
}

fn json(out: &mut impl Write, groups: &Groups, args: &Stats) -> io::Result<()> {
    let by: Vec<&str> = args.by.iter().map(|k| k.word()).collect();
    let group = |(values, numbers): (&Values, [usize; 8])| {
        let keys = by.iter().zip(values).map(|(k, v)| (k.to_string(), Value::from(v.as_str())));
        let numbers = COLUMNS.iter().zip(numbers).map(|(k, n)| (k.to_string(), Value::from(n)));
        keys.chain(numbers).collect::<Map<String, Value>>()
    };
    let all: Vec<Map<String, Value>> = groups.rows(args).into_iter().map(group).collect();
    writeln!(
        out,
        "{{\"schema\":1,\"by\":{},\"letters\":{},\"decisions\":{},\"groups\":{}}}",
        serde_json::to_string(&by)?,
        groups.all.letters,
        groups.all.decisions,
        serde_json::to_string(&all)?
    )
}
