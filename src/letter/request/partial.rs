//! The three parts of a partial authorization.

use crate::letter::reading::Reading;
use crate::lexicon::{Cue, Hit, Lexicon};
use std::ops::Range;

/// Where the parts of a partial authorization are: bytes of the reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The whole request.
    pub original: Range<usize>,
    /// What the administrator authorized.
    pub authorized: Option<Range<usize>>,
    /// What is still in dispute.
    pub remaining: Range<usize>,
    /// Whether the whole request is still in dispute, because what was authorized is something else.
    pub whole: bool,
}

/// The three parts of a partial authorization.
pub(super) fn partial(reading: &Reading, lexicon: &Lexicon) -> Option<Partial> {
    let bytes =
        |hit: &Hit| reading.words[hit.first as usize].start as usize..reading.words[hit.end as usize - 1].end as usize;
    let find = |cue| reading.cues(lexicon, 0..reading.hits.len(), cue).next().map(bytes);
    let opening = find(Cue::PartialOpening)?;
    let remaining = find(Cue::PartialRemaining);
    let authorized = find(Cue::PartialAuthorized);
    let text = reading.text();
    let whole = remaining.as_ref().is_none_or(|r| {
        let words = text[r.clone()].to_ascii_lowercase();
        words.contains("the original request") && !words.contains("portion")
    });
    let given = authorized.as_ref().map(|a| {
        // "X was authorized by the Claims Administrator" or "the Claims Administrator authorized X, leaving ..."
        if text[a.clone()].to_ascii_lowercase().ends_with("authorized") {
            let end = text[a.end..].find(", leaving").map_or(text.len(), |n| a.end + n);
            a.end..end
        } else {
            let start = opening.end.min(a.start);
            start..a.start
        }
    });
    let rest = match &remaining {
        Some(r) => r.end..text.len(),
        None => authorized.as_ref().map_or(opening.end, |a| a.end)..text.len(),
    };
    let rest = trim_marks(text, rest);
    // "leaving the original request IMR eligible. The original request, X is"
    const AGAIN: &str = "the original request,";
    let again = text[rest.clone()].get(..AGAIN.len()).is_some_and(|words| words.eq_ignore_ascii_case(AGAIN));
    let rest = if again { trim_marks(text, rest.start + AGAIN.len()..rest.end) } else { rest };
    let rest = match text[rest.clone()].strip_suffix(" is").or(text[rest.clone()].strip_suffix(" are")) {
        Some(stem) => rest.start..rest.start + stem.len(),
        None => rest,
    };
    Some(Partial {
        original: trim_marks(text, 0..opening.start),
        authorized: given.map(|g| trim_marks(text, g)),
        remaining: rest,
        whole,
    })
}

fn trim_marks(text: &str, bytes: Range<usize>) -> Range<usize> {
    const MARKS: [char; 6] = [' ', ',', '.', ':', '"', ';'];
    let written = &text[bytes.clone()];
    let start = bytes.start + written.len() - written.trim_start_matches(MARKS).len();
    start..(bytes.start + written.trim_end_matches(MARKS).len()).max(start)
}
