//! What a rationale says became of another item of the letter: "with the operation turned down", "there will be no surgery to
//! recover from", "the fusion that this letter certifies".
//!
//! No phrase holds them. A mention of the item is looked for, and a word for granting, refusing or needing that is said of it, with
//! whatever denies it. What is only supposed, or told of another time or by somebody else, is left alone.

use super::fate_words::{FATES, OTHER_FATES};
use super::mention::Item;
use crate::check::Context;
use crate::fact::{Marks, PartFacts, Ruling, Voice};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Gap, Small, Term};
use std::ops::Range;

/// What a rationale says became of another item.
#[derive(Debug)]
pub struct Fate {
    /// The words that say so.
    pub words: Range<usize>,
    /// Which way it went.
    pub ruling: Ruling,
    /// Which item.
    pub item: Item,
    /// Whether the letter at hand says so of itself.
    pub firm: bool,
}

/// A word that says what became of an item.
struct Said {
    words: Range<usize>,
    ruling: Ruling,
    /// Whether it tells of a need rather than of an act, which may be somebody else's.
    need: bool,
    /// Whether a denial inside the words is counted already.
    whole: bool,
}

/// So many words that are no part of a predicate may stand in it.
const STRANGE: usize = 2;
/// So many words an aside behind a mention may have.
const ASIDE: usize = 8;
/// So many words may stand between a verb and its object.
pub const OBJECT: usize = 6;

/// All that a rationale says of other items, in order. `hangs` tells that the item at hand goes with an operation.
pub fn fates(context: &Context<'_>, decision: &Decision, facts: &PartFacts, hangs: bool) -> Vec<Fate> {
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let reading = &rationale.reading;
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let voice = facts.voices.get(n);
        let marks = Marks::of(reading, sentence, context.lexicon);
        // "the denial of" is no more than the denial
        let short = |w: &Range<usize>| w.len() <= 3 && marks.is(w.start, Small::Determiner);
        if matches!(voice, Some(Voice::Other)) || marks.cue(Cue::UtilizationReview).any(|w| !short(&w)) {
            continue;
        }
        let recites = [Cue::GuidelineSays, Cue::GuidelineStyle, Cue::People, Cue::Recommends];
        let recited = recites.into_iter().flat_map(|cue| marks.cue(cue)).map(|w| marks.part_start(w.start)).min();
        let recited = recited.filter(|_| voice == Some(&Voice::Recital)).unwrap_or(sentence.words.end);
        let scene = Scene { context, decision, reading, sentence, marks, hangs };
        // "because the release is approved, it is within what the guideline allows"
        found.extend(scene.fates().into_iter().filter(|f| f.words.end <= recited));
    }
    found
}

/// A sentence that may tell what became of other items.
pub struct Scene<'a> {
    pub context: &'a Context<'a>,
    pub decision: &'a Decision,
    pub reading: &'a Reading,
    pub sentence: &'a Sentence,
    pub marks: Marks<'a>,
    /// Whether the item at hand goes with an operation.
    pub hangs: bool,
}

