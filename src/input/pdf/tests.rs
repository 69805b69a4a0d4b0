//! Tests of PDFs made here by hand, and of the published letters where these are at hand.

use super::*;
use crate::input::{Container, InputError, read};
use crate::source::Units;
use std::path::Path as FilePath;

const FONT: &str = "<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>";

/// A stream object.
fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A file of objects numbered from 1, the first of which is the catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_string();
    let mut table = String::new();
    for (i, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out += &format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n");
    out += &format!("startxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

/// A file with a page for each content; the font is object 3, further objects follow the font.
fn pages(contents: &[&str], font: &str, further: &[String], resources: &str) -> Vec<u8> {
    let first = 4 + further.len();
    let kids: String = (0..contents.len()).map(|i| format!("{} 0 R ", first + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>{resources}>>>>",
            contents.len()
        ),
        font.to_string(),
    ];
    objects.extend_from_slice(further);
    for (i, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", first + 2 * i + 1));
        objects.push(stream("", content));
    }
    file(&objects, "")
}

fn one_page(content: &str) -> Vec<u8> {
    pages(&[content], FONT, &[], "")
}

fn text(bytes: &[u8]) -> String {
    read("x", bytes).unwrap().source.text
}

fn error(bytes: &[u8]) -> InputError {
    read("x", bytes).unwrap_err()
}

#[test]
fn pages_come_out_line_by_line_with_their_starts() {
    let first = "BT /F1 11 Tf 14 TL 50 700 Td (Claims of the first page) Tj T* (Norco 10/325mg, #120\\)) Tj ET";
    let second = "BT /F1 11 Tf 1 0 0 1 50 700 Tm (90\\260 \\223flexion\\224 \\226 \\275 tablet) Tj ET";
    let read = read("letter", &pages(&[first, second], FONT, &[], "")).unwrap();
    assert_eq!(read.container, Container::Pdf);
    assert_eq!(read.source.text, "Claims of the first page\nNorco 10/325mg, #120)\n90° “flexion” – ½ tablet\n");
    assert_eq!(read.source.units, Units::Pages(vec![0, 47]));
    assert!(read.notes.is_empty());
}

#[test]
fn all_operators_that_show_text_are_read() {
    let content = "BT /F1 11 Tf 14 TL 50 700 Td (one) Tj (two) ' 1 0 (three) \" T* \
                   [(fo) 20 (ur)-300(fi) -5 <7665>] TJ ET";
    assert_eq!(text(&one_page(content)), "one\ntwo\nthree\nfour five\n");
}

#[test]
fn a_form_stands_where_it_is_placed() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 0 -28]/Resources<</Font<</F9 3 0 R>>>>",
        "BT /F9 11 Tf (below) Tj ET /X Do",
    );
    let content = "q 1 0 0 1 50 700 cm /X Do Q BT /F1 11 Tf 50 700 Td (above) Tj ET";
    assert_eq!(text(&pages(&[content], FONT, &[form], "/XObject<</X 4 0 R>>")), "above\nbelow\n");
    // a form that shows itself is shown once
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>/Font<</F1 3 0 R>>>>",
        "BT /F1 11 Tf (once) Tj ET /X Do /X Do",
    );
    assert_eq!(text(&pages(&["/X Do"], FONT, &[form], "/XObject<</X 4 0 R>>")), "once\n");
}

#[test]
fn words_placed_one_by_one_are_parted_although_the_font_has_no_widths() {
    let content = "BT /F1 10 Tf 1 0 0 1 50 700 Tm (functional) Tj 1 0 0 1 97.8 700 Tm (improvement) Tj ET";
    assert_eq!(text(&one_page(content)), "functional improvement\n");
}

