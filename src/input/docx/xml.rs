//! XML as a row of steps, with limits: no document type and so no entities of one's own, no deep nesting, no part that
//! ends in the middle. The only file that names the XML crate.

use super::damaged;
use crate::input::InputError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion};
use std::borrow::Cow;

/// Elements within elements; a table in a table in a text box comes to about sixty.
const MAX_DEPTH: usize = 200;

/// The vocabularies that are told apart; each has two names, the older and the strict one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Text, paragraphs, tables.
    Word,
    /// Formulas.
    Math,
    /// The same content for newer and for older programs.
    Compatibility,
    /// Which part belongs to which.
    Relations,
    /// Any other.
    Other,
}

/// One step through a part.
pub enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element that began last ends.
    Close,
    /// Text, its entities resolved.
    Text(Cow<'a, str>),
    /// The part ends.
    Done,
}

/// An element's name and attributes.
pub struct Element<'a> {
    /// The vocabulary of its name.
    pub space: Space,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// The name without prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Whether it is this element of Word.
    pub fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name() == name
    }

    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.start.attributes();
        let found = all.with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The attribute `val`, in which most elements have what they say.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether an element that switches something on does so: it may say that it does not.
    pub fn is_on(&self) -> bool {
        self.value().is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// A part that is being read.
pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Reads a part from its beginning.
    pub fn new(part: &'a str) -> Xml<'a> {
        let mut reader = NsReader::from_str(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Xml { reader, depth: 0 }
    }

    /// The next step.
    pub fn step(&mut self) -> Result<Step<'a>, InputError> {
        let broken = damaged("its text is no well-formed XML");
        loop {
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((space, event)) => (known(&space), event),
                Err(quick_xml::Error::Namespace(_)) => return Err(too_deep()),
                Err(_) => return Err(broken),
            };
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(too_deep());
                    }
                    Step::Open(Element { space, start })
                }
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(broken)?;
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.into_inner()),
                Event::CData(text) => Step::Text(text.into_inner()),
                Event::GeneralRef(name) => Step::Text(Cow::Owned(match &*name {
                    "amp" => "&".to_string(),
                    "lt" => "<".to_string(),
                    "gt" => ">".to_string(),
                    "quot" => "\"".to_string(),
                    "apos" => "'".to_string(),
                    _ => match name.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => return Err(broken),
                    },
                })),
                Event::DocType(_) => return Err(damaged("it declares a document type, which no letter does")),
                Event::Eof if self.depth == 0 => Step::Done,
                Event::Eof => return Err(damaged("its text ends in the middle")),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Leaves the element that began last.
    pub fn skip(&mut self) -> Result<(), InputError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Step::Done = self.step()? {
                break;
            }
        }
        Ok(())
    }
}

fn too_deep() -> InputError {
    InputError::DocxTooComplex { what: "elements nested hundreds deep" }
}

fn known(space: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(name)) = space else { return Space::Other };
    match *name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/package/2006/relationships" => Space::Relations,
        _ => Space::Other,
    }
}
