//! Amounts that a rationale recites from a guideline against those that the guideline is known to set.

use super::limited::{allows, quantity, same_kind};
use super::named::{Named, others_words};
use super::position::Lists;
use super::topic::Asked;
use crate::check::memo::{asked, named};
use crate::check::naming::Numbers;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Voice};
use crate::letter::{Amount, Decision, Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Lexicon, Limit, Small, Term, number_word};
use crate::measure::{Quantity, Unit};
use std::cell::OnceCell;
use std::rc::Rc;

/// So many words may stand between the words that lead to a limit and its number ("a maximum of about four weeks").
pub const LEAD: usize = 2;

/// So many words from its start a sentence names the guideline that it opens with.
const OPENING: usize = 4;

/// What a rationale is read with.
pub struct Recital<'a> {
    pub context: &'a Context<'a>,
    pub decision: &'a Decision,
    pub reading: &'a Reading,
    pub named: Rc<Vec<Named>>,
    pub asked: Rc<Asked>,
    /// The amounts of the rationale, in order.
    pub amounts: &'a [Amount],
}

/// An amount that the rationale attributes to a guideline is none of those that the guideline sets.
pub fn misquoted(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let reading = &rationale.reading;
    let named = named(context, reading);
    let recital =
        Recital { context, decision, reading, named, asked: asked(context, request), amounts: &facts.amounts };
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let Some(voice @ (Voice::Recital | Voice::Application)) = facts.voices.get(number) else { continue };
        let before = found.len();
        for amount in facts.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)) {
            let of_case = recital.repeats_request(number, amount)
                || recital.goes_with_request(number, amount)
                || recital.repeats_case(number, amount)
                || recital.tells_past(number, amount);
            if of_case {
                continue;
            }
            if !recital.recites(number, sentence, *voice, recital.word_of(amount)) {
                break;
            }
            found.extend(recital.judge(number, sentence, amount));
        }
        if found.len() == before {
            found.extend(super::position::judge(&recital, number, sentence, *voice));
        }
    }
    if found.is_empty() {
        found.extend(super::recited::otherwise(context, decision, facts));
    }
    found
}

