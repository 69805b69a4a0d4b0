//! Tests of the whole way from text to problems. Expected places are marked in the input: «like this».

mod hostile;
mod mistakes;
mod readers;
mod tree;

use super::*;
use crate::diagnostic::Problem;
use crate::source::Span;

/// The text without marks, and the places that were marked.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for c in marked.chars() {
        match c {
            '«' => open = Some(text.len()),
            '»' => spans.push(Span::new(open.take().expect("a mark is opened before it is closed"), text.len())),
            c => text.push(c),
        }
    }
    (text, spans)
}

/// A form with one of everything.
fn read_rule(rule: Item<'_>) {
    let Some(mut rule) = rule.fields("a rule") else { return };
    rule.required("id").text();
    rule.optional("title").text();
    rule.required("severity").choice(&[("info", 0), ("warning", 1), ("error", 2)]);
    rule.optional("enabled").boolean();
    rule.optional("days").integer(1..=365);
    rule.optional("dose").number(0.0..=1000.0);
    rule.optional("version").text_or_number();
    rule.optional("from").parse_with("a date", |s| match s.len() {
        10 => Ok(()),
        _ => Err("write it as YYYY-MM-DD".to_string()),
    });
    rule.optional("words").list_or_one().iter().for_each(|w| {
        w.text();
    });
    rule.optional("pages").filled_list().iter().for_each(|w| {
        w.text_or_number();
    });
    if let Some(mut when) = rule.optional("when").fields("a criterion") {
        if let Some((_, found)) = when.exactly_one(&["any", "all"]) {
            found.list();
        }
        when.finish();
    }
    rule.optional("lists").entries("a group of lists").iter().for_each(|(_, v)| {
        v.list();
    });
    rule.finish();
}

/// Everything that is wrong with the text of one rule.
fn problems_of(text: &str) -> Vec<Problem> {
    let reader = Reader::default();
    if let Some(node) = parse(text, &reader) {
        read_rule(reader.open(&node));
    }
    reader.into_problems()
}

/// The problems as lines for comparison.
fn told(text: &str, problems: &[Problem]) -> String {
    let line = |p: &Problem| format!("{}: {} {:?}\n", p.code, p.message, text.get(p.span.range()));
    problems.iter().map(line).collect()
}
