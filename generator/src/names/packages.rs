//! Packages: prefixes of schema names that become modules.
//!
//! A package depends on the name and the API alone, so a document that grows never moves a type.

use super::ident::Ident;

/// A schema name in two parts: its package and its own name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Split<'a> {
    /// `GoogleChecksReportV1alpha`.
    pub(crate) package: &'a str,
    /// The separator between the two.
    pub(crate) separator: Separator,
    pub(crate) own: &'a str,
}

/// The end of a package.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Separator {
    /// Its version: `GoogleIamV1Policy`.
    Version,
    /// Its version and an underscore: `GoogleIamV1_Policy`.
    Underscore,
    /// Two underscores: `GoogleIam__Policy`.
    Underscores,
}

/// Splits a schema name, if it has a package. One begins with `Google`, and ends in a version or before `__`.
pub(crate) fn split(schema: &str) -> Option<Split<'_>> {
    let bare = schema.strip_prefix("Google")?;
    // Packages before an underscore keep `google`, so that no other can have it.
    let is_package = starts_upper(bare) && !bare.starts_with("Google");
    let (package, separator, own) = match schema.split_once("__") {
        Some((package, own)) => (package, Separator::Underscores, own),
        None => {
            let (_, end) = version_span(schema)?;
            let (package, own) = schema.split_at_checked(end)?;
            match own.strip_prefix('_') {
                Some(own) => (package, Separator::Underscore, own),
                None => (package, Separator::Version, own),
            }
        }
    };
    (is_package && package.len() > "Google".len() && starts_upper(own)).then_some(Split {
        package,
        separator,
        own,
    })
}

impl Split<'_> {
    /// Returns the module of the package: its name without `Google`. A package of the API itself also
    /// loses API and version: `GoogleChecksReportV1alpha` in `checks:v1alpha` is `report`. Where an
    /// underscore ends the package, it keeps `Google`.
    pub(crate) fn module(
        self,
        api_name: &str,
        api_version: &str,
        is_reserved: impl Fn(&str) -> bool,
    ) -> Ident {
        let bare = self.package.strip_prefix("Google").unwrap_or(self.package);
        if let Some(own) =
            of_api(bare, api_name, api_version).filter(|_| self.separator == Separator::Version)
        {
            return Ident::module(own, is_reserved);
        }
        let (words, version) = match version_span(self.package) {
            Some((start, end)) if end == self.package.len() => self.package.split_at(start),
            _ => (self.package, ""),
        };
        let words = if self.separator == Separator::Version {
            words.strip_prefix("Google").unwrap_or(words)
        } else {
            words
        };
        let mut module = if words.is_empty() {
            String::new()
        } else {
            Ident::module(words, |_| false).0
        };
        if !version.is_empty() {
            if !module.is_empty() {
                module.push('_');
            }
            module.push_str(&version.to_ascii_lowercase());
            if self.separator == Separator::Underscores {
                module.push('_');
            }
        }
        Ident(module)
    }
}

/// Returns whether a package that keeps its version or `Google` could have this module.
pub(crate) fn is_package_module(module: &str) -> bool {
    let last = module.rsplit('_').next().unwrap_or_default();
    let is_version =
        last.starts_with('v') && last.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    is_version || module == "google" || module.starts_with("google_")
}

/// Returns the part of a package name that is not the API and its version.
fn of_api<'a>(bare: &'a str, api_name: &str, api_version: &str) -> Option<&'a str> {
    let rest = strip_capitalized(bare, api_name)?;
    let end = rest.len().checked_sub(api_version.len())?;
    let (own, version) = rest.split_at_checked(end)?;
    let is_own = starts_upper(own) && !own.starts_with("Google");
    (is_own && strip_capitalized(version, api_version) == Some("")).then_some(own)
}

/// Strips a word whose first letter is a capital in the name.
fn strip_capitalized<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    let mut chars = word.chars();
    let first = chars.next()?.to_ascii_uppercase();
    name.strip_prefix(first)?.strip_prefix(chars.as_str())
}

/// Returns the start and end of the first version token (`V1`, `V1alpha`, `V1p3beta1`).
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
