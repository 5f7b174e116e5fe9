//! Markdown links, and where they lead.

use super::address;
use super::mark::{byte, run};

/// `[text](destination)`, read from a description.
#[derive(Debug, PartialEq)]
pub(super) struct Link<'a> {
    pub(super) text: &'a str,
    pub(super) destination: Destination<'a>,
    /// The offset of the text after the link.
    pub(super) end: usize,
}

#[derive(Debug, PartialEq)]
pub(super) enum Destination<'a> {
    Address(String),
    /// Relative to an unknown address, or the name of a message.
    Unknown(&'a str),
    /// The page that the description was written for.
    Here,
}

/// Longer link text is not treated as a link.
const MAX_TEXT: usize = 400;
/// A link with a longer destination is not treated as one.
const MAX_TARGET: usize = 2000;

/// The longest host (<https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>) with a port.
const MAX_HOST: usize = 262;

/// Returns the link that begins at `at`.
pub(super) fn find<'a>(source: &'a str, at: usize, home: Option<&str>) -> Option<Link<'a>> {
    let text = at + 1;
    let text_end = text + closing(source.get(text..)?, (b'[', b']'), MAX_TEXT)?;
    let text = source.get(text..text_end)?.trim();
    let gap = text_end + 1 + run(source, text_end + 1, b' ').min(1);
    let rest = source.get(gap..)?.strip_prefix('(')?;
    // With a blank in between Markdown sees no link, but the author meant one.
    if gap > text_end + 1 && !rest.starts_with("http") {
        return None;
    }
    let length = closing(rest, (b'(', b')'), MAX_TARGET)?;
    let inside = rest.get(..length)?.trim();
    let target = inside.split(' ').next()?;
    let title = inside.get(target.len()..)?.trim_start();
    let is_link = !text.is_empty()
        && !text.contains("](")
        && !text.contains("] (")
        && (title.is_empty() || title.starts_with('"'));
    if !is_link {
        return None;
    }
    let target = target
        .strip_prefix('<')
        .and_then(|target| target.strip_suffix('>'))
        .unwrap_or(target);
    Some(Link {
        text,
        destination: resolve(target, home)?,
        end: gap + 1 + length + 1,
    })
}

/// Returns the offset of the bracket that closes the one in front of `text`.
fn closing(text: &str, (open, close): (u8, u8), limit: usize) -> Option<usize> {
    let mut depth = 1usize;
    let mut escaped = false;
    for (index, byte) in text.bytes().take(limit).enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == open => depth += 1,
            _ if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

fn resolve<'a>(target: &'a str, home: Option<&str>) -> Option<Destination<'a>> {
    if !address::is_printable(target) || target.is_empty() {
        return None;
    }
    if target.starts_with('#') {
        return Some(Destination::Here);
    }
    if target.starts_with("https://")
        || target.starts_with("http://")
        || target.starts_with("mailto:")
    {
        return Some(Destination::Address(target.to_owned()));
    }
    if target.starts_with("//") {
        return Some(Destination::Address(format!("https:{target}")));
    }
    if let (true, Some(origin)) = (target.starts_with('/'), home.and_then(origin)) {
        return Some(Destination::Address(format!("{origin}{target}")));
    }
    let is_path = |b: u8| b.is_ascii_alphanumeric() || b"-_./#?=&%:+,~@".contains(&b);
    target
        .bytes()
        .all(is_path)
        .then_some(Destination::Unknown(target))
}

/// Returns `https://cloud.google.com` of `https://cloud.google.com/compute/docs`.
fn origin(home: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| home.starts_with(scheme))?;
    let host = home.get(scheme.len()..)?;
    let host = host.split('/').next().filter(|host| !host.is_empty())?;
    let is_host = |b: u8| b.is_ascii_alphanumeric() || b"-.:".contains(&b);
    let origin = home.get(..scheme.len() + host.len())?;
    (host.len() < MAX_HOST && host.bytes().all(is_host)).then_some(origin)
}

/// Returns the name in `[name][…]`, a reference to a message, at the beginning of `text`, and the
/// length of the reference.
pub(super) fn reference(text: &str) -> Option<(&str, usize)> {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    let name = text.bytes().skip(1).take_while(|&b| is_name(b)).count();
    let target = 1 + name + 2;
    let length = text
        .bytes()
        .skip(target)
        .take_while(|&b| is_name(b))
        .count();
    let is_reference =
        name > 0 && text.get(1 + name..target) == Some("][") && byte(text, target + length) == b']';
    is_reference.then(|| {
        (
            text.get(1..1 + name).unwrap_or_default(),
            target + length + 1,
        )
    })
}
