//! How severe a finding of a study is, as the rationale tells it, against the summary: "severe" stenosis beside "mild".

use super::contradiction::finding;
use super::opposed::of_both;
use super::plain::is_no_fact;
use crate::check::{Context, Finding};
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::{Decision, Level, Reading, Sentence, Value};
use crate::lexicon::{Cue, Gap, Small, Term, fold};
use crate::source::Span;
use std::ops::Range;

/// A finding with its grade.
struct Graded {
    /// What is found, folded, in the singular.
    noun: String,
    /// The grades told of it: sets of words.
    grades: Vec<Small>,
    span: Span,
    parts: Vec<u16>,
    sides: Vec<Cue>,
    levels: Vec<Level>,
    /// Telling words beside it.
    beside: Vec<String>,
}

/// The grades, each a set of words.
const GRADES: [Small; 5] =
    [Small::GradeLow, Small::GradeMiddle, Small::GradeHigh, Small::GradePartial, Small::GradeComplete];

/// How many words before a finding its grade may stand: "severe right median".
const BEFORE: usize = 4;
/// How many words beside a finding its place is looked for.
const BESIDE: usize = 6;
/// Words shorter than this tell too little.
const TELLING: usize = 5;

/// A finding of which the rationale tells a grade that the summary tells nowhere, and another of the same finding.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| graded(context, reading, facts))?;
    said.iter().find_map(|one| {
        let same: Vec<&Graded> = told.iter().filter(|o| is_same(one, o)).collect();
        // the same noun of another place may be meant after all
        let known = told.iter().filter(|o| o.noun == one.noun).any(|o| o.grades.iter().any(|g| one.grades.contains(g)));
        let other = same.first().filter(|_| !known)?;
        Some(finding(context, "observation", &one.noun, one.span, other.span))
    })
}

/// Whether two are of one finding: the same noun, with a word beside it shared if it is a plain one, and no other place.
fn is_same(one: &Graded, two: &Graded) -> bool {
    fn meet<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x))
    }
    let torn = |g: &Graded| g.grades.iter().any(|g| matches!(g, Small::GradePartial | Small::GradeComplete));
    let named = one.noun.contains(' ') || one.beside.iter().any(|w| two.beside.contains(w));
    one.noun == two.noun
        && torn(one) == torn(two)
        && named
        && meet(&one.parts, &two.parts)
        && meet(&one.sides, &two.sides)
        && meet(&one.levels, &two.levels)
}

/// The findings of a part of the letter that have a grade.
fn graded(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Graded> {
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.cues.has(Cue::StudyFinding)) {
        if !facts.is_of_case(n) || facts.reviewed.contains(&n) || is_no_fact(context, reading, sentence) {
            continue;
        }
        for hit in reading.cues(context.lexicon, sentence.hits.clone(), Cue::StudyFinding) {
            let noun = hit.first as usize..hit.end as usize;
            let open = |w: &usize| reading.words[*w + 1].gap != Gap::Hard;
            let before = noun.start.saturating_sub(BEFORE).max(sentence.words.start)..noun.start;
            let before: Vec<usize> = before.rev().take_while(open).collect();
            let grade = |w: &usize| {
                let word = reading.word(*w);
                GRADES.into_iter().find(|g| context.lexicon.is_small(word, *g)).map(|g| (*w, g))
            };
            let grades: Vec<(usize, Small)> = before.iter().filter_map(grade).collect();
            let Some(first) = grades.iter().map(|(w, _)| *w).min() else { continue };
            let meant = meaning(reading, context.lexicon, noun.clone());
            if meant.polarity == Polarity::Affirmed {
                let grades = grades.into_iter().map(|(_, g)| g).collect();
                found.push(with_place(context, reading, sentence, facts, (first..noun.end, noun), grades));
            }
        }
    }
    found
}

/// A finding with what stands beside it.
fn with_place(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    facts: &PartFacts,
    (whole, noun): (Range<usize>, Range<usize>),
    grades: Vec<Small>,
) -> Graded {
    let near =
        whole.start.saturating_sub(BESIDE).max(sentence.words.start)..(noun.end + BESIDE).min(sentence.words.end);
    let (mut parts, mut sides) = (Vec::new(), Vec::new());
    for hit in reading.hits[sentence.hits.clone()].iter().filter(|h| near.contains(&(h.first as usize))) {
        match context.term(hit) {
            Term::BodyPart(part) => parts.push(part),
            Term::Cue(Cue::BothSides) => sides.extend([Cue::LeftSide, Cue::RightSide]),
            Term::Cue(side @ (Cue::LeftSide | Cue::RightSide)) => sides.push(side),
            _ => {}
        }
    }
    let bytes = reading.words[near.start].start as usize..reading.words[near.end - 1].end as usize;
    let levels = facts.amounts.iter().filter(|a| bytes.contains(&a.bytes.start)).flat_map(|a| match &a.value {
        Value::Levels(levels) => levels.clone(),
        _ => Vec::new(),
    });
    let plain = |w: &usize| !noun.contains(w);
    let telling =
        |w: String| (w.len() >= TELLING && !GRADES.iter().any(|g| context.lexicon.is_small(&w, *g))).then_some(w);
    let beside = near.clone().filter(plain).filter_map(|w| telling(fold(reading.word(w)))).collect();
    Graded {
        noun: fold(reading.slice(noun.clone())).trim_end_matches('s').to_string(),
        grades,
        span: reading.span_of_words(whole),
        parts,
        sides,
        levels: levels.collect(),
        beside,
    }
}
