//! Decodes plain text: UTF-8, UTF-16 and Windows-1252.
//!
//! Owns the choice of encoding and the refusal of binary files. The text itself is kept as received: carriage returns,
//! form feeds and blanks at line ends stay. Refuses to know what the text says.

use super::{Encoding, InputError};

/// Text with how it was stored.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// How it was stored.
    pub encoding: Encoding,
    /// Remarks for people.
    pub notes: Vec<String>,
}

/// So many bytes are looked at to recognise UTF-16 without a byte-order mark.
const SAMPLE: usize = 8192;

/// Decodes bytes that are not known to be any other kind of file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, InputError> {
    let decoded = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        match std::str::from_utf8(rest) {
            Ok(text) => plain(text, Encoding::Utf8Bom),
            Err(_) => mended(rest, Encoding::Utf8Bom),
        }
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        utf16(rest, Encoding::Utf16Le)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        utf16(rest, Encoding::Utf16Be)
    } else if let Some(encoding) = unmarked_utf16(bytes) {
        utf16(bytes, encoding)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        plain(text, Encoding::Utf8)
    } else if mostly_utf8(bytes) {
        mended(bytes, Encoding::Utf8)
    } else {
        windows_1252(bytes)
    };
    if decoded.text.trim().is_empty() {
        return Err(InputError::Empty);
    }
    if is_binary(&decoded.text) {
        return Err(InputError::Binary);
    }
    Ok(decoded)
}

fn plain(text: &str, encoding: Encoding) -> Decoded {
    Decoded { text: text.to_string(), encoding, notes: Vec::new() }
}

/// UTF-8 with a few broken bytes: a cut file, a stray byte pasted in.
fn mended(bytes: &[u8], encoding: Encoding) -> Decoded {
    let broken = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    let notes = vec![format!("{broken} {} not valid UTF-8 and shown as U+FFFD", places(broken))];
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding, notes }
}

fn places(n: usize) -> &'static str {
    if n == 1 { "place was" } else { "places were" }
}

/// Whether text that is no valid UTF-8 was meant as such: many more characters of several bytes than broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut long) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        long += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
    }
    long >= 4 * broken
}

/// UTF-16 without a byte-order mark: Latin text has a zero in nearly every second byte, and always on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // nearly always
    memchr::memchr(0, sample)?;
    let pairs = sample.len() / 2;
    let zeros = |side: usize| sample.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    // few pairs prove nothing
    if pairs < 4 {
        None
    } else if low_first * 10 >= pairs * 7 && high_first * 20 <= pairs {
        Some(Encoding::Utf16Le)
    } else if high_first * 10 >= pairs * 7 && low_first * 20 <= pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Decoded {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let mut broken = usize::from(odd);
    let mut text = String::with_capacity(bytes.len() / 2 + 16);
    for c in char::decode_utf16(units) {
        text.push(c.unwrap_or_else(|_| {
            broken += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    let mut notes = Vec::new();
    if broken > 0 {
        notes.push(format!("{broken} {} not valid UTF-16 and shown as U+FFFD or left out", places(broken)));
    }
    Decoded { text, encoding, notes }
}

/// Characters of the bytes 0x80 to 0x9F in Windows-1252; the five unused ones stand for themselves.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Decoded {
    let text = bytes.iter().map(|b| match b {
        0x80..=0x9f => UPPER[usize::from(b - 0x80)],
        _ => char::from(*b),
    });
    let notes = vec!["the file is not UTF-8 and was read as Windows-1252".to_string()];
    Decoded { text: text.collect(), encoding: Encoding::Latin1, notes }
}

/// Whether this is no text: more than one control character in fifty, several zeros, or one broken place in ten.
fn is_binary(text: &str) -> bool {
    // plain text has nothing to count
    let plain = |b: &u8| matches!(b, b' '..=b'~' | b'\t'..=b'\r' | 0x1a);
    // by stretches without a way out in the middle, which are looked at many bytes at once
    if text.as_bytes().chunks(512).all(|part| part.iter().fold(true, |all, b| all & plain(b))) {
        return false;
    }
    let (mut all, mut controls, mut zeros, mut broken) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        all += 1;
        // tab, line ends, form feed, and the end-of-file mark of old systems are text
        let usual = matches!(c, '\t'..='\r' | '\u{1a}' | '\u{85}');
        controls += usize::from(c.is_control() && !usual);
        zeros += usize::from(c == '\0');
        broken += usize::from(c == char::REPLACEMENT_CHARACTER);
    }
    controls * 50 > all || (zeros > 1 && zeros * 1000 > all) || broken * 10 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let bytes = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        let marked = mark.then_some(0xfeff);
        marked.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn byte_order_marks_choose_the_encoding_and_are_left_out() {
        let text = "90° “flexion”\r\nUpheld 😀";
        let decoded = decode(format!("\u{feff}{text}").as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, Encoding::Utf8Bom));
        for (big, encoding) in [(false, Encoding::Utf16Le), (true, Encoding::Utf16Be)] {
            for mark in [true, false] {
                let decoded = decode(&utf16_bytes(text, big, mark)).unwrap();
                assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding), "mark: {mark}");
                assert!(decoded.notes.is_empty());
            }
        }
    }

    #[test]
    fn other_bytes_are_windows_1252_and_said_so() {
        let decoded = decode(b"90\xb0 \x93flexion\x94 \x96 \xbd tablet").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("90° “flexion” – ½ tablet", Encoding::Latin1));
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn utf8_with_a_broken_byte_stays_utf8() {
        let mut bytes = "“one” – “two” – “three”".as_bytes().to_vec();
        bytes.pop();
        let decoded = decode(&[bytes.as_slice(), b" and more"].concat()).unwrap();
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert!(decoded.text.ends_with("three\u{fffd} and more"), "{}", decoded.text);
        assert!(decoded.notes[0].starts_with("1 place was"));
    }

    #[test]
    fn half_a_character_at_the_end_of_utf16_is_noted() {
        let mut bytes = utf16_bytes("abcdefgh", false, true);
        bytes.pop();
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.notes.len()), ("abcdefg", 1));
    }

    #[test]
    fn control_characters_mean_binary() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise).unwrap_err(), InputError::Binary);
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0").unwrap_err(), InputError::Binary);
        assert!(decode(b"page one\x0cpage two\x1a").is_ok());
    }

    #[test]
    fn decoding_is_linear() {
        // 8 MB of the worst kind: every byte broken UTF-8
        let decoded = decode(&vec![b'\xe9'; 8 << 20]).unwrap();
        assert_eq!(decoded.text.chars().count(), 8 << 20);
    }
}
