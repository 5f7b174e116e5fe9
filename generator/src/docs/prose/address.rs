//! Web addresses in prose.

use super::mark::{byte, unpaired};

/// Longer addresses are cut, as browsers do.
const MAX_LENGTH: usize = 2000;

/// Returns the scheme in front of the `:` at `at`, and the length of the address with its scheme.
pub(super) fn find(source: &str, at: usize) -> Option<(&'static str, usize)> {
    let (before, after) = source.split_at_checked(at)?;
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| before.ends_with(scheme))?;
    let host = after.strip_prefix("://")?;
    Some((scheme, scheme.len() + "://".len() + length(host)))
}

/// Returns the length of the address in `text`, which begins with a host.
fn length(text: &str) -> usize {
    let mut end = 0;
    while let Some(next) = text.as_bytes().get(end).filter(|_| end < MAX_LENGTH) {
        let rest = text.get(end..).unwrap_or_default();
        end += match next {
            b'<' => match placeholder(rest) {
                0 => break,
                length => length,
            },
            b' ' | b'"' | b'\'' | b'`' | b'\\' | b'>' => break,
            b',' if rest.starts_with(",http") => break,
            b if b.is_ascii() => 1,
            _ => break,
        };
    }
    without_punctuation(text.get(..end).unwrap_or_default())
}

/// Returns the length of `<name>` at the beginning of `text`.
fn placeholder(text: &str) -> usize {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let name = text.bytes().skip(1).take_while(|&b| is_name(b)).count();
    if name > 0 && byte(text, name + 1) == b'>' {
        name + 2
    } else {
        0
    }
}

/// Returns the length of `address` without the punctuation of the sentence around it.
fn without_punctuation(mut address: &str) -> usize {
    while let Some(last) = address.bytes().next_back() {
        let is_outside = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'*' | b'_' | b'~' | b'[' | b'(' | b'{' => {
                true
            }
            b')' => unpaired(address, '(', ')'),
            b']' => unpaired(address, '[', ']'),
            b'}' => unpaired(address, '{', '}'),
            _ => false,
        };
        if !is_outside {
            break;
        }
        address = address.get(..address.len() - 1).unwrap_or_default();
    }
    address.len()
}

/// Returns the address in `<…>` at the beginning of `text`, and its length with the brackets.
pub(super) fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('<')?;
    if !inside.starts_with("http://") && !inside.starts_with("https://") {
        return None;
    }
    let end = inside.bytes().take(MAX_LENGTH).position(|b| b == b'>')?;
    let address = inside.get(..end)?;
    let is_address = !address.ends_with('/') || address.len() > "https://".len();
    (is_address && is_printable(address)).then_some((address, address.len() + 2))
}

/// Returns true if nothing in `address` can end a link early.
pub(super) fn is_printable(address: &str) -> bool {
    address
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"<>\"`\\".contains(&b))
}

/// Returns true if `address` lacks a host or has placeholders, so that a link would lead nowhere.
pub(super) fn is_template(address: &str) -> bool {
    address.ends_with("://")
        || address.contains(['{', '}', '[', ']', '<', '>', '*', '^', '|', '$'])
        || address.contains("...")
}
