//! What fuzzing begins with: the project's own letters, rules and files, cut and packed as each target reads them.

use super::files::{BETWEEN_OBJECTS, BETWEEN_PARTS, docx, measured, pdf, pdf_of};
use super::project::{LEXICON, RULE};
use super::{BOOK, LETTER};
use imrlint::builtin;
use imrlint::rulebook::load_book;
use imrlint::trial;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Seeds of a target; `root` is the package's folder. The long ones come last.
pub fn of(target: &str, root: &Path) -> Vec<Vec<u8>> {
    let bytes = |texts: Vec<String>| texts.into_iter().map(String::into_bytes).collect();
    match target {
        "letter" => bytes(trial_letters(6).into_iter().chain(letters(root)).collect()),
        "header" => bytes(heads(root)),
        "citation" => bytes(lines(root, |l| l.contains("uideline") && l.contains(':'))),
        "amount" => bytes(lines(root, |l| l.contains(|c: char| c.is_ascii_digit()))),
        "request" => bytes(lines(root, |l| l.ends_with(": Upheld") || l.ends_with(": Overturned"))),
        "rule" => bytes([RULE.to_string()].into_iter().chain(texts(root, "tests/own-rules", "yaml")).collect()),
        "lexicon" => bytes(lexicons()),
        "config" => CONFIGS.iter().map(|c| c.as_bytes().to_vec()).collect(),
        "accepted" => ACCEPTED.iter().map(|c| c.as_bytes().to_vec()).collect(),
        "record" => RECORDS.iter().map(|c| c.as_bytes().to_vec()).collect(),
        "text" => encodings(),
        "pdf" => {
            let measured = |objects: &Vec<Vec<u8>>| objects.iter().map(|o| measured(o)).collect::<Vec<_>>();
            pdf_objects().iter().map(|o| pdf_of(&measured(o))).chain([pdf(LETTER)]).collect()
        }
        "pdf-objects" => pdf_objects().iter().map(|o| o.join(BETWEEN_OBJECTS)).collect(),
        "docx" => documents().iter().map(|d| docx(&d.iter().map(String::as_bytes).collect::<Vec<_>>())).collect(),
        "docx-parts" => {
            let between = std::str::from_utf8(BETWEEN_PARTS).expect("it is ASCII");
            documents().iter().map(|d| d.join(between).into_bytes()).collect()
        }
        other => panic!("there is no target {other}"),
    }
}

/// Words that a fuzzer may put in: of the form of letters, of the lexicon, of YAML files.
pub fn words(target: &str, root: &Path) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = match target {
        "rule" | "lexicon" | "config" | "accepted" => {
            let files = [RULE, LEXICON].into_iter().map(str::to_string).chain(texts(root, "tests/own-rules", "yaml"));
            let files: String = files.chain(CONFIGS.iter().chain(ACCEPTED).map(|t| t.to_string())).collect();
            words_of(&files)
        }
        "letter" | "header" | "citation" | "amount" | "request" => {
            let lexicon = &BOOK.lexicon;
            let drugs = lexicon.drugs.iter().step_by(9).map(|d| d.generic.clone());
            let guidelines = lexicon.guidelines.iter().map(|g| g.title.clone());
            drugs.chain(guidelines).chain(words_of(LETTER)).chain(FORM.iter().map(|w| w.to_string())).collect()
        }
        _ => BTreeSet::new(),
    };
    if target.starts_with("pdf") {
        all.extend(pdf_objects().concat().iter().flat_map(|o| words_of(&String::from_utf8_lossy(o))));
    } else if target.starts_with("docx") {
        all.extend(documents().concat().iter().flat_map(|p| words_of(p)));
    }
    all.retain(|w| (2..60).contains(&w.len()));
    all
}

fn words_of(text: &str) -> BTreeSet<String> {
    text.split(|c: char| c.is_whitespace() || "[]{}(),\"<>".contains(c)).map(str::to_string).collect()
}

const FORM: &[&str] = &[
    ": Upheld\n",
    ": Overturned\n",
    ": Modified\n",
    "Decision rationale: ",
    "MAXIMUS guideline: ",
    "Page(s): ",
    "Claims Administrator guideline: ",
    "Expert Reviewer guideline: ",
    "Section(s): ",
    "Non-MTUS Citation",
    "CM16-0123456",
    "times a week for",
    "12 sessions",
    "10/325 mg",
    "#90",
    "refills",
    "L4-5",
    "10/22/2016",
    "weeks",
    "\u{c}",
    "\r\n",
    "\u{a0}",
    "\u{2013}",
    "\u{201c}",
    "\u{feff}",
    "\u{ad}",
];

