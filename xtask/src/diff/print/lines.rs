//! Changes as lines of Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diff::{Change, ChangeKind, Class, ItemName};
use crate::message::printable;

/// The width of a line.
const WIDTH: usize = 100;
/// The number of lines about documentation. The rest are counted.
const DESCRIBED: usize = 20;

/// Returns the gravest change as one line, if there is any.
pub(super) fn gravest(changes: &[Change]) -> Option<String> {
    let first = changes.first()?;
    let same: Vec<_> = changes
        .iter()
        .filter(|change| group(change) == group(first))
        .collect();
    line(&same)
}

/// Returns the changes in lines of Markdown, by class.
pub(crate) fn sections(changes: &[Change]) -> Vec<(&'static str, String)> {
    let titles = [
        (Class::Breaking, false, "Breaking changes"),
        (
            Class::Breaking,
            true,
            "Breaking changes of behaviour: programs compile, and do something else",
        ),
        (Class::Additive, true, "Changes of behaviour"),
        (Class::Additive, false, "Additions"),
        (Class::Documentation, false, "Documentation"),
    ];
    let sections = titles.into_iter().filter_map(|(class, behaves, title)| {
        let changes = changes.iter().filter(|change| {
            change.class == class && behaves == (change.kind == ChangeKind::Altered)
        });
        let mut lines = lines(changes);
        let more = match class {
            Class::Documentation => lines.len().saturating_sub(DESCRIBED),
            _ => 0,
        };
        lines.truncate(lines.len() - more);
        lines.extend((more > 0).then(|| format!("- and {more} more.\n")));
        (!lines.is_empty()).then(|| (title, lines.concat()))
    });
    sections.collect()
}

/// Returns the lines of changes. Changes of the same kind to parts of one item share a line, and so
/// do items that change in the same way.
fn lines<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<String> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    let mut known = BTreeMap::new();
    for change in changes {
        let group = *known.entry(group(change)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    let lines = groups.iter().filter_map(|group| line(group));
    lines.map(|line| wrapped(&printable(&line))).collect()
}

/// Returns the facts that changes in one line share.
fn group(change: &Change) -> (ChangeKind, Vec<&str>, Option<&ItemName>) {
    let Change { item, old, new, .. } = change;
    match (change.kind, &item.of) {
        (ChangeKind::Changed | ChangeKind::Altered, Some(of)) => {
            let same = vec![&item.noun[..], &item.name, old, new, &of.noun];
            (change.kind, same, of.of.as_deref())
        }
        (ChangeKind::Changed | ChangeKind::Altered, None) => {
            (change.kind, vec![&item.noun, &item.name], None)
        }
        _ => (change.kind, vec![&item.noun], item.of.as_deref()),
    }
}

fn line(group: &[&Change]) -> Option<String> {
    let first = group.first()?;
    let verb = match first.kind {
        ChangeKind::Removed => "Removed",
        ChangeKind::Added => "Added",
        ChangeKind::Deprecated => "Deprecated",
        ChangeKind::Restored => "No longer deprecated:",
        ChangeKind::Described => "Changed the documentation of",
        ChangeKind::Changed | ChangeKind::Altered => {
            let (old, new) = (code(&first.old), code(&first.new));
            let items = same_parts(&first.item, group);
            return Some(format!("Changed {items}: {old} is now {new}."));
        }
    };
    Some(format!("{verb} {}.", parts(first, group)))
}

/// Text of a document as code, which it cannot leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// The parts of one item: ``the fields `a`, `b` of the type `c` ``.
fn parts(first: &Change, group: &[&Change]) -> String {
    let named = group.iter().filter(|change| !change.item.name.is_empty());
    let names = named.map(|change| format!("{}{}", change.item.name, change.detail));
    let mut text = several(&first.item.noun, group.len(), names);
    let preposition = match first.kind {
        ChangeKind::Added => "to",
        ChangeKind::Removed => "from",
        _ => "of",
    };
    if let Some(of) = &first.item.of {
        let _ = write!(text, " {preposition} {}", item(of));
    }
    text
}

/// The same part of several items: ``the scopes of the methods `a`, `b` ``.
fn same_parts(first: &ItemName, group: &[&Change]) -> String {
    let Some(of) = first.of.as_ref().filter(|of| !of.name.is_empty()) else {
        return item(first);
    };
    let owners = group.iter().filter_map(|change| change.item.of.as_ref());
    let owners = several(&of.noun, group.len(), owners.map(|of| of.name.clone()));
    let part = item(&ItemName::new(&first.noun, &first.name));
    match &of.of {
        Some(outer) => format!("{part} of {owners} of {}", item(outer)),
        None => format!("{part} of {owners}"),
    }
}

fn several(noun: &str, count: usize, names: impl Iterator<Item = String>) -> String {
    let plural = if count > 1 { "s" } else { "" };
    let names: Vec<_> = names.map(|name| code(&name)).collect();
    match names.as_slice() {
        [] => format!("the {noun}{plural}"),
        names => format!("the {noun}{plural} {}", names.join(", ")),
    }
}

fn item(item: &ItemName) -> String {
    let name = item.name.replace('`', "'");
    let of = item.of.clone();
    let noun = item.noun.clone();
    ItemName { of, noun, name }.to_string()
}

/// An entry of a list, broken at spaces outside of code.
fn wrapped(line: &str) -> String {
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
