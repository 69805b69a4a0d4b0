//! `imrlint rules ids`: the words that rules may name, with what they stand for.

use crate::args::{Color, IdKind, RulesIds};
use crate::session::{self, exit};
use imrlint::lexicon::Lexicon;
use std::io::Write;

/// Prints the ids of a kind.
pub fn print(args: &RulesIds, color: Color) -> u8 {
    let (loaded, bad) = match session::loaded(&args.book, color) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let mut out = session::output();
    let written = rows(args.kind, &loaded.book.lexicon).into_iter().try_for_each(|(id, what)| {
        let line = format!("{id:<36} {what}");
        writeln!(out, "{}", line.trim_end())
    });
    session::ended(written.and_then(|()| out.flush()).map(|()| if bad { exit::RULEBOOK } else { 0 }))
}

fn rows(kind: IdKind, lexicon: &Lexicon) -> Vec<(String, String)> {
    match kind {
        IdKind::Treatments => {
            let under = |parents: &[u16]| {
                let ids: Vec<&str> = parents.iter().map(|p| lexicon.treatments[*p as usize].id.as_str()).collect();
                if ids.is_empty() { String::new() } else { format!(" (under {})", ids.join(", ")) }
            };
            lexicon.treatments.iter().map(|t| (t.id.clone(), format!("{}{}", t.name, under(&t.parents)))).collect()
        }
        IdKind::Guidelines => {
            let sections = |g: usize| {
                let all = lexicon.guidelines[g].sections.iter();
                all.map(|s| (format!("  section {}", s.id), s.title.clone())).collect::<Vec<_>>()
            };
            let days = |g: usize| match (lexicon.guidelines[g].from, lexicon.guidelines[g].until) {
                (None, None) => String::new(),
                (from, until) => {
                    let day = |d: Option<imrlint::measure::Date>| d.map_or(String::new(), |d| d.to_string());
                    format!(", in force {}..{}", day(from), day(until))
                }
            };
            let line =
                |g: usize| (lexicon.guidelines[g].id.clone(), lexicon.guidelines[g].full_title.clone() + &days(g));
            (0..lexicon.guidelines.len()).flat_map(|g| std::iter::once(line(g)).chain(sections(g))).collect()
        }
        IdKind::Statements => lexicon.statements.iter().map(|s| (s.id.clone(), s.title.clone())).collect(),
        // the phrases that rules write themselves are lists with a name of their own
        IdKind::Lists => {
            let shared = lexicon.lists.iter().filter(|l| !l.id.contains('/'));
            shared.map(|l| (l.id.clone(), String::new())).collect()
        }
        IdKind::BodyParts => {
            lexicon.body_parts.iter().map(|b| (b.id.clone(), b.region.clone().unwrap_or_default())).collect()
        }
    }
}
