//! Syntax errors of colons, dashes and indentation: what makes a text of lines into groups and lists.

use super::lines;
use super::syntax::{Damage, Fault, Stopped};
use super::words::{quoted, shown};
use crate::source::Span;

impl Stopped<'_> {
    /// A colon where none can be: in a value without quotes, or on a line that is indented too deep.
    pub(super) fn colon(&self) -> Fault {
        let line = lines::range(self.text, self.at);
        let before = &self.text[line.start..self.at];
        let (first, key) = lines::key(&self.text[line.clone()]);
        let colon = lines::character(self.text, self.at);
        if key.is_some_and(|end| line.start + end <= self.at) {
            let value = self.text[line.start + key.unwrap_or(0)..line.end].trim();
            let help = format!("put the whole value in quotes: {}", quoted(value));
            return self.value("yaml-colon", colon, "a colon stands in a value without quotes", &help);
        }
        // the key of this line was read as more text of a value that began on a line above
        let above = lines::range(self.text, self.last_scalar.min(self.at));
        let (upper, _) = lines::key(&self.text[above.clone()]);
        // either that line was to be a key of the same group, or the key of this one
        let alone = self.last_scalar == above.start + upper && !self.text[above.clone()].trim_start().starts_with('-');
        if above.start < line.start && (alone || upper >= lines::indent(before)) {
            return self.no_colon(above.start + upper);
        }
        self.misplaced(line.start + first)
    }

    /// A line that should be `key: value` and is not.
    pub(super) fn no_colon(&self, at: usize) -> Fault {
        let line = lines::range(self.text, at);
        let first = line.start + lines::key(&self.text[line.clone()]).0;
        let content = &self.text[first..line.end];
        if let Some(rest) = content.strip_prefix('-')
            && !rest.starts_with(['-', ' '])
        {
            let place = Span::new(first, first + 1);
            return self.line("yaml-list", place, "a blank is missing after the dash", "write `- ` before each item");
        }
        if let Some((key, rest)) = content.split_once(':')
            && !key.is_empty()
            && !key.contains(' ')
        {
            let place = Span::new(first, first + key.len() + 1);
            let blank = rest.chars().next().filter(|c| c.is_whitespace());
            let (message, help) = match blank {
                Some(c) => (
                    format!("the blank after `{}:` is not the ordinary one (U+{:04X})", shown(key), u32::from(c)),
                    String::new(),
                ),
                None => (
                    format!("a blank is missing after `{}:`", shown(key)),
                    format!("write `{}: {}`", shown(key), shown(rest)),
                ),
            };
            let help = if help.is_empty() { "replace it with an ordinary blank".to_string() } else { help };
            return self.line("yaml-colon", place, message, &help);
        }
        let place = Span::new(first, first + content.trim_end().len());
        let help = "write `key: value`; a line that goes on with the value above must be indented deeper";
        self.line("yaml-colon", place, "this line has no colon", help)
    }

    pub(super) fn no_key(&self) -> Fault {
        let line = lines::range(self.text, self.at);
        let first = line.start + lines::indent(&self.text[line.clone()]);
        if self.text[first..].starts_with("- ") {
            let help = "put items below a key of their own, or take the dash out";
            let place = Span::new(first, first + 1);
            let message = "a list item stands where a key is wanted";
            return Fault { damage: Damage::Block, ..self.line("yaml-list", place, message, help) };
        }
        self.misplaced(first)
    }

    pub(super) fn no_dash(&self) -> Fault {
        let place = self.key_word(self.at);
        let message = format!("`{}` stands among list items without a dash", shown(&self.text[place.range()]));
        let help = "write `- ` before it, or indent it like the lines that it belongs to";
        Fault { damage: Damage::Block, ..self.line("yaml-list", place, message, help) }
    }

    fn misplaced(&self, first: usize) -> Fault {
        let place = self.key_word(first);
        let message = format!("`{}` is indented unlike the lines around it", shown(&self.text[place.range()]));
        let help = "line it up with the first key of its group; if it goes on with the value above, quote that value";
        Fault { damage: Damage::Block, ..self.line("yaml-indent", place, message, help) }
    }

    /// The word at an offset without the colon of a key.
    fn key_word(&self, at: usize) -> Span {
        let mut place = lines::word(self.text, at);
        if place.len() > 1 && self.text[place.range()].ends_with(':') {
            place.end -= 1;
        }
        place
    }
}
