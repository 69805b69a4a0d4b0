//! What several checks ask of a letter, worked out once.

use super::Context;
use super::citation::named::{Named, find_named};
use super::citation::topic::{Asked, find_asked};
use super::criterion::recital::Recited;
use super::naming::{Thing, find_requested, things};
use super::summary::quantity::Quantity;
use super::summary::studied::Dated;
use crate::fact::{Course, Observed, When, times};
use crate::letter::{Reading, Request};
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

/// Answers kept for one letter.
#[derive(Default)]
pub struct Memo {
    /// The guidelines that a reading names.
    named: Kept<Reading, Vec<Named>>,
    /// The things that a reading names.
    things: Kept<Reading, Vec<Thing>>,
    /// The things that a request names.
    requested: Kept<Request, Vec<Thing>>,
    /// What a request asks for.
    asked: Kept<Request, Asked>,
    /// The times that a reading tells.
    times: Kept<Reading, Vec<When>>,
    /// The telling words that a rationale recites.
    recited: Kept<Reading, Vec<Recited>>,
    /// Positions of decisions about the same request.
    pub(super) repeated: OnceCell<Vec<(usize, usize)>>,
    /// The studies with a day in the summary.
    pub(super) studies: OnceCell<Vec<Dated>>,
    /// What the summary tells that examinations and studies found.
    pub(super) observed: OnceCell<Vec<Observed>>,
    /// The numbers that the summary tells of the patient.
    pub(super) quantities: OnceCell<Vec<Quantity>>,
    /// Positions, among all names of drugs, of those of the drugs that the letter is about.
    pub(super) drug_names: OnceCell<Vec<usize>>,
}

/// An answer for each part of the letter, by where the part stands.
struct Kept<Part, Answer>(RefCell<Vec<(*const Part, Rc<Answer>)>>);

impl<Part, Answer> Default for Kept<Part, Answer> {
    fn default() -> Self {
        Kept(RefCell::default())
    }
}

impl<Part, Answer> Kept<Part, Answer> {
    fn get_or(&self, part: &Part, find: impl FnOnce() -> Answer) -> Rc<Answer> {
        let place = std::ptr::from_ref(part);
        if let Some((_, found)) = self.0.borrow().iter().find(|(of, _)| *of == place) {
            return Rc::clone(found);
        }
        let found = Rc::new(find());
        self.0.borrow_mut().push((place, Rc::clone(&found)));
        found
    }
}

/// The guidelines that a reading names, in order.
pub(super) fn named(context: &Context<'_>, reading: &Reading) -> Rc<Vec<Named>> {
    context.memo.named.get_or(reading, || find_named(context, reading))
}

/// Whether some words of a part of the letter tell what is over by now; `denied` where they deny something.
pub(super) fn is_past(
    context: &Context<'_>,
    reading: &Reading,
    sentence: usize,
    words: &Range<usize>,
    denied: bool,
) -> bool {
    with_course(context, reading, |course| course.is_past(sentence, words, denied))
}

/// Asks the times that a part of the letter tells.
pub(super) fn with_course<T>(context: &Context<'_>, reading: &Reading, ask: impl FnOnce(&Course<'_>) -> T) -> T {
    let decided = context.dates.decision.map(|d| d.date);
    let found = context.memo.times.get_or(reading, || times(reading, decided, context.lexicon));
    let now = decided.map(|d| d.year() * 12 + d.month() as i32 - 1);
    ask(&Course { reading, times: &found, now, lexicon: context.lexicon })
}

/// The telling words that a rationale recites.
pub(super) fn recited(
    context: &Context<'_>,
    reading: &Reading,
    find: impl FnOnce() -> Vec<Recited>,
) -> Rc<Vec<Recited>> {
    context.memo.recited.get_or(reading, find)
}

/// The things that a reading names, in order.
pub(super) fn all_things(context: &Context<'_>, reading: &Reading) -> Rc<Vec<Thing>> {
    context.memo.things.get_or(reading, || things(context, reading, 0..reading.words.len()))
}

/// The things that a request names by more than a class word; the parts of a partial authorization count alike.
pub(super) fn requested(context: &Context<'_>, request: &Request) -> Rc<Vec<Thing>> {
    context.memo.requested.get_or(request, || find_requested(context, request))
}

/// What a request asks for.
pub(super) fn asked(context: &Context<'_>, request: &Request) -> Rc<Asked> {
    context.memo.asked.get_or(request, || find_asked(request, context.lexicon))
}
