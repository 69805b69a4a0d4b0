//! Who speaks in a sentence of a rationale: the guideline that is recited, the reviewer about this case, the ruling.
//!
//! Conclusions, advice and template text show by their own words. Between recital and application the phrases of a
//! sentence give evidence, and the sequence decides: both come in runs, so a sentence without evidence of its own
//! speaks in the voice of its neighbours (the likeliest path through two states).

use super::Ruling;
use super::evidence::{Quotes, is_reference, score};
use super::marks::Marks;
use super::verdict::{verdicts, verdicts_at_end};
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon};
use serde::Serialize;
use std::ops::Range;

/// The voice of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// What a guideline or the literature says; never evidence about the patient.
    Recital,
    /// This case.
    Application,
    /// Whether the request is necessary.
    Conclusion,
    /// Advice after or beside the decision.
    Advice,
    /// Template text, references.
    Other,
}

impl Voice {
    /// Whether it speaks of this case rather than of guidelines: only such sentences are evidence about the patient.
    pub fn is_of_case(self) -> bool {
        matches!(self, Voice::Application | Voice::Conclusion)
    }
}

/// Inside quotation marks that a recited sentence opened.
const QUOTED: f32 = 2.0;
/// A rationale begins with the guideline more often than not.
const START: f32 = 1.0;
/// What a change of voice from one sentence to the next costs.
const CHANGE: f32 = 1.2;
/// What it costs more at a sentence that does not itself speak for the new voice.
const UNMARKED: f32 = 0.6;
/// Evidence above this speaks for a voice.
const MARKED: f32 = 0.9;

/// The guideline is applied before the ruling.
const RULED: f32 = -1.6;
/// What a change costs at a ruling.
const TURN: f32 = 0.6;

/// What stands right before an approval, without a word of a guideline.
const LAST: f32 = -1.2;

/// Whether a sentence has a word by which guidelines speak.
fn recites(reading: &Reading, lexicon: &Lexicon, number: usize) -> bool {
    let marks = Marks::of(reading, &reading.sentences[number], lexicon);
    [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineStyle, Cue::People, Cue::General, Cue::GuidelineWord]
        .into_iter()
        .any(|cue| marks.says(cue))
}

/// The voice of each sentence of a rationale.
pub fn voices(reading: &Reading, lexicon: &Lexicon) -> Vec<Voice> {
    let mut voices: Vec<Option<Voice>> = Vec::with_capacity(reading.sentences.len());
    let mut evidence = Vec::with_capacity(reading.sentences.len());
    let mut quoted = Quotes::default();
    let mut decided = false;
    for sentence in &reading.sentences {
        let marks = Marks::of(reading, sentence, lexicon);
        let text = &reading.text()[sentence.bytes.clone()];
        let own = own_voice(marks, text, decided);
        decided |= own == Some(Voice::Conclusion);
        let mut score = score(marks, text);
        if quoted.open && !marks.says(Cue::CaseTurn) {
            score += QUOTED;
        }
        quoted.pass(text, score > 0.0 && own.is_none());
        voices.push(own);
        evidence.push(own.is_none().then_some(score));
    }
    if !decided {
        decide_at_end(reading, lexicon, &mut voices);
    }
    advise_behind(reading, lexicon, &mut voices);
    for number in 1..voices.len() {
        let approves = || {
            let marks = Marks::of(reading, &reading.sentences[number], lexicon);
            verdicts(marks).first().is_some_and(|v| v.ruling == Ruling::Approve)
        };
        // a denial may rest on the guideline alone
        if voices[number] == Some(Voice::Conclusion) && !recites(reading, lexicon, number - 1) && approves() {
            evidence[number - 1] = evidence[number - 1].map(|e| e + LAST);
        }
    }
    let mut runs = path(&evidence).into_iter();
    voices
        .into_iter()
        .map(|own| {
            let run = runs.next().unwrap_or(Voice::Application);
            own.unwrap_or(run)
        })
        .collect()
}

