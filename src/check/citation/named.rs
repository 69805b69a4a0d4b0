//! The guidelines that a rationale names, and whether it rests on them.

use super::unsaid::is_silent;
use crate::check::Context;
use crate::fact::{Polarity, meaning};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Lexicon, Small, Stems, Term};
use crate::source::Span;
use std::ops::Range;

/// A guideline named in a rationale.
pub struct Named {
    /// Editions that the name may mean, by number.
    pub guidelines: Vec<u16>,
    /// Whether the name is that of the MTUS as a whole.
    pub whole_mtus: bool,
    /// Its place in the letter.
    pub span: Span,
    /// The words.
    pub words: String,
    /// Word numbers in the reading.
    pub at: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
    /// Whether it is no subject but the head of a table or a list.
    pub title: bool,
    /// Whether the rationale rests on it: the guideline says something, or something is so according to it.
    pub rests: bool,
}

/// So many words from the head of a sentence, or behind a comma, a guideline may be its subject.
const HEAD: usize = 14;
/// So many words may stand behind a guideline that closes its sentence as the one who says so: "holds".
const HOLDS: usize = 2;
/// So many words may stand between a guideline and what it says.
const REACH: usize = 6;

/// The guidelines that a reading names, in order; [`named`](crate::check::memo::named) keeps them.
pub fn find_named(context: &Context<'_>, reading: &Reading) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let own = |n: &&u32| sentence.hits.contains(&(**n as usize));
        let from = reading.guidelines.partition_point(|n| (*n as usize) < sentence.hits.start);
        for hit in reading.guidelines[from..].iter().take_while(own).map(|n| &reading.hits[*n as usize]) {
            let at = hit.first as usize..hit.end as usize;
            let Some((guidelines, whole_mtus)) = editions(context.lexicon, context.term(hit)) else { continue };
            match all.last_mut() {
                // several editions share a name; a name inside a longer one is the same
                Some(last) if last.sentence == number && at.start < last.at.end => {
                    if last.at == at {
                        last.guidelines.extend(guidelines);
                    }
                }
                last => {
                    // "pursuant to the MTUS and the ODG"
                    let joined = last.is_some_and(|l| l.sentence == number && l.rests && coupled(reading, &l.at, &at));
                    let title = title_like(context, reading, sentence, &at);
                    let rests = !title && (joined || rests(context, reading, sentence, &at));
                    // "the FDA label for this drug and the ODG, which govern here": the first of two opens the sentence
                    if let Some(first) = all.last_mut().filter(|l| l.sentence == number && !l.title && rests) {
                        let opens = first.at.start <= sentence.words.start + 1;
                        first.rests |= opens && subjects(reading, &first.at, &at);
                    }
                    all.push(Named {
                        guidelines,
                        whole_mtus,
                        span: reading.span_of_hit(hit),
                        words: reading.slice(at.clone()).to_string(),
                        title,
                        rests,
                        at,
                        sentence: number,
                    })
                }
            }
        }
    }
    all
}

/// The editions that a term may mean, and whether it is the name of the whole MTUS.
pub fn editions(lexicon: &Lexicon, term: Term) -> Option<(Vec<u16>, bool)> {
    match term {
        Term::Guideline(n) | Term::SharedGuideline(n) => Some((vec![n], false)),
        Term::Family(n) => {
            let family = &lexicon.families[n as usize];
            Some((lexicon.members(n).to_vec(), family.id == "mtus"))
        }
        _ => None,
    }
}

