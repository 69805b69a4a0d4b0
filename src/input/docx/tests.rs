//! Word documents made by hand, good and bad ones.

use super::*;
use crate::source::Source;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

/// A package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &document(body))])
}

fn text(body: &str) -> String {
    read(&docx(body)).unwrap().text
}

/// A paragraph with one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn cell(inner: &str) -> String {
    format!("<w:tc><w:tcPr/>{inner}</w:tc>")
}

fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>())
}

#[test]
fn paragraphs_are_lines_and_are_numbered() {
    let body = [p("First &amp; last."), p(""), p("The <third>".replace('<', "&lt;").as_str()), p("caf&#233;")].concat();
    let found = read(&docx(&body)).unwrap();
    assert_eq!(found.text, "First & last.\n\nThe <third>\ncafé\n");
    let source = Source::with_units("x", found.text, crate::source::Units::Paragraphs(found.paragraphs));
    let unit = |word: &str| source.unit(source.text.find(word).unwrap() as u32);
    assert_eq!((unit("First"), unit("third"), unit("caf")), (Some(1), Some(3), Some(4)));
}

#[test]
fn signs_that_are_elements_become_characters() {
    let run = "<w:p><w:r><w:t>Case Number:</w:t><w:tab/><w:t>x</w:t><w:noBreakHyphen/><w:t>ray</w:t><w:br/>\
               <w:t>so</w:t><w:softHyphen/><w:t>\u{ad}ma</w:t><w:cr/><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/>\
               <w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:t xml:space=\"preserve\"> 5</w:t><w:t> 6 </w:t></w:r></w:p>";
    assert_eq!(text(run), "Case Number:\tx-ray\nsoma\n≥✓ 56\n");
    let tabs = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    assert_eq!(text(tabs), "a\n", "a tab stop is no tab");
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t>is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>medically </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>\
                <w:moveTo><w:r><w:t>necessary</w:t></w:r></w:moveTo></w:p>"
        .replace("<w:t>", "<w:t xml:space=\"preserve\">");
    assert_eq!(text(&body), "is medically necessary\n");
    let joined = format!(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>Lyrica 75mg</w:t></w:r></w:p>{}{}",
        p(": Upheld"),
        p("next")
    );
    let found = read(&docx(&joined)).unwrap();
    assert_eq!((found.text.as_str(), found.paragraphs), ("Lyrica 75mg: Upheld\nnext\n", vec![0, 20]));
    let table = format!(
        "<w:tbl><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>{}</w:tbl>",
        cell(&p("deleted row")),
        row(&[&p("kept")])
    );
    assert_eq!(text(&table), "kept\n");
    let before = "<w:p><w:pPr><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr></w:p>";
    assert_eq!(text(&[before, &p("a")].concat()), "\na\n", "what a property was is not what it is");
}

#[test]
fn fields_show_their_results() {
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF 1 </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>X</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>inner</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>shown</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>, after</w:t></w:r></w:p>";
    assert_eq!(text(field), "shown, after\n");
    let simple = "<w:p><w:fldSimple w:instr=\"DATE\"><w:r><w:t>1/2/2017</w:t></w:r></w:fldSimple>\
                  <w:hyperlink><w:r><w:t>, linked</w:t></w:r></w:hyperlink></w:p>";
    assert_eq!(text(simple), "1/2/2017, linked\n");
    let endless = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>";
    let error = read(&docx(&[endless, &p("lost")].concat())).unwrap_err();
    assert_eq!(error.code(), "word-damaged", "text is never lost in silence");
}

#[test]
fn text_boxes_come_once_behind_their_paragraph() {
    let boxed = "<w:p><w:r><w:t>anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
                 <w:txbxContent>BOX</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>BOX\
                 </w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> goes on</w:t></w:r></w:p>"
        .replace("BOX", &p("in the box"))
        .replace("<w:t>", "<w:t xml:space=\"preserve\">");
    assert_eq!(text(&boxed), "anchor goes on\nin the box\n");
}

#[test]
fn hidden_text_and_what_stands_outside_the_body_are_left_out() {
    let body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>\
                <w:t>seen</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let parts = [("word/document.xml", document(body)), ("word/header1.xml", document(&p("header")))];
    let found = read(&package(&parts.each_ref().map(|(n, t)| (*n, t.as_str())))).unwrap();
    assert_eq!(found.text, "seen\n");
    assert_eq!(found.notes.len(), 1, "a footnote is told: {:?}", found.notes);
}

#[test]
fn tables_are_read_across() {
    let head = [&p("Case Number:"), &p("Date of Injury:")].map(String::as_str).concat();
    let values = [&p("CM00-1"), &p("01/02/2014")].map(String::as_str).concat();
    let table = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/>{}{}{}</w:tbl>",
        row(&[&head, &values]),
        row(&[&p("a"), &p(""), &p("b")]),
        row(&[&p("one"), &[p("two"), p("three")].concat()])
    );
    let found = read(&docx(&[table, p("after")].concat())).unwrap();
    assert_eq!(found.text, "Case Number:    CM00-1\nDate of Injury:    01/02/2014\na    b\none\ntwo\nthree\nafter\n");
    assert_eq!(found.paragraphs.len(), 10);
    let starts: Vec<&str> = found.paragraphs.iter().map(|at| &found.text[*at as usize..][..1]).collect();
    assert_eq!(starts.concat(), "CCD0abotta");
}

