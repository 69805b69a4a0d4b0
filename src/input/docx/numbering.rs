//! Numbers of lists: they stand in no paragraph and are counted as Word counts them.

use super::symbols;
use super::xml::{Element, Step, Xml};
use crate::input::InputError;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;
/// Characters of the pattern of a number ("%1.%2)"); longer ones are cut.
const MAX_PATTERN: usize = 40;

/// The lists of a document and where their counting stands.
#[derive(Default)]
pub struct Numbering {
    lists: HashMap<String, List>,
    kinds: HashMap<String, Vec<Level>>,
    styles: HashMap<String, Style>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

/// A list: its kind, and levels that begin with another number.
#[derive(Default)]
struct List {
    kind: String,
    starts: Vec<(usize, u32)>,
}

#[derive(Clone)]
struct Level {
    start: u32,
    format: String,
    pattern: String,
}

impl Default for Level {
    fn default() -> Level {
        Level { start: 1, format: "decimal".to_string(), pattern: String::new() }
    }
}

/// What a style says of lists.
#[derive(Default)]
struct Style {
    list: Option<String>,
    level: usize,
    based_on: Option<String>,
}

/// Which list a paragraph belongs to, by itself or by its style.
#[derive(Default)]
pub struct Membership {
    /// Id of the list; "0" says that it is in none.
    pub list: Option<String>,
    /// Level from 0.
    pub level: Option<usize>,
    /// Id of the paragraph's style.
    pub style: Option<String>,
}

impl Membership {
    /// Takes in a property of a paragraph, or of a style.
    pub fn property(&mut self, e: &Element<'_>) {
        match e.name() {
            "numId" => self.list = e.value(),
            "ilvl" => self.level = e.value().and_then(|v| v.parse().ok()),
            "pStyle" => self.style = e.value(),
            _ => {}
        }
    }
}

impl Numbering {
    /// Reads the parts with lists and styles; each may be empty.
    pub fn read(lists: &str, styles: &str) -> Result<Numbering, InputError> {
        let mut numbering = Numbering::default();
        if !lists.is_empty() {
            numbering.read_lists(lists)?;
        }
        if !styles.is_empty() {
            numbering.read_styles(styles)?;
        }
        Ok(numbering)
    }

    fn read_lists(&mut self, part: &str) -> Result<(), InputError> {
        let mut xml = Xml::new(part);
        let (mut kind, mut list, mut level) = (String::new(), None, 0);
        loop {
            let e = match xml.step()? {
                Step::Open(e) => e,
                Step::Done => return Ok(()),
                _ => continue,
            };
            let number = || e.value().and_then(|v| v.parse::<u32>().ok());
            let at = || e.attribute("ilvl").and_then(|v| v.parse::<usize>().ok()).unwrap_or(0).min(LEVELS - 1);
            match e.name() {
                "abstractNum" => {
                    kind = e.attribute("abstractNumId").unwrap_or_default();
                    list = None;
                    self.kinds.insert(kind.clone(), vec![Level::default(); LEVELS]);
                }
                "num" => {
                    let id = e.attribute("numId").unwrap_or_default();
                    self.lists.insert(id.clone(), List::default());
                    list = Some(id);
                }
                "lvl" | "lvlOverride" => level = at(),
                _ => match list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                    Some(list) => match e.name() {
                        "abstractNumId" => list.kind = e.value().unwrap_or_default(),
                        "startOverride" => list.starts.extend(number().map(|n| (level, n))),
                        _ => {}
                    },
                    None => {
                        let Some(level) = self.kinds.get_mut(&kind).map(|levels| &mut levels[level]) else { continue };
                        match e.name() {
                            "start" => level.start = number().unwrap_or(1),
                            "numFmt" => level.format = e.value().unwrap_or_default(),
                            "lvlText" => {
                                let pattern = e.value().unwrap_or_default();
                                level.pattern = pattern.chars().take(MAX_PATTERN).map(symbols::known).collect();
                            }
                            _ => {}
                        }
                    }
                },
            }
        }
    }

