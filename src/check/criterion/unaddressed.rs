//! Denials that apply none of the criteria of their treatment.

use super::engine::addressed;
use super::lacking::Rationale;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::check::outcome::dependent::is_dependent;
use crate::check::{Context, Finding, ruling};
use crate::fact::{PartFacts, Ruling, Told, Voice};
use crate::letter::{Amount, Decision, Reading, Value};
use crate::lexicon::Cue;
use crate::rulebook::{Body, Role, Rule, Status};
use std::collections::BTreeMap;

/// A request is denied, and the rationale applies none of the criteria for its treatment; said once a decision.
pub fn denied(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(rationale) = decision.rationale.as_ref().filter(|r| !r.reading.sentences.is_empty()) else {
        return Vec::new();
    };
    let upheld = ruling(decision) == Some(Ruling::Deny) && !is_dependent(context, decision);
    if !upheld || applies_anything(context, decision, &rationale.reading, facts) {
        return Vec::new();
    }
    let criteria = criteria(context, decision, facts);
    // of a treatment that has factors alone too little is known
    let known = criteria.iter().any(|(r, _)| matches!(&r.body, Body::Criterion(c) if c.role != Role::Factor));
    if criteria.iter().any(|(_, addressed)| *addressed) {
        return Vec::new();
    }
    let case = match known {
        true => "default",
        // a treatment without criteria may still be denied for what is known of the patient, and not for a recital alone
        false if is_bare(facts) => "bare",
        false => return Vec::new(),
    };
    let titles: Vec<&str> = criteria.iter().take(SHOWN).map(|(r, _)| r.title.as_str()).collect();
    let reading = &rationale.reading;
    let own = facts.voices.iter().position(|v| *v == Voice::Application).or(Some(0));
    let span = own.and_then(|n| reading.sentences.get(n)).map(|s| reading.span(s.bytes.clone()));
    vec![
        Finding::new(case)
            .label_if("rationale", span)
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .hole("treatment", context.request_words(decision))
            .hole("criteria", titles.join("; ")),
    ]
}

/// The criteria for what a decision asks for, and whether the rationale's own words hold anything on each.
fn criteria<'a>(context: &'a Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<(&'a Rule, bool)> {
    let asked = decision.request.iter().flat_map(|r| r.treatments.iter().map(|(t, _)| *t));
    let book = context.book;
    let rules = book.criteria(asked).into_iter().map(|n| (book.logic(n), &book.rules[n as usize]));
    let mut answered: BTreeMap<u16, Option<bool>> = BTreeMap::new();
    let mut answer = |logic, rule| *answered.entry(logic).or_insert_with(|| addressed(context, decision, facts, rule));
    rules
        .filter(|(_, r)| r.status != Status::Retired)
        // a rule that only looks for words has many that say nothing of its criterion
        .filter(|(_, r)| !matches!(&r.body, Body::Criterion(c) if c.quiet))
        .filter_map(|(logic, r)| Some((r, answer(logic, r)?)))
        .collect()
}

/// Whether the rationale's own words hold anything on a criterion for what is asked for.
pub fn applies_criterion(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> bool {
    criteria(context, decision, facts).iter().any(|(_, addressed)| *addressed)
}

/// Whether a rationale recites and concludes, and has no word of its own between.
fn is_bare(facts: &PartFacts) -> bool {
    facts.voices.contains(&Voice::Recital) && !facts.voices.contains(&Voice::Application)
}

/// So many criteria are named in the message.
const SHOWN: usize = 3;

/// A rationale, asked by sentence.
struct Reasons<'a> {
    context: &'a Context<'a>,
    decision: &'a Decision,
    reading: &'a Reading,
    facts: &'a PartFacts,
}

/// Words by which a reviewer says what is missing or too much.
const GROUNDS: [Cue; 8] = [
    Cue::Undocumented,
    Cue::UndocumentedAfter,
    Cue::Unshown,
    Cue::Unproven,
    Cue::Applies,
    Cue::SeeElsewhere,
    Cue::Findings,
    // "it has been refilled since 2014"
    Cue::Since,
];

