//! What a sentence about the case says against the request: what was recited is missing, was never tried, or looks normal.

use super::beside::Beside;
use super::lacking::{REACH, Rationale, SHARED, same_stem};
use super::recital::Asked;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::fact::{Documentation, Polarity, Signed, Stated, Told, Voice, meaning, observed};
use crate::letter::{Amount, Sentence};
use crate::lexicon::{Cue, Gap, Small, Subject};
use std::ops::Range;

/// What a sentence lacks of what was recited.
pub struct Lack {
    /// Words that were recited too.
    pub shared: usize,
    /// Whether all it says is that they are not documented, or were never tried.
    pub missing: bool,
    /// Whether a recited sentence that holds them names no alternatives.
    pub sole: bool,
}

/// So many words before a time may tell that it is the least, or little.
const LEAD: usize = 3;
/// So far behind a word it may be said that it was left undone.
const NEAR: usize = 4;

impl<'a> Rationale<'a> {
    /// What a sentence about the case lacks of what was recited; none where it tells something else too.
    pub fn lack(&self, number: usize, recited: &[Asked<'_>]) -> Option<Lack> {
        // "limits for back pain do not bear on spasticity" puts the guideline aside
        if self.says(number, Cue::NotApplicable) {
            return None;
        }
        let below = self.is_below(number);
        // "for only eight days" gives no ground
        let conceded = match below {
            Some(_) => self.says(number, Cue::Concession) || self.facts.reviewed.contains(&number),
            None => self.is_conceded(number),
        };
        if conceded || self.is_welcome(number) || self.affirms_recited(number) {
            return None;
        }
        let sentence = &self.reading.sentences[number];
        let mut shared: Vec<&str> = Vec::new();
        let (mut missing, mut unrecorded, mut sole) = (true, false, false);
        let mut lacks = self.is_short(number);
        let mut denied = None;
        let mut either: Vec<(usize, usize)> = Vec::new();
        let untried = self.is_untried(number);
        let own = self.words_of_request(sentence);
        let signed = Signed::of(self.reading, sentence, self.context.lexicon);
        for word in self.telling(sentence, sentence.words.clone()) {
            // "has not been on opioids before" is no lack where one is asked for
            if own.iter().any(|words| words.contains(&word)) {
                continue;
            }
            let meant = signed.context(word..word + 1);
            let is_missing = meant.documentation == Documentation::Missing || self.is_of_missing(sentence, word);
            let denied_here = meant.polarity == Polarity::Negated && !self.is_inability(meant.cue);
            if !(is_missing || denied_here || untried && self.is_left_undone(sentence, word)) {
                continue;
            }
            lacks = true;
            denied = denied.or(Some(word));
            unrecorded |= is_missing;
            let text = self.reading.word(word);
            let usual = (is_missing || untried) && self.is_usual(sentence, word);
            let fits = |a: &&Asked<'_>| {
                same_stem(a.text, text) && (is_missing || !a.denied) && (is_missing || untried || !a.fails)
            };
            let mut same = recited.iter().filter(fits).peekable();
            if same.peek().is_none() && !usual || shared.iter().any(|s| same_stem(s, text)) {
                continue;
            }
            sole |= usual || same.any(|a| !self.has_alternatives(a.sentence));
            either.extend(recited.iter().filter(|a| a.is(text)).map(|a| (a.sentence, a.word)));
            missing &= is_missing || untried;
            shared.push(text);
        }
        sole |= self.lacks_either(&either);
        // "there is no neuropathic pain": what is recited is denied in other words
        let mut statements = 0;
        for (first, asked, _) in self.denied_statements(number) {
            denied = denied.or(Some(first));
            statements = SHARED;
            lacks = true;
            sole |= !self.has_alternatives(asked);
        }
        if let Some(asked) = below {
            statements = SHARED;
            lacks = true;
            sole |= !self.has_alternatives(asked);
        }
        // "aspirin is not documented, but one factor is enough"
        let outweighs = |w: usize| self.outweighs(w);
        if denied.is_some_and(|first| (first..sentence.words.end).any(outweighs)) {
            return None;
        }
        // what is denied is nothing that was recited
        if shared.is_empty() && statements == 0 && !unrecorded && !self.is_short(number) {
            return None;
        }
        let missing = missing && (unrecorded || untried && !shared.is_empty());
        (lacks && !self.is_of_something_else(number)).then_some(Lack {
            shared: shared.len().max(statements),
            missing,
            sole,
        })
    }