#[test]
fn pictures_without_text_are_a_scan() {
    let picture = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/DCTDecode", "(junk) Tj q (");
    let scan = pages(&["/X Do", "/X Do"], FONT, std::slice::from_ref(&picture), "/XObject<</X 4 0 R>>");
    assert_eq!(error(&scan), InputError::PdfScanned { pages: 2 });
    let inline = one_page("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI BT /F1 9 Tf (faxed 01/02/2017) Tj ET");
    assert_eq!(error(&inline), InputError::PdfScanned { pages: 1 });
    let words = "word ".repeat(40);
    let half = format!("BT /F1 11 Tf 50 700 Td ({words}) Tj ET");
    let read = read("x", &pages(&["/X Do", &half], FONT, &[picture], "/XObject<</X 4 0 R>>")).unwrap();
    assert_eq!(read.notes, ["page 1 shows a picture and no text, so what it says was not read"]);
    assert_eq!(read.source.unit(0), Some(2));
}

#[test]
fn pages_without_anything_have_no_text() {
    assert_eq!(error(&one_page("0 0 10 10 re f")), InputError::PdfWithoutText { pages: 1 });
}

#[test]
fn a_password_is_asked_for_by_name() {
    let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_string(), "<</Type/Pages/Kids[]/Count 0>>".to_string()];
    objects.push(format!("<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>"));
    let locked = file(&objects, "/Encrypt 3 0 R/ID[<00><00>]");
    assert_eq!(error(&locked), InputError::PdfNeedsPassword);
    objects[2] = "<</Filter/Adobe.PubSec/V 4>>".to_string();
    assert_eq!(error(&file(&objects, "/Encrypt 3 0 R/ID[<00><00>]")), InputError::PdfEncryption);
}

#[test]
fn damaged_files_are_said_to_be_damaged() {
    let whole = one_page("BT /F1 11 Tf (text) Tj ET");
    for part in [whole.len() / 2, whole.len() - 30, 12] {
        assert!(matches!(error(&whole[..part]), InputError::PdfDamaged { .. }), "{part}");
    }
    // other bytes before and behind do no harm
    let wrapped = [b"HTTP/1.1 200 OK\r\n\r\n", whole.as_slice(), &[b'x'; 4000]].concat();
    assert_eq!(text(&wrapped[..wrapped.len() - 3500]), "text\n");
    assert_eq!(text(&wrapped[19..]), "text\n");
}

#[test]
fn lost_text_is_an_error() {
    let lost = |bytes: &[u8]| assert!(matches!(error(bytes), InputError::PdfTextLost { .. }), "{:?}", error(bytes));
    // codes of glyphs without a table to Unicode
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</W[0 99 500]>>]>>";
    lost(&pages(&["BT /F1 11 Tf <00410042> Tj ET"], font, &[], ""));
    // content that ends too early
    lost(&one_page("BT /F1 11 Tf (one) Tj ET BT (tw"));
    lost(&one_page("BT /F1 11 Tf (one) Tj T* (two) Tj"));
    // a page that is announced and missing, and one without its content
    let whole = String::from_utf8(one_page("BT /F1 11 Tf (one) Tj ET")).unwrap();
    lost(whole.replace("/Count 1/", "/Count 2/").as_bytes());
    lost(whole.replace("/Contents 5 0 R", "/Contents 9 0 R").as_bytes());
    // blanks that are missing, and words in pieces
    lost(&one_page(&format!("BT /F1 1 Tf ({}) Tj ET", "verylongword".repeat(30))));
    lost(&one_page(&format!("BT /F1 1 Tf ({}) Tj ET", "a b c ".repeat(90))));
}

#[test]
fn a_table_to_unicode_is_used_and_cannot_do_harm() {
    let font = "<</Type/Font/Subtype/TrueType/BaseFont/Arial/ToUnicode 4 0 R>>";
    let read = |table: &str| text(&pages(&["BT /F1 11 Tf (Ax) Tj ET"], font, &[stream("", table)], ""));
    assert_eq!(read("1 beginbfchar <41> <FB01> endbfchar"), "fix\n");
    assert_eq!(read("1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange"), "Ax\n");
    assert_eq!(read(&"(".repeat(100_000)), "Ax\n");
}

