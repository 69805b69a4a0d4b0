//! The collector of one file's problems, and the way into its tree.

use super::item::{Item, Name};
use super::node::Node;
use crate::diagnostic::{Problem, Severity};
use crate::source::Span;
use std::cell::RefCell;

/// Most problems kept for one file: beyond that a list helps nobody, and a hostile file must not fill the memory.
pub const MAX_PROBLEMS: usize = 100;

/// Collects the problems of one file. Shared by reference, so that values can be read in nested calls.
#[derive(Debug, Default)]
pub struct Reader {
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    problems: Vec<Problem>,
    dropped: usize,
    last: Span,
}

impl Reader {
    /// The root of a tree as something to ask.
    pub fn open<'a>(&'a self, root: &'a Node) -> Item<'a> {
        Item { reader: self, node: Some(root), name: Name::File }
    }

    /// Adds a problem; the caller goes on reading.
    pub fn report(&self, problem: Problem) {
        let mut state = self.state.borrow_mut();
        if state.problems.len() < MAX_PROBLEMS {
            state.problems.push(problem);
        } else {
            state.last = problem.span;
            state.dropped += 1;
        }
    }

    /// Whether nothing is wrong with a value or anything in it, neither its YAML nor what was read of it: a rule to keep.
    /// To be asked after the value was read.
    pub fn is_good(&self, node: &Node) -> bool {
        let state = self.state.borrow();
        let bad = |p: &Problem| p.severity == Severity::Error && (node.span.contains(p.span) || node.head == p.span);
        state.dropped == 0 && !node.cut && !state.problems.iter().any(bad)
    }

    /// Whether further problems are only counted; work that serves a message alone may be skipped.
    pub fn is_full(&self) -> bool {
        self.state.borrow().problems.len() >= MAX_PROBLEMS
    }

    /// All problems in the order of their places; a last one says how many were left out, if any.
    pub fn into_problems(self) -> Vec<Problem> {
        let State { mut problems, dropped, last } = self.state.into_inner();
        problems.sort_by_key(|p| (p.span.start, p.span.end));
        if dropped > 0 {
            let message = format!("{dropped} more problems in this file are not shown");
            problems.push(Problem::error("too-many-problems", last, message).help("mend the first ones and run again"));
        }
        problems
    }
}
