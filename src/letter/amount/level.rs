//! Spinal levels.

use super::grammar::Rule;
use pest::iterators::Pair;

/// A spinal level: a disc between two vertebrae, or one vertebra or root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    /// Region and number of the upper vertebra ("L", 4).
    pub upper: (char, u8),
    /// Region and number of the lower one, for a disc.
    pub lower: Option<(char, u8)>,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (region, number) = self.upper;
        write!(f, "{region}{number}")?;
        match self.lower {
            Some((r, n)) if r == region => write!(f, "-{n}"),
            Some((r, n)) => write!(f, "-{r}{n}"),
            None => Ok(()),
        }
    }
}

/// The levels that the grammar found.
pub(super) fn levels(pair: Pair<'_, Rule>) -> Vec<Level> {
    let mut points: Vec<(char, u8)> = Vec::new();
    for part in pair.into_inner() {
        let written = part.as_str();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse() else { continue };
        let region = written.chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        if let Some(region) = region.or(points.last().map(|p| p.0)) {
            points.push((region, number));
        }
    }
    stretches(&points)
}

/// "L3-4-5" are the discs L3-4 and L4-5; "L5" alone is a vertebra or root; "T2 to C3" is one stretch.
pub(super) fn stretches(points: &[(char, u8)]) -> Vec<Level> {
    match *points {
        [one] => vec![Level { upper: one, lower: None }],
        _ => points.windows(2).map(|w| Level { upper: w[0], lower: Some(w[1]) }).collect(),
    }
}
