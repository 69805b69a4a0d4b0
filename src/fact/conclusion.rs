//! What a rationale concludes about the request that stands in its heading.

use super::echo::echo;
use super::marks::Marks;
use super::named::Named;
use super::own_clause::Clause;
use super::own_words::{beside, in_own_words};
use super::settled::is_settled;
use super::verdict::{Subject, Verdict, verdicts, verdicts_at_end};
use super::voice::Voice;
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon, Small, TreatmentKind};
use crate::source::Span;
use serde::Serialize;
use std::ops::Range;

/// What is decided of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// It is necessary; the denial is overturned.
    Approve,
    /// It is not; the denial is upheld.
    Deny,
}

impl Ruling {
    /// The other way.
    pub fn opposite(self) -> Ruling {
        match self {
            Ruling::Approve => Ruling::Deny,
            Ruling::Deny => Ruling::Approve,
        }
    }
}

/// How plainly a conclusion is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// "is not medically necessary".
    Plain,
    /// "is supported", "is not warranted".
    Leaning,
    /// In words of the reviewer's own at an end of a rationale that rules nowhere else: "I do not see a need for it".
    OwnWords,
}

/// What a conclusion is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Object {
    /// The request in the heading.
    ThisRequest,
    /// Another item, a concurrent request, or a part of this one.
    Other,
    /// Something named that could not be matched with the heading.
    Unclear,
}

/// One conclusion of a rationale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stance {
    /// Which way.
    pub ruling: Ruling,
    /// How plainly.
    pub strength: Strength,
    /// The concluding words.
    pub span: Span,
    /// Their numbers in the reading.
    #[serde(skip)]
    pub words: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
    /// What it is about.
    pub object: Object,
    /// Whether nothing in its sentence may turn it round that was not accounted for.
    #[serde(skip)]
    pub settled: bool,
}

/// All that a rationale concludes, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Conclusion {
    /// The conclusions.
    pub stances: Vec<Stance>,
    /// The words by which the request only shares the ruling of another item: "and so are the".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echo: Option<Span>,
}

impl Conclusion {
    /// The stances that decide: plain before leaning, about this request before unclear.
    pub fn deciding(&self) -> impl Iterator<Item = &Stance> {
        let rank = |s: &Stance| match (s.object, s.strength) {
            (Object::Other, _) => None,
            (Object::ThisRequest, Strength::Plain) => Some(0),
            (Object::Unclear, Strength::Plain) => Some(1),
            (Object::ThisRequest, _) => Some(2),
            (Object::Unclear, _) => Some(3),
        };
        let best = self.stances.iter().filter_map(rank).min();
        self.stances.iter().filter(move |s| best.is_some() && rank(s) == best)
    }

    /// What is concluded of this request; none if nothing is, or both.
    pub fn ruling(&self) -> Option<Ruling> {
        let first = self.deciding().next()?.ruling;
        self.deciding().all(|s| s.ruling == first).then_some(first)
    }

    /// Whether it is concluded both ways.
    pub fn is_mixed(&self) -> bool {
        self.ruling().is_none() && self.deciding().next().is_some()
    }

    /// The word of the output for it.
    pub fn word(&self) -> &'static str {
        match self.ruling() {
            Some(Ruling::Approve) => "necessary",
            Some(Ruling::Deny) => "not-necessary",
            None if self.is_mixed() => "mixed",
            None => "none",
        }
    }
}

