//! What a letter tells beside the case: of another person, another part of the body or side, another claim or illness, a drug that was
//! given up, a flare of long ago. It is neither use nor finding nor failed care of the request.

use super::judge::Judge;
use super::verdict::{Evidence, Verdict};
use crate::check::Context;
use crate::check::memo::{asked, requested, with_course};
use crate::check::naming::{related, same_region, things};
use crate::fact::{Course, Told};
use crate::letter::{Decision, Reading, Request, Sentence, Side};
use crate::lexicon::{Cue, Gap, Hit, Small, Subject, Term, TreatmentKind};
use crate::rulebook::{AmountFact, Place, Test};
use crate::source::Span;
use std::ops::Range;

/// The spine, by its id among the parts of the body.
const SPINE: &str = "spine";
/// So many words may stand before the subject of a sentence.
const SUBJECT: usize = 2;
/// So many words may stand between a side and its part of the body.
const BESIDE: usize = 2;
/// So many words may stand between "for" and the part of the body.
const LEAD: usize = 3;
/// A flare of so many months ago is over.
const STALE: i32 = 6;
/// Use of another drug so many months ago is over.
const YEAR: i32 = 12;

impl Judge<'_> {
    /// A verdict without what is told beside the case; the same if nothing of its evidence is.
    pub fn of_own(&self, test: &Test, verdict: &Verdict, only: &[Place]) -> Verdict {
        match !self.own && verdict.evidence.iter().any(|e| self.is_beside(e)) {
            true => Judge { own: true, ..*self }.test(test, only),
            false => verdict.clone(),
        }
    }

    /// Whether evidence is told of something else than the case.
    pub fn is_beside(&self, evidence: &Evidence) -> bool {
        let Some(reading) = self.reading(evidence.place) else { return false };
        let beside = Beside { context: self.context, request: self.request, reading };
        let Some((number, words)) = beside.place(evidence.span) else { return false };
        let all = match evidence.place {
            Place::Summary => &self.context.facts.summary,
            _ => self.facts,
        };
        let told = || all.stated.iter().filter(|s| s.span == evidence.span);
        let finding = told().any(|s| match s.told {
            Told::Statement(n) => self.context.lexicon.statements[n as usize].speaks_of == Subject::Finding,
            Told::List(_) => false,
        });
        let used = all.used.iter().any(|u| u.span == evidence.span && u.fact != AmountFact::TimeSince);
        let age = evidence.amount.is_some() && !used;
        if age {
            return false;
        }
        beside.is_of_others(number, &words)
            || beside.is_elsewhere(number, &words)
            || (!finding || beside.is_care(&words)) && beside.is_of_another_matter(number)
            || beside.is_over(number, &words, used)
    }
}

/// Whether the summary tells some of its words beside the case of a decision.
pub fn tells_beside(context: &Context<'_>, decision: &Decision, summary: &Reading, words: &Range<usize>) -> bool {
    let holds = |request| Beside { context, request, reading: summary }.holds(words);
    decision.request.as_ref().is_some_and(holds)
}

/// A part of a letter, asked by sentence for what it tells beside the case.
pub struct Beside<'a> {
    /// The letter.
    pub context: &'a Context<'a>,
    /// What is asked for.
    pub request: &'a Request,
    /// The part of the letter.
    pub reading: &'a Reading,
}

/// A part of the body or a side that is named.
struct Named {
    word: usize,
    /// Whether it is the one that is asked for.
    own: bool,
    /// Whether findings on it are none on the one that is asked for either.
    rival: bool,
}

