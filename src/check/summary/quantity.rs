//! Numbers of the patient by what they are of: the unit behind a number and the words of its clause tell it, not a phrase around
//! it.

use super::begun::begun;
use super::figures::{Figure, Form, YEARS, bare, figures};
use super::had::opening;
use super::plain::is_rule_word;
use super::receipt::{Place, clause};
use crate::check::Context;
use crate::check::naming::{Thing, things};
use crate::fact::{DateRole, Documentation, PartFacts, Polarity, meaning};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Small, TreatmentKind, fold};
use crate::source::Span;
use std::ops::Range;

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Percent of relief.
    Relief,
    /// How long relief lasted, in days.
    ReliefTime,
    /// Visits of a therapy.
    Visits,
    /// Pieces of a drug a day.
    Daily,
    /// Operations.
    Operations,
    /// Injections.
    Injections,
    /// Degrees of a movement.
    Degrees,
    /// How long the patient has not worked, in days.
    Idle,
    /// Since when a drug has been taken, in days.
    Begun,
}

/// A number with its kind and all that tells whose it is.
pub struct Quantity {
    pub kind: Kind,
    pub least: f64,
    pub most: f64,
    /// Whether it may be more, or less: "at least", "no more than".
    pub above: bool,
    pub below: bool,
    /// The treatment that its clause names.
    pub thing: Option<Thing>,
    /// The movement, by the beginning of its name.
    pub movement: Option<String>,
    pub place: Place,
    /// All bare numbers of its sentence.
    pub beside: Vec<f64>,
    /// The years and months that its sentence names.
    pub years: Vec<i32>,
    pub months: Vec<(i32, u32)>,
    /// Whether it may change, and its clause tells that it was so at some time.
    pub timed: bool,
    pub span: Span,
}

/// How many words may stand between a number and what it counts: "two right subacromial corticosteroid injections".
const BETWEEN: usize = 4;
/// So many words beside a percentage may tell that it is one of something else.
const BESIDE: usize = 4;
/// How many words may stand between a relief and how long it lasted.
const LASTED: usize = 7;
/// So many words before a number of degrees or behind it may name the movement.
const MOVED: usize = 6;
/// So many letters tell a movement: "flexes" is flexion.
const STEM: usize = 4;

/// Words before a number that make a rule or a supposition of it; the last two of them only shortly before or behind it.
const RULES: [Cue; 5] = [Cue::GuidelineSays, Cue::People, Cue::Conditional, Cue::Supposition, Cue::General];

/// What is asked for, ruled on or ahead is no number of the patient.
const AHEAD: [Cue; 3] = [Cue::OtherRequest, Cue::PartialTemplate, Cue::UtilizationReview];

/// The numbers that a part of a letter tells of the patient.
pub fn quantities(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Quantity> {
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if !facts.is_of_case(n) || facts.reviewed.contains(&n) || AHEAD.iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        for Figure { form, least, most, words } in figures(context.lexicon, reading, sentence, facts) {
            let one = Line { context, reading, sentence, clause: clause(context, reading, sentence, words.clone()) };
            // "from 60 to 140 degrees" is told elsewhere
            let from = words.start.saturating_sub(BESIDE).max(one.clause.start)..words.start;
            let change = from.into_iter().any(|w| one.is(w, Small::From));
            let year = form == Form::Plain && YEARS.contains(&least);
            if !change
                && !year
                && let Some(kind) = one.kind(form, &words)
                && !one.is_aside(&words)
            {
                found.push(one.quantity(kind, (least, most), words, facts, n));
            }
        }
        found.extend(begun(context, reading, sentence, facts, n));
    }
    found
}

/// A clause with a number.
pub struct Line<'a> {
    pub context: &'a Context<'a>,
    pub reading: &'a Reading,
    pub sentence: &'a Sentence,
    pub clause: Range<usize>,
}

