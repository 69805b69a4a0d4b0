//! When two headings ask for the same: the item by any of its names, the same parts of the body and sides, the same
//! amounts however they are put, and no word left on either side that the other has not.

use crate::check::Context;
use crate::letter::{Decision, Reading, Request, Value};
use crate::lexicon::{Cue, Small, Term, TreatmentKind, fold, number_word};
use std::ops::Range;

/// What a heading asks for.
#[derive(Debug)]
pub struct Asked {
    /// Drugs and treatments, none that another of them falls under, with the words that name them.
    names: Vec<(Name, Vec<String>)>,
    /// Parts of the body.
    parts: Vec<(u16, Vec<String>)>,
    /// Sides, in order.
    sides: Vec<Cue>,
    /// Whether it is asked for before or after an operation: numbers of lists.
    phases: Vec<u16>,
    /// Visits, and the course that they are told by.
    visits: Option<(f64, f64)>,
    course: Option<String>,
    /// Whether it tells levels of the spine.
    levels: bool,
    /// Other amounts, in order.
    amounts: Vec<String>,
    /// Forms of a drug ("patch"), and whether it is released slowly.
    forms: Vec<String>,
    slow: bool,
    /// Telling words that are none of these.
    rest: Vec<String>,
    /// All words.
    words: Vec<String>,
    /// The words as they stand.
    plain: String,
}

/// What names an item.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Name {
    Treatment(u16),
    Drug(u16),
}

/// Words shorter than this only join others.
const TELLING: usize = 4;
/// Words are forms of one where so many letters are the same.
const STEM: usize = 6;
/// The days of a month.
const MONTH: (f64, f64) = (30.0, 31.5);
/// An abbreviation has at most so many letters.
const SHORT: usize = 5;

impl Asked {
    /// Reads a heading; none if it names nothing.
    pub fn of(context: &Context<'_>, decision: &Decision) -> Option<Asked> {
        let request = decision.request.as_ref()?;
        let reading = &request.reading;
        let mut covered = vec![false; reading.words.len()];
        let mut cover = |words: Range<usize>| covered[words].fill(true);
        let mut asked = Asked {
            names: Vec::new(),
            parts: Vec::new(),
            sides: Vec::new(),
            phases: Vec::new(),
            visits: None,
            course: None,
            levels: false,
            amounts: Vec::new(),
            forms: Vec::new(),
            slow: false,
            rest: Vec::new(),
            words: folded(reading, 0..reading.words.len()),
            plain: fold(reading.text()),
        };
        let lexicon = context.lexicon;
        let (mut phases, mut associated): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        let mut named: Vec<(Name, Range<usize>)> = Vec::new();
        for hit in &reading.hits {
            let place = hit.first as usize..hit.end as usize;
            match context.term(hit) {
                Term::Treatment(n) => named.push((Name::Treatment(n), place.clone())),
                Term::Generic(n) | Term::Brand { drug: n, .. } => named.push((Name::Drug(n), place.clone())),
                Term::BodyPart(n) => asked.parts.push((n, folded(reading, place.clone()))),
                Term::Cue(side @ (Cue::LeftSide | Cue::RightSide | Cue::BothSides)) => asked.sides.push(side),
                Term::Cue(Cue::TopicalForm | Cue::OralForm | Cue::OtherForm) => {
                    asked.forms.push(fold(reading.slice(place.clone())));
                }
                Term::List(n) if PHASES.contains(&lexicon.lists[n as usize].id.as_str()) => {
                    asked.phases.push(n);
                    phases.push(place.clone());
                }
                Term::Cue(Cue::AssociatedItem) => associated.push(place.clone()),
                // "with and without contrast" is one thing
                Term::Cue(Cue::RequestDetail) if place.len() > 1 => {
                    let whole = fold(reading.slice(place.clone()));
                    asked.rest.push(whole.clone());
                    asked.words.push(whole);
                }
                _ => continue,
            }
            cover(place);
        }
        // "before surgery" and "associated surgical service" tell what it is for
        for joined in [&phases, &associated] {
            let within = |place: &Range<usize>| joined.iter().any(|j| j.start <= place.start && place.end <= j.end);
            match named.iter().rposition(|(_, place)| !within(place)) {
                Some(_) => named.retain(|(_, place)| !within(place)),
                None => named.drain(..named.len().saturating_sub(1)).for_each(drop),
            }
        }
        let falls = |t: u16, other: Name| match other {
            Name::Treatment(o) => o != t && lexicon.is_a(o, t),
            Name::Drug(d) => lexicon.drugs[d as usize].treatments.iter().any(|o| lexicon.is_a(*o, t)),
        };
        for (name, place) in &named {
            match *name {
                Name::Treatment(t) if named.iter().any(|(o, _)| falls(t, *o)) => {
                    // a visit is not a first consultation, whoever is seen
                    if lexicon.treatments[t as usize].kind == TreatmentKind::Service {
                        asked.rest.extend(folded(reading, place.clone()).into_iter().filter(|w| w.len() >= TELLING));
                    }
                }
                _ => {
                    let words = place.clone().map(|w| reading.word(w).to_string());
                    asked.names.push((*name, words.collect()));
                }
            }
        }
        // "back brace, lumbar"
        let region = |n: u16| context.lexicon.body_parts[n as usize].region.as_deref();
        let ids: Vec<u16> = asked.parts.iter().map(|(n, _)| *n).collect();
        let whole = |n: u16| ids.iter().any(|o| region(*o) == Some(&context.lexicon.body_parts[n as usize].id));
        asked.parts.retain(|(n, _)| !whole(*n));
        asked.slow = (0..reading.words.len()).any(|w| reading.is_small(w, Small::Slow, lexicon));
        asked.forms.sort();
        asked.forms.dedup();
        asked.sides.sort();
        asked.sides.dedup();
        // "right and left" are both
        if asked.sides.len() > 1 {
            asked.sides = vec![Cue::BothSides];
        }
        asked.phases.sort_unstable();
        asked.phases.dedup();
        asked.amounts_of(request, &mut cover);
        let counted = |w: &str| [Small::Counted, Small::TellsNoItem].iter().any(|s| lexicon.is_small(w, *s));
        for (w, covered) in covered.iter().enumerate() {
            let slice = reading.word(w);
            let figure = slice.as_bytes()[0].is_ascii_digit();
            match number_word(slice.as_bytes()) {
                _ if *covered => {}
                Some(n) if n > 1 => asked.amounts.push(n.to_string()),
                None if figure => asked.amounts.push(figures(slice)),
                None if slice.len() >= TELLING && !counted(slice) => asked.rest.push(fold(slice)),
                _ => {}
            }
        }
        asked.amounts.retain(|a| a != "1");
        asked.amounts.sort();
        let told = !asked.names.is_empty() || !asked.rest.is_empty();
        told.then_some(asked)
    }

