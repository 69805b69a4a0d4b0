//! A letter as the planters see it: its form and facts, and the places that a change may touch.

use super::dice::Dice;
use super::{Edit, Plant};
use crate::check::Context;
use crate::fact::{PartFacts, Ruling, Stance};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Hit, Lexicon, Term};
use crate::lint::{self, Options, Report};
use crate::rulebook::{LoadedBook, Plants, Rulebook};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// A letter, the words for planting, and what is planted so far.
pub struct Scene<'a> {
    /// Its form, facts and dates.
    pub context: Context<'a>,
    /// The rules.
    pub book: &'a Rulebook,
    /// Wording.
    pub words: &'a Plants,
    /// Chance.
    pub dice: Dice,
    options: &'a Options,
    /// Treatments that the letter names, and those that its drugs are directly.
    named: BTreeSet<u16>,
    planted: Vec<Plant>,
}

/// A decision with what its rationale says.
pub type Decided<'a> = (&'a Decision, &'a PartFacts);

impl<'a> Scene<'a> {
    /// The scene of a letter.
    pub fn new(source: &'a Source, clean: &'a Report, loaded: &'a LoadedBook, options: &'a Options) -> Scene<'a> {
        let (context, _) = lint::context(source, &clean.letter, &clean.facts, &loaded.book, options);
        let named = named(&context);
        let (words, dice, planted) = (&loaded.plants, Dice::default(), Vec::new());
        Scene { context, book: &loaded.book, words, dice, options, named, planted }
    }

    /// What was planted, marked with the number of its kind. Changes that overlap, or change nothing, are left out.
    pub fn take(&mut self, kind: usize) -> Vec<Plant> {
        let text = self.context.text;
        let mut kept: Vec<Plant> = Vec::new();
        for mut plant in std::mem::take(&mut self.planted) {
            plant.edits.sort();
            plant.edits.dedup();
            let apart = plant.edits.windows(2).all(|w| w[0].span.end <= w[1].span.start);
            let changed = plant.edits.iter().any(|e| text[e.span.range()] != e.text);
            if apart && changed {
                plant.kind = kind;
                plant.lot = self.dice.roll();
                kept.push(plant);
            }
        }
        kept
    }

    /// Plants some changes; `pair` are the places that tell the contrary.
    pub fn plant(&mut self, decision: Option<&Decision>, edits: Vec<Edit>, pair: Vec<Span>) {
        if !edits.is_empty() {
            let decision = decision.map(|d| d.n);
            self.planted.push(Plant { kind: 0, decision, edits, pair, lot: 0 });
        }
    }

    /// The vocabulary.
    pub fn lexicon(&self) -> &'a Lexicon {
        self.context.lexicon
    }

    /// The decisions with their facts.
    pub fn decisions(&self) -> Vec<Decided<'a>> {
        self.context.letter.decisions.iter().zip(&self.context.facts.rationales).collect()
    }

    /// The words of a place.
    pub fn text(&self, span: Span) -> &'a str {
        &self.context.text[span.range()]
    }

    /// Words with the first treatment of a decision's request, as written there, in place of `{treatment}`.
    pub fn fill(&self, words: &str, decision: &Decision) -> String {
        let named = decision.request.as_ref().and_then(|r| {
            let (_, words) = r.treatments.first()?;
            Some(r.reading.slice(words.clone()).to_lowercase())
        });
        words.replace("{treatment}", named.as_deref().unwrap_or("the treatment"))
    }

    /// What is changed so that a decision says the contrary in its heading.
    pub fn flip_outcome(&self, decision: &Decision) -> Option<Edit> {
        let outcome = decision.outcome?;
        let new = if outcome.overturned { "Upheld" } else { "Overturned" };
        let shout = self.text(outcome.span).chars().all(char::is_uppercase);
        let text = if shout { new.to_uppercase() } else { new.to_string() };
        Some(Edit { span: outcome.span, text })
    }

    /// What is changed so that a stance rules the other way: its words, or its whole sentence.
    pub fn flip_stance(&self, decision: &Decision, stance: &Stance) -> Option<Edit> {
        let words = fold(self.text(stance.span));
        let pairs = self.words.conclusions.iter().find_map(|pair| match stance.ruling {
            Ruling::Deny => (pair.deny == words).then_some(&pair.approve),
            Ruling::Approve => (pair.approve == words).then_some(&pair.deny),
        });
        if let Some(text) = pairs {
            return Some(Edit { span: stance.span, text: text.clone() });
        }
        let reading = &decision.rationale.as_ref()?.reading;
        let text = match stance.ruling {
            Ruling::Deny => &self.words.approve,
            Ruling::Approve => &self.words.deny,
        };
        Some(Edit { span: sentence(reading, stance.sentence), text: text.clone() })
    }

    /// What is changed so that a rationale concludes the other way, all through.
    pub fn flip_conclusion(&self, (decision, facts): Decided<'_>) -> Vec<Edit> {
        let stances: Vec<&Stance> = facts.conclusion.deciding().collect();
        let mut edits: Vec<Edit> = stances.iter().filter_map(|s| self.flip_stance(decision, s)).collect();
        edits.sort();
        // one stance inside another, or two of one sentence that is replaced
        edits.dedup_by(|b, a| b.span.start < a.span.end);
        edits
    }

    /// The places of the conclusions and of the outcome.
    pub fn ruling_places(&self, (decision, facts): Decided<'_>) -> Vec<Span> {
        let stances = facts.conclusion.deciding().map(|s| s.span);
        stances.chain(decision.outcome.map(|o| o.span)).collect()
    }

    /// The rules that run.
    pub fn rules(&self) -> impl Iterator<Item = &'a crate::rulebook::Rule> {
        let options = self.options;
        self.book.rules.iter().enumerate().filter(move |(n, r)| options.plan.runs(*n, r)).map(|(_, r)| r)
    }

    /// Whether the letter names a treatment, or a drug that is directly one of its.
    pub fn names_treatment(&self, treatment: u16) -> bool {
        self.named.contains(&treatment)
    }
}

