//! Changes as lines of Markdown.

use std::collections::BTreeSet;

use super::groups::{self, Form, Group};
use super::short;
use crate::diff::{Change, ChangeKind, ItemName};
use crate::message::printable;

/// The width of a line.
const WIDTH: usize = 100;
/// The number of names in a line of a brief text. The rest are counted.
const NAMED: usize = 8;
/// The value of a fact that an item does not have.
const NONE: &str = "none";

/// A line about some changes.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Markdown: an item of a list, wrapped.
    pub(super) text: String,
    /// The changes that it reports.
    pub(super) changes: Vec<&'a Change>,
}

/// Returns one line about the gravest changes; nothing without changes.
pub(crate) fn gravest(changes: &[Change]) -> String {
    let changes: Vec<_> = changes.iter().map(short::change).collect();
    let class = changes.first().map(|change| change.class);
    let gravest = changes.iter().filter(|change| Some(change.class) == class);
    let groups = groups::groups(gravest, &changes, true);
    let first = groups.first();
    first.map_or_else(String::new, |group| sentence(group, &changes, true))
}

/// Returns the lines of `changes`, which are some of `all`. A brief line counts most of many names.
pub(super) fn lines<'a>(
    changes: impl Iterator<Item = &'a Change>,
    all: &[Change],
    is_brief: bool,
) -> Vec<Line<'a>> {
    let groups = groups::groups(changes, all, is_brief);
    let lines = groups.into_iter().map(|group| Line {
        text: wrapped(&printable(&sentence(&group, all, is_brief))),
        changes: group.changes,
    });
    lines.collect()
}

fn sentence(group: &Group<'_>, all: &[Change], is_brief: bool) -> String {
    let Group { first, changes, .. } = group;
    let items = items(group, is_brief);
    let text = match (first.kind, first.item.noun.as_str()) {
        (_, "scopes") if first.old != NONE && first.new != NONE => scopes(first, &items),
        (_, "features") => format!("Changed {items}: needs the feature {}", code(&first.new)),
        (ChangeKind::Changed | ChangeKind::Altered, _) => {
            format!("Changed {items}: {}", values(&first.old, &first.new))
        }
        (ChangeKind::Added | ChangeKind::Removed, "resource") => {
            let items = format!("{} {items}", verb(first.kind));
            with_methods(&items, changes, all)
        }
        (kind, _) => format!("{} {items}", verb(kind)),
    };
    match first.help.as_str() {
        "" => format!("{text}."),
        help => format!("{text}; {help}."),
    }
}

const fn verb(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Removed => "Removed",
        ChangeKind::Added => "Added",
        ChangeKind::Deprecated => "Deprecated",
        ChangeKind::Restored => "No longer deprecated:",
        ChangeKind::Described => "Changed the documentation of",
        ChangeKind::Changed | ChangeKind::Altered => "Changed",
    }
}

/// The old and the new value of a fact.
fn values(old: &str, new: &str) -> String {
    match (old, new) {
        (NONE, new) => format!("now {}", code(new)),
        (old, NONE) => format!("no longer {}", code(old)),
        (old, new) => format!("{} is now {}", code(old), code(new)),
    }
}

/// The scopes that methods no longer accept, and those that they accept now.
fn scopes(change: &Change, methods: &str) -> String {
    let methods = match methods.strip_prefix("the scopes of ") {
        Some(methods) => format!("Calls of {methods}"),
        None => methods.to_owned(),
    };
    let [old, new] = [&change.old, &change.new].map(|scopes| {
        let several: Vec<_> = scopes.split(", ").map(code).collect();
        match several.len() {
            1 => format!("the scope {}", several.concat()),
            _ => format!("the scopes {}", several.join(", ")),
        }
    });
    match (change.old.is_empty(), change.new.is_empty()) {
        (true, _) => format!("{methods} also accept {new}"),
        (_, true) => format!("{methods} no longer accept {old}"),
        _ => format!("{methods} accept {new} instead of {old}"),
    }
}

/// Resources that come or go with their methods.
fn with_methods(text: &str, resources: &[&Change], all: &[Change]) -> String {
    let methods = resources
        .iter()
        .map(|change| groups::methods_of(change, all));
    let their = if resources.len() == 1 { "its" } else { "their" };
    match methods.sum() {
        0_usize => text.to_owned(),
        1 => format!("{text} and {their} method"),
        methods => format!("{text} and {their} {methods} methods"),
    }
}

/// Text of a document as code, which it cannot leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Returns the names of the items: ``the fields `a`, `b` of the types `C`, `D` ``.
fn items(group: &Group<'_>, is_brief: bool) -> String {
    let Group { first, changes, .. } = group;
    let ItemName { noun, name, of } = &first.item;
    // New types come with the methods and fields that use them.
    let is_minor = noun == "type" && first.kind == ChangeKind::Added;
    if is_brief && is_minor && changes.len() > NAMED {
        return format!("{} types", changes.len());
    }
    let text = match name.as_str() {
        "" => format!("the {noun}"),
        _ => several(noun, names(changes), is_brief),
    };
    let Some(of) = of else { return text };
    let owners = match group.form {
        Form::Owners if !of.name.is_empty() => {
            let owners = changes.iter().filter_map(|change| change.item.of.as_ref());
            let owners = owners.map(|owner| owner.name.clone());
            let outer = of.of.iter().map(|outer| format!(" of {}", item(outer)));
            several(&of.noun, owners, is_brief) + &outer.collect::<String>()
        }
        _ => item(of),
    };
    let preposition = match first.kind {
        ChangeKind::Added => "to",
        ChangeKind::Removed => "from",
        _ => "of",
    };
    format!("{text} {preposition} {owners}")
}

/// Returns names after their noun. A brief text counts most of many names.
fn several(noun: &str, names: impl Iterator<Item = String>, is_brief: bool) -> String {
    let mut known = BTreeSet::new();
    let mut names: Vec<_> = names
        .map(|name| code(&name))
        .filter(|name| known.insert(name.clone()))
        .collect();
    let plural = if names.len() > 1 { "s" } else { "" };
    let mut more = String::new();
    if is_brief && names.len() > NAMED + 1 {
        more = format!(" and {} more", names.len() - NAMED);
        names.truncate(NAMED);
    }
    format!("the {noun}{plural} {}{more}", names.join(", "))
}

/// Returns the names of items with what follows them in a declaration.
fn names(changes: &[&Change]) -> impl Iterator<Item = String> {
    let names = changes.iter();
    names.map(|change| format!("{}{}", change.item.name, change.detail))
}

fn item(item: &ItemName) -> String {
    let name = item.name.replace('`', "'");
    let of = item.of.clone();
    let noun = item.noun.clone();
    ItemName { of, noun, name }.to_string()
}

/// An entry of a list, broken at spaces outside of code.
pub(super) fn wrapped(line: &str) -> String {
    let mut text = "-".to_owned();
    let (mut width, mut word, mut is_code) = (1, String::new(), false);
    for c in line.chars().chain([' ']) {
        is_code ^= c == '`';
        if c != ' ' || is_code {
            word.push(c);
            continue;
        }
        let length = word.chars().count() + 1;
        if width + length > WIDTH && width > 1 {
            text.push_str("\n ");
            width = 1;
        }
        text.push(' ');
        text.push_str(&word);
        width += length;
        word.clear();
    }
    text.push('\n');
    text
}
