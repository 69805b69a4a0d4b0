//! Who the patient is: age and sex, with every place that tells them.

use super::ages::{ages, number_before};
use super::marks::Marks;
use super::sexed::{kinds, letters, nouns};
use super::tie::{Tie, is_object, is_own};
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon, Small};
use crate::source::Span;
use serde::Serialize;
use std::ops::Range;

/// Sex as a letter tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// How a place tells the sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a noun beside the age or the word for the patient ("58-year-old female").
    Noun,
    /// By a pronoun.
    Pronoun,
}

/// A place that tells the patient's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SexTold {
    /// Which.
    pub sex: Sex,
    /// How.
    pub how: How,
    /// Whether the sentence names nobody else whom the word could mean.
    pub alone: bool,
    /// What else makes a pronoun the patient's.
    pub tie: Tie,
    /// Whether the sentence has pronouns of the other sex too.
    pub mixed: bool,
    /// The word.
    pub span: Span,
}

impl SexTold {
    pub(super) fn noun(sex: Sex, alone: bool, span: Span) -> SexTold {
        SexTold { sex, how: How::Noun, alone, tie: Tie::Named, mixed: false, span }
    }

    /// Whether it is told by a noun, or a pronoun that stands beside what tells whose it is.
    pub fn tied(&self) -> bool {
        self.tie != Tie::None
    }
}

/// What one part of a letter tells of the patient.
#[derive(Clone, Debug, Default)]
pub struct Patient {
    /// Ages in years with their places, in order.
    pub ages: Vec<(u32, Span)>,
    /// Ages told without a word for years, of nobody but the patient: "the patient is 33".
    pub said: Vec<(u32, Span)>,
    /// Years that the patient is said to be past, with their places: "is over 65".
    pub past: Vec<(u32, Span)>,
    /// Decades of life that the patient is said to be in, by their first year.
    pub decades: Vec<(u32, Span)>,
    /// Years in which the patient is said to be born.
    pub born: Vec<(u32, Span)>,
    /// Places that tell the sex, in order.
    pub sexes: Vec<SexTold>,
    /// Ages of others: "his daughter, 15".
    pub theirs: Vec<u32>,
    /// Sexes of others whom the part names: none where the word does not tell it.
    pub others: Vec<Option<Sex>>,
}

/// How many words may stand between "58-year-old" and "female": "pleasant right hand dominant".
pub(super) const REACH: usize = 6;

/// A person named so soon behind a pronoun tells who it is, or is not.
const NEAR: usize = 6;

/// How many words may stand between "is a" and a trade, and between the patient and "is a".
const TRADE: usize = 4;

/// Whether a sentence tells of somebody as they would be and are not: "were she 70 years old, clearance would be needed", "as if he
/// were a boy".
fn is_supposed(marks: Marks) -> bool {
    let words = marks.sentence.words.clone();
    let is = |w: usize, set| w < words.end && marks.is(w, set);
    let somebody =
        |w: usize| is(w, Small::He) || is(w, Small::Speaker) || is(w, Small::OpensSubject) || is(w, Small::Determiner);
    let opens = is(words.start, Small::Inverts) && somebody(words.start + 1);
    opens || words.clone().any(|w| is(w, Small::He) && is(w + 1, Small::Were))
}

/// What a part of the letter tells of the patient.
pub fn patient(reading: &Reading, lexicon: &Lexicon) -> Patient {
    let mut patient = Patient::default();
    let mut before = Before::Nobody;
    let mut near = false;
    for sentence in &reading.sentences {
        let marks = Marks::of(reading, sentence, lexicon);
        if is_supposed(marks) {
            continue;
        }
        ages(marks, &mut patient);
        nouns(marks, &mut patient);
        letters(marks, &mut patient);
        kinds(marks, &mut patient);
        let mentions = mentions(marks);
        pronouns(marks, &mentions, before, near, &mut patient);
        if !marks.says(Cue::GuidelineSays) {
            patient.others.extend(mentions.iter().filter(|m| m.who != Who::Patient).map(|m| m.sex));
        }
        near = !mentions.is_empty() || near && marks.is(sentence.words.start, Small::He);
        before = match mentions.last() {
            // "therapists" are no one whom a pronoun goes back to
            Some(_) if mentions.iter().all(|m| m.several) => before,
            // a guideline's "clinician" is nobody of the case
            Some(_) if marks.says(Cue::GuidelineSays) && !marks.says(Cue::Claimant) => Before::Nobody,
            Some(_) if mentions.iter().any(|m| m.who != Who::Patient) => Before::Others,
            Some(_) => Before::Patient,
            // a sentence that names nobody goes on about those before it
            None => before,
        };
    }
    patient.sexes.sort_by_key(|s| s.span.start);
    patient
}

