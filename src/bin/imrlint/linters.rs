//! Linters that no thread uses at the moment: each remembers what it met, so one is used again rather than made anew.

use imrlint::lint::Linter;
use imrlint::rulebook::Rulebook;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Linters of a run: as many as were ever at work at the same time.
#[derive(Default)]
pub struct Linters(Mutex<State>);

#[derive(Default)]
struct State {
    kept: Vec<Linter>,
    at_work: usize,
    most: usize,
}

impl Linters {
    /// Works with a linter of a rulebook. One that met a fault of the program is not used again.
    pub fn with<T>(&self, book: &Arc<Rulebook>, work: impl FnOnce(&Linter) -> T) -> T {
        let taken = self.state().take(book);
        let _at_work = AtWork(self);
        let linter = taken.unwrap_or_else(|| Linter::new(Arc::clone(book)));
        let done = work(&linter);
        self.state().put(linter);
        done
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread at work, also where it meets a fault.
struct AtWork<'a>(&'a Linters);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.state().at_work -= 1;
    }
}

impl State {
    /// The linter of a rulebook that was put back last.
    fn take(&mut self, book: &Arc<Rulebook>) -> Option<Linter> {
        self.at_work += 1;
        self.most = self.most.max(self.at_work);
        let at = self.kept.iter().rposition(|l| Arc::ptr_eq(l.book(), book))?;
        Some(self.kept.remove(at))
    }

    /// Keeps a linter; of another rulebook perhaps, so the oldest may have to go.
    fn put(&mut self, linter: Linter) {
        self.kept.push(linter);
        if self.kept.len() > self.most {
            self.kept.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_kept_as_were_at_work_at_once() {
        let linters = Linters::default();
        let [one, other] = [Arc::new(Rulebook::default()), Arc::new(Rulebook::default())];
        linters.with(&one, |_| linters.with(&one, |_| ()));
        linters.with(&other, |l| assert!(Arc::ptr_eq(l.book(), &other)));
        let kept: Vec<bool> = linters.state().kept.iter().map(|l| Arc::ptr_eq(l.book(), &one)).collect();
        assert_eq!(kept, [true, false]);
    }
}
