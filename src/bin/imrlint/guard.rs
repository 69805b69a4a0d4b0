//! Faults of the program itself: caught letter by letter and told without a word of the letter.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes panics tell their place in the program and nothing else: their messages may quote the letter.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        // a reader who had seen enough ("| head") is no fault
        let said = info.payload().downcast_ref::<String>();
        if said.is_some_and(|s| s.starts_with("failed printing to stdout") && s.contains("Broken pipe")) {
            std::process::exit(0);
        }
        let place = info.location().map_or(String::new(), |l| format!("{}:{}", short(l.file()), l.line()));
        if GUARDED.get() {
            PLACE.set(place);
        } else {
            eprintln!("error: {}", words(&place));
        }
    }));
}

/// Runs work on one letter.
///
/// # Errors
/// A sentence that names the place in the program where the work panicked.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done.map_err(|_| words(&PLACE.take()))
}

fn words(place: &str) -> String {
    format!("a fault of imrlint at {place}; please report this place, without the letter")
}

/// The last parts of a path: where a package lies on this machine is nobody's business.
fn short(path: &str) -> &str {
    let parts = path.rmatch_indices(['/', '\\']).nth(3);
    parts.map_or(path, |(at, _)| &path[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_by_its_place_alone() {
        install();
        let told = guarded(|| -> u8 { panic!("the patient's words") }).unwrap_err();
        assert!(told.starts_with("a fault of imrlint at ") && told.contains("guard.rs:"), "{told}");
        assert!(!told.contains("patient"), "{told}");
        assert_eq!(guarded(|| 7), Ok(7), "and the next goes on");
    }

    #[test]
    fn paths_of_the_machine_are_cut() {
        assert_eq!(short("/home/someone/packages/parser-2.9/src/reader/state.rs"), "parser-2.9/src/reader/state.rs");
        assert_eq!(short("src/letter/parse.rs"), "src/letter/parse.rs");
    }
}
