//! One value that may be missing, with typed getters that report what is wrong and give nothing.

use super::fields::Fields;
use super::node::{Entry, Node, Scalar, Style, Value};
use super::plain::{other_reading, truth};
use super::reader::Reader;
use super::words::{did_you_mean, listed, quoted, shown, suggest};
use crate::diagnostic::Problem;
use crate::source::Span;
use std::fmt;
use std::ops::RangeInclusive;

/// A value to be asked for its type. Every getter gives `None` for a value that is absent (that is no problem: a
/// missing required key was reported by [`Fields`]) or not of the type (that is reported here).
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    pub(super) reader: &'a Reader,
    pub(super) node: Option<&'a Node>,
    pub(super) name: Name<'a>,
}

/// What a message calls the value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name<'a> {
    /// The root.
    File,
    /// The value of a key.
    Key(&'a str),
    /// An item (from 1) of the list of a key.
    Nth(&'a str, usize),
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::File => write!(f, "the file"),
            Name::Key(key) => write!(f, "`{}`", shown(key)),
            Name::Nth("", n) => write!(f, "item {n}"),
            Name::Nth(key, n) => write!(f, "item {n} of `{}`", shown(key)),
        }
    }
}

impl<'a> Item<'a> {
    /// Whether anything was written, right or wrong.
    pub fn is_given(self) -> bool {
        self.node.is_some()
    }