/// Behind the last ruling, words on tapering or on another request are advice.
fn advise_behind(reading: &Reading, lexicon: &Lexicon, voices: &mut [Option<Voice>]) {
    let ruling = voices.iter().rposition(|v| *v == Some(Voice::Conclusion));
    let Some(last) = ruling.filter(|n| *n > 0) else { return };
    for (voice, sentence) in voices.iter_mut().zip(&reading.sentences).skip(last + 1) {
        let marks = Marks::of(reading, sentence, lexicon);
        if voice.is_none() && marks.says(Cue::AdviceTopic) && !marks.says(Cue::GuidelineSays) {
            *voice = Some(Voice::Advice);
        }
    }
}

/// How many sentences from the end may hold the only ruling, if it is a weak one.
const END: usize = 2;

/// Where nothing rules plainly, a weak ruling at the end of a rationale is its conclusion.
fn decide_at_end(reading: &Reading, lexicon: &Lexicon, voices: &mut [Option<Voice>]) {
    let mut last = (0..voices.len()).rev().filter(|n| voices[*n].is_none()).take(END);
    let ruling = last.find(|n| {
        let marks = Marks::of(reading, &reading.sentences[*n], lexicon);
        !marks.says(Cue::OtherRequest) && !verdicts_at_end(marks).is_empty()
    });
    if let Some(number) = ruling {
        voices[number] = Some(Voice::Conclusion);
    }
}

/// The voice that a sentence shows by its own words.
fn own_voice(marks: Marks, text: &str, decided: bool) -> Option<Voice> {
    if is_of_more(marks) {
        return Some(Voice::Advice);
    }
    if concludes(marks) {
        return Some(Voice::Conclusion);
    }
    if marks.says(Cue::Advice) && (decided || !marks.says(Cue::GuidelineSays)) {
        return Some(Voice::Advice);
    }
    if marks.says(Cue::PartialTemplate) || is_reference(text) {
        return Some(Voice::Other);
    }
    None
}

/// Whether a sentence begins with more than what is asked for, and no guideline speaks in it: "use beyond this request is not supported".
fn is_of_more(marks: Marks) -> bool {
    let recites = [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineWord].into_iter().any(|cue| marks.says(cue));
    let first = marks.sentence.words.start;
    let opens = |words: Range<usize>| marks.part_start(words.start) == first;
    !recites && marks.cue(Cue::NotAsked).any(opens)
}

/// Whether the reviewer rules in a sentence, on more than another request ("the concurrent request is supported").
fn concludes(marks: Marks) -> bool {
    verdicts(marks).iter().any(|v| {
        let own = marks.part_start(v.words.start)..v.words.end;
        !marks.says_within(Cue::OtherRequest, own.clone()) || marks.says_within(Cue::ThisRequest, own)
    })
}

/// The likeliest voices of a run of sentences; those that have a voice of their own hold no evidence.
fn path(evidence: &[Option<f32>]) -> Vec<Voice> {
    // best sum of a path that ends in recital or application, and whether each stayed or changed
    let (mut recital, mut application) = (START, 0.0);
    let mut stayed: Vec<(bool, bool)> = Vec::with_capacity(evidence.len());
    let follows_evidence = |number: usize| number > 0 && evidence[number - 1].is_some();
    for (number, evidence) in evidence.iter().enumerate() {
        let e = evidence.unwrap_or(if follows_evidence(number) { RULED } else { 0.0 });
        let change = |for_new: f32| match evidence {
            None => TURN,
            Some(_) if for_new > MARKED => CHANGE,
            Some(_) => CHANGE + UNMARKED,
        };
        let (to_recital, to_application) = (application - change(e), recital - change(-e));
        stayed.push((recital >= to_recital, application >= to_application));
        (recital, application) = (recital.max(to_recital) + e / 2.0, application.max(to_application) - e / 2.0);
    }
    let mut in_recital = recital > application;
    let mut voices = Vec::with_capacity(evidence.len());
    for (stay_recital, stay_application) in stayed.into_iter().rev() {
        voices.push(if in_recital { Voice::Recital } else { Voice::Application });
        in_recital = if in_recital { stay_recital } else { !stay_application };
    }
    voices.reverse();
    voices
}