fn texts(root: &Path, folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(root.join(folder)).expect("a folder of the package");
    let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == ending));
    paths.sort();
    paths.iter().map(|p| fs::read_to_string(p).expect("a text of the package")).collect()
}

fn letters(root: &Path) -> Vec<String> {
    texts(root, "tests/letters", "txt").into_iter().chain([LETTER.to_string()]).collect()
}

/// Letters of the tests that stand inside the shipped rules: every so many.
fn trial_letters(every: usize) -> Vec<String> {
    let book = load_book(&builtin::files());
    let trials = book.rules.iter().flat_map(|r| &r.trials);
    trials.step_by(every).map(|t| trial::letter_text(t, None)).collect()
}

fn heads(root: &Path) -> Vec<String> {
    let head = |text: String| text.split("HOW THE IMR").next().unwrap_or_default().to_string();
    letters(root).into_iter().map(head).filter(|h| !h.trim().is_empty()).collect()
}

fn lines(root: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let letters = letters(root);
    let lines: BTreeSet<&str> = letters.iter().flat_map(|l| l.lines()).map(str::trim).filter(|l| wanted(l)).collect();
    lines.into_iter().map(str::to_string).collect()
}

/// The small lexicon, key by key and whole, and shipped files of less than two KB.
fn lexicons() -> Vec<String> {
    let starts = LEXICON.match_indices('\n').map(|(n, _)| n + 1);
    let mut keys: Vec<usize> =
        starts.filter(|n| LEXICON[*n..].starts_with(|c: char| c.is_ascii_lowercase())).chain([LEXICON.len()]).collect();
    keys.dedup();
    let parts = keys.windows(2).map(|w| LEXICON[w[0]..w[1]].to_string());
    let shipped = builtin::files().into_iter().filter(|f| f.path.contains("lexicon/") && f.text.len() < 2000);
    parts.chain([LEXICON.to_string()]).chain(shipped.map(|f| f.text.to_string())).collect()
}

const CONFIGS: &[&str] = &[
    "rules: [my-rules, ../others]\nprofile: ci\naccepted: accepted.yaml\nexclude: [\"drafts/**\", \"*.tmp\"]\n",
    "select: [citation]\nextend-select: [esi-levels]\nignore: [form, opioids]\nseverity: { esi-levels: info, form: off }\n",
    "preview: true\nminimum-confidence: medium\nshow: info\nfail-on: never\nas-of: \"2015-06-30\"\n",
    "# paths\npaths:\n  - match: \"2014/**\"\n    ignore: [citation-superseded]\n  - match: [a.txt, \"b/[0-9]*.{pdf,docx}\"]\n    fail-on: error\n",
];

const ACCEPTED: &[&str] = &[
    "# head\n\n- rule: esi-levels\n  letter: \"letter\"\n  decision: 1\n  fingerprint: v1:0123456789abcdef-01234567\n",
    "- rule: form\n  letter: CM15-0000001\n  fingerprint: v1:0123456789abcdef-01234567-2\n  reason: known\n  by: A. Reader\n  until: 2030-01-31\n\n# below\n- rule: x\n  letter: \"\\U000000E9\"\n  fingerprint: v1:0000000000000000-00000000\n",
    "[]\n",
];

const RECORDS: &[&str] = &[
    "{\"id\": \"1\", \"text\": \"CLINICAL CASE SUMMARY\\nA man.\"}\n{\"id\": \"2\", \"text\": \"\\u00e9\\ud83d\\ude00\"}\n",
    "\n{\"text\": 1}\r\nnot json\n{\"id\": \"3\", \"text\": \"x\", \"more\": [[[{}]]]}",
];