    /// Whether a sentence tells of somebody or something else than the case: "the full strength noted is of the right arm".
    fn is_of_something_else(&self, number: usize) -> bool {
        let request = self.decision.request.as_ref();
        let beside = |request| Beside { context: self.context, request, reading: self.reading };
        request.is_some_and(|r| beside(r).is_of_something_else(number))
    }

    /// Whether these words of recited sentences stand on both sides of an "or" that is the only one of its sentence: none of two is there.
    fn lacks_either(&self, words: &[(usize, usize)]) -> bool {
        let is_or = |w: &usize| self.reading.slice(*w..*w + 1).eq_ignore_ascii_case("or");
        words.iter().any(|(number, first)| {
            let sentence = &self.reading.sentences[*number];
            let mut ors = sentence.words.clone().filter(is_or);
            let (Some(or), None) = (ors.next(), ors.next()) else { return false };
            let listed = self.reading.text()[sentence.bytes.clone()].contains([',', ':', ';']);
            !listed && *first < or && words.iter().any(|(n, w)| n == number && *w > or)
        })
    }

    /// The words that name what is asked for, by its class too.
    fn words_of_request(&self, sentence: &Sentence) -> Vec<Range<usize>> {
        let asked = self.decision.request.as_ref().map(|r| requested(self.context, r)).unwrap_or_default();
        let named = things(self.context, self.reading, sentence.words.clone()).into_iter();
        named.filter(|n| asked.iter().any(|a| related(self.context, a, n))).map(|n| n.words).collect()
    }

    /// The telling words of a sentence that are missing, denied, or were never tried.
    pub fn absent(&self, number: usize) -> Vec<usize> {
        let sentence = &self.reading.sentences[number];
        let untried = self.is_untried(number);
        let signed = Signed::of(self.reading, sentence, self.context.lexicon);
        let is_absent = |word: &usize| {
            let meant = signed.context(*word..*word + 1);
            meant.documentation == Documentation::Missing
                || self.is_of_missing(sentence, *word)
                || meant.polarity == Polarity::Negated && !self.is_inability(meant.cue)
                || untried && self.is_left_undone(sentence, *word)
        };
        self.telling(sentence, sentence.words.clone()).into_iter().filter(is_absent).collect()
    }

    /// The sentence that recites a time of which a sentence tells less: "for only eight days" where "more than three weeks" is recited.
    fn is_below(&self, number: usize) -> Option<usize> {
        let told = |n: usize| {
            let bytes = &self.reading.sentences[n].bytes;
            let within = |a: &&Amount| bytes.contains(&a.bytes.start);
            let first = |a: &Amount| self.reading.word_at(a.bytes.start);
            self.facts.amounts.iter().filter(within).filter_map(move |a| Some((first(a), a.days()?)))
        };
        let is_bound = |n: usize, word: usize| {
            let hits = self.reading.sentences[n].hits.clone();
            self.reading.cues(self.context.lexicon, hits, Cue::AtMost).any(|h| h.end as usize == word)
        };
        let near = |word: usize, set| {
            (word.saturating_sub(LEAD)..word).any(|w| self.reading.is_small(w, set, self.context.lexicon))
        };
        let own = told(number).filter(|(word, _)| is_bound(number, *word) || near(*word, Small::Merely));
        let most = own.map(|(_, (_, most))| most).reduce(f64::max)?;
        let recites = |n: &usize| self.voice(*n) == Some(Voice::Recital);
        let asked = (0..self.reading.sentences.len()).filter(recites).flat_map(|n| {
            let least = told(n).filter(move |(word, _)| !is_bound(n, *word) && near(*word, Small::AtLeast));
            least.map(move |(_, (least, _))| (n, least))
        });
        asked.reduce(|a, b| if b.1 < a.1 { b } else { a }).filter(|(_, least)| most < *least).map(|(n, _)| n)
    }

