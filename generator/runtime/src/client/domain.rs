//! Names of hosts and domains.

/// The longest name, in bytes ([RFC 1035, section 2.3.4](https://www.rfc-editor.org/rfc/rfc1035)).
const MAX_NAME: usize = 253;
/// The longest part between two dots, in bytes.
const MAX_LABEL: usize = 63;

/// Returns whether a host can have this name. A dot at the end is that of the root.
pub(crate) fn is_host(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= MAX_NAME
        && name
            .split('.')
            .all(|label| (1..=MAX_LABEL).contains(&label.len()))
}

/// Returns a domain in lower case, or `None` if it is not a domain.
pub(crate) fn normalized(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let is_domain = is_host(text) && !text.ends_with('.') && text.bytes().all(is_plain);
    is_domain.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_normalized_or_refused() {
        assert_eq!(
            normalized("Example.CLOUD").as_deref(),
            Some("example.cloud")
        );
        let long = "a".repeat(64);
        let longest = ["a"; 128].join(".");
        for text in [
            "", ".", ".example", "example.", "a..b", "a b", "a/b", "a:1", "é", &long, &longest,
        ] {
            assert_eq!(normalized(text), None, "{text}");
        }
        assert!(is_host("example.com."));
        assert!(!is_host(".googleapis.com") && !is_host("a..b"));
    }
}