impl Beside<'_> {
    /// The sentence and the words of a place.
    fn place(&self, span: Span) -> Option<(usize, Range<usize>)> {
        let holds = |s: &Sentence| self.reading.span(s.bytes.clone()).contains(span);
        let number = self.reading.sentences.iter().position(holds)?;
        let within = |w: &usize| span.contains(self.reading.span_of_words(*w..*w + 1));
        let mut words = self.reading.sentences[number].words.clone().filter(within);
        let first = words.next()?;
        Some((number, first..words.next_back().unwrap_or(first) + 1))
    }

    /// Whether some words tell of something else, or of what is over.
    pub fn holds(&self, words: &Range<usize>) -> bool {
        let number = self.reading.sentences.partition_point(|s| s.words.end <= words.start);
        self.is_of_others(number, words)
            || self.is_elsewhere(number, words)
            || self.is_of_another_matter(number)
            || self.is_over(number, words, false)
    }

    /// Whether a whole sentence tells of something else: of somebody else, another part of the body, another matter, or "it is the
    /// gabapentin, not this drug, which".
    pub fn is_of_something_else(&self, number: usize) -> bool {
        let all = &self.sentence(number).words;
        let end = all.end.saturating_sub(1)..all.end;
        self.is_of_others(number, &end)
            || self.says(number, Cue::FamilyHistory)
            || self.is_elsewhere(number, all)
            || self.is_of_another_matter(number)
            || self.points_away(number)
    }

    /// Whether words stand behind somebody else as the subject: "his wife has taken it for years".
    pub fn is_of_others(&self, number: usize, words: &Range<usize>) -> bool {
        let sentence = self.sentence(number);
        let cues = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        let before = |h: &&Hit| h.end as usize <= words.start;
        let is_name = |h: &&Hit| h.end == h.first + 1 && h.first as usize > sentence.words.start;
        // "it is his wife who"
        let start = sentence.words.start + if self.opens_pointing(number) { SUBJECT } else { 0 };
        let leads = |h: &&Hit| h.first as usize <= start + SUBJECT;
        let is_patient = |from: usize| {
            let between = from..words.start;
            // "his wife, not the patient, who"
            let denied = |w: usize| (w.saturating_sub(SUBJECT)..w).any(|b| self.is(b, Small::TimeDenies));
            let here = |h: &Hit| between.contains(&(h.first as usize)) && !denied(h.first as usize);
            let named = [Cue::Person, Cue::Claimant].into_iter().any(|c| cues(c).any(here));
            named || between.clone().any(|w| self.is(w, Small::He))
        };
        let subject = |h: &Hit| !self.is(h.end as usize, Small::TellsOf) && !is_patient(h.end as usize);
        let mut somebody = cues(Cue::Relative).filter(is_name).chain(cues(Cue::Bystander)).filter(leads).filter(before);
        somebody.any(subject) || cues(Cue::FamilyHistory).any(|h| before(&h))
    }

    /// Whether words are told of another part of the body or the other side alone. Findings elsewhere may show what is asked for
    /// unless both are parts of the spine or joints of limbs; care elsewhere never is care of this part.
    pub fn is_elsewhere(&self, number: usize, words: &Range<usize>) -> bool {
        let named = self.named(number);
        if named.is_empty() {
            let sentence = self.sentence(number);
            let before = number.checked_sub(1).filter(|_| self.is(sentence.words.start, Small::TimeBack));
            let care = self.is_care(&sentence.words);
            return before.is_some_and(|n| Beside::is_other(self.named(n).iter(), care));
        }
        let clause =
            if named.iter().any(|n| n.own) { self.clause(number, words) } else { self.sentence(number).words.clone() };
        Beside::is_other(named.iter().filter(|n| clause.contains(&n.word)), self.is_care(&clause))
    }

    fn is_other<'n>(named: impl Iterator<Item = &'n Named> + Clone, care: bool) -> bool {
        !named.clone().any(|n| n.own) && { named }.any(|n| n.rival || care)
    }

    /// Whether some words name a treatment, and no mere study or referral.
    fn is_care(&self, words: &Range<usize>) -> bool {
        let study = |t: &u16| {
            let kind = self.context.lexicon.treatments[*t as usize].kind;
            matches!(kind, TreatmentKind::Imaging | TreatmentKind::Test | TreatmentKind::Service)
        };
        let named = things(self.context, self.reading, words.clone());
        named.iter().any(|t| t.treatments.is_empty() || !t.treatments.iter().all(study))
    }

    /// The words around some words up to a semicolon, or to a word that opens the contrary.
    fn clause(&self, number: usize, words: &Range<usize>) -> Range<usize> {
        let all = &self.sentence(number).words;
        let parts = |w: &usize| {
            let word = &self.reading.words[*w];
            let between = &self.reading.text()[self.reading.words[*w - 1].end as usize..word.start as usize];
            word.gap == Gap::Hard || between.contains(';') || self.is(*w, Small::But)
        };
        let start = (all.start + 1..=words.start).rev().find(parts).unwrap_or(all.start);
        start..(words.end..all.end).find(parts).unwrap_or(all.end)
    }

    /// The parts of the body and sides that a sentence names, where some are asked for.
    fn named(&self, number: usize) -> Vec<Named> {
        let lexicon = self.context.lexicon;
        let wanted = asked(self.context, self.request);
        let mut sides = self.request.sides.iter().map(|(s, _)| *s);
        let side = sides.next().filter(|s| *s != Side::Both && sides.all(|o| o == *s));
        if wanted.parts.is_empty() && side.is_none() {
            return Vec::new();
        }
        let sentence = self.sentence(number);
        let cues = |cue| self.reading.cues(lexicon, sentence.hits.clone(), cue);
        let told: Vec<(Range<usize>, Side)> =
            [(Cue::LeftSide, Side::Left), (Cue::RightSide, Side::Right), (Cue::BothSides, Side::Both)]
                .into_iter()
                .flat_map(|(cue, side)| cues(cue).map(move |h| (h.first as usize..h.end as usize, side)))
                .collect();
        let opposed = |told: Side| side.is_some_and(|s| told != s && told != Side::Both);
        // a part without a side is on the only side that its sentence tells
        let turned = side.is_some() && sentence.words.clone().any(|w| self.is(w, Small::OtherSide));
        let all_opposed = (turned || !told.is_empty()) && told.iter().all(|(_, s)| opposed(*s));
        let mut found = Vec::new();
        let mut paired = Vec::new();
        for hit in &self.reading.hits[sentence.hits.clone()] {
            let Term::BodyPart(part) = self.context.term(hit) else { continue };
            let word = hit.first as usize;
            let beside = |r: &Range<usize>| r.end <= word && word - r.end < BESIDE;
            let own_side = told.iter().rev().find(|(r, _)| beside(r));
            paired.extend(own_side.map(|(r, _)| r.start));
            let near = word.saturating_sub(BESIDE).max(sentence.words.start)..word;
            let turned = side.is_some() && near.into_iter().any(|w| self.is(w, Small::OtherSide));
            let opposite = turned || own_side.is_some_and(|(_, s)| opposed(*s));
            let same = wanted.parts.is_empty() || wanted.parts.iter().any(|a| same_region(self.context, *a, part));
            let alike = wanted.parts.iter().any(|a| self.limb(*a).is_some() && self.limb(*a) == self.limb(part));
            let vague = lexicon.body_parts[part as usize].vague;
            // of pain that comes from the spine a limb tells too
            let spine = alike && self.limb(part) == Some(SPINE);
            let known = self.limb(part).is_some() && !vague && (spine || self.is_treated(sentence, hit));
            if same || known || opposite {
                let unsided = own_side.is_none() && all_opposed;
                found.push(Named { word, own: same && !opposite && !unsided, rival: opposite || !same && spine });
            }
        }
        // "on the right she had": beside no part, and no verb
        let alone = |r: &Range<usize>| {
            let set = |w: usize| {
                self.is(w, Small::Preposition) || self.is(w, Small::Determiner) && !self.is(w, Small::PointsBack)
            };
            !paired.contains(&r.start) && (r.len() > 1 || r.start > sentence.words.start && set(r.start - 1))
        };
        let lone = told.iter().filter(|(r, _)| side.is_some() && alone(r));
        found.extend(lone.map(|(r, s)| Named { word: r.start, own: !opposed(*s), rival: opposed(*s) }));
        found
    }

    /// Whether the name of a part tells that something was done for it: "for the neck", "his neck received", "shoulder therapy".
    fn is_treated(&self, sentence: &Sentence, part: &Hit) -> bool {
        let (first, end) = (part.first as usize, part.end as usize);
        let near = first.saturating_sub(LEAD).max(sentence.words.start)..first;
        let care = |w: usize| self.is_care(&(w..w + 1)) || self.is(w, Small::Visit);
        // "referral to the shoulder" tells where pain goes
        let leads = |w: usize| self.is(w, Small::LeadsCared) || w > 0 && self.is(w, Small::To) && care(w - 1);
        let led = near.into_iter().any(leads);
        let subject = first <= sentence.words.start + BESIDE;
        led || subject || self.is_care(&(end..(end + BESIDE).min(sentence.words.end)))
    }

    /// The spine or the limb that a part of the body belongs to, by id.
    fn limb(&self, part: u16) -> Option<&str> {
        let part = &self.context.lexicon.body_parts[part as usize];
        let region = part.region.as_deref().unwrap_or(&part.id);
        [SPINE, "upper-extremity", "lower-extremity"].into_iter().find(|l| *l == region)
    }

    /// Whether a sentence tells of another claim or illness, and not of the part of the body that is asked for.
    fn is_of_another_matter(&self, number: usize) -> bool {
        self.says(number, Cue::AnotherMatter) && !self.named(number).iter().any(|n| n.own) && !self.goes_on(number)
    }

    /// Whether words tell of use that was given up or of a flare that is over: long ago, or in a time that has ended.
    fn is_over(&self, number: usize, words: &Range<usize>, used: bool) -> bool {
        let over = [Cue::LongAgo, Cue::LeftOff].into_iter().any(|c| self.says(number, c));
        let sentence = self.sentence(number);
        let other = self.names_other_drug(number);
        let episode = words.clone().any(|w| self.is(w, Small::Episode));
        let long = || used || words.clone().any(|w| self.is(w, Small::TimeUnit));
        // drugs that were stopped have failed, whenever it was
        if !(episode || long()) || self.goes_on(number) {
            return false;
        }
        let switched = || sentence.words.clone().any(|w| self.is(w, Small::Switches));
        let ended = |course: &Course<'_>, months: i32| {
            let to = course.time_of(number, words).and_then(|t| t.to);
            to.zip(course.now).is_some_and(|(to, now)| to + months < now)
        };
        let gone =
            || with_course(self.context, self.reading, |c| episode && ended(c, STALE) || other && ended(c, YEAR));
        !(other && switched()) && (over || gone())
    }

    /// Whether a sentence names drugs, and none that is asked for.
    fn names_other_drug(&self, number: usize) -> bool {
        let asked = requested(self.context, self.request);
        let mut named = things(self.context, self.reading, self.sentence(number).words.clone());
        named.retain(|t| !t.drugs.is_empty());
        !named.is_empty() && !named.iter().any(|t| asked.iter().any(|a| related(self.context, a, t)))
    }

    /// Whether a sentence opens with "it is" and something else than what is asked for, and denies the latter: "it is the gabapentin,
    /// not the hypnotic, which".
    fn points_away(&self, number: usize) -> bool {
        let words = self.sentence(number).words.clone();
        let opens = self.opens_pointing(number);
        let asked = requested(self.context, self.request);
        let named = things(self.context, self.reading, words.clone());
        let first = named.first().filter(|t| !t.class_word && !asked.iter().any(|a| related(self.context, a, t)));
        let denied = |w: usize| self.reading.words[w].gap != Gap::Hard && self.is(w, Small::TimeDenies);
        opens && first.is_some_and(|t| (t.words.end..words.end).take(1).any(denied))
    }

    /// Whether a sentence opens with "it is".
    fn opens_pointing(&self, number: usize) -> bool {
        let first = self.sentence(number).words.start;
        self.is(first, Small::TimeBack) && self.is(first + 1, Small::Points)
    }

    fn goes_on(&self, number: usize) -> bool {
        let is = |w: usize| self.is(w, Small::TimeGoesOn) || self.is(w, Small::TimeNow);
        self.sentence(number).words.clone().any(is)
    }

    fn is(&self, word: usize, set: Small) -> bool {
        word < self.reading.words.len() && self.reading.is_small(word, set, self.context.lexicon)
    }

    fn says(&self, number: usize, cue: Cue) -> bool {
        self.sentence(number).cues.has(cue)
    }

    fn sentence(&self, number: usize) -> &Sentence {
        &self.reading.sentences[number]
    }
}