    /// Whether a word opens what outweighs what stands before it: no "yet" at the end of "has not begun yet".
    pub fn outweighs(&self, word: usize) -> bool {
        let is = |set| self.reading.is_small(word, set, self.context.lexicon);
        let words = &self.reading.words;
        let parted = || {
            word > 0
                && self.reading.text()[words[word - 1].end as usize..words[word].start as usize].contains([',', ';'])
        };
        is(Small::Outweighs) && (is(Small::But) || parted())
    }

    /// Whether a reviewer is glad not to find what a sentence misses. That the last injection brought no relief is no such thing, though
    /// it is well that there was none.
    pub fn is_welcome(&self, number: usize) -> bool {
        if self.doubts_other(number) {
            return true;
        }
        let denied = |s: &&Stated| s.polarity == Polarity::Negated || s.documentation == Documentation::Missing;
        let of_treatment = |s: &Stated| match s.told {
            Told::Statement(n) => self.context.lexicon.statements[n as usize].speaks_of == Subject::Treatment,
            Told::List(_) => false,
        };
        let hits = || self.reading.sentences[number].hits.clone();
        let mut welcome = self.reading.cues(self.context.lexicon, hits(), Cue::WelcomeLack);
        let of_something = |first: u32| {
            let mut nouns = self.reading.cues(self.context.lexicon, hits(), Cue::About);
            nouns.any(|a| a.end <= first && first - a.end < REACH as u32)
        };
        welcome.any(|h| !of_something(h.first)) && !self.statements_of(number).filter(denied).any(of_treatment)
    }

