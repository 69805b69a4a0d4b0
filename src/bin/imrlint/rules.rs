//! `imrlint rules` and `imrlint explain`.

use crate::args::{Color, Explain, ListFormat, RulesList, RulesNew, RulesSchema, RulesTest};
use crate::session::{self, exit};
use imrlint::lexicon::TreatmentKind;
use imrlint::rulebook::{Body, LoadedBook, LoadedRule, Trial};
use imrlint::trial;

/// Lists the rules.
pub fn list(args: &RulesList, color: Color) -> u8 {
    let (loaded, bad) = match session::loaded(&args.book, color) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let lexicon = &loaded.book.lexicon;
    let (treatment, edition) = (args.treatment.as_deref(), args.edition.as_deref());
    for (known, id) in [
        (treatment.map(|t| lexicon.treatment(t).is_some()), treatment),
        (edition.map(|e| lexicon.guideline(e).is_some()), edition),
    ] {
        if known == Some(false) {
            eprintln!("error: there is no `{}` in the lexicon", id.unwrap_or_default());
            return exit::USAGE;
        }
    }
    let rows: Vec<Row<'_>> =
        loaded.rules.iter().map(|l| row(l, &loaded)).filter(|r| wanted(r, args, &loaded)).collect();
    match args.format {
        ListFormat::Json => println!("{}", serde_json::to_string_pretty(&rows).unwrap_or_default()),
        ListFormat::Text => {
            for r in &rows {
                println!("{:<40} {:<8} {:<34} {}", r.id, r.status, r.check, r.title);
            }
        }
    }
    if bad { exit::RULEBOOK } else { 0 }
}

/// A rule in a list.
#[derive(serde::Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    status: String,
    check: &'a str,
    severity: Option<&'static str>,
    confidence: &'static str,
    guidelines: Vec<&'a str>,
    treatments: Vec<&'a str>,
    tests: usize,
}

fn row<'a>(loaded: &'a LoadedRule, all: &'a LoadedBook) -> Row<'a> {
    let (rule, lexicon) = (&loaded.rule, &all.book.lexicon);
    let guidelines = rule.authorities.iter().filter_map(|a| a.guideline);
    Row {
        id: &rule.id,
        title: &rule.title,
        status: serde_json::to_value(rule.status).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default(),
        check: rule.check().map_or("criterion", |c| c.id),
        severity: rule.severity.or(rule.check().map(|c| c.severity)).map(|s| s.word()),
        confidence: rule.confidence.word(),
        guidelines: guidelines.map(|g| lexicon.guidelines[g as usize].id.as_str()).collect(),
        treatments: match &rule.body {
            Body::Criterion(c) => c.treatments.iter().map(|t| lexicon.treatments[*t as usize].id.as_str()).collect(),
            Body::Check(_) => Vec::new(),
        },
        tests: loaded.trials.len(),
    }
}

fn wanted(row: &Row<'_>, args: &RulesList, all: &LoadedBook) -> bool {
    let lexicon = &all.book.lexicon;
    let under = |id: &String| {
        let Some(asked) = lexicon.treatment(id) else { return false };
        row.treatments
            .iter()
            .filter_map(|t| lexicon.treatment(t))
            .any(|t| lexicon.is_a(asked, t) || lexicon.is_a(t, asked))
    };
    args.status.as_ref().is_none_or(|s| *s == row.status)
        && args.edition.as_ref().is_none_or(|e| row.guidelines.contains(&e.as_str()))
        && args.treatment.as_ref().is_none_or(under)
}

/// Prints the schema of rule files.
pub fn schema(args: &RulesSchema, color: Color) -> u8 {
    let (loaded, bad) = match session::loaded(&args.book, color) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    println!("{}", serde_json::to_string_pretty(&imrlint::schema::schema(&loaded.book)).unwrap_or_default());
    if bad { exit::RULEBOOK } else { 0 }
}

/// Writes a starting file for a rule.
pub fn new(args: &RulesNew) -> u8 {
    let kebab =
        args.id.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !kebab {
        eprintln!("error: `{}` is no id: write small letters and digits with hyphens between words", args.id);
        return exit::USAGE;
    }
    let book = imrlint::builtin::rulebook();
    let Some(treatment) = book.lexicon.treatment(&args.treatment) else {
        let near = imrlint::yaml::suggest(&args.treatment, book.lexicon.treatments.iter().map(|t| t.id.as_str()));
        // a rule is for treatments; a drug has at least one
        let named = |name: &String| name.eq_ignore_ascii_case(&args.treatment);
        let drug = book.lexicon.drugs.iter().find(|d| named(&d.generic) || d.brands.iter().any(named));
        let of_drug = drug.and_then(|d| d.treatments.first()).map(|t| &book.lexicon.treatments[*t as usize].id);
        let meant = match (of_drug, near) {
            (Some(id), _) => format!("; this drug falls under `{id}`"),
            (None, Some(near)) => format!("; did you mean `{near}`?"),
            (None, None) => "; `imrlint rules ids treatments` prints those that there are".to_string(),
        };
        eprintln!("error: there is no treatment `{}`{meant}", args.treatment);
        return exit::USAGE;
    };
    let path = args.dir.join(format!("{}.yaml", args.id));
    let name = &book.lexicon.treatments[treatment as usize].name;
    // a start that fits what is counted: visits of a therapy, pieces of a drug, nothing of other things
    let text = match book.lexicon.treatments[treatment as usize].kind {
        TreatmentKind::TherapyVisits => include_str!("new_rule.yaml"),
        TreatmentKind::Drug | TreatmentKind::DrugClass => include_str!("new_rule_drug.yaml"),
        _ => include_str!("new_rule_other.yaml"),
    };
    let text = text.replace("ID", &args.id).replace("TREATMENT", &args.treatment).replace("NAME", name);
    // a file that is there is never overwritten
    let mut file = std::fs::OpenOptions::new();
    let written = std::fs::create_dir_all(&args.dir)
        .and_then(|()| file.write(true).create_new(true).open(&path))
        .and_then(|mut f| std::io::Write::write_all(&mut f, text.as_bytes()));
    match written {
        Ok(()) => {
            println!("wrote {}; run `imrlint rules test {}`", path.display(), args.dir.display());
            0
        }
        Err(error) => {
            eprintln!("error: {}: {error}", path.display());
            exit::INPUT
        }
    }
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
    let (loaded, bad) = match session::loaded(&args.book, color) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let Some(found) = loaded.rules.iter().find(|r| r.rule.id == args.rule) else {
        let near = imrlint::yaml::suggest(&args.rule, loaded.rules.iter().map(|r| r.rule.id.as_str()));
        let meant = near.map_or(String::new(), |m| format!("; did you mean `{m}`?"));
        eprintln!("error: there is no rule `{}`{meant}", args.rule);
        return exit::USAGE;
    };
    print!("{}", imrlint::explain::explain(found, &loaded.book));
    if bad { exit::RULEBOOK } else { 0 }
}
