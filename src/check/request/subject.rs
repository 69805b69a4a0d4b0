//! The words of a conclusion that say what it is about.

use super::asking::asked;
use crate::check::Context;
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::fact::{Marks, Object, PartFacts, Stance, Voice};
use crate::letter::{Reading, Request, Sentence};
use crate::lexicon::{Cue, Gap, Small, Term, fold};
use std::ops::Range;

/// What begins words about something else: a guideline's limit, earlier treatment, a condition.
const TURNS: [Cue; 7] =
    [Cue::GuidelineSays, Cue::Applies, Cue::Completed, Cue::Conditional, Cue::Concession, Cue::Contrast, Cue::CaseTurn];

/// The words that name the subject of a conclusion: behind "the request for", or from the start of the part of the
/// sentence that names the item, up to the verdict and to any turn to something else.
pub fn subject(context: &Context<'_>, request: &Request, reading: &Reading, stance: &Stance) -> Range<usize> {
    let sentence = &reading.sentences[stance.sentence];
    let marks = Marks::of(reading, sentence, context.lexicon);
    let (first, verdict) = (sentence.words.start, &stance.words);
    // "medical necessity of the left knee MRI has not been established" holds its subject
    let up_to = |start: usize| start..if start < verdict.start { verdict.start } else { verdict.end };
    let asked: Vec<usize> = marks.within(Cue::ThisRequest, first..verdict.end).map(|r| r.end).collect();
    let behind_request = asked.into_iter().rev().map(up_to).find(|words| words.len() > 2);
    let named = || {
        let at = mentions(context, request, marks).find(|at| *at < verdict.end)?;
        // commas stand inside names: "L3-4, L4-5"; what opens the conclusion ends before them
        let clause = marks.clause_start(at);
        let opener = marks.within(Cue::ConclusionOpener, clause..at).map(|o| o.end).last();
        let start = opener.unwrap_or_else(|| marks.part_start(at));
        // "the" before "medical necessity of the left knee MRI" is no subject
        Some(up_to(if verdict.contains(&at) { start.max(verdict.start) } else { start }))
    };
    let after = || {
        mentions(context, request, marks)
            .next()
            .map(|_| verdict.end..sentence.words.end)
            .filter(|words| words.len() > 2)
    };
    // "the medical necessity of eight visits is not established" names no item
    let part = || {
        let start = marks.part_start(verdict.start);
        let necessity = marks.cue(Cue::Necessity).find(|n| n.start == verdict.start);
        match necessity.filter(|n| start + 1 >= verdict.start && n.end <= verdict.end) {
            Some(necessity) => necessity.end..verdict.end,
            None => start..verdict.start,
        }
    };
    let words = behind_request.or_else(named).or_else(after).unwrap_or_else(part);
    let cut = |words: Range<usize>| {
        let turn = TURNS.into_iter().filter_map(|cue| marks.within(cue, words.clone()).map(|t| t.start).next()).min();
        let turns = [turn, other_drug(context, request, marks, &words), apart(context, reading, &words)];
        words.start..turns.into_iter().flatten().min().unwrap_or(words.end)
    };
    let part = marks.part_start(verdict.start)..verdict.start;
    let names = |words: &Range<usize>| mentions(context, request, marks).any(|at| words.contains(&at));
    let subject = cut(words);
    // "given that the request exceeds the guideline, therapy of the knee is not necessary" names the item behind the turn
    let later = || subject.end <= part.start && !names(&subject) && names(&part);
    if later() { cut(part) } else { subject }
}

/// The clause before a conclusion on "it", where that names the item: "I would allow the MRI of the knee; it is necessary".
pub fn meant_by_it(
    context: &Context<'_>,
    request: &Request,
    reading: &Reading,
    stance: &Stance,
) -> Option<Range<usize>> {
    let sentence = &reading.sentences[stance.sentence];
    let marks = Marks::of(reading, sentence, context.lexicon);
    let clause = marks.clause_start(stance.words.start);
    let it = clause > sentence.words.start && reading.word(clause).eq_ignore_ascii_case("it");
    let before = marks.clause_start(clause.checked_sub(1)?)..clause;
    let own = requested(context, request);
    let names = things(context, reading, before.clone()).iter().any(|t| own.iter().any(|o| related(context, o, t)));
    let turns = TURNS.into_iter().any(|cue| marks.says_within(cue, before.clone()));
    (it && stance.object != Object::Other && names && !turns).then_some(before)
}