    /// The statements that a sentence denies or misses and that are recited, each by its first word, with the sentence that recites it.
    /// That the request itself was not had so far is none.
    pub fn denied_statements(&self, number: usize) -> impl Iterator<Item = (usize, usize, Told)> + '_ {
        let denied = |s: &&Stated| s.polarity == Polarity::Negated || s.documentation == Documentation::Missing;
        let own = self.words_of_request(&self.reading.sentences[number]);
        let is_own =
            move |w: usize| own.iter().any(|words| words.contains(&w)) || self.is_requested(self.reading.word(w));
        let is_other = move |s: &&Stated| !s.words.clone().any(&is_own);
        self.statements_of(number)
            .filter(denied)
            .filter(is_other)
            .filter_map(|s| Some((s.words.start, self.asks_any(s.told)?, s.told)))
    }

    fn statements_of(&self, number: usize) -> impl Iterator<Item = &Stated> + '_ {
        self.facts.stated.iter().filter(move |s| s.sentence == number && matches!(s.told, Told::Statement(_)))
    }

    /// Where something is recited as what should be there.
    fn asks(&self, told: Told) -> impl Iterator<Item = &Stated> + '_ {
        let recital = self.facts.stated.iter().filter(move |s| s.told == told && s.voice == Some(Voice::Recital));
        recital.filter(|s| {
            s.polarity != Polarity::Negated && s.documentation == Documentation::Said && !self.is_excluded(s)
        })
    }

    /// The sentence that recites a statement, or one by which it is shown: without benefit there is no improved function either.
    fn asks_any(&self, told: Told) -> Option<usize> {
        let shown: &[u16] = match told {
            Told::Statement(n) => &self.context.lexicon.statements[n as usize].shown_by,
            Told::List(_) => &[],
        };
        let all = std::iter::once(told).chain(shown.iter().map(|n| Told::Statement(*n)));
        all.filter_map(|t| self.asks(t).next()).map(|s| s.sentence).next()
    }

    /// Whether a sentence tells a statement that is recited: "has not improved with therapy" is just what is asked for.
    fn affirms_recited(&self, number: usize) -> bool {
        self.affirmed_statements(number).any(|s| self.asks(s.told).next().is_some())
    }

    /// The statements that a sentence tells without denying, doubting or missing them.
    pub fn affirmed_statements(&self, number: usize) -> impl Iterator<Item = &Stated> + '_ {
        let is_told = |s: &&Stated| s.polarity == Polarity::Affirmed && s.documentation == Documentation::Said;
        self.statements_of(number).filter(is_told)
    }

    /// Whether a sentence tells only that what was looked at is normal, of an examination or a study that was recited. Studies of the
    /// kind that is asked for, and of kin, are no ground against it: "the films were negative".
    pub fn is_unremarkable(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        let told = [Cue::TestNegative, Cue::FacultyWhole].into_iter().any(|cue| self.says(number, cue));
        let adverse = [Cue::TestPositive, Cue::FacultyImpaired, Cue::StudyFinding, Cue::GivesReason, Cue::WelcomeLack];
        if !told
            || self.is_of_something_else(number)
            || self.is_conceded(number)
            || adverse.into_iter().any(|cue| self.says(number, cue))
        {
            return false;
        }
        let lexicon = self.context.lexicon;
        let is_small = |w: usize, set| self.reading.is_small(w, set, lexicon);
        if sentence.words.clone().any(|w| self.outweighs(w)) || self.tells_statement(number) {
            return false;
        }
        let kin = |t: u16| {
            let asked = self.decision.request.iter().flat_map(|r| &r.treatments);
            asked.into_iter().any(|(a, _)| lexicon.lineage(*a).iter().any(|l| lexicon.lineage(t).contains(l)))
        };
        let named = things(self.context, self.reading, sentence.words.clone());
        if named.iter().any(|t| t.treatments.iter().any(|t| kin(*t))) {
            return false;
        }
        let seen = observed(self.reading, &self.facts.amounts, lexicon);
        let mut seen = seen.iter().filter(|o| o.sentence == number).peekable();
        (seen.peek().is_some() || sentence.words.clone().any(|w| is_small(w, Small::Examined)))
            && seen.all(|o| !o.shown)
    }

    /// Whether a sentence tells some statement of the patient.
    fn tells_statement(&self, number: usize) -> bool {
        self.statements_of(number).any(|s| s.polarity != Polarity::Negated && s.documentation == Documentation::Said)
    }

    /// Whether a sentence may tell that something was not tried so far: what, its own polarity says.
    pub fn is_untried(&self, number: usize) -> bool {
        [Cue::NotHad, Cue::Untried].into_iter().any(|cue| self.says(number, cue))
    }

    /// Whether right behind a word stands that it was not done: "bracing has not been exhausted".
    fn is_left_undone(&self, sentence: &Sentence, word: usize) -> bool {
        let mut undone = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::Untried);
        undone.any(|h| (1..=NEAR).contains(&(h.first as usize).saturating_sub(word)))
    }

    /// Whether a denial is one of ability: "cannot take naproxen" tells of the patient.
    fn is_inability(&self, cue: Option<Range<usize>>) -> bool {
        let unable = |w: usize| self.reading.is_small(w, Small::Inability, self.context.lexicon);
        // "was not able to"
        cue.is_some_and(|words| (words.start..words.end + 1).any(unable))
    }

    /// Whether a word belongs to a noun that is said to be missing: "no documentation of a failure of bracing".
    fn is_of_missing(&self, sentence: &Sentence, word: usize) -> bool {
        let mut nouns = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::About);
        nouns.any(|h| {
            let (first, end) = (h.first as usize, h.end as usize);
            let near =
                end <= word && word < end + REACH && (end..=word).all(|w| self.reading.words[w].gap != Gap::Hard);
            near && meaning(self.reading, self.context.lexicon, first..first + 1).documentation
                == Documentation::Missing
        })
    }

    /// Whether a word is part of what nearly every guideline asks for first, so that it need not be recited.
    pub fn is_usual(&self, sentence: &Sentence, word: usize) -> bool {
        let mut usual = self.reading.cues(self.context.lexicon, sentence.hits.clone(), Cue::UsualFirst);
        usual.any(|h| (h.first as usize..h.end as usize).contains(&word))
    }

    /// Whether a recited sentence names several of which one may do.
    fn has_alternatives(&self, number: usize) -> bool {
        self.says(number, Cue::ListOr)
            || self.reading.text()[self.reading.sentences[number].bytes.clone()].contains(':')
    }
}
