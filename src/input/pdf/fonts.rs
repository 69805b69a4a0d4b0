//! Fonts in a form that the PDF library takes.
//!
//! Owns the repair of font dictionaries: the library ends with a panic on many that are unusual, misreads some that are
//! usual, and decodes font programs that are not needed. What it needs is the meaning of each code and its width, so a
//! new dictionary is written with these alone. Refuses to know where fonts are used.

use super::{Dictionary, Document, Object, Stream, cmap, entries, number, resolve, unpacked};

const TABLES: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"MacExpertEncoding"];
/// Widths that a font may list.
const MAX_WIDTHS: usize = 1 << 16;

/// The font used when a text names none: any sound one will do.
pub(super) fn fallback() -> Dictionary {
    entries([("Type", name(b"Font")), ("Subtype", name(b"TrueType")), ("BaseFont", name(b"Helvetica"))])
}

/// The same font in the library's terms.
pub(super) fn mended(doc: &Document, font: &Dictionary) -> Dictionary {
    let mut out = match get(doc, font, b"Subtype") {
        Some(Object::Name(kind)) if kind == b"Type0" => composite(doc, font),
        _ => simple(doc, font),
    };
    if let Some(table) = to_unicode(doc, font) {
        out.set("ToUnicode", table);
    }
    out
}

/// A font of one byte a character.
fn simple(doc: &Document, font: &Dictionary) -> Dictionary {
    let base = match get(doc, font, b"BaseFont") {
        Some(Object::Name(base)) => String::from_utf8_lossy(base).into_owned(),
        _ => String::new(),
    };
    let encoding = encoding(doc, font);
    let symbols = matches!(base.as_str(), "Symbol" | "ZapfDingbats") && encoding.is_none();
    let widths = widths(doc, font);
    // with neither widths nor a known name, the library takes every glyph as having no width
    let base = if symbols { base } else { standard_name(&base).to_string() };
    // "TrueType" is where the library falls back to the encoding of Windows instead of failing
    let kind: &[u8] = if symbols { b"Type1" } else { b"TrueType" };
    let mut out = entries([("Type", name(b"Font")), ("Subtype", name(kind)), ("BaseFont", name(base.as_bytes()))]);
    if let Some((first, widths)) = widths {
        out.set("FirstChar", first);
        out.set("LastChar", first + widths.len() as i64 - 1);
        out.set("Widths", widths);
    }
    let descriptor = get(doc, font, b"FontDescriptor").and_then(|d| d.as_dict().ok());
    if let Some(width) = descriptor.and_then(|d| number(get(doc, d, b"MissingWidth")?)) {
        out.set("MissingWidth", Object::Real(width as f32));
    }
    match encoding {
        Some(encoding) => out.set("Encoding", encoding),
        // only the font program knows what the codes mean
        None => {
            let program = descriptor.and_then(|d| get(doc, d, b"FontFile3"));
            if let Some(Object::Stream(program)) = program.filter(|_| font.get(b"ToUnicode").is_err()) {
                let program =
                    Stream::new(entries([("Subtype", name(b"Type1C"))]), unpacked(program).unwrap_or_default());
                out.set("FontDescriptor", entries([("FontFile3", Object::Stream(program))]));
            }
        }
    }
    out
}

fn encoding(doc: &Document, font: &Dictionary) -> Option<Object> {
    match get(doc, font, b"Encoding")? {
        Object::Name(table) if TABLES.contains(&table.as_slice()) => Some(name(table)),
        Object::Name(_) => None,
        Object::Dictionary(dict) => {
            let mut out = Dictionary::new();
            match get(doc, dict, b"BaseEncoding") {
                Some(Object::Name(table)) if TABLES.contains(&table.as_slice()) => out.set("BaseEncoding", name(table)),
                _ => out.set("BaseEncoding", name(b"WinAnsiEncoding")),
            }
            if let Some(Object::Array(differences)) = get(doc, dict, b"Differences") {
                out.set("Differences", sound_differences(doc, differences));
            }
            Some(Object::Dictionary(out))
        }
        _ => None,
    }
}