impl Recital<'_> {
    /// Whether a sentence recites a guideline up to one of its words.
    pub fn recites(&self, number: usize, sentence: &Sentence, voice: Voice, at: usize) -> bool {
        !self.speaks_of_case(sentence, at)
            && (voice != Voice::Application
                || self.opens_with_source(number, sentence, at)
                || self.goes_on(number, sentence, at)
                || self.counts(sentence, at))
    }

    /// Whether a sentence is one of several criteria that are counted, and has not come to the case at a word: "(5) For a
    /// repeat block, at least 50% relief".
    fn counts(&self, sentence: &Sentence, at: usize) -> bool {
        let cues = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        let told = |cue| cues(cue).any(|h| (h.first as usize) < at);
        is_counted(&self.reading.text()[sentence.bytes.clone()]) && ![Cue::Person, Cue::Past].into_iter().any(told)
    }

    /// Whether a sentence that nobody of the case is in goes on with what the guideline of the sentence before is for.
    fn goes_on(&self, number: usize, sentence: &Sentence, at: usize) -> bool {
        const CASE: [Cue; 6] = [
            Cue::Person,
            Cue::Past,
            Cue::Undocumented,
            Cue::UtilizationReview,
            Cue::OtherRequest,
            Cue::ConclusionOpener,
        ];
        let before =
            |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue).any(|h| (h.end as usize) <= at);
        let own = |n: &Named| n.sentence + 1 == number && n.rests && !others_words(self.context, self.reading, n);
        self.named.iter().any(own) && before(Cue::PositionFor) && !CASE.iter().any(|c| sentence.cues.has(*c))
    }

    /// Whether a sentence that passes for a recital speaks of this case before it comes to a word.
    fn speaks_of_case(&self, sentence: &Sentence, at: usize) -> bool {
        const CASE: [Cue; 6] =
            [Cue::Claimant, Cue::ThisRequest, Cue::Record, Cue::CaseTurn, Cue::Applies, Cue::TreatingProvider];
        let before =
            |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue).any(|h| (h.end as usize) <= at);
        // "above 120 mg it is not advised; the patient is on 200 mg"
        let words = &self.reading.words;
        let clause = (sentence.words.start + 1..=at).rev().find(|w| words[*w].gap == Gap::Hard);
        let person = |start: usize| {
            let mut told = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::Person);
            told.any(|h| h.first as usize == start || h.first as usize == start + 1)
        };
        CASE.into_iter().any(before) || sentence.cues.has(Cue::AskedBeside) || clause.is_some_and(person)
    }

    /// Whether a sentence on this case opens with what a guideline says, and has not yet come to the case at a word.
    fn opens_with_source(&self, number: usize, sentence: &Sentence, at: usize) -> bool {
        let cues = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        // "as noted in the MTUS" tells nothing that happened
        let of_source = |first: u32| {
            cues(Cue::GuidelineSays).chain(cues(Cue::Following)).any(|s| (s.first..s.end).contains(&first))
        };
        let person = |cue| cues(cue).any(|h| (h.first as usize) < at && !of_source(h.first));
        let opening = sentence.words.start + OPENING;
        let named =
            self.named.iter().any(|n| n.sentence == number && n.rests && n.at.start <= opening && n.at.start < at);
        named && ![Cue::Person, Cue::Past, Cue::Undocumented, Cue::Contrast].into_iter().any(person)
    }

    /// The finding on an amount, if some limit is about it and none allows it.
    fn judge(&self, number: usize, sentence: &Sentence, amount: &Amount) -> Option<Finding> {
        let said = quantity(&amount.value)?;
        let lexicon = self.context.lexicon;
        let spoken_of = OnceCell::new();
        let spoken_of = || &spoken_of.get_or_init(|| self.spoken_of(number, amount))[..];
        let is_asked = |l: &Limit| self.treats(&l.treatments, l.by_request, sentence, self.word_of(amount));
        let is_told = |l: &Limit| !l.by_request && self.tells_of(&l.treatments, spoken_of());
        let lists = Lists::of(self, sentence);
        let mut about: Vec<&Limit> =
            lexicon.limits.iter().filter(|l| self.is_about(l, sentence, &lists, amount, said)).collect();
        about.retain(|l| is_asked(l) || is_told(l));
        let all = about.clone();
        about.retain(|l| !all.iter().any(|other| closer(lexicon, other, l)));
        let (name, guidelines) = self.source(number, self.word_of(amount))?;
        let set: Vec<&&Limit> = about.iter().filter(|l| self.holds(&l.guidelines, &guidelines)).collect();
        let first = set.first()?;
        // a limit that allows the amount speaks for all that are about it, whichever guideline of the decision sets it
        if about.iter().any(|l| allows(&l.values, said) && (l.guidelines == first.guidelines || self.speaks_of(l))) {
            return None;
        }
        if self.is_no_limit((number, sentence), amount, first) {
            return None;
        }
        let values: Vec<String> = first.values.iter().map(Quantity::to_string).collect();
        let finding = Finding::new("default")
            .label("quote", self.reading.span(amount.bytes.clone()))
            .hole("guideline", name)
            .hole("said", said.to_string())
            .hole("limit", format!("{} for {}", values.join(" or "), first.title));
        // what is recited of another treatment than the one asked for is less sure
        let lowered = (!is_asked(first)).then_some(Severity::Warning);
        Some(Finding { lowered, ..finding })
    }

    /// Whether the rationale names a guideline that sets a limit, or the line cites one.
    fn speaks_of(&self, limit: &Limit) -> bool {
        let line = self.decision.reviewer.iter().flat_map(|l| &l.content.citations).flat_map(|c| c.guidelines.iter());
        let named = self.named.iter().flat_map(|n| n.guidelines.iter());
        line.chain(named).any(|g| limit.guidelines.contains(g))
    }

    /// Whether a limit is about an amount: its unit, treatment and words.
    fn is_about(&self, limit: &Limit, sentence: &Sentence, lists: &Lists, amount: &Amount, said: Quantity) -> bool {
        let comparable = limit.values.iter().any(|v| same_kind(v.unit, said.unit));
        let has = |list: u16| lists.has(list);
        let leads = |list: u16| {
            let mut hits = self.reading.told(sentence.hits.clone());
            hits.any(|h| self.context.term(h) == Term::List(list) && self.leads(h, amount))
        };
        comparable
            && !limit.unless.iter().any(|list| has(*list))
            && limit.beside.is_none_or(|list| has(list) && self.stands_beside(list, sentence, amount))
            && limit.tied.is_none_or(|list| has(list) && self.is_tied(list, sentence, amount))
            && limit.about.is_none_or(|list| has(list) && leads(list))
            && self.is_within(&limit.body_parts)
    }

    /// Whether all parts of the body that are asked for are among some; none are any.
    pub fn is_within(&self, parts: &[u16]) -> bool {
        parts.is_empty() || !self.asked.parts.is_empty() && self.asked.parts.iter().all(|p| parts.contains(p))
    }

    /// Whether a phrase stands right before an amount, over it, or right behind it.
    fn leads(&self, hit: &Hit, amount: &Amount) -> bool {
        let first = self.reading.word_at(amount.bytes.start);
        let end = self.reading.word_at(amount.bytes.end);
        let (from, to) = (hit.first as usize, hit.end as usize);
        // "beyond two to three (2-3) weeks": the number in words belongs to the number
        let is_told = |w: &usize| {
            let word = self.reading.word(*w);
            number_word(word.as_bytes()).is_some() || word.eq_ignore_ascii_case("to")
        };
        let between = || (to..first).filter(|w| !is_told(w)).count();
        // "for more than four months and three to six months of care": what leads to one amount does not lead to the next
        let other = || {
            let from = self.reading.words.get(to).map_or(0, |w| w.start as usize);
            let within = |a: &&Amount| a.bytes.start >= from && a.bytes.end <= amount.bytes.start;
            // "relief of at least 50% for two weeks": a share may stand between
            let counts = |q: Quantity| q.unit != Unit::Percent;
            self.amounts.iter().filter(within).filter_map(|a| quantity(&a.value)).any(counts)
        };
        // "at least four nights a week" tells how often
        let is_rate = || to < first && self.context.lexicon.is_small(self.reading.word(first), Small::Article);
        to <= first && first - to <= 2 * LEAD && between() <= LEAD && !is_rate() && !other()
            || from >= end && from - end <= 1
            || from < end && to > first
    }

    /// Whether the request is for some treatment.
    pub fn asks_for(&self, treatments: &[u16]) -> bool {
        let lexicon = self.context.lexicon;
        self.asked.treatments.iter().any(|t| treatments.iter().any(|l| lexicon.is_a(*t, *l)))
    }

    /// Whether the request is for some treatment, and the sentence speaks of it or of none at a word.
    pub fn treats(&self, treatments: &[u16], by_request: bool, sentence: &Sentence, at: usize) -> bool {
        // the number of a treatment that the rationale mentions besides is not worth the risk
        if !self.asks_for(treatments) {
            return false;
        }
        if by_request {
            return true;
        }
        let lexicon = self.context.lexicon;
        let falls_under = |t: u16| treatments.iter().any(|l| lexicon.is_a(t, *l));
        let all: Vec<(usize, Numbers)> = self.reading.hits[sentence.hits.clone()]
            .iter()
            .filter_map(|h| Some((h.first as usize, treatments_of(lexicon, self.context.term(h))?)))
            .collect();
        // of several treatments the last one before the word is meant
        let before = all.iter().rev().find(|(first, _)| *first < at);
        // "(5) at least 50% relief: yes, tramadol was cut in half" comes to the case behind the mark
        let joined = |(first, _): &&(usize, Numbers)| *first < at || !self.reading.slice(at..*first).contains(':');
        match before.or(all.first().filter(joined)) {
            Some((place, named)) => {
                let same = all.iter().filter(|(first, _)| first == place).flat_map(|(_, t)| t);
                same.chain(named).any(|t| falls_under(*t))
            }
            None => true,
        }
    }

    /// Whether all that a sentence names falls under some treatments, though the request is for others.
    pub fn is_besides(&self, treatments: &[u16], sentence: &Sentence) -> bool {
        let lexicon = self.context.lexicon;
        let falls_under = |t: &u16| treatments.iter().any(|l| lexicon.is_a(*t, *l));
        let hits = self.reading.hits[sentence.hits.clone()].iter();
        let mut named = hits.filter_map(|h| treatments_of(lexicon, self.context.term(h))).peekable();
        named.peek().is_some()
            && named.all(|all| all.iter().any(falls_under))
            && !self.asked.treatments.iter().any(falls_under)
    }

    /// Whether some treatments are those that a recital speaks of, though the request is for others.
    fn tells_of(&self, treatments: &[u16], spoken_of: &[u16]) -> bool {
        let lexicon = self.context.lexicon;
        let falls_under = |t: &u16| treatments.iter().any(|l| lexicon.is_a(*t, *l));
        spoken_of.iter().any(falls_under) && !self.asked.treatments.iter().any(falls_under)
    }

    /// The treatments that the words right behind an amount name, else the last ones named before it in its sentence, else the
    /// first of the sentence before.
    fn spoken_of(&self, number: usize, amount: &Amount) -> Numbers {
        let end = self.reading.word_at(amount.bytes.end);
        let named = |n: usize| {
            let hits = self.reading.hits[self.reading.sentences[n].hits.clone()].iter();
            let all = hits.filter_map(|h| Some((h, treatments_of(self.context.lexicon, self.context.term(h))?)));
            all.collect::<Vec<_>>()
        };
        let here = named(number);
        let behind =
            here.iter().find(|(h, _)| (h.first as usize) >= end).filter(|(h, _)| (h.first as usize) <= end + 1);
        let before = || here.iter().rfind(|(h, _)| (h.first as usize) < end);
        // a sentence that names none goes on with the one before, which may name what is asked for too; so does "a repeat
        // injection" behind a kind of injection
        let lexicon = self.context.lexicon;
        let earlier = || {
            let all = named(number.checked_sub(1)?);
            let is_asked = |t: &u16| self.asked.treatments.iter().any(|a| lexicon.is_a(*a, *t));
            let (_, first) = all.first()?;
            let wider = |t: &u16| first.iter().any(|f| lexicon.is_a(*f, *t));
            let goes_on = here.iter().all(|(_, all)| all.iter().any(wider));
            (goes_on && !all.iter().any(|(_, all)| all.iter().any(is_asked))).then(|| first.clone())
        };
        let here = || behind.or_else(before).map(|(_, treatments)| treatments.clone());
        earlier().or_else(here).unwrap_or_default()
    }

    /// The guideline that a word is recited from: the last one named before it, else the only one that the line cites.
    pub fn source(&self, number: usize, at: usize) -> Option<(String, Vec<u16>)> {
        let source = |n: &&Named| !n.title && (n.rests || n.sentence == number || self.says(n.sentence));
        let before = self.named.iter().rev().filter(|n| n.sentence <= number && n.at.start < at).find(source);
        // "..., says the MTUS"
        let behind = || self.named.iter().find(|n| n.sentence == number && n.rests);
        if let Some(named) = before.filter(|n| n.sentence == number).or_else(behind).or(before) {
            let own = !others_words(self.context, self.reading, named) || named.sentence < number;
            return own.then(|| (named.words.clone(), self.narrowed(&named.guidelines)));
        }
        // "twelve sessions failed" is nobody's rule
        const RULE: [Cue; 6] = [
            Cue::GuidelineSays,
            Cue::GuidelineWord,
            Cue::GuidelineStyle,
            Cue::PositionFor,
            Cue::PositionAgainst,
            Cue::General,
        ];
        let sentence = &self.reading.sentences[number];
        let rule =
            is_counted(&self.reading.text()[sentence.bytes.clone()]) || RULE.iter().any(|c| sentence.cues.has(*c));
        let line = &self.decision.reviewer.as_ref().filter(|_| rule)?.content;
        let [citation] = &line.citations[..] else { return None };
        (!citation.guidelines.is_empty()).then(|| (citation.name_text.clone(), citation.guidelines.clone()))
    }

    /// Whether a guideline says something in a sentence.
    fn says(&self, sentence: usize) -> bool {
        let hits = self.reading.sentences[sentence].hits.clone();
        self.reading.cues(self.context.lexicon, hits, Cue::GuidelineSays).next().is_some()
    }

    /// The number of the first word of an amount.
    pub fn word_of(&self, amount: &Amount) -> usize {
        self.reading.word_at(amount.bytes.start)
    }

    /// Of the editions that a name may mean those that the line cites, if it cites any of them for the part of the body.
    fn narrowed(&self, guidelines: &[u16]) -> Vec<u16> {
        let line = self.decision.reviewer.iter().flat_map(|l| &l.content.citations);
        let cited: Vec<u16> =
            line.flat_map(|c| c.guidelines.iter().copied()).filter(|g| guidelines.contains(g)).collect();
        if cited.iter().any(|g| self.covers(*g)) { cited } else { guidelines.to_vec() }
    }

    /// Whether one of the guidelines named is among those that hold something: an edition in force that covers the part of
    /// the body.
    pub fn holds(&self, holding: &[u16], named: &[u16]) -> bool {
        holding.iter().filter(|g| named.contains(g)).any(|g| {
            let edition = &self.context.lexicon.guidelines[*g as usize];
            let in_force = self
                .context
                .in_force
                .is_none_or(|d| edition.from.is_none_or(|f| f <= d) && edition.until.is_none_or(|u| d <= u));
            // what is named by its edition holds what it holds
            (in_force || named.len() == 1) && self.covers(*g)
        })
    }

    /// Whether a guideline covers the part of the body asked for.
    fn covers(&self, guideline: u16) -> bool {
        let lexicon = self.context.lexicon;
        let parts = lexicon.guidelines[guideline as usize].body_parts.iter();
        let covered: Vec<&str> = parts.map(String::as_str).collect();
        covered.is_empty() || !self.asked.parts.is_empty() && !self.asked.elsewhere(&covered, lexicon)
    }
}

