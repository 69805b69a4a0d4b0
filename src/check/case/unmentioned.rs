//! Items that the clinical summary never speaks of.

use crate::check::memo::{all_things, requested};
use crate::check::naming::Thing;
use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, TreatmentKind};

/// The summary names neither the item, its class, nor a word for several items at once.
pub fn not_in_summary(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(summary)) = (&decision.request, &context.letter.summary) else { return Vec::new() };
    let asked = requested(context, request);
    let says = |part: &Reading, cue| part.cues.has(cue);
    // "topical medications" are a word for every cream
    let topical = says(&request.reading, Cue::TopicalForm) && says(summary, Cue::TopicalForm);
    let collective = says(summary, Cue::Collective) || topical;
    if asked.is_empty() || collective {
        return Vec::new();
    }
    let named = all_things(context, summary);
    let told = asked.iter().any(|a| named.iter().any(|t| tells_of(context, a, t)));
    if told || asked.iter().any(|a| is_spelled_apart(&request.reading, a, summary)) {
        return Vec::new();
    }
    let span = match asked.iter().find(|a| !a.words.is_empty()) {
        Some(thing) => request.reading.span_of_words(thing.words.clone()),
        None => request.reading.passage.span,
    };
    vec![Finding::new("default").label("request", span).hole("item", context.request_words(decision))]
}

/// Whether the item's last word stands in the summary with other blanks and marks: "wheel chair".
fn is_spelled_apart(request: &Reading, asked: &Thing, summary: &Reading) -> bool {
    let Some(last) = asked.words.clone().last() else { return false };
    let name = letters(request.word(last));
    let whole = || (0..summary.words.len()).any(|w| letters(summary.word(w)) == name);
    (SHORTEST..=LONGEST).contains(&name.len()) && runs_through(summary.text(), &name) && !whole()
}

/// The letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the letters and digits of a text hold those of a name, whatever stands between them.
fn runs_through(text: &str, name: &str) -> bool {
    if !text.is_ascii() || !name.is_ascii() {
        return letters(text).contains(name);
    }
    let (bytes, name) = (text.as_bytes(), name.as_bytes());
    let (lower, upper) = (name[0], name[0].to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, bytes).any(|start| {
        let mut behind = bytes[start..].iter().filter(|b| b.is_ascii_alphanumeric());
        name.iter().all(|n| behind.next().is_some_and(|b| b.eq_ignore_ascii_case(n)))
    })
}

/// No name of an item has more letters in a word.
const LONGEST: usize = 40;

/// Names with fewer letters stand in other words by chance.
const SHORTEST: usize = 7;

/// Whether a thing named in the summary is the item, falls under it or is a class that it falls under. "Medication" alone
/// tells of no drug.
fn tells_of(context: &Context<'_>, asked: &Thing, named: &Thing) -> bool {
    let vague = |t: &u16| {
        let entry = &context.lexicon.treatments[*t as usize];
        entry.class_word && entry.kind == TreatmentKind::DrugClass
    };
    crate::check::naming::related(context, asked, named) && !(named.class_word && named.treatments.iter().all(vague))
}
