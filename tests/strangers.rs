//! Files from strangers: PDFs made to take all time or memory end in an error that names the file, within limits.

mod material;
mod program;

use material::root;
use program::{folder, imrlint, imrlint_with, pdf_of};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_imrlint");

fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// Zeros packed a thousandfold, as PDFs pack streams.
fn packed_zeros(length: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("x", zip::write::SimpleFileOptions::default()).expect("it is in memory");
    zip.write_all(&vec![0; length]).expect("it is in memory");
    let bytes = zip.finish().expect("it is in memory").into_inner();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is sound");
    let mut packed = vec![0x78, 0x9c];
    archive.by_index_raw(0).expect("it is there").read_to_end(&mut packed).expect("it is in memory");
    // the checksum of zeros alone
    packed.extend((((length % 65_521) as u32) << 16 | 1).to_be_bytes());
    packed
}

fn packed_stream(dictionary: &str, length: usize) -> Vec<u8> {
    let packed = packed_zeros(length);
    let head = format!("<<{dictionary}/Filter/FlateDecode/Length {}>>stream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}

/// A table of objects for each object, each naming the one before, so that reading follows a long chain.
fn chain_of_tables(length: usize) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut before = None;
    for n in 1..=length {
        let object = out.len();
        out.extend(format!("{n} 0 obj\n<</Type/Catalog/Pages {n} 0 R>>\nendobj\n").bytes());
        let (table, prev) = (out.len(), before.map_or(String::new(), |at| format!("/Prev {at}")));
        let entry = format!("xref\n{n} 1\n{object:010} 00000 n \ntrailer\n<</Size {}/Root 1 0 R{prev}>>\n", n + 1);
        out.extend(entry.bytes());
        before = Some(table);
    }
    out.extend(format!("startxref\n{}\n%%EOF\n", before.unwrap_or(0)).bytes());
    out
}

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_string();
    let objects = |rest: &[String]| pdf_of(&[std::slice::from_ref(&catalogue), rest].concat());
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>".to_string();
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_string();
    let text = "BT /F1 9 Tf (x) Tj ET ".repeat(20);
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R/B 4 0 R>>>>";
    let twice: Vec<String> =
        (0..64).map(|n| stream(&form.replace("4 0 R", &format!("{} 0 R", n + 5)), "/A Do /B Do")).collect();
    let tables = format!(
        "%PDF-1.4\n1 0 obj\n{catalogue}\nendobj\n{}startxref\n60\n%%EOF\n",
        (0..20_000)
            .map(|_| "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Root 1 0 R/Prev 60>>\n")
            .collect::<String>()
    );
    let nested = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    vec![
        ("pages-in-a-ring", objects(&["<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>".into()])),
        ("two-rings", objects(&["<</Type/Pages/Kids[3 0 R]>>".into(), "<</Type/Pages/Kids[2 0 R 3 0 R]>>".into()])),
        ("references-in-a-ring", objects(&["3 0 R".into(), "2 0 R".into()])),
        (
            "huge-count",
            objects(&["<</Type/Pages/Kids[3 0 R]/Count 99999999999>>".into(), page.clone(), stream("", &text)]),
        ),
        ("huge-length", objects(&[pages.clone(), page.clone(), format!("<</Length 999999999999>>stream\n{text}")])),
        ("huge-table", objects(&[stream("/Type/XRef/Size 4000000000/W[8 8 8]", "x"), page.clone()])),
        ("packed-objects", objects(&[stream("/Type/ObjStm/N 999999999/First 999999999/Filter/FlateDecode", "x")])),
        ("twice-and-twice", {
            let all = [
                vec![pages.clone(), page.replace("/Contents", "/Resources<</XObject<</A 5 0 R>>>>/Contents")],
                vec![stream("", "/A Do")],
                twice,
            ]
            .concat();
            objects(&all)
        }),
        (
            "form-in-itself",
            objects(&[
                pages.clone(),
                page.replace("/Contents", "/Resources<</XObject<</A 4 0 R>>>>/Contents"),
                stream(form, "/A Do /B Do"),
            ]),
        ),
        ("tables-in-a-ring", tables.into_bytes()),
        ("nested-arrays", objects(&[format!("<</Type/Pages/Kids {nested}>>")])),
        ("bomb-of-objects", {
            // so small that it is let through, and unpacked by the library
            let bomb = packed_stream("/Type/ObjStm/N 3/First 12", 32 << 20);
            pdf_of(&[catalogue.clone().into_bytes(), pages.clone().into_bytes(), page.clone().into_bytes(), bomb])
        }),
        ("bombs-of-objects", {
            let bombs = (0..200).map(|_| packed_stream("/Type/ObjStm/N 3/First 12", 6 << 20));
            pdf_of(&std::iter::once(catalogue.clone().into_bytes()).chain(bombs).collect::<Vec<_>>())
        }),
        ("bomb-of-a-page", {
            let bomb = packed_stream("", 32 << 20);
            pdf_of(&[catalogue.clone().into_bytes(), pages.clone().into_bytes(), page.clone().into_bytes(), bomb])
        }),
        ("chain-of-tables", chain_of_tables(5_000)),
        ("lone-mark", b"%PDF-1.7".to_vec()),
        ("many-marks", b"%PDF-1.7\n1 0 obj\n<<stream endobj xref ".repeat(50_000)),
    ]
}

