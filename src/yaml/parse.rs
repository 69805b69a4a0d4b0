//! From text to tree: limits, unreadable characters, and another try after each syntax error.

use super::build::{Builder, Stop};
use super::node::Node;
use super::reader::Reader;
use super::repair::Repair;
use super::syntax::Damage;
use super::{lines, syntax};
use crate::diagnostic::Problem;
use crate::source::Span;
use serde_yaml::granit_parser as granit;

/// Largest text that is read.
pub const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting of lists and maps.
pub const MAX_DEPTH: usize = 32;
/// Most values in one file, keys not counted.
pub const MAX_NODES: usize = 100_000;

/// Bytes read altogether, over all tries: bounds the time for a large file with many syntax errors.
const MAX_WORK: usize = 4 * MAX_BYTES;
/// Most tries for one file.
const MAX_TRIES: usize = 10;

/// Reads a YAML text into a tree, reporting to `reader` everything that is wrong with the YAML itself. After a syntax
/// error the broken stretch is left out and the rest is still read, so that its mistakes are found in the same run.
/// Nothing comes back for a text with no content or one beyond a limit.
///
/// All spans are byte offsets of `text`, a byte-order mark included.
pub fn parse(text: &str, reader: &Reader) -> Option<Node> {
    let whole = lines::word(text, 0);
    if text.len() > MAX_BYTES {
        let message = format!("the file has {} bytes, and at most {MAX_BYTES} are read", text.len());
        reader.report(Problem::error("yaml-size", whole, message).help("split it into several files"));
        return None;
    }
    let mut repair = Repair::new(text);
    if !characters(text, &mut repair, reader) {
        return None;
    }
    let mut told: Vec<Span> = Vec::new();
    for tries in 1.. {
        match attempt(text, &repair, reader) {
            Try::Done(node) => return node,
            Try::Broken(mut fault, problems) => {
                let again = told.contains(&fault.problem.span);
                told.push(fault.problem.span);
                if again {
                    // leaving out the value did not help: the line goes, from its beginning
                    fault.from = lines::start(text, fault.problem.span.start as usize);
                    fault.damage = Damage::Line;
                }
                let last = tries >= MAX_TRIES || (tries + 1) * text.len() > MAX_WORK;
                let more = repair.blank(&fault);
                if !again {
                    reader.report(fault.problem);
                }
                if last || !more {
                    report(problems, reader);
                    return None;
                }
            }
        }
    }
    None
}

enum Try {
    Done(Option<Node>),
    /// With the problems met before it.
    Broken(syntax::Fault, Vec<Problem>),
}

fn attempt(text: &str, repair: &Repair, reader: &Reader) -> Try {
    let options = granit::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder::new(&repair.text, repair);
    for event in granit::Parser::new_from_str_with_options(&repair.text, options) {
        match event {
            Ok((event, span)) => match builder.take(event, span) {
                Ok(()) => {}
                Err(Stop::End) => break,
                Err(Stop::Limit(problem)) => {
                    builder.problems.push(*problem);
                    report(builder.problems, reader);
                    return Try::Done(None);
                }
            },
            // what is below would only be told once more
            Err(error) if *error.kind() == granit::ErrorKind::RecursionLimitExceeded => {
                reader.report(syntax::fault(&repair.text, &error, &builder).problem);
                return Try::Done(None);
            }
            Err(error) => return Try::Broken(syntax::fault(&repair.text, &error, &builder), builder.problems),
        }
    }
    // only the last try reports what it met on the way: earlier ones met the same
    let (node, problems) = builder.finish(text);
    report(problems, reader);
    Try::Done(node)
}

fn report(problems: Vec<Problem>, reader: &Reader) {
    problems.into_iter().for_each(|p| reader.report(p));
}

/// Reports characters that no text has and blanks them out; false if this is no text at all.
fn characters(text: &str, repair: &mut Repair, reader: &Reader) -> bool {
    if let Some(at) = text.find('\0') {
        let problem = Problem::error("yaml-binary", Span::new(at, at + 1), "this is not a text file");
        reader.report(problem.help("save the rules as plain text in UTF-8"));
        return false;
    }
    for (at, c) in text.char_indices() {
        let what = match c {
            '\t' | '\n' | '\r' | '\u{85}' => continue,
            '\u{feff}' if at == 0 => continue,
            '\u{feff}' => "an invisible byte-order mark",
            '\u{fffd}' => "a character that was lost in an earlier conversion",
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "an invisible sign that reorders the text",
            '\u{fffe}' | '\u{ffff}' => "an invisible character",
            c if c.is_control() => "an invisible control character",
            _ => continue,
        };
        let span = Span::new(at, at + c.len_utf8());
        if c != '\u{fffd}' {
            repair.erase(span);
        }
        let problem = Problem::error("yaml-character", span, format!("{what} (U+{:04X})", u32::from(c)));
        reader.report(problem.help("take it out, or type the line anew"));
    }
    true
}
