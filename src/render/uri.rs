//! Paths as machines want them: from the folder in which the reader works, with `/`, percent-encoded where they are URIs.

/// A path without detours, told from a folder if it lies below it. Nothing is looked up: the caller resolves links first.
pub fn relative(path: &str, folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).filter(|_| !folder.is_empty());
    let (root, steps) = match inside {
        Some(rest) => ("", rest),
        None => path.strip_prefix('/').map_or(("", path), |rest| ("/", rest)),
    };
    let mut kept: Vec<&str> = Vec::new();
    for step in steps.split('/') {
        match step {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            ".." if !root.is_empty() => {}
            _ => kept.push(step),
        }
    }
    format!("{root}{}", kept.join("/"))
}

/// A path as a URI reference (RFC 3986): relative ones stay so, absolute ones become `file:` URIs.
pub fn uri(path: &str) -> String {
    let mut out = if path.starts_with('/') { "file://".to_string() } else { String::new() };
    // a drive letter
    if path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic() {
        out.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            // a backslash of another system's path
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_a_folder_without_detours() {
        let told = |path| relative(path, "/work/drafts");
        assert_eq!(told("./a/../b//c.txt"), "b/c.txt");
        assert_eq!(told("/work/drafts/a/c.txt"), "a/c.txt");
        assert_eq!(told("/work/drafts2/c.txt"), "/work/drafts2/c.txt");
        assert_eq!(told("../x/../../c.txt"), "../../c.txt");
        assert_eq!(told("/../c.txt"), "/c.txt");
        assert_eq!(told("-"), "-");
        assert_eq!(relative("/a/b", ""), "/a/b");
    }

    #[test]
    fn uris_hold_no_character_that_means_something() {
        assert_eq!(uri("a b/100%/é#1?.txt"), "a%20b/100%25/%C3%A9%231%3F.txt");
        assert_eq!(uri("/a/b:c"), "file:///a/b%3Ac");
        assert_eq!(uri("x:y.txt"), "file:///x%3Ay.txt");
    }
}
