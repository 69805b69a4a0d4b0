//! Paragraphs of the main part: what is seen when all tracked changes are accepted.

use super::numbering::{Membership, Numbering};
use super::table::{self, Line};
use super::xml::{Element, Space, Step, Xml};
use super::{Found, damaged, symbols};
use crate::input::InputError;

/// Lines of a document; a letter has some hundreds.
const MAX_LINES: usize = 100_000;
/// Bytes of text; a letter has 20 to 200 KB.
const MAX_TEXT: usize = 32 << 20;

/// The text of the main part.
pub fn read(document: &str, numbering: Numbering) -> Result<Found, InputError> {
    let mut body = Body {
        xml: Xml::new(document),
        numbering,
        fields: Vec::new(),
        hidden: false,
        boxes: Vec::new(),
        open: None,
        lines: 0,
        bytes: 0,
        has_notes: false,
        has_foreign: false,
    };
    let mut lines = Vec::new();
    loop {
        match body.xml.step()? {
            Step::Open(e) if e.is("body") => body.blocks(&mut lines)?,
            Step::Done => break,
            _ => {}
        }
    }
    if body.fields.contains(&Field::Code) {
        return Err(damaged("a field in it begins and never ends"));
    }
    let mut found = Found { text: String::new(), paragraphs: Vec::new(), notes: body.notes() };
    for line in lines {
        let at = found.text.len() as u32;
        found.paragraphs.extend(line.begins.iter().map(|b| at + b));
        found.text.push_str(&line.text);
        found.text.push('\n');
    }
    if found.text.trim().is_empty() {
        return Err(InputError::DocxWithoutText);
    }
    // the first paragraph holds the beginning of the text, whatever stands there
    if let Some(first) = found.paragraphs.first_mut() {
        *first = 0;
    }
    Ok(found)
}

/// A field is code up to its separator, and then what the code gave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

/// A part that is being read, and what is known at this place of it.
struct Body<'a> {
    xml: Xml<'a>,
    numbering: Numbering,
    /// Fields that have begun, the innermost last.
    fields: Vec<Field>,
    /// The run is hidden text.
    hidden: bool,
    /// Lines of the text boxes of the paragraph: they follow it.
    boxes: Vec<Line>,
    /// A paragraph whose mark was deleted: the next one goes on with it.
    open: Option<Line>,
    lines: usize,
    bytes: usize,
    has_notes: bool,
    has_foreign: bool,
}

