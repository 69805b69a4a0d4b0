//! Lines of a row of a table: read across, as a person reads it.

/// A line with the places in it at which paragraphs begin.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The text, without its line end; a paragraph with line breaks has several lines in it.
    pub text: String,
    /// Offsets at which paragraphs begin; none for a line that goes on with the paragraph of the line before.
    pub begins: Vec<u32>,
}

/// What stands between the cells of a row.
const GAP: &str = "    ";

/// The lines of a row. A row with text in one cell has that cell's lines; cells of the same number of lines are read
/// across, line by line, as the columns of a letter's head are meant; others one cell after the other.
pub fn row(cells: Vec<Vec<Line>>) -> Vec<Line> {
    let mut filled: Vec<Vec<Line>> = cells.into_iter().filter(|c| c.iter().any(has_text)).collect();
    match filled.len() {
        0 => return vec![Line { text: String::new(), begins: vec![0] }],
        1 => return filled.remove(0),
        _ => {}
    }
    let columns: Vec<Vec<Line>> =
        filled.iter().map(|cell| cell.iter().flat_map(broken).filter(has_text).collect()).collect();
    let height = columns[0].len();
    if columns.iter().any(|c| c.len() != height) {
        return filled.into_iter().flatten().collect();
    }
    let across = |n: usize| {
        let mut line = Line::default();
        for part in columns.iter().map(|c| &c[n]) {
            if !line.text.is_empty() {
                line.text.push_str(GAP);
            }
            let at = line.text.len() as u32;
            line.begins.extend(part.begins.iter().map(|b| at + b));
            line.text.push_str(part.text.trim());
        }
        line
    };
    (0..height).map(across).collect()
}

fn has_text(line: &Line) -> bool {
    !line.text.trim().is_empty()
}

/// A line for each line of a paragraph with line breaks.
fn broken(line: &Line) -> Vec<Line> {
    let parts = line.text.split('\n').enumerate();
    let begins = |n: usize| if n == 0 && !line.begins.is_empty() { vec![0] } else { Vec::new() };
    parts.map(|(n, text)| Line { text: text.to_string(), begins: begins(n) }).collect()
}
