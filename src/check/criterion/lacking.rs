//! Approvals whose own rationale finds wanting what it recites, whatever the treatment: no rule need know the criterion.
//!
//! A reviewer who approves may name a lack and what outweighs it. Where the last word on the case is the lack, nothing does.

use super::adverse::Lack;
use super::asked::approved_against;
use super::beyond;
use super::hinted::has_guideline_word;
use super::undocumented::missing;
use crate::check::outcome::dependent::is_dependent;
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, Ruling, Voice, meaning};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Hit, Small, Term};
use std::ops::Range;

/// A request is approved, and the last that its rationale says of the case is that it does not keep to the guideline, or that
/// what it recited is not there; said once a decision, and not where a rule of the criterion says it.
pub fn approved(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let approves = ruling(decision) == Some(Ruling::Approve) && facts.conclusion.ruling() != Some(Ruling::Deny);
    if !approves || facts.conclusion.is_mixed() {
        return Vec::new();
    }
    if is_dependent(context, decision) {
        return more_than_recited(context, decision, facts).into_iter().collect();
    }
    let told = Rationale { context, decision, reading: &rationale.reading, facts };
    let mut hint = false;
    let Some((case, number)) = told
        .falls_short()
        .or_else(|| told.turned().map(|n| ("turned", n)))
        .or_else(|| {
            let (lacks, sure) = told.lacks();
            let first = *lacks.first()?;
            hint = !sure;
            let known = missing(context, decision, facts);
            let is_told = known.is_some_and(|(_, k)| lacks.len() == 1 && told.span(first).contains(k));
            (!is_told).then_some(("lacking", first))
        })
        .or_else(|| {
            hint = true;
            told.weakly_approved().map(|n| ("weak", n))
        })
    else {
        return more_than_recited(context, decision, facts).into_iter().collect();
    };
    if approved_against(context, decision, facts) {
        return Vec::new();
    }
    let lowered = hint.then_some(Severity::Info);
    let finding = Finding { lowered, ..Finding::new(case) }.label("evidence", told.span(number));
    vec![finding.without_criterion(context, decision, ("", ""))]
}

impl Finding {
    /// The finding of a check of criteria that no criterion tells: of the request alone, with an amount and its limit if they matter.
    pub fn without_criterion(
        self,
        context: &Context<'_>,
        decision: &Decision,
        (amount, limit): (&str, &str),
    ) -> Finding {
        self.label_if("outcome", decision.outcome.map(|o| o.span))
            .hole("treatment", context.request_words(decision))
            .hole("criterion", "")
            .hole("amount", amount)
            .hole("limit", limit)
    }
}

/// The finding that an amount goes beyond what the rationale recites, where no rule of the criterion says it.
fn more_than_recited(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let beyond = beyond::recited(context, decision, facts)?;
    let finding = || {
        let finding = Finding::new("beyond").label("evidence", beyond.span);
        finding.without_criterion(context, decision, (&beyond.amount, &beyond.limit))
    };
    (!approved_against(context, decision, facts)).then(finding)
}

/// A rationale, asked by sentence.
pub struct Rationale<'a> {
    pub context: &'a Context<'a>,
    pub decision: &'a Decision,
    pub reading: &'a Reading,
    pub facts: &'a PartFacts,
}

/// So many words must be the same where a lack is no matter of records: "no red flags".
pub const SHARED: usize = 2;
/// So many lacks must be told where what is recited has alternatives.
const SEVERAL: usize = 2;
/// Or so many words of one.
const MANY: usize = 3;
/// Letters of a word that tells something, and so many from its start make it the same.
const TELLING: usize = 4;
const STEM: usize = 7;
/// So near behind a noun stands what belongs to it.
pub const REACH: usize = 6;
/// Words of one stem differ by no more letters: "improve", "improvement".
const ENDING: usize = 4;

impl<'a> Rationale<'a> {
    pub fn span(&self, number: usize) -> crate::source::Span {
        self.reading.span(self.reading.sentences[number].bytes.clone())
    }

    pub fn says(&self, number: usize, cue: Cue) -> bool {
        self.reading.sentences[number].cues.has(cue)
    }

    pub fn voice(&self, number: usize) -> Option<Voice> {
        self.facts.voices.get(number).copied()
    }