/// Codes and glyph names without codes beyond 255 and names that are no words.
fn sound_differences(doc: &Document, differences: &[Object]) -> Vec<Object> {
    let mut out = Vec::new();
    let mut code = 0i64;
    for item in differences.iter().filter_map(|item| resolve(doc, item)) {
        match item {
            Object::Integer(n) => {
                code = *n;
                if (0..=255).contains(&code) {
                    out.push(Object::Integer(code));
                }
            }
            Object::Name(glyph) => {
                if (0..=255).contains(&code) {
                    let glyph: &[u8] = if glyph.is_ascii() { glyph } else { b".notdef" };
                    out.push(name(glyph));
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}

/// First code and widths in thousandths of the font size.
fn widths(doc: &Document, font: &Dictionary) -> Option<(i64, Vec<Object>)> {
    let first = number(get(doc, font, b"FirstChar")?)?.clamp(0.0, 255.0) as i64;
    let listed = get(doc, font, b"Widths")?.as_array().ok()?;
    // a font of drawings has its own scale
    let matrix = get(doc, font, b"FontMatrix").and_then(|m| m.as_array().ok());
    let scale = matrix.and_then(|m| number(resolve(doc, m.first()?)?)).map_or(1.0, |unit| unit.abs() * 1000.0);
    let width = |w| Object::Real((resolve(doc, w).and_then(number).unwrap_or(0.0) * scale) as f32);
    let widths: Vec<Object> = listed.iter().take(256).map(width).collect();
    (!widths.is_empty()).then_some((first, widths))
}

/// The standard font of about the same widths.
fn standard_name(base: &str) -> &'static str {
    let lower = base.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let bold = has(&["bold", "black", "heavy"]);
    if has(&["courier", "mono", "consol", "typewriter"]) {
        "Courier"
    } else if has(&["times", "roman", "serif", "georgia", "garamond", "book", "cambria"]) && !has(&["sans"]) {
        if bold { "Times-Bold" } else { "Times-Roman" }
    } else if bold {
        "Helvetica-Bold"
    } else {
        "Helvetica"
    }
}

/// A font of several bytes a character. Its codes are taken as two bytes each, as all common programs write them.
fn composite(doc: &Document, font: &Dictionary) -> Dictionary {
    let descendants = get(doc, font, b"DescendantFonts").and_then(|d| d.as_array().ok());
    let inner = descendants.and_then(|d| resolve(doc, d.first()?)?.as_dict().ok());
    let mut child = entries([("FontDescriptor", Object::Dictionary(Dictionary::new()))]);
    if let Some(inner) = inner {
        if let Some(width) = get(doc, inner, b"DW").and_then(number) {
            child.set("DW", width as i64);
        }
        if let Some(Object::Array(listed)) = get(doc, inner, b"W") {
            child.set("W", sound_widths(doc, listed));
        }
    }
    entries([
        ("Type", name(b"Font")),
        ("Subtype", name(b"Type0")),
        ("BaseFont", name(b"Composite")),
        ("Encoding", name(b"Identity-H")),
        ("DescendantFonts", Object::Array(vec![Object::Dictionary(child)])),
    ])
}

/// Widths as lists only: the library misreads the short form "first last width".
fn sound_widths(doc: &Document, listed: &[Object]) -> Vec<Object> {
    let items: Vec<&Object> = listed.iter().filter_map(|item| resolve(doc, item)).collect();
    let mut out = Vec::new();
    let mut room = MAX_WIDTHS;
    let mut rest = items.as_slice();
    while let [Object::Integer(first), next, after @ ..] = rest {
        let widths: Vec<Object> = match next {
            Object::Array(widths) => {
                rest = after;
                let width = |w| Object::Real(resolve(doc, w).and_then(number).unwrap_or(0.0) as f32);
                widths.iter().take(room).map(width).collect()
            }
            Object::Integer(last) => {
                let Some((width, after)) = after.split_first() else { break };
                rest = after;
                let count = last.saturating_sub(*first).saturating_add(1).clamp(0, room as i64) as usize;
                vec![Object::Real(number(width).unwrap_or(0.0) as f32); count]
            }
            _ => break,
        };
        room -= widths.len();
        if (0..1 << 16).contains(first) {
            out.push(Object::Integer(*first));
            out.push(Object::Array(widths));
        }
    }
    out
}

fn to_unicode(doc: &Document, font: &Dictionary) -> Option<Object> {
    let Object::Stream(stream) = get(doc, font, b"ToUnicode")? else { return None };
    let table = cmap::rewritten(&unpacked(stream).ok()?)?;
    Some(Object::Stream(Stream::new(Dictionary::new(), table)))
}

fn get<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(doc, dict.get(key).ok()?)
}

fn name(word: &[u8]) -> Object {
    Object::Name(word.to_vec())
}
