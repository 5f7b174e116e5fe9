//! Changes as lines of Markdown.

use std::collections::BTreeSet;

use super::groups::{self, Group};
use crate::diff::{Change, ChangeKind, ItemName};
use crate::message::printable;

/// The width of a line.
const WIDTH: usize = 100;
/// The number of names in a line of a brief text. The rest are counted.
const NAMED: usize = 8;

/// A line about some changes.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Markdown: an item of a list, wrapped.
    pub(super) text: String,
    /// The changes that it tells.
    pub(super) changes: Vec<&'a Change>,
}

/// Returns the gravest changes that share a line, as one line; nothing if there is none.
pub(crate) fn gravest(changes: &[Change]) -> String {
    let class = changes.first().map(|change| change.class);
    let gravest = changes.iter().filter(|change| Some(change.class) == class);
    let groups = groups::groups(gravest, changes, true);
    let first = groups.first();
    first.map_or_else(String::new, |group| sentence(group, changes, true))
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
        changes: group.changes().to_vec(),
    });
    lines.collect()
}

fn sentence(group: &Group<'_>, all: &[Change], is_brief: bool) -> String {
    let Some(first) = group.changes().first() else {
        return String::new();
    };
    let names = Names { is_brief };
    let text = match group {
        _ if has_news_of_scopes(first) => scopes(first, &names.owners(group)),
        _ if first.item.noun == "features" => {
            format!(
                "Changed {}: needs the feature {}",
                names.owners(group),
                code(&first.new)
            )
        }
        Group::Items(changes) if first.item.noun == "resource" => names.resources(changes, all),
        Group::Items(_) | Group::Parts(_) | Group::Owners(_) => names.change(group, first),
    };
    match first.help.as_str() {
        "" => format!("{text}."),
        help => format!("{text}; {help}."),
    }
}

/// Returns whether a change has scopes that came or went, beside others that stay.
fn has_news_of_scopes(change: &Change) -> bool {
    change.item.noun == "scopes" && ![&change.old, &change.new].contains(&&"none".to_owned())
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

/// Text of a document as code, which it cannot leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Writes lists of names.
struct Names {
    is_brief: bool,
}

impl Names {
    fn change(&self, group: &Group<'_>, first: &Change) -> String {
        let verb = match first.kind {
            ChangeKind::Removed => "Removed",
            ChangeKind::Added => "Added",
            ChangeKind::Deprecated => "Deprecated",
            ChangeKind::Restored => "No longer deprecated:",
            ChangeKind::Described => "Changed the documentation of",
            ChangeKind::Changed | ChangeKind::Altered => {
                let (old, new) = (code(&first.old), code(&first.new));
                let items = match group {
                    Group::Owners(_) => self.owners(group),
                    Group::Items(_) | Group::Parts(_) => item(&first.item),
                };
                return format!("Changed {items}: {old} is now {new}");
            }
        };
        match group {
            Group::Owners(_) => format!("{verb} {}", self.owners(group)),
            Group::Items(changes) | Group::Parts(changes) => {
                format!("{verb} {}", self.parts(first, changes))
            }
        }
    }

    /// The parts of one item: ``the fields `a`, `b` of the type `c` ``.
    fn parts(&self, first: &Change, changes: &[&Change]) -> String {
        let named = changes.iter().filter(|change| !change.item.name.is_empty());
        let names = named.map(|change| format!("{}{}", change.item.name, change.detail));
        let text = self.several(&first.item.noun, changes.len(), names);
        match &first.item.of {
            Some(of) => format!("{text} {} {}", preposition(first.kind), item(of)),
            None => text,
        }
    }

    /// The same part of several items: ``the scopes of the methods `a`, `b` ``.
    fn owners(&self, group: &Group<'_>) -> String {
        let changes = group.changes();
        let Some(first) = changes.first() else {
            return String::new();
        };
        let Some(of) = first.item.of.as_ref().filter(|of| !of.name.is_empty()) else {
            return item(&first.item);
        };
        let owners = changes.iter().filter_map(|change| change.item.of.as_ref());
        let owners = self.several(&of.noun, changes.len(), owners.map(|of| of.name.clone()));
        let name = format!("{}{}", first.item.name, first.detail);
        let part = item(&ItemName::new(&first.item.noun, &name));
        let preposition = preposition(first.kind);
        match &of.of {
            Some(outer) => format!("{part} {preposition} {owners} of {}", item(outer)),
            None => format!("{part} {preposition} {owners}"),
        }
    }

    /// Resources that come or go with their methods.
    fn resources(&self, changes: &[&Change], all: &[Change]) -> String {
        let Some(first) = changes.first() else {
            return String::new();
        };
        let text = self.change(&Group::Items(changes.to_vec()), first);
        let methods: usize = changes
            .iter()
            .map(|change| groups::methods_of(change, all))
            .sum();
        let is_counted = matches!(first.kind, ChangeKind::Added | ChangeKind::Removed);
        let their = if changes.len() == 1 { "its" } else { "their" };
        match methods {
            _ if !is_counted => text,
            0 => text,
            1 => format!("{text} and {their} method"),
            methods => format!("{text} and {their} {methods} methods"),
        }
    }

    fn several(&self, noun: &str, count: usize, names: impl Iterator<Item = String>) -> String {
        let plural = if count > 1 { "s" } else { "" };
        let mut names: Vec<_> = names.map(|name| code(&name)).collect();
        let unique: BTreeSet<_> = names.iter().cloned().collect();
        names.retain({
            let mut left = unique;
            move |name| left.remove(name)
        });
        let more = match self.is_brief && names.len() > NAMED + 1 {
            true => names.len() - NAMED,
            false => 0,
        };
        names.truncate(names.len() - more);
        let and_more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        match names.as_slice() {
            [] => format!("the {noun}{plural}"),
            names => format!("the {noun}{plural} {}{and_more}", names.join(", ")),
        }
    }
}

fn preposition(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "to",
        ChangeKind::Removed => "from",
        _ => "of",
    }
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
