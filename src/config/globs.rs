//! Patterns of paths. The only file that names `globset`.

use super::Given;
use globset::{GlobBuilder, GlobMatcher};

/// Patterns as written, and what they match: `*` and `?` stay within a name, `**` crosses folders; a pattern without `/`
/// matches a name in any folder, and what matches a folder matches all that is in it.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    /// As written.
    pub written: Vec<Given<String>>,
    matchers: Vec<GlobMatcher>,
}

impl Globs {
    /// Adds a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn add(&mut self, pattern: Given<String>) -> Result<(), String> {
        let trimmed = pattern.value.trim_start_matches("./").trim_end_matches('/');
        let rooted = match trimmed.strip_prefix('/') {
            Some(rest) => rest.to_string(),
            None if trimmed.contains('/') => trimmed.to_string(),
            None => format!("**/{trimmed}"),
        };
        for glob in [rooted.clone(), format!("{rooted}/**")] {
            let built = GlobBuilder::new(&glob).literal_separator(true).build();
            self.matchers.push(built.map_err(|e| e.kind().to_string())?.compile_matcher());
        }
        self.written.push(pattern);
        Ok(())
    }

    /// Whether a path matches.
    pub fn hit(&self, path: &str) -> bool {
        self.matchers.iter().any(|m| m.is_match(path))
    }
}
