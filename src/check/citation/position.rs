//! Recitals that are for what a guideline is against, or against what it is for.
//!
//! A position is known by the words of its contrary, or by the words for or against that stand nearest to the use that it
//! is about: "recommended" before "for long-term use". What narrows a sentence to something else leaves it alone.

use super::limit::Recital;
use crate::check::Finding;
use crate::diagnostic::Severity;
use crate::fact::{Polarity, Signed, Voice};
use crate::letter::Sentence;
use crate::lexicon::{Cue, Gap, Position, Small, Term};
use std::cell::OnceCell;
use std::ops::Range;

/// So many words may stand between the words for or against and the use that they are said of.
const BEFORE: usize = 16;
/// So many words may stand between a use and the words for or against it: "long-term use is not recommended".
const BEHIND: usize = 6;

/// So many words may stand between a denial and the use that it alone denies: "but not for".
const BESIDE: usize = 1;

/// So many words may stand between a use and "is not".
const LEFT_OUT: usize = 3;

/// The finding on a sentence of a rationale, if it says the contrary of a position that is known.
pub fn judge<'a>(recital: &Recital<'a>, number: usize, sentence: &'a Sentence, voice: Voice) -> Option<Finding> {
    let positions = &recital.context.lexicon.positions;
    let spoken = Spoken::of(recital, sentence);
    // without any of these nothing can be held against a position
    if spoken.lists.all.is_empty() && spoken.sides.is_empty() {
        return None;
    }
    let concerns = |p: &Position| {
        recital.is_within(&p.body_parts)
            && p.beside.is_none_or(|list| has(recital, sentence, list))
            && (recital.asks_for(&p.treatments) || !p.by_request && recital.is_besides(&p.treatments, sentence))
    };
    positions.iter().filter(|p| spoken.may_hold(p) && concerns(p)).find_map(|p| {
        let said = contrary(recital, sentence, p, &spoken)?;
        let clause = clause(recital, sentence, &said);
        let narrowed = p
            .unless
            .iter()
            .any(|list| phrases(recital, sentence, Term::List(*list)).any(|at| clause.contains(&at.start)));
        let about = !narrowed
            && (recital.treats(&p.treatments, p.by_request, sentence, said.start)
                || !p.by_request && recital.is_besides(&p.treatments, sentence))
            && recital.recites(number, sentence, voice, said.start);
        let (name, guidelines) = source(recital, number, sentence, said.start).filter(|_| about)?;
        let words = recital.reading.slice(said.clone());
        recital.holds(&p.guidelines, &guidelines).then(|| {
            let finding = Finding::new("position")
                .label("quote", recital.reading.span_of_words(said))
                .hole("guideline", name)
                .hole("said", words)
                .hole("limit", p.title.as_str());
            Finding { lowered: Some(Severity::Warning), ..finding }
        })
    })
}

/// What a sentence has of the words that positions are known by.
struct Spoken<'a> {
    /// The phrase lists of its words, by number.
    lists: Lists,
    /// Its words for and against, in their order, and whether they are for.
    sides: Vec<(Range<usize>, bool)>,
    /// How its words are meant, worked out when first asked.
    signed: OnceCell<Signed<'a>>,
}