fn encodings() -> Vec<Vec<u8>> {
    let utf16 = |order: fn(u16) -> [u8; 2]| LETTER[..600].encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let latin = b"The patient\x92s caf\xe9 \x96 80\xb0 \x93flexion\x94: Upheld\r\n".to_vec();
    let le = utf16(u16::to_le_bytes);
    vec![
        LETTER.as_bytes().to_vec(),
        [b"\xff\xfe".to_vec(), le.clone()].concat(),
        [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(),
        le,
        latin,
        [b"\xef\xbb\xbf".to_vec(), LETTER.as_bytes()[..200].to_vec()].concat(),
        [LETTER.as_bytes()[..300].to_vec(), b"\xc3 \xe2\x80 ".to_vec(), "\u{e9}".repeat(12).into_bytes()].concat(),
        b"{\\rtf1 x}".to_vec(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c".to_vec(),
    ]
}

/// Objects of PDFs: the first is the catalogue; `/Length @` is the length of the object's stream.
fn pdf_objects() -> Vec<Vec<Vec<u8>>> {
    let stream = |dictionary: &str, content: &str| format!("<<{dictionary}/Length @>>stream\n{content}\nendstream");
    let font = "<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>".to_string();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>";
    let of = |font: &str, content: &str, more: &[String]| {
        let pages = "<</Type/Pages/Kids[4 0 R]/Count 1>>".to_string();
        let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_string();
        let first = [catalogue, pages, font.to_string(), page.to_string(), stream("", content)];
        first.iter().chain(more).map(|o| o.clone().into_bytes()).collect::<Vec<_>>()
    };
    let words =
        "BT /F1 11 Tf 14 TL 50 700 Td (The request was denied on review) Tj T* [(fo) 20 (ur)-300(fi) -5 <7665>] TJ ET";
    let all = "q 1 0 0 1 50 700 cm /X Do Q BT /F1 11 Tf 1 0 0 1 50 700 Tm 2 Tc 3 Tw 90 Tz 1 Ts 14 TL (one two) ' 1 0 (three four) \" \
               ET 0 0 9 9 re S BI /W 1 /H 1 /BPC 8 /CS /G ID x EI";
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 0 -28]/Resources<</Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>",
        "BT /F1 11 Tf (below the line of words) Tj ET /X Do",
    );
    let map = stream(
        "",
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
         2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar 1 beginbfrange <0003> <0009> <0061> endbfrange \
         1 beginbfrange <0010> <0011> [<0062> <D83DDE00>] endbfrange endcmap",
    );
    let wide = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Type/Font\
                /Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500\
                /W[1[400 500]3 9 600]/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 4>>>>]>>";
    let differing = "<</Type/Font/Subtype/Type1/BaseFont/Times/FirstChar 65/LastChar 67/Widths[600 500 400]/Encoding<</BaseEncoding\
                     /MacRomanEncoding/Differences[65/quoteright/fi 70/Lslash/uni00E9]>>/ToUnicode 6 0 R>>";
    let image = stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    let hex = stream("/Filter/ASCIIHexDecode", "4254202f46312039205466202878292054 6a204554>");
    vec![
        of(&font, words, &[]),
        of(&font, all, &[form]),
        of(
            wide,
            "BT /F1 9 Tf 50 700 Td <00010002000300040010> Tj 0 -12 Td <0005000600070008> Tj ET",
            std::slice::from_ref(&map),
        ),
        of(differing, "BT /F1 9 Tf 50 700 Td (ABCDEFGH words of it) Tj ET", &[map]),
        of(&font, "/X Do BT /F1 9 Tf 50 700 Td (a picture and some words beside it) Tj ET", &[image]),
        of(&font, "", &[hex])
            .into_iter()
            .map(|o| String::from_utf8_lossy(&o).replace("5 0 R", "6 0 R").into_bytes())
            .collect(),
    ]
}

/// Parts of Word documents.
fn documents() -> Vec<Vec<String>> {
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    let document = |body: &str| {
        format!("<?xml version=\"1.0\"?><w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>")
    };
    let p = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let table = format!(
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("Case Number:"),
        p("CM00-1"),
        p("gone")
    );
    let runs = "<w:p><w:pPr><w:pStyle w:val=\"Item\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>\
                <w:r><w:t>is </w:t><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>\
                <w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>&amp;&#233;</w:t></w:r></w:ins></w:p>";
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF</w:instrText></w:r><w:r>\
                 <w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let boxed = format!(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>{0}\
         </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        p("in a box")
    );
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Type=\"http://x/numbering\" \
                     Target=\"numbering.xml\"/><Relationship Type=\"http://x/styles\" Target=\"/word/styles.xml\"/></Relationships>";
    let numbering = format!(
        "<w:numbering {names}><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
         <w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1%2)\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {names}><w:style w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId=\"Item\"><w:basedOn w:val=\"Base\"/></w:style></w:styles>"
    );
    let main = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Type=\"http://x/officeDocument\" \
                Target=\"word/document.xml\"/></Relationships>";
    vec![
        vec![document(&[p("Norco 10/325mg: Upheld"), table].concat())],
        vec![document(&[runs, field, &boxed].concat()), relations.to_string(), numbering, styles, main.to_string()],
    ]
}
