//! One self-contained page: the letters as a person reads them, with the findings marked in place. It loads nothing from
//! anywhere, and its policy lets no script run but the one below: what a letter says is text and stays text.

mod card;
mod escape;
mod letter;

use super::document::{Binder, NUMBER, Part, Piece};
use super::tally::{count, grouped};
use super::{LetterReport, Renderer, RuleInfo, Run, Style};
use escape::text;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// SHA-256 of the two, by which the page's policy knows them; a test holds them.
const STYLE_HASH: &str = "h03OYXIjGkLNFtjt+RpgZaX6aBEDKRnOA//A3mym99g=";
const SCRIPT_HASH: &str = "J20/UKJvm8EB8BENvfKCWD86HW08/j68ImALvqm3SwY=";

/// What a browser can be asked to open.
const LIMITS: Limits = Limits { letters: 2_000, bytes: 50_000_000 };
/// Inputs that could not be read are named up to so many.
const ERRORS: usize = 500;

/// The format `html`.
pub struct Html;

impl Renderer for Html {
    fn letter(&self, report: &LetterReport<'_>, style: Style) -> String {
        self.piece(report, style).text
    }

    fn piece(&self, report: &LetterReport<'_>, _style: Style) -> Piece {
        let mut piece = Piece { path: report.path.to_string(), decisions: report.decisions, ..Piece::default() };
        if report.findings.is_empty() && report.problems.is_empty() {
            return piece;
        }
        for finding in report.findings {
            piece.parts.push(Part { id: finding.rule.clone(), text: String::new() });
            match finding.accepted {
                None => piece.counts.add(finding.severity),
                Some(_) => piece.accepted += 1,
            }
        }
        piece.text = format!(
            "<article id=\"l{NUMBER}\">\n<header><h2>{}</h2><p>{}</p></header>\n<div class=\"cols\">\n{}{}</div>\n</article>\n",
            text(report.path),
            told(&piece),
            card::cards(report),
            letter::sheet(report),
        );
        piece
    }

    fn binder(&self, rules: Arc<[RuleInfo]>) -> Option<Box<dyn Binder>> {
        Some(Box::new(Page { limits: LIMITS, rules, ..Page::default() }))
    }

    fn wants_rules(&self) -> bool {
        true
    }
}

/// "4 decisions: 1 error, 2 warnings, 1 accepted".
fn told(piece: &Piece) -> String {
    let mut words = piece.counts.words();
    if piece.accepted > 0 {
        words.push(format!("{} accepted", grouped(piece.accepted)));
    }
    if words.is_empty() {
        words.push("no findings".to_string());
    }
    format!("{}: {}", count(piece.decisions, "decision"), words.join(", "))
}

#[derive(Clone, Copy, Default)]
struct Limits {
    letters: usize,
    bytes: usize,
}

/// The page: its index comes first, so letters are kept until the end. They are bounded.
#[derive(Default)]
struct Page {
    limits: Limits,
    rules: Arc<[RuleInfo]>,
    letters: Vec<Piece>,
    bytes: usize,
    /// Letters with findings that did not fit, and their findings.
    left_out: (usize, usize),
}

impl Binder for Page {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn letter(&mut self, mut piece: Piece, _out: &mut dyn Write) -> io::Result<()> {
        if piece.text.is_empty() {
            return Ok(());
        }
        let full = self.letters.len() == self.limits.letters || self.bytes + piece.text.len() > self.limits.bytes;
        // once a letter does not fit none follows: the page shows the first letters without gaps
        if self.left_out.0 > 0 || full && !self.letters.is_empty() {
            self.left_out.0 += 1;
            self.left_out.1 += piece.parts.len();
            return Ok(());
        }
        piece.text = piece.text.replace(NUMBER, &(self.letters.len() + 1).to_string());
        self.bytes += piece.text.len();
        self.letters.push(piece);
        Ok(())
    }

    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>> {
        let (letters, findings) = self.left_out;
        let told = (letters > 0).then(|| {
            let (shown, most) = (grouped(self.letters.len()), self.limits);
            let (letters, findings) = (count(letters, "letter"), count(findings, "finding"));
            format!(
                "{letters} with {findings} not shown: this page holds the first {shown} with findings (at most {} \
                 letters or {} MB)",
                grouped(most.letters),
                most.bytes / 1_000_000
            )
        });
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; \
             script-src 'sha256-{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>imrlint report</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n"
        )?;
        self.masthead(run, told.as_deref(), out)?;
        out.write_all(b"<main>\n")?;
        for letter in &self.letters {
            out.write_all(letter.text.as_bytes())?;
        }
        out.write_all(b"</main>\n")?;
        self.glossary(out)?;
        write!(
            out,
            "<footer><p>Made by imrlint {} on this machine. It points at places that disagree; it gives no medical or \
             legal advice and does not say who is right.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
            env!("CARGO_PKG_VERSION")
        )?;
        Ok(told)
    }
}

