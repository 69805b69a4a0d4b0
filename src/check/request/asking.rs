//! Sentences in which the treating side asks for the item: "the treater asks for therapy of the neck", "imaging of both elbows is
//! requested".

use crate::check::Context;
use crate::fact::Marks;
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Small};
use std::ops::Range;

/// Who asks stands so near before the word for it: "the treatment plan was to request".
const NEAR: usize = 5;

/// The words of a sentence that tell what is asked for, up to any mark that ends their clause.
pub fn asked(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> Vec<Range<usize>> {
    // "REQUEST: ablation at L4-5" in the manner of notes
    let first = sentence.words.start;
    let heads = |w: usize| reading.is_small(w, Small::HeadsRequest, context.lexicon);
    if first + 1 < sentence.words.end && heads(first) && reading.is_marked(first, b':') {
        let rest = first + 1..sentence.words.end;
        let hard = rest.clone().skip(1).find(|w| reading.words[*w].gap == Gap::Hard);
        return std::iter::once(rest.start..hard.unwrap_or(rest.end)).collect();
    }
    if !sentence.cues.has(Cue::Asks) && !sentence.cues.has(Cue::IsAsked) {
        return Vec::new();
    }
    let marks = Marks::of(reading, sentence, context.lexicon);
    let year = |w: usize| {
        let word = reading.word(w);
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    // what was asked for at another time, or only might be
    let others = [Cue::Conditional, Cue::Negation, Cue::GuidelineWord, Cue::Completed];
    let named = reading.guidelines.iter().any(|n| sentence.hits.contains(&(*n as usize)));
    if named || sentence.words.clone().any(year) || others.into_iter().any(|cue| marks.says(cue)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for asks in marks.cue(Cue::Asks) {
        let before = asks.start.saturating_sub(NEAR).max(sentence.words.start)..asks.start;
        let plan = before.clone().any(|w| marks.is(w, Small::Plan));
        if marks.says_within(Cue::TreatingProvider, before) || plan {
            let rest = asks.end..sentence.words.end;
            // "seeks to bring the visits to sixteen"
            if rest.is_empty() || marks.is(rest.start, Small::To) {
                continue;
            }
            let hard = rest.clone().find(|w| reading.words[*w].gap == Gap::Hard);
            // "therapy, since the elbow has done well with it"
            let ground = marks.within(Cue::Subordinate, rest.clone()).map(|s| s.start).next();
            found.push(asks.end..hard.into_iter().chain(ground).min().unwrap_or(rest.end));
        }
    }
    found.extend(marks.cue(Cue::IsAsked).map(|asked| marks.clause_start(asked.start)..asked.start));
    found.retain(|words| !words.is_empty());
    found
}
