//! Tests of the page.

use super::*;
use crate::diagnostic::{Accepted, Diagnostic, Label, Problem, Severity};
use crate::render::document::whole;
use crate::render::{Format, InputError, sample};
use crate::source::{Source, Span, Units};
use sha2::{Digest, Sha256};

fn page(pieces: Vec<Piece>, run: &Run<'_>) -> String {
    whole(Format::Html, &[], pieces, run).0
}

fn sheet(text: &str, labels: &[(&str, usize)]) -> String {
    let source = Source::new("x", text);
    let mut findings: Vec<Diagnostic> = Vec::new();
    for (words, finding) in labels {
        let label = Label::new(sample::find(&source, words), "");
        match findings.get_mut(*finding) {
            Some(known) => *known = known.clone().with_label(label),
            None => {
                findings.push(Diagnostic::new("r", "c", [Severity::Warning, Severity::Error][finding % 2], "m", label))
            }
        }
    }
    letter::sheet(&sample::report(&source, &findings))
}

/// What a reader sees: text without tags.
fn seen(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn the_policy_knows_style_and_script() {
    for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
        assert_eq!(base64(&Sha256::digest(text)), hash, "write this into mod.rs");
    }
    assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !SCRIPT.contains("innerHTML"));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunk = |chunk: &[u8]| {
        let value = (0..3).fold(0u32, |value, i| value << 8 | u32::from(*chunk.get(i).unwrap_or(&0)));
        let digit =
            |i: usize| if i <= chunk.len() { DIGITS[(value >> (18 - 6 * i)) as usize & 63] as char } else { '=' };
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(3).map(chunk).collect()
}

#[test]
fn the_text_stands_verbatim_whatever_is_marked() {
    let text = "one two three\r\n\nfour <b>five</b> & six\n  seven\n";
    let drawn = sheet(text, &[("two three\r\n\nfour <b>", 0), ("three", 1), ("<b>five</b> &", 0), ("ven", 1)]);
    let lines =
        |text: &str| text.lines().map(|l| l.trim_end().to_string()).filter(|l| !l.is_empty()).collect::<Vec<_>>();
    assert_eq!(lines(&seen(&drawn)), lines(text));
    assert!(drawn.contains("data-n=\"4\">  se"), "lines are numbered as in the letter: {drawn}");
}

#[test]
fn overlapping_marks_are_cut_and_each_leads_to_its_card() {
    let drawn = sheet("the cat sat on the mat\n", &[("cat sat", 0), ("sat on", 1)]);
    let n = NUMBER;
    let expected = format!(
        "the <a class=\"t\" id=\"m{n}-1-0\"></a><mark class=\"warning p\" data-f=\"1\">cat </mark>\
         <a class=\"t\" id=\"m{n}-2-0\"></a><mark class=\"error p\" data-f=\"1 2\">sat</mark>\
         <a class=\"n warning\" href=\"#c{n}-1\" data-n=\"1\" data-f=\"1\" aria-label=\"finding 1\"></a>\
         <mark class=\"error p\" data-f=\"2\"> on</mark>\
         <a class=\"n error\" href=\"#c{n}-2\" data-n=\"2\" data-f=\"2\" aria-label=\"finding 2\"></a> the mat"
    );
    assert!(drawn.contains(&expected), "{drawn}");
}

