//! `imrlint eval`: the accuracy kit over files.

use crate::args::{Color, Eval, ListFormat};
use crate::letters;
use crate::session::{self, exit};
use imrlint::config::Plan;
use imrlint::diagnostic::Confidence;
use imrlint::eval::{KINDS, Plant, Row, Tally, Trial, judge, kind, plants};
use imrlint::lint::{Options, Report, lint};
use imrlint::rulebook::LoadedBook;
use imrlint::source::{Source, Units};
use imrlint::tree::visible;
use serde::Serialize;

/// A letter as it is.
struct Letter {
    path: String,
    source: Source,
    clean: Report,
}

/// A plant that no rule found.
#[derive(Serialize)]
struct Miss {
    kind: &'static str,
    path: String,
    line: u32,
    decision: Option<u32>,
    /// Checks that found something else in the damaged letter.
    others: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<String>,
}

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    seed: u64,
    share: f64,
    strong_share: f64,
    strong_per_decision: f64,
    #[serde(flatten)]
    tally: &'a Tally,
    misses: &'a [Miss],
}

/// Measures; the exit code.
pub fn eval(args: &Eval, color: Color) -> u8 {
    let asked = args.kind.iter().chain(args.misses.iter().filter(|m| *m != "all"));
    if let Some(unknown) = asked.into_iter().find(|k| kind(k).is_none()) {
        let near = imrlint::yaml::suggest(unknown, KINDS.iter().map(|k| k.id));
        let meant = near.map_or(String::new(), |m| format!("; did you mean `{m}`?"));
        eprintln!("error: there is no kind of defect `{unknown}`{meant}");
        return exit::USAGE;
    }
    let (loaded, bad) = session::load(&args.book.rules, color);
    if bad {
        return exit::RULEBOOK;
    }
    let options = Options { plan: Plan::new(&loaded.book, &[], args.preview, Confidence::Low), ..Options::default() };
    let mut letters = Vec::new();
    let look = |path: &str, source: &Source| {
        let clean = lint(source, &loaded.book, &options);
        if !clean.letter.format.is_supported() {
            return Err(clean.letter.format);
        }
        // places are bytes of the text, whatever file it came from
        let source = Source::with_units(source.name.clone(), source.text.clone(), Units::Lines);
        Ok(Letter { path: path.to_string(), source, clean })
    };
    let taken = letters::each(&args.inputs, color, look, |letter| {
        letters.push(letter);
        Ok(())
    });
    let errors = taken.expect("a list takes every letter");
    let mut tally = Tally::default();
    letters.iter().for_each(|l| tally.letter(&l.clean));
    let mut misses = Vec::new();
    for (n, plant) in chosen(args, &letters, &loaded, &options) {
        let letter = &letters[n];
        let trial = judge(&letter.source, &letter.clean, &plant, &loaded.book, &options);
        tally.plant(&plant, &trial);
        let kind = KINDS[plant.kind].id;
        if trial.caught.is_none() && args.misses.as_ref().is_some_and(|m| m == "all" || m == kind) {
            misses.push(miss(letter, kind, &plant, trial, args.show_text));
        }
    }
    match args.format {
        ListFormat::Text => print(&tally, &misses),
        ListFormat::Json => print_json(args, &tally, &misses),
    }
    if !errors.is_empty() {
        return exit::INPUT;
    }
    if below(args, &tally) { exit::FINDINGS } else { 0 }
}

/// The plants to try with the number of their letter: all, or some of each kind, drawn by lot.
fn chosen(args: &Eval, letters: &[Letter], loaded: &LoadedBook, options: &Options) -> Vec<(usize, Plant)> {
    let only: Vec<usize> = args.kind.iter().filter_map(|k| kind(k)).collect();
    let mut all: Vec<(usize, Plant)> = Vec::new();
    for (n, letter) in letters.iter().enumerate() {
        let made = plants(&letter.source, &letter.clean, loaded, options, args.seed, &only);
        all.extend(made.into_iter().map(|p| (n, p)));
    }
    all.sort_by_key(|(n, p)| (p.kind, p.lot, *n));
    let Some(most) = args.per_kind else { return all };
    let mut of_kind = vec![0; KINDS.len()];
    all.retain(|(_, p)| {
        of_kind[p.kind] += 1;
        of_kind[p.kind] <= most
    });
    all
}

