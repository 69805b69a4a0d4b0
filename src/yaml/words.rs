//! Words for messages: "did you mean", lists of choices, quoting.

/// The known word nearest to a mistyped one, if one is near enough to be meant. Case, `-`, `_` and blanks do not
/// count; of equally near words the first is taken.
pub fn suggest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let length = word.chars().count();
    // nobody types one of our words that long; also keeps the distance cheap on hostile input
    if length == 0 || length > 64 {
        return None;
    }
    let limit = length.max(3) / 3;
    let folded = fold(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let other = fold(candidate);
        if other.chars().count().abs_diff(folded.chars().count()) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &other);
        if distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_string())
}

fn fold(word: &str) -> String {
    word.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// "did you mean" as the tail of a message, or nothing.
pub(super) fn did_you_mean(suggestion: Option<String>) -> String {
    suggestion.map(|s| format!(", did you mean `{s}`?")).unwrap_or_default()
}

/// Words for a help line: "`a`, `b` and `c`".
pub(super) fn listed<'k>(words: impl Iterator<Item = &'k str>, last: &str) -> String {
    let words: Vec<String> = words.map(|w| format!("`{w}`")).collect();
    match words.split_last() {
        None => "none".to_string(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// A value for a message: one line, not too long.
pub(super) fn shown(text: &str) -> String {
    let mut short: String =
        text.trim().chars().take(40).map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}

/// A text as it can be written in a YAML file: in double quotes, or in single quotes where it has double quotes or
/// backslashes.
pub(super) fn quoted(text: &str) -> String {
    let text = shown(text);
    match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{text}\""),
    }
}
