//! The small language of phrases in the lexicon and in rules.
//!
//! `word word` words in a row · `(a|b c)` one of these · `[x]` x or nothing · `<number>` any number · `...` up to six
//! words of the same clause: "medical necessity ... (has|was) not [been] established". Nothing here can match slowly:
//! there is no repetition, few `...`, and a phrase is linked into the matcher's graph when the rulebook is built.

use super::words::{Gap, fold, words};

/// How many words one phrase may hold.
pub const MOST: usize = 1000;

/// How many `...` one phrase may hold: with each of them the places multiply where its rest may stand.
pub const SKIPS: usize = 3;

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A word as the matcher compares it.
    Word(String),
    /// A word behind a mark that ends a clause (in names such as "Opioids: Maintenance").
    HardWord(String),
    /// Any number, in digits or as a word.
    Number,
}

/// A phrase as it is written, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One word.
    Step(Step),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of several.
    Choice(Vec<Pattern>),
    /// Something or nothing.
    Optional(Box<Pattern>),
}

impl Pattern {
    /// What is left of it without the words that are such; none if nothing of it can be said without them.
    pub fn without(&self, is: &dyn Fn(&str) -> bool) -> Option<Pattern> {
        match self {
            Pattern::Step(Step::Word(word) | Step::HardWord(word)) => (!is(word)).then(|| self.clone()),
            Pattern::Step(Step::Number) => Some(self.clone()),
            Pattern::Sequence(all) => all.iter().map(|p| p.without(is)).collect::<Option<_>>().map(Pattern::Sequence),
            Pattern::Choice(all) => {
                let left: Vec<Pattern> = all.iter().filter_map(|p| p.without(is)).collect();
                (!left.is_empty()).then_some(Pattern::Choice(left))
            }
            Pattern::Optional(p) => {
                let left = p.without(is).map(|p| Pattern::Optional(Box::new(p)));
                Some(left.unwrap_or_else(|| Pattern::Sequence(Vec::new())))
            }
        }
    }

    /// The ways to say it that hold one of the words that are such.
    pub fn with(&self, is: &dyn Fn(&str) -> bool) -> Vec<Pattern> {
        match self {
            Pattern::Step(Step::Word(word) | Step::HardWord(word)) => {
                is(word).then(|| self.clone()).into_iter().collect()
            }
            Pattern::Step(Step::Number) => Vec::new(),
            Pattern::Sequence(all) => {
                let one = |n: usize| {
                    let replaced = move |p: Pattern| {
                        let mut whole = all.clone();
                        whole[n] = p;
                        Pattern::Sequence(whole)
                    };
                    all[n].with(is).into_iter().map(replaced)
                };
                (0..all.len()).flat_map(one).collect()
            }
            Pattern::Choice(all) => {
                let left: Vec<Pattern> = all.iter().flat_map(|p| p.with(is)).collect();
                if left.is_empty() { left } else { vec![Pattern::Choice(left)] }
            }
            Pattern::Optional(p) => p.with(is),
        }
    }
}

/// The parts of a phrase between its `...`, or what is wrong with it.
///
/// # Errors
/// A sentence for a diagnostic.
pub fn parse(phrase: &str) -> Result<Vec<Pattern>, String> {
    let mut parser = Parser { text: phrase, at: 0, words: 0 };
    let mut parts = vec![parser.sequence(0)?];
    while phrase[parser.at..].starts_with("...") {
        parser.at += 3;
        parts.push(parser.sequence(0)?);
    }
    match parser.peek() {
        None => {}
        Some(b'|') => return Err("`|` stands only inside ( ) or [ ]".to_string()),
        Some(byte) => return Err(format!("`{}` closes nothing", byte as char)),
    }
    if parts.len() > SKIPS + 1 {
        return Err(format!("a phrase has at most {SKIPS} `...`"));
    }
    let skips = parts.len() > 1;
    if parts.iter().any(is_optional) {
        return Err(if skips {
            "each side of `...` needs a word that is not optional".to_string()
        } else {
            "a phrase needs at least one word that is not optional".to_string()
        });
    }
    Ok(parts)
}

/// Whether a pattern may stand for no word at all.
pub fn is_optional(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Step(_) => false,
        Pattern::Optional(_) => true,
        Pattern::Sequence(all) => all.iter().all(is_optional),
        Pattern::Choice(any) => any.iter().any(is_optional),
    }
}

/// The word sequences of a name taken literally: the marks in it only separate. A clause mark inside may be there or
/// not; with `plural` the last word may be in the plural or not.
pub fn literal(name: &str, plural: bool) -> Vec<Vec<Step>> {
    let steps = |hard: bool| -> Vec<Step> {
        words(name)
            .iter()
            .enumerate()
            .map(|(i, w)| {
                let word = fold(&name[w.start as usize..w.end as usize]);
                if hard && i > 0 && w.gap == Gap::Hard { Step::HardWord(word) } else { Step::Word(word) }
            })
            .collect()
    };
    let mut sequences = vec![steps(false)];
    let hard = steps(true);
    if hard != sequences[0] {
        sequences.push(hard);
    }
    if plural {
        for i in 0..sequences.len() {
            let mut other = sequences[i].clone();
            if let Some(Step::Word(last) | Step::HardWord(last)) = other.last_mut()
                && let Some(changed) = other_number(last)
                // the S of an abbreviation is no ending: "TENS"
                && !(changed.len() < last.len() && is_abbreviation(name))
            {
                *last = changed;
                sequences.push(other);
            }
        }
    }
    sequences.retain(|s| !s.is_empty());
    sequences
}

