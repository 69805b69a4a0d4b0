//! From the parser's events to the tree, without recursion.

use super::node::{Entry, Node, Scalar, Style, Value};
use super::parse::{MAX_DEPTH, MAX_NODES};
use super::repair::Repair;
use super::words::shown;
use super::{lines, traps};
use crate::diagnostic::Problem;
use crate::source::Span;
use serde_yaml::granit_parser::{self as granit, Event, ScalarStyle, StructureStyle};

/// Why no further event is wanted.
pub(super) enum Stop {
    /// The first document is over.
    End,
    /// The file is beyond a limit.
    Limit(Box<Problem>),
}

/// A list or map that is still open.
struct Open {
    /// Where it begins.
    start: usize,
    /// Behind what was written before it: a first line that was left out lies between.
    since: usize,
    /// In brackets, rather than by indentation.
    brackets: bool,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<Node> },
}

/// Takes events and keeps what was read and what was wrong.
pub(super) struct Builder<'t> {
    /// The text that the parser reads.
    text: &'t str,
    repair: &'t Repair,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    /// Offset behind the last thing that was written, for missing values.
    pub(super) last: usize,
    /// Where the scalar of the last event begins.
    pub(super) last_scalar: usize,
    pub(super) problems: Vec<Problem>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, repair: &'t Repair) -> Builder<'t> {
        Builder {
            text,
            repair,
            open: Vec::new(),
            root: None,
            documents: 0,
            nodes: 0,
            last: 0,
            last_scalar: 0,
            problems: Vec::new(),
        }
    }

    /// Where the brackets begin that are open now, the outermost first.
    pub(super) fn brackets(&self) -> Vec<usize> {
        self.open.iter().filter(|o| o.brackets).map(|o| o.start).collect()
    }

    /// Takes one event.
    pub(super) fn take(&mut self, event: Event<'_>, span: granit::Span) -> Result<(), Stop> {
        let range = span.byte_range().unwrap_or_default();
        let here = Span::new(range.start, range.end.max(range.start));
        if let Some(tag) = span.tag_span().and_then(|t| t.byte_range()) {
            self.refuse_tag(Span::new(tag.start, tag.end));
        }
        match event {
            Event::DocumentStart(..) => self.document(here)?,
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, here)?,
            Event::SequenceStart(style, ..) => self.start(style, here, Content::List(Vec::new()))?,
            Event::MappingStart(style, ..) => {
                self.start(style, here, Content::Map { entries: Vec::new(), key: None })?
            }
            Event::SequenceEnd | Event::MappingEnd => return self.end(here),
            Event::Anchor(_, name) => self.refuse_anchor(&name, here),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.refuse_alias(here)?,
            _ => return Ok(()),
        }
        self.last = self.last.max(here.end as usize);
        Ok(())
    }

    /// The tree and the problems met while building it; `text` is the text as the author wrote it.
    pub(super) fn finish(mut self, text: &str) -> (Option<Node>, Vec<Problem>) {
        let empty = match &self.root {
            None => true,
            Some(root) => root.value == Value::Null,
        };
        if empty && !self.repair.touches(0..text.len()) {
            let problem = Problem::error("yaml-empty", lines::word(text, 0), "the file holds nothing but comments");
            self.problems.push(problem.help("write something in it, or delete it"));
        }
        (self.root.filter(|_| !empty), self.problems)
    }

    fn document(&mut self, here: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents < 2 {
            return Ok(());
        }
        // without `---` the span is empty and stands before blank lines
        let at = if here.is_empty() { self.skip_idle(here.start as usize) } else { here.start as usize };
        let problem = Problem::error("yaml-document", lines::word(self.text, at), "a second document begins here");
        self.problems.push(problem.help("take out this line of dashes or dots, or move the rest to a file of its own"));
        Err(Stop::End)
    }

    fn scalar(&mut self, mut text: String, style: ScalarStyle, here: Span) -> Result<(), Stop> {
        self.last_scalar = here.start as usize;
        let is_key = matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }));
        let (style, span) = match style {
            ScalarStyle::Plain => (Style::Plain, here),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (Style::Quoted, here),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // the document may be nothing but the header of a block
                let between = self.text.get(self.last..here.start as usize).unwrap_or_default();
                let header = between.find(['|', '>']).and_then(|i| traps::block_header(self.text, self.last + i));
                if header.is_some() {
                    self.problems.extend(header);
                    return self.attach(Node { span: here, head: here, value: Value::Refused, cut: false });
                }
                // neither the last line end nor the next line's indentation
                let length = self.text[here.range()].trim_end().len();
                (Style::Block, Span::new(here.start as usize, here.start as usize + length))
            }
        };
        if style == Style::Plain && here.is_empty() {
            let missing = self.missing(here);
            return self.attach(missing);
        }
        if style == Style::Plain {
            let odd = traps::odd_blank(&self.text[span.range()], span);
            if odd.is_some() {
                // told here, and not again as an unknown key or value
                text = text.trim_matches(traps::is_odd).to_string();
            }
            let trap = odd.or_else(|| if is_key { None } else { traps::plain(self.text, span) });
            self.problems.extend(trap);
        }
        self.attach(Node { span, head: span, value: Value::Scalar(Scalar { text, style }), cut: false })
    }

    /// The node for a value that is not there: shown at its dash; a key takes it over.
    fn missing(&mut self, here: Span) -> Node {
        let at = self.skip_idle(self.last);
        let dash = self.text[at..].starts_with('-');
        let blanked = self.repair.touches(self.last..if dash { self.skip_idle(at + 1) } else { at });
        let head = if dash { Span::new(at, at + 1) } else { here };
        let trap = traps::cut_off(self.text, if dash { at + 1 } else { self.behind_colon() });
        if dash {
            self.last = at + 1;
        }
        let value = if blanked || trap.is_some() { Value::Refused } else { Value::Null };
        self.problems.extend(trap);
        Node { span: here, head, value, cut: false }
    }

    fn behind_colon(&self) -> usize {
        let rest = self.text[self.last..].trim_start_matches([' ', '\t']);
        self.text.len() - rest.strip_prefix(':').unwrap_or(rest).len()
    }

    /// The first offset from `at` that is neither white space nor comment.
    fn skip_idle(&self, mut at: usize) -> usize {
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',', ':']).len();
            if !self.text[at..].starts_with('#') {
                return at;
            }
            at = lines::end(self.text, at);
        }
    }

    fn start(&mut self, style: StructureStyle, here: Span, content: Content) -> Result<(), Stop> {
        let mut start = here.start as usize;
        // the parser puts a block list behind its first dash
        if matches!(content, Content::List(_)) && here.is_empty() && self.text[..start].ends_with('-') {
            start -= 1;
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop::Limit(Box::new(too_deep(lines::character(self.text, start)))));
        }
        let brackets = style == StructureStyle::Flow && !here.is_empty();
        let dash = self.skip_idle(self.last);
        let since = match self.open.last().map(|o| &o.content) {
            None => 0,
            Some(Content::List(_)) if self.text[dash..].starts_with('-') => dash,
            Some(_) => self.last,
        };
        self.open.push(Open { start, since, brackets, content });
        Ok(())
    }

    fn end(&mut self, here: Span) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let inside = open.since..here.end as usize;
        let cut = self.repair.lost_key(inside.clone());
        if open.brackets {
            self.last = self.last.max(here.end as usize);
        }
        // what was left out belongs to the value, so that its problems lie within
        let lost = self.repair.end_within(inside).unwrap_or(0);
        let end = if open.brackets { here.end as usize } else { self.last.max(open.start).max(lost) };
        let span = Span::new(open.start, end);
        let (value, first) = match open.content {
            Content::List(items) => (Value::List(items), Span::new(open.start, open.start + 1)),
            Content::Map { entries, .. } => {
                let first = entries.first().map_or(Span::new(open.start, open.start), |e| e.key_span);
                (Value::Map(self.without_duplicates(entries)), first)
            }
        };
        let one_line = open.brackets && !self.text[span.range()].contains('\n');
        let bracket = Span::new(open.start, open.start + 1);
        let head = if one_line {
            span
        } else if open.brackets {
            bracket
        } else {
            first
        };
        self.attach(Node { span, head, value, cut })
    }

    fn attach(&mut self, mut node: Node) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > 2 * MAX_NODES {
            let message = format!("the file has more than {MAX_NODES} values");
            let problem = Problem::error("yaml-size", lines::word(self.text, node.head.start as usize), message);
            return Err(Stop::Limit(Box::new(problem.help("split it into several files"))));
        }
        let block = !self.text[node.span.start as usize..].starts_with(['[', '{']);
        match self.open.last_mut().map(|o| &mut o.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { key: key @ None, .. }) => *key = Some(node),
            Some(Content::Map { entries, key }) => {
                let Some(key) = key.take() else { return Ok(()) };
                let Some((text, key_span)) = key_text(&key, self.text, &mut self.problems) else { return Ok(()) };
                if matches!(node.value, Value::Null | Value::Refused)
                    || (block && matches!(node.value, Value::List(_) | Value::Map(_)))
                {
                    node.head = key_span;
                }
                entries.push(Entry { key: text, key_span, value: node });
            }
        }
        Ok(())
    }

    /// Keeps the first of equal keys and reports the others.
    fn without_duplicates(&mut self, mut entries: Vec<Entry>) -> Vec<Entry> {
        // equal keys next to each other, in file order among themselves: good for maps of any size
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
        let mut again = vec![false; entries.len()];
        let mut first: Option<usize> = None;
        for i in order {
            let entry = &entries[i];
            match first {
                Some(f) if entries[f].key == entry.key => {
                    let place = entries[f].key_span;
                    let message = format!("the key `{}` is written twice", shown(&entry.key));
                    let problem = Problem::error("duplicate-key", entry.key_span, message);
                    let help = "keep one of the two; a list needs one key with several items";
                    self.problems.push(problem.related(place, "first written here").help(help));
                    again[i] = true;
                }
                _ => first = Some(i),
            }
        }
        let mut again = again.into_iter();
        entries.retain(|_| again.next() != Some(true));
        entries
    }

    fn refuse_anchor(&mut self, name: &str, here: Span) {
        let message = format!("rule files cannot name a value with `&{}`", shown(name));
        let problem = Problem::error("yaml-anchor", here, message);
        self.problems
            .push(problem.help("write the value out wherever it is needed, or put it in quotes if `&` is text"));
    }

    fn refuse_alias(&mut self, here: Span) -> Result<(), Stop> {
        let merge = matches!(self.open.last(), Some(Open { content: Content::Map { key: Some(key), .. }, .. })
            if self.text[key.span.range()] == *"<<");
        // `<<: *name` is one mistake and told at `<<`
        if !merge {
            let message = format!("rule files cannot refer to a value with `{}`", shown(&self.text[here.range()]));
            let problem = Problem::error("yaml-alias", here, message);
            self.problems.push(problem.help("write the value out here, or put it in quotes if `*` is text"));
        }
        self.attach(Node { span: here, head: here, value: Value::Refused, cut: false })
    }

    fn refuse_tag(&mut self, here: Span) {
        let message = format!("rule files cannot mark a type with `{}`", shown(&self.text[here.range()]));
        let problem = Problem::error("yaml-tag", here, message);
        self.problems.push(problem.help("take it out, or put the value in quotes if `!` is text"));
    }
}