/// What a rationale concludes about a request.
pub fn conclusion(rationale: &Reading, request: &Reading, voices: &[Voice], lexicon: &Lexicon) -> Conclusion {
    let heading = Named::of(request, 0..request.words.len(), lexicon);
    let mut stances = Vec::new();
    for (number, sentence) in rationale.sentences.iter().enumerate() {
        if voices.get(number) != Some(&Voice::Conclusion) {
            continue;
        }
        let marks = Marks::of(rationale, sentence, lexicon);
        let mut found = verdicts(marks);
        let last = number + 1 == rationale.sentences.len();
        let clause = Clause { marks, words: sentence.words.clone(), heading: &heading, lexicon, last };
        let at_end = found.is_empty();
        if at_end {
            found = verdicts_at_end(marks);
            // "more information is needed"
            found.retain(|v| !clause.is_told(sentence.words.start..v.words.start + 1));
            found.retain(|v| v.ruling == Ruling::Deny || clause.leans_on_item(&v.words));
            found.retain(|v| !clause.is_general(&v.words));
        }
        let mut from = sentence.words.start;
        for (i, verdict) in found.iter().enumerate() {
            let object = object(marks, verdict, from, &heading, lexicon);
            // "a wheelchair was not needed in the clinic"
            if at_end && object == Object::Unclear && clause.is_past(from..verdict.words.start + 1) {
                continue;
            }
            // "as the surgery is not necessary, the associated service is not": the last of several is about the request
            let half = verdict.subject == Subject::Half;
            let object = if half {
                Object::Unclear
            } else if object == Object::Unclear && i + 1 < found.len() {
                Object::Other
            } else {
                object
            };
            stances.push(Stance {
                ruling: verdict.ruling,
                strength: verdict.strength,
                span: rationale.span_of_words(verdict.words.clone()),
                words: verdict.words.clone(),
                sentence: number,
                object,
                settled: true,
            });
            from = verdict.words.end;
        }
        leave_beside(&mut stances, number);
    }
    drop_supposed(&mut stances, rationale, lexicon);
    if !stances.iter().any(|s| s.strength == Strength::Plain && s.object != Object::Other) {
        for own in in_own_words(rationale, voices, &heading, lexicon) {
            // the same words read by phrase alone tell less
            stances.retain(|s| s.sentence != own.sentence || s.strength == Strength::OwnWords);
            stances.push(own);
        }
        stances.sort_by_key(|s| s.words.start);
    } else {
        for number in 0..rationale.sentences.len() {
            let ruled = stances.iter().any(|s| s.sentence == number && s.strength == Strength::Plain);
            let told = number == 0 || voices.get(number) == Some(&Voice::Application);
            if !ruled && told {
                stances.extend(beside(rationale, number, &heading, lexicon));
            }
        }
        stances.sort_by_key(|s| s.words.start);
    }
    for stance in &mut stances {
        let marks = Marks::of(rationale, &rationale.sentences[stance.sentence], lexicon);
        stance.settled = is_settled(marks, stance, request, stance.sentence + 1 == rationale.sentences.len());
    }
    let echo = echo(rationale, request, voices, lexicon).map(|words| rationale.span_of_words(words));
    Conclusion { stances, echo }
}

/// What a sentence approves behind its denial of the request is something else: "is not medically necessary, but an initial four
/// sessions are".
fn leave_beside(stances: &mut [Stance], sentence: usize) {
    let of_request = |s: &Stance| s.sentence == sentence && s.object == Object::ThisRequest;
    let denied =
        stances.iter().position(|s| of_request(s) && s.strength == Strength::Plain && s.ruling == Ruling::Deny);
    let Some(denied) = denied else { return };
    let beside = stances[denied + 1..].iter_mut().filter(|s| of_request(s) && s.ruling == Ruling::Approve);
    beside.for_each(|s| s.object = Object::Other);
}

/// Takes out the verdicts on another case, if one on this case stands beside them: "in the first month the study would not be
/// necessary". Alone they are how some reviewers rule.
fn drop_supposed(stances: &mut Vec<Stance>, rationale: &Reading, lexicon: &Lexicon) {
    let supposed = |s: &Stance| {
        let sentence = &rationale.sentences[s.sentence];
        let marks = Marks::of(rationale, sentence, lexicon);
        let first = sentence.words.start;
        let would = first.max(s.words.start.saturating_sub(MODAL))..s.words.end;
        marks.opens_on_case(s.words.end)
            && !marks.says(Cue::CaseTurn)
            && !marks.says(Cue::ConclusionOpener)
            && would.into_iter().any(|w| marks.is(w, Small::Would))
    };
    let plain = |s: &&Stance| s.strength == Strength::Plain && s.object != Object::Other;
    if stances.len() > 1 && stances.iter().filter(plain).any(|s| !supposed(s)) {
        stances.retain(|s| !supposed(s));
    }
}