#[test]
fn wide_fonts_with_ranges_of_widths_keep_their_words_apart() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 4 0 R\
                /DescendantFonts[<</FontDescriptor null/W[0 200 500]>>]>>";
    let table = stream("", "1 beginbfrange <0000> <00FF> <0000> endbfrange");
    let content = "BT /F1 10 Tf 50 700 Td <00610062> Tj 13 0 Td <00630064> Tj ET";
    assert_eq!(text(&pages(&[content], font, &[table], "")), "ab cd\n");
}

#[test]
fn hostile_files_end_soon() {
    let many: String = "3 0 R ".repeat(2000);
    let objects = ["<</Type/Catalog/Pages 2 0 R>>".into(), format!("<</Type/Pages/Kids[{many}]>>"), "<<>>".into()];
    assert!(matches!(error(&file(&objects, "")), InputError::PdfDamaged { .. }));
    let cycle = ["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[2 0 R]/Parent 2 0 R>>".into()];
    assert!(matches!(error(&file(&cycle, "")), InputError::PdfDamaged { .. }));
    // ten forms that each show the next ten times
    let forms: Vec<String> = (0..10)
        .map(|n| {
            let own = format!("/Type/XObject/Subtype/Form/Resources<</XObject<</X {} 0 R>>>>", n + 5);
            stream(&own, &"/X Do ".repeat(10))
        })
        .collect();
    let bomb = pages(&["/X Do"], FONT, &forms, "/XObject<</X 4 0 R>>");
    assert!(matches!(error(&bomb), InputError::PdfTooComplex { .. }));
    // a filter set up for a table of enormous width
    let wide = "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 9999999999>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]>>".into(),
        "<</Type/Page/Contents 4 0 R>>".into(),
        stream(wide, "x"),
    ];
    assert!(matches!(error(&file(&objects, "")), InputError::PdfTooComplex { .. }));
    assert!(matches!(error(&one_page(&"[(".repeat(200_000))), InputError::PdfTextLost { .. }));
}

#[test]
fn a_panic_of_the_library_is_an_error() {
    let result: Result<(), InputError> = quietly(|| panic!("words of a letter"));
    assert!(matches!(result, Err(InputError::PdfDamaged { .. })));
    assert!(!QUIET.get());
}

#[test]
fn damage_of_any_kind_gives_text_or_an_error() {
    let whole = one_page("BT /F1 11 Tf 14 TL 50 700 Td [(the)-250(request)] TJ (was denied) ' ET");
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..2000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next(4) {
            let at = next(bytes.len());
            bytes[at] = b"0123456789/<>[]() RTjQq\0\xff"[next(25)];
        }
        if let Err(error) = read("x", &bytes) {
            assert!(!error.to_string().contains("denied"));
        }
    }
}

/// Words and lines of every published letter are those of the layer that keeps the columns.
#[test]
fn published_letters_come_out_whole() {
    let letters = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../shared/letters");
    let Ok(folder) = std::fs::read_dir(letters.join("pdf")) else { return };
    let lines = |text: &str| -> Vec<String> {
        let folded = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        folded.filter(|line| !line.is_empty()).collect()
    };
    let mut seen = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let read = read(&name, &std::fs::read(&path).unwrap()).unwrap();
        let layout = std::fs::read_to_string(letters.join("layout").join(format!("{name}.txt"))).unwrap();
        assert!(read.notes.is_empty(), "{name}: {:?}", read.notes);
        // not assert_eq: no letter is to be printed
        assert!(lines(&read.source.text) == lines(&layout), "{name} differs from its layout layer");
        let Units::Pages(starts) = &read.source.units else { panic!("{name} has no pages") };
        assert_eq!(starts.len(), layout.matches('\u{c}').count().max(1), "{name}: pages");
        seen += 1;
    }
    assert!(seen > 0, "no letters in the folder");
}