    /// Gathers the amounts of a heading.
    fn amounts_of(&mut self, request: &Request, cover: &mut impl FnMut(Range<usize>)) {
        let reading = &request.reading;
        let visits = request.items.first().filter(|_| request.partial.is_none()).and_then(|i| i.visits.as_ref());
        self.visits = visits.map(|v| (v.number.least, v.number.most));
        for amount in &request.amounts {
            let span = reading.span(amount.bytes.clone());
            let number =
                |least: f64, most: f64| if least == most { format!("{least}") } else { format!("{least}-{most}") };
            let told = match &amount.value {
                Value::Course { frequency, time, .. } => {
                    let (times, each) = (frequency.times, frequency.period);
                    let text = format!("{times:?} {each:?} {} {} {:?}", time.least, time.most, time.unit);
                    if visits.is_some() {
                        self.course = Some(text);
                        None
                    } else {
                        Some(text)
                    }
                }
                _ if visits.is_some_and(|v| v.span == span) => None,
                Value::Tally { number: n, .. } | Value::Times(n) | Value::Number(n) => Some(number(n.least, n.most)),
                Value::Count { number: n, unit } => {
                    let number = number(n.least, n.most);
                    Some(unit.as_ref().map_or(number.clone(), |u| format!("{number} {u}")))
                }
                // "four hours a day"
                Value::Duration(_) if begins_with_article(&reading.text()[amount.bytes.clone()]) => None,
                Value::Duration(_) => amount.days().map(|(least, most)| {
                    // a month is thirty days
                    let whole = |d: f64| if (MONTH.0..MONTH.1).contains(&d) { MONTH.0 } else { d };
                    format!("{}-{} days", whole(least), whole(most))
                }),
                Value::Strength { parts, .. } => {
                    Some(parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("/"))
                }
                Value::Refills(0) => None,
                Value::Refills(n) => Some(n.to_string()),
                Value::Frequency(f) => {
                    let each = f.period;
                    Some(format!("{:?} {each:?}", f.times))
                }
                Value::Levels(levels) => {
                    self.levels = true;
                    Some(format!("{levels:?}"))
                }
                other => Some(format!("{other:?}")),
            };
            self.amounts.extend(told);
            cover(reading.word_at(amount.bytes.start)..reading.word_at(amount.bytes.end));
        }
    }