    fn read_styles(&mut self, part: &str) -> Result<(), InputError> {
        let mut xml = Xml::new(part);
        let mut id = String::new();
        loop {
            let e = match xml.step()? {
                Step::Open(e) => e,
                Step::Done => return Ok(()),
                _ => continue,
            };
            if e.is("style") {
                id = e.attribute("styleId").unwrap_or_default();
            }
            let style = self.styles.entry(id.clone()).or_default();
            match e.name() {
                "basedOn" => style.based_on = e.value(),
                "numId" => style.list = e.value(),
                "ilvl" => style.level = e.value().and_then(|v| v.parse().ok()).unwrap_or(0),
                _ => {}
            }
        }
    }

    /// The number of the next paragraph of a list, as it is shown; none for a paragraph in no list.
    pub fn next(&mut self, of: &Membership) -> Option<String> {
        let (id, level) = match &of.list {
            Some(id) => (id.clone(), of.level.unwrap_or(0)),
            None => self.by_style(of.style.as_deref()?)?,
        };
        let level = level.min(LEVELS - 1);
        let list = self.lists.get(&id)?;
        let levels = self.kinds.get(&list.kind)?;
        let counts = self.counts.entry(list.kind.clone()).or_default();
        if self.begun.insert(id) {
            list.starts.iter().for_each(|(level, start)| counts[*level] = start.checked_sub(1));
            // a list that begins again at 0 has nothing before its first number
            list.starts.iter().filter(|(_, start)| *start == 0).for_each(|(level, _)| counts[*level] = None);
        }
        counts[level] = Some(counts[level].map_or(levels[level].start, |n| n.saturating_add(1)));
        counts[level + 1..].fill(None);
        let shown = &levels[level];
        if shown.format == "none" {
            return None;
        }
        let mut number = String::new();
        let mut pattern = shown.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            match (c, pattern.peek().and_then(|d| d.to_digit(10))) {
                ('%', Some(n @ 1..=9)) => {
                    pattern.next();
                    let level = n as usize - 1;
                    let count = counts[level].unwrap_or(levels[level].start);
                    number.push_str(&figure(count, &levels[level].format));
                }
                _ => number.push(c),
            }
        }
        (!number.trim().is_empty()).then_some(number)
    }

    /// The list of a style, or of the style that it rests on.
    fn by_style(&self, style: &str) -> Option<(String, usize)> {
        let mut style = self.styles.get(style)?;
        // a circle of styles ends here
        for _ in 0..20 {
            match (&style.list, &style.based_on) {
                (Some(list), _) => return Some((list.clone(), style.level)),
                (None, Some(base)) => style = self.styles.get(base)?,
                (None, None) => return None,
            }
        }
        None
    }
}

/// A count in a format of Word; formats of other scripts are shown in figures.
fn figure(n: u32, format: &str) -> String {
    let letters = |first: u8| {
        // after z come aa, bb, cc
        let times = (n - 1) / 26 + 1;
        char::from(first + ((n - 1) % 26) as u8).to_string().repeat(times as usize)
    };
    match format {
        "lowerLetter" if (1..=260).contains(&n) => letters(b'a'),
        "upperLetter" if (1..=260).contains(&n) => letters(b'A'),
        "lowerRoman" if (1..4000).contains(&n) => roman(n).to_lowercase(),
        "upperRoman" if (1..4000).contains(&n) => roman(n),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_word_writes_them() {
        let written = |format: &str| [1, 4, 26, 28, 99].map(|n| figure(n, format)).join(" ");
        assert_eq!(written("decimal"), "1 4 26 28 99");
        assert_eq!(written("decimalZero"), "01 04 26 28 99");
        assert_eq!(written("lowerLetter"), "a d z bb uuuu");
        assert_eq!(written("upperRoman"), "I IV XXVI XXVIII XCIX");
        assert_eq!(figure(4_000_000_000, "lowerRoman"), "4000000000");
        assert_eq!(figure(0, "lowerLetter"), "0");
    }
}
