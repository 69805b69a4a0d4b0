//! Words without quotes that YAML programs do not all take for text.

/// What other programs may take an unquoted text for; the words end "some programs read it as".
pub(super) fn other_reading(text: &str) -> Option<&'static str> {
    if matches!(text, "~" | "null" | "Null" | "NULL") {
        return Some("nothing at all");
    }
    if truth(text).is_some() {
        return Some("true or false");
    }
    if is_date(text) {
        return Some("a date");
    }
    is_number(text).then_some("a number")
}

/// What a word for yes or no means in older YAML.
pub(super) fn truth(text: &str) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    // "nO" is text everywhere
    if text != lower && text != text.to_ascii_uppercase() && !text.chars().skip(1).all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    match lower.as_str() {
        "yes" | "on" | "true" => Some(true),
        "no" | "off" | "false" => Some(false),
        _ => None,
    }
}

/// Whether some YAML version reads the text as a number: decimal, hexadecimal, with `_`, with an exponent, or `1:30`.
fn is_number(text: &str) -> bool {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let lower = body.to_ascii_lowercase();
    if matches!(lower.as_str(), ".inf" | ".nan") {
        return true;
    }
    for (prefix, digits) in [("0x", "0123456789abcdef_"), ("0o", "01234567_"), ("0b", "01_")] {
        if let Some(rest) = lower.strip_prefix(prefix) {
            return !rest.is_empty() && rest.chars().all(|c| digits.contains(c));
        }
    }
    let first = body.trim_start_matches('.');
    if !first.starts_with(|c: char| c.is_ascii_digit()) || body.len() > first.len() + 1 {
        return false;
    }
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    !exponent.is_empty()
        && exponent.chars().all(|c| c.is_ascii_digit())
        && mantissa.matches('.').count() <= 1
        && mantissa.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | ':'))
        && !mantissa.ends_with(':')
}

/// Whether the text is a date such as `2009-07-18`, with or without a time.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let day = day.split(['T', 't', ' ']).next().unwrap_or(day);
    year.len() == 4 && digits(year) && month.len() <= 2 && digits(month) && day.len() <= 2 && digits(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_need_quotes_are_told_from_words_that_do_not() {
        for text in ["no", "No", "OFF", "yes", "true", "~", "null", "1.10", "12", "-3", ".5", "1e3", "0x1F", "1_000"] {
            assert!(other_reading(text).is_some(), "{text}");
        }
        for text in ["2009-07-18", "2009-7-1", "1:30", "+4", ".inf", "2009-07-18T10:00:00"] {
            assert!(other_reading(text).is_some(), "{text}");
        }
        for text in
            ["nO", "none", "4 weeks", "1.2.3", "74-96", "v1", "norco", "e3", "...", "-", "1e", "10mg", "12:", ""]
        {
            assert!(other_reading(text).is_none(), "{text}");
        }
    }
}
