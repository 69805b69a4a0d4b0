//! What several checks ask of a letter, worked out once.

use super::Context;
use super::named::{Named, find_named};
use crate::letter::Reading;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Answers kept for one letter.
#[derive(Default)]
pub struct Memo {
    /// The guidelines that a reading names, by where the reading stands.
    named: RefCell<Vec<(*const Reading, Rc<Vec<Named>>)>>,
    /// Positions of decisions about the same request.
    pub(super) repeated: OnceCell<Vec<(usize, usize)>>,
}

/// The guidelines that a reading names, in order.
pub(super) fn named(context: &Context<'_>, reading: &Reading) -> Rc<Vec<Named>> {
    let known = &context.memo.named;
    let place = std::ptr::from_ref(reading);
    if let Some((_, found)) = known.borrow().iter().find(|(of, _)| *of == place) {
        return Rc::clone(found);
    }
    let found = Rc::new(find_named(context, reading));
    known.borrow_mut().push((place, Rc::clone(&found)));
    found
}
