//! A map with known keys, asked key by key.

use super::item::{Item, Name};
use super::node::{Entry, Node};
use super::reader::Reader;
use super::words::{did_you_mean, listed, shown, suggest};
use crate::diagnostic::Problem;

/// A map that is asked for its keys one after the other. What is missing is reported when the value goes out of
/// scope, what is unknown by [`Fields::finish`]: only then are all keys known.
#[derive(Debug)]
pub struct Fields<'a> {
    reader: &'a Reader,
    what: &'a str,
    node: &'a Node,
    entries: &'a [Entry],
    asked: Vec<&'a str>,
    missing: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(reader: &'a Reader, what: &'a str, node: &'a Node, entries: &'a [Entry]) -> Fields<'a> {
        Fields { reader, what, node, entries, asked: Vec::new(), missing: Vec::new() }
    }

    /// The reader that collects the problems.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// The value of a key that may be absent.
    pub fn optional(&mut self, key: &'a str) -> Item<'a> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let entry = self.entries.iter().find(|e| e.key == key);
        Item { reader: self.reader, node: entry.map(|e| &e.value), name: Name::Key(key) }
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'a str) -> Item<'a> {
        let item = self.optional(key);
        if !item.is_given() && !self.missing.contains(&key) {
            self.missing.push(key);
        }
        item
    }

    /// The one key of several that is written, by its number in `keys`, with its value. None or more than one is a
    /// problem.
    pub fn exactly_one(&mut self, keys: &[&'a str]) -> Option<(usize, Item<'a>)> {
        let given: Vec<(usize, Item<'a>)> =
            keys.iter().enumerate().map(|(i, key)| (i, self.optional(key))).filter(|(_, v)| v.is_given()).collect();
        if let [(first, _), (second, _), ..] = given.as_slice() {
            let places: Vec<&Entry> = self.entries.iter().filter(|e| keys.contains(&e.key.as_str())).collect();
            if let [one, two, ..] = places.as_slice() {
                let message = format!("`{}` and `{}` cannot stand together", keys[*first], keys[*second]);
                let help = format!("keep one of {}", listed(keys.iter().copied(), "and"));
                let problem = Problem::error("too-many-keys", two.key_span, message);
                self.reader.report(problem.related(one.key_span, "the other is here").help(help));
            }
        } else if given.is_empty() && !self.node.cut && self.stranger(keys.iter().copied()).is_none() {
            let message = format!("{} needs one of {}", self.what, listed(keys.iter().copied(), "or"));
            self.reader.report(Problem::error("missing-key", self.node.head, message));
        }
        given.into_iter().next()
    }

    /// Reports every key that was never asked for.
    pub fn finish(mut self) {
        let strangers: Vec<&Entry> = self.entries.iter().filter(|e| !self.asked.contains(&e.key.as_str())).collect();
        for entry in strangers {
            let meant = if self.reader.is_full() { None } else { self.meant(&entry.key) };
            // one slip is one problem: the key that was meant is not missing as well
            self.missing.retain(|key| meant.as_deref() != Some(key));
            let message = format!("unknown key `{}` in {}{}", shown(&entry.key), self.what, did_you_mean(meant));
            let help = match entry.key.split_once(':') {
                Some((key, _)) if self.asked.contains(&key) => format!("put a blank after the colon of `{key}:`"),
                _ => format!("the keys of {} are {}", self.what, listed(self.asked.iter().copied(), "and")),
            };
            self.reader.report(Problem::error("unknown-key", entry.key_span, message).help(help));
        }
    }

    /// The known key that an unknown one stands for; keys that are not there yet come first.
    fn meant(&self, word: &str) -> Option<String> {
        let written = |key: &&str| self.entries.iter().any(|e| e.key == *key);
        let glued = word.split_once(':').map_or(word, |(key, _)| key);
        let absent = self.asked.iter().copied().filter(|key| !written(key));
        suggest(glued, absent).or_else(|| suggest(glued, self.asked.iter().copied()))
    }

    /// A key of the map that is near to one of these words but not asked for so far.
    fn stranger(&self, keys: impl Iterator<Item = &'a str> + Clone) -> Option<&'a Entry> {
        let unknown = |e: &&Entry| !self.asked.contains(&e.key.as_str());
        self.entries.iter().filter(unknown).find(|e| suggest(&e.key, keys.clone()).is_some())
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        if self.node.cut || self.missing.is_empty() {
            return;
        }
        for key in &self.missing {
            let problem = Problem::error("missing-key", self.node.head, format!("{} needs the key `{key}`", self.what));
            self.reader.report(problem.label(format!("`{key}` is missing")).help(format!("add a line `{key}: ...`")));
        }
    }
}