/// Whether an age or a sex that begins at a word is that of somebody else who stands before it, with nothing but words for "is a"
/// between: "the robber, a 19-year-old man", "his wife, aged 57", "her uncle, who is an 88 year old".
pub(super) fn is_of_other(marks: Marks, word: usize) -> bool {
    let joins = |w: usize| marks.is(w, Small::Apposed);
    let beside = |h: &Range<usize>| h.end <= word && word - h.end <= APPOSED && (h.end..word).all(joins);
    let near = |cue| marks.cue(cue).any(|h| beside(&h));
    // a "co-worker" is no worker of the letter's
    let of_other = |h: &Range<usize>| marks.cue(Cue::OtherPerson).any(|o| o.start < h.start && h.end <= o.end);
    let own = || marks.cue(Cue::Person).any(|h| beside(&h) && !of_other(&h));
    near(Cue::Relative) || near(Cue::OtherPerson) && !own() || is_handled(marks, word)
}

/// Whether a person who begins at a word is one whom the patient cares for or meets: "lifting an 80-year-old", "to assist a".
pub(super) fn is_handled(marks: Marks, word: usize) -> bool {
    let start = marks.sentence.words.start;
    let article = |w: usize| marks.is(w, Small::Article);
    let before = word.checked_sub(1).filter(|w| *w > start && article(*w));
    let reaches = |w: usize, n: usize| w >= start + n && marks.is_small(w - n..w, Small::Handles);
    before.is_some_and(|w| reaches(w, 1) || reaches(w, 2))
}

/// How many words may stand between somebody and their age: "who is an".
const APPOSED: usize = 4;

/// Who is spoken of before a sentence.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nobody,
    Patient,
    Others,
}

#[derive(Clone, Copy, PartialEq)]
enum Who {
    Patient,
    /// A physician or other person of the case.
    Other,
    /// A person of the patient's own life.
    Relative,
}

struct Mention {
    at: usize,
    who: Who,
    /// The sex of a relative, if the word tells it: "wife".
    sex: Option<Sex>,
    /// Whether several are named at once: "therapists".
    several: bool,
}

/// Who is named in a sentence, in order; pronouns name nobody.
fn mentions(marks: Marks) -> Vec<Mention> {
    let pronoun =
        |words: &Range<usize>| PRONOUNS.iter().any(|(cue, _)| marks.cue(*cue).any(|p| words.contains(&p.start)));
    let mut all: Vec<Mention> = Vec::new();
    for (cue, who) in [(Cue::Person, Who::Patient), (Cue::OtherPerson, Who::Other), (Cue::Relative, Who::Relative)] {
        let named = marks.cue(cue).filter(|w| who != Who::Patient || !pronoun(w));
        all.extend(named.map(|words| {
            let several = who == Who::Other && is_plural(marks, &words);
            Mention { at: words.start, who, sex: relative_sex(marks, words), several }
        }));
    }
    // "lifting an 80-year-old man when he fell": whoever it is, he is somebody else
    let aged = |old: Range<usize>| number_before(marks, old.start.saturating_sub(1)).map(|(_, first)| first);
    let named = [Cue::Male, Cue::Female, Cue::Person].into_iter().flat_map(|c| marks.cue(c)).map(|p| p.start);
    let handled = named.chain(marks.cue(Cue::YearsOld).filter_map(aged)).filter(|w| is_handled(marks, *w));
    all.extend(handled.map(|at| Mention { at, who: Who::Relative, sex: None, several: false }));
    // "a 50-year-old male bus driver" is the patient
    let aged = |at: usize| marks.cue(Cue::YearsOld).any(|old| old.end <= at && at - old.end <= REACH);
    // "the patient is a truck driver", "she works as a nurse"
    let trade = |at: usize| {
        let word = |w: usize, set| marks.is(w, set);
        let start = marks.sentence.words.start;
        let article = (at.saturating_sub(TRADE).max(start + 1)..at).rev().find(|w| word(*w, Small::Article));
        article.is_some_and(|w| {
            let told = word(w - 1, Small::IsOne);
            let person = |p: &Range<usize>| p.end <= w && w - p.end <= TRADE;
            told && marks.cue(Cue::Person).any(|p| person(&p))
        })
    };
    for mention in all.iter_mut().filter(|m| m.who == Who::Other && (aged(m.at) || trade(m.at))) {
        mention.who = Who::Patient;
    }
    // a "social worker" is no worker
    let others: Vec<Range<usize>> = [Cue::OtherPerson, Cue::Relative].into_iter().flat_map(|c| marks.cue(c)).collect();
    all.retain(|m| m.who != Who::Patient || !others.iter().any(|o| o.contains(&m.at) && !aged(o.start)));
    all.sort_by_key(|m| m.at);
    all
}

/// Whether words for somebody name several, and not what is one's: "therapists", but not "therapist's".
fn is_plural(marks: Marks, words: &Range<usize>) -> bool {
    let word = marks.reading.word(words.end - 1);
    word.ends_with('s') && !word.ends_with("ss") && !word.contains(['\'', '\u{2019}'])
}