#[test]
fn every_link_has_its_place() {
    let source = sample::letter();
    let mut findings = [sample::levels(&source), sample::page(&source), sample::page(&source)];
    findings[2].accepted = Some(Accepted { reason: Some("<known>".into()), ..Accepted::default() });
    let end = Label::new(Span::new(source.text.len(), source.text.len()), "ends here");
    findings[1] = findings[1].clone().with_label(end);
    let problem = Problem::warning("heading-damaged", Span::new(0, 3), "a heading").help("look");
    let problems = [problem];
    let report = LetterReport { problems: &problems, ..sample::report(&source, &findings) };
    let piece = Html.piece(&report, Style::default());
    let html = page(vec![piece.clone(), Piece::default(), piece], &Run::default());
    assert!(!html.contains(NUMBER));
    let values = |name: &str| -> Vec<String> {
        html.split(name).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_string).collect()
    };
    let (ids, links) = (values(" id=\""), values("href=\"#"));
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    assert!(links.len() > 20);
    let lost: Vec<&String> = links.iter().filter(|link| !unique.contains(link)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(html.contains("Accepted warning</span>") && html.contains("accepted: &lt;known&gt;"));
    assert!(html.contains("1 decision: 1 error, 1 warning, 1 accepted"));
    assert!(html.contains("<nav aria-label=\"Letters\">"), "two letters have an index");
}

#[test]
fn hostile_letters_are_text() {
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>]]>&amp;<!--\u{2028}\u{202E}\0'\"";
    let source = Source::new(hostile, format!("{hostile}\n{hostile}"));
    let mut finding =
        Diagnostic::new("r", "c", Severity::Error, hostile, Label::new(Span::new(0, source.text.len()), hostile))
            .with_label(Label::new(Span::new(1, 5), hostile));
    finding.help = Some(hostile.into());
    finding.notes = vec![hostile.into()];
    let problem = Problem::warning("code", Span::new(0, 3), hostile).help(hostile);
    let (findings, problems) = ([finding], [problem]);
    let report = LetterReport { path: hostile, problems: &problems, ..sample::report(&source, &findings) };
    let errors = [InputError { path: hostile.into(), code: "x".into(), message: hostile.into() }];
    let html = page(vec![Html.piece(&report, Style::default())], &Run { errors: &errors, ..Run::default() });
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(!html.contains("<img") && !html.contains("<!--") && !html.contains(['\u{2028}', '\u{202E}', '\0']));
    assert!(html.matches("&lt;img src=x onerror=alert(1)&gt;").count() >= 8, "it is shown everywhere");
    assert!(html.contains("<b class=\"x\">U+202E</b>"));
}

#[test]
fn pages_are_told_where_they_begin() {
    let source = Source::with_units("x", "one\ntwo\nthree\n", Units::Pages(vec![0, 4]));
    let finding = Diagnostic::new("r", "c", Severity::Info, "m", Label::new(sample::find(&source, "three"), ""));
    let report = sample::report(&source, std::slice::from_ref(&finding));
    let drawn = letter::sheet(&report);
    assert!(drawn.contains("<p class=\"page\">page 1</p>") && drawn.contains("<p class=\"page\">page 2</p>"));
    assert!(card::cards(&report).contains(">page 2, line 3</a>"));
}

#[test]
fn what_does_not_fit_is_counted() {
    let source = sample::letter();
    let findings = [sample::levels(&source), sample::page(&source)];
    let piece = Html.piece(&sample::report(&source, &findings), Style::default());
    let page_of = |limits: Limits| {
        let mut page = Page { limits, ..Page::default() };
        let mut out = Vec::new();
        (0..4).for_each(|_| page.letter(piece.clone(), &mut out).expect("a vector takes every write"));
        let told = page.end(&Run::default(), &mut out).expect("a vector takes every write");
        (String::from_utf8(out).expect("UTF-8").matches("<article").count(), told)
    };
    assert_eq!(page_of(LIMITS), (4, None));
    let (shown, told) = page_of(Limits { letters: 3, ..LIMITS });
    assert_eq!(
        (shown, told.as_deref()),
        (
            3,
            Some(
                "1 letter with 2 findings not shown: this page holds the first 3 with findings (at most 3 letters or 50 MB)"
            )
        )
    );
    assert_eq!(page_of(Limits { bytes: piece.text.len() + 1, ..LIMITS }).0, 1);
    assert_eq!(page_of(Limits { bytes: 0, ..LIMITS }).0, 1, "one letter is shown however large");
}