impl<'a> Spoken<'a> {
    fn of(recital: &Recital<'a>, sentence: &Sentence) -> Spoken<'a> {
        let lists = Lists::of(recital, sentence);
        let mut sides: Vec<(Range<usize>, bool)> = Vec::new();
        for (cue, is_for) in [(Cue::PositionFor, true), (Cue::PositionAgainst, false)] {
            if sentence.cues.has(cue) {
                // "evidence to support it" says nothing for it
                let infinitive = |at: usize| at > 0 && recital.reading.word(at - 1).eq_ignore_ascii_case("to");
                let said = phrases(recital, sentence, Term::Cue(cue)).filter(|at| !infinitive(at.start));
                sides.extend(said.map(|at| (at, is_for)));
            }
        }
        sides.sort_by_key(|(at, _)| at.start);
        Spoken { lists, sides, signed: OnceCell::new() }
    }

    /// Whether the words are there without which the contrary of a position cannot be said.
    fn may_hold(&self, position: &Position) -> bool {
        let has = |list: u16| self.lists.has(list);
        let sided = || position.recommended.is_some() && !self.sides.is_empty() && position.about.is_none_or(has);
        position.contrary.is_some_and(has) || sided()
    }
}

/// The lists of which phrases stand in a sentence.
pub struct Lists {
    all: Vec<u16>,
    /// A bit for each: most questions end at it.
    signs: u64,
}

impl Lists {
    /// Those of a sentence.
    pub fn of(recital: &Recital<'_>, sentence: &Sentence) -> Lists {
        let list = |h| if let Term::List(list) = recital.context.term(h) { Some(list) } else { None };
        let all: Vec<u16> = recital.reading.told(sentence.hits.clone()).filter_map(list).collect();
        let signs = all.iter().fold(0, |signs, list| signs | 1 << (list % 64));
        Lists { all, signs }
    }

    /// Whether a list, by number, is one of them.
    #[inline]
    pub fn has(&self, list: u16) -> bool {
        self.signs & 1 << (list % 64) != 0 && self.all.contains(&list)
    }
}

/// Whether a phrase of a list stands in a sentence.
fn has(recital: &Recital<'_>, sentence: &Sentence, list: u16) -> bool {
    phrases(recital, sentence, Term::List(list)).next().is_some()
}

/// The words up to the marks on both sides of some words that end a clause.
fn clause(recital: &Recital<'_>, sentence: &Sentence, said: &Range<usize>) -> Range<usize> {
    let hard = |w: &usize| recital.reading.words[*w].gap == Gap::Hard;
    let start = (sentence.words.start + 1..=said.start).rev().find(hard).unwrap_or(sentence.words.start);
    let end = (said.end..sentence.words.end).find(hard).unwrap_or(sentence.words.end);
    start..end
}

/// The words of the phrases that a term stands for.
fn phrases<'a>(
    recital: &'a Recital<'_>,
    sentence: &Sentence,
    term: Term,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let hits = recital.reading.hits[sentence.hits.clone()].iter();
    hits.filter(move |h| recital.context.term(h) == term).map(|h| h.first as usize..h.end as usize)
}

/// The words that say the contrary of a position, in a sentence with such words for and against.
fn contrary<'a>(
    recital: &Recital<'a>,
    sentence: &'a Sentence,
    position: &Position,
    spoken: &Spoken<'a>,
) -> Option<Range<usize>> {
    let sides = &spoken.sides[..];
    let signed = || spoken.signed.get_or_init(|| Signed::of(recital.reading, sentence, recital.context.lexicon));
    if let Some(list) = position.contrary {
        let affirmed = |at: &Range<usize>| signed().context(at.clone()).polarity != Polarity::Negated;
        if let Some(at) = phrases(recital, sentence, Term::List(list)).find(affirmed) {
            return Some(at);
        }
    }
    let recommended = position.recommended?;
    let (at, is_for, use_of) = match position.about {
        // of the treatment as such a sentence must say one thing only
        None => {
            let [(at, is_for)] = sides else { return None };
            (at.clone(), *is_for, at.clone())
        }
        Some(list) => phrases(recital, sentence, Term::List(list)).find_map(|use_of| {
            let (at, is_for) = nearest(recital, sides, &use_of)?;
            Some((at, is_for, use_of))
        })?,
    };
    let negated = |at: &Range<usize>| match signed().context(at.clone()).polarity {
        Polarity::Affirmed => Some(false),
        Polarity::Negated => Some(true),
        // "may be recommended" is for it, "if recommended" is nothing
        Polarity::Doubtful => (!sentence.cues.has(Cue::Supposition)).then_some(false),
    };
    let denied_itself = |at: &Range<usize>| {
        let meant = signed().context(at.clone());
        let beside = meant.cue.is_some_and(|cue| cue.end <= at.start && at.start <= cue.end + BESIDE);
        meant.polarity == Polarity::Negated && beside
    };
    // "not recommended for" denies once, and so does "recommended, but not for"
    let said_for = match (negated(&at)? || denied_itself(&use_of), is_for) {
        (true, false) => return None,
        (denied, _) => is_for && !denied,
    };
    // "recommended for a few, and routine use is not"
    let is = |w: usize, set| recital.reading.is_small(w, set, recital.context.lexicon);
    let ends = |w: usize| w + 1 == sentence.words.end || !recital.reading.words[w + 1].blank;
    let left_out =
        |w: usize| w + 1 < sentence.words.end && is(w, Small::Is) && is(w + 1, Small::TimeDenies) && ends(w + 1);
    let said_for = said_for && !(use_of.end..use_of.end + LEFT_OUT).any(left_out);
    let whole = at.start.min(use_of.start)..at.end.max(use_of.end);
    (said_for != recommended).then_some(whole)
}

