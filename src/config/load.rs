//! Text → [`Config`].

use super::settle::Choice;
use super::{Config, Given, Globs, Origin, PathSection, Profile, SEVERITIES, Section};
use crate::diagnostic::{Confidence, Problem, Severity};
use crate::measure::Date;
use crate::rulebook::{CATALOGUE, Rulebook};
use crate::source::Span;
use crate::yaml::{Fields, Item, Reader, parse, suggest};

/// The words for confidence.
const CONFIDENCES: [(&str, Confidence); 3] =
    [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)];

/// Reads a configuration. Everything that is right is kept, whatever is wrong with the rest.
pub fn load(text: &str) -> (Config, Vec<Problem>) {
    let mut config = Config::default();
    // a file that says nothing is no mistake
    if text.trim_start_matches('\u{feff}').lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#')) {
        return (config, Vec::new());
    }
    let reader = Reader::default();
    if let Some(root) = parse(text, &reader)
        && let Some(mut fields) = reader.open(&root).fields("the configuration")
    {
        config.rules = all(fields.optional("rules"), path);
        config.profile = given(fields.optional("profile"), |item| item.choice(&Profile::ALL));
        config.section = section(&mut fields);
        config.accepted = given(fields.optional("accepted"), path);
        config.exclude = globs(fields.optional("exclude"));
        for item in fields.optional("paths").list() {
            let Some(mut fields) = item.fields("an entry of `paths`") else { continue };
            let matches = globs(fields.required("match"));
            let section = section(&mut fields);
            fields.finish();
            config.paths.push(PathSection { matches, section });
        }
        fields.finish();
    }
    (config, reader.into_problems())
}

/// The keys that the whole file and its `paths` share.
fn section<'a>(fields: &mut Fields<'a>) -> Section {
    Section {
        choice: Choice {
            select: all(fields.optional("select"), name),
            extend_select: all(fields.optional("extend-select"), name),
            ignore: all(fields.optional("ignore"), name),
            severity: severities(fields.optional("severity")),
        },
        preview: given(fields.optional("preview"), Item::boolean),
        minimum_confidence: given(fields.optional("minimum-confidence"), |item| item.choice(&CONFIDENCES)),
        show: given(fields.optional("show"), |item| item.choice(&SEVERITIES)),
        fail_on: given(fields.optional("fail-on"), |item| item.choice(&with("never"))),
        as_of: given(fields.optional("as-of"), |item| item.parse_with("a date", Date::parse)),
    }
}

/// The severities and a word for none of them.
fn with(none: &'static str) -> Vec<(&'static str, Option<Severity>)> {
    SEVERITIES.iter().map(|(word, s)| (*word, Some(*s))).chain([(none, None)]).collect()
}

fn severities(item: Item<'_>) -> Vec<(Given<String>, Given<Option<Severity>>)> {
    let entries = if item.is_given() { item.entries("severities by rule or check") } else { Vec::new() };
    let read = |(entry, item): (&crate::yaml::Entry, Item<'_>)| {
        let origin = Origin::File(entry.key_span);
        // of an entry with a wrong severity the name is still looked at
        let level = given(item, |item| item.choice(&with("off"))).unwrap_or(Given::new(None, origin));
        (Given::new(entry.key.clone(), origin), level)
    };
    entries.into_iter().map(read).collect()
}

fn given<'a, T>(item: Item<'a>, read: impl FnOnce(Item<'a>) -> Option<T>) -> Option<Given<T>> {
    let span = item.span().unwrap_or_default();
    read(item).map(|value| Given::new(value, Origin::File(span)))
}

fn all(item: Item<'_>, read: fn(Item<'_>) -> Option<String>) -> Vec<Given<String>> {
    item.list_or_one().into_iter().filter_map(|i| given(i, read)).collect()
}

fn name(item: Item<'_>) -> Option<String> {
    item.text().map(str::to_string)
}

/// A folder may be named after a year.
fn path(item: Item<'_>) -> Option<String> {
    item.text_or_number().map(str::to_string)
}

fn globs(item: Item<'_>) -> Globs {
    let mut globs = Globs::default();
    for one in item.list_or_one() {
        let Some(pattern) = given(one, path) else { continue };
        let written = pattern.value.clone();
        if let Err(why) = globs.add(pattern) {
            one.report("bad-value", format!("`{written}` is not a pattern of paths: {why}"), None);
        }
    }
    globs
}

impl Config {
    /// Problems of names that neither a rule nor a check, area or treatment has.
    pub fn check_names(&self, book: &Rulebook) -> Vec<Problem> {
        let sections = [&self.section].into_iter().chain(self.paths.iter().map(|p| &p.section));
        let names = sections.flat_map(|s| s.choice.names());
        names
            .filter_map(|name| {
                let span = if let Origin::File(span) = name.origin { span } else { Span::default() };
                let help = "`imrlint rules list` shows all rules with their checks";
                Some(Problem::error("unknown-name", span, unknown_name(&name.value, book)?).help(help))
            })
            .collect()
    }
}

/// What to say of a name that neither a rule nor a check, area or treatment has; nothing if one has it.
pub fn unknown_name(name: &str, book: &Rulebook) -> Option<String> {
    let rules = book.rules.iter().map(|r| r.id.as_str());
    let checks = CATALOGUE.iter().flat_map(|c| [c.id, c.area]);
    let treatments = book.lexicon.treatments.iter().map(|t| t.id.as_str());
    let mut known = rules.chain(checks).chain(treatments);
    if known.clone().any(|k| k == name) {
        return None;
    }
    let meant = suggest(name, &mut known).map_or(String::new(), |m| format!(", did you mean `{m}`?"));
    let short: String = name.chars().take(60).filter(|c| !c.is_control()).collect();
    Some(format!("there is no rule, check, area or treatment `{short}`{meant}"))
}