/// Whether a sentence lets a guideline speak, or follows it.
fn rests(context: &Context<'_>, reading: &Reading, sentence: &Sentence, at: &Range<usize>) -> bool {
    let cues =
        |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue).map(|h| h.first as usize..h.end as usize);
    let joined = |from: usize| (from..=at.start).all(|w| w == from || reading.words[w].gap != Gap::Hard);
    // "according to the MTUS and the ODG": the second of two stands farther off
    let near = |c: &Range<usize>| if c.start <= sentence.words.start + 1 { REACH } else { REACH / 2 };
    let follows = cues(Cue::Following).any(|c| c.end <= at.start && at.start - c.end <= near(&c) && joined(c.end));
    // "according to the FDA" rests on it, "the FDA has warned of it" does not
    let led = cues(Cue::Following).any(|c| c.end <= at.start && at.start - c.end <= 1);
    if !led && is_meant_otherwise(context, reading, at) {
        return false;
    }
    let end = behind_aside(reading, sentence, at.end);
    // "the CDC Guideline for Prescribing Opioids for Chronic Pain stipulates"
    let is = |w: usize, set| w < sentence.words.end && reading.is_small(w, set, context.lexicon);
    let titled = is(at.end, Small::SourceNoun) && is(at.end + 1, Small::Preposition);
    let reach = if titled { 2 * REACH } else { REACH };
    let says = cues(Cue::GuidelineSays).any(|c| {
        c.end > at.end && c.start <= at.end + reach && c.end > at.start || c.start >= end && c.start <= end + 1
    });
    // "the ODG criteria for surgery were not met"
    let applied = cues(Cue::Applies).any(|c| c.start == at.end && c.end > c.start + 1);
    // "the ODG elbow chapter, on which I rely"
    let name = |w: usize| reading.guidelines.iter().any(|n| reading.hits[*n as usize].first as usize == w);
    let ground = cues(Cue::RestsOnIt).any(|c| {
        // "..., and I have followed it here"
        let reach = if reading.word(c.end - 1).eq_ignore_ascii_case("it") { 4 * REACH } else { REACH };
        let near = c.start >= at.end && c.start <= at.end + reach && !(at.end..c.start).any(name);
        near && meaning(reading, context.lexicon, c).polarity == Polarity::Affirmed
    });
    // "..., ACOEM holds.": behind a comma, at the end
    let at_end = || reading.is_marked(at.start - 1, b',') && sentence.words.end - at.end <= HOLDS;
    let heads = at.start - sentence.words.start <= HEAD || at_end();
    (follows || ground || (says || applied) && heads && !denied(context, reading, sentence, at))
        && !is_called_silent(context, reading, sentence, at)
        // "ACOEM makes similar points"
        && !tells(reading, sentence, context.lexicon.only_agrees())
}

/// Whether a guideline is itself called silent: "the MTUS and the ODG say nothing on", behind which another one may speak.
fn is_called_silent(context: &Context<'_>, reading: &Reading, sentence: &Sentence, at: &Range<usize>) -> bool {
    let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    let ahead = |h: &Hit, words: &Range<usize>| words.contains(&(h.first as usize)) && h.end as usize <= words.end;
    let says = |words: &Range<usize>| cues(Cue::GuidelineSays).any(|s| ahead(s, words));
    cues(Cue::Silent).any(|h| {
        let between = at.end..h.first as usize;
        let near = h.first as usize >= at.end && between.len() <= REACH;
        near && between.clone().all(|w| reading.words[w].gap != Gap::Hard) && !says(&between)
    })
}

/// Whether a denial stands right before a name: what is denied of it is no ground ("neither the MTUS nor ACOEM lists it").
fn denied(context: &Context<'_>, reading: &Reading, sentence: &Sentence, at: &Range<usize>) -> bool {
    let before = at.start.saturating_sub(2).max(sentence.words.start)..at.start;
    let mut denials = reading.cues(context.lexicon, sentence.hits.clone(), Cue::Negation);
    denials.any(|n| (n.first as usize) < before.end && n.end as usize > before.start)
}

/// Whether a rationale that names no other guideline rests on this one, in whatever words: it is named in the reviewer's
/// own words, and neither denied nor called silent there.
pub fn may_rest(context: &Context<'_>, reading: &Reading, named: &Named) -> bool {
    let sentence = &reading.sentences[named.sentence];
    let no_need = || meaning(reading, context.lexicon, named.at.clone()).polarity == Polarity::Negated;
    !is_meant_otherwise(context, reading, &named.at)
        && !is_no_ground(context, reading, sentence)
        && !denied(context, reading, sentence, &named.at)
        && !no_need()
        && !is_reference(reading, named)
        && !others_words(context, reading, named)
        && !speaks_elsewhere(context, reading, named)
        && !is_silent(context, reading, named.sentence)
}