/// The words for or against that are said of a use: the last ones before it in its clause, else the first behind it.
fn nearest(
    recital: &Recital<'_>,
    sides: &[(Range<usize>, bool)],
    use_of: &Range<usize>,
) -> Option<(Range<usize>, bool)> {
    let joined = |from: usize, to: usize| (from..=to).skip(1).all(|w| recital.reading.words[w].gap != Gap::Hard);
    let before = sides.iter().rev().find(|(at, _)| at.end <= use_of.start || at.start < use_of.start);
    let near = before.filter(|(at, _)| {
        use_of.start <= at.end + BEFORE && joined(at.start, use_of.start) && !begins_anew(recital, at.end..use_of.start)
    });
    let behind = sides.iter().find(|(at, _)| at.start >= use_of.end);
    // "for short courses, and does not support chronic use" goes on with something else
    let lexicon = recital.context.lexicon;
    let goes_on = |to: usize| (use_of.end..to).any(|w| recital.reading.is_small(w, Small::Joins, lexicon));
    let next = behind
        .filter(|(at, _)| at.start <= use_of.end + BEHIND && joined(use_of.end - 1, at.start) && !goes_on(at.start));
    // "for some, while routine use is not recommended": the use has a verb of its own
    let is = |w: usize, set| recital.reading.is_small(w, set, lexicon);
    let comma = |from: usize| (from..use_of.start).any(|w| recital.reading.is_marked(w, b','));
    let own_verb = |at: &Range<usize>| (use_of.end..at.end).any(|w| is(w, Small::Is));
    match (near, next) {
        (Some((before, _)), Some(side)) if comma(before.end) && own_verb(&side.0) => Some(side.clone()),
        (near, next) => near.or(next).cloned(),
    }
}

/// Whether a clause begins among some words, with a comma and "and": "do not recommend Soma, and regard relaxants as".
fn begins_anew(recital: &Recital<'_>, words: Range<usize>) -> bool {
    let reading = recital.reading;
    let joins = |w: usize| reading.is_small(w, Small::Joins, recital.context.lexicon);
    let acts = |w: usize| recital.context.lexicon.is_small(reading.word(w + 1), Small::Regards);
    words.skip(1).any(|w| joins(w) && reading.is_marked(w - 1, b',') && w + 1 < reading.words.len() && acts(w))
}

/// The guideline that a word is recited from; "guidelines" without a name are all that the line cites, if they are few.
fn source(recital: &Recital<'_>, number: usize, sentence: &Sentence, at: usize) -> Option<(String, Vec<u16>)> {
    recital.source(number, at).or_else(|| {
        let opening = sentence.words.start..(sentence.words.start + 4).min(at);
        let unnamed = recital.reading.slice(opening).split(' ').any(|w| w.eq_ignore_ascii_case("guidelines"));
        let line = &recital.decision.reviewer.as_ref().filter(|_| unnamed)?.content;
        let known = line.citations.iter().filter(|c| !c.guidelines.is_empty());
        let words = known.clone().map(|c| c.name_text.clone()).next()?;
        Some((words, known.flat_map(|c| c.guidelines.iter().copied()).collect()))
    })
}
