//! Whether a letter so much as hints at what a criterion asks for: an approval that is silent on it must be silent altogether.

use super::judge::Judge;
use super::lacking::{Rationale, SHARED};
use crate::fact::{Documentation, Polarity, Stated, Told, Voice, meaning};
use crate::letter::Sentence;
use crate::lexicon::{Cue, Hit, Small};
use crate::measure::{Quantity, Unit};
use crate::rulebook::{AmountFact, Criterion, Place, Test, VerdictWord};
use crate::source::Span;
use std::ops::Range;

/// Words by which a recited sentence is a guideline's.
const RECITED: [Cue; 6] =
    [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineStyle, Cue::People, Cue::General, Cue::GuidelineWord];

/// Whether a sentence has a word of a guideline: without any, one that is read as a recital may be about the patient after all.
pub fn has_guideline_word(sentence: &Sentence) -> bool {
    RECITED.into_iter().any(|cue| sentence.cues.has(cue))
}

/// So many words may stand before the subject of a sentence.
const OPENING: usize = 3;

impl Judge<'_> {
    /// The rationale, to be read by its sentences.
    fn rationale(&self) -> Option<Rationale<'_>> {
        let reading = &self.decision.rationale.as_ref()?.reading;
        Some(Rationale { context: self.context, decision: self.decision, reading, facts: self.facts })
    }

    /// Whether what a test asks for is put as possible ("a tear is suspected"), or stands in a sentence that only its neighbours
    /// make a recital.
    pub fn hints(&self, test: &Test) -> bool {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().any(|t| self.hints(t)),
            Test::Evidence { met, .. } => met.iter().any(|t| self.hints(t)),
            Test::Not(test) => self.hints(test),
            Test::Statement { statement, places, .. } => self.hints_at(Told::Statement(*statement), places),
            Test::Mention { list, places, .. } => self.hints_at(Told::List(*list), places),
            _ => false,
        }
    }

    /// The words of the rationale that recite what a test asks for, each with its sentence.
    pub fn recited(&self, test: &Test) -> Vec<(usize, Range<usize>)> {
        let mut all = Vec::new();
        asked(test, &mut all);
        let recited = self.facts.stated.iter().filter(|s| all.contains(&s.told) && s.voice == Some(Voice::Recital));
        recited.map(|s| (s.sentence, s.words.clone())).collect()
    }

    /// The words of the case that say that more is asked for than the guideline allows.
    pub fn goes_beyond(&self) -> Option<Span> {
        let told = self.rationale()?;
        let reading = told.reading;
        // "however, this overshoots what the MTUS allows" names the guideline and is about the case
        let turned = |n: usize| reading.sentences[n].cues.has(Cue::Contrast);
        let own = |n: &usize| match self.facts.voices.get(*n) {
            Some(Voice::Recital) if turned(*n) => true,
            _ => told.is_of_case(*n) && !self.is_anothers(*n),
        };
        // "more than an initial trial": a number that the rule may not know
        let of_trial = |n: &usize| {
            let is = |set| {
                let mut words = reading.sentences[*n].words.clone();
                words.any(|w| reading.is_small(w, set, self.context.lexicon))
            };
            let trial = |name: &String| self.context.lexicon.is_small(name, Small::Trial);
            is(Small::SoFar) || is(Small::Trial) && !self.authority.limits.keys().any(trial)
        };
        (0..reading.sentences.len()).filter(own).filter(|n| !of_trial(n)).find_map(|n| {
            let mut said = reading.cues(self.context.lexicon, reading.sentences[n].hits.clone(), Cue::GoesBeyond);
            let meant = |h: &&Hit| {
                let first = h.first as usize;
                meaning(reading, self.context.lexicon, first..first + 1).polarity == Polarity::Affirmed
            };
            said.find(meant).map(|h| reading.span_of_hit(h))
        })
    }

    /// The words of the case that deny or miss what a criterion asks for, by any of its names; what is conceded is none.
    pub fn misses(&self, criterion: &Criterion) -> Option<Span> {
        let told = self.rationale()?;
        let conceded = |n: usize| told.says(n, Cue::Concession) || self.facts.reviewed.contains(&n);
        let mut named = self.facts.stated.iter().filter(|s| {
            matches!(s.told, Told::List(n) if criterion.missed.contains(&n)) && told.is_of_case(s.sentence)
        });
        // "no surgery to be done, motivation, and treatment" denies the first alone
        let apart = |s: &Stated| {
            let reading = told.reading;
            let words = reading.span_of_words(s.words.clone());
            let before = &self.context.text[s.span.start as usize..words.start.max(s.span.start) as usize];
            let or = before.split_whitespace().any(|w| w.eq_ignore_ascii_case("or") || w.eq_ignore_ascii_case("nor"));
            before.contains(',') && !or
        };
        // "not recommended for radiculopathy" denies what is recommended
        let of_advice = |s: &Stated| {
            let cue = meaning(told.reading, self.context.lexicon, s.words.clone()).cue;
            let hits = told.reading.sentences[s.sentence].hits.clone();
            let mut advised = told.reading.cues(self.context.lexicon, hits, Cue::Recommends);
            cue.is_some_and(|c| advised.any(|h| c.start <= h.first as usize + 1 && h.end as usize <= s.words.start))
        };
        let denied = |s: &Stated| {
            (s.polarity == Polarity::Negated || s.documentation == Documentation::Missing) && !apart(s) && !of_advice(s)
        };
        if self.finds_all_met() {
            return None;
        }
        named.find(|s| denied(s) && !self.is_anothers(s.sentence) && !conceded(s.sentence)).map(|s| s.span)
    }

    /// Whether a sentence of the rationale is about the case.
    pub fn is_of_case_at(&self, number: usize) -> bool {
        self.rationale().is_some_and(|told| told.is_of_case(number))
    }

    /// Whether the visits asked for and those had come to more than the rule allows.
    pub fn is_used_up(&self) -> bool {
        let most = |all: Vec<(Quantity, Span, Place)>| all.into_iter().map(|(q, ..)| q.most).reduce(f64::max);
        let had = most(self.amounts(AmountFact::CompletedVisits, &[], &[Place::Summary, Place::Rationale]));
        let asked = most(self.amounts(AmountFact::Visits, &[], &[Place::Request]));
        let (Some(had), Some(asked)) = (had, asked) else { return false };
        let limits = self.authority.limits.values().filter(|l| l.unit == Unit::Visits && l.most >= asked);
        limits.map(|l| l.most).reduce(f64::min).is_some_and(|least| had + asked > least)
    }

    /// Whether the reviewer says that all that is asked for is there: "each of these is documented".
    pub fn finds_all_met(&self) -> bool {
        let Some(told) = self.rationale() else { return false };
        let reading = told.reading;
        // "six visits are within the limit" is no word on the rest
        let of_all = |n: usize| {
            let mut words = reading.sentences[n].words.clone();
            words.any(|w| reading.is_small(w, Small::AllOf, self.context.lexicon))
        };
        (0..reading.sentences.len()).any(|n| told.voice(n) != Some(Voice::Recital) && told.is_met(n) && of_all(n))
    }

    /// Whether a sentence of the summary begins with somebody of the patient's family: "her mother takes warfarin".
    pub fn is_of_relative(&self, sentence: usize) -> bool {
        let Some(summary) = &self.context.letter.summary else { return false };
        let sentence = &summary.sentences[sentence];
        let mut named = summary.cues(self.context.lexicon, sentence.hits.clone(), Cue::Relative);
        // "he lives with paraplegia"
        let is_name = |h: &Hit| h.end == h.first + 1 && h.first as usize > sentence.words.start;
        named.any(|h| is_name(h) && (h.first as usize) <= sentence.words.start + OPENING)
    }

    /// The sentence of the case that finds missing, in words of its own, what the rationale recites of a test and the record tells;
    /// and how many words it shares with the recital.
    pub fn lacked(&self, criterion: &Criterion) -> Option<(Span, usize)> {
        let test = &criterion.test;
        let told = self.rationale()?;
        let mut all = Vec::new();
        of_record(test, &mut all);
        // what the record itself tells, without a doubt
        all.retain(|t| self.told(*t, false, [Place::Summary].iter()).word == VerdictWord::Met);
        let recited: Vec<&Stated> =
            self.facts.stated.iter().filter(|s| all.contains(&s.told) && s.voice == Some(Voice::Recital)).collect();
        // "no such drug": by the names of what is asked for
        let named = self.facts.stated.iter().filter(|s| {
            matches!(s.told, Told::List(n) if criterion.missed.contains(&n)) && s.voice == Some(Voice::Recital)
        });
        let named: Vec<&Stated> = recited.iter().copied().chain(named).collect();
        if let Some(span) = told.denies_recited(&named) {
            return Some((span, SHARED));
        }
        let mut asked = told.recited();
        asked.retain(|a| recited.iter().any(|s| a.is_within(s.sentence, &s.words)));
        if asked.is_empty() {
            return None;
        }
        let own = (0..told.reading.sentences.len()).filter(|n| told.voice(*n) == Some(Voice::Application));
        let lacks = own.filter_map(|n| Some((told.span(n), told.lack(n, &asked)?.shared)));
        lacks.filter(|(_, shared)| *shared > 0).max_by_key(|(_, shared)| *shared)
    }

    /// Whether the rationale tells of the case anything but the complaint, or that all that is asked for is met.
    pub fn gives_own_reason(&self) -> bool {
        let Some(told) = self.rationale() else { return false };
        let reading = told.reading;
        let own = (0..reading.sentences.len()).filter(|n| told.voice(*n) == Some(Voice::Application));
        own.into_iter().any(|n| told.is_met(n) || !told.is_complaint(&reading.sentences[n]))
    }

    /// Whether the summary tells what shows that which a test asks for, by a sign or another statement.
    pub fn shows(&self, test: &Test) -> bool {
        let mut all = Vec::new();
        asked(test, &mut all);
        let statements = &self.context.lexicon.statements;
        all.into_iter().any(|told| match told {
            Told::Statement(n) => {
                let (shown, signs) = (&statements[n as usize].shown_by, &statements[n as usize].signs);
                let shown = shown.iter().map(|s| Told::Statement(*s)).chain(signs.iter().map(|s| Told::List(*s)));
                shown.into_iter().any(|t| self.hints_at(t, &[Place::Summary, Place::Rationale]))
            }
            Told::List(_) => false,
        })
    }

    fn hints_at(&self, told: Told, places: &[Place]) -> bool {
        let positive =
            |s: &Stated| s.told == told && s.polarity != Polarity::Negated && s.documentation == Documentation::Said;
        places.iter().any(|place| match place {
            Place::Summary => {
                let summary = &self.context.facts.summary;
                let counts = |s: &Stated| positive(s) && self.counts_in_record(s.told, s.sentence);
                summary.stated.iter().any(|s| counts(s) && !summary.reviewed.contains(&s.sentence))
            }
            Place::Rationale => self.facts.stated.iter().any(|s| positive(s) && !self.is_recited(s)),
            _ => false,
        })
    }

    fn is_recited(&self, stated: &Stated) -> bool {
        let sentence = self.decision.rationale.as_ref().and_then(|r| r.reading.sentences.get(stated.sentence));
        stated.voice == Some(Voice::Recital) && sentence.is_some_and(has_guideline_word)
    }
}

/// Those of them that are looked for in the record.
fn of_record(test: &Test, all: &mut Vec<Told>) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|t| of_record(t, all)),
        Test::Evidence { met, .. } => met.iter().for_each(|t| of_record(t, all)),
        Test::Statement { places, .. } | Test::Mention { places, .. } if places.contains(&Place::Summary) => {
            asked(test, all);
        }
        _ => {}
    }
}

/// The statements and lists that speak for what a test asks for.
fn asked(test: &Test, all: &mut Vec<Told>) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|t| asked(t, all)),
        Test::Evidence { met, .. } => met.iter().for_each(|t| asked(t, all)),
        Test::Statement { statement, .. } => all.push(Told::Statement(*statement)),
        Test::Mention { list, .. } => all.push(Told::List(*list)),
        _ => {}
    }
}