    /// The value itself, unless absent.
    pub fn node(self) -> Option<&'a Node> {
        self.node
    }

    /// Where to show a message about the value; none if absent.
    pub fn span(self) -> Option<Span> {
        self.node.map(|n| n.head)
    }

    /// Reports a problem of this value in the caller's own words; nothing happens if the value is absent or was
    /// refused already.
    pub fn report(self, code: &'static str, message: impl Into<String>, help: Option<String>) {
        if let Some(node) = self.node
            && node.value != Value::Refused
        {
            self.reader.report(Problem { help, ..Problem::error(code, node.head, message) });
        }
    }

    /// Reports a problem at a part of this value.
    pub fn report_at(self, span: Span, code: &'static str, message: impl Into<String>) {
        self.reader.report(Problem::error(code, span, message));
    }

    /// A text that is not empty. An unquoted word that other programs read as a truth value, a number, a date or
    /// nothing must be in quotes.
    pub fn text(self) -> Option<&'a str> {
        let scalar = self.scalar("a text")?;
        if scalar.style == Style::Plain
            && let Some(reading) = other_reading(&scalar.text)
        {
            let message = format!("`{}` must be in quotes where a text is wanted", shown(&scalar.text));
            let help = format!("write {}; without quotes some programs read it as {reading}", quoted(&scalar.text));
            self.report("unquoted-text", message, Some(help));
            return None;
        }
        self.filled(scalar)
    }

    /// A text that is not empty and may look like a number or a date: a page, a version, a dose.
    pub fn text_or_number(self) -> Option<&'a str> {
        let scalar = self.scalar("a text or number")?;
        let odd = scalar.style == Style::Plain
            && matches!(other_reading(&scalar.text), Some("nothing at all" | "true or false"));
        if odd { self.text() } else { self.filled(scalar) }
    }

    /// A text that may be empty (`""`).
    pub fn text_or_empty(self) -> Option<&'a str> {
        match self.node?.scalar() {
            Some(scalar) if scalar.text.trim().is_empty() => Some(""),
            _ => self.text(),
        }
    }

    /// A whole number within bounds.
    pub fn integer(self, range: RangeInclusive<u32>) -> Option<u32> {
        let text = self.number_text("a whole number", &|s| s.bytes().all(|b| b.is_ascii_digit()))?;
        // too many digits for the type is out of range as well
        let value = text.parse::<u32>().ok().filter(|v| range.contains(v));
        if value.is_none() {
            self.out_of_range(text, range.start(), range.end());
        }
        value
    }

    /// A number, with or without decimals, within bounds.
    pub fn number(self, range: RangeInclusive<f64>) -> Option<f64> {
        let text = self.number_text("a number", &is_decimal)?;
        let value = text.parse::<f64>().ok().filter(|v| range.contains(v));
        if value.is_none() {
            self.out_of_range(text, range.start(), range.end());
        }
        value
    }

    /// `true` or `false` and nothing else.
    pub fn boolean(self) -> Option<bool> {
        let scalar = self.scalar("true or false")?;
        match (scalar.style, scalar.text.as_str()) {
            (Style::Plain, "true") => Some(true),
            (Style::Plain, "false") => Some(false),
            (style, text) => {
                let message = format!("{} must be true or false, not `{}`", self.name, shown(text));
                let help = truth(text).map(|t| {
                    let way = if style == Style::Quoted { " without quotes" } else { "" };
                    format!("write {t}{way}")
                });
                self.report("wrong-type", message, help.or_else(|| Some("write true or false".to_string())));
                None
            }
        }
    }

    /// The number of the choice that is written here, counted from 0.
    pub fn one_of(self, choices: &[&str]) -> Option<usize> {
        let scalar = self.scalar("a word")?;
        let found = choices.iter().position(|c| *c == scalar.text);
        if found.is_none() {
            let nearest = if self.reader.is_full() { None } else { suggest(&scalar.text, choices.iter().copied()) };
            let tail = did_you_mean(nearest);
            let message = format!("{} cannot be `{}`{tail}", self.name, shown(&scalar.text));
            let help = format!("choose {}", listed(choices.iter().copied(), "or"));
            self.report("unknown-value", message, Some(help));
        }
        found
    }

    /// What stands for the word that is written here.
    pub fn choice<T: Clone>(self, choices: &[(&str, T)]) -> Option<T> {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.one_of(&words).map(|i| choices[i].1.clone())
    }

    /// A text, number or date in a notation of the caller's ("a date", "a page"). The caller's error says what is
    /// wrong with it and becomes the end of the message.
    pub fn parse_with<T>(self, what: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text_or_number()?;
        match parse(text) {
            Ok(value) => Some(value),
            Err(why) => {
                let tail = if why.is_empty() { String::new() } else { format!(": {why}") };
                self.report("bad-value", format!("`{}` is not {what}{tail}", shown(text)), None);
                None
            }
        }
    }

    /// The items of a list; none if absent or not a list. An empty list (`[]`) is fine.
    pub fn list(self) -> Vec<Item<'a>> {
        match self.node.map(|n| &n.value) {
            None => Vec::new(),
            Some(Value::List(items)) => self.items(items),
            Some(_) => {
                let help = match self.node.and_then(Node::scalar) {
                    Some(s) => format!("write [{}], or put each item on a line of its own after `- `", shown(&s.text)),
                    None => "begin each item on a line of its own with `- `".to_string(),
                };
                self.wrong("a list", Some(help));
                Vec::new()
            }
        }
    }

    /// The items of a list, or the one value that stands in its place.
    pub fn list_or_one(self) -> Vec<Item<'a>> {
        match self.node.map(|n| &n.value) {
            Some(Value::Scalar(_) | Value::Map(_)) => vec![self],
            _ => self.list(),
        }
    }

    /// The items of a list that must have at least one.
    pub fn filled_list(self) -> Vec<Item<'a>> {
        if matches!(self.node.map(|n| &n.value), Some(Value::List(items)) if items.is_empty()) {
            self.report("empty-list", format!("{} needs at least one item", self.name), None);
        }
        self.list()
    }

    /// The entries of a map whose keys the author chooses; the item is the value.
    pub fn entries(self, what: &str) -> Vec<(&'a Entry, Item<'a>)> {
        let reader = self.reader;
        let map = self.map(what);
        map.map(|(entries, _)| entries)
            .unwrap_or_default()
            .iter()
            .map(|e| (e, Item { reader, node: Some(&e.value), name: Name::Key(&e.key) }))
            .collect()
    }

    /// The map as a form with known keys; `what` is what it describes, with its article ("a rule").
    pub fn fields(self, what: &'a str) -> Option<Fields<'a>> {
        self.map(what).map(|(entries, node)| Fields::new(self.reader, what, node, entries))
    }

    fn map(self, what: &str) -> Option<(&'a [Entry], &'a Node)> {
        let node = self.node?;
        if let Value::Map(entries) = &node.value {
            return Some((entries, node));
        }
        let wanted = format!("{what}, with a line `key: value` for each part");
        self.wrong(&wanted, None);
        None
    }

    fn items(self, items: &'a [Node]) -> Vec<Item<'a>> {
        let owner = match self.name {
            Name::File => "",
            Name::Key(key) | Name::Nth(key, _) => key,
        };
        let item = |(i, node)| Item { reader: self.reader, node: Some(node), name: Name::Nth(owner, i + 1) };
        items.iter().enumerate().map(item).collect()
    }

    fn scalar(self, wanted: &str) -> Option<&'a Scalar> {
        let node = self.node?;
        if let Value::Scalar(scalar) = &node.value {
            return Some(scalar);
        }
        // "Norco: denied" as a list item is a map for YAML
        let colon = matches!(&node.value, Value::Map(entries) if entries.len() == 1);
        let help = "if the colon belongs to the text, put the whole text in quotes";
        self.wrong(wanted, colon.then(|| help.to_string()));
        None
    }

    fn filled(self, scalar: &'a Scalar) -> Option<&'a str> {
        if scalar.text.trim().is_empty() {
            self.report("empty-text", format!("{} must not be empty", self.name), None);
            return None;
        }
        Some(&scalar.text)
    }

    fn wrong(self, wanted: &str, help: Option<String>) {
        let found = match self.node.map(|n| &n.value) {
            None | Some(Value::Refused) => return,
            Some(Value::Null) => {
                let message = format!("{} has no value", self.name);
                let help = match wanted {
                    "a list" => "write [] for an empty list, or take the key out",
                    _ => "write a value, or take the line out",
                };
                return self.report("missing-value", message, Some(help.to_string()));
            }
            Some(Value::Scalar(s)) => format!("`{}`", shown(&s.text)),
            Some(Value::List(_)) => "a list".to_string(),
            Some(Value::Map(_)) => "a group of keys".to_string(),
        };
        self.report("wrong-type", format!("{} must be {wanted}, not {found}", self.name), help);
    }

    fn out_of_range(self, text: &str, least: impl fmt::Display, most: impl fmt::Display) {
        let message = format!("{} must be from {least} to {most}, not {}", self.name, shown(text));
        self.report("out-of-range", message, None);
    }

    /// The text of a number, or a report that says how it should be written.
    fn number_text(self, wanted: &str, fits: &dyn Fn(&str) -> bool) -> Option<&'a str> {
        let scalar = self.scalar(wanted)?;
        let text = scalar.text.as_str();
        let leading_zero = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
        if scalar.style == Style::Plain && fits(text) && !text.is_empty() && !leading_zero {
            return Some(text);
        }
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let help = if fits(text) && leading_zero {
            Some(format!("write {} without leading zeros", text.trim_start_matches('0')))
        } else if fits(text) {
            Some(format!("write {} without quotes", shown(text)))
        } else if text.contains(',') {
            Some("write a point before decimals, and nothing between thousands".to_string())
        } else if digits > 0 && fits(&text[..digits]) {
            Some(format!("write {} alone, without a unit", &text[..digits]))
        } else {
            None
        };
        self.report("wrong-type", format!("{} must be {wanted}, not `{}`", self.name, shown(text)), help);
        None
    }
}

fn is_decimal(text: &str) -> bool {
    let body = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = body.split_once('.').unwrap_or((body, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(part)
}
