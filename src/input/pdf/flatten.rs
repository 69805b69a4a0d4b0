//! Boils the pages of a PDF down to the operators that place text.
//!
//! Owns the walk through a page's content: it opens forms where they are used, counts pictures, resolves fonts, and
//! writes a new content stream of sound text operators alone. The PDF library, given the original, runs pictures as
//! programs, puts the text of forms in the wrong place, knows neither `'` nor `"`, and ends with a panic on colours it
//! does not know. Refuses to know what the text says and where it stands on the page.

use super::content::{Operand, Reader};
use super::{Dictionary, Document, Object, ObjectId, Stream, entries, fonts, number, resolve, unpacked};
use crate::input::InputError;
use std::collections::HashMap;
use std::io::Write;

/// What no letter comes near to.
const MAX_PAGES: usize = 1000;
const MAX_CONTENT: usize = 32 << 20;
const MAX_SHOWN: usize = 2_000_000;
const MAX_FONTS: usize = 2000;
const MAX_FORM_DEPTH: usize = 12;
const MAX_FORMS: usize = 10_000;
const MAX_STATES: usize = 64;
const MAX_TREE_DEPTH: usize = 64;

/// Text that is not there cannot be checked.
const BROKEN: InputError = InputError::PdfTextLost { reason: "a page or a part of it is missing or broken" };
/// Stands behind each page in the new content: a line drawn along no path, which is the only operator besides text that
/// the library passes on.
const PAGE_END: &[u8] = b"S";

/// A new document with nothing in it but the text of the pages, each ended by [`PAGE_END`]; and the number of pictures
/// on each page.
///
/// It has one page only: the library makes every font anew for every page, a fourth of its time for a letter.
pub(super) fn flatten(doc: &Document) -> Result<(Document, Vec<usize>), InputError> {
    let ids: Vec<ObjectId> = doc.page_iter().take(MAX_PAGES + 1).collect();
    if ids.len() > MAX_PAGES {
        return Err(InputError::PdfTooComplex { what: "more than 1000 pages" });
    }
    let mut flattener =
        Flattener { doc, fonts: Fonts::default(), content: 0, forms: 0, open_forms: Vec::new(), pictures: Vec::new() };
    let mut sheet = Sheet::default();
    for id in &ids {
        if let Ok(page) = doc.get_dictionary(*id) {
            let resources = inherited(doc, page, b"Resources").and_then(|r| r.as_dict().ok());
            let content = flattener.page_content(page)?;
            flattener.run(&content, resources, &mut sheet)?;
        }
        sheet.operator(PAGE_END);
        flattener.pictures.push(std::mem::take(&mut sheet.pictures));
    }
    if announced_pages(doc) > ids.len() {
        return Err(BROKEN);
    }
    Ok((document(sheet, flattener.fonts), flattener.pictures))
}

/// The number of pages that the document says it has.
fn announced_pages(doc: &Document) -> usize {
    let tree = doc.catalog().ok().and_then(|c| resolve(doc, c.get(b"Pages").ok()?)?.as_dict().ok());
    let count = tree.and_then(|t| number(resolve(doc, t.get(b"Count").ok()?)?));
    count.map_or(0, |n| n.max(0.0) as usize)
}

/// One page with all fonts.
fn document(sheet: Sheet, fonts: Fonts) -> Document {
    let mut doc = Document::new();
    let named = fonts.mended.into_iter().enumerate().map(|(i, font)| (font_name(i), Object::Dictionary(font)));
    let resources = entries([("Font", Object::Dictionary(named.collect()))]);
    let content = doc.add_object(Stream::new(Dictionary::new(), sheet.out));
    let page = doc.add_object(entries([
        ("Type", Object::from("Page")),
        ("MediaBox", Object::Array([0, 0, 612, 792].map(Object::from).to_vec())),
        ("Resources", Object::Dictionary(resources)),
        ("Contents", Object::Reference(content)),
    ]));
    let kids = Object::Array(vec![Object::Reference(page)]);
    let tree = doc.add_object(entries([("Type", Object::from("Pages")), ("Kids", kids)]));
    let catalog = doc.add_object(entries([("Type", Object::from("Catalog")), ("Pages", Object::Reference(tree))]));
    doc.trailer.set("Root", catalog);
    doc
}

/// An entry of a page or of the nodes above it.
fn inherited<'a>(doc: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..MAX_TREE_DEPTH {
        if let Some(found) = node.get(key).ok().and_then(|o| resolve(doc, o)) {
            return Some(found);
        }
        node = resolve(doc, node.get(b"Parent").ok()?)?.as_dict().ok()?;
    }
    None
}

/// Fonts met so far, known by where their dictionaries lie in memory.
#[derive(Default)]
struct Fonts {
    known: HashMap<usize, usize>,
    mended: Vec<Dictionary>,
}

/// The new content while it is written.
#[derive(Default)]
struct Sheet {
    out: Vec<u8>,
    /// Whether a font is set.
    font_set: bool,
    /// Bytes shown so far.
    shown: usize,
    /// Pictures on this page so far.
    pictures: usize,
}