#[test]
fn lists_show_their_numbers() {
    let numbering = format!(
        "<w:numbering {NAMES}><w:abstractNum w:abstractNumId=\"7\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1%2)\"/></w:lvl>\
         <w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/>\
         </w:lvlOverride></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {NAMES}><w:style w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId=\"Item\"><w:basedOn w:val=\"Base\"/></w:style></w:styles>"
    );
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"Item\"/></w:pPr><w:r><w:t>styled</w:t></w:r></w:p>".to_string();
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(1, 2, "d"),
        item(1, 0, "e"),
        item(1, 1, "f"),
        styled,
        item(2, 0, "g"),
        item(0, 0, "h"),
        item(9, 0, "i"),
    ];
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Type=\"http://x/numbering\" Target=\"numbering.xml\"/>\
        <Relationship Type=\"http://x/styles\" Target=\"/word/styles.xml\"/>\
        <Relationship Type=\"http://x/attachedTemplate\" TargetMode=\"External\" Target=\"file:///etc/passwd\"/></Relationships>";
    let found = read(&package(&[
        ("word/document.xml", &document(&body.concat())),
        ("word/_rels/document.xml.rels", relations),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", &styles),
    ]));
    assert_eq!(found.unwrap().text, "1. a\n1a) b\n1b) c\n• d\n2. e\n2a) f\n3. styled\n5. g\nh\ni\n");
}

#[test]
fn the_main_part_is_where_the_package_says() {
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Type=\"http://x/officeDocument\" Target=\"word/document2.xml\"/></Relationships>";
    let found = read(&package(&[("_rels/.rels", relations), ("word/document2.xml", &document(&p("here")))]));
    assert_eq!(found.unwrap().text, "here\n");
    let own_prefix = document(&p("a")).replace("xmlns:w", "xmlns:ns0").replace("w:", "ns0:");
    assert_eq!(read(&package(&[("word/document.xml", &own_prefix)])).unwrap().text, "a\n");
}

#[test]
fn bad_documents_are_told() {
    let deep = |n: usize| "<w:sdt>".repeat(n) + &"</w:sdt>".repeat(n);
    let cases: [(&str, Vec<u8>); 11] = [
        ("word-without-text", docx("")),
        ("word-without-text", docx(&p(" "))),
        ("word-damaged", package(&[("word/other.xml", "x")])),
        ("word-damaged", package(&[("word/document.xml", "<w:document><w:body>")])),
        ("word-damaged", package(&[("word/document.xml", "<a></b>")])),
        ("word-damaged", docx(&p("&unknown;"))),
        (
            "word-damaged",
            package(&[(
                "word/document.xml",
                &format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", document(&p("&x;"))),
            )]),
        ),
        ("word-damaged", docx(&p("cut"))[..200].to_vec()),
        ("word-damaged", b"PK\x03\x04 word/document.xml".to_vec()),
        ("word-too-complex", docx(&deep(1000))),
        ("word-too-complex", docx(&"<w:p/>".repeat(MAX_LINES_TESTED))),
    ];
    for (code, bytes) in cases {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    assert!(read(&docx(&[deep(50), p("a")].concat())).is_ok());
}

const MAX_LINES_TESTED: usize = 100_001;

#[test]
fn bombs_are_refused() {
    // a part of blanks packs a thousandfold
    for length in [2 << 20, 40 << 20] {
        let bomb = docx(&p(&" ".repeat(length)));
        assert!(bomb.len() < 100 << 10);
        assert_eq!(read(&bomb).unwrap_err().code(), "word-too-complex");
        // one that declares a small size is unpacked no further than the limit
        let declared = (length as u32 + document(&p("")).len() as u32).to_le_bytes();
        let lying: Vec<u8> = replaced(&bomb, &declared, &100u32.to_le_bytes());
        assert!(lying != bomb && matches!(read(&lying).unwrap_err().code(), "word-too-complex" | "word-damaged"));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..MAX_ENTRIES + 1 {
        zip.start_file(format!("word/document{n}"), SimpleFileOptions::default()).unwrap();
    }
    let many = zip.finish().unwrap().into_inner();
    assert_eq!(read(&many).unwrap_err().code(), "word-too-complex");
}

/// The bytes with every occurrence of some replaced.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for at in 0..=bytes.len() - from.len() {
        if &bytes[at..at + from.len()] == from {
            out[at..at + to.len()].copy_from_slice(to);
        }
    }
    out
}

#[test]
fn no_damage_makes_it_panic() {
    let good = docx(&[p("Lyrica 75mg #60: Upheld"), format!("<w:tbl>{}</w:tbl>", row(&[&p("a"), &p("b")]))].concat());
    for at in 0..good.len() {
        let _ = read(&good[..at]);
        let mut bad = good.clone();
        bad[at] ^= 0x41;
        let _ = read(&bad);
    }
    // damage behind the packing: the XML itself
    let good = document(&[p("Lyrica: Upheld"), format!("<w:tbl>{}</w:tbl>", row(&[&p("a"), &p("b")]))].concat());
    for at in (0..good.len()).filter(|at| good.is_char_boundary(*at)) {
        let _ = read(&package(&[("word/document.xml", &good[..at])]));
        for c in ["<", ">", "/", "\"", "&"] {
            let mut bad = good.clone();
            bad.replace_range(at..at + 1, c);
            let _ = read(&package(&[("word/document.xml", &bad)]));
        }
    }
}
