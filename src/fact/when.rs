//! The times that a part of a letter tells, by the month: "03/2015", "in 2014", "11/02/13-03/10/14", "since June", "through 09/30/2016".

use crate::letter::{Reading, Sentence, month_number};
use crate::lexicon::{Gap, Lexicon, Small};
use crate::measure::Date;
use std::ops::Range;

/// A time, in months since the year nought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// Its words.
    pub words: Range<usize>,
    /// Number of its sentence.
    pub sentence: usize,
    /// The first month; none where only an end is told.
    pub from: Option<i32>,
    /// The last month; none where it goes on.
    pub to: Option<i32>,
    /// Whether a beginning and an end, or an end alone, are told.
    pub ended: bool,
}

/// A day, a month or a year as it is written.
struct Point {
    bytes: Range<usize>,
    from: i32,
    to: i32,
}

/// All times of a reading in order; of months without a year the last before the decision is meant.
pub fn times(reading: &Reading, decided: Option<Date>, lexicon: &Lexicon) -> Vec<When> {
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let bytes = &reading.text().as_bytes()[sentence.bytes.clone()];
        if !bytes.iter().any(u8::is_ascii_digit) && !sentence.words.clone().any(|w| is_month(reading, w, lexicon)) {
            continue;
        }
        let points = points(reading, sentence, decided, lexicon);
        let mut n = 0;
        while n < points.len() {
            let (time, used) = time(reading, (number, sentence), &points[n..], lexicon);
            found.push(time);
            n += used;
        }
    }
    found
}

/// The time that begins with the first of some points, and of how many it is made.
fn time(
    reading: &Reading,
    (number, sentence): (usize, &Sentence),
    points: &[Point],
    lexicon: &Lexicon,
) -> (When, usize) {
    let point = &points[0];
    let words = reading.word_at(point.bytes.start)..reading.word_at(point.bytes.end);
    let is = |w: usize, set| sentence.words.contains(&w) && reading.is_small(w, set, lexicon);
    let made = |words, from, to, ended| When { words, sentence: number, from, to, ended };
    if let Some(next) = points.get(1) {
        let between = reading.text()[point.bytes.end..next.bytes.start].trim();
        if between == "-" || between == "–" || lexicon.is_small(between, Small::TimeTo) {
            let whole = words.start..reading.word_at(next.bytes.end);
            return (made(whole, Some(point.from), Some(next.to), true), 2);
        }
    }
    let before = words.start.checked_sub(1);
    let led = |set| before.is_some_and(|w| is(w, set) && reading.words[words.start].gap != Gap::Hard);
    let bound = is(words.end, Small::TimeTo) || reading.text()[point.bytes.end..].trim_start().starts_with('-');
    let present = bound && (words.end..words.end + 2).any(|w| is(w, Small::TimePresent));
    let onward =
        is(words.end, Small::TimeOnward) && (words.end + 1 >= sentence.words.end || is_parted(reading, words.end + 1));
    let when = if present || onward || led(Small::TimeFrom) {
        made(words, Some(point.from), None, false)
    } else if led(Small::TimeTo) {
        made(words, None, Some(point.to), true)
    } else if led(Small::TimeBefore) {
        made(words, None, Some(point.from - 1), true)
    } else {
        made(words, Some(point.from), Some(point.to), false)
    };
    (when, 1)
}

/// Whether a mark parts a word from the one before it.
pub fn is_parted(reading: &Reading, word: usize) -> bool {
    let Some(before) = word.checked_sub(1).filter(|_| word < reading.words.len()) else { return true };
    let between = &reading.text()[reading.words[before].end as usize..reading.words[word].start as usize];
    reading.words[word].gap == Gap::Hard || between.contains([',', ';', ':'])
}

/// The days, months and years of a sentence, in order.
fn points(reading: &Reading, sentence: &Sentence, decided: Option<Date>, lexicon: &Lexicon) -> Vec<Point> {
    let mut found = by_name(reading, sentence, decided, lexicon);
    let named: Vec<Range<usize>> = found.iter().map(|p| p.bytes.clone()).collect();
    let text = reading.text().as_bytes();
    let Range { start, end } = sentence.bytes;
    let mut at = start;
    while at < end {
        let run = text[at..end].iter().take_while(|b| b.is_ascii_digit() || **b == b'/').count();
        if run == 0 {
            at += 1;
            continue;
        }
        let bytes = at..at + run;
        at = bytes.end;
        let joined = bytes.start > start && is_figure_before(text[bytes.start - 1]);
        if joined || named.iter().any(|n| n.contains(&bytes.start)) || is_figure_behind(text, bytes.end) {
            continue;
        }
        let behind = || {
            let rest = &text[bytes.end..end];
            let next = rest.strip_prefix(b"-")?;
            let len = next.iter().take_while(|b| b.is_ascii_digit() || **b == b'/').count();
            std::str::from_utf8(&next[..len]).ok()
        };
        let last = found.iter().rfind(|p| p.bytes.end + 1 == bytes.start).map(|p| p.from);
        if let Some((from, to)) = read(&reading.text()[bytes.clone()], behind(), last, decided) {
            found.push(Point { bytes, from, to });
        }
    }
    found.sort_by_key(|p| p.bytes.start);
    found
}

/// What a figure may go on from, so that it is no time: "#2015", "1.2014".
fn is_figure_before(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'#' | b'$' | b'+')
}

