//! Linters that no thread uses at the moment: each remembers what it met, so one is used again rather than made anew.

use imrlint::lint::Linter;
use imrlint::rulebook::Rulebook;
use std::sync::{Arc, Mutex, PoisonError};

/// Linters of a run.
#[derive(Default)]
pub struct Linters(Mutex<Vec<Linter>>);

/// So many are kept at most: a run with many rulebooks makes more than it has threads.
const KEPT: usize = 64;

impl Linters {
    /// Works with a linter of a rulebook. One that met a fault of the program is not used again.
    pub fn with<T>(&self, book: &Arc<Rulebook>, work: impl FnOnce(&Linter) -> T) -> T {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = {
            let mut kept = kept();
            // the one put back last
            let at = kept.iter().rposition(|l| Arc::ptr_eq(l.book(), book));
            at.map(|n| kept.remove(n))
        };
        let linter = taken.unwrap_or_else(|| Linter::new(Arc::clone(book)));
        let done = work(&linter);
        let mut kept = kept();
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(linter);
        done
    }
}
