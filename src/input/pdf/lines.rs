//! Lines of text from places of glyphs.
//!
//! Owns the geometry of a page: which glyphs stand on one line, where a blank stands between two words, where an empty
//! line stands between two paragraphs. Refuses to know PDF: it sees points, sizes and characters.
//!
//! Glyphs that follow one another on a baseline in the order of drawing form a *run*; runs whose bands overlap form a
//! line, so that table cells drawn one by one and raised figures come to stand where a reader sees them. Lines go from
//! top to bottom and runs from left to right: a letter has one column, and its header table is read row by row.

use std::ops::Range;

/// Where a glyph stands, in units of the page, y upwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Start of the glyph on its baseline.
    pub at: (f64, f64),
    /// Direction of writing; any length but zero.
    pub along: (f64, f64),
    /// Width of the glyph itself.
    pub ink: f64,
    /// Width of the glyph and the spacing after it.
    pub step: f64,
    /// Height of the font.
    pub size: f64,
    /// Whether a new string starts here: only there can a gap be a blank that was not drawn.
    pub fresh: bool,
}

/// Of the font size: a gap that is a blank, a gap that parts two columns, and a step back that is still kerning.
const BLANK: f64 = 0.15;
const COLUMN: f64 = 1.0;
const BACK: f64 = 0.35;
/// Of the usual distance of two lines: so much means an empty line.
const PARAGRAPH: f64 = 1.7;
/// What stands for the gap between two columns.
const COLUMN_BLANKS: &str = "    ";

struct Glyph {
    place: Place,
    text: Range<usize>,
}

/// One page while it is drawn.
#[derive(Default)]
pub(super) struct Page {
    glyphs: Vec<Glyph>,
    text: String,
}

/// Glyphs that follow one another on a baseline.
#[derive(Default)]
struct Run {
    x: f64,
    end: f64,
    pen: f64,
    y: f64,
    size: f64,
    text: String,
    blank_after: bool,
}

impl Run {
    /// The band that the small letters take up.
    fn band(&self) -> (f64, f64) {
        (self.y - 0.2 * self.size, self.y + 0.7 * self.size)
    }

    fn middle(&self) -> f64 {
        self.y + 0.25 * self.size
    }

    fn level_with(&self, other: &Run) -> bool {
        let inside = |y: f64, (low, high): (f64, f64)| low <= y && y <= high;
        inside(self.middle(), other.band()) || inside(other.middle(), self.band())
    }
}

impl Page {
    /// Adds a glyph; text of white space only is a blank.
    pub fn push(&mut self, place: Place, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.glyphs.push(Glyph { place, text: start..self.text.len() });
    }

    /// Writes the lines of the page and forgets it. Returns the number of characters left out because they run in
    /// another direction than the page's text.
    pub fn finish(&mut self, out: &mut String) -> usize {
        let Some(direction) = main_direction(&self.glyphs) else {
            let left_out = self.ink(|_| true);
            self.clear();
            return left_out;
        };
        let left_out = self.ink(|g| !same_direction(g.place.along, direction));
        let runs = self.runs(direction);
        write_lines(&into_lines(runs), out);
        self.clear();
        left_out
    }

    fn clear(&mut self) {
        self.glyphs.clear();
        self.text.clear();
    }

    fn ink(&self, which: impl Fn(&Glyph) -> bool) -> usize {
        let inked = |g: &&Glyph| which(g) && !self.text[g.text.clone()].trim().is_empty();
        self.glyphs.iter().filter(inked).count()
    }

    fn runs(&self, (ux, uy): (f64, f64)) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut open = false;
        for glyph in self.glyphs.iter().filter(|g| same_direction(g.place.along, (ux, uy))) {
            let place = &glyph.place;
            let (x, y) = (place.at.0 * ux + place.at.1 * uy, place.at.1 * ux - place.at.0 * uy);
            let text = &self.text[glyph.text.clone()];
            let blank = text.trim().is_empty();
            let gap = runs.last().map_or(0.0, |run| x - run.pen);
            open = open
                && runs.last().is_some_and(|run| {
                    let size = run.size.max(place.size);
                    (y - run.y).abs() < 0.5 * size && gap > -BACK * size && gap < COLUMN * size
                });
            if !open {
                // a blank at the start of a run is no more than the gap before it
                if blank {
                    continue;
                }
                runs.push(Run { x, pen: x, y, size: place.size, ..Run::default() });
                open = true;
            }
            let Some(run) = runs.last_mut() else { continue };
            if blank {
                run.blank_after = true;
            } else {
                let missing = place.fresh && gap > BLANK * run.size && !run.text.is_empty();
                if std::mem::take(&mut run.blank_after) || missing {
                    run.text.push(' ');
                }
                run.text.push_str(text);
                run.end = x + place.ink;
                run.size = run.size.max(place.size);
            }
            run.pen = x + place.step;
        }
        runs
    }
}

/// The mean direction of the glyphs in the commonest of the four quarters: a page may be turned, or a scan askew.
fn main_direction(glyphs: &[Glyph]) -> Option<(f64, f64)> {
    let mut quarters = [(0usize, 0.0, 0.0); 4];
    for glyph in glyphs {
        let (x, y) = glyph.place.along;
        let quarter = if x.abs() >= y.abs() {
            if x >= 0.0 { 0 } else { 2 }
        } else if y >= 0.0 {
            1
        } else {
            3
        };
        let length = x.hypot(y);
        quarters[quarter].0 += 1;
        quarters[quarter].1 += x / length;
        quarters[quarter].2 += y / length;
    }
    let (count, x, y) = quarters.into_iter().max_by_key(|q| q.0)?;
    let length = x.hypot(y);
    (count > 0 && length > 0.0).then(|| (x / length, y / length))
}

