//! One rule file → [`Rule`].

use super::logic::Logic;
use super::{LoadedRule, RuleFile};
use crate::diagnostic::{Confidence, Severity};
use crate::lexicon::{Loader, Names};
use crate::measure::Quantity;
use crate::rulebook::trials::read_trials;
use crate::rulebook::{Authority, Body, CATALOGUE, CheckInfo, Criterion, Role, Rule, Scope, Status, Template};
use crate::source::Span;
use crate::yaml::{Fields, Item, suggest};
use std::collections::BTreeMap;

const CONFIDENCE: [(&str, Confidence); 3] =
    [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)];
pub const SEVERITY: [(&str, Severity); 3] =
    [("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];
pub const STATUS: [(&str, Status); 3] =
    [("preview", Status::Preview), ("stable", Status::Stable), ("retired", Status::Retired)];

/// Wording keys of a criterion: the checks that the expectation table can lead to.
const CRITERION_CASES: [&str; 3] = ["approved-not-met", "approved-undocumented", "denied-but-met"];
const CRITERION_LABELS: [&str; 4] = ["evidence", "outcome", "ground", "request"];
const CRITERION_HOLES: [&str; 4] = ["criterion", "treatment", "amount", "limit"];

/// Reads a rule; problems go to the reader, and the caller keeps the rule only if there are none.
/// `split` makes a list of each of its phrases.
pub fn read(
    root: Item<'_>,
    file: usize,
    source: RuleFile<'_>,
    lexicon: &mut Loader,
    split: bool,
) -> Option<LoadedRule> {
    let mut f = root.fields("a rule")?;
    let id_item = f.required("id");
    let id = id_item.text()?.to_string();
    check_id(&id, id_item, source.path);
    let title = f.required("title").text().unwrap_or_default().to_string();
    let status = f.required("status").choice(&STATUS).unwrap_or(Status::Preview);
    let severity = f.optional("severity").choice(&SEVERITY);
    let confidence = f.required("confidence").choice(&CONFIDENCE).unwrap_or(Confidence::Medium);
    if status == Status::Stable && confidence == Confidence::Low {
        f.optional("status").report(
            "low-confidence-stable",
            "a rule of low confidence cannot be stable",
            Some("write `status: preview` until its facts are confirmed".to_string()),
        );
    }
    let authorities = authorities(f.required("authority"), lexicon);
    let body = body(&mut f, Logic { rule: &id, authorities: &authorities, lexicon, lists: 0, split });
    let info = match &body {
        Some(Body::Check(number)) => CATALOGUE.get(*number as usize),
        _ => None,
    };
    let messages = wording(&mut f, info);
    let labels = labels(&mut f, info);
    let holes = info.map_or(&CRITERION_HOLES[..], |i| i.holes);
    let help = template(f.optional("help"), holes);
    let explain = f.required("explain").text().unwrap_or_default().trim().to_string();
    let checks: Vec<&str> = CATALOGUE.iter().map(|c| c.id).collect();
    let tests = f.required("tests");
    let trials = read_trials(tests, &checks);
    let factor = matches!(&body, Some(Body::Criterion(c)) if c.role == Role::Factor);
    both_kinds(tests, &trials, factor);
    f.optional("note").text();
    f.optional("measured").text();
    f.finish();
    let rule = Rule { id, title, status, severity, confidence, authorities, body: body?, messages, labels, help };
    Some(LoadedRule { rule, file, id_span: id_item.span().unwrap_or_default(), explain, trials })
}

/// An id is kebab-case and the name of its file.
fn check_id(id: &str, item: Item<'_>, path: &str) {
    let kebab = id.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !kebab {
        let help = "write small letters and digits with hyphens between words".to_string();
        item.report("bad-id", format!("`{id}` is no id"), Some(help));
        return;
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name);
    if stem != id {
        let help = format!("name the file {id}.yaml, or write `id: {stem}`");
        item.report("id-and-file", format!("the rule `{id}` stands in a file of another name"), Some(help));
    }
}

fn authorities(item: Item<'_>, lexicon: &Loader) -> Vec<Authority> {
    let mut all: Vec<Authority> = Vec::new();
    for item in item.list_or_one() {
        let Some(mut f) = item.fields("an authority") else { continue };
        let guideline = f.optional("guideline");
        let number = resolve(guideline, "guideline", &lexicon.names(Names::Guidelines));
        let section_item = f.optional("section");
        let section = number.and_then(|g| resolve(section_item, "section", &lexicon.sections(g)));
        if section_item.is_given() && !guideline.is_given() {
            section_item.report("section-alone", "a section needs its guideline", None);
        }
        let pages_item = f.optional("pages");
        let pages = pages_item.text_or_number().map(str::to_string);
        if let (Some(text), Some(g)) = (&pages, number) {
            page_ranges(pages_item, text, lexicon.pages(g));
        }
        let regulation = f.optional("regulation").text().map(str::to_string);
        let limits = f
            .optional("limits")
            .entries("the limits")
            .into_iter()
            .filter_map(|(entry, value)| Some((entry.key.clone(), value.parse_with("a limit", Quantity::parse)?)))
            .collect();
        let note = f.optional("note").text().map(str::to_string);
        if number.is_none() && regulation.is_none() && !guideline.is_given() {
            item.report("no-authority", "an authority names a guideline or a regulation", None);
        }
        f.finish();
        all.push(Authority { guideline: number, section, pages, regulation, limits, note });
    }
    overlaps(item, &all, lexicon);
    if all.is_empty() && item.is_given() {
        item.report("no-authority", "a rule needs an authority", None);
    }
    all
}

/// Two editions of one rule may not be in force on the same day with different limits: nothing would tell which holds.
fn overlaps(item: Item<'_>, all: &[Authority], lexicon: &Loader) {
    for (n, second) in all.iter().enumerate() {
        let days = |a: &Authority| a.guideline.and_then(|g| lexicon.in_force(g));
        let clash = all[..n].iter().position(|first| {
            let (Some(a), Some(b)) = (days(first), days(second)) else { return false };
            let apart = a.1.zip(b.0).is_some_and(|(end, start)| end < start)
                || b.1.zip(a.0).is_some_and(|(end, start)| end < start);
            !apart && first.limits != second.limits
        });
        if let Some(first) = clash {
            let message = format!(
                "the editions of authority {} and {} are in force on the same days with different limits",
                first + 1,
                n + 1
            );
            item.report("editions-overlap", message, Some("give both the same limits, or write two rules".to_string()));
        }
    }
}

/// Pages as ranges; none if they are wrong, which is told.
pub fn page_ranges(item: Item<'_>, text: &str, bounds: Option<(u32, u32)>) -> Option<Vec<(u32, u32)>> {
    let mut ranges = Vec::new();
    for part in text.split(',') {
        let numbers: Vec<Option<u32>> = part.split('-').map(|n| n.trim().parse().ok()).collect();
        let (first, last) = match numbers[..] {
            [Some(n)] => (n, n),
            [Some(a), Some(b)] => (a, b),
            _ => {
                let help = "write 46, or 74-96, or 78, 80".to_string();
                item.report("bad-value", format!("`{text}` is no page or range of pages"), Some(help));
                return None;
            }
        };
        if first > last {
            item.report("pages-backwards", format!("the pages `{}` run backwards", part.trim()), None);
            return None;
        }
        if let Some((from, to)) = bounds
            && (first < from || last > to)
        {
            let message = format!("page {} lies outside of the guideline's pages {from}-{to}", part.trim());
            item.report("pages-outside", message, None);
            return None;
        }
        ranges.push((first, last));
    }
    Some(ranges)
}

fn body(f: &mut Fields<'_>, mut logic: Logic<'_>) -> Option<Body> {
    let ids: Vec<&str> = CATALOGUE.iter().filter(|c| c.scope != Scope::Criterion).map(|c| c.id).collect();
    let (which, item) = f.exactly_one(&["check", "criterion"])?;
    let applies = f.optional("applies");
    let exceptions = f.optional("exceptions");
    if which == 0 {
        for extra in [applies, exceptions] {
            extra.report("key-without-criterion", "this key belongs to a rule with a `criterion`", None);
        }
        let number = item.one_of(&ids)?;
        return crate::rulebook::check_number(ids[number]).map(Body::Check);
    }
    let mut criterion = Criterion {
        treatments: Vec::new(),
        except_treatments: Vec::new(),
        body_parts: Vec::new(),
        when: None,
        unless: None,
        role: Role::Necessary,
        warn_undocumented: false,
        only_recited: false,
        quiet: false,
        test: crate::rulebook::Test::All(Vec::new()),
        exceptions: Vec::new(),
        grounds: Vec::new(),
        missed: Vec::new(),
    };
    if let Some(mut a) = applies.fields("what the criterion applies to") {
        let treatments = logic.lexicon.names(Names::Treatments);
        criterion.treatments = resolve_all(a.required("treatment"), "treatment", &treatments);
        criterion.except_treatments = resolve_all(a.optional("except"), "treatment", &treatments);
        criterion.body_parts =
            resolve_all(a.optional("body-part"), "body part", &logic.lexicon.names(Names::BodyParts));
        criterion.when = logic.test(a.optional("when"));
        criterion.unless = logic.test(a.optional("unless"));
        a.finish();
    } else if !applies.is_given() {
        item.report("missing-key", "a criterion needs the key `applies` beside it", None);
    }
    let mut c = item.fields("a criterion")?;
    let roles = [("necessary", Role::Necessary), ("sufficient", Role::Sufficient), ("factor", Role::Factor)];
    criterion.role = c.required("role").choice(&roles).unwrap_or(Role::Factor);
    let undocumented = c.optional("undocumented").one_of(&["ignore", "warn", "recited", "told"]);
    criterion.warn_undocumented = undocumented.is_some_and(|n| n > 0);
    criterion.only_recited = undocumented == Some(2);
    criterion.quiet = undocumented == Some(3);
    let test = logic.test(c.required("test"));
    criterion.exceptions = exceptions.list_or_one().into_iter().filter_map(|e| logic.test(e)).collect();
    let grounds = c.optional("grounds");
    if grounds.is_given() {
        criterion.grounds = logic.lists_of(grounds);
    }
    let missed = c.optional("missed");
    if missed.is_given() {
        criterion.missed = logic.lists_of(missed);
    }
    c.finish();
    criterion.test = test?;
    Some(Body::Criterion(Box::new(criterion)))
}

/// The message, or one for each case.
fn wording(f: &mut Fields<'_>, info: Option<&CheckInfo>) -> BTreeMap<String, Template> {
    let mut out = BTreeMap::new();
    let (cases, holes) = info.map_or((&CRITERION_CASES[..], &CRITERION_HOLES[..]), |i| (i.cases, i.holes));
    let (message, messages) = (f.optional("message"), f.optional("messages"));
    // a rule may speak on some cases of its check only: the others may have a rule of another status
    let chosen = f.optional("cases");
    let cases: Vec<&str> = match info.filter(|_| chosen.is_given()) {
        Some(_) => chosen.list_or_one().into_iter().filter_map(|c| c.one_of(cases).map(|n| cases[n])).collect(),
        None => cases.to_vec(),
    };
    if let Some(template) = message_template(message, holes) {
        for case in &cases {
            out.insert((*case).to_string(), template.clone());
        }
    }
    for (entry, value) in messages.entries("the messages") {
        if !cases.contains(&entry.key.as_str()) {
            let meant =
                suggest(&entry.key, cases.iter().copied()).map_or(String::new(), |m| format!(", did you mean `{m}`?"));
            let help = Some(format!("the cases here are {}", cases.join(", ")));
            value.report("unknown-case", format!("there is no case `{}`{meant}", entry.key), help);
        } else if let Some(template) = message_template(value, holes) {
            out.insert(entry.key.clone(), template);
        }
    }
    if info.is_some() && !message.is_given() {
        let missing: Vec<&str> = cases.iter().copied().filter(|c| !out.contains_key(*c)).collect();
        if !missing.is_empty() && messages.is_given() {
            messages.report("missing-case", format!("no message for the case {}", missing.join(", ")), None);
        } else if !missing.is_empty() {
            f.required("message");
        }
    }
    out
}

/// A message, which stands in one line with others.
fn message_template(item: Item<'_>, holes: &[&str]) -> Option<Template> {
    let template = template(item, holes)?;
    let first: Vec<char> = template.text.chars().take(2).collect();
    // an abbreviation keeps its capitals: "TENS unit"
    let capital =
        matches!(first[..], [one, ref rest @ ..] if one.is_uppercase() && !rest.iter().any(|c| c.is_uppercase()));
    if capital || template.text.ends_with('.') {
        let help = "messages stand in one line with others: \"3 levels approved, at most 2\"".to_string();
        item.report("message-style", "a message begins with a small letter and ends without a full stop", Some(help));
    }
    Some(template)
}

fn labels(f: &mut Fields<'_>, info: Option<&CheckInfo>) -> BTreeMap<String, Template> {
    let (names, holes) = info.map_or((&CRITERION_LABELS[..], &CRITERION_HOLES[..]), |i| (i.labels, i.holes));
    let mut out = BTreeMap::new();
    for (entry, value) in f.optional("labels").entries("the labels") {
        if !names.contains(&entry.key.as_str()) {
            let help = Some(format!("the labels here are {}", names.join(", ")));
            value.report("unknown-label", format!("there is no label `{}`", entry.key), help);
        } else if let Some(template) = template(value, holes) {
            out.insert(entry.key.clone(), template);
        }
    }
    out
}

fn template(item: Item<'_>, holes: &[&str]) -> Option<Template> {
    let text = item.text()?;
    match Template::parse(text, holes) {
        Ok(template) => Some(template),
        Err((message, bytes)) => {
            let span = item.node().map_or(Span::default(), |n| n.part(bytes.start, bytes.end));
            item.report_at(span, "bad-hole", message);
            None
        }
    }
}

/// A rule is tested both ways: a letter on which it speaks, and a near miss on which it does not.
fn both_kinds(tests: Item<'_>, trials: &[crate::rulebook::Trial], factor: bool) {
    if !tests.is_given() {
        return;
    }
    let silent = trials.iter().any(|t| t.expect == crate::rulebook::Expectation::Silent);
    let firing = trials.iter().any(|t| t.expect != crate::rulebook::Expectation::Silent);
    if factor {
        if trials.iter().all(|t| t.verdict.is_none()) {
            tests.report("missing-test", "a factor needs a test with its `verdict`", None);
        }
    } else if !silent || !firing {
        let missing = if silent { "`expect: finding`" } else { "`expect: silent`" };
        let help = "every rule has a letter on which it speaks and a near miss on which it is silent".to_string();
        tests.report("missing-test", format!("no test with {missing}"), Some(help));
    }
}

/// The number of the id that is written here.
pub fn resolve(item: Item<'_>, what: &str, known: &[&str]) -> Option<u16> {
    let text = item.text()?;
    if let Some(number) = known.iter().position(|k| *k == text) {
        return Some(number as u16);
    }
    let meant = suggest(text, known.iter().copied()).map_or(String::new(), |m| format!(", did you mean `{m}`?"));
    let help = match what {
        "treatment" | "guideline" | "section" | "statement" | "list" | "body part" => {
            let kind = if what == "section" { "guideline" } else { what }.replace(' ', "-");
            Some(format!("`imrlint rules ids {kind}s` prints those that there are"))
        }
        _ => None,
    };
    item.report("unknown-id", format!("there is no {what} `{text}`{meant}"), help);
    None
}

/// The numbers of all ids that are written here.
pub fn resolve_all(item: Item<'_>, what: &str, known: &[&str]) -> Vec<u16> {
    item.list_or_one().into_iter().filter_map(|i| resolve(i, what, known)).collect()
}
