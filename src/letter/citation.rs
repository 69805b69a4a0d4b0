//! Guideline lines: what is cited, in both dialects, with the place of every part.
//!
//! To 2015 a line gives pages ("MTUS Chronic Pain Treatment Guidelines Benzodiazepines Page(s): 24"), later sections
//! ("MTUS Low Back Complaints 2004, Section(s): Special Studies, Summary"). Titles hold commas and colons themselves, so
//! the names come from the vocabulary.

use super::amount::Value;
use super::candidate;
use super::edition::of_year;
use super::reading::Reading;
use crate::lexicon::{Cue, Lexicon, Small, Term};
use crate::source::{Span, cut_before};
use pest::Parser;
use std::ops::Range;

/// pest's own rule names, kept out of sight of the rest of the crate.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/citation.pest"]
    pub struct CitationGrammar;
}

use grammar::{CitationGrammar, Rule};

/// A guideline line as it stands.
#[derive(Clone, Debug, Default)]
pub struct GuidelineLine {
    /// What is cited, in order.
    pub citations: Vec<Citation>,
    /// The words that say that nothing is cited.
    pub cites_nothing: Option<Span>,
    /// The words that say that the decision is not based on the MTUS.
    pub outside_mtus: Option<Span>,
}

/// One guideline with its sections and pages.
#[derive(Clone, Debug)]
pub struct Citation {
    /// From the guideline's name to the last page or section.
    pub span: Span,
    /// Whether the line cites it as part of the MTUS.
    pub mtus: bool,
    /// Editions that the name may mean, by number; none if the name is unknown.
    pub guidelines: Vec<u16>,
    /// Whether the name itself tells the edition.
    pub edition_named: bool,
    /// The guideline's name, or the whole free text.
    pub name: Span,
    /// The name as written, white space folded.
    pub name_text: String,
    /// Sections in order.
    pub sections: Vec<CitedSection>,
    /// Pages in order.
    pub pages: Vec<CitedPages>,
    /// The chapter number, where one is written ("Chapter 12").
    pub chapter: Option<(u32, Span)>,
    /// A table, where one is written ("Table 12-8").
    pub table: Option<((u32, u32), Span)>,
}

/// A section as cited.
#[derive(Clone, Debug)]
pub struct CitedSection {
    /// Where it is named.
    pub span: Span,
    /// Its words, white space folded.
    pub text: String,
    /// The sections of the vocabulary that the words may mean: numbers of guideline and section.
    pub known: Vec<(u16, u16)>,
}

/// Pages as cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitedPages {
    /// First page.
    pub first: u32,
    /// Last page; the same for a single page, less than `first` where a range runs backwards.
    pub last: u32,
    /// The whole page reference.
    pub span: Span,
}

/// A mark of the line's form.
struct Mark {
    kind: MarkKind,
    bytes: Range<usize>,
}

enum MarkKind {
    Basis { mtus: bool },
    Sections,
    Chapter(u32),
    Table(u32, u32),
}

/// Reads a guideline line.
pub fn guideline_line(reading: &Reading, lexicon: &Lexicon) -> GuidelineLine {
    let mut line = GuidelineLine::default();
    let cue = |cue| reading.cues(lexicon, 0..reading.hits.len(), cue).next().map(|h| reading.span_of_hit(h));
    line.cites_nothing = cue(Cue::CitesNothing);
    line.outside_mtus = cue(Cue::OutsideMtus);
    let marks = marks(reading);
    let pages: Vec<(Range<usize>, Vec<(u32, u32)>)> = candidate::pages(reading)
        .into_iter()
        .filter_map(|a| match a.value {
            Value::Pages(ranges) => Some((a.bytes, ranges)),
            _ => None,
        })
        .collect();
    for (i, mark) in marks.iter().enumerate() {
        let MarkKind::Basis { mtus } = mark.kind else { continue };
        let end = marks[i + 1..]
            .iter()
            .find(|m| matches!(m.kind, MarkKind::Basis { .. }))
            .map_or(reading.text().len(), |m| m.bytes.start);
        let (lead, bytes) = (mark.bytes.start, mark.bytes.end..end);
        let body = Body { reading, lexicon, marks: &marks, pages: &pages, lead, bytes };
        if mtus {
            body.mtus(&mut line.citations);
        } else {
            body.other(&mut line.citations);
        }
    }
    if line.citations.is_empty() && line.cites_nothing.is_none() {
        // a line that names a guideline without the usual words still cites it
        let bytes = 0..reading.text().len();
        let body = Body { reading, lexicon, marks: &marks, pages: &pages, lead: 0, bytes };
        body.mtus(&mut line.citations);
        line.citations.retain(|c| !c.guidelines.is_empty());
        for citation in &mut line.citations {
            citation.mtus = citation.guidelines.iter().any(|g| lexicon.guidelines[*g as usize].mtus);
        }
    }
    line
}

