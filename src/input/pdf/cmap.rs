//! A font's own table from codes to Unicode, read leniently and written anew.
//!
//! Owns the protection of the PDF library against such tables: it gives up the whole file over a slip in one of them,
//! recurses as deep as they nest and fills any range they name. Refuses to know fonts.

use super::content::hex;
use std::fmt::Write;

/// Bytes of a table that are read, and codes that it may map.
const MAX_BYTES: usize = 1 << 20;
const MAX_CODES: u32 = 1 << 16;

#[derive(Debug, PartialEq)]
enum Token {
    Hex(Vec<u8>),
    Open,
    Close,
    Begin(Section),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Section {
    Chars,
    Ranges,
}

/// The same table in the plainest form; none if it maps nothing.
pub(super) fn rewritten(table: &[u8]) -> Option<Vec<u8>> {
    let mut writer = Tables::default();
    let mut tokens = tokens(&table[..table.len().min(MAX_BYTES)]).into_iter().peekable();
    let mut section = None;
    while let Some(token) = tokens.next() {
        match (token, section) {
            (Token::Begin(kind), _) => section = Some(kind),
            (Token::End, _) => section = None,
            (Token::Hex(code), Some(Section::Chars)) => {
                if let Some(Token::Hex(to)) = tokens.next_if(|t| matches!(t, Token::Hex(_))) {
                    writer.char(number(&code), &units(&to));
                }
            }
            (Token::Hex(low), Some(Section::Ranges)) => {
                let Some(Token::Hex(high)) = tokens.next_if(|t| matches!(t, Token::Hex(_))) else { continue };
                let (low, high) = (number(&low), number(&high));
                match tokens.next_if(|t| matches!(t, Token::Hex(_) | Token::Open)) {
                    Some(Token::Hex(to)) => writer.range(low, high, &units(&to)),
                    Some(_) => {
                        let mut code = low;
                        while let Some(Token::Hex(to)) = tokens.next_if(|t| matches!(t, Token::Hex(_))) {
                            if code <= high {
                                writer.char(code, &units(&to));
                            }
                            code = code.saturating_add(1);
                        }
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    writer.finish()
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'<' if bytes.get(at + 1) == Some(&b'<') => at += 2,
            b'<' => {
                let end = bytes[at..].iter().position(|b| *b == b'>').map_or(bytes.len(), |n| at + n);
                found.push(Token::Hex(hex(&bytes[at + 1..end])));
                at = end + 1;
            }
            b'[' => {
                found.push(Token::Open);
                at += 1;
            }
            b']' => {
                found.push(Token::Close);
                at += 1;
            }
            b if b.is_ascii_alphabetic() => {
                let end = bytes[at..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| at + n);
                match &bytes[at..end] {
                    b"beginbfchar" => found.push(Token::Begin(Section::Chars)),
                    b"beginbfrange" => found.push(Token::Begin(Section::Ranges)),
                    b"endbfchar" | b"endbfrange" => found.push(Token::End),
                    _ => {}
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        more => more.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

/// The tables to be written; everything in them is sound.
#[derive(Default)]
struct Tables {
    chars: (u32, String),
    ranges: (u32, String),
    codes: u32,
}

impl Tables {
    fn char(&mut self, code: u32, to: &[u16]) {
        let sound = !to.is_empty() && to.len() <= 16 && char::decode_utf16(to.iter().copied()).all(|c| c.is_ok());
        if sound && self.codes < MAX_CODES {
            self.codes += 1;
            self.chars.0 += 1;
            let _ = write!(self.chars.1, "<{code:08X}><");
            for unit in to {
                let _ = write!(self.chars.1, "{unit:04X}");
            }
            self.chars.1.push_str(">\n");
        }
    }

    fn range(&mut self, low: u32, high: u32, to: &[u16]) {
        let Some((last, fixed)) = to.split_last() else { return };
        let (last, wanted) = (*last, high.saturating_sub(low));
        if high < low || wanted >= MAX_CODES - self.codes {
            return;
        }
        let room = u32::from(u16::MAX - last);
        let touches_surrogates = last < 0xe000 && u32::from(last) + wanted >= 0xd800;
        if fixed.is_empty() && wanted <= room && !touches_surrogates {
            self.codes += wanted + 1;
            self.ranges.0 += 1;
            let _ = writeln!(self.ranges.1, "<{low:08X}><{high:08X}><{last:04X}>");
            return;
        }
        // a range of pairs or ligatures: only the last unit counts up
        for step in 0..=wanted.min(room) {
            let to: Vec<u16> = fixed.iter().copied().chain([last + step as u16]).collect();
            self.char(low + step, &to);
        }
    }

    fn finish(self) -> Option<Vec<u8>> {
        if self.codes == 0 {
            return None;
        }
        let mut out = String::new();
        let kinds = [("bfchar", &self.chars), ("bfrange", &self.ranges)];
        for (word, (count, table)) in kinds.into_iter().filter(|(_, (count, _))| *count > 0) {
            let _ = write!(out, "{count} begin{word}\n{table}end{word}\n");
        }
        Some(out.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(table: &str) -> Option<String> {
        rewritten(table.as_bytes()).map(|t| String::from_utf8(t).unwrap())
    }

    #[test]
    fn tables_are_written_in_plain_form() {
        let table = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
                     2 beginbfchar <01> <0041>\n<0002> <00660069> endbfchar\n\
                     2 beginbfrange <0003> <0005> <0061> <06> <07> [<0078> <0079>] endbfrange end";
        let expected = "4 beginbfchar\n<00000001><0041>\n<00000002><00660069>\n<00000006><0078>\n<00000007><0079>\n\
                        endbfchar\n1 beginbfrange\n<00000003><00000005><0061>\nendbfrange\n";
        assert_eq!(text(table).as_deref(), Some(expected));
    }

    #[test]
    fn hostile_tables_do_no_harm() {
        assert_eq!(text("1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange"), None);
        assert_eq!(text("1 beginbfrange <0005> <0001> <0041> endbfrange"), None);
        assert_eq!(text("1 beginbfchar <01> <D800> endbfchar"), None);
        assert_eq!(text("1 beginbfchar <01> <0041"), Some("1 beginbfchar\n<00000001><0041>\nendbfchar\n".into()));
        assert_eq!(text(&"(".repeat(1 << 20)), None);
        // the last unit runs over: what fits is kept
        assert_eq!(text("1 beginbfrange <01> <FF> <FFFF> endbfrange").unwrap().lines().count(), 3);
    }
}