impl Reasons<'_> {
    fn says(&self, sentence: usize, cue: Cue) -> bool {
        let Some(sentence) = self.reading.sentences.get(sentence) else { return false };
        sentence.cues.has(cue)
    }

    fn concludes(&self, sentence: usize) -> bool {
        self.facts.voices.get(sentence) == Some(&Voice::Conclusion)
    }

    /// Whether a sentence is the reviewer's own; one that speaks of this patient's records is, whatever its neighbours are.
    fn is_own(&self, sentence: usize) -> bool {
        match self.facts.voices.get(sentence) {
            Some(Voice::Application | Voice::Conclusion | Voice::Advice) => true,
            _ => {
                self.says(sentence, Cue::Record)
                    || self.says(sentence, Cue::Claimant)
                    || self.says(sentence, Cue::Person)
            }
        }
    }

    /// Whether a sentence tells more of the patient than the complaint, what is asked for, and where somebody lives or works:
    /// a statement, a denial, an amount or another treatment.
    fn tells_more(&self, n: usize) -> bool {
        let (context, reading, decision, facts) = (self.context, self.reading, self.decision, self.facts);
        let told = Rationale { context, decision, reading, facts };
        let Some(sentence) = reading.sentences.get(n) else { return false };
        let clinical = facts.stated.iter().any(|s| s.sentence == n)
            || sentence.cues.has(Cue::Negation)
            || facts.amounts.iter().any(|a| sentence.bytes.contains(&a.bytes.start))
            || things(context, reading, sentence.words.clone()).iter().any(|t| !t.class_word);
        // "he meets none"
        sentence.cues.has(Cue::NoneOfNamed) || !told.is_complaint(sentence) && clinical
    }

    /// Whether a sentence says that the treatment is not recommended, and not only for some use of it: "as a first line", "for longer
    /// than three weeks".
    fn refuses(&self, n: usize) -> bool {
        let Some(sentence) = self.reading.sentences.get(n) else { return false };
        let lasts = |a: &Amount| matches!(a.value, Value::Duration(_)) && sentence.bytes.contains(&a.bytes.start);
        let timed = self.facts.amounts.iter().any(lasts);
        let whole =
            |end: usize| !timed && (end >= sentence.words.end || !self.reading.word(end).eq_ignore_ascii_case("as"));
        [Cue::LeansNotNecessary, Cue::Refused].into_iter().any(|cue| {
            let mut said = self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
            said.any(|h| self.is_own(n) || whole(h.end as usize))
        })
    }

    /// Whether a sentence gives a ground: what is missing or too much, a word about the patient, a gap in the records ("the
    /// report does not name what is sought"), or "not recommended" in whatever voice.
    /// Advice for the time after the decision gives none, and neither do the words of a verdict themselves.
    fn gives_ground(&self, n: usize) -> bool {
        if self.facts.voices.get(n) == Some(&Voice::Advice) {
            return false;
        }
        let refused = !self.concludes(n) && self.refuses(n);
        let person = !self.concludes(n) && self.says(n, Cue::Person) && self.tells_more(n);
        let gap = self.says(n, Cue::Record) && self.says_beside_verdict(n, Cue::Negation);
        refused || self.is_own(n) && (person || gap || GROUNDS.into_iter().any(|c| self.says_beside_verdict(n, c)))
    }

    /// Whether a sentence has a cue outside of its verdicts: "medical necessity is not established" names no gap.
    fn says_beside_verdict(&self, n: usize, cue: Cue) -> bool {
        let Some(sentence) = self.reading.sentences.get(n) else { return false };
        let stances = || self.facts.conclusion.stances.iter().filter(|s| s.sentence == n);
        self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue).any(|h| {
            let place = self.reading.span_of_hit(h);
            !stances().any(|s| s.span.overlaps(place))
        })
    }

    /// Whether a clinical statement is made; phrase lists hold names and forms too.
    fn states(&self) -> bool {
        self.facts.stated.iter().any(|s| self.is_own(s.sentence) && matches!(s.told, Told::Statement(_)))
    }

    /// Whether something is measured; numbers of a conclusion only repeat the request.
    fn measures(&self) -> bool {
        let is_measure =
            |v: &Value| matches!(v, Value::Duration(_) | Value::Ratio(..) | Value::Tally { .. } | Value::Levels(_));
        self.facts.amounts.iter().filter(|a| is_measure(&a.value)).any(|a| {
            let number = self.reading.sentence_at(a.bytes.start);
            number.is_some_and(|n| self.is_own(n) && !self.concludes(n))
        })
    }

    /// Whether another treatment than the one asked for is part of the reasons.
    fn names_other(&self, decision: &Decision) -> bool {
        let asked = decision.request.as_ref().map(|r| requested(self.context, r)).unwrap_or_default();
        let sentence = |word: usize| self.reading.sentences.iter().position(|s| s.words.contains(&word));
        things(self.context, self.reading, 0..self.reading.words.len()).iter().any(|t| {
            let own = sentence(t.words.start).is_some_and(|n| self.is_own(n));
            own && !t.class_word && !asked.iter().any(|a| related(self.context, a, t))
        })
    }
}

/// Whether the reviewer's own words hold anything clinical at all: criteria that no rule has yet may be what they apply.
fn applies_anything(context: &Context<'_>, decision: &Decision, reading: &Reading, facts: &PartFacts) -> bool {
    let reasons = Reasons { context, decision, reading, facts };
    (0..reading.sentences.len()).any(|n| reasons.gives_ground(n))
        || reasons.states()
        || reasons.measures()
        || reasons.names_other(decision)
}