fn named(context: &Context<'_>) -> BTreeSet<u16> {
    let (letter, lexicon) = (context.letter, context.lexicon);
    let decisions = letter.decisions.iter().flat_map(|d| {
        let request = d.request.as_ref().map(|r| &r.reading);
        request.into_iter().chain(d.rationale.as_ref().map(|r| &r.reading))
    });
    let hits = letter.summary.iter().chain(decisions).flat_map(|r| &r.hits);
    hits.flat_map(|h| match lexicon.terms[h.term as usize] {
        Term::Treatment(t) => vec![t],
        Term::Generic(d) | Term::Brand { drug: d, .. } => lexicon.drugs[d as usize].treatments.clone(),
        _ => Vec::new(),
    })
    .collect()
}

/// A replacement.
pub fn edit(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

/// Something put in before a place.
pub fn insert(at: u32, text: impl Into<String>) -> Edit {
    Edit { span: Span { start: at, end: at }, text: text.into() }
}

/// The place of a sentence.
pub fn sentence(reading: &Reading, number: usize) -> Span {
    reading.sentences.get(number).map_or(Span::default(), |s| reading.span(s.bytes.clone()))
}

/// The place of the sentence that holds some bytes of a reading.
pub fn sentence_of(reading: &Reading, bytes: &Range<usize>) -> Option<Span> {
    reading.sentence_at(bytes.start).map(|n| sentence(reading, n))
}

/// The hits of a reading in the order of their words with the number of their sentence.
pub fn hits(reading: &Reading) -> impl Iterator<Item = (usize, &Hit)> {
    reading.sentences.iter().enumerate().flat_map(|(n, s)| reading.hits[s.hits.clone()].iter().map(move |h| (n, h)))
}

/// Words in lower case with single blanks.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An amount in words with another number: what stands behind the number stays.
pub fn renumbered(amount: &str, number: f64) -> String {
    let digits = amount.len() - amount.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let end = match digits {
        // "six visits", "six-visit", "a month"
        0 => amount.find([' ', '-', '\n']).unwrap_or(amount.len()),
        n => n,
    };
    // "six (6) visits"
    let rest = &amount[end..];
    let rest = match rest.trim_start().strip_prefix('(').and_then(|r| r.split_once(')')) {
        Some((_, behind)) => behind,
        None => rest,
    };
    format!("{number}{rest}")
}
