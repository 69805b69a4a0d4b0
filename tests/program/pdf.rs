//! PDFs made by hand: a catalogue, pages and what the tests put on them.

/// A PDF that shows the lines of a text, twenty a page.
pub fn pdf(text: &str) -> Vec<u8> {
    assert!(text.is_ascii(), "the letter must do without an encoding");
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let pages: Vec<&[&str]> = lines.chunks(20).collect();
    let kids: String = (0..pages.len()).map(|i| format!("{} 0 R ", 4 + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>>>",
            pages.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_string(),
    ];
    for (i, page) in pages.iter().enumerate() {
        let escape = |l: &str| l.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let shown: String = page.iter().map(|l| format!("({}) Tj T* ", escape(l))).collect();
        let content = format!("BT /F1 9 Tf 12 TL 40 740 Td {shown}ET");
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 5 + 2 * i));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    pdf_of(&objects)
}

/// A PDF of these objects, numbered from 1, with a table of objects; the first is the catalogue.
pub fn pdf_of(objects: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let (mut out, mut table) = (b"%PDF-1.5\n".to_vec(), String::new());
    for (i, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(object.as_ref());
        out.extend(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n").bytes());
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}
