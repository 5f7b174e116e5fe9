//! An injective encoding of names: two different names never become one.
//!
//! A schema keeps its name as a type. The module of its nested types, and that of a package, is the
//! name in small letters, with marks where two names would otherwise meet.

use heck::ToSnakeCase;

use super::ident::{Ident, NEVER_RAW};

impl Ident {
    /// Returns the type of a schema: its own name. A name that cannot be a type, or could be a module,
    /// gets a trailing underscore or `_T` (`String_`, `foo_T`), as no other type has.
    pub(crate) fn schema(name: &str, reserved: &[&str]) -> Self {
        let is_usual = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.contains(|c: char| c.is_ascii_uppercase())
            && !(name.ends_with('_') || name.ends_with("_T"))
            && !(reserved.contains(&name) || NEVER_RAW.contains(&name));
        if is_usual {
            return Self(name.to_owned());
        }
        let spelt = spelt(name);
        // A module has no capital, so that a type has one.
        let mark = if spelt.contains(|c: char| c.is_ascii_uppercase()) {
            "_"
        } else {
            "_T"
        };
        Self(spelt + mark)
    }

    /// Returns the module of the types nested in a type, or of a package: `HttpHealthCheck` becomes
    /// `http_health_check` and `HTTPHealthCheck` becomes `http__health_check`. A reserved name gets a
    /// leading underscore.
    pub(crate) fn module(name: &str, is_reserved: impl Fn(&str) -> bool) -> Self {
        let name = spelt(name);
        let (module, mark) = match marked(&name) {
            Some(module) => (module, "_"),
            None => (format!("__{}", letter_by_letter(&name)), "__"),
        };
        if !(is_reserved(&module) || NEVER_RAW.contains(&module.as_str())) {
            return Self(module);
        }
        let module = format!("{mark}{module}");
        // Code that serde derives calls serde `_serde`.
        let more = if module == "_serde" { "_" } else { "" };
        Self(module + more)
    }
}

/// Spells the name as an identifier. A leading digit or underscore gets an underscore before it; any
/// other character becomes its number between `_u` and `_`.
fn spelt(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    if name.starts_with(|c: char| c == '_' || c.is_ascii_digit()) || name.is_empty() {
        spelt.push('_');
    }
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        // A `_u` of the name itself must not read as the start of a number.
        let is_number = c == '_' && chars.peek() == Some(&'u');
        if is_number || !(c.is_ascii_alphanumeric() || c == '_') {
            spelt.push_str(&format!("_u{:x}_", u32::from(c)));
        } else {
            spelt.push(c);
        }
    }
    spelt
}

/// Joins the words of the name in small letters: `_` between two words, one more after a word in
/// capitals, `___` for an underscore of the name. Returns none if that would lose something.
fn marked(name: &str) -> Option<String> {
    let mut module = String::with_capacity(name.len() + 8);
    for (index, part) in name.split('_').enumerate() {
        if index > 0 {
            module.push_str("___");
        }
        let mut rest = part;
        for word in part.to_snake_case().split('_') {
            let (spelling, behind) = rest.split_at_checked(word.len())?;
            if !std::ptr::eq(rest, part) {
                module.push('_');
            }
            rest = behind;
            module.push_str(word);
            if spelling == word.to_ascii_uppercase() && spelling != capitalized(word) {
                module.push('_');
            } else if spelling != capitalized(word) {
                return None;
            }
        }
        if part.is_empty() || !rest.is_empty() {
            return None;
        }
    }
    Some(module)
}

/// Spells in small letters, with an underscore before each capital, and `_0` for an underscore.
fn letter_by_letter(name: &str) -> String {
    let mut module = String::with_capacity(2 * name.len());
    for c in name.chars() {
        match c {
            '_' => module.push_str("_0"),
            c if c.is_ascii_uppercase() => module.extend(['_', c.to_ascii_lowercase()]),
            c => module.push(c),
        }
    }
    module
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}
