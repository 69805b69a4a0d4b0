//! Words that are looked for anywhere in a text, many at once.

use serde::{Deserialize, Serialize};

/// Some words, by what they begin with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stems {
    /// A bit for the first three letters of each.
    begins: Vec<u64>,
    /// The first three letters of each, as a number.
    firsts: Vec<u32>,
    words: Vec<String>,
    /// Whether one of them has fewer.
    short: bool,
}

const BITS: usize = 1 << 12;

/// The last three letters as a number, with one more.
#[inline]
fn with(letters: u32, next: u8) -> u32 {
    (letters << 8 | u32::from(next)) & 0xff_ffff
}

/// The bit for three letters.
#[inline]
fn bit(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b9) >> 20) as usize % BITS
}

impl Stems {
    /// Of some words in lower case.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Stems {
        let mut stems = Stems { begins: vec![0; BITS / 64], firsts: Vec::new(), words: Vec::new(), short: false };
        for word in words {
            stems.short |= word.len() < 3;
            let first = word.bytes().take(3).fold(0, with);
            stems.begins[bit(first) / 64] |= 1 << (bit(first) % 64);
            stems.firsts.push(first);
            stems.words.push(word.to_string());
        }
        stems
    }

    /// Whether a text in lower case holds one of them, be it as a part of another word.
    pub fn stand_in(&self, text: &str) -> bool {
        if self.short {
            return self.words.iter().any(|w| text.contains(w.as_str()));
        }
        let (bytes, mut letters) = (text.as_bytes(), 0);
        bytes.iter().enumerate().any(|(n, byte)| {
            letters = with(letters, *byte);
            let bit = bit(letters);
            self.begins[bit / 64] & 1 << (bit % 64) != 0 && n >= 2 && self.begin_at(letters, &bytes[n - 2..])
        })
    }

    /// Whether one of them stands at the start of some bytes, which begins with three letters.
    #[inline(never)]
    fn begin_at(&self, letters: u32, bytes: &[u8]) -> bool {
        let mut all = self.firsts.iter().zip(&self.words);
        all.any(|(first, word)| *first == letters && bytes.starts_with(word.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_wherever_they_stand() {
        let words = ["but", " even so", "f\u{e9}e"];
        let stems = Stems::of(words.into_iter());
        for text in
            ["rebuttal", "but", "not even so", "even so", "evensong", "bu", "", "a f\u{e9}e", "x\u{e9}", "b u t"]
        {
            assert_eq!(stems.stand_in(text), words.iter().any(|w| text.contains(w)), "{text}");
        }
        assert!(Stems::of(["is", "but"].into_iter()).stand_in("this"));
        assert!(!Stems::of(std::iter::empty()).stand_in("this"));
    }
}