    /// The sentences about the case, in order.
    pub fn own(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.reading.sentences.len()).filter(|n| self.voice(*n) == Some(Voice::Application))
    }

    /// The sentence by which the reviewer says that the case does not keep to the guideline or that nothing supports the request,
    /// if nothing behind it or in the ruling gives a ground for an exception.
    fn falls_short(&self) -> Option<(&'static str, usize)> {
        let speaks = |n: usize| (self.is_short(n) || self.is_unsupported(n)) && !self.is_welcome(n);
        let in_ruling = || self.ruled().find(|n| self.rules_against(*n));
        let number = self.own().find(|n| speaks(*n) && !self.is_conceded(*n)).or_else(in_ruling)?;
        let tells = |n| {
            let of_patient = [Cue::Person, Cue::Claimant, Cue::GivesReason].into_iter().any(|c| self.says(n, c));
            of_patient || self.turns(n) && !self.is_complaint(&self.reading.sentences[n])
        };
        let outweighed = self.own().any(|n| n > number && tells(n) && !speaks(n) && !self.is_adverse(n));
        let case = if self.is_short(number) { "falls-short" } else { "unsupported" };
        (!outweighed && !self.gives_reason()).then_some((case, number))
    }

    /// Whether all that a sentence tells is that something is not there.
    fn is_adverse(&self, number: usize) -> bool {
        self.lack(number, &[]).is_some()
    }

    /// Whether a sentence says so of this request and means it: "does not exceed the recommendation" does not.
    pub fn is_short(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        let hits = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        let is_affirmed = |h: &Hit| {
            let first = h.first as usize;
            meaning(self.reading, self.context.lexicon, first..first + 1).polarity == Polarity::Affirmed
        };
        let is_own = |h: &Hit| !self.is_of_other(h.end as usize, sentence.words.end);
        // "took more than is allowed, but is now on less", "visits beyond the number would need proof"
        let is_left = |h: &Hit| {
            let would = |w: usize| self.reading.is_small(w, Small::Would, self.context.lexicon);
            (h.end as usize..sentence.words.end).any(|w| self.outweighs(w) || would(w))
                || hits(Cue::NegationAfter).any(|n| n.first >= h.end)
        };
        hits(Cue::CriteriaUnmet).any(is_own) || hits(Cue::GoesBeyond).any(|h| is_affirmed(h) && !is_left(h))
    }

    /// Whether a sentence says that the case keeps to all that is asked for, and means it.
    pub fn is_met(&self, number: usize) -> bool {
        let hits = self.reading.sentences[number].hits.clone();
        let mut said = self.reading.cues(self.context.lexicon, hits, Cue::CriteriaMet);
        said.any(|h| {
            let first = h.first as usize;
            let meant = meaning(self.reading, self.context.lexicon, first..h.end as usize);
            meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said
        })
    }

    /// Whether what follows is the criteria of something else: "does not meet the criteria for surgery, so therapy goes on".
    fn is_of_other(&self, from: usize, end: usize) -> bool {
        let comma = |w: &usize| {
            let words = &self.reading.words;
            self.reading.text()[words[*w - 1].end as usize..words[*w].start as usize].contains(',')
        };
        let behind = from..end.min(from + REACH);
        let named = from..behind.clone().find(comma).unwrap_or(behind.end);
        let is = |w: usize, word: &str| self.reading.word(w).eq_ignore_ascii_case(word);
        let of_some = named.start < end && (is(from, "for") || is(from, "of"));
        of_some && !named.into_iter().any(|w| self.is_requested(self.reading.word(w)))
    }

    pub fn is_requested(&self, text: &str) -> bool {
        let request = self.decision.request.as_ref().map(|r| &r.reading);
        let is_long = text.len() >= TELLING || text.bytes().all(|b| b.is_ascii_uppercase());
        is_long && request.is_some_and(|r| (0..r.words.len()).any(|w| same_stem(r.word(w), text)))
    }

    /// The sentences at the end of what is said of the case which find lacking what was recited, and whether enough of it is lacking
    /// for more than a hint.
    fn lacks(&self) -> (Vec<usize>, bool) {
        let recited = self.recited();
        if recited.is_empty() || self.gives_reason() || self.own().any(|n| self.is_met(n)) {
            return (Vec::new(), false);
        }
        let mut found: Vec<(usize, Lack)> = Vec::new();
        // whether nothing else is told of the case
        let mut alone = self.ruled().all(|n| self.is_felt(n) || self.is_excuse(n)) && self.recites_throughout();
        // whether the complaint stands behind what is lacking as the only ground
        let mut weak = alone && self.ruled().any(|n| self.says_complaint(n));
        let plain = alone;
        for number in self.own().rev() {
            match self.lack(number, &recited) {
                Some(lack) => found.push((number, lack)),
                // "the patient still has pain" outweighs nothing
                None if self.is_excuse(number) => {}
                None if self.only_complains(number) => weak |= plain && found.is_empty(),
                None if alone && self.is_unremarkable(number) => {
                    found.push((number, Lack { shared: 0, missing: false, sole: false }));
                }
                None => {
                    alone = false;
                    break;
                }
            }
        }
        found.reverse();
        let proven = found.iter().any(|(_, l)| l.shared >= SHARED || l.missing && l.shared > 0);
        let sole = found.iter().any(|(_, l)| l.sole);
        let shared: usize = found.iter().map(|(_, l)| l.shared).sum();
        let unrecorded = found.iter().filter(|(_, l)| l.missing).count();
        let enough = proven && (sole || weak || found.len() >= SEVERAL || shared >= MANY) || unrecorded >= SEVERAL;
        let sure = enough || alone;
        let hinted = found.iter().any(|(_, l)| l.shared > 0 && l.sole);
        (if sure || hinted { found.into_iter().map(|(n, _)| n).collect() } else { Vec::new() }, sure)
    }

    /// Whether each sentence that is read as a recital has a word of a guideline: without one it may be about the case after all.
    fn recites_throughout(&self) -> bool {
        let sentences = self.reading.sentences.iter().enumerate();
        sentences.filter(|(n, _)| self.voice(*n) == Some(Voice::Recital)).all(|(_, s)| has_guideline_word(s))
    }

    /// The last sentence about the case, if it tells that something is not there or not met and the reviewer approves all the same by
    /// a turn that brings nothing but the complaint: "nonetheless, the request is necessary".
    fn turned(&self) -> Option<usize> {
        let of_case = |n: &usize| self.facts.is_of_case(*n);
        let turn = (1..self.reading.sentences.len()).filter(of_case).find(|n| self.opens_turn(*n))?;
        let number = (0..turn).rev().find(|n| self.voice(*n) == Some(Voice::Application))?;
        let bare = |n: usize| !self.says(n, Cue::GivesReason) && self.is_complaint(&self.reading.sentences[n]);
        let behind = (turn..self.reading.sentences.len()).filter(of_case).all(bare);
        let denies = [Cue::Negation, Cue::NegationAfter, Cue::Undocumented, Cue::UndocumentedAfter, Cue::Unshown];
        let adverse = denies.into_iter().any(|cue| self.says(number, cue))
            || self.is_short(number)
            || self.is_unsupported(number);
        let others = self.says(number, Cue::UtilizationReview) || self.facts.reviewed.contains(&number);
        (behind && adverse && !others && !self.is_welcome(number)).then_some(number)
    }

    /// Whether a sentence opens with a word that outweighs what stands before it: "nonetheless".
    pub fn opens_turn(&self, number: usize) -> bool {
        let first = self.reading.sentences[number].words.start;
        self.reading.is_small(first, Small::Outweighs, self.context.lexicon)
    }

    /// Whether a sentence concedes, supposes, or tells what somebody else found.
    pub fn is_conceded(&self, number: usize) -> bool {
        let others = [Cue::Concession, Cue::UtilizationReview, Cue::GivesReason];
        others.into_iter().any(|cue| self.says(number, cue)) || self.facts.reviewed.contains(&number)
    }

    /// Whether a sentence is set against the one before it.
    fn turns(&self, number: usize) -> bool {
        self.says(number, Cue::Contrast) || {
            let first = self.reading.sentences[number].words.start;
            self.reading.word(first).eq_ignore_ascii_case("but")
        }
    }

    /// Whether the ruling has a ground of its own beside the complaint.
    fn gives_reason(&self) -> bool {
        let no_ground = |n: usize| self.rules_against(n) || self.is_felt(n) || self.is_excuse(n);
        self.ruled().any(|n| self.says(n, Cue::GivesReason) && !no_ground(n))
    }

    /// Whether a sentence gives but a wish or a hope, or that no harm is done.
    pub fn is_excuse(&self, number: usize) -> bool {
        self.says(number, Cue::Excuse) && self.affirmed_statements(number).next().is_none()
    }

    /// The words that tell something of what is asked for: no common one, none of the request, no name of a treatment or part.
    pub fn telling(&self, sentence: &Sentence, words: Range<usize>) -> Vec<usize> {
        let vague = |h: &&Hit| matches!(self.context.term(h), Term::Cue(Cue::VagueWord) | Term::BodyPart(_));
        let vague: Vec<&Hit> = self.reading.hits[sentence.hits.clone()].iter().filter(vague).collect();
        let common = |word: &usize| {
            vague.iter().any(|h| (h.first as usize..h.end as usize).contains(word))
                || self.reading.is_small(*word, Small::CommonWord, self.context.lexicon)
        };
        let requested = |word: &usize| self.is_requested(self.reading.word(*word));
        let is_long = |word: &usize| {
            let text = self.reading.word(*word);
            text.len() >= TELLING && text.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        };
        words.filter(|w| is_long(w) && !common(w) && !requested(w)).collect()
    }
}

/// Whether two words have the same stem.
pub fn same_stem(one: &str, two: &str) -> bool {
    // nearly all pairs begin apart, and a stem is never empty
    if !one.as_bytes().first().zip(two.as_bytes().first()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b)) {
        return false;
    }
    let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    let stem = short.trim_end_matches(['s', 'S']);
    let stem = &stem.as_bytes()[..stem.len().min(STEM)];
    stem.len() + 1 >= TELLING
        && long.len() - short.len() <= ENDING
        && long.as_bytes().get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem))
        && (stem.len() == STEM || long.len() - stem.len() <= stem.len() / 2)
}