/// No mark is longer, in bytes.
const MARK_BYTES: usize = 256;

/// The marks of a line, tried at the words with which they begin.
fn marks(reading: &Reading) -> Vec<Mark> {
    let text = reading.text();
    let mut found: Vec<Mark> = Vec::new();
    let mut after = 0;
    for word in &reading.words {
        let start = word.start as usize;
        // "Decision based", "Section:", "Chapter", "Table", "Other Medical"
        let begins = [b"de", b"se", b"ch", b"ta", b"ot"].into_iter().any(|b| starts(text, start, b));
        if start < after || !begins {
            continue;
        }
        // what is tried is bounded: the parser's account of a failure holds a copy of it
        let ahead = &text[start..cut_before(text, start + MARK_BYTES)];
        let Some(pair) = CitationGrammar::parse(Rule::mark, ahead).ok().and_then(|mut p| p.next()) else {
            continue;
        };
        let end = start + pair.as_span().end();
        let Some(inner) = pair.into_inner().next() else { continue };
        let rule = inner.as_rule();
        let parts: Vec<(Rule, Option<u32>)> =
            inner.into_inner().map(|p| (p.as_rule(), p.as_str().parse().ok())).collect();
        let kind = match (rule, &parts[..]) {
            (Rule::basis, _) => MarkKind::Basis { mtus: !parts.iter().any(|(r, _)| *r == Rule::non_mtus) },
            (Rule::other, _) => MarkKind::Basis { mtus: false },
            (Rule::sections, _) => MarkKind::Sections,
            (Rule::chapter, [(_, Some(n)), ..]) => MarkKind::Chapter(*n),
            (Rule::table, [(_, Some(a)), (_, Some(b)), ..]) => MarkKind::Table(*a, *b),
            _ => continue,
        };
        after = end;
        found.push(Mark { kind, bytes: start..end });
    }
    found
}

/// Whether two letters stand at a byte, in any case.
fn starts(text: &str, at: usize, letters: &[u8; 2]) -> bool {
    text.as_bytes().get(at..at + 2).is_some_and(|b| b.eq_ignore_ascii_case(letters))
}

/// Where each page or range of pages stands in the words that list them.
pub fn page_places(text: &str, pages: &[(u32, u32)]) -> Vec<Range<usize>> {
    let mut numbers = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).filter(|at| {
        let inside = text[..*at].ends_with(|c: char| c.is_ascii_digit());
        !inside
    });
    let end = |at: usize| at + text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut find = |page: u32| numbers.find(|at| text[*at..end(*at)].parse() == Ok(page));
    pages
        .iter()
        .map(|(first, last)| {
            let Some(start) = find(*first) else { return 0..text.len() };
            let stop = if first == last { Some(start) } else { find(*last) };
            start..end(stop.unwrap_or(start))
        })
        .collect()
}

/// What follows one "Decision based on".
struct Body<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    marks: &'a [Mark],
    pages: &'a [(Range<usize>, Vec<(u32, u32)>)],
    /// Where the mark before the body begins: names such as "MTUS Low Back Complaints 2004" take their first word from it.
    lead: usize,
    bytes: Range<usize>,
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
    fn mtus(&self, out: &mut Vec<Citation>) {
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
    fn other(&self, out: &mut Vec<Citation>) {
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
        let begins = |w: &String| after.get(..w.len()).is_some_and(|start| start.eq_ignore_ascii_case(w));
        let named = self.lexicon.small.of(Small::Chapter).iter().any(begins);
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
        let open = text[start..end].matches('(').count() > text[start..end].matches(')').count();
        start..end + usize::from(open && text[end..].starts_with(')'))
    }
}
