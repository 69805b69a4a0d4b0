//! One line on the terminal that tells how far a long run is; nothing where nobody looks on.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Shorter runs tell nothing.
const LONG: Duration = Duration::from_secs(1);
/// Between two drawings.
const STEP: Duration = Duration::from_millis(100);

/// The line on standard error.
pub struct Progress {
    on: bool,
    begun: Instant,
    next: Duration,
    inputs: usize,
    drawn: bool,
    /// Findings go to a terminal too: the line has to make room for them.
    shared: bool,
}

impl Progress {
    /// A line that is drawn if standard error is a terminal.
    pub fn new(quiet: bool) -> Progress {
        let on = !quiet && io::stderr().is_terminal();
        let shared = on && io::stdout().is_terminal();
        Progress { on, begun: Instant::now(), next: LONG, inputs: 0, drawn: false, shared }
    }

    /// Takes the line away: something is going to be written on standard error.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            eprint!("\r\x1b[K");
            // it comes back with the next input
            self.next = LONG;
        }
    }

    /// The same, of standard output.
    pub fn make_room(&mut self) {
        if self.shared {
            self.clear();
        }
    }

    /// Counts an input.
    pub fn count(&mut self) {
        self.inputs += 1;
        let spent = if self.on { self.begun.elapsed() } else { Duration::ZERO };
        if self.on && spent >= self.next {
            self.next = spent + STEP;
            self.drawn = true;
            let rate = self.inputs as f64 / spent.as_secs_f64();
            eprint!("\r\x1b[K{} letters in {} s ({rate:.0} a second)", self.inputs, spent.as_secs());
            let _ = io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
