//! Changes under headings, all of them or as many as a changelog has room for.

use std::collections::BTreeMap;

use super::lines::{Line, lines, wrapped};
use crate::diff::{Change, ChangeKind, Class};

/// The number of lines of a brief text.
const BRIEF: usize = 80;
/// The number of them that each further section can count on.
const RESERVED: usize = 6;

/// The number of lines about documentation, beyond which its changes are only counted.
const DESCRIBED: usize = 5;

const DOCUMENTATION: &str = "Documentation";

const SECTIONS: [(Class, bool, &str); 5] = [
    (Class::Breaking, false, "Breaking changes"),
    (
        Class::Breaking,
        true,
        "Breaking changes of behaviour: programs compile, and do something else",
    ),
    (Class::Additive, true, "Changes of behaviour"),
    (Class::Additive, false, "Additions"),
    (Class::Documentation, false, DOCUMENTATION),
];

/// Returns all changes, by class.
pub(super) fn all(changes: &[Change]) -> Vec<(&'static str, String)> {
    let sections = grouped(changes, false).into_iter();
    let sections = sections.map(|(title, lines)| {
        let texts: String = lines.into_iter().map(|line| line.text).collect();
        (title, texts)
    });
    sections.collect()
}

/// Returns the changes in about [`BRIEF`] lines. The rest are counted by kind.
pub(crate) fn brief(changes: &[Change]) -> Vec<(&'static str, String)> {
    let sections = grouped(changes, true);
    let mut left = BRIEF;
    let mut later = sections.len();
    let mut brief = Vec::new();
    let mut is_cut = false;
    for (title, lines) in sections {
        later -= 1;
        if title == DOCUMENTATION && lines.len() > DESCRIBED {
            let described: Vec<_> = lines.into_iter().flat_map(|line| line.changes).collect();
            brief.push((title, counts("The documentation differs:", &described)));
            continue;
        }
        let room = left.saturating_sub(RESERVED * later).max(RESERVED);
        let (text, rest) = cut(lines, room);
        left = left.saturating_sub(text.lines().count());
        is_cut |= !rest.is_empty();
        brief.push((title, text + &rest));
    }
    if let Some((_, text)) = brief.last_mut().filter(|_| is_cut) {
        text.push_str(
            "\n`cargo xtask diff git:REV:PATH PATH` lists all changes since a revision of git.\n",
        );
    }
    brief
}

/// Returns the lines of each section that has any.
fn grouped(changes: &[Change], is_brief: bool) -> Vec<(&'static str, Vec<Line<'_>>)> {
    let sections = SECTIONS.into_iter().filter_map(|(class, behaves, title)| {
        let members = changes.iter().filter(move |change| {
            change.class == class && behaves == (change.kind == ChangeKind::Altered)
        });
        let lines = lines(members, changes, is_brief);
        (!lines.is_empty()).then_some((title, lines))
    });
    sections.collect()
}

/// Returns as many lines as there is room for, and the count of the rest.
fn cut(lines: Vec<Line<'_>>, room: usize) -> (String, String) {
    let total: usize = lines.iter().map(|line| line.text.lines().count()).sum();
    let room = if total > room { room - 1 } else { room };
    let (mut text, mut used, mut rest) = (String::new(), 0, Vec::new());
    for line in lines {
        used += line.text.lines().count();
        match used <= room {
            true => text.push_str(&line.text),
            false => rest.extend(line.changes),
        }
    }
    (text, counts("And", &rest))
}

/// Returns the number of changes by kind: `And 12 fields added, 3 types changed.`
fn counts(start: &str, changes: &[&Change]) -> String {
    let mut counts = BTreeMap::<_, usize>::new();
    for change in changes {
        let noun = match (&change.item.of, change.kind) {
            (Some(of), ChangeKind::Changed | ChangeKind::Altered)
                if change.item.name.is_empty() =>
            {
                &of.noun
            }
            _ => &change.item.noun,
        };
        *counts.entry((change.kind, noun)).or_default() += 1;
    }
    let counts: Vec<_> = counts
        .into_iter()
        .map(|((kind, noun), count)| {
            let plural = if count > 1 { "s" } else { "" };
            format!("{count} {noun}{plural} {}", participle(kind))
        })
        .collect();
    match counts.as_slice() {
        [] => String::new(),
        counts => wrapped(&format!("{start} {}.", counts.join(", "))),
    }
}

fn participle(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Removed => "removed",
        ChangeKind::Changed | ChangeKind::Altered => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Deprecated => "deprecated",
        ChangeKind::Restored => "no longer deprecated",
        ChangeKind::Described => "documented anew",
    }
}
