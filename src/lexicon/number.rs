//! Numbers in letters, as letters write counts.

/// The words and what they count.
const WORDS: [(&str, u32); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("zero", 0),
];

/// The number that a word is, in any case.
pub fn number_word(word: &[u8]) -> Option<u32> {
    let &[first, second, _, ..] = word else { return None };
    // two letters rule nearly every other word out
    let begins = matches!(
        (first | 0x20, second | 0x20),
        (b'o', b'n')
            | (b't', b'w' | b'h' | b'e')
            | (b'f', b'o' | b'i')
            | (b's', b'i' | b'e')
            | (b'e', b'i' | b'l')
            | (b'n', b'i')
            | (b'z', b'e')
    );
    if !begins || word.len() > 9 {
        return None;
    }
    WORDS.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(word)).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_in_any_case() {
        for (word, number) in WORDS {
            assert_eq!(number_word(word.as_bytes()), Some(number));
            assert_eq!(number_word(word.to_uppercase().as_bytes()), Some(number));
        }
        for word in ["", "on", "tens", "there", "none", "ones", "seventeens"] {
            assert_eq!(number_word(word.as_bytes()), None, "{word}");
        }
    }
}