impl Body<'_> {
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.has_notes {
            notes.push("footnotes and endnotes of the document are not read".to_string());
        }
        if self.has_foreign {
            notes.push("a part of the document that was taken in from another file is not read".to_string());
        }
        notes
    }

    /// Paragraphs and tables up to the end of the element that holds them.
    fn blocks(&mut self, into: &mut Vec<Line>) -> Result<(), InputError> {
        let outer = self.open.take();
        self.blocks_within(into)?;
        into.extend(self.open.take());
        self.open = outer;
        Ok(())
    }

    fn blocks_within(&mut self, into: &mut Vec<Line>) -> Result<(), InputError> {
        loop {
            let e = match self.xml.step()? {
                Step::Open(e) => e,
                Step::Close | Step::Done => return Ok(()),
                Step::Text(_) => continue,
            };
            match e.name() {
                "p" if e.space == Space::Word => self.paragraph(into)?,
                "tbl" if e.space == Space::Word => self.table(into)?,
                "AlternateContent" if e.space == Space::Compatibility => {
                    self.alternate(|body| body.blocks_within(into))?;
                }
                "altChunk" => {
                    self.has_foreign = true;
                    self.xml.skip()?;
                }
                name if is_property(name) => self.xml.skip()?,
                _ => self.blocks_within(into)?,
            }
        }
    }

    /// Of the same content in two forms, the first.
    fn alternate(&mut self, mut read: impl FnMut(&mut Self) -> Result<(), InputError>) -> Result<(), InputError> {
        let mut taken = false;
        loop {
            match self.xml.step()? {
                Step::Open(_) if !taken => {
                    taken = true;
                    read(self)?;
                }
                Step::Open(_) => self.xml.skip()?,
                Step::Close | Step::Done => return Ok(()),
                Step::Text(_) => {}
            }
        }
    }

    fn table(&mut self, into: &mut Vec<Line>) -> Result<(), InputError> {
        loop {
            match self.xml.step()? {
                Step::Open(e) if e.is("tr") => {
                    let mut cells = Vec::new();
                    if self.row(&mut cells)? {
                        into.extend(table::row(cells));
                    }
                }
                Step::Open(e) if is_property(e.name()) => self.xml.skip()?,
                // rows stand in wrappers too
                Step::Open(_) => self.table(into)?,
                Step::Close | Step::Done => return Ok(()),
                Step::Text(_) => {}
            }
        }
    }

    /// The cells of a row; whether it is still there: a tracked change may have deleted it.
    fn row(&mut self, cells: &mut Vec<Vec<Line>>) -> Result<bool, InputError> {
        let mut there = true;
        loop {
            match self.xml.step()? {
                Step::Open(e) if e.is("tc") => {
                    let mut cell = Vec::new();
                    self.blocks(&mut cell)?;
                    cells.push(cell);
                }
                Step::Open(e) if e.is("trPr") => there &= !self.holds("del")?,
                Step::Open(e) if is_property(e.name()) => self.xml.skip()?,
                Step::Open(_) => there &= self.row(cells)?,
                Step::Close | Step::Done => return Ok(there),
                Step::Text(_) => {}
            }
        }
    }

    /// Whether the element that began last holds another; leaves it.
    fn holds(&mut self, name: &str) -> Result<bool, InputError> {
        let mut found = false;
        loop {
            match self.xml.step()? {
                Step::Open(e) => {
                    found |= e.is(name);
                    self.xml.skip()?;
                }
                Step::Close | Step::Done => return Ok(found),
                Step::Text(_) => {}
            }
        }
    }

    fn paragraph(&mut self, into: &mut Vec<Line>) -> Result<(), InputError> {
        let mut line = self.open.take().unwrap_or_else(|| Line { text: String::new(), begins: vec![0] });
        let boxes = std::mem::take(&mut self.boxes);
        let mut mark_deleted = false;
        self.inline(&mut line, &mut mark_deleted)?;
        self.lines += 1;
        if self.lines > MAX_LINES || self.bytes > MAX_TEXT {
            return Err(InputError::DocxTooComplex { what: "more text than a hundred letters" });
        }
        if mark_deleted {
            self.open = Some(line);
        } else {
            into.push(line);
        }
        into.append(&mut self.boxes);
        self.boxes = boxes;
        Ok(())
    }

    /// Text up to the end of the element that holds it.
    fn inline(&mut self, line: &mut Line, mark_deleted: &mut bool) -> Result<(), InputError> {
        loop {
            let e = match self.xml.step()? {
                Step::Open(e) => e,
                Step::Close | Step::Done => return Ok(()),
                Step::Text(_) => continue,
            };
            match (e.space, e.name()) {
                (Space::Word, "t") => {
                    let kept = e.attribute("space").is_some_and(|s| s == "preserve");
                    self.text(line, kept)?;
                }
                (Space::Math, "t") => self.text(line, true)?,
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(|body| body.inline(line, &mut false))?;
                }
                (Space::Word, "pPr") => {
                    let number = self.properties(mark_deleted)?;
                    // a paragraph that goes on with the one before has no number of its own
                    if let Some(number) = number.filter(|_| line.text.is_empty()) {
                        self.show(line, &number);
                        self.show(line, " ");
                    }
                }
                (Space::Word, "r") => {
                    let hidden = std::mem::replace(&mut self.hidden, false);
                    self.inline(line, mark_deleted)?;
                    self.hidden = hidden;
                }
                (Space::Word, "rPr") => self.hidden |= self.is_hidden()?,
                (Space::Word, "fldChar") => {
                    match e.attribute("fldCharType").as_deref() {
                        Some("begin") => self.fields.push(Field::Code),
                        Some("separate") => self.fields.iter_mut().last().into_iter().for_each(|f| *f = Field::Result),
                        Some("end") => drop(self.fields.pop()),
                        _ => {}
                    }
                    self.xml.skip()?;
                }
                (Space::Word, "txbxContent") => {
                    let mut lines = Vec::new();
                    self.blocks(&mut lines)?;
                    self.boxes.append(&mut lines);
                }
                (Space::Word, name) if self.sign(line, &e, name) => self.xml.skip()?,
                (Space::Word, "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rt") => {
                    self.xml.skip()?
                }
                (_, name) if is_property(name) => self.xml.skip()?,
                _ => self.inline(line, mark_deleted)?,
            }
        }
    }

    /// Whether an element stands for a character; the character is shown.
    fn sign(&mut self, line: &mut Line, e: &Element<'_>, name: &str) -> bool {
        match name {
            "tab" | "ptab" => self.show(line, "\t"),
            "br" | "cr" => self.show(line, "\n"),
            "noBreakHyphen" => self.show(line, "-"),
            "sym" => {
                let code = e.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0xfffd);
                let font = e.attribute("font").unwrap_or_default();
                self.show(line, symbols::symbol(code, &font).encode_utf8(&mut [0; 4]));
            }
            "footnoteReference" | "endnoteReference" => self.has_notes = true,
            _ => return false,
        }
        true
    }

    /// The text of an element; white space at its ends counts only if it says so.
    fn text(&mut self, line: &mut Line, kept: bool) -> Result<(), InputError> {
        let mut text = String::new();
        let mut inside = 1;
        while inside > 0 {
            match self.xml.step()? {
                Step::Text(part) => text.push_str(&part),
                Step::Open(_) => inside += 1,
                Step::Close => inside -= 1,
                Step::Done => break,
            }
        }
        let white = [' ', '\t', '\n', '\r'];
        let text = if kept { text.as_str() } else { text.trim_matches(white) };
        // line ends of the file are blanks; a soft hyphen is seen only where a line breaks
        let seen =
            text.chars().filter(|c| *c != '\u{ad}').map(|c| if white.contains(&c) { ' ' } else { symbols::known(c) });
        let text: String = seen.collect();
        self.show(line, &text);
        Ok(())
    }

    fn show(&mut self, line: &mut Line, text: &str) {
        if !self.hidden && !self.fields.contains(&Field::Code) {
            line.text.push_str(text);
            self.bytes += text.len();
        }
    }

    /// Properties of a paragraph: its number in a list, and whether its mark was deleted.
    fn properties(&mut self, mark_deleted: &mut bool) -> Result<Option<String>, InputError> {
        let mut list = Membership::default();
        let mut inside = 1;
        while inside > 0 {
            match self.xml.step()? {
                // what the properties were before a tracked change, and of a section
                Step::Open(e) if e.name().ends_with("Change") || e.is("sectPr") => self.xml.skip()?,
                Step::Open(e) => {
                    inside += 1;
                    list.property(&e);
                    *mark_deleted |= e.is("del") || e.is("moveFrom");
                }
                Step::Close => inside -= 1,
                Step::Text(_) => {}
                Step::Done => break,
            }
        }
        Ok(self.numbering.next(&list))
    }

    /// Whether the properties of a run hide it.
    fn is_hidden(&mut self) -> Result<bool, InputError> {
        let mut hidden = false;
        loop {
            match self.xml.step()? {
                Step::Open(e) => {
                    hidden |= e.is("vanish") && e.is_on();
                    self.xml.skip()?;
                }
                Step::Close | Step::Done => return Ok(hidden),
                Step::Text(_) => {}
            }
        }
    }
}

/// Whether an element says how something looks: it holds no text of the letter.
fn is_property(name: &str) -> bool {
    matches!(name, "rPr" | "pPr" | "sectPr" | "tblPr" | "tblPrEx" | "tblGrid" | "trPr" | "tcPr" | "sdtPr" | "sdtEndPr")
}
