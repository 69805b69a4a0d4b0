//! What follows one "Decision based on": guidelines with their sections and pages.

use super::mark::{Mark, MarkKind};
use super::{Citation, CitedPages, CitedSection, page_places};
use crate::letter::edition::of_year;
use crate::letter::reading::Reading;
use crate::lexicon::{Lexicon, Small, Term};
use std::ops::Range;

/// What follows one "Decision based on".
pub(super) struct Body<'a> {
    pub(super) reading: &'a Reading,
    pub(super) lexicon: &'a Lexicon,
    pub(super) marks: &'a [Mark],
    pub(super) pages: &'a [(Range<usize>, Vec<(u32, u32)>)],
    /// Where the mark before the body begins: names such as "MTUS Low Back Complaints 2004" take their first word from it.
    pub(super) lead: usize,
    pub(super) bytes: Range<usize>,
}

impl Body<'_> {
    /// The guidelines named in the body: byte range, editions it may mean, whether the edition is named.
    fn names(&self) -> Vec<(Range<usize>, Vec<u16>, bool)> {
        let mut names: Vec<(Range<usize>, Vec<u16>, bool)> = Vec::new();
        for hit in &self.reading.hits {
            let (number, named) = match self.lexicon.terms[hit.term as usize] {
                Term::Guideline(n) => (n, true),
                Term::SharedGuideline(n) => (n, false),
                _ => continue,
            };
            let mut bytes = self.bytes_of(hit.first as usize, hit.end as usize);
            if bytes.start < self.lead || bytes.end <= self.bytes.start || bytes.end > self.bytes.end {
                continue;
            }
            if bytes.start < self.bytes.start {
                let kept = &self.reading.text()[self.bytes.start..bytes.end];
                bytes.start = bytes.end - kept.trim_start_matches([' ', ',', ':']).len();
            }
            // "MTUS Chronic Pain Medical Treatment 2016" begins inside "Decision based on MTUS"
            let mut bytes = self.bytes_of(hit.first as usize, hit.end as usize);
            if bytes.end <= self.bytes.start || bytes.end > self.bytes.end {
                continue;
            }
            let behind = self.reading.text()[self.bytes.start..].len()
                - self.reading.text()[self.bytes.start..].trim_start().len();
            bytes.start = bytes.start.max(self.bytes.start + behind);
            match names.last_mut() {
                Some((last, numbers, exact)) if last.start == bytes.start => {
                    if bytes.end > last.end {
                        (*last, *numbers, *exact) = (bytes, vec![number], named);
                    } else if bytes.end == last.end {
                        numbers.push(number);
                        *exact &= named;
                    }
                }
                Some((last, ..)) if bytes.start < last.end => {}
                _ => names.push((bytes, vec![number], named)),
            }
        }
        for n in 0..names.len() {
            // a year inside of another name belongs to that
            let from = if n == 0 { self.bytes.start } else { names[n - 1].0.end };
            let free = from..names.get(n + 1).map_or(self.bytes.end, |next| next.0.start);
            let (place, numbers, exact) = &mut names[n];
            if !*exact && let Some((edition, whole)) = of_year(self.lexicon, numbers, self.reading.text(), place, &free)
            {
                (*place, *numbers, *exact) = (whole, vec![edition], true);
            }
        }
        names
    }

    /// MTUS citations: each known title begins one.
    pub(super) fn mtus(&self, out: &mut Vec<Citation>) {
        let names = self.names();
        if names.is_empty() {
            return self.unknown(true, out);
        }
        // a title stands at the start or behind ", and"; one inside the words of a section begins no citation
        let mut starts: Vec<usize> = vec![0];
        for n in 1..names.len() {
            let between = &self.reading.text()[names[n - 1].0.end..names[n].0.start];
            if between.trim_end().ends_with("and")
                || between.trim_end().ends_with(';')
                || between.trim_end().ends_with("MTUS")
            {
                starts.push(n);
            }
        }
        for (i, n) in starts.iter().enumerate() {
            let (bytes, numbers, named) = names[*n].clone();
            let end = starts.get(i + 1).map_or(self.bytes.end, |next| names[*next].0.start);
            out.push(self.citation(true, bytes, numbers, named, end));
        }
    }

    /// A citation outside of the MTUS: free text, a known name in it if there is one.
    pub(super) fn other(&self, out: &mut Vec<Citation>) {
        match self.names().into_iter().next() {
            Some((bytes, numbers, named)) => out.push(self.citation(false, bytes, numbers, named, self.bytes.end)),
            None => self.unknown(false, out),
        }
    }

    fn unknown(&self, mtus: bool, out: &mut Vec<Citation>) {
        let written = &self.reading.text()[self.bytes.clone()];
        let start = self.bytes.start + written.len() - written.trim_start_matches([' ', ':', ',']).len();
        let stop = written.find(". ").map_or(self.bytes.end, |n| self.bytes.start + n).max(start);
        let end = start + self.reading.text()[start..stop].trim_end_matches([' ', '.', ',']).len();
        if start < end {
            out.push(self.citation(mtus, start..end, Vec::new(), false, self.bytes.end));
        }
    }

    fn citation(
        &self,
        mtus: bool,
        name: Range<usize>,
        mut guidelines: Vec<u16>,
        edition_named: bool,
        end: usize,
    ) -> Citation {
        guidelines.sort_unstable();
        guidelines.dedup();
        let within = |bytes: &Range<usize>| bytes.start >= name.start && bytes.end <= end;
        let pages: Vec<CitedPages> = self
            .pages
            .iter()
            .filter(|(bytes, _)| within(bytes))
            .flat_map(|(bytes, ranges)| {
                let places = page_places(&self.reading.text()[bytes.clone()], ranges);
                ranges.iter().zip(places).map(|((first, last), place)| CitedPages {
                    first: *first,
                    last: *last,
                    span: self.reading.span(bytes.start + place.start..bytes.start + place.end),
                })
            })
            .collect();
        let mark_at = |kind: fn(&MarkKind) -> bool| self.marks.iter().find(|m| kind(&m.kind) && within(&m.bytes));
        let chapter = self.marks.iter().filter(|m| within(&m.bytes)).find_map(|m| match m.kind {
            MarkKind::Chapter(n) => Some((n, self.reading.span(m.bytes.clone()))),
            _ => None,
        });
        let table = self.marks.iter().filter(|m| within(&m.bytes)).find_map(|m| match m.kind {
            MarkKind::Table(a, b) => Some(((a, b), self.reading.span(m.bytes.clone()))),
            _ => None,
        });
        // the words of the sections stand behind "Section(s):", or between the title and the pages
        let from = mark_at(|k| matches!(k, MarkKind::Sections)).map_or(name.end, |m| m.bytes.end);
        let to = self
            .pages
            .iter()
            .find(|(bytes, _)| within(bytes) && bytes.start >= from)
            .map_or(end, |(bytes, _)| bytes.start);
        let sections = self.sections(from..to.max(from), &guidelines, mtus);
        let last = [
            Some(name.end),
            sections.last().map(|(b, _)| b.end),
            self.pages.iter().rev().find(|(b, _)| within(b)).map(|(b, _)| b.end),
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(name.end);
        Citation {
            span: self.reading.span(name.start..last),
            mtus,
            guidelines,
            edition_named,
            name: self.reading.span(name.clone()),
            name_text: self.reading.text()[name].to_string(),
            sections: sections.into_iter().map(|(_, s)| s).collect(),
            pages,
            chapter,
            table,
        }
    }

    /// The sections named in some bytes: those of the vocabulary, and what stands between them.
    fn sections(&self, bytes: Range<usize>, guidelines: &[u16], mtus: bool) -> Vec<(Range<usize>, CitedSection)> {
        let mut known: Vec<(Range<usize>, Vec<(u16, u16)>)> = Vec::new();
        for hit in &self.reading.hits {
            let Term::Section { guideline, section } = self.lexicon.terms[hit.term as usize] else { continue };
            let at = self.bytes_of(hit.first as usize, hit.end as usize);
            // the ODG names its chapter first: "knee" in the topic behind it is none, "Rolling knee walker"
            let topic = !mtus && known.last().is_some_and(|(last, _)| at.start >= last.end) && !self.is_piece(&at);
            if at.start < bytes.start || at.end > bytes.end || !guidelines.contains(&guideline) || topic {
                continue;
            }
            match known.last_mut() {
                Some((last, ids)) if *last == at => ids.push((guideline, section)),
                Some((last, ids)) if at.start == last.start && at.end > last.end => {
                    (*last, *ids) = (at, vec![(guideline, section)]);
                }
                Some((last, _)) if at.start < last.end => {}
                _ => known.push((at, vec![(guideline, section)])),
            }
        }
        let mut all: Vec<(Range<usize>, Vec<(u16, u16)>)> = Vec::new();
        let mut at = bytes.start;
        for (place, ids) in known {
            self.free(at..place.start, mtus, &mut all);
            at = place.end;
            all.push((place, ids));
        }
        self.free(at..bytes.end, mtus, &mut all);
        all.into_iter()
            .map(|(place, known)| {
                let text = self.reading.text()[place.clone()].to_string();
                (place.clone(), CitedSection { span: self.reading.span(place), text, known })
            })
            .collect()
    }

    /// Whether some bytes fill the place between two marks, but for a word such as "Chapter".
    fn is_piece(&self, at: &Range<usize>) -> bool {
        let text = self.reading.text();
        let (before, after) = (text[..at.start].trim_end(), text[at.end..].trim_start());
        let marked = before.ends_with([',', ';', '/', '-', ':', '(', ')']) || before.ends_with(" and");
        let begins = |w: &str| after.get(..w.len()).is_some_and(|start| start.eq_ignore_ascii_case(w));
        let named = self.lexicon.small.of(Small::Chapter).any(begins);
        let ends = after.is_empty() || named || after.starts_with([',', ';', '/', '-', ':', '(', ')', '.', '&']);
        marked && (ends || after.starts_with("and "))
    }

    /// Words that are no known section: cut at commas, marks left out.
    fn free(&self, bytes: Range<usize>, mtus: bool, out: &mut Vec<(Range<usize>, Vec<(u16, u16)>)>) {
        const TRIM: [char; 8] = [' ', ',', '.', ';', ':', '/', ')', '-'];
        let mut at = bytes.start;
        for piece in self.reading.text()[bytes].split_inclusive(',') {
            let bare = piece
                .trim_end_matches(TRIM)
                .trim_start_matches(TRIM)
                .trim_start_matches("and ")
                .trim_end_matches(" and")
                .trim();
            let from = piece.find(bare).unwrap_or(0);
            // "Platelet-rich plasma (PRP)"
            let open = bare.matches('(').count() > bare.matches(')').count();
            let closed = usize::from(open && piece[from + bare.len()..].starts_with(')'));
            let bare = &piece[from..from + bare.len() + closed];
            let from = at + from;
            at += piece.len();
            let words = bare.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
                || mtus && bare.bytes().any(|b| b.is_ascii_digit());
            if words && bare != "and" && !self.lexicon.is_small(bare, Small::Chapter) {
                out.push((from..from + bare.len(), Vec::new()));
            }
        }
    }

    /// The bytes of some words, with a bracket that closes right behind them.
    fn bytes_of(&self, first: usize, end: usize) -> Range<usize> {
        let (start, end) = (self.reading.words[first].start as usize, self.reading.words[end - 1].end as usize);
        let text = self.reading.text();
        let count = |mark: u8| text.as_bytes()[start..end].iter().filter(|b| **b == mark).count();
        let open = count(b'(') > count(b')');
        start..end + usize::from(open && text[end..].starts_with(')'))
    }
}