/// The text of a key; none if it is something that cannot be a key.
fn key_text(key: &Node, text: &str, problems: &mut Vec<Problem>) -> Option<(String, Span)> {
    let problem = match &key.value {
        Value::Refused => return None,
        Value::Scalar(s) if s.style == Style::Plain && s.text == "<<" => {
            let problem =
                Problem::error("yaml-merge", key.span, "rule files cannot merge another group of keys with `<<`");
            problem.help("write the keys out")
        }
        Value::Scalar(s) if s.style != Style::Block && !s.text.is_empty() => return Some((s.text.clone(), key.span)),
        // `{{x}}` is one mistake
        Value::List(_) | Value::Map(_) if problems.last().is_some_and(|p| key.span.contains(p.span)) => return None,
        Value::List(_) | Value::Map(_) => {
            let problem = Problem::error("yaml-key", key.head, "a list or group cannot be a key");
            problem.help("put the text in quotes if the brackets are part of it")
        }
        _ => {
            let at = key.span.start as usize;
            let problem = Problem::error("yaml-key", lines::character(text, at), "a key is missing before this");
            problem.help("write `key: value`")
        }
    };
    problems.push(problem);
    None
}

/// The problem of too many lists and maps within each other.
pub(super) fn too_deep(place: Span) -> Problem {
    let message = format!("lists and groups are nested deeper than {MAX_DEPTH} levels");
    Problem::error("yaml-depth", place, message).help("look for a bracket that is never closed")
}