/// Within about ten degrees.
fn same_direction((x, y): (f64, f64), (ux, uy): (f64, f64)) -> bool {
    (x * ux + y * uy) > 0.985 * x.hypot(y)
}

fn into_lines(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<Run>> = Vec::new();
    // the tallest run of the line says where the line is
    let mut tallest = 0;
    for run in runs {
        match lines.last_mut() {
            Some(line) if line[tallest].level_with(&run) => {
                if run.size > line[tallest].size {
                    tallest = line.len();
                }
                line.push(run);
            }
            _ => {
                tallest = 0;
                lines.push(vec![run]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

fn write_lines(lines: &[Vec<Run>], out: &mut String) {
    let base = |line: &[Run]| line.iter().max_by(|a, b| a.size.total_cmp(&b.size)).map_or(0.0, |run| run.y);
    let bases: Vec<f64> = lines.iter().map(|line| base(line)).collect();
    let mut steps: Vec<f64> = bases.windows(2).map(|pair| pair[0] - pair[1]).collect();
    steps.sort_by(f64::total_cmp);
    // the usual step down is that within paragraphs, also on a page of paragraphs of one line
    let usual = steps.get(steps.len() / 4).copied().unwrap_or(f64::INFINITY);
    for (i, line) in lines.iter().enumerate() {
        if i > 0 && bases[i - 1] - bases[i] > PARAGRAPH * usual {
            out.push('\n');
        }
        write_line(line, out);
        out.push('\n');
    }
}

fn write_line(line: &[Run], out: &mut String) {
    let mut before: Option<&Run> = None;
    for run in line {
        if let Some(last) = before {
            // bold type made by drawing twice
            if run.text == last.text && (run.x - last.x).abs() < 0.3 * run.size {
                continue;
            }
            let gap = run.x - last.end;
            let size = run.size.max(last.size);
            if gap > COLUMN * size {
                out.push_str(COLUMN_BLANKS);
            } else if gap > BLANK * size || last.blank_after {
                out.push(' ');
            }
        }
        out.push_str(&run.text);
        before = Some(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a string of glyphs half as wide as high.
    fn draw(page: &mut Page, x: f64, y: f64, size: f64, text: &str) {
        for (i, c) in text.chars().enumerate() {
            let width = size / 2.0;
            let at = (x + width * i as f64, y);
            let place = Place { at, along: (1.0, 0.0), ink: width, step: width, size, fresh: i == 0 };
            page.push(place, c.encode_utf8(&mut [0; 4]));
        }
    }

    fn text(mut page: Page) -> String {
        let mut out = String::new();
        page.finish(&mut out);
        out
    }

    #[test]
    fn cells_of_a_row_make_one_line_in_reading_order() {
        let mut page = Page::default();
        draw(&mut page, 200.0, 700.1, 10.0, "value");
        draw(&mut page, 10.0, 700.0, 10.0, "label: ");
        draw(&mut page, 10.0, 686.0, 10.0, "next");
        assert_eq!(text(page), "label:    value\nnext\n");
    }

    #[test]
    fn gaps_between_strings_are_blanks_and_kerning_is_not() {
        let mut page = Page::default();
        draw(&mut page, 0.0, 0.0, 10.0, "two");
        draw(&mut page, 18.0, 0.0, 10.0, "wo");
        draw(&mut page, 28.4, 0.0, 10.0, "rds");
        assert_eq!(text(page), "two words\n");
    }

    #[test]
    fn raised_figures_stay_on_their_line() {
        let mut page = Page::default();
        draw(&mut page, 0.0, 20.0, 12.0, "above");
        draw(&mut page, 0.0, 6.2, 12.0, "the 2");
        draw(&mut page, 60.0, 6.2, 12.0, "visit");
        draw(&mut page, 30.0, 10.7, 7.0, "nd");
        assert_eq!(text(page), "above\nthe 2nd    visit\n");
    }

    #[test]
    fn a_wide_step_down_is_an_empty_line() {
        let mut page = Page::default();
        for (i, y) in [100.0, 86.0, 72.0, 44.0, 30.0].into_iter().enumerate() {
            draw(&mut page, 0.0, y, 12.0, &format!("line{i}"));
        }
        assert_eq!(text(page), "line0\nline1\nline2\n\nline3\nline4\n");
    }

    #[test]
    fn text_drawn_twice_is_read_once() {
        let mut page = Page::default();
        draw(&mut page, 0.0, 0.0, 12.0, "bold");
        draw(&mut page, 0.4, 0.0, 12.0, "bold");
        assert_eq!(text(page), "bold\n");
    }

    #[test]
    fn a_turned_page_is_read_and_a_slanted_stamp_left_out() {
        let mut page = Page::default();
        for (i, c) in "turned".chars().enumerate() {
            let at = (100.0, 6.0 * i as f64);
            let place = Place { at, along: (0.01, 1.0), ink: 6.0, step: 6.0, size: 12.0, fresh: i == 0 };
            page.push(place, c.encode_utf8(&mut [0; 4]));
        }
        let stamp = Place { at: (0.0, 0.0), along: (1.0, 1.0), ink: 6.0, step: 6.0, size: 12.0, fresh: true };
        page.push(stamp, "X");
        let mut out = String::new();
        assert_eq!((page.finish(&mut out), out.as_str()), (1, "turned\n"));
    }
}