/// So many words before a verdict may stand the word that makes it one of another case.
const MODAL: usize = 3;

/// How many words behind "no need for" may name its object.
const OBJECT: usize = 6;

/// Where the words end that may name what a verdict is about.
fn named_until(marks: Marks, verdict: &Verdict) -> usize {
    let end = verdict.words.end;
    let tied = matches!(marks.reading.word(end - 1), "of" | "for");
    let weak = verdict.strength == Strength::Leaning;
    if tied && weak { (end + OBJECT).min(marks.sentence.words.end) } else { end }
}

/// What a verdict is about, by the words between the verdict before it and itself.
fn object(marks: Marks, verdict: &Verdict, from: usize, heading: &Named, lexicon: &Lexicon) -> Object {
    let end = named_until(marks, verdict);
    let clause = from..end;
    let part_start = marks.part_start(verdict.words.start).max(from);
    let part = part_start..end;
    // "two treatments of lower risk are approved in this same review"
    let next = marks.begins(Cue::OtherRequest, verdict.words.end);
    if next || marks.says_within(Cue::OtherRequest, part.clone()) {
        return Object::Other;
    }
    let start = verdict.words.start;
    // "but a taper should be allowed"
    let tapers = |r: Range<usize>| marks.says_within(Cue::AdviceTopic, r);
    if tapers(part_start..start) && !marks.says_within(Cue::ThisRequest, part_start..start) {
        return Object::Other;
    }
    // "elective/maintenance care: not medically necessary" is what a guideline says
    if marks.cue(Cue::ElectiveCare).any(|c| c.end <= start && start - c.end <= 1) {
        return Object::Other;
    }
    // the nearest words that name something count; commas also stand inside names
    let near = Named::of(marks.reading, part, lexicon);
    let whole = Named::of(marks.reading, clause, lexicon);
    let shares_words = heading.shares_words(&whole);
    let named = if near.is_empty() { whole } else { near };
    if shares_words || heading.matches(&named, lexicon) {
        return Object::ThisRequest;
    }
    if !named.drugs.is_empty() && !heading.drugs.is_empty() {
        return Object::Other;
    }
    // "the surgery", where the heading asks for none
    let kind = |t: &u16| lexicon.treatments[*t as usize].kind;
    let surgical = |t: &u16| matches!(kind(t), TreatmentKind::Surgery | TreatmentKind::Procedure);
    let asks_for_less = !heading.is_empty() && !heading.treatments.iter().any(surgical);
    if !named.is_empty() && named.drugs.is_empty() && named.treatments.iter().all(surgical) && asks_for_less {
        // "given his surgery, the hours asked for are approved": an aside, and a subject of its own
        let aside = marks.cue(Cue::Subordinate).any(|c| from <= c.start && c.start < part_start);
        let own = aside && marks.is(part_start, Small::Determiner);
        return if own { Object::ThisRequest } else { Object::Other };
    }
    if named.is_empty() {
        return Object::ThisRequest;
    }
    // "the requested ancillary service": a word for a class beside "requested" names nothing else, unless it is the
    // ground of another verdict: "as the requested surgery is not necessary, ..."
    let clause = from..verdict.words.start;
    let class = named.drugs.is_empty() && named.treatments.iter().all(|t| lexicon.treatments[*t as usize].class_word);
    let requested = marks.says_within(Cue::ThisRequest, clause.clone()) && !marks.says_within(Cue::Subordinate, clause);
    if class && requested { Object::ThisRequest } else { Object::Unclear }
}