/// The sex that a word for a relative tells: "his wife".
fn relative_sex(marks: Marks, words: Range<usize>) -> Option<Sex> {
    let is = |set| marks.is(words.start, set);
    match (is(Small::MaleRelative), is(Small::FemaleRelative)) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    }
}

const PRONOUNS: [(Cue, Sex); 2] = [(Cue::MalePronoun, Sex::Male), (Cue::FemalePronoun, Sex::Female)];

fn pronouns(marks: Marks, mentions: &[Mention], before: Before, near: bool, patient: &mut Patient) {
    for (cue, sex) in PRONOUNS {
        for pronoun in marks.cue(cue) {
            // "(He, 2004)" is an author
            let next = pronoun.end..(pronoun.end + 1).min(marks.sentence.words.end);
            let year = marks.reading.slice(next.clone());
            if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && marks.comma_before(next.start) {
                continue;
            }
            let subject = marks.is_small(pronoun.clone(), Small::He);
            let whole = marks.cue(Cue::OthersDeed).all(|d| !d.contains(&pronoun.start));
            let alone = whole && means_patient(mentions, pronoun.start, sex, subject, before);
            let named = mentions.iter().any(|m| m.at < pronoun.start) && !is_object(marks, pronoun.clone());
            // nobody but the patient was named so far, and a subject goes back to who was named right before
            let first = alone && subject && near && before == Before::Patient && patient.others.is_empty();
            let tie = match (alone && named, first || is_own(marks, pronoun.clone())) {
                (true, _) => Tie::Named,
                (false, true) => Tie::Own,
                (false, false) => Tie::None,
            };
            let span = marks.reading.span_of_words(pronoun);
            let mixed = PRONOUNS.iter().any(|(other, s)| *s != sex && marks.says(*other));
            patient.sexes.push(SexTold { sex, how: How::Pronoun, alone, tie, mixed, span });
        }
    }
}

/// Whether a pronoun can mean nobody but the patient.
fn means_patient(mentions: &[Mention], at: usize, sex: Sex, subject: bool, before: Before) -> bool {
    // "his wife drives him": no man is near but the patient
    if mentions.iter().any(|m| m.who == Who::Relative && m.sex.is_none_or(|s| s == sex)) {
        return false;
    }
    let mentions: Vec<&Mention> = mentions.iter().filter(|m| m.who != Who::Relative).collect();
    let (ahead, behind) = mentions.split_at(mentions.partition_point(|m| m.at < at));
    let other = |m: &&Mention| m.who == Who::Other;
    // "in her note, the physician", "he examined the patient"
    let next = behind.first().filter(|m| m.at <= at + NEAR);
    if next.is_some_and(|m| if subject { m.who == Who::Patient } else { m.who == Who::Other && ahead.is_empty() }) {
        return false;
    }
    match ahead.last() {
        None => before != Before::Others,
        // "the provider told the patient that he": either; "the provider examined the patient and her knee": the patient
        Some(last) => last.who == Who::Patient && !(subject && ahead.iter().any(other)),
    }
}

impl Patient {
    /// The age, if one is told.
    pub fn age(&self) -> Option<u32> {
        self.ages.first().map(|(age, _)| *age)
    }

    /// The sex: by a noun if there is one, else by most of the pronouns.
    pub fn sex(&self) -> Option<Sex> {
        if let Some(noun) = self.sexes.iter().find(|s| s.how == How::Noun && s.alone) {
            return Some(noun.sex);
        }
        let male = self.sexes.iter().filter(|s| s.sex == Sex::Male).count();
        let female = self.sexes.len() - male;
        match male.cmp(&female) {
            std::cmp::Ordering::Greater => Some(Sex::Male),
            std::cmp::Ordering::Less => Some(Sex::Female),
            std::cmp::Ordering::Equal => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Patient {
        let book = crate::builtin::rulebook();
        patient(&Reading::of(text, Span::new(0, text.len()), &book.lexicon), &book.lexicon)
    }

    #[test]
    fn an_occupation_beside_the_age_is_the_patients() {
        assert_eq!(told("The applicant is a 42-year-old delivery driver with neck pain.").age(), Some(42));
        assert_eq!(told("This is the case of a 33-year-old female teacher.").age(), Some(33));
        assert_eq!(told("The applicant was hit by a 17-year-old driver.").age(), None);
        assert_eq!(told("He lives with his 20-year-old son.").age(), None);
    }

    #[test]
    fn a_letter_behind_the_age_tells_the_sex() {
        assert_eq!(told("This 57 yo F has neck pain.").sex(), Some(Sex::Female));
        assert_eq!(told("A 45-year-old M with back pain.").sex(), Some(Sex::Male));
    }

    #[test]
    fn a_clinician_of_the_guideline_is_nobody_of_the_case() {
        let lone = |text: &str| told(text).sexes.iter().filter(|s| s.how == How::Pronoun).all(|s| s.alone);
        assert!(lone("According to the MTUS a clinician should look for ulcers. There is no sign that she has any."));
        assert!(!lone("The physician saw the patient. There is no sign that she has any."));
    }
}
