//! The tree that a YAML text is read into.

use crate::source::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The whole value: quotes and brackets belong to it, comments and the line end behind it do not. Empty where a
    /// value is missing.
    pub span: Span,
    /// The few words to show when something is said about the value as a whole: the scalar or bracketed collection
    /// itself, the key (or dash) of a block list, a block map or a missing value.
    pub head: Span,
    /// What stands there.
    pub value: Value,
    /// A line in it could not be read and was reported; nothing is to be said about keys that it seems to lack.
    pub cut: bool,
}

/// What can stand in a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: a key or dash with no value. A written `~` or `null` is a scalar.
    Null,
    /// A text, word or number, not yet interpreted.
    Scalar(Scalar),
    /// Items in file order.
    List(Vec<Node>),
    /// Entries in file order; of duplicate keys only the first.
    Map(Vec<Entry>),
    /// Something that was refused and reported (an alias, a broken stretch): readers pass over it in silence.
    Refused,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key's text without quotes.
    pub key: String,
    /// The key, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// A text as the author wrote it: `1.10` stays "1.10" and `no` stays "no".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text after quotes, escapes and folded lines are undone.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// Below a `|` or `>`.
    Block,
}

impl Node {
    /// The scalar, if the value is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            _ => None,
        }
    }

    /// The place of a part of a scalar's text, in bytes of [`Scalar::text`]. The whole scalar if escapes or folded
    /// lines make the text differ from what is written.
    pub fn part(&self, start: usize, end: usize) -> Span {
        let Some(scalar) = self.scalar() else { return self.span };
        let quote = usize::from(scalar.style == Style::Quoted);
        // a block text ends in a line end that its span leaves out
        let text = if scalar.style == Style::Block { scalar.text.trim_end() } else { &scalar.text };
        // escapes and folds only ever shorten, so equal lengths mean equal offsets
        let verbatim = self.span.len() == text.len() + 2 * quote;
        if !verbatim || start > end || end > text.len() {
            return self.span;
        }
        let from = self.span.start as usize + quote;
        Span::new(from + start, from + end)
    }
}