/// The words of a rationale that tell of the request outside of a conclusion: "the request for a left elbow MRI". Guidelines,
/// other requests and what the administrator did are left out.
pub fn told(context: &Context<'_>, request: &Request, reading: &Reading, facts: &PartFacts) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let concludes = || facts.conclusion.stances.iter().any(|s| s.sentence == n);
        if !facts.is_of_case(n)
            || !sentence.cues.has(Cue::TheRequest)
            || OTHERS.iter().any(|c| sentence.cues.has(*c))
            || concludes()
        {
            continue;
        }
        let marks = Marks::of(reading, sentence, context.lexicon);
        for asked in marks.cue(Cue::TheRequest) {
            let hard = |w: &usize| reading.words[*w].gap == Gap::Hard;
            let rest = asked.end..sentence.words.end;
            // "the request exceeds what the guideline recommends" tells of the request first
            if marks.says_within(Cue::GuidelineSays, sentence.words.start..asked.start) {
                continue;
            }
            let stop = rest.clone().find(hard).into_iter();
            let verb = marks.within(Cue::Verb, rest.clone()).map(|v| v.start);
            let turns = TURNS.into_iter().flat_map(|cue| marks.within(cue, rest.clone()).map(|t| t.start));
            let end = stop.chain(verb).chain(turns).chain(other_drug(context, request, marks, &rest)).min();
            let words = asked.end..end.unwrap_or(rest.end);
            // "were the request for 6 visits", "reducing the request to 6 visits"
            let small = |w: usize, set| marks.is(w, set);
            let first = sentence.words.start;
            let opened = asked.start > first
                && (small(asked.start - 1, Small::OpensCondition)
                    || asked.start == first + 1 && small(first, Small::SupposesCase));
            if opened || rest.start < rest.end && small(rest.start, Small::To) {
                continue;
            }
            // "a request for 6 visits would be reasonable" is none that was made
            if end.is_some_and(|w| marks.is(w, Small::MayBe)) {
                continue;
            }
            let words = words.start..apart(context, reading, &words).unwrap_or(words.end);
            // the item, or so little that nothing else can be meant
            let names = mentions(context, request, marks).any(|at| words.contains(&at));
            if names || !words.is_empty() && words.len() <= FEW {
                found.push(words);
            }
        }
    }
    found
}

/// The words by which the treating side asks for the item that the heading names: "the treater seeks imaging of both elbows".
pub fn sought(context: &Context<'_>, request: &Request, reading: &Reading, facts: &PartFacts) -> Vec<Range<usize>> {
    // a sentence on who asks for what is no recital, wherever it stands
    let own = |n: usize| facts.voices.get(n).is_none_or(|v| matches!(v, Voice::Application | Voice::Recital));
    let plain = |s: &Sentence| !OTHERS.iter().any(|c| s.cues.has(*c));
    let sentences =
        reading.sentences.iter().enumerate().filter(|(n, s)| own(*n) && !facts.reviewed.contains(n) && plain(s));
    let mut found = Vec::new();
    for (_, sentence) in sentences {
        let own = requested(context, request);
        let same = |t: &Thing| own.iter().any(|o| related(context, o, t));
        let names = |words: &Range<usize>| things(context, reading, words.clone()).iter().any(same);
        found.extend(asked(context, reading, sentence).into_iter().filter(names));
    }
    found
}

/// Cues of sentences that tell of something else than what is asked for.
const OTHERS: [Cue; 4] = [Cue::OtherRequest, Cue::UtilizationReview, Cue::PartialTemplate, Cue::People];

/// So many words behind "the request" name nothing else: "for 4 refills".
const FEW: usize = 4;

