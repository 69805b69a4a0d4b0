//! Text → [`AcceptedFile`]: cut into entries, each read by itself.

use super::{AcceptedFile, Entry, Suppression};
use crate::diagnostic::Problem;
use crate::fingerprint::Fingerprint;
use crate::measure::Date;
use crate::source::Span;
use crate::yaml::{Item, Reader, parse};
use std::ops::Range;

/// Most problems told of one file.
const MAX_PROBLEMS: usize = 100;

/// Reads a file of accepted findings. Good entries are kept whatever is wrong with others.
pub fn load(text: &str) -> (AcceptedFile, Vec<Problem>) {
    let Cut { head, entries, tail } = cut(text);
    let mut file = AcceptedFile { text: text.to_string(), head, tail, ..AcceptedFile::default() };
    let mut problems = Vec::new();
    if let Some(line) = content(text, file.head.clone()) {
        let message = "a file of accepted findings is a list, and this is no entry of it";
        let help = "begin each entry with `- rule: ...` at the beginning of a line";
        problems.push(Problem::error("no-entry", line, message).help(help));
    }
    for range in entries {
        let (entry, mut wrong) = read(text, range);
        problems.append(&mut wrong);
        let Some(entry) = entry else { continue };
        file.by_letter.entry(entry.letter.clone()).or_default().push(file.entries.len());
        file.entries.push(entry);
    }
    if problems.len() > MAX_PROBLEMS {
        let more = problems.split_off(MAX_PROBLEMS);
        let last = more.last().map_or(Span::default(), |p| p.span);
        let message = format!("{} more problems in this file are not shown", more.len());
        problems.push(Problem::error("too-many-problems", last, message).help("mend the first ones and run again"));
    }
    (file, problems)
}

/// A file in its parts, which lie side by side.
struct Cut {
    head: Range<usize>,
    entries: Vec<Range<usize>>,
    tail: Range<usize>,
}

/// Cuts a file where entries begin. Blank lines and comments above an entry belong to it, but those of the file's head, down
/// to its last blank line, to no entry; likewise what stands below the last entry.
fn cut(text: &str) -> Cut {
    let mut starts: Vec<usize> = Vec::new();
    // where the idle lines above begin, if the lines above are idle
    let mut idle: Option<usize> = Some(0);
    let mut head = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}').trim_end();
        if bare == "-" || bare.starts_with("- ") {
            if starts.is_empty() {
                head = head.max(idle.unwrap_or(at));
                idle = Some(head);
            }
            starts.push(idle.unwrap_or(at));
            idle = None;
        } else if bare.is_empty() || bare.starts_with('#') {
            if starts.is_empty() && bare.is_empty() {
                head = at + line.len();
            }
            idle = idle.or(Some(at));
        } else {
            if starts.is_empty() {
                head = at + line.len();
            }
            idle = None;
        }
        at += line.len();
    }
    let tail = if starts.is_empty() { text.len() } else { idle.unwrap_or(text.len()) };
    let head = starts.first().copied().unwrap_or(tail);
    let ends = starts.iter().skip(1).copied().chain([tail]);
    Cut {
        head: 0..head,
        entries: starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect(),
        tail: tail..text.len(),
    }
}

/// The first line of a stretch that says something.
fn content(text: &str, range: Range<usize>) -> Option<Span> {
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}').trim();
        if !(bare.is_empty() || bare.starts_with('#') || bare == "---" || bare == "[]") {
            let start = at + line.find(bare).unwrap_or(0);
            return Some(Span::new(start, start + bare.len()));
        }
        at += line.len();
    }
    None
}

fn read(text: &str, range: Range<usize>) -> (Option<Entry>, Vec<Problem>) {
    let reader = Reader::default();
    let mut entry = None;
    if let Some(root) = parse(&text[range.clone()], &reader) {
        for item in reader.open(&root).list() {
            entry = fields(item, range.clone());
        }
        entry = entry.filter(|_| reader.is_good(&root));
    }
    let by = range.start;
    let mut problems = reader.into_problems();
    for problem in &mut problems {
        problem.span = moved(problem.span, by);
        problem.related.iter_mut().for_each(|label| label.span = moved(label.span, by));
    }
    (entry, problems)
}

fn fields(item: Item<'_>, range: Range<usize>) -> Option<Entry> {
    let mut f = item.fields("an accepted finding")?;
    let rule = f.required("rule").text().map(str::to_string);
    let letter = f.required("letter").text_or_number().map(str::to_string);
    let decision = f.optional("decision");
    let decision = if decision.is_given() { Some(decision.integer(1..=u32::MAX)) } else { None };
    let mark = f.required("fingerprint");
    let (span, mark) = (mark.span().unwrap_or_default(), mark.parse_with("a fingerprint", Fingerprint::parse));
    let mut all = ["reason", "by", "until"].map(|key| f.optional(key));
    // a reason without a name or a last day is half a suppression
    if all.iter().any(|i| i.is_given()) {
        all = ["reason", "by", "until"].map(|key| f.required(key));
    }
    let [reason, by, until] = all;
    let until_span = moved(until.span().unwrap_or_default(), range.start);
    let until_day = until.parse_with("a date", Date::parse);
    let suppression = match (reason.text(), by.text(), until_day) {
        (Some(reason), Some(by), Some(until)) => {
            Some(Suppression { reason: line(reason), by: line(by), until, until_span })
        }
        _ => None,
    };
    f.finish();
    Some(Entry {
        rule: rule?,
        letter: letter?,
        decision: match decision {
            Some(number) => Some(number?),
            None => None,
        },
        fingerprint: mark?,
        suppression,
        span: moved(span, range.start),
        text: range,
    })
}

/// A text of several lines in one.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start as usize + by, span.end as usize + by)
}
