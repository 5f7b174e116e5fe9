//! Web addresses in prose.

use super::mark::byte;

/// What is longer is cut: browsers do the same.
const MAX_LENGTH: usize = 2000;

/// The scheme in front of the `:` at `at`, and the length of the address from the scheme on: zero
/// if there is no host.
pub(super) fn find(source: &str, at: usize) -> Option<(&'static str, usize)> {
    let (before, after) = source.split_at_checked(at)?;
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| before.ends_with(scheme))?;
    let host = after.strip_prefix("://")?;
    let length = length(host);
    Some((
        scheme,
        if length == 0 {
            0
        } else {
            scheme.len() + "://".len() + length
        },
    ))
}

/// How much of `text`, which begins with a host, belongs to the address.
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

/// The length of `<name>` at the beginning of `text`.
fn placeholder(text: &str) -> usize {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let name = text.bytes().skip(1).take_while(|&b| is_name(b)).count();
    if name > 0 && byte(text, name + 1) == b'>' {
        name + 2
    } else {
        0
    }
}

/// The length of `address` without what belongs to the sentence around it.
fn without_punctuation(mut address: &str) -> usize {
    let unbalanced = |address: &str, open: char, close: char| {
        address.matches(close).count() > address.matches(open).count()
    };
    while let Some(last) = address.bytes().next_back() {
        let is_outside = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'*' | b'_' | b'~' | b'[' | b'(' | b'{' => {
                true
            }
            b')' => unbalanced(address, '(', ')'),
            b']' => unbalanced(address, '[', ']'),
            b'}' => unbalanced(address, '{', '}'),
            _ => false,
        };
        if !is_outside {
            break;
        }
        address = address.get(..address.len() - 1).unwrap_or_default();
    }
    address.len()
}

/// The address in `<…>` at the beginning of `text`, and the length of both.
pub(super) fn bracketed(text: &str) -> Option<(&str, usize)> {
    let (address, _) = text.strip_prefix('<')?.split_once('>')?;
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let is_address = !host.is_empty() && is_printable(address);
    is_address.then_some((address, address.len() + 2))
}

/// Whether nothing in `address` can end a link early.
pub(super) fn is_printable(address: &str) -> bool {
    address
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"<>\"`\\".contains(&b))
}

/// Whether `address` has parts to be filled in, so that a link would lead nowhere.
pub(super) fn is_template(address: &str) -> bool {
    address.contains(['{', '}', '[', ']', '<', '>', '*', '^', '|', '$']) || address.contains("...")
}
