//! The same item decided twice, or both ways.

use super::{Context, Finding};
use crate::letter::Decision;
use crate::lexicon::{Cue, Hit, Small, Term, fold, number_word};

/// The request with case, marks, white space and the order of words folded: what makes two headings the same. "X-rays of the
/// cervical spine" and "Cervical spine x-ray" are one item; other words, numbers and sides make another.
fn folded(context: &Context<'_>, decision: &Decision) -> Option<Vec<String>> {
    let reading = &decision.request.as_ref()?.reading;
    let mut tokens = Vec::new();
    let mut covered = vec![false; reading.words.len()];
    for hit in &reading.hits {
        let token = match context.term(hit) {
            Term::Treatment(n) => format!("treatment {n}"),
            Term::Generic(n) | Term::Brand { drug: n, .. } => format!("drug {n}"),
            Term::BodyPart(n) => format!("part {n}"),
            _ => continue,
        };
        tokens.push(token);
        covered[hit.first as usize..hit.end as usize].fill(true);
    }
    let told = |w: &usize| {
        let slice = reading.slice(*w..w + 1);
        let side = |h: &Hit| [Cue::LeftSide, Cue::RightSide, Cue::BothSides].into_iter().any(|c| context.is(h, c));
        !covered[*w]
            && (slice.len() >= TELLING
                || slice.as_bytes()[0].is_ascii_digit()
                || reading.hits.iter().any(|h| (h.first as usize..h.end as usize).contains(w) && side(h)))
    };
    // "thirty count" is "#30"
    let spelled = |word: &str| number_word(word.as_bytes()).map_or_else(|| fold(word), |n| n.to_string());
    let piece = |w: &usize| context.lexicon.is_small(reading.slice(*w..*w + 1), Small::Counted);
    let words = (0..reading.words.len()).filter(|w| told(w) || !covered[*w] && is_number(reading.slice(*w..*w + 1)));
    let rest = words.filter(|w| !piece(w)).map(|w| spelled(reading.slice(w..w + 1)));
    // "3 times a week for 4 weeks" is not "4 times a week for 3 weeks"
    let (numbers, others): (Vec<String>, Vec<String>) = rest.partition(|w| w.contains(|c: char| c.is_ascii_digit()));
    tokens.extend(others.iter().map(|w| w.trim_end_matches('s').to_string()));
    tokens.sort();
    tokens.dedup();
    // "325mg" and "325 mg"
    let figures = |w: &String| match w.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) if at > 0 => w[..at].to_string(),
        _ => w.clone(),
    };
    tokens.push(numbers.iter().map(figures).collect::<Vec<_>>().join(" "));
    (tokens.len() > 1).then_some(tokens)
}

fn is_number(word: &str) -> bool {
    number_word(word.as_bytes()).is_some_and(|n| n > 1)
}

/// Words shorter than this, and not a number or a side, only join others.
const TELLING: usize = 4;

/// Pairs of a decision and the first one about the same request.
fn pairs<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'a Decision, &'a Decision)> {
    let decisions = &context.letter.decisions;
    let repeated = context.memo.repeated.get_or_init(|| {
        let mut seen: Vec<(Vec<String>, usize)> = Vec::new();
        let mut found = Vec::new();
        for (n, decision) in decisions.iter().enumerate() {
            let Some(text) = folded(context, decision) else { continue };
            match seen.iter().find(|(known, _)| *known == text) {
                Some((_, first)) => found.push((*first, n)),
                None => seen.push((text, n)),
            }
        }
        found
    });
    repeated.iter().map(|(first, second)| (&decisions[*first], &decisions[*second]))
}

fn finding(context: &Context<'_>, first: &Decision, second: &Decision) -> Finding {
    let span = |d: &Decision| d.request.as_ref().map(|r| r.reading.passage.span);
    let outcome = |d: &Decision| d.outcome.map_or("", |o| if o.overturned { "Overturned" } else { "Upheld" });
    Finding::new("default")
        .label_if("second", span(second))
        .label_if("first", span(first))
        .hole("item", context.request_words(second))
        .hole("number", first.n.to_string())
        .hole("first", outcome(first))
        .hole("second", outcome(second))
        .about(second)
}

fn same_outcome(first: &Decision, second: &Decision) -> Option<bool> {
    Some(first.outcome?.overturned == second.outcome?.overturned)
}

/// The same item is decided twice, the same way.
pub fn duplicated(context: &Context<'_>) -> Vec<Finding> {
    let same = pairs(context).filter(|(a, b)| same_outcome(a, b) != Some(false));
    same.map(|(a, b)| finding(context, a, b)).collect()
}

/// The same item is decided both ways.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let other = pairs(context).filter(|(a, b)| same_outcome(a, b) == Some(false));
    other.map(|(a, b)| finding(context, a, b)).collect()
}
