//! Checks the names and the URLs of an API.
//!
//! A document is untrusted: its names become names of packages and files, and its URLs receive the
//! user's credentials.

use super::cursor::Fault;
use crate::problem::quoted;
use crate::template::Template;

/// The value of `kind` in a Discovery document.
const KIND: &str = "discovery#restDescription";

const LONGEST_NAME: usize = 64;

/// The length of the longest URL or path, in bytes: the documentation of every method repeats them.
const LONGEST_URL: usize = 500;

/// Checks `kind`.
pub(super) fn is_discovery(kind: &str) -> Result<(), Fault> {
    if kind == KIND {
        return Ok(());
    }
    let message = format!("the kind of the text is {}", quoted(kind));
    Err((
        message,
        format!("a Discovery document has the kind `{KIND}`"),
    ))
}

/// Checks `protocol`.
pub(super) fn is_rest(protocol: &str) -> Result<(), Fault> {
    if protocol == "rest" {
        return Ok(());
    }
    let message = format!("the protocol of the API is {}", quoted(protocol));
    Err((message, "only `rest` is supported".to_owned()))
}

/// Checks the name or the version of the API. Cargo, the file system and Rust must agree on the name
/// of the package: `v1.` and `v1..1` would lose their signs in some of them.
pub(super) fn name(name: &str) -> Result<String, Fault> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins_well && name.len() <= LONGEST_NAME && name.split(['_', '.', '-']).all(is_word) {
        return Ok(name.to_owned());
    }
    let message = format!("{} cannot name a package or a file", quoted(name));
    let help = format!(
        "use at most {LONGEST_NAME} letters and digits, with a letter first and at most one `_`, `.` \
         or `-` between two of them"
    );
    Err((message, help))
}

/// Checks a URL that requests are sent to.
pub(super) fn root_url(url: &str) -> Result<String, Fault> {
    let Some(fault) = fault_in_url(url) else {
        return Ok(url.to_owned());
    };
    let help = "requests and credentials go there; use `https://host/` or `https://host/path/`";
    Err((format!("the URL {} {fault}", quoted(url)), help.to_owned()))
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

/// Checks the path between the root URL and the path of a method.
pub(super) fn service_path(path: &str) -> Result<String, Fault> {
    match fault_in_path(path) {
        Some(fault) if !path.is_empty() => {
            let message = format!("the service path {} is not plain: {fault}", quoted(path));
            let help =
                "use an empty path, or a relative one that ends with a slash, such as `drive/v3/`";
            Err((message, help.to_owned()))
        }
        _ => Ok(path.to_owned()),
    }
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