/// Whether a sentence tells of somebody else's reliance on a guideline, or of the order in which guidelines count.
pub fn is_no_ground(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    tells(reading, sentence, context.lexicon.no_ground())
}

/// Whether a sentence holds some words.
fn tells(reading: &Reading, sentence: &Sentence, words: &Stems) -> bool {
    words.stand_in(&reading.text()[sentence.bytes.clone()].to_lowercase())
}

/// Whether a name may mean something else: "FDA approved" is said of a drug. "Medicare coverage rules" are Medicare's.
fn is_meant_otherwise(context: &Context<'_>, reading: &Reading, at: &Range<usize>) -> bool {
    let is = |word: &str, set| context.lexicon.is_small(word, set);
    let last = reading.slice(at.end - 1..at.end);
    let behind = at.end..(at.end + 2).min(reading.words.len());
    is(last.rsplit('-').next().unwrap_or(last), Small::MeantOtherwise)
        && !behind.into_iter().any(|w| is(reading.word(w), Small::SourceNoun))
}

/// Whether a name is a reference in brackets with its year, as quoted guidelines have them: "(ACOEM, 2004)".
fn is_reference(reading: &Reading, named: &Named) -> bool {
    let text = reading.text();
    let (start, end) = (reading.words[named.at.start].start as usize, reading.words[named.at.end - 1].end as usize);
    let opened = text[..start].trim_end().ends_with('(');
    let rest = text[end..].split(')').next().unwrap_or_default();
    opened && rest.bytes().filter(u8::is_ascii_digit).count() >= YEAR
}

/// The digits of a year.
const YEAR: usize = 4;

/// Where a sentence goes on behind a name: at the second comma of ", to which this reviewer gives weight,".
fn behind_aside(reading: &Reading, sentence: &Sentence, end: usize) -> usize {
    let comma = |w: usize| reading.is_marked(w, b',');
    let rest = end..(end + ASIDE).min(sentence.words.end);
    let closing = || rest.clone().find(|w| comma(*w)).map(|w| w + 1);
    if comma(end - 1) { closing().unwrap_or(end) } else { end }
}

/// So many words may stand between the commas of an aside.
const ASIDE: usize = 14;

/// Whether a name is coupled to the one before it by "and".
fn coupled(reading: &Reading, before: &Range<usize>, at: &Range<usize>) -> bool {
    let between = reading.slice(before.end..at.start);
    before.end < at.start && at.start - before.end <= 3 && between.split(' ').any(|w| w.eq_ignore_ascii_case("and"))
}

/// Whether two names are one subject: "and" stands between them, few words and no mark.
fn subjects(reading: &Reading, first: &Range<usize>, second: &Range<usize>) -> bool {
    let between = reading.slice(first.end..second.start);
    let few = first.end < second.start && second.start - first.end <= REACH;
    few && !between.contains([',', ';', '(', ':']) && between.split(' ').any(|w| w.eq_ignore_ascii_case("and"))
}

/// Whether the name is the head of a table or of a list rather than a subject: "ODG Guidelines - Allow for ...". A verb
/// before the mark makes it a subject: "the ODG notes: ...".
fn title_like(context: &Context<'_>, reading: &Reading, sentence: &Sentence, at: &Range<usize>) -> bool {
    let end = reading.words[at.end - 1].end as usize;
    // a name can run over the end of a sentence: "Official. Disability Guidelines"
    let Some(stop) = reading.text().get(end..sentence.bytes.end).and_then(head_end) else { return false };
    !reading.cues(context.lexicon, sentence.hits.clone(), Cue::GuidelineSays).any(|h| {
        let last = reading.words[h.end as usize - 1].end as usize;
        last > end && last <= end + stop
    })
}

