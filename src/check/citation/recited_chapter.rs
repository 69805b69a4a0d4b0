//! ACOEM chapters as a rationale recites them: number, title, table and page against one another.

use super::chapter::{SLACK, bounds, is_acoem};
use super::named::editions;
use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Hit, fold};
use crate::source::Span;
use std::ops::Range;

/// How many words behind a chapter its table, page and title may stand, and how many before it its title.
const BESIDE: usize = 9;

/// The first chapter of a rationale whose title, table or page is that of another one.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let reading = &decision.rationale.as_ref()?.reading;
    let own = |n: &usize| !facts.reviewed.contains(n);
    (0..reading.sentences.len()).filter(own).find_map(|n| {
        let sentence = &reading.sentences[n];
        let chapters: Vec<&Hit> = reading.cues(context.lexicon, sentence.hits.clone(), Cue::ChapterNumber).collect();
        if chapters.is_empty() || !names_acoem(context, reading, sentence) {
            return None;
        }
        chapters.iter().enumerate().find_map(|(at, hit)| {
            // what stands behind the next chapter is that one's
            let before = chapters[..at].last().map_or(sentence.words.start, |h| h.end as usize);
            let next = chapters.get(at + 1).map_or(sentence.words.end, |h| h.first as usize);
            let near = (hit.first as usize).saturating_sub(BESIDE).max(before)..(hit.end as usize + BESIDE).min(next);
            let number = number(reading, hit.end as usize - 1)?;
            let told = Told { context, reading, facts, number, hit: hit.first as usize..hit.end as usize };
            told.title(near.clone()).or_else(|| told.table(next)).or_else(|| told.page(near.start, next))
        })
    })
}

/// Whether a sentence names the practice guidelines of 2004, and no later edition alone.
fn names_acoem(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let named = reading.hits[sentence.hits.clone()].iter().filter_map(|h| editions(context.lexicon, context.term(h)));
    let of = |g: &u16| is_acoem(&context.lexicon.guidelines[*g as usize]);
    named.into_iter().any(|(all, whole)| !whole && all.iter().any(of))
}

fn number(reading: &Reading, word: usize) -> Option<u32> {
    reading.word(word).parse().ok()
}

/// A chapter told in a rationale.
struct Told<'a> {
    context: &'a Context<'a>,
    reading: &'a Reading,
    facts: &'a PartFacts,
    number: u32,
    hit: Range<usize>,
}

impl Told<'_> {
    fn finding(&self, case: &'static str, other: Span) -> Finding {
        Finding::new(case)
            .label("chapter", self.reading.span_of_words(self.hit.clone()))
            .label("other", other)
            .hole("chapter", self.number.to_string())
    }

    /// A title beside the number that is another chapter's.
    fn title(&self, near: Range<usize>) -> Option<Finding> {
        let said: Vec<String> = near.clone().map(|w| fold(self.reading.word(w))).collect();
        let find = |title: &[String]| (0..said.len()).find(|n| said[*n..].iter().take(title.len()).eq(title.iter()));
        let known = self.context.lexicon.chapters().iter().filter(|(title, _)| title.len() > 1);
        let titled: Vec<(usize, usize, u32)> =
            known.filter_map(|(title, n)| Some((find(title)?, title.len(), *n))).collect();
        let (at, len, expected) = *titled.first()?;
        let words = near.start + at..near.start + at + len;
        let other = titled.iter().all(|(.., n)| *n != self.number);
        other.then(|| {
            self.finding("title", self.reading.span_of_words(words.clone()))
                .hole("title", self.reading.slice(words))
                .hole("expected", expected.to_string())
                .hole("table", "")
                .hole("page", "")
        })
    }

    /// "Table 9-6" behind another chapter than 9.
    fn table(&self, next: usize) -> Option<Finding> {
        let words = self.hit.end..(self.hit.end + BESIDE).min(next);
        let (lexicon, hits) = (self.context.lexicon, 0..self.reading.hits.len());
        let mut tables = self.reading.cues(lexicon, hits, Cue::TableNumber);
        let table = tables.find(|h| words.contains(&(h.first as usize)))?;
        let end = table.end as usize;
        let (of, n) = (number(self.reading, end - 2)?, number(self.reading, end - 1)?);
        // a revision that was printed by itself numbers its tables anew
        bounds(lexicon, self.number)?;
        (of != self.number).then(|| {
            self.finding("table", self.reading.span_of_words(table.first as usize..end))
                .hole("table", format!("{of}-{n}"))
                .hole("expected", self.number.to_string())
                .hole("title", "")
                .hole("page", "")
        })
    }

    /// A page behind the chapter, or before it as "page 369 of", that lies outside of it.
    fn page(&self, from_word: usize, next: usize) -> Option<Finding> {
        let (from, to) = bounds(self.context.lexicon, self.number)?;
        let words = self.hit.end..(self.hit.end + BESIDE).min(next);
        let place = |byte: usize| self.reading.words.partition_point(|w| (w.end as usize) <= byte);
        let of = |word: usize| self.reading.word(word) == "of";
        let before = |a: &Amount| {
            let end = place(a.bytes.end.saturating_sub(1)) + 1;
            place(a.bytes.start) >= from_word && end < self.hit.start && of(end)
        };
        let near = |a: &&Amount| words.contains(&place(a.bytes.start)) || before(a);
        let amount = self.facts.amounts.iter().filter(|a| matches!(a.value, Value::Pages(_))).find(near)?;
        let Value::Pages(ranges) = &amount.value else { return None };
        let inside = |(first, last): &(u32, u32)| *first.min(last) <= to + SLACK && *first.max(last) + SLACK >= from;
        (!ranges.iter().any(inside)).then(|| {
            self.finding("page", self.reading.span(amount.bytes.clone()))
                .hole("page", ranges[0].0.to_string())
                .hole("expected", format!("{from}-{to}"))
                .hole("title", "")
                .hole("table", "")
        })
    }
}