impl Line<'_> {
    pub fn is(&self, word: usize, set: Small) -> bool {
        self.reading.is_small(word, set, self.context.lexicon)
    }

    fn has(&self, set: Small) -> bool {
        self.clause.clone().any(|w| self.is(w, set))
    }

    fn says(&self, cue: Cue) -> bool {
        let mut hits = self.reading.cues(self.context.lexicon, self.sentence.hits.clone(), cue);
        hits.any(|h| self.clause.contains(&(h.first as usize)))
    }

    /// The words right behind a number, up to a mark.
    fn behind(&self, number: &Range<usize>, most: usize) -> impl Iterator<Item = usize> {
        let open = |w: &usize| self.reading.words[*w].gap != Gap::Hard;
        let near = number.end..self.clause.end.min(number.end + most);
        near.take_while(open).collect::<Vec<_>>().into_iter()
    }

    /// What a number is of.
    fn kind(&self, form: Form, number: &Range<usize>) -> Option<Kind> {
        let small = |set| self.behind(number, BETWEEN + 1).find(|w| self.is(*w, set));
        let figure = |to: usize| (number.end..to).any(|w| self.reading.word(w).parse::<f64>().is_ok());
        let near = number.start.saturating_sub(BESIDE).max(self.clause.start)..self.clause.end.min(number.end + BESIDE);
        match form {
            Form::Percent => {
                let other = near.into_iter().any(|w| self.is(w, Small::OtherShare));
                (self.has(Small::ReliefWord) && !other).then_some(Kind::Relief)
            }
            Form::Time if self.says(Cue::WorkOff) => Some(Kind::Idle),
            Form::Time => self.is_lasting(number).then_some(Kind::ReliefTime),
            Form::Plain => {
                if let Some(at) = small(Small::Piece) {
                    let daily = (at + 1..self.clause.end.min(at + 1 + BETWEEN)).any(|w| self.is(w, Small::PerDay));
                    return (daily && !figure(at)).then_some(Kind::Daily);
                }
                let degrees = self.behind(number, 1).any(|w| self.is(w, Small::Degrees));
                let sign = self.reading.text()[self.reading.words[number.end - 1].end as usize..].starts_with('\u{b0}');
                if degrees || sign {
                    return Some(Kind::Degrees);
                }
                let counted = [
                    (Small::VisitUnit, Kind::Visits),
                    (Small::OperationWord, Kind::Operations),
                    (Small::InjectionWord, Kind::Injections),
                ];
                let found = counted.into_iter().find_map(|(set, kind)| Some((small(set)?, kind)));
                let (at, kind) = found.filter(|(at, _)| !figure(*at))?;
                let more = number.start.saturating_sub(1).max(self.clause.start)..at;
                let more = more.into_iter().any(|w| self.is(w, Small::Narrows) || self.is(w, Small::Leaves));
                (!more).then_some(kind)
            }
            Form::OutOf(_) => None,
        }
    }

    /// Whether a length of time is that of a relief: "relief lasted six weeks", "eight months of relief".
    fn is_lasting(&self, number: &Range<usize>) -> bool {
        let of = |w: usize| self.is(w, Small::Of);
        let behind: Vec<usize> = self.behind(number, 4).collect();
        if behind.first().is_some_and(|w| of(*w)) && behind.iter().any(|w| self.is(*w, Small::ReliefNoun)) {
            return true;
        }
        let before = number.start.saturating_sub(LASTED).max(self.clause.start)..number.start;
        let Some(noun) = before.rev().find(|w| self.is(*w, Small::ReliefNoun)) else { return false };
        let mut between = noun + 1..number.start;
        between.clone().any(|w| self.is(w, Small::Lasts)) && !between.any(|w| self.is(w, Small::Narrows))
    }

    /// Whether what a number tells is asked for, allowed, denied or not sure.
    pub fn is_aside(&self, number: &Range<usize>) -> bool {
        let most = self.bound(Cue::AtMost, number);
        let first = most.map_or(number.start, |from| from);
        let meant = meaning(self.reading, self.context.lexicon, first..number.end);
        // "after three operations a gain is unlikely"
        let own = meant.cue.as_ref().is_some_and(|c| c.start >= first);
        let plain = meant.polarity == Polarity::Affirmed || own;
        let opening = opening(self.reading, self.sentence);
        let mut requests = self.reading.cues(self.context.lexicon, self.sentence.hits.clone(), Cue::ThisRequest);
        let this = requests.any(|h| self.clause.contains(&(h.first as usize)) && h.end as usize > opening);
        let asked = self.says(Cue::AsksFor) || this || self.follows(Cue::ToCome, number);
        !plain && !self.says(Cue::WorkOff)
            || self.is_rule(number)
            || meant.documentation == Documentation::Missing
            || asked && most.is_none()
            || self.has_unhad(number)
            || self.behind(number, BETWEEN + 1).any(|w| self.is(w, Small::Sought))
            || self.follows(Cue::GoesBeyond, number)
    }

    /// Whether it is asked for or ruled on before the number, or behind it up to a comma.
    fn has_unhad(&self, number: &Range<usize>) -> bool {
        let ends = |w: &usize| self.reading.is_marked(*w - 1, b',') || self.is(*w, Small::Joins);
        let comma = (number.end..self.clause.end).find(ends);
        (self.clause.start..comma.unwrap_or(self.clause.end)).any(|w| self.is(w, Small::Unhad))
    }

    /// Whether words before a number make a rule of it: "should be able to attend 10 visits", but not "attended 10 visits and
    /// should know the exercises".
    fn is_rule(&self, number: &Range<usize>) -> bool {
        let mut rules = RULES.iter().flat_map(|cue| {
            let near = matches!(cue, Cue::Supposition | Cue::General);
            let from = if near { self.clause.start } else { self.sentence.words.start };
            let hits = self.reading.cues(self.context.lexicon, self.sentence.hits.clone(), *cue);
            hits.filter(move |h| from <= h.first as usize && (h.first as usize) < number.end)
        });
        let rule = |h: &Hit| is_rule_word(self.context, self.reading, h) && !self.is_month(h);
        rules.any(|h| rule(h) || !self.context.is(h, Cue::General))
    }

    /// Whether the words of a cue stand shortly before a number: "exceeds the usual 24 visits".
    fn follows(&self, cue: Cue, number: &Range<usize>) -> bool {
        let mut hits = self.reading.cues(self.context.lexicon, self.sentence.hits.clone(), cue);
        hits.any(|h| h.end as usize <= number.start && number.start - h.end as usize <= BESIDE && !self.is_month(h))
    }

    /// Whether a number follows: "in May 2016" is no rule.
    fn is_month(&self, hit: &Hit) -> bool {
        let next = hit.end as usize;
        next < self.clause.end && self.reading.word(next).parse::<u32>().is_ok()
    }

    /// Where the words of a cue begin that stand right before a number.
    fn bound(&self, cue: Cue, number: &Range<usize>) -> Option<usize> {
        let mut hits = self.reading.cues(self.context.lexicon, self.sentence.hits.clone(), cue);
        hits.find(|h| h.end as usize == number.start).map(|h| h.first as usize)
    }

    fn quantity(
        &self,
        kind: Kind,
        (least, most): (f64, f64),
        number: Range<usize>,
        facts: &PartFacts,
        sentence: usize,
    ) -> Quantity {
        let before = number.start.saturating_sub(2).max(self.clause.start)..number.start;
        let units = [Small::VisitUnit, Small::OperationWord, Small::InjectionWord, Small::Piece];
        let unit = self.behind(&number, BETWEEN + 1).find(|w| units.iter().any(|set| self.is(*w, *set)));
        let counts = matches!(kind, Kind::Visits | Kind::Operations | Kind::Injections | Kind::Daily);
        let end = unit.filter(|_| counts).map_or(number.end, |w| w + 1);
        let rough = before.clone().any(|w| self.is(w, Small::Roughly));
        let below = self.bound(Cue::AtMost, &number).is_some();
        let above =
            self.bound(Cue::AgeBound, &number).is_some() || before.into_iter().any(|w| self.is(w, Small::IsMore));
        let slack = if rough { ROUGH } else { 1.0 };
        let (years, months) = times(self.reading, facts, sentence, &number);
        Quantity {
            kind,
            least: least / slack,
            most: most * slack,
            above: above && !below,
            below,
            thing: self.thing(kind, &number),
            movement: self.movement(kind, &number),
            place: Place::of(self.context, self.reading, self.sentence, &self.clause),
            beside: bare(self.reading, self.sentence, facts),
            years,
            months,
            timed: matches!(kind, Kind::Daily | Kind::Degrees) && self.has(Small::Shifts),
            span: self.reading.span_of_words(number.start..end),
        }
    }

    /// The treatment that a number is told of: the one nearest in its clause, else the only one of its sentence.
    fn thing(&self, kind: Kind, number: &Range<usize>) -> Option<Thing> {
        let all = things(self.context, self.reading, self.sentence.words.clone());
        let visits = |t: &Thing| {
            let kind = |t: &u16| self.context.lexicon.treatments[*t as usize].kind;
            t.treatments.iter().any(|t| kind(t) == TreatmentKind::TherapyVisits)
        };
        let fits = |t: &&Thing| match kind {
            Kind::Daily => !t.drugs.is_empty(),
            Kind::Visits => visits(t),
            _ => true,
        };
        let far = |t: &&Thing| t.words.start.abs_diff(number.start);
        let inside = |t: &&Thing| self.clause.contains(&t.words.start);
        let near = all.iter().filter(fits).filter(inside).min_by_key(far);
        near.or_else(|| all.iter().filter(fits).min_by_key(far)).cloned()
    }

    /// The movement that a number of degrees is of, by the beginning of its name.
    fn movement(&self, kind: Kind, number: &Range<usize>) -> Option<String> {
        if kind != Kind::Degrees {
            return None;
        }
        let near = number.start.saturating_sub(MOVED).max(self.clause.start)..number.start;
        let moves = |w: &usize| self.is(*w, Small::Movement) || self.is(*w, Small::MovesVerb);
        let at = near.rev().find(moves).or_else(|| self.behind(number, MOVED).find(moves))?;
        Some(movement(self.context, self.reading, at))
    }
}

