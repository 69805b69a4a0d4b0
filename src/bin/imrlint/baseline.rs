//! `imrlint baseline`: accepts the findings of today, tells what is new, drops what is gone.

use crate::accepted::{Known, State};
use crate::args::{Baseline, BaselineCommand, Color, Inputs};
use crate::atomic;
use crate::config::Configs;
use crate::letters;
use crate::session::{self, exit};
use crate::timing::Timing;
use imrlint::diagnostic::Diagnostic;
use imrlint::fingerprint;
use imrlint::lint::lint;
use imrlint::render::{Format, LetterReport, Style};
use imrlint::source::Source;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// New findings by file of accepted findings, then by letter and mark.
type New = BTreeMap<PathBuf, BTreeMap<(String, String), Diagnostic>>;

/// Runs one of the three.
pub fn baseline(command: &BaselineCommand, color: Color) -> u8 {
    let (args, writes) = match command {
        BaselineCommand::Write(args) => (args, true),
        BaselineCommand::Check(args) | BaselineCommand::Prune(args) => (args, false),
    };
    let configs = match Configs::new(&args.book, &args.choosing, &args.paths, writes, color) {
        Ok(configs) => configs,
        Err(code) => return code,
    };
    let mut new = New::new();
    let mut lines = String::new();
    let skip = |path: &str| configs.skips(path);
    let look = |path: &str, source: &Source| {
        let chosen = configs.of(path).expect("what has no configuration was skipped");
        let mut report = lint(source, &chosen.book, &chosen.options);
        if !report.letter.format.is_supported() {
            return Err(report.letter.format);
        }
        let matched = chosen.accept(&source.name, &mut report.findings);
        let least = chosen.least(Format::Concise.least());
        // an entry that is over was made to be looked at again: it is told, and not written anew
        let over = |n: &usize| matched.expired.iter().any(|(_, finding)| finding == n);
        let open = report.findings.into_iter().enumerate();
        let open = open.filter(|(n, f)| f.accepted.is_none() && f.severity >= least && !over(n));
        let open: Vec<Diagnostic> = open.map(|(_, f)| f).collect();
        let letter = LetterReport { source, path, decisions: 0, findings: &open, problems: &[] };
        let told = Format::Concise.renderer().letter(&letter, Style::default());
        let file = chosen.accepted.as_ref().map(|known| known.path.clone()).unwrap_or_default();
        Ok((told, file, fingerprint::letter(&source.name).to_string(), open))
    };
    let inputs = Inputs { paths: args.paths.clone(), ..Inputs::default() };
    let errors = letters::each_timed(&inputs, color, &Timing::new(false), skip, look, |(told, file, name, open)| {
        lines += &told;
        new.entry(file).or_default().extend(open.into_iter().map(|f| ((name.clone(), f.fingerprint.clone()), f)));
        Ok(())
    });
    let errors = match errors {
        Ok(errors) => errors,
        Err(wrong) => return session::ended(Err(wrong)),
    };
    if configs.is_bad() {
        return exit::RULEBOOK;
    }
    let code = match command {
        BaselineCommand::Check(_) => check(&configs, &new, &lines),
        BaselineCommand::Write(_) => write(&configs, &new),
        BaselineCommand::Prune(args) => prune(&configs, args),
    };
    if code == 0 || code == exit::FINDINGS {
        return if errors.is_empty() { code } else { exit::INPUT };
    }
    code
}

fn check(configs: &Configs, new: &New, lines: &str) -> u8 {
    print!("{lines}");
    let found: usize = new.values().map(BTreeMap::len).sum();
    let (mut unused, mut expired, mut unseen) = (0, 0, 0);
    for known in configs.accepted() {
        let (source, problems) = (known.source(), known.problems());
        let report =
            LetterReport { source: &source, path: &known.shown, decisions: 0, findings: &[], problems: &problems };
        print!("{}", Format::Concise.renderer().letter(&report, Style::default()));
        unused += known.count(State::Unused);
        expired += known.count(State::Expired);
        unseen += known.count(State::Unseen);
    }
    println!("{found} new, {unused} unused, {expired} expired{}", aside(unseen));
    if found + expired > 0 { exit::FINDINGS } else { 0 }
}

/// Entries of which nothing can be said.
fn aside(unseen: usize) -> String {
    if unseen == 0 { String::new() } else { format!(" ({unseen} of letters or rules that did not run)") }
}

fn write(configs: &Configs, new: &New) -> u8 {
    let none = BTreeMap::new();
    let mut code = 0;
    for known in configs.accepted() {
        // what a person wrote stays until a person drops it
        let keep = |n: usize| known.state(n) != State::Unused || known.file.entries[n].suppression.is_some();
        let added: Vec<(String, Diagnostic)> =
            new.get(&known.path).unwrap_or(&none).iter().map(|((letter, _), f)| (letter.clone(), f.clone())).collect();
        code = code.max(replace(&known, keep, &added));
        let expired = known.count(State::Expired);
        if expired > 0 {
            println!("{expired} expired and not accepted anew: `imrlint baseline check` tells where");
        }
    }
    code
}

fn prune(configs: &Configs, args: &Baseline) -> u8 {
    let mut code = 0;
    for known in configs.accepted() {
        let keep = |n: usize| match known.state(n) {
            State::Unused => false,
            State::Unseen => !args.missing_letters,
            State::Expired | State::Used => true,
        };
        code = code.max(replace(&known, keep, &[]));
    }
    code
}

/// Writes a file of accepted findings anew, if that changes anything.
fn replace(known: &Known, keep: impl Fn(usize) -> bool, added: &[(String, Diagnostic)]) -> u8 {
    let kept = (0..known.file.entries.len()).filter(|n| keep(*n)).count();
    let dropped = known.file.entries.len() - kept;
    let text = known.file.rewritten(keep, added);
    if added.is_empty() && dropped == 0 && (known.path.exists() || known.text == text) {
        println!("{}: {kept} accepted, nothing to change", known.shown);
        return 0;
    }
    match atomic::write(&known.path, text.as_bytes()) {
        Ok(()) => {
            println!("{}: {} accepted, {} new, {dropped} dropped", known.shown, kept + added.len(), added.len());
            0
        }
        Err(error) => {
            eprintln!("error: {}: {}", known.shown, crate::files::plain(&error));
            exit::INPUT
        }
    }
}