#[test]
fn hostile_pdfs_end_in_an_error_that_names_the_file() {
    let folder = folder("strangers-pdf");
    for (name, bytes) in hostile() {
        let file = folder.join(format!("{name}.pdf"));
        fs::write(&file, bytes).expect("a writable folder");
        let start = Instant::now();
        let run = imrlint(&["check", "--no-config", &file.display().to_string()]);
        assert_eq!(run.code, 3, "{name}: {}{}", run.out, run.err);
        assert!(run.err.contains("error[pdf-") && run.err.contains(&format!("{name}.pdf")), "{name}: {}", run.err);
        // the limit of the process is 20 seconds
        assert!(start.elapsed() < Duration::from_secs(60), "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn a_hostile_pdf_leaves_the_letters_beside_it() {
    let folder = folder("strangers-beside");
    let letter = fs::read(root().join("tests/letters/esi-three-levels-approved.txt")).expect("a letter");
    fs::write(folder.join("b.txt"), letter).expect("a writable folder");
    for (name, bytes) in hostile() {
        fs::write(folder.join(format!("{name}.pdf")), bytes).expect("a writable folder");
    }
    let run = imrlint(&["check", "--no-config", "--format", "jsonl", &folder.display().to_string()]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("esi-levels"), "{}", run.err);
    assert_eq!(run.err.matches("error[").count(), hostile().len(), "{}", run.err);
}

#[test]
fn a_pdf_through_the_child_is_read_as_in_process() {
    let text = fs::read_to_string(root().join("tests/letters/esi-three-levels-approved.txt")).expect("a letter");
    let bytes = program::pdf(&text);
    let file = folder("strangers-sound").join("sound.pdf");
    fs::write(&file, &bytes).expect("a writable folder");
    let read = imrlint::input::read("sound.pdf", &bytes).expect("a PDF that is read");
    let run = imrlint_with(&["inspect", "text", &file.display().to_string()], "");
    assert_eq!(run.out, read.source.text);
}

/// The child alone, as an attacker would have it: it is bounded whatever it reads.
#[test]
#[cfg(target_os = "linux")]
fn the_child_has_limits() {
    let mut child =
        Command::new(PROGRAM).arg("read-pdf").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
    let limits = (0..500).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).ok()?;
        limits.contains("1073741824").then_some(limits)
    });
    drop(child.stdin.take());
    child.wait().expect("it ends with its input");
    let limits = limits.expect("the memory is bounded");
    let bound = |name: &str| limits.lines().find(|l| l.starts_with(name)).unwrap_or_default().to_string();
    assert!(bound("Max address space").contains("1073741824"), "{limits}");
    assert!(bound("Max cpu time").contains(" 20 "), "{limits}");
    let none = |name: &str| bound(name).split_whitespace().any(|w| w == "0");
    assert!(none("Max file size") && none("Max core file size"), "{limits}");
}