/// Whether the last word of a name is written in capitals throughout.
fn is_abbreviation(name: &str) -> bool {
    let last = words(name).last().map_or("", |w| &name[w.start as usize..w.end as usize]);
    last.len() > 1 && last.chars().all(|c| c.is_ascii_uppercase())
}

/// The plural of a singular word, or the reverse; none for words that have no such form.
fn other_number(word: &str) -> Option<String> {
    if word.len() < 3 || word.ends_with(|c: char| c.is_ascii_digit()) || word.ends_with("is") {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        return Some(format!("{stem}ies"));
    }
    if ["ss", "us", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        return Some(format!("{word}es"));
    }
    Some(word.strip_suffix('s').map_or_else(|| format!("{word}s"), str::to_string))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    words: usize,
}

impl Parser<'_> {
    /// `a|b|c` up to a closing mark.
    fn choice(&mut self, depth: usize) -> Result<Pattern, String> {
        if depth > 8 {
            return Err("brackets are nested too deep".to_string());
        }
        let mut any = vec![self.sequence(depth)?];
        while self.peek() == Some(b'|') {
            self.at += 1;
            any.push(self.sequence(depth)?);
        }
        if self.text[self.at..].starts_with("...") {
            return Err("`...` stands outside ( ) and [ ]".to_string());
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Pattern::Choice(any) })
    }

    fn sequence(&mut self, depth: usize) -> Result<Pattern, String> {
        let mut all = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b')' | b']' | b'|' => break,
                b'(' | b'[' => {
                    self.at += 1;
                    let inner = self.choice(depth + 1)?;
                    let close = if byte == b'(' { b')' } else { b']' };
                    if self.peek() != Some(close) {
                        return Err(format!("`{}` is never closed", byte as char));
                    }
                    self.at += 1;
                    all.push(if byte == b'[' { Pattern::Optional(Box::new(inner)) } else { inner });
                }
                _ if self.text[self.at..].starts_with("...") => break,
                _ if self.text[self.at..].starts_with("<number>") => {
                    self.at += "<number>".len();
                    all.push(Pattern::Step(Step::Number));
                }
                b'<' => return Err("`<` begins nothing but `<number>`".to_string()),
                _ => self.plain(&mut all)?,
            }
        }
        Ok(Pattern::Sequence(all))
    }

    /// Words up to the next mark of the language.
    fn plain(&mut self, all: &mut Vec<Pattern>) -> Result<(), String> {
        let rest = &self.text[self.at..];
        let end = rest.find(['(', ')', '[', ']', '|', '<']).unwrap_or(rest.len());
        let plain = &rest[..rest[..end].find("...").unwrap_or(end)];
        for word in words(plain) {
            self.words += 1;
            all.push(Pattern::Step(Step::Word(fold(&plain[word.start as usize..word.end as usize]))));
        }
        if self.words > MOST {
            return Err(format!("a phrase may hold {MOST} words at most"));
        }
        self.at += plain.len();
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        for (phrase, part) in [
            ("(a|b", "never closed"),
            ("a)", "closes nothing"),
            ("a|b", "only inside"),
            ("[a]", "not optional"),
            ("... a", "each side"),
            ("a ... a ... a ... a ... b", "at most 3"),
            ("(a ... b)", "outside"),
            ("a <numbr>", "<number>"),
            ("", "at least one word"),
        ] {
            let error = parse(phrase).expect_err(phrase);
            assert!(error.contains(part), "{phrase}: {error}");
        }
        assert!(parse(&"(".repeat(5000)).is_err());
        assert!(parse(&"a ".repeat(5000)).unwrap_err().contains("at most"));
    }

    #[test]
    fn the_s_of_an_abbreviation_is_no_plural() {
        let count = |name: &str| literal(name, true).len();
        assert_eq!((count("TENS"), count("H-wave TENS"), count("MRI"), count("NSAIDs")), (1, 1, 2, 2));
    }

    #[test]
    fn names_are_literal_with_and_without_clause_marks_and_plural() {
        let show = |sequences: Vec<Vec<Step>>| -> Vec<String> {
            let word = |step: &Step| match step {
                Step::Word(w) => w.clone(),
                Step::HardWord(w) => format!("|{w}"),
                Step::Number => "<number>".into(),
            };
            sequences.iter().map(|s| s.iter().map(word).collect::<Vec<_>>().join(" ")).collect()
        };
        assert_eq!(show(literal("Tabs, TENS (unit)", true)), ["tabs tens unit", "tabs tens units"]);
        assert_eq!(show(literal("1.4 Pain: Care", false)), ["1.4 pain care", "1.4 pain |care"]);
        assert_eq!(show(literal("surgery", true)), ["surgery", "surgeries"]);
    }
}