/// Whether a limit is on a kind of the treatment that another one is on, or on a certain number of the same.
fn closer(lexicon: &Lexicon, limit: &Limit, other: &Limit) -> bool {
    let under = |a: &Limit, b: &Limit| a.treatments.iter().all(|t| b.treatments.iter().any(|o| lexicon.is_a(*t, *o)));
    let certain =
        limit.about.is_some() && other.about.is_none() && other.tied.is_none() && limit.guidelines == other.guidelines;
    let tied = limit.tied.is_some() && other.tied.is_none();
    under(limit, other) && (certain || tied || !under(other, limit))
}

/// The treatments that a term names, if it names one.
fn treatments_of(lexicon: &Lexicon, term: Term) -> Option<Numbers> {
    match term {
        // class words ("therapy", "medication") name nothing by themselves
        Term::Treatment(t) if lexicon.treatments[t as usize].class_word => None,
        Term::Treatment(t) => Some(Numbers::from_slice(&[t])),
        Term::Generic(d) | Term::Brand { drug: d, .. } => {
            Some(Numbers::from_slice(&lexicon.drugs[d as usize].treatments))
        }
        _ => None,
    }
}

/// Whether a sentence begins with a number in brackets.
pub fn is_counted(text: &str) -> bool {
    let number = text.trim_start_matches('(').split_once(')').map(|(number, _)| number);
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