/// Where some words begin to compare or explain: "which would bring the total to", "up from", "beyond the".
fn apart(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> Option<usize> {
    let word = |w: usize| fold(reading.word(w));
    let leaves = |words: &str| context.lexicon.is_small(words, Small::LeavesSubject);
    let known = &context.lexicon.small;
    // few words begin as one of these
    let may = |w: &usize| {
        let word = reading.word(*w);
        !word.is_ascii() || known.may_begin(Small::LeavesSubject, word)
    };
    words.clone().filter(may).find(|w| {
        let this = word(*w);
        let of_two = |k: &str| {
            let rest = k.strip_prefix(&this).and_then(|k| k.strip_prefix(' '));
            rest.is_some_and(|rest| rest == word(*w + 1))
        };
        leaves(&this) || known.of(Small::LeavesSubject).any(of_two)
    })
}

/// Where a sentence names what the heading names.
fn mentions<'a>(context: &'a Context<'_>, request: &'a Request, marks: Marks<'a>) -> impl Iterator<Item = usize> + 'a {
    let drugs = drugs(context, request);
    marks
        .all()
        .filter(move |(_, term)| match term {
            Term::Generic(n) | Term::Brand { drug: n, .. } => drugs.contains(n),
            Term::Treatment(n) => request.treatments.iter().any(|(t, _)| t == n),
            _ => false,
        })
        .map(|(hit, _)| hit.first as usize)
}

/// The drugs that a heading names, in any of its parts.
fn drugs(context: &Context<'_>, request: &Request) -> Vec<u16> {
    let all = request.reading.hits.iter().filter_map(|hit| match context.term(hit) {
        Term::Generic(n) | Term::Brand { drug: n, .. } => Some(n),
        _ => None,
    });
    all.chain(request.items.iter().filter_map(|i| i.drug)).collect()
}

/// Where some words turn to a drug that the heading does not name: amounts behind it are of that.
fn other_drug(context: &Context<'_>, request: &Request, marks: Marks, words: &Range<usize>) -> Option<usize> {
    let drugs = drugs(context, request);
    let mut others = marks.all().filter_map(|(hit, term)| match term {
        Term::Generic(n) | Term::Brand { drug: n, .. } if !drugs.contains(&n) => Some(hit.first as usize),
        _ => None,
    });
    if drugs.is_empty() { None } else { others.find(|at| words.contains(at)) }
}

/// Fewer words than this repeat a heading by chance.
const TELLING: usize = 3;

/// Where some words repeat a heading but for one word, and how that differs: its number in the heading and here.
pub fn echo(
    heading: &Reading,
    reading: &Reading,
    words: Range<usize>,
    slips: impl Fn(&str, &str) -> bool,
) -> Option<(usize, usize)> {
    let folded = |r: &Reading, words: Range<usize>| -> Vec<String> { words.map(|w| fold(r.word(w))).collect() };
    let (wanted, here) = (folded(heading, 0..heading.words.len()), folded(reading, words.clone()));
    // what stands before a colon may be missing: "Associated surgical service:"
    for dropped in (0..wanted.len()).filter(|w| *w == 0 || heading.words[*w].gap == Gap::Hard) {
        let tail = &wanted[dropped..];
        if tail.len() < TELLING {
            break;
        }
        let mut slip = None;
        for (at, stretch) in here.windows(tail.len()).enumerate() {
            let mut differ = tail.iter().zip(stretch).enumerate().filter(|(_, (a, b))| a != b).map(|(n, _)| n);
            match (differ.next(), differ.next()) {
                (None, _) => return None,
                (Some(n), None) if slips(&tail[n], &stretch[n]) => {
                    slip = Some((dropped + n, words.start + at + n));
                }
                _ => {}
            }
        }
        if slip.is_some() {
            return slip;
        }
    }
    None
}

/// Whether two words are numbers of the same unit: "10" and "20", "10mg" and "20mg".
pub fn other_number(a: &str, b: &str) -> bool {
    let parts = |word: &str| {
        let unit = word.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(word.len());
        (word[..unit].parse::<f64>().ok(), word[unit..].to_string())
    };
    let ((a, a_unit), (b, b_unit)) = (parts(a), parts(b));
    a.is_some() && b.is_some() && a != b && a_unit == b_unit
}

/// Whether two words are sides of the body.
pub fn other_side(context: &Context<'_>, a: &str, b: &str) -> bool {
    [a, b].into_iter().all(|word| context.lexicon.is_small(word, Small::Side))
}
