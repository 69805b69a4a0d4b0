//! Wording with holes: "{levels} approved, the criterion allows at most {limit}".

use serde::{Deserialize, Serialize};

/// A text with named holes in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The text as written.
    pub text: String,
}

impl Template {
    /// A template, if all its holes are among the allowed ones.
    ///
    /// # Errors
    /// A sentence for a diagnostic, with the bytes of the hole at fault.
    pub fn parse(text: &str, allowed: &[&str]) -> Result<Template, (String, std::ops::Range<usize>)> {
        for (hole, bytes) in holes(text)? {
            if !allowed.contains(&hole) {
                let known = match allowed {
                    [] => "there are none here".to_string(),
                    _ => format!("the holes here are {}", allowed.join(", ")),
                };
                return Err((format!("there is no hole `{{{hole}}}`; {known}"), bytes));
            }
        }
        Ok(Template { text: text.trim_end().to_string() })
    }

    /// The text with its holes filled; a hole without a value becomes "?".
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> String {
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut rest = self.text.as_str();
        let find = |mark: u8, text: &str| memchr::memchr(mark, text.as_bytes());
        while let Some(open) = find(b'{', rest) {
            let Some(close) = find(b'}', &rest[open..]) else { break };
            out.push_str(&rest[..open]);
            out.push_str(value(&rest[open + 1..open + close]).unwrap_or("?"));
            rest = &rest[open + close + 1..];
        }
        out + rest
    }
}

/// The holes of a text with their bytes.
fn holes(text: &str) -> Result<Vec<(&str, std::ops::Range<usize>)>, (String, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['{', '}']).map(|n| at + n) {
        if text.as_bytes()[open] == b'}' {
            return Err(("`}` closes no hole".to_string(), open..open + 1));
        }
        let Some(close) = text[open..].find('}').map(|n| open + n) else {
            return Err(("`{` is never closed".to_string(), open..open + 1));
        };
        found.push((&text[open + 1..close], open..close + 1));
        at = close + 1;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_checked_and_filled() {
        let template = Template::parse("{amount} approved, at most {limit}", &["amount", "limit"]).unwrap();
        assert_eq!(template.fill(|h| (h == "amount").then_some("3 levels")), "3 levels approved, at most ?");
        let (message, bytes) = Template::parse("at {limt}", &["limit"]).unwrap_err();
        assert!(message.contains("limit") && bytes == (3..9));
        assert!(Template::parse("at {", &[]).is_err() && Template::parse("at }", &[]).is_err());
    }
}
