//! Names: from the words of a document to valid Rust identifiers, and who gets which.
//!
//! The only module that changes case (`heck`) and the only one that knows Rust's keywords.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A valid Rust identifier, without the `r#` that keywords print with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

impl Ident {
    /// `pageSize` -> `page_size`: functions, fields, parameters, modules.
    pub(crate) fn snake(name: &str) -> Self {
        Self::valid(words(name).to_snake_case(), "unnamed")
    }

    /// `FAILED_CHECK` -> `FailedCheck`: variants, request builders, client.
    pub(crate) fn camel(name: &str) -> Self {
        Self::valid(words(name).to_upper_camel_case(), "Unnamed")
    }

    /// `cloud-platform` -> `CLOUD_PLATFORM`: constants.
    pub(crate) fn constant(name: &str) -> Self {
        Self::valid(words(name).to_shouty_snake_case(), "UNNAMED")
    }

    /// A schema's own name where it can stand as it is, so that `HTTPHealthCheck` and
    /// `HttpHealthCheck` stay two types.
    pub(crate) fn schema(name: &str) -> Self {
        let verbatim = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric());
        if verbatim {
            Self::valid(name.to_owned(), "Unnamed")
        } else {
            Self::camel(name)
        }
    }

    /// The same name with an underscore behind it.
    pub(crate) fn suffixed(&self) -> Self {
        Self(format!("{}_", self.0))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is printed as `r#name`.
    pub(crate) fn is_raw(&self) -> bool {
        KEYWORDS.contains(&self.0.as_str())
    }

    fn valid(mut name: String, unnamed: &str) -> Self {
        if name.is_empty() {
            name.push_str(unnamed);
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert(0, '_');
        }
        if NEVER_RAW.contains(&name.as_str()) {
            name.push('_');
        }
        Self(name)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_raw() { "r#" } else { "" })?;
        f.write_str(&self.0)
    }
}

/// What heck may see: everything but ASCII letters and digits separates words.
fn words(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

/// The name that serde's `rename_all = "camelCase"` derives from a field; only fields whose
/// name in the document differs need a `rename`.
pub(crate) fn serde_camel_case(field: &Ident) -> String {
    let mut out = String::with_capacity(field.0.len());
    let mut capitalize = false;
    for c in field.0.chars() {
        match c {
            '_' => capitalize = true,
            _ if capitalize && !out.is_empty() => {
                out.push(c.to_ascii_uppercase());
                capitalize = false;
            }
            _ => {
                out.push(c);
                capitalize = false;
            }
        }
    }
    out
}

/// The words of a document name as a package name has them: `admin:directory_v1` -> `admin-directory-v1`.
pub(crate) fn kebab(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '_' | '.' => '-',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Splits a schema name into its package and its own name.
///
/// A package is a prefix that ends in a version (`GoogleChecksReportV1alpha` + `Report`) or in the
/// separator `__` (`GoogleLongrunning__Operation`). The answer depends on nothing but the
/// name, so a document that grows never moves a type.
pub(crate) fn split_package(schema: &str) -> Option<(&str, &str)> {
    if let Some((package, own)) = schema.split_once("__") {
        return (!package.is_empty() && starts_upper(own)).then_some((package, own));
    }
    let (_, end) = version_span(schema)?;
    let (package, own) = schema.split_at_checked(end)?;
    let own = own.strip_prefix('_').unwrap_or(own);
    (package.starts_with("Google") && starts_upper(own)).then_some((package, own))
}

/// The module of a package. A package of the document itself loses what the crate's name
/// already says: `GoogleChecksReportV1alpha` in `checks:v1alpha` is `report`. Any other keeps its
/// version, so that the two kinds cannot meet: `GoogleCloudVideointelligenceV1beta2` is
/// `cloud_videointelligence_v1beta2`.
pub(crate) fn package_module(package: &str, api_name: &str, api_version: &str) -> Ident {
    let bare = package.strip_prefix("Google").unwrap_or(package);
    let of_api = strip_suffix_ignoring_case(bare, api_version)
        .map(|own| own.strip_prefix("Cloud").unwrap_or(own))
        .and_then(|own| strip_prefix_ignoring_case(own, api_name));
    match of_api {
        Some("") => Ident::snake(api_name),
        Some(own) if starts_upper(own) => Ident::snake(own),
        _ => Ident::snake(&version_as_word(bare)),
    }
}

/// Makes the version a word of its own, so that `V1p1beta1` becomes `v1p1beta1`.
fn version_as_word(package: &str) -> String {
    let parts = version_span(package).and_then(|(start, end)| {
        Some((
            package.get(..start)?,
            package.get(start..end)?,
            package.get(end..)?,
        ))
    });
    match parts {
        Some((before, version, after)) => {
            format!("{before} {} {after}", version.to_ascii_lowercase())
        }
        None => package.to_owned(),
    }
}

/// Where the first version token (`V1`, `V1alpha`, `V1p3beta1`) starts and ends.
fn version_span(name: &str) -> Option<(usize, usize)> {
    let bytes = name.as_bytes();
    let start = bytes.windows(3).position(|window| {
        matches!(window, [before, b'V', digit]
            if (before.is_ascii_lowercase() || before.is_ascii_digit()) && digit.is_ascii_digit())
    })? + 1;
    let length = bytes
        .iter()
        .skip(start + 1)
        .take_while(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
        .count();
    Some((start, start + 1 + length))
}

fn starts_upper(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

fn strip_prefix_ignoring_case<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn strip_suffix_ignoring_case<'a>(name: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, tail) = name.split_at_checked(name.len().checked_sub(suffix.len())?)?;
    tail.eq_ignore_ascii_case(suffix).then_some(rest)
}

/// The names of one Rust name space: who comes first keeps the plain name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<Ident>,
    /// The last numbers that were given: a million names of one kind are not counted each time.
    numbers: BTreeMap<Ident, u32>,
}

impl Scope {
    /// A scope in which these names belong to us, whatever a document says.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(|name| Ident((*name).to_owned())).collect(),
            numbers: BTreeMap::new(),
        }
    }

    /// The same scope, in which these names belong to us too.
    pub(crate) fn and(mut self, names: &[&str]) -> Self {
        self.taken.extend(Self::reserving(names).taken);
        self
    }

    /// Gives `wanted`, with an underscore behind it if that name is ours, or with the first
    /// free number if another name of the document has it.
    pub(crate) fn assign(&mut self, wanted: Ident) -> Ident {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let marked = wanted.suffixed();
        if self.taken.insert(marked.clone()) {
            return marked;
        }
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let numbered = Ident(format!("{}{number}", wanted.0));
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Keywords of edition 2024, strict and reserved, that may be written `r#…`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that even `r#` does not make an identifier.
const NEVER_RAW: &[&str] = &["_", "crate", "self", "Self", "super"];

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
