//! `imrlint why`: the trace of a rule through one decision.

use crate::args::{Color, WhyArgs};
use crate::files::Input;
use crate::session::{self, exit};
use imrlint::check::{Trace, why};
use imrlint::config::Plan;
use imrlint::lint::{DateUsed, Options, context};
use imrlint::rulebook::{Body, Rule, Rulebook};
use imrlint::source::Source;
use imrlint::{fact, letter, plain, tree};

/// Prints why a rule did or did not speak.
pub fn print(args: &WhyArgs, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    let Some(rule) = book.rules.iter().find(|r| r.id == args.rule) else {
        let near = imrlint::yaml::suggest(&args.rule, book.rules.iter().map(|r| r.id.as_str()));
        eprintln!(
            "error: there is no rule `{}`{}",
            args.rule,
            near.map_or(String::new(), |m| format!("; did you mean `{m}`?"))
        );
        return exit::USAGE;
    };
    let source = match session::source(&Input::named(&args.letter)) {
        Ok(source) => source,
        Err(error) => {
            eprint!("{}", imrlint::render::input_error(&error, session::error_style(color)));
            return exit::INPUT;
        }
    };
    trace(args, &source, book, rule)
}

fn trace(args: &WhyArgs, source: &Source, book: &Rulebook, rule: &Rule) -> u8 {
    let letter = letter::parse(&source.text, &book.lexicon);
    let facts = fact::gather(&letter, &book.lexicon);
    let options = Options { as_of: args.as_of, ..Options::default() };
    let (context, date) = context(source, &letter, &facts, book, &options);
    println!("{}: {}", rule.id, rule.title);
    println!("edition by {}{}", date.origin(), date.date().map_or(String::new(), |d| format!(" ({d})")));
    let Body::Criterion(body) = &rule.body else {
        return structural(args, source, book, rule, date);
    };
    let wanted = |n: u32| args.decision.is_none_or(|d| d == n);
    let mut any = false;
    for (decision, said) in letter.decisions.iter().zip(&facts.rationales).filter(|(d, _)| wanted(d.n)) {
        any = true;
        println!("\ndecision {}: {}", decision.n, context.request_words(decision));
        let why = why(&context, decision, said, rule, body);
        match why.authority.and_then(|n| rule.authorities[n].guideline) {
            Some(g) => println!("  authority: {}", book.lexicon.guidelines[g as usize].full_title),
            None if why.authority.is_none() => println!("  no edition of the rule was in force: the rule is not asked"),
            None => {}
        }
        if !why.treatment {
            println!("  the request is none of the rule's treatments: not applicable");
            continue;
        }
        for (name, part) in &why.conditions {
            println!("  {name}:");
            print_trace(part, source, book, 2);
        }
        if let Some(test) = &why.test {
            println!("  test:");
            print_trace(test, source, book, 2);
        }
        if !why.exceptions.is_empty() {
            println!("  exceptions:");
            why.exceptions.iter().for_each(|t| print_trace(t, source, book, 2));
        }
        match &why.outcome {
            None => println!("  the rule does not apply"),
            Some(outcome) => {
                let came =
                    outcome.finding.as_ref().map_or("no finding".to_string(), |(check, _)| format!("finding {check}"));
                println!("  verdict {}: {came}", outcome.verdict.word.word());
            }
        }
    }
    if any {
        return 0;
    }
    eprintln!("error: the letter has {} decisions", letter.decisions.len());
    exit::USAGE
}

/// A check of the catalogue has no conditions to trace: its findings are told.
fn structural(args: &WhyArgs, source: &Source, book: &Rulebook, rule: &Rule, _: DateUsed) -> u8 {
    let options = Options { as_of: args.as_of, plan: Plan::only(book, &rule.id), ..Options::default() };
    let report = imrlint::lint::lint(source, book, &options);
    let found: Vec<_> =
        report.findings.iter().filter(|f| args.decision.is_none() || f.decision == args.decision).collect();
    println!("a check of the letter's structure; it found {}", if found.is_empty() { "nothing" } else { "this:" });
    for finding in found {
        let at = source.position(finding.primary().span.start);
        println!("  {}:{} {}", at.line, at.column, finding.message);
    }
    0
}

fn print_trace(trace: &Trace<'_>, source: &Source, book: &Rulebook, depth: usize) {
    let indent = "  ".repeat(depth);
    println!("{indent}{}: {}", plain::condition(trace.test, book), trace.verdict.word.word());
    if trace.parts.is_empty() {
        for evidence in trace.verdict.evidence.iter().take(5) {
            let at = source.position(evidence.span.start);
            let words: Vec<&str> = source.slice(evidence.span).split_whitespace().collect();
            let amount = evidence.amount.as_ref().map_or(String::new(), |a| format!(" = {a}"));
            println!("{indent}  {}:{} \"{}\"{amount}", at.line, at.column, tree::visible(&words.join(" ")));
        }
    }
    trace.parts.iter().for_each(|t| print_trace(t, source, book, depth + 1));
}
