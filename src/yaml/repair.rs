//! The text as the parser gets it: broken stretches overwritten with blanks, so that all offsets stay true.

use super::lines;
use super::syntax::{Damage, Fault};
use crate::source::Span;
use std::ops::Range;

/// A copy of the text with blanks where something could not be read.
#[derive(Debug)]
pub(super) struct Repair {
    /// Same length as the original, line ends in the same places.
    pub(super) text: String,
    /// What was overwritten. Invariant: sorted by start, so that many stretches cost no more than few.
    blanked: Vec<Blank>,
}

/// A stretch that was left out.
#[derive(Debug)]
struct Blank {
    range: Range<usize>,
    /// Whether a key may be lost with it.
    keyless: bool,
}

impl Repair {
    pub(super) fn new(text: &str) -> Repair {
        Repair { text: text.to_string(), blanked: Vec::new() }
    }

    /// Overwrites one unreadable character; the value around it is still good.
    pub(super) fn erase(&mut self, span: Span) {
        self.text.replace_range(span.range(), &" ".repeat(span.len()));
    }

    /// Whether a stretch begins within the range.
    pub(super) fn touches(&self, range: Range<usize>) -> bool {
        self.within(range).next().is_some()
    }

    /// Whether a stretch begins within the range and may have had a key of its own.
    pub(super) fn lost_key(&self, range: Range<usize>) -> bool {
        self.within(range).any(|b| b.keyless)
    }

    /// Where the last stretch ends that begins within the range.
    pub(super) fn end_within(&self, range: Range<usize>) -> Option<usize> {
        self.within(range).map(|b| b.range.end).max()
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Blank> {
        let first = self.blanked.partition_point(|b| b.range.start < range.start);
        self.blanked[first..].iter().take_while(move |b| b.range.start <= range.end)
    }

    /// Overwrites what a fault made unreadable; false if that changes nothing, so that another try is in vain.
    pub(super) fn blank(&mut self, fault: &Fault) -> bool {
        let changed = if fault.damage == Damage::Tabs {
            // all tab-indented lines are one mistake of an editor: told once, left out together
            self.blank_tabs()
        } else {
            let (range, keyless) = extent(&self.text, fault);
            self.overwrite(range, keyless)
        };
        self.blanked.sort_by_key(|b| b.range.start);
        changed
    }

    fn overwrite(&mut self, range: Range<usize>, keyless: bool) -> bool {
        let mut new = String::with_capacity(range.len());
        for c in self.text[range.clone()].chars() {
            match c {
                '\n' | '\r' => new.push(c),
                c => new.extend(std::iter::repeat_n(' ', c.len_utf8())),
            }
        }
        let changed = new != self.text[range.clone()];
        self.text.replace_range(range.clone(), &new);
        self.blanked.push(Blank { range, keyless });
        changed
    }

    fn blank_tabs(&mut self) -> bool {
        let (mut found, mut orphans) = (Vec::new(), false);
        let mut at = Some(0);
        while let Some(line) = at {
            let range = lines::range(&self.text, line);
            let content = &self.text[range.clone()];
            if is_tabbed(content) {
                // what stands below such a key has lost its place as well
                orphans = content.trim_end().ends_with([':', '-', '|', '>']);
                found.push(range);
            } else if !lines::is_idle(content) {
                orphans &= content.starts_with(' ');
                if orphans {
                    found.push(range);
                }
            }
            at = lines::next(&self.text, line);
        }
        let any = !found.is_empty();
        for range in found {
            self.overwrite(range, true);
        }
        any
    }
}

/// Whether a line with content is indented with tabs.
pub(super) fn is_tabbed(line: &str) -> bool {
    let rest = line.trim_start_matches([' ', '\t']);
    !rest.trim().is_empty() && !rest.starts_with('#') && line[..line.len() - rest.len()].contains('\t')
}

/// What to leave out: the faulty entry with everything that is indented below it; and whether a key goes with it.
fn extent(text: &str, fault: &Fault) -> (Range<usize>, bool) {
    let line = lines::range(text, fault.from);
    let (first, key_end) = lines::key(&text[line.clone()]);
    // a slip within the key takes the key with it
    let in_key = key_end.is_some_and(|end| fault.from < line.start + end);
    let damage = if fault.damage == Damage::Value && in_key { Damage::Line } else { fault.damage };
    let (from, least) = match damage {
        Damage::Value => (line.start + key_end.unwrap_or(first), first + 1),
        Damage::Line => (fault.from, fault.from - line.start + 1),
        Damage::Block => (fault.from, fault.from - line.start),
        Damage::Tabs | Damage::Rest => return (line.start..text.len(), true),
    };
    let mut end = line.end;
    let mut at = lines::next(text, line.start);
    while let Some(start) = at {
        let range = lines::range(text, start);
        let content = &text[range.clone()];
        let loose = fault.open && !lines::is_entry(content);
        if lines::indent(content) < least && !lines::is_idle(content) && !loose {
            break;
        }
        end = range.end;
        at = lines::next(text, start);
    }
    (from.min(end)..end, damage != Damage::Value)
}
