//! The same reasons word for word under different requests.

use crate::check::outcome::dependent::is_dependent;
use crate::check::{Context, Finding};
use crate::letter::{Decision, Reading};
use crate::lexicon::Term;

/// Two different requests have word for word the same rationale but for the name of the item; said for each later copy.
pub fn duplicated(context: &Context<'_>) -> Vec<Finding> {
    let mut seen: Vec<(Words, &Decision)> = Vec::new();
    let mut found = Vec::new();
    for decision in &context.letter.decisions {
        // the words are taken apart only where another rationale is about as long
        let long = |d: &Decision| d.rationale.as_ref().map(|r| r.reading.words.len());
        let others = context.letter.decisions.iter().filter(|d| d.n != decision.n).filter_map(long);
        let near = |n: usize| others.clone().any(|other| other.abs_diff(n) <= allowed(n, other));
        if !long(decision).is_some_and(near) {
            continue;
        }
        let Some(words) = Words::of(context, decision) else { continue };
        let first = seen.iter().find(|(known, first)| known.is_copy(&words) && request(first) != request(decision));
        let Some((_, first)) = first else {
            seen.push((words, decision));
            continue;
        };
        let whole = decision.rationale.as_ref().map(|r| r.reading.passage.span);
        let opening = first.rationale.as_ref().map(|r| first_sentence(&r.reading));
        found.push(
            Finding::new("default")
                .label_if("rationale", whole)
                .label_if("first", opening)
                .hole("number", first.n.to_string())
                .about(decision),
        );
    }
    found
}

fn first_sentence(reading: &Reading) -> crate::source::Span {
    match reading.sentences.first() {
        Some(sentence) => reading.span(sentence.bytes.clone()),
        None => reading.passage.span,
    }
}

/// The request with marks and case folded.
fn request(decision: &Decision) -> String {
    let text = decision.request.as_ref().map_or("", |r| r.reading.text());
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a rationale without what names an item, each by its hash.
struct Words {
    /// Words in order; names of items and amounts left out.
    plain: Vec<u32>,
    /// The words of the heading.
    own: Vec<u32>,
    /// How many words the rationale has.
    all: usize,
}

/// Rationales with fewer words are too short to be told apart from a turn of phrase.
const LEAST: usize = 20;
/// So many of a hundred words may differ.
const SLIPS: usize = 2;

impl Words {
    fn of(context: &Context<'_>, decision: &Decision) -> Option<Words> {
        let reading = &decision.rationale.as_ref()?.reading;
        let all = reading.words.len();
        if all < LEAST || is_dependent(context, decision) {
            return None;
        }
        let named = names(context, reading);
        let is_plain = |n: &usize, word: &str| !named[*n] && !word.bytes().any(|b| b.is_ascii_digit());
        let words = (0..all).filter(|n| is_plain(n, reading.word(*n)));
        let mut plain = Vec::with_capacity(all);
        plain.extend(words.map(|n| reading.words[n].hash));
        // a rationale that is mostly names says nothing when they are taken out
        (plain.len() * 2 >= all).then(|| Words { plain, own: own_words(decision), all })
    }

    fn is_copy(&self, other: &Words) -> bool {
        if self.all.abs_diff(other.all) > allowed(self.all, other.all) {
            return false;
        }
        let slips = slips(self.all, other.all);
        // the words of both headings may be exchanged; a bit for each tells nearly all other words
        let bit = |w: &u32| 1u64 << (w & 63);
        let headings = self.own.iter().chain(&other.own).fold(0, |all, w| all | bit(w));
        let rest = |words: &Words| -> Vec<u32> {
            let plain = |w: &u32| headings & bit(w) == 0 || !self.own.contains(w) && !other.own.contains(w);
            words.plain.iter().copied().filter(plain).collect()
        };
        let (mine, others) = (rest(self), rest(other));
        mine.len().abs_diff(others.len()) <= slips && changes(&mine, &others, slips) <= slips
    }
}

/// How many words may differ between rationales of two lengths.
fn slips(a: usize, b: usize) -> usize {
    a.max(b) * SLIPS / 100
}

/// By how many words two rationales may differ in length.
fn allowed(a: usize, b: usize) -> usize {
    EXCHANGED + slips(a, b)
}

/// By so many words the names of two items may make their rationales differ in length.
const EXCHANGED: usize = 12;

/// The words of a heading.
fn own_words(decision: &Decision) -> Vec<u32> {
    let Some(request) = &decision.request else { return Vec::new() };
    request.reading.words.iter().filter(|w| w.end - w.start > 3).map(|w| w.hash).collect()
}

/// Of each word whether it names a drug, a treatment or a body part.
fn names(context: &Context<'_>, reading: &Reading) -> Vec<bool> {
    let is_name = |t: Term| t.is_item() || matches!(t, Term::BodyPart(_));
    let mut named = vec![false; reading.words.len()];
    for hit in reading.hits.iter().filter(|h| is_name(context.term(h))) {
        named[hit.first as usize..hit.end as usize].fill(true);
    }
    named
}

/// The number of words that differ between two lists of nearly the same length, looking no further than `limit`.
fn changes(a: &[u32], b: &[u32], limit: usize) -> usize {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    // what is left in the middle differs somewhere: count it word by word, a shift by one allowed
    if a.len().max(b.len()) <= limit {
        return a.len().max(b.len());
    }
    a.iter().zip(b).filter(|(x, y)| x != y).count() + a.len().abs_diff(b.len())
}
