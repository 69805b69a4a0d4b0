//! The line hash by which GitHub knows an alert again (`primaryLocationLineHash`), so that findings uploaded without its
//! action, which would add it, are followed too: a rolling hash of the hundred characters from the beginning of each
//! line, white space left out, as that action defines it.

use std::collections::HashMap;

const WINDOW: usize = 100;
const FACTOR: i64 = 37;
/// Stands for the end of the file.
const END: u16 = u16::MAX;

/// Hashes of some lines (numbers from 1), read in one pass; characters are UTF-16 units.
pub fn line_hashes(text: &str, wanted: &[u32]) -> HashMap<u32, String> {
    let mut hasher = Hasher::new(wanted);
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let returned = std::mem::replace(&mut after_return, unit == u16::from(b'\r'));
        match u8::try_from(unit) {
            Ok(b' ' | b'\t') => {}
            Ok(b'\n') if returned => {}
            Ok(b'\r') => hasher.take(u16::from(b'\n')),
            _ => hasher.take(unit),
        }
    }
    hasher.take(END);
    for _ in 0..WINDOW {
        hasher.tell();
        hasher.roll(0);
    }
    hasher.found
}

struct Hasher<'a> {
    wanted: &'a [u32],
    found: HashMap<u32, String>,
    /// The last characters, and the line that began at each.
    window: [(u16, u32); WINDOW],
    at: usize,
    hash: i64,
    /// The factor of the character that leaves the window.
    oldest: i64,
    line: u32,
    begins: bool,
    /// How often each hash was seen.
    seen: HashMap<i64, u32>,
}

impl Hasher<'_> {
    fn new(wanted: &[u32]) -> Hasher<'_> {
        let oldest = (0..WINDOW).fold(1i64, |product, _| product.wrapping_mul(FACTOR));
        let (found, seen) = (HashMap::new(), HashMap::new());
        Hasher { wanted, found, window: [(0, 0); WINDOW], at: 0, hash: 0, oldest, line: 0, begins: true, seen }
    }

    fn take(&mut self, unit: u16) {
        self.tell();
        if std::mem::replace(&mut self.begins, unit == u16::from(b'\n')) {
            self.line += 1;
            self.window[self.at].1 = self.line;
        }
        self.roll(unit);
    }

    /// The window is full from the beginning of a line on: its hash is known.
    fn tell(&mut self) {
        let line = std::mem::take(&mut self.window[self.at].1);
        if line > 0 {
            let times = self.seen.entry(self.hash).or_insert(0);
            *times += 1;
            if self.wanted.contains(&line) {
                self.found.insert(line, format!("{:x}:{times}", self.hash));
            }
        }
    }

    fn roll(&mut self, unit: u16) {
        let leaving = std::mem::replace(&mut self.window[self.at].0, unit);
        let grown = self.hash.wrapping_mul(FACTOR).wrapping_add(i64::from(unit));
        self.hash = grown.wrapping_sub(self.oldest.wrapping_mul(i64::from(leaving)));
        self.at = (self.at + 1) % WINDOW;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        let lines: Vec<u32> = (1..=text.len() as u32 + 1).collect();
        let found = line_hashes(text, &lines);
        lines.iter().map_while(|line| found.get(line).cloned()).collect()
    }

    /// The values are those that the upload action's own tests expect.
    #[test]
    fn the_hashes_are_those_of_the_upload_action() {
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        let four = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        assert_eq!(hashes(" a\nb\n  \t\tc\n d"), four);
        let seven = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        assert_eq!(hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"), seven);
        let repeated = hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(repeated[5..8], ["a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1"]);
    }
}
