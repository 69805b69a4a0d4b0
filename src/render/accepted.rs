//! What is told of an accepted finding.

use crate::diagnostic::Accepted;

/// "accepted by B. Ruiz until 2026-12-31: the taper is in the next letter".
pub fn words(accepted: &Accepted) -> String {
    let mut out = "accepted".to_string();
    for (word, value) in [("by", &accepted.by), ("until", &accepted.until)] {
        if let Some(value) = value {
            out.push_str(&format!(" {word} {value}"));
        }
    }
    if let Some(reason) = &accepted.reason {
        out.push_str(&format!(": {reason}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_told() {
        let bare = Accepted::default();
        assert_eq!(words(&bare), "accepted");
        let full =
            Accepted { reason: Some("known".into()), by: Some("B. Ruiz".into()), until: Some("2026-12-31".into()) };
        assert_eq!(words(&full), "accepted by B. Ruiz until 2026-12-31: known");
    }
}