fn font_name(index: usize) -> Vec<u8> {
    format!("F{index}").into_bytes()
}

struct Flattener<'a> {
    doc: &'a Document,
    fonts: Fonts,
    content: usize,
    forms: usize,
    open_forms: Vec<usize>,
    pictures: Vec<usize>,
}

impl<'a> Flattener<'a> {
    fn page_content(&mut self, page: &Dictionary) -> Result<Vec<u8>, InputError> {
        let mut out = Vec::new();
        let Ok(contents) = page.get(b"Contents") else { return Ok(out) };
        let parts = match resolve(self.doc, contents) {
            Some(Object::Array(parts)) => parts.as_slice(),
            _ => std::slice::from_ref(contents),
        };
        for part in parts {
            match resolve(self.doc, part) {
                Some(Object::Stream(stream)) => out.extend(self.unpacked(stream)?),
                Some(Object::Null) => {}
                _ => return Err(BROKEN),
            }
            out.push(b'\n');
        }
        Ok(out)
    }

    fn unpacked(&mut self, stream: &Stream) -> Result<Vec<u8>, InputError> {
        // the library leaves a stream empty when it cannot tell its length
        let length = stream.dict.get(b"Length").ok().and_then(|n| number(resolve(self.doc, n)?));
        if stream.content.is_empty() && length != Some(0.0) {
            return Err(BROKEN);
        }
        let content = unpacked(stream)?;
        self.content += content.len();
        if self.content > MAX_CONTENT {
            return Err(InputError::PdfTooComplex { what: "more than 32 MB of page content" });
        }
        Ok(content)
    }

    /// Follows one content stream.
    fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>, sheet: &mut Sheet) -> Result<(), InputError> {
        // the states that are saved, each with whether a font was set
        let mut saved = Vec::new();
        let mut ignored = 0;
        sheet.save(&mut saved);
        let mut in_text = false;
        let mut reader = Reader::new(content);
        let mut operands = Vec::new();
        while let Some(operator) = reader.next(&mut operands) {
            match operator {
                b"BT" | b"ET" => {
                    in_text = operator == b"BT";
                    sheet.operator(operator);
                }
                b"T*" => sheet.operator(operator),
                b"q" if saved.len() >= MAX_STATES => ignored += 1,
                b"Q" if ignored > 0 => ignored -= 1,
                b"q" => sheet.save(&mut saved),
                // the first state is that of the caller
                b"Q" if saved.len() > 1 => sheet.restore(&mut saved),
                b"cm" | b"Tm" => sheet.numbers(6, &operands, operator),
                b"Td" | b"TD" => sheet.numbers(2, &operands, operator),
                b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" => sheet.numbers(1, &operands, operator),
                b"Tf" => {
                    if let [Operand::Name(font), Operand::Number(size)] = operands.as_slice() {
                        let index = self.font(resources, font)?;
                        sheet.font(index, *size);
                    }
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    if !sheet.font_set {
                        let index = self.font(None, b"")?;
                        sheet.font(index, 12.0);
                    }
                    sheet.show(operator, &operands);
                    if sheet.shown > MAX_SHOWN {
                        return Err(InputError::PdfTooComplex { what: "more than 2 million characters" });
                    }
                }
                b"Do" => {
                    if let [Operand::Name(object)] = operands.as_slice() {
                        self.object(resources, object, sheet)?;
                    }
                }
                b"BI" => sheet.pictures += 1,
                _ => {}
            }
        }
        while !saved.is_empty() {
            sheet.restore(&mut saved);
        }
        if reader.cut || in_text { Err(BROKEN) } else { Ok(()) }
    }

    /// A picture is counted, a form is opened.
    fn object(
        &mut self,
        resources: Option<&'a Dictionary>,
        object: &[u8],
        sheet: &mut Sheet,
    ) -> Result<(), InputError> {
        let doc = self.doc;
        let objects = resources.and_then(|r| resolve(doc, r.get(b"XObject").ok()?)?.as_dict().ok());
        let found = objects.and_then(|o| o.get(object).ok()).and_then(|o| resolve(doc, o));
        let Some(Object::Stream(stream)) = found else { return Ok(()) };
        match stream.dict.get(b"Subtype") {
            Ok(Object::Name(kind)) if kind == b"Image" => sheet.pictures += 1,
            Ok(Object::Name(kind)) if kind == b"Form" => {
                let key = std::ptr::from_ref(stream) as usize;
                // a form that holds itself has no more to show
                if self.open_forms.contains(&key) {
                    return Ok(());
                }
                self.forms += 1;
                if self.open_forms.len() >= MAX_FORM_DEPTH || self.forms > MAX_FORMS {
                    return Err(InputError::PdfTooComplex { what: "forms within forms without end" });
                }
                let own =
                    stream.dict.get(b"Resources").ok().and_then(|r| resolve(doc, r)).and_then(|r| r.as_dict().ok());
                let content = self.unpacked(stream)?;
                let mut saved = Vec::new();
                sheet.save(&mut saved);
                if let Some(Object::Array(matrix)) = stream.dict.get(b"Matrix").ok().and_then(|m| resolve(doc, m)) {
                    let matrix: Vec<Operand> = matrix.iter().filter_map(|n| number(n).map(Operand::Number)).collect();
                    sheet.numbers(6, &matrix, b"cm");
                }
                self.open_forms.push(key);
                self.run(&content, own.or(resources), sheet)?;
                self.open_forms.pop();
                sheet.restore(&mut saved);
            }
            _ => {}
        }
        Ok(())
    }

    /// The number of the font that the resources have under a name.
    fn font(&mut self, resources: Option<&Dictionary>, font: &[u8]) -> Result<usize, InputError> {
        let fonts = resources.and_then(|r| resolve(self.doc, r.get(b"Font").ok()?)?.as_dict().ok());
        let found = fonts.and_then(|f| resolve(self.doc, f.get(font).ok()?)?.as_dict().ok());
        let key = found.map_or(0, |dict| std::ptr::from_ref(dict) as usize);
        if let Some(index) = self.fonts.known.get(&key) {
            return Ok(*index);
        }
        let index = self.fonts.mended.len();
        if index >= MAX_FONTS {
            return Err(InputError::PdfTooComplex { what: "more than 2000 fonts" });
        }
        self.fonts.known.insert(key, index);
        self.fonts.mended.push(found.map_or_else(fonts::fallback, |dict| fonts::mended(self.doc, dict)));
        Ok(index)
    }
}

