//! `imrlint rules` and `imrlint explain`.

use crate::args::{Color, Explain, ListFormat, RulesList, RulesTest};
use crate::session::{self, exit};
use imrlint::rulebook::{Body, LoadedBook, Rule, Trial};
use imrlint::trial;

/// Lists the rules.
pub fn list(args: &RulesList, color: Color) -> u8 {
    let (loaded, bad) = session::load(&args.book.rules, color);
    let check = |r: &Rule| r.check().map_or("criterion", |c| c.id);
    match args.format {
        ListFormat::Json => {
            let rows: Vec<serde_json::Value> = loaded
                .rules
                .iter()
                .map(|l| {
                    let r = &l.rule;
                    let guidelines: Vec<&str> = r
                        .authorities
                        .iter()
                        .filter_map(|a| a.guideline)
                        .map(|g| loaded.book.lexicon.guidelines[g as usize].id.as_str())
                        .collect();
                    let treatments: Vec<&str> = match &r.body {
                        Body::Criterion(c) => c
                            .treatments
                            .iter()
                            .map(|t| loaded.book.lexicon.treatments[*t as usize].id.as_str())
                            .collect(),
                        Body::Check(_) => Vec::new(),
                    };
                    serde_json::json!({
                        "id": r.id, "title": r.title, "status": r.status, "check": check(r),
                        "severity": r.severity.or(r.check().map(|c| c.severity)), "confidence": r.confidence,
                        "guidelines": guidelines, "treatments": treatments, "tests": l.trials.len(),
                    })
                })
                .collect();
            println!("{}", serde_json::to_string_pretty(&rows).unwrap_or_default());
        }
        ListFormat::Text => {
            for l in &loaded.rules {
                let status = serde_json::to_value(l.rule.status)
                    .ok()
                    .and_then(|v| v.as_str().map(str::to_string))
                    .unwrap_or_default();
                println!("{:<40} {:<8} {:<32} {}", l.rule.id, status, check(&l.rule), l.rule.title);
            }
        }
    }
    if bad { exit::RULEBOOK } else { 0 }
}

/// Runs the tests of rules.
pub fn test(args: &RulesTest, color: Color) -> u8 {
    let (loaded, bad) = session::load(&args.dir.iter().cloned().collect::<Vec<_>>(), color);
    // with a folder only its own rules are tested
    let shipped = imrlint::builtin::files().len();
    let tested = loaded.rules.iter().filter(|r| args.dir.is_none() || r.file >= shipped);
    let (mut passed, mut failed) = (0, 0);
    for rule in tested {
        let failures: Vec<(&Trial, trial::Failure)> =
            rule.trials.iter().filter_map(|t| Some((t, trial::run(t, &rule.rule, &loaded.book)?))).collect();
        passed += rule.trials.len() - failures.len();
        failed += failures.len();
        for (trial, failure) in failures {
            println!("FAILED {} / {}\n       {failure}", rule.rule.id, trial.name);
        }
    }
    println!("{passed} passed, {failed} failed");
    if bad {
        exit::RULEBOOK
    } else if failed > 0 {
        exit::FINDINGS
    } else {
        0
    }
}

/// Explains a rule.
pub fn explain(args: &Explain, color: Color) -> u8 {
    let (loaded, bad) = session::load(&args.book.rules, color);
    let Some(found) = loaded.rules.iter().find(|r| r.rule.id == args.rule) else {
        let near = imrlint::yaml::suggest(&args.rule, loaded.rules.iter().map(|r| r.rule.id.as_str()));
        let meant = near.map_or(String::new(), |m| format!("; did you mean `{m}`?"));
        eprintln!("error: there is no rule `{}`{meant}", args.rule);
        return exit::USAGE;
    };
    print!("{}", imrlint::explain::explain(found, book(&loaded)));
    if bad { exit::RULEBOOK } else { 0 }
}

fn book(loaded: &LoadedBook) -> &imrlint::rulebook::Rulebook {
    &loaded.book
}