impl Scene<'_> {
    fn fates(&self) -> Vec<Fate> {
        let mut found = Vec::new();
        // most sentences have no word for what becomes of anything
        let tells = FATES.iter().map(|(cue, ..)| cue).chain(&OTHER_FATES).any(|cue| self.marks.says(*cue));
        for (words, item) in if tells { self.mentions() } else { Vec::new() } {
            let Some((said, ruling, firm)) = self.fate(&words, &item) else { continue };
            let all = words.start.min(said.start)..words.end.max(said.end);
            if firm || self.hangs || self.is_ground(&all) {
                found.push(Fate { words: all, ruling, item, firm });
            }
        }
        if found.is_empty() && self.hangs {
            let all = [(Cue::DenialHere, Ruling::Deny), (Cue::ApprovalHere, Ruling::Approve)];
            let here = all.into_iter().filter_map(|(cue, ruling)| Some((self.marks.cue(cue).next()?, ruling)));
            let here = here.filter(|(words, _)| !self.is_open(&(self.sentence.words.start..words.end)));
            found.extend(here.map(|(words, ruling)| Fate { words, ruling, item: Item::Operation, firm: true }));
        }
        found
    }

    pub fn is(&self, w: usize, set: Small) -> bool {
        self.marks.is(w, set)
    }

    fn within(&self, cue: Cue, w: usize) -> bool {
        self.marks.covers(cue, w)
    }

    /// Where the clause begins that holds a mention.
    fn clause_start(&self, mention: &Range<usize>) -> usize {
        let first = self.marks.part_start(mention.start);
        let opened = self.marks.within(Cue::GroundOpens, first..mention.start).map(|g| g.end).last();
        let joined = (first + 1..mention.start).rev().find(|w| self.is(*w - 1, Small::JoinsStatement));
        opened.unwrap_or(first).max(joined.unwrap_or(first))
    }

    /// What became of a mentioned item: the words, which way, and that the letter at hand says so of itself.
    fn fate(&self, mention: &Range<usize>, item: &Item) -> Option<(Range<usize>, Ruling, bool)> {
        let from = self.clause_start(mention);
        let operation = matches!(item, Item::Operation) || self.hangs;
        let told = self
            .by_name(from, mention)
            .or_else(|| self.of_which(mention))
            .or_else(|| self.behind(from, mention, item))
            .or_else(|| self.before(from, mention))
            .or_else(|| if operation { self.will_be_none(mention) } else { None });
        let (words, ruling, firm) = told?;
        let open = self.marks.part_start(mention.start).min(from)..words.end.max(mention.end);
        let missing = self.is_missing(&(self.marks.part_start(mention.start)..mention.start));
        (!missing && !self.is_open(&open)).then(|| (words.clone(), ruling, firm || self.is_here(&words)))
    }

    /// "The denial of the fusion", "I have overturned the denial of the fusion".
    fn by_name(&self, from: usize, mention: &Range<usize>) -> Option<(Range<usize>, Ruling, bool)> {
        // "denied on its own grounds, despite approval of the surgery"
        let conceded =
            self.marks.cue(Cue::Concession).any(|c| c.end <= mention.start && mention.start - c.end <= OBJECT);
        if conceded {
            return None;
        }
        let named =
            [(Cue::DenialOf, Ruling::Deny), (Cue::ApprovalOf, Ruling::Approve)].into_iter().find_map(|(cue, r)| {
                let of = self.marks.within(cue, from..mention.start).last()?;
                self.is_object(of.end..mention.start).then_some((of, r))
            });
        let (of, mut ruling) = named?;
        let rest = mention.end..self.clause_end(mention.end);
        if ruling == Ruling::Deny && self.marks.says_within(Cue::LetsFall, rest) {
            ruling = Ruling::Approve;
        }
        let denied = self.denials(from..of.end);
        Some((of, turned(ruling, denied)?, true))
    }

    /// "The fusion, the denial of which I have overturned".
    fn of_which(&self, mention: &Range<usize>) -> Option<(Range<usize>, Ruling, bool)> {
        let rest = mention.end..self.sentence.words.end;
        let of = self.marks.within(Cue::DenialOf, rest.clone()).find(|d| d.start <= mention.end + 1)?;
        if of.end >= rest.end || !self.is(of.end, Small::Relative) {
            return None;
        }
        let behind = of.end..self.clause_end(of.end);
        let falls = self.marks.within(Cue::LetsFall, behind.clone()).next();
        let stands = || self.marks.within(Cue::LetsStand, behind.clone()).next();
        let (said, ruling) = match falls {
            Some(falls) => (falls, Ruling::Approve),
            None => (stands()?, Ruling::Deny),
        };
        Some((of.start..said.end, turned(ruling, self.denials(of.end..said.start))?, true))
    }

    /// Where the clause ends that a mention is the subject of: at the next mark, but for those around what is said of it.
    fn clause_end(&self, from: usize) -> usize {
        let end = self.sentence.words.end;
        let brief = |w: usize| {
            let cues = [Cue::GrantedInBrief, Cue::RefusedInBrief];
            cues.into_iter().any(|cue| self.marks.begins(cue, w) || self.marks.begins(cue, w + 1))
        };
        let goes_on = |w: usize| {
            self.is(w, Small::Relative) || self.is(w, Small::Auxiliary) || self.is_that(w) || w == from && brief(w)
        };
        let hard = |w: usize| self.reading.words[w].gap == Gap::Hard && w > from;
        (from..end).find(|w| hard(*w) || self.marks.comma_before(*w) && !goes_on(*w)).unwrap_or(end)
    }

    /// Where it goes on behind an aside: "the surgery, the reason for it, has been turned down".
    fn behind_aside(&self, from: usize) -> usize {
        let end = (from + ASIDE).min(self.sentence.words.end);
        if from >= end || !self.marks.comma_before(from) || self.is(from, Small::Relative) {
            return from;
        }
        let auxiliary = |w: usize| self.is(w, Small::Auxiliary);
        let back = (from + 1..end).find(|w| self.marks.comma_before(*w) || auxiliary(*w));
        back.filter(|w| self.marks.comma_before(*w) && auxiliary(*w)).unwrap_or(from)
    }

    fn is_that(&self, w: usize) -> bool {
        self.reading.word(w).eq_ignore_ascii_case("that")
    }

    /// "The operation turned down", "the fusion that this letter certifies", "the arthroscopy was not found to be needed".
    fn behind(&self, from: usize, mention: &Range<usize>, item: &Item) -> Option<(Range<usize>, Ruling, bool)> {
        let behind = self.behind_aside(mention.end);
        let end = self.clause_end(behind);
        let mut all = self.words_for_fate(behind..end);
        if self.marks.says_within(Cue::Necessity, from..mention.start) {
            all.extend(
                self.said(&[(Cue::Established, Ruling::Approve), (Cue::NotEstablished, Ruling::Deny)], behind..end),
            );
        }
        if matches!(item, Item::Numbered(_)) {
            all.extend(self.said(&[(Cue::LetsFall, Ruling::Approve), (Cue::LetsStand, Ruling::Deny)], behind..end));
        }
        let said = all.into_iter().min_by_key(|s| (s.words.start, usize::MAX - s.words.end))?;
        let between = behind..said.words.start;
        if between.clone().any(|w| self.is(w, Small::JoinsStatement)) || self.strange(between.clone()) > STRANGE {
            return None;
        }
        let agent = |words: Range<usize>| self.speaks(words);
        let told = self.marks.within(Cue::Judges, from..mention.start).next().is_some() && agent(from..mention.start);
        let verb = between.clone().any(|w| self.is(w, Small::Auxiliary));
        let finite =
            self.marks.cue(Cue::GoesAhead).any(|g| g == said.words) || self.within(Cue::Fails, said.words.start);
        let near = between.len() <= 2;
        let active = agent(between.clone());
        if !(verb || told || finite || near || active) || self.is_tied(from, mention, between.clone()) {
            return None;
        }
        let ruling = self.turned(&said, from)?;
        let past = between.clone().any(|w| self.is(w, Small::PastAuxiliary));
        // "the surgery was approved" may be by the administrator and long ago
        // of a denial it does not matter by whom, where the item at hand goes with the operation
        let own = active || told || said.need || !past || self.hangs && ruling == Ruling::Deny;
        (own || self.is_here(&said.words) || self.is_ground(&(mention.start..said.words.end))).then_some((
            said.words,
            ruling,
            active || told,
        ))
    }

    /// Whether a mention is only part of what is spoken of: "the need for it after surgery is not shown".
    fn is_tied(&self, from: usize, mention: &Range<usize>, between: Range<usize>) -> bool {
        let close = mention.start.saturating_sub(3).max(from);
        let Some(tie) = (close..mention.start).rev().find(|w| self.is(*w, Small::Preposition)) else { return false };
        let of = self.is(tie, Small::NeedOf);
        let head = |cue| self.marks.within(cue, from..mention.end).any(|h| h.start < tie && h.end + 1 >= tie);
        let asked =
            of && [Cue::Necessity, Cue::OtherRequest, Cue::ThisRequest, Cue::Needed, Cue::Need].into_iter().any(head);
        let request = of && tie > from && self.reading.word(tie - 1).eq_ignore_ascii_case("request");
        let relative =
            between.clone().any(|w| self.is(w, Small::Relative) || self.is_that(w)) || self.speaks(between.clone());
        let finite = between.clone().any(|w| self.is(w, Small::Auxiliary) && !self.is(w, Small::BareAuxiliary));
        !asked && !request && !relative && finite
    }

    /// "I have declined to certify the fusion", "no approved operation", "having found against that operation".
    fn before(&self, from: usize, mention: &Range<usize>) -> Option<(Range<usize>, Ruling, bool)> {
        let start = self.marks.clause_start(mention.start).max(from.min(self.marks.part_start(mention.start)));
        let mut all = self.words_for_fate(start..mention.start);
        let needs = self.marks.within(Cue::Need, start..mention.start);
        all.extend(needs.map(|words| Said { words, ruling: Ruling::Approve, need: true, whole: false }));
        let said = all.into_iter().max_by_key(|s| s.words.end)?;
        let between = said.words.end..mention.start;
        // "the approved operation"
        if between.is_empty() && said.words.start > start {
            let wanting = self.marks.within(Cue::WantOf, start..said.words.start).any(|w| w.end + 2 > said.words.start);
            let denials =
                self.denials(said.words.start.saturating_sub(2).max(start)..said.words.start) + usize::from(wanting);
            let definite = self.is(said.words.start - 1, Small::Determiner) || denials > 0;
            let act = !said.need;
            return if definite && act {
                Some((said.words.clone(), turned(said.ruling, denials)?, wanting))
            } else {
                None
            };
        }
        let others = [Cue::Person, Cue::TreatingProvider];
        let other = others
            .into_iter()
            .filter_map(|cue| self.marks.within(cue, start..said.words.start).last())
            .max_by_key(|p| p.end);
        let start = other.map_or(start, |p| p.end);
        let ruling = self.turned(&said, start)?;
        // "as there is no need for the arthroscopy"
        let unneeded = said.need && ruling == Ruling::Deny && self.is_ground(&said.words);
        let agent = unneeded || self.speaks(start..said.words.start) || self.is_having(start, said.words.start);
        (agent && self.is_object(between)).then_some((said.words, ruling, true))
    }

    /// "There will be no surgery to recover from", "no operation will take place".
    fn will_be_none(&self, mention: &Range<usize>) -> Option<(Range<usize>, Ruling, bool)> {
        let none = self.marks.cue(Cue::WillBeNo).find(|n| n.end <= mention.start && mention.start - n.end <= 1)?;
        Some((none, Ruling::Deny, false))
    }

    /// Whether the letter or its reviewer is the subject of a verb behind some words.
    pub fn speaks(&self, words: Range<usize>) -> bool {
        let own = [Cue::ReviewerSelf, Cue::LetterSelf, Cue::ItemNumber];
        own.into_iter().any(|cue| self.marks.says_within(cue, words.clone()))
    }

    /// "Having allowed the fusion".
    fn is_having(&self, from: usize, verb: usize) -> bool {
        (verb.saturating_sub(4).max(from)..verb).any(|w| self.reading.word(w).eq_ignore_ascii_case("having"))
    }

    /// Whether some words may stand between a verb and its object: none ties it to something else.
    fn is_object(&self, words: Range<usize>) -> bool {
        let ties =
            |w: usize| self.is(w, Small::Preposition) || self.is(w, Small::Auxiliary) || self.marks.comma_before(w);
        let of = |w: usize| self.is(w, Small::NeedOf);
        words.len() <= OBJECT && !words.clone().any(|w| ties(w) && !of(w))
    }

    /// The words that say what became of something, with which way each goes by itself.
    fn words_for_fate(&self, within: Range<usize>) -> Vec<Said> {
        let mut found = Vec::new();
        for (cue, ruling, need) in FATES {
            found.extend(self.marks.within(cue, within.clone()).map(|words| Said {
                words,
                ruling,
                need,
                whole: false,
            }));
        }
        found
    }

    /// The words of some cues that hold their denials themselves.
    fn said(&self, cues: &[(Cue, Ruling)], within: Range<usize>) -> Vec<Said> {
        let said = |(cue, ruling): &(Cue, Ruling)| {
            let (cue, ruling) = (*cue, *ruling);
            let all = self.marks.within(cue, within.clone());
            all.map(move |words| Said { words, ruling, need: true, whole: true }).collect::<Vec<_>>()
        };
        cues.iter().flat_map(said).collect()
    }

    /// How often some words deny.
    fn denials(&self, words: Range<usize>) -> usize {
        let nor = |w: &Range<usize>| self.reading.slice(w.clone()).eq_ignore_ascii_case("nor");
        let all: Vec<Range<usize>> = self.marks.within(Cue::OwnDenial, words).collect();
        // "neither this nor that" denies once
        let again = all.iter().skip(1).filter(|w| nor(w)).count();
        all.len() - again
    }

    /// Which way words go after the denials before them and inside them.
    fn turned(&self, said: &Said, from: usize) -> Option<Ruling> {
        turned(said.ruling, self.denials(from..if said.whole { said.words.start } else { said.words.end }))
    }

    /// How many of some words are no part of a predicate.
    fn strange(&self, words: Range<usize>) -> usize {
        let known = |w: usize| {
            let sets = [Small::Auxiliary, Small::VerdictLink, Small::Relative, Small::Determiner, Small::Preposition];
            let cues =
                [Cue::OwnDenial, Cue::Judges, Cue::ThisRequest, Cue::ReviewerSelf, Cue::LetterSelf, Cue::ItemNumber];
            sets.into_iter().any(|set| self.is(w, set)) || cues.into_iter().any(|cue| self.within(cue, w))
        };
        let parts = |w: &usize| {
            self.marks.all().any(|(h, t)| {
                (h.first as usize..h.end as usize).contains(w)
                    && (matches!(t, Term::BodyPart(_))
                        || matches!(t, Term::Cue(Cue::LeftSide | Cue::RightSide | Cue::BothSides)))
            })
        };
        words.filter(|w| !known(*w) && !parts(w)).count()
    }
}

/// A ruling after so many denials; none where they cannot be told.
fn turned(ruling: Ruling, denials: usize) -> Option<Ruling> {
    match denials {
        0 => Some(ruling),
        1 => Some(ruling.opposite()),
        _ => None,
    }
}