/// Where the head of a table or list ends: at a colon or dash behind a few words without a comma.
fn head_end(after: &str) -> Option<usize> {
    let (mut words, mut inside) = (0, false);
    for (at, mark) in after.char_indices() {
        match mark {
            ':' | '\u{2013}' | '\u{2014}' => return Some(at),
            ' ' if after[at..].starts_with(" - ") => return Some(at),
            ',' => return None,
            _ if mark.is_whitespace() => inside = false,
            _ if !inside => {
                (words, inside) = (words + 1, true);
                if words > HEAD_WORDS {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// So many words may follow the name of a guideline in a head.
const HEAD_WORDS: usize = 4;

/// Whether two guidelines go by one name: the same edition, or members of a family other than the MTUS as a whole.
pub fn kin(lexicon: &Lexicon, a: u16, b: u16) -> bool {
    let mut families = lexicon.families.iter().enumerate();
    a == b
        || families.any(|(n, family)| {
            let members = lexicon.members(n as u16);
            members.contains(&a) && members.contains(&b) && family.id != "mtus"
        })
}

/// Whether the words of a mention are those of somebody else: they stand in quotation marks, in a sentence on the
/// administrator's reviewer, or behind words by which the provider leans on the guideline.
pub fn others_words(context: &Context<'_>, reading: &Reading, named: &Named) -> bool {
    let byte = reading.words[named.at.start].start as usize;
    let sentence = &reading.sentences[named.sentence];
    let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    let within = |cue, words: &Range<usize>| cues(cue).any(|j| words.contains(&(j.first as usize)));
    let soft = |words: Range<usize>| words.into_iter().all(|w| reading.words[w].gap != Gap::Hard);
    let leans = |h: &Hit| {
        let (from, end, start) = (h.first as usize, h.end as usize, named.at.start);
        let between = end..start;
        let before = || {
            start - end <= LEANS
                && soft(end..start + 1)
                && ![Cue::ClauseJoin, Cue::ReviewerSelf].into_iter().any(|cue| within(cue, &between))
        };
        // "the ODG, which UR cited"; "the ODG, and UR cited the MTUS" goes on with another
        let name = |w: usize| reading.guidelines.iter().any(|n| reading.hits[*n as usize].first as usize == w);
        let behind = || {
            let rest = end..(end + LEANS).min(sentence.words.end);
            from <= named.at.end + 1 && soft(named.at.end..from) && !rest.into_iter().any(name)
        };
        end <= start && before() || from >= named.at.end && behind()
    };
    // "UR cited the ODG; I rest on the MTUS"
    let own_clause = || {
        let hard = |w: &usize| reading.words[*w].gap == Gap::Hard;
        let from = (sentence.words.start + 1..=named.at.start).rev().find(hard).unwrap_or(sentence.words.start);
        within(Cue::ReviewerSelf, &(from..named.at.start)) && !within(Cue::UtilizationReview, &(from..named.at.start))
    };
    sentence.cues.has(Cue::UtilizationReview) && !own_clause()
        || cues(Cue::OthersLean).any(leans)
        || quoted(&reading.text()[..byte])
}

/// So many words may stand between "the provider relied on" and the name of a guideline.
const LEANS: usize = 4;

/// Whether the sentence goes on to say that the guideline speaks of something else, or of nothing: "the ODG discuss splints for
/// the elbow but not for the wrist".
pub fn speaks_elsewhere(context: &Context<'_>, reading: &Reading, named: &Named) -> bool {
    let sentence = &reading.sentences[named.sentence];
    let other = |w: usize| reading.guidelines.iter().any(|n| reading.hits[*n as usize].first as usize == w);
    [Cue::SpeaksElsewhere, Cue::NotApplicable].into_iter().any(|cue| {
        let mut behind = reading.cues(context.lexicon, sentence.hits.clone(), cue);
        behind.any(|h| h.first as usize >= named.at.end && !(named.at.end..h.first as usize).any(other))
    })
}

/// Whether a quotation is open at the end of a text.
fn quoted(before: &str) -> bool {
    // curly marks begin with this byte: without it straight ones are counted
    if memchr::memchr(0xe2, before.as_bytes()).is_none() {
        return memchr::memchr_iter(b'"', before.as_bytes()).count() % 2 == 1;
    }
    before.chars().fold(false, |open, c| match c {
        '\u{201c}' => true,
        '\u{201d}' => false,
        '"' => !open,
        _ => open,
    })
}