impl Sheet {
    fn operator(&mut self, operator: &[u8]) {
        self.out.extend_from_slice(operator);
        self.out.push(b'\n');
    }

    fn save(&mut self, saved: &mut Vec<bool>) {
        saved.push(self.font_set);
        self.operator(b"q");
    }

    fn restore(&mut self, saved: &mut Vec<bool>) {
        if let Some(font_set) = saved.pop() {
            self.font_set = font_set;
            self.operator(b"Q");
        }
    }

    fn number(&mut self, n: f64) {
        // writing to a vector cannot fail
        let _ = if n.fract() == 0.0 { write!(self.out, "{} ", n as i64) } else { write!(self.out, "{} ", n as f32) };
    }

    /// An operator of so many numbers, left out if its operands are not such.
    fn numbers(&mut self, count: usize, operands: &[Operand], operator: &[u8]) {
        let all_numbers = operands.iter().all(|o| matches!(o, Operand::Number(_)));
        if operands.len() != count || !all_numbers {
            return;
        }
        self.items(operands);
        self.operator(operator);
    }

    fn font(&mut self, index: usize, size: f64) {
        self.font_set = true;
        self.out.push(b'/');
        self.out.extend(font_name(index));
        self.out.push(b' ');
        self.number(size);
        self.operator(b"Tf");
    }

    fn show(&mut self, operator: &[u8], operands: &[Operand]) {
        match (operator, operands) {
            (b"Tj", [Operand::String(_)]) => {}
            (b"'", [Operand::String(_)]) => self.operator(b"T*"),
            (b"\"", [words, characters, Operand::String(_)]) => {
                self.numbers(1, std::slice::from_ref(words), b"Tw");
                self.numbers(1, std::slice::from_ref(characters), b"Tc");
                self.operator(b"T*");
            }
            (b"TJ", [Operand::Array(items)]) => {
                return self.kerned(items);
            }
            _ => return,
        }
        self.items(&operands[operands.len() - 1..]);
        self.operator(b"Tj");
    }

    fn items(&mut self, items: &[Operand]) {
        for item in items {
            match item {
                Operand::Number(n) => self.number(*n),
                Operand::String(text) => self.string(text),
                _ => {}
            }
        }
    }

    /// Strings with kerning between them. Small steps are saved up, for the library takes long over many short strings.
    fn kerned(&mut self, items: &[Operand]) {
        const SMALL: f64 = 80.0;
        let mut step = 0.0;
        let mut open = false;
        self.out.push(b'[');
        for item in items {
            match item {
                Operand::Number(n) => step += n,
                Operand::String(text) => {
                    if step.abs() >= SMALL {
                        if std::mem::take(&mut open) {
                            self.out.push(b')');
                        }
                        self.number(std::mem::take(&mut step));
                    }
                    if !std::mem::replace(&mut open, true) {
                        self.out.push(b'(');
                    }
                    self.characters(text);
                }
                _ => {}
            }
        }
        if open {
            self.out.push(b')');
        }
        self.number(step);
        self.out.push(b']');
        self.operator(b"TJ");
    }

    fn string(&mut self, text: &[u8]) {
        self.out.push(b'(');
        self.characters(text);
        self.out.push(b')');
    }

    fn characters(&mut self, text: &[u8]) {
        self.shown += text.len();
        for byte in text {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend([b'\\', *byte]),
                b'\r' => self.out.extend(b"\\r"),
                b'\n' => self.out.extend(b"\\n"),
                other => self.out.push(*other),
            }
        }
    }
}
