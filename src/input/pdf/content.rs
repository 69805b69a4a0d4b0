//! Reads the operators of a content stream.
//!
//! Owns the syntax: numbers, names, strings, arrays, comments, inline pictures. What is no syntax is stepped over, so a
//! slip costs one operator and not the rest of the page. Refuses to know what operators do.

/// What stands before an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// An integer or a real number.
    Number(f64),
    /// A name without its stroke.
    Name(Vec<u8>),
    /// The bytes of a string.
    String(Vec<u8>),
    /// Numbers and strings of an array; arrays within are poured into it.
    Array(Vec<Operand>),
    /// Anything that text operators do not take.
    Other,
}

/// Operands that are kept for one operator or array: far more than any has.
const MAX_OPERANDS: usize = 1 << 16;

/// A content stream while it is read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the stream ended within a string, an array or an inline picture.
    pub cut: bool,
}

impl<'a> Reader<'a> {
    /// Reads from the start.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0, cut: false }
    }

    /// The next operator; its operands replace those given.
    pub fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        // an array that is open gathers what follows
        let mut array: Option<Vec<Operand>> = None;
        while let Some(byte) = self.peek() {
            let operand = match byte {
                b'%' => {
                    self.skip_while(|b| b != b'\n' && b != b'\r');
                    continue;
                }
                b'(' => Operand::String(self.literal()),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    Operand::Other
                }
                b'<' => Operand::String(self.hexadecimal()),
                b'[' => {
                    self.at += 1;
                    array.get_or_insert_default();
                    continue;
                }
                b']' => {
                    self.at += 1;
                    array.take().map_or(Operand::Other, Operand::Array)
                }
                b'/' => {
                    self.at += 1;
                    Operand::Name(unescaped(self.word()))
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => parse_number(self.word()),
                b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"' => match self.operator() {
                    b"true" | b"false" | b"null" => Operand::Other,
                    b"ID" => {
                        self.skip_picture();
                        continue;
                    }
                    operator => {
                        // an array that is not closed before the operator belongs to it
                        operands.extend(array.take().map(Operand::Array));
                        return Some(operator);
                    }
                },
                // white space, and whatever has no place here
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            let list = array.as_mut().unwrap_or(operands);
            if list.len() < MAX_OPERANDS {
                list.push(operand);
            }
        }
        self.cut |= array.is_some();
        None
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| !keep(*b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self) -> &'a [u8] {
        self.skip_while(|b| !b.is_ascii_whitespace() && b != 0 && !b"()<>[]{}/%".contains(&b))
    }

    /// The two operators that are quotation marks end after these.
    fn operator(&mut self) -> &'a [u8] {
        if let Some(b'\'' | b'"') = self.peek() {
            self.at += 1;
            return &self.bytes[self.at - 1..self.at];
        }
        self.word()
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    if depth > 1 {
                        out.push(byte);
                    }
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return out;
                    }
                    out.push(byte);
                }
                b'\\' => self.escape(&mut out),
                _ => out.push(byte),
            }
        }
        self.cut = true;
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                // high bits are ignored, as the format asks
                out.push(code as u8);
            }
            // a line that goes on
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let digits = self.skip_while(|b| b != b'>');
        self.cut |= self.peek().is_none();
        self.at += 1;
        hex(digits)
    }

    /// To behind the `EI` of an inline picture.
    fn skip_picture(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(4).position(|w| {
            w[0].is_ascii_whitespace() && &w[1..3] == b"EI" && (w[3].is_ascii_whitespace() || w[3] == b'Q')
        });
        match end {
            Some(n) => self.at += n + 1,
            None => {
                self.cut |= !rest.trim_ascii_end().ends_with(b"EI");
                self.at = self.bytes.len();
            }
        }
    }
}

/// A name may write any byte as `#` and two digits.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after) {
            (b'#', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.extend(hex(&[*high, *low]));
                rest = after;
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// The bytes that hexadecimal digits stand for; a digit that is missing at the end is 0.
pub(super) fn hex(digits: &[u8]) -> Vec<u8> {
    let nibbles = digits.iter().filter_map(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(digits.len() / 2 + 1);
    let mut high = None;
    for nibble in nibbles {
        match high.take() {
            None => high = Some(nibble as u8),
            Some(first) => out.push(first << 4 | nibble as u8),
        }
    }
    out.extend(high.map(|first| first << 4));
    out
}

fn parse_number(word: &[u8]) -> Operand {
    let (mut value, mut scale, mut negative, mut point) = (0.0f64, 1.0f64, false, false);
    for byte in word {
        match byte {
            b'0'..=b'9' => {
                value = value * 10.0 + f64::from(byte - b'0');
                if point {
                    scale *= 10.0;
                }
            }
            b'.' if !point => point = true,
            b'-' => negative = true,
            b'+' => {}
            _ => return Operand::Other,
        }
    }
    let value = if negative { -value } else { value } / scale;
    // beyond this no place on a page lies
    if value.abs() < 1e9 { Operand::Number(value) } else { Operand::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(content: &[u8]) -> (Vec<(String, Vec<Operand>)>, bool) {
        let mut reader = Reader::new(content);
        let mut operands = Vec::new();
        let mut found = Vec::new();
        while let Some(operator) = reader.next(&mut operands) {
            found.push((String::from_utf8_lossy(operator).into_owned(), operands.clone()));
        }
        (found, reader.cut)
    }

    #[test]
    fn operators_and_operands_are_read() {
        let content = b"/P <</MCID 0>> BDC % note\nBT /F#31 -.5 Tf[(a\\(b\\)\\101(c))-20.5<4a4>]TJ(x)'ET";
        let (found, cut) = all(content);
        let words: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!(words, ["BDC", "BT", "Tf", "TJ", "'", "ET"]);
        assert_eq!(found[2].1, [Operand::Name(b"F1".to_vec()), Operand::Number(-0.5)]);
        let items =
            vec![Operand::String(b"a(b)A(c)".to_vec()), Operand::Number(-20.5), Operand::String(b"J@".to_vec())];
        assert_eq!(found[3].1, [Operand::Array(items)]);
        assert!(!cut);
    }

    #[test]
    fn an_inline_picture_is_stepped_over() {
        let (found, cut) = all(b"BI /W 1 /H 1 ID \xffTj(EI \nEI\nQ");
        let words: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!((words, cut), (vec!["BI", "EI", "Q"], false));
    }

    #[test]
    fn garbage_costs_little_and_a_cut_is_seen() {
        let (found, cut) = all(b"}{ )) \x00 (a) Tj >> 1 2 Td (half of a str");
        let words: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!((words, cut), (vec!["Tj", "Td"], true));
        assert_eq!(found[0].1, [Operand::String(b"a".to_vec())]);
        assert!(all(b"[(a)").1);
        assert_eq!(all(&b"[(".repeat(1 << 18)).0, []);
    }
}
