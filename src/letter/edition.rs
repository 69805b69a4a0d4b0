//! Which edition a citation means, where a year beside the name tells it: "Chronic Pain Treatment Guidelines (2009)".

use crate::lexicon::{Lexicon, Small};
use std::ops::Range;

/// So many bytes behind a name its year may begin: " Guidelines (July ".
const REACH: usize = 18;

/// The edition of the year right behind or before a name that may mean several, and the name with the year.
pub fn of_year(
    lexicon: &Lexicon,
    numbers: &[u16],
    text: &str,
    name: &Range<usize>,
    body: &Range<usize>,
) -> Option<(u16, Range<usize>)> {
    let (year, place) = year_behind(lexicon, &text[name.end..body.end], name.end)
        .map(|(year, end)| (year, name.start..end))
        .or_else(|| year_before(&text[body.start..name.start]).map(|(year, len)| (year, name.start - len..name.end)))?;
    let stems =
        numbers.iter().filter_map(|n| lexicon.guidelines[*n as usize].id.rsplit_once('-').map(|(stem, _)| stem));
    let mut editions = stems.filter_map(|stem| lexicon.guideline(&format!("{stem}-{year}")));
    editions.next().map(|edition| (edition, place))
}

fn year_behind<'t>(lexicon: &Lexicon, text: &'t str, at: usize) -> Option<(&'t str, usize)> {
    let stop = text.find(['.', ';', ':', '/']).unwrap_or(text.len());
    let start = text[..stop].find(|c: char| c.is_ascii_digit()).filter(|n| *n <= REACH)?;
    let before = text[..start].to_ascii_lowercase();
    let apart = lexicon.holds_small(&before, Small::BeforeYear);
    let end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let year = &text[start..end];
    (!apart && is_year(year)).then_some((year, at + end))
}

fn year_before(text: &str) -> Option<(&str, usize)> {
    let bare = text.trim_end().trim_end_matches("MTUS").trim_end();
    let year = bare.get(bare.len().checked_sub(4)?..)?;
    is_year(year).then_some((year, text.len() - bare.len() + 4))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.starts_with("20") && digits.bytes().all(|b| b.is_ascii_digit())
}