/// Whether figures go on as those of something else: "2000mg", "4/5%".
fn is_figure_behind(text: &[u8], end: usize) -> bool {
    text.get(end).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'%' | b'+'))
}

/// The months that figures tell: "03/10/14", "09/2016", "2015"; "02" before "-04/2016"; "14" behind "2013-"; a day without a year.
fn read(figures: &str, behind: Option<&str>, last: Option<i32>, decided: Option<Date>) -> Option<(i32, i32)> {
    let parts: Vec<&str> = figures.split('/').collect();
    let number = |n: usize| parts[n].parse::<i32>().ok();
    let month = |m: i32, y: i32| (1..=12).contains(&m).then_some(y * 12 + m - 1);
    let year = |text: &str| -> Option<i32> {
        let y = text.parse::<i32>().ok()?;
        match text.len() {
            2 => Some(if y < 50 { 2000 + y } else { 1900 + y }),
            4 => (1950..2050).contains(&y).then_some(y),
            _ => None,
        }
    };
    let one = |m: i32| Some((m, m));
    match parts.len() {
        3 => one(month(number(0)?, year(parts[2])?)?),
        2 if parts[1].len() == 4 => one(month(number(0)?, year(parts[1])?)?),
        // a day without its year, and no grade or share
        2 if parts[0].len() == 2 && parts[1].len() == 2 && (parts[0].starts_with('0') || parts[1] != "10") => {
            let day = (1..=31).contains(&number(1)?);
            one(latest(number(0)?, None, decided)?).filter(|_| day)
        }
        1 if figures.len() == 4 => year(figures).map(|y| (y * 12, y * 12 + 11)),
        1 if figures.len() <= 2 => {
            if let Some((m, y)) = behind.and_then(|b| b.split_once('/')).filter(|(m, y)| m.len() <= 2 && y.len() == 4) {
                return m.parse::<i32>().ok().and_then(|_| one(month(number(0)?, year(y)?)?));
            }
            let first = last? / 12 * 12;
            let y = year(figures).filter(|y| figures.len() == 2 && *y * 12 > first)?;
            Some((y * 12, y * 12 + 11))
        }
        _ => None,
    }
}

/// The last such month up to the decision, or the first from another on.
fn latest(month: i32, after: Option<i32>, decided: Option<Date>) -> Option<i32> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let now = decided.map(|d| d.year() * 12 + d.month() as i32 - 1)?;
    let back = now - (now - (month - 1)).rem_euclid(12);
    let next = after.map(|a| a + (month - 1 - a).rem_euclid(12));
    Some(next.filter(|n| *n <= now).unwrap_or(back))
}

fn is_month(reading: &Reading, word: usize, lexicon: &Lexicon) -> bool {
    reading.is_small(word, Small::MonthName, lexicon)
        || reading.word(word) == "May"
            && word.checked_sub(1).is_some_and(|w| reading.is_small(w, Small::TimeLead, lexicon))
}

/// Months by their names, with the year where it stands behind.
fn by_name(reading: &Reading, sentence: &Sentence, decided: Option<Date>, lexicon: &Lexicon) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::new();
    for word in sentence.words.clone().filter(|w| is_month(reading, *w, lexicon)) {
        let figure = |w: usize| sentence.words.contains(&w).then(|| reading.word(w).parse::<i32>().ok())?;
        let is_day = |w: usize| figure(w).is_some_and(|d| (1..=31).contains(&d));
        let is_year = |w: usize| figure(w).filter(|y| (1950..2050).contains(y));
        let month = month_number(reading.word(word)) as i32;
        let day = usize::from(is_day(word + 1));
        let year = is_year(word + 1 + day);
        let last = found.last().filter(|p| p.from == p.to).map(|p| p.from);
        let told = match year {
            Some(year) => Some(year * 12 + month - 1),
            None => latest(month, last, decided),
        };
        let end = word + 1 + day * usize::from(year.is_some()) + usize::from(year.is_some());
        let bytes = reading.words[word].start as usize..reading.words[end - 1].end as usize;
        found.extend(told.map(|m| Point { bytes, from: m, to: m }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// The times of a text: first and last month, by year and month.
    fn told(text: &str) -> Vec<String> {
        let lexicon = &crate::builtin::rulebook().lexicon;
        let reading = Reading::of(text, Span::new(0, text.len()), lexicon);
        let month = |m: Option<i32>| m.map_or(String::new(), |m| format!("{}/{}", m % 12 + 1, m / 12));
        let all = times(&reading, Date::new(2017, 2, 14), lexicon);
        all.iter().map(|t| format!("{}-{}", month(t.from), month(t.to))).collect()
    }

    #[test]
    fn times_are_read_as_letters_write_them() {
        for (text, expected) in [
            ("Off work 11/02/13-03/10/14.", &["11/2013-3/2014"][..]),
            ("Light duty since 10/2015, full duty 05/01/16 to date.", &["10/2015-", "5/2016-"]),
            ("Not working 2014-2015 and part time 2015-16.", &["1/2014-12/2015", "1/2015-12/2016"]),
            ("At home 02-04/2016.", &["2/2016-4/2016"]),
            ("Disabled through 09/30/2016.", &["-9/2016"]),
            ("From 3 March 2015 to June 4, 2016 he was out.", &["3/2015-6/2016"]),
            ("Exam 08/18: grip 4/5, pain 8/10.", &["8/2016-8/2016"]),
            ("In January he walked; in November he had not.", &["1/2017-1/2017", "11/2016-11/2016"]),
            ("She may work. Norco 2000mg #2014.", &[]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
