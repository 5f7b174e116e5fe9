//! Identifiers that are valid by construction.

use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A valid Rust identifier, without the `r#` that keywords print with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(pub(super) String);

impl Ident {
    /// `pageSize` -> `page_size`: functions, fields, parameters, modules.
    pub(crate) fn snake(name: &str) -> Self {
        Self::valid(words(name).to_snake_case(), "unnamed")
    }

    /// `setLabels` -> `SetLabels`: request builders, types of properties, client.
    pub(crate) fn camel(name: &str) -> Self {
        Self::valid(words(name).to_upper_camel_case(), "Unnamed")
    }

    /// `FAILED_CHECK` -> `FailedCheck`: values of enums. A sign before a number, and signs alone,
    /// become words: `-1` -> `Minus1`, `<=` -> `LessThanEqual`.
    pub(crate) fn value(name: &str) -> Self {
        let negative = name.strip_prefix('-');
        let negative = negative.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(rest) = negative {
            return Self::camel(&format!("minus {rest}"));
        }
        if name.contains(|c: char| c.is_ascii_alphanumeric()) {
            return Self::camel(name);
        }
        let word = |c: char| {
            let sign = SIGNS.iter().find(|(sign, _)| *sign == c);
            sign.map_or_else(
                || format!("U{:x} ", u32::from(c)),
                |(_, word)| format!("{word} "),
            )
        };
        Self::camel(&name.chars().map(word).collect::<String>())
    }

    /// `cloud-platform` -> `CLOUD_PLATFORM`: constants.
    pub(crate) fn constant(name: &str) -> Self {
        Self::valid(words(name).to_shouty_snake_case(), "UNNAMED")
    }

    /// `setLabels` -> `set_labels`, with a trailing underscore if the name is not `camelCase`, so that
    /// it never takes the name of one that is.
    pub(crate) fn function(name: &str) -> Self {
        let ident = Self::snake(name);
        if is_camel_case(name) {
            ident
        } else {
            ident.suffixed()
        }
    }

    /// `setLabels` -> `SetLabels`, with an underscore wherever [`Ident::function`] has one.
    pub(crate) fn builder(name: &str) -> Self {
        let ident = Self::camel(name);
        if is_camel_case(name) {
            ident
        } else {
            ident.suffixed()
        }
    }

    /// Returns the name with a trailing underscore.
    pub(crate) fn suffixed(&self) -> Self {
        Self(format!("{}_", self.0))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if it is printed as `r#name`.
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

/// Returns the name as heck may see it: everything but ASCII letters and digits separates words.
fn words(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

/// Returns a snake-case name in camelCase.
fn lower_camel_case(field: &Ident) -> String {
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

/// Returns whether a name is `camelCase`, so that its snake case loses nothing.
pub(crate) fn is_camel_case(name: &str) -> bool {
    lower_camel_case(&Ident::snake(name)) == name
}

/// Returns the name in the style of packages: `directory_v1.1` -> `directory-v1-1`.
pub(crate) fn kebab(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '_' | '.' => '-',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// The words for signs in the values of enums.
const SIGNS: &[(char, &str)] = &[
    ('!', "Not"),
    ('%', "Percent"),
    ('&', "And"),
    ('*', "Star"),
    ('+', "Plus"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    ('<', "LessThan"),
    ('=', "Equal"),
    ('>', "GreaterThan"),
    ('_', "Underscore"),
    ('|', "Or"),
    ('~', "Tilde"),
];

/// Keywords of edition 2024, strict and reserved, that may be written `r#…`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that even `r#` does not make an identifier.
pub(super) const NEVER_RAW: &[&str] = &["_", "crate", "self", "Self", "super"];