impl Page {
    fn masthead(&self, run: &Run<'_>, left_out: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<header class=\"top\" id=\"top\">\n<h1>Review of IMR decision letters</h1>")?;
        writeln!(out, "<p class=\"sum\">{}</p>", text(&run.tally.sentence()))?;
        if let Some(told) = left_out {
            writeln!(out, "<p class=\"warn\">{}</p>", text(told))?;
        }
        if !run.errors.is_empty() {
            writeln!(out, "<details><summary>{} not read</summary><ul>", count(run.errors.len(), "input"))?;
            for error in run.errors.iter().take(ERRORS) {
                writeln!(out, "<li>{}: {}</li>", text(&error.path), text(&error.message))?;
            }
            if run.errors.len() > ERRORS {
                writeln!(out, "<li>and {} more</li>", grouped(run.errors.len() - ERRORS))?;
            }
            writeln!(out, "</ul></details>")?;
        }
        // without script the page shows everything, and nothing that does nothing
        if !self.letters.is_empty() {
            let boxes = [("error", "errors"), ("warning", "warnings"), ("info", "infos"), ("accepted", "accepted")];
            let boxes = boxes.map(|(id, word)| {
                format!("<label class=\"{id}\"><input type=\"checkbox\" value=\"{id}\" checked> {word}</label>")
            });
            writeln!(
                out,
                "<form id=\"filter\" hidden><fieldset><legend>Show</legend>{}</fieldset>\n\
                 <label>Rule <select><option value=\"\">all rules</option></select></label>\n\
                 <label>Letter <input type=\"search\" placeholder=\"part of its name\"></label>\n\
                 <output></output> <span class=\"keys\">keys: <kbd>n</kbd> next, <kbd>p</kbd> previous finding</span></form>",
                boxes.join("")
            )?;
        }
        writeln!(out, "</header>")?;
        if self.letters.len() < 2 {
            return Ok(());
        }
        writeln!(
            out,
            "<nav aria-label=\"Letters\"><table>\n<thead><tr><th scope=\"col\">Letter</th><th scope=\"col\">Decisions</th>\
             <th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th><th scope=\"col\">Infos</th>\
             <th scope=\"col\">Accepted</th></tr></thead>\n<tbody>"
        )?;
        for (n, letter) in self.letters.iter().enumerate() {
            let counts = letter.counts;
            let number =
                |n: usize| if n == 0 { "<td class=\"z\">0</td>".into() } else { format!("<td>{}</td>", grouped(n)) };
            let cells = [letter.decisions, counts.errors, counts.warnings, counts.infos, letter.accepted].map(number);
            let path = text(&letter.path);
            writeln!(out, "<tr><th scope=\"row\"><a href=\"#l{}\">{path}</a></th>{}</tr>", n + 1, cells.concat())?;
        }
        writeln!(out, "</tbody></table></nav>")
    }

    /// The rules that spoke.
    fn glossary(&self, out: &mut dyn Write) -> io::Result<()> {
        let spoke: BTreeSet<&str> = self.letters.iter().flat_map(|l| &l.parts).map(|part| part.id.as_str()).collect();
        if spoke.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section class=\"rules\"><h2>The rules behind these findings</h2>")?;
        for id in spoke {
            let rule = RuleInfo::find(&self.rules, id);
            let id = text(id);
            writeln!(out, "<section id=\"r-{id}\"><h3>{}</h3><p class=\"meta\">{id}</p>", text(&rule.title))?;
            if !rule.explanation.trim().is_empty() {
                writeln!(out, "<p>{}</p>", text(rule.explanation.trim()))?;
            }
            if !rule.criterion.trim().is_empty() {
                writeln!(
                    out,
                    "<details><summary>The criterion in plain words</summary><pre>{}</pre></details>",
                    text(&rule.criterion)
                )?;
            }
            if !rule.basis.is_empty() {
                let lines: String = rule.basis.iter().map(|line| format!("<li>{}</li>", text(line))).collect();
                writeln!(out, "<ul class=\"basis\">{lines}</ul>")?;
            }
            writeln!(out, "</section>")?;
        }
        writeln!(out, "</section>")
    }
}

#[cfg(test)]
mod tests;