/// A movement by the beginning of its name; "bends" is flexion.
pub fn movement(context: &Context<'_>, reading: &Reading, word: usize) -> String {
    let lexicon = context.lexicon;
    let flexion = lexicon.small.of(Small::Bends).next().filter(|_| reading.is_small(word, Small::Bends, lexicon));
    let name = flexion.map_or_else(|| fold(reading.word(word)), str::to_string);
    name.chars().take(STEM).collect()
}

/// "About" and the like leave so much room.
const ROUGH: f64 = 1.25;

/// The years and the months told beside a number, with no comma between.
fn times(reading: &Reading, facts: &PartFacts, sentence: usize, number: &Range<usize>) -> (Vec<i32>, Vec<(i32, u32)>) {
    let joined = |at: Range<usize>| {
        let between = if at.end <= number.start { at.end - 1..number.start } else { number.end - 1..at.start };
        !between.into_iter().any(|w| reading.is_marked(w, b','))
    };
    let mut months = Vec::new();
    for amount in &facts.amounts {
        let span = reading.span(amount.bytes.clone());
        let day = facts.dates.iter().find(|d| d.sentence == sentence && d.span == span);
        if let Some(day) = day.filter(|d| d.role != DateRole::Injury && joined(reading.words_within(&amount.bytes))) {
            months.push((day.date.year(), day.date.month()));
        }
    }
    let year = |w: usize| {
        let year: i32 = reading.word(w).parse().ok()?;
        (YEARS.contains(&f64::from(year)) && joined(w..w + 1)).then_some(year)
    };
    let mut years: Vec<i32> = reading.sentences[sentence].words.clone().filter_map(year).collect();
    years.extend(months.iter().map(|(year, _)| *year));
    (years, months)
}