fn miss(letter: &Letter, kind: &'static str, plant: &Plant, trial: Trial, show_text: bool) -> Miss {
    let start = plant.edits.first().map_or(0, |e| e.span.start);
    let folded = |text: &str| visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let change =
        |e: &imrlint::eval::Edit| format!("\"{}\" -> \"{}\"", folded(letter.source.slice(e.span)), folded(&e.text));
    Miss {
        kind,
        path: letter.path.clone(),
        line: letter.source.position(start).line,
        decision: plant.decision,
        others: trial.others.into_iter().collect(),
        changes: if show_text { plant.edits.iter().map(change).collect() } else { Vec::new() },
    }
}

/// Whether a floor is not reached; each is told.
fn below(args: &Eval, tally: &Tally) -> bool {
    let mut failed = false;
    let mut fail = |message: String| {
        eprintln!("error: {message}");
        failed = true;
    };
    if let Some(least) = args.min_share.filter(|least| tally.share() < *least) {
        fail(format!(
            "{:.3} of the planted defects are found, averaged over the kinds; at least {least}",
            tally.share()
        ));
    }
    for row in args.min_kind.iter().flat_map(|least| tally.planted().filter(|r| r.share() < *least)) {
        fail(format!("{:.3} of the kind {} are found", row.share(), row.kind));
    }
    if let Some(most) = args.max_clean.filter(|most| tally.clean.strong_per_decision() > *most) {
        let found = tally.clean.strong_per_decision();
        fail(format!("{found:.3} errors and warnings a decision in the letters as they are; at most {most}"));
    }
    failed
}

fn print(tally: &Tally, misses: &[Miss]) {
    println!("{:<33} {:>7} {:>6} {:>6} {:>6}  caught by", "kind", "planted", "caught", "share", "strong");
    for row in tally.planted() {
        println!(
            "{:<33} {:>7} {:>6} {:>6.3} {:>6.3}  {}",
            row.kind,
            row.planted,
            row.caught,
            row.share(),
            row.strong_share(),
            typical(row)
        );
    }
    let planted: u32 = tally.planted().map(|r| r.planted).sum();
    let caught: u32 = tally.planted().map(|r| r.caught).sum();
    println!(
        "{:<33} {planted:>7} {caught:>6} {:>6.3} {:>6.3}  averaged over {} kinds",
        "all",
        tally.share(),
        tally.strong_share(),
        tally.planted().count()
    );
    let clean = &tally.clean;
    println!(
        "\nas they are: {} letters, {} decisions, {} errors and warnings, {:.3} a decision",
        clean.letters,
        clean.decisions,
        clean.strong,
        clean.strong_per_decision()
    );
    for (rule, count) in &clean.rules {
        println!("  {rule:<40} {count:>5} {:>7.3} a decision", f64::from(*count) / f64::from(clean.decisions.max(1)));
    }
    if !misses.is_empty() {
        println!("\nnot found:");
    }
    for miss in misses {
        let decision = miss.decision.map_or(String::new(), |d| format!(" decision {d}"));
        let others = if miss.others.is_empty() {
            String::new()
        } else {
            format!(" (other findings: {})", miss.others.join(", "))
        };
        println!("{}:{}: {}{decision}{others}", miss.path, miss.line, miss.kind);
        miss.changes.iter().for_each(|c| println!("    {c}"));
    }
}

/// The checks that catch a kind, the most frequent first.
fn typical(row: &Row) -> String {
    let mut checks: Vec<(&String, &u32)> = row.checks.iter().collect();
    checks.sort_by_key(|(check, count)| (std::cmp::Reverse(**count), (*check).clone()));
    checks.iter().take(3).map(|(check, count)| format!("{check} {count}")).collect::<Vec<_>>().join(", ")
}

fn print_json(args: &Eval, tally: &Tally, misses: &[Miss]) {
    let output = Output {
        schema: 1,
        seed: args.seed,
        share: tally.share(),
        strong_share: tally.strong_share(),
        strong_per_decision: tally.clean.strong_per_decision(),
        tally,
        misses,
    };
    println!("{}", serde_json::to_string_pretty(&output).unwrap_or_default());
}
