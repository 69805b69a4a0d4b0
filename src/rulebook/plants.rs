//! Words that the accuracy kit plants in letters: data of a file with `plants`, `rules/plants.yaml`.

use super::load::resolve;
use crate::lexicon::{Loader, Names};
use crate::yaml::Item;

/// Wording of planted defects. Of several files the later adds to the lists and replaces the single sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plants {
    /// The same concluding words both ways.
    pub conclusions: Vec<ConclusionPair>,
    /// A sentence that concludes that the request is not necessary.
    pub deny: String,
    /// A sentence that concludes that it is.
    pub approve: String,
    /// Claims that the MTUS is silent on `{treatment}`.
    pub silence: Vec<String>,
    /// A guideline line that cites nothing.
    pub cites_nothing: String,
    /// A guideline line that is not based on the MTUS.
    pub outside: String,
    /// What stands before a citation of the MTUS.
    pub citing_mtus: String,
    /// What stands before any other.
    pub citing_other: String,
    /// Names for guidelines in prose.
    pub guidelines: Vec<String>,
    /// Words with their contraries, lower case.
    pub contraries: Vec<(String, String)>,
    /// Sentences about the patient.
    pub statements: Vec<StatementPair>,
    /// Sentences that tell how long `{treatment}` has been used, in `{years}`.
    pub lengths: Vec<String>,
    /// Sentences that tell the patient's age, `{age}`.
    pub ages: Vec<String>,
    /// Sentences that tell how many visits of `{treatment}` were had, `{number}`.
    pub visits: Vec<String>,
}

/// Concluding words both ways.
#[derive(Clone, Debug, PartialEq)]
pub struct ConclusionPair {
    /// "not medically necessary".
    pub deny: String,
    /// "medically necessary".
    pub approve: String,
}

/// A statement in a sentence, both ways.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementPair {
    /// The statement of the lexicon, by number.
    pub statement: u16,
    /// It is so.
    pub affirmed: String,
    /// It is not so.
    pub denied: String,
}

impl Plants {
    /// Adds what a file says.
    pub(super) fn read(&mut self, root: Item<'_>, lexicon: &Loader) {
        let Some(mut file) = root.fields("a file of plants") else { return };
        if let Some(mut f) = file.required("plants").fields("the plants") {
            for item in f.optional("conclusions").list() {
                let Some(mut pair) = item.fields("a pair of conclusions") else { continue };
                if let (Some(deny), Some(approve)) = (pair.required("deny").text(), pair.required("approve").text()) {
                    self.conclusions.push(ConclusionPair { deny: deny.to_string(), approve: approve.to_string() });
                }
                pair.finish();
            }
            if let Some(mut s) = f.optional("sentences").fields("the sentences") {
                replace(&mut self.deny, s.optional("deny"));
                replace(&mut self.approve, s.optional("approve"));
                s.finish();
            }
            let texts = |item: Item<'_>| -> Vec<String> {
                item.list().into_iter().filter_map(|i| i.text().map(str::to_string)).collect()
            };
            self.silence.extend(texts(f.optional("silence")));
            replace(&mut self.cites_nothing, f.optional("cites-nothing"));
            replace(&mut self.outside, f.optional("outside"));
            if let Some(mut s) = f.optional("citing").fields("the beginnings of citations") {
                replace(&mut self.citing_mtus, s.optional("mtus"));
                replace(&mut self.citing_other, s.optional("other"));
                s.finish();
            }
            self.guidelines.extend(texts(f.optional("guidelines")));
            self.lengths.extend(texts(f.optional("lengths")));
            self.ages.extend(texts(f.optional("ages")));
            self.visits.extend(texts(f.optional("visits")));
            for item in f.optional("contraries").list() {
                match &texts(item)[..] {
                    [one, other] => self.contraries.push((one.to_lowercase(), other.to_lowercase())),
                    _ => item.report("bad-value", "a contrary is a list of two words", None),
                }
            }
            for item in f.optional("statements").list() {
                let Some(mut s) = item.fields("a statement") else { continue };
                let known = lexicon.names(Names::Statements);
                let statement = resolve(s.required("statement"), "statement", &known);
                let (affirmed, denied) = (s.required("affirmed").text(), s.required("denied").text());
                if let (Some(statement), Some(affirmed), Some(denied)) = (statement, affirmed, denied) {
                    let (affirmed, denied) = (affirmed.to_string(), denied.to_string());
                    self.statements.push(StatementPair { statement, affirmed, denied });
                }
                s.finish();
            }
            f.finish();
        }
        file.finish();
    }

    /// The contrary of a word, in the same case of its first letter; none if it has none.
    pub fn contrary(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let found = self.contraries.iter().find_map(|(a, b)| match () {
            () if *a == lower => Some(b),
            () if *b == lower => Some(a),
            () => None,
        })?;
        let upper = word.starts_with(char::is_uppercase);
        let shout = upper && word.len() > 2 && word.chars().all(char::is_uppercase);
        Some(match found.chars().next() {
            Some(_) if shout => found.to_uppercase(),
            Some(c) if upper => c.to_uppercase().collect::<String>() + &found[c.len_utf8()..],
            _ => found.clone(),
        })
    }
}

fn replace(text: &mut String, item: Item<'_>) {
    if let Some(new) = item.text() {
        *text = new.to_string();
    }
}