    /// Whether both ask for the same.
    pub fn is_same(&self, context: &Context<'_>, other: &Asked) -> bool {
        if self.plain == other.plain {
            return true;
        }
        let course = match (&self.course, &other.course) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        // levels tell the part of the spine
        let levels = self.levels && other.levels;
        let parts = |a: &Asked, b: &Asked| a.parts.iter().all(|p| b.parts.iter().any(|q| same_part(context, p, q)));
        let named = |a: &Asked, b: &Asked| {
            a.names.iter().all(|n| b.names.iter().any(|m| same_name(context, n, m)))
                && a.rest.iter().all(|w| b.words.iter().any(|v| are_forms(w, v)))
        };
        let worded = |a: &Asked, b: &Asked| {
            let mut told = a.words.iter().filter(|w| tells(context, w));
            told.all(|w| b.words.iter().any(|v| are_forms(w, v)))
        };
        let both = |is: &dyn Fn(&Asked, &Asked) -> bool| is(self, other) && is(other, self);
        let forms = |a: &Asked, b: &Asked| a.forms.iter().all(|f| b.forms.iter().any(|g| are_forms(f, g)));
        (self.visits, &self.sides, &self.phases, &self.amounts)
            == (other.visits, &other.sides, &other.phases, &other.amounts)
            && self.slow == other.slow
            && (forms(self, other) || forms(other, self))
            && course
            && (levels || both(&parts))
            && (both(&named) || both(&worded))
    }
}

/// Lists whose words tell whether something is asked for before or after an operation.
const PHASES: [&str; 2] = ["pre-operative", "post-operative"];

/// The words of a reading, folded.
fn folded(reading: &Reading, words: Range<usize>) -> Vec<String> {
    words.map(|w| fold(reading.word(w))).collect()
}

/// The figures that a word begins with: "325mg" is "325 mg".
fn figures(word: &str) -> String {
    match word.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) if at > 0 => word[..at].to_string(),
        _ => word.to_string(),
    }
}

/// Whether a folded word tells what is asked for, beside amounts.
fn tells(context: &Context<'_>, word: &str) -> bool {
    let sets = [Small::Counted, Small::TellsNoItem, Small::Preposition, Small::Determiner, Small::Lists];
    word.len() > 2
        && !word.as_bytes()[0].is_ascii_digit()
        && number_word(word.as_bytes()).is_none()
        && !sets.iter().any(|s| context.lexicon.is_small(word, *s))
}

/// Whether two names are of one item. What a treatment sums up is told apart by its words.
fn same_name(context: &Context<'_>, one: &(Name, Vec<String>), two: &(Name, Vec<String>)) -> bool {
    use TreatmentKind::{Drug, Imaging, TherapyVisits};
    match (one.0, two.0) {
        (Name::Drug(a), Name::Drug(b)) => a == b,
        (Name::Treatment(a), Name::Treatment(b)) => {
            let entry = &context.lexicon.treatments[a as usize];
            let plain = entry.single || matches!(entry.kind, Drug | Imaging | TherapyVisits);
            a == b && (plain || are_alike(context, &one.1, &two.1))
        }
        _ => false,
    }
}

/// Whether two names are of one part of the body: of the spine by any name, of a limb by the same.
fn same_part(context: &Context<'_>, one: &(u16, Vec<String>), two: &(u16, Vec<String>)) -> bool {
    let spine = context.lexicon.body_parts[one.0 as usize].region.as_deref() == Some("spine");
    one.0 == two.0 && (spine || are_alike(context, &one.1, &two.1))
}

/// Whether names share a word and at most one of them has another that tells, or one is short for the other.
fn are_alike(context: &Context<'_>, one: &[String], two: &[String]) -> bool {
    let initial = |w: &String| w.as_bytes()[0].to_ascii_lowercase();
    // "TENS" of "transcutaneous electrical", "ESI" of "lumbar epidural steroid"
    let stands_for = |a: &[String], b: &[String]| {
        let short = |w: &&String| (2..=SHORT).contains(&w.len()) && w.bytes().all(|c| c.is_ascii_uppercase());
        let spelled = |w: &String| {
            let letters = w.to_ascii_lowercase().into_bytes();
            b.windows(2).any(|two| initial(&two[0]) == letters[0] && initial(&two[1]) == letters[1])
        };
        a.iter().filter(short).any(spelled)
    };
    let alone = |a: &[String], b: &[String]| -> Vec<String> {
        let others = a.iter().map(|w| fold(w)).filter(|w| !b.iter().any(|v| are_forms(w, &fold(v))));
        others.collect()
    };
    let (mine, theirs) = (alone(one, two), alone(two, one));
    let plain = |words: &[String]| !words.iter().any(|w| tells(context, w));
    let share = mine.len() < one.len() && (plain(&mine) || plain(&theirs));
    share || stands_for(one, two) || stands_for(two, one)
}

/// Whether an amount is told by an article: "a day".
fn begins_with_article(text: &str) -> bool {
    text.starts_with("a ") || text.starts_with("an ")
}

/// Whether two folded words are forms of one: "consult" and "consultation", "neurosurgeon" and "neurosurgical".
fn are_forms(one: &str, two: &str) -> bool {
    let shared = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let least = one.len().min(two.len());
    one == two || shared >= STEM || shared == least && least >= TELLING
}
