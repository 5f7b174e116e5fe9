//! Checks what names an API and says where it is.
//!
//! A document is untrusted: its names become names of packages and files, and its URLs receive the
//! credentials of a user.

use super::cursor::Cursor;
use crate::problem::quoted;
use crate::template::Template;

/// The value of `kind` in a Discovery document.
pub(super) const KIND: &str = "discovery#restDescription";

const LONGEST_NAME: usize = 64;

/// The length of the longest URL or path, in bytes: the documentation of every method has them.
const LONGEST_URL: usize = 500;

/// Reads `kind`. Nothing else is worth reading if this is another kind of text.
pub(super) fn is_discovery(cursor: Cursor<'_>) -> bool {
    let help = format!("a Discovery document says `{KIND}`");
    constant(cursor, KIND, "the text is of the kind", &help)
}

/// Reads `protocol`.
pub(super) fn protocol(cursor: Cursor<'_>) {
    constant(
        cursor,
        "rest",
        "the API speaks the protocol",
        "only `rest` is supported",
    );
}

fn constant(cursor: Cursor<'_>, expected: &str, message: &str, help: &str) -> bool {
    let found = cursor.checked_string(|found| {
        (found != expected).then(|| (format!("{message} {}", quoted(found)), help.to_owned()))
    });
    found.is_some_and(|found| found == expected)
}

/// Reads the name or the version of the API.
pub(super) fn name(cursor: Cursor<'_>) -> Option<String> {
    cursor.checked_string(|name| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if begins_well && name.len() <= LONGEST_NAME && name.chars().all(is_allowed) {
            return None;
        }
        let message = format!("{} cannot be a name of packages and files", quoted(name));
        let help = format!(
            "use at most {LONGEST_NAME} letters, digits, `_`, `.` and `-`, beginning with a letter"
        );
        Some((message, help))
    })
}

/// Reads a URL that requests are sent to.
pub(super) fn root_url(cursor: Cursor<'_>) -> Option<String> {
    cursor.checked_string(|url| {
        let fault = fault_in_url(url)?;
        let help = "requests and credentials go there; it looks like `https://host/` or \
                    `https://host/path/`";
        Some((format!("the URL {} {fault}", quoted(url)), help.to_owned()))
    })
}

fn fault_in_url(url: &str) -> Option<&'static str> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("is not `https`");
    };
    let (authority, path) = match rest.find(['/', '?', '#']) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let segments = path.strip_prefix('/').unwrap_or_default();
    if url.len() > LONGEST_URL {
        Some("is too long")
    } else if authority.contains('@') {
        Some("has user information")
    } else if path.contains('#') {
        Some("has a fragment")
    } else if path.contains('?') {
        Some("has a query")
    } else if host.is_empty() || !host.chars().all(is_host) || !is_port {
        Some("does not name a plain host")
    } else if !path.ends_with('/') {
        Some("does not end with a slash")
    } else if !segments.is_empty() && fault_in_path(segments).is_some() {
        Some("has a path that is not plain")
    } else {
        None
    }
}

/// Reads the path that goes between the root URL and the path of a method.
pub(super) fn service_path(cursor: Cursor<'_>) -> Option<String> {
    cursor.checked_string(|path| {
        if path.is_empty() {
            return None;
        }
        let fault = fault_in_path(path)?;
        let message = format!("the service path {} is not plain: {fault}", quoted(path));
        let help = "it is empty, or a relative path that ends with a slash, like `drive/v3/`";
        Some((message, help.to_owned()))
    })
}

fn fault_in_path(path: &str) -> Option<String> {
    match Template::parse(path) {
        _ if path.len() > LONGEST_URL => Some("it is too long".into()),
        Err(error) => Some(error.to_string()),
        Ok(template) if template.variables().next().is_some() => Some("it has a variable".into()),
        Ok(_) if !path.ends_with('/') => Some("it does not end with a slash".into()),
        Ok(_) => None,
    }
}
