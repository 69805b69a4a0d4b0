//! Conclusions without a verdict of their own: "the surgery is not necessary, and so are the electrodes".

use super::marks::Marks;
use super::named::Named;
use super::voice::Voice;
use crate::letter::Reading;
use crate::lexicon::{Cue, Hit, Lexicon};
use std::ops::Range;

/// What rules on the item before.
const RULINGS: [Cue; 11] = [
    Cue::Necessary,
    Cue::NotNecessary,
    Cue::Granted,
    Cue::Refused,
    Cue::Overturns,
    Cue::Upholds,
    Cue::LeansNecessary,
    Cue::LeansNotNecessary,
    Cue::GroundDenied,
    Cue::GroundApproved,
    Cue::DenialDate,
];

/// The words that name the item are so many at most: what goes on longer says something else of it.
const NAME: usize = 14;

/// Where a rationale gives the item of its heading the ruling of another one, in words that hold no ruling: the words.
pub fn echo(reading: &Reading, request: &Reading, voices: &[Voice], lexicon: &Lexicon) -> Option<Range<usize>> {
    if !reading.cues.has(Cue::EchoOf) && !reading.cues.has(Cue::Echoes) {
        return None;
    }
    let heading = Named::of(request, 0..request.words.len(), lexicon);
    let asked = request.text().to_lowercase();
    let names = |words: &Range<usize>| {
        let named = Named::of(reading, words.clone(), lexicon);
        // "the unit", of a heading that asks for one
        let mut devices = reading.cues(lexicon, 0..reading.hits.len(), Cue::DeviceWord);
        let word = |h: &Hit| reading.slice(h.first as usize..h.end as usize).to_lowercase();
        let mut device = || devices.any(|h| words.contains(&(h.first as usize)) && asked.contains(&word(h)));
        let same = heading.shares_words(&named) || heading.matches(&named, lexicon) || device();
        (1..=NAME).contains(&words.len()) && same
    };
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let marks = Marks::of(reading, sentence, lexicon);
        // a rationale of one sentence passes for a recital though no guideline speaks in it
        let recites = [Cue::GuidelineSays, Cue::GuidelineStyle, Cue::People].into_iter().any(|cue| marks.says(cue));
        if recites && voices.get(n) == Some(&Voice::Recital) {
            continue;
        }
        // the ruling stands before in the sentence, or in the one before
        let first = sentence.words.start;
        let ruled = |end: usize| RULINGS.into_iter().flat_map(|cue| marks.within(cue, first..end)).map(|r| r.end).max();
        let before = n.checked_sub(1).map(|n| &reading.sentences[n]);
        let ruled_before = before.is_some_and(|s| RULINGS.into_iter().any(|cue| s.cues.has(cue)));
        let follows = marks.cue(Cue::EchoOf).find(|echo| {
            let end = (echo.end..sentence.words.end).find(|w| marks.clause_start(*w) > echo.end);
            (ruled_before || ruled(echo.start).is_some()) && names(&(echo.end..end.unwrap_or(sentence.words.end)))
        });
        let leads = || {
            marks.cue(Cue::Echoes).find(|echo| {
                let from = ruled(echo.start);
                (ruled_before || from.is_some()) && names(&(from.unwrap_or(first)..echo.start))
            })
        };
        if let Some(echo) = follows.or_else(leads) {
            return Some(echo);
        }
    }
    None
}
