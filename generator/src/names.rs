//! Names: from the words of a document to valid Rust identifiers, and who gets which.
//!
//! The only module that changes case (`heck`) and the only one that knows Rust's keywords.

mod encode;
mod packages;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

pub(crate) use packages::{is_package_module, split as split_package};

/// A valid Rust identifier, without the `r#` that keywords print with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

impl Ident {
    /// `pageSize` -> `page_size`: functions, fields, parameters, modules.
    pub(crate) fn snake(name: &str) -> Self {
        Self::valid(words(name).to_snake_case(), "unnamed")
    }

    /// `setLabels` -> `SetLabels`: request builders, types of properties, client.
    pub(crate) fn camel(name: &str) -> Self {
        Self::valid(words(name).to_upper_camel_case(), "Unnamed")
    }

    /// `FAILED_CHECK` -> `FailedCheck`: values of enums. A sign before a number, and signs alone, are
    /// said: `-1` -> `Minus1`, `<=` -> `LessThanEqual`.
    pub(crate) fn value(name: &str) -> Self {
        let negative = name.strip_prefix('-');
        let negative = negative.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(rest) = negative {
            return Self::camel(&format!("minus {rest}"));
        }
        if name.contains(|c: char| c.is_ascii_alphanumeric()) {
            return Self::camel(name);
        }
        let said = |c: char| {
            let sign = SIGNS.iter().find(|(sign, _)| *sign == c);
            sign.map_or_else(
                || format!("U{:x} ", u32::from(c)),
                |(_, word)| format!("{word} "),
            )
        };
        Self::camel(&name.chars().map(said).collect::<String>())
    }

    /// `cloud-platform` -> `CLOUD_PLATFORM`: constants.
    pub(crate) fn constant(name: &str) -> Self {
        Self::valid(words(name).to_shouty_snake_case(), "UNNAMED")
    }

    /// `setLabels` -> `set_labels`, and an underscore behind any name that is not `camelCase`: that
    /// yields to one which is, whichever comes first.
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

/// Whether a name in small letters and underscores says all of it, as with `pageSize`.
pub(crate) fn is_camel_case(name: &str) -> bool {
    serde_camel_case(&Ident::snake(name)) == name
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

/// The names of one Rust name space: who comes first keeps the plain name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Names that belong to us, whatever a document says: few scopes meet them, so they are looked
    /// through rather than sorted anew for each.
    reserved: Vec<&'static [&'static str]>,
    taken: BTreeSet<Ident>,
    /// The last numbers that were given: a million names of one kind are not counted each time.
    numbers: BTreeMap<Ident, u32>,
}

impl Scope {
    /// A scope in which these names belong to us.
    pub(crate) fn reserving(names: &'static [&'static str]) -> Self {
        Self::default().and(names)
    }

    /// The same scope, in which these names belong to us too.
    pub(crate) fn and(mut self, names: &'static [&'static str]) -> Self {
        self.reserved.push(names);
        self
    }

    fn take(&mut self, name: &Ident) -> bool {
        let name_is = |names: &&[&str]| names.contains(&name.as_str());
        !self.reserved.iter().any(name_is) && self.taken.insert(name.clone())
    }

    /// Gives `wanted`, with an underscore behind it if that name is ours, or with the first
    /// free number if another name of the document has it.
    pub(crate) fn assign(&mut self, wanted: Ident) -> Ident {
        if self.take(&wanted) {
            return wanted;
        }
        let marked = wanted.suffixed();
        if self.take(&marked) {
            return marked;
        }
        let mut number = self.numbers.get(&wanted).copied().unwrap_or(1);
        loop {
            number = number.saturating_add(1);
            let numbered = Ident(format!("{}{number}", wanted.0));
            if self.take(&numbered) {
                self.numbers.insert(wanted, number);
                return numbered;
            }
        }
    }
}

/// What signs are called that values of enums consist of.
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
const NEVER_RAW: &[&str] = &["_", "crate", "self", "Self", "super"];

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
