//! Changes under headings, all of them or as many as a changelog has room for.

use std::collections::BTreeMap;

use super::lines::{Line, lines, wrapped};
use super::short;
use crate::diff::{Change, ChangeKind, Class};
use crate::message::plural;

/// The number of lines of a brief text.
const BRIEF: usize = 80;
/// The number of them that each further section can count on.
const RESERVED: usize = 6;

/// The number of lines about documentation, beyond which its changes are only counted.
const DESCRIBED: usize = 5;

const DOCUMENTATION: &str = "Documentation";

/// Returns whether a change is in a section.
type Belongs = fn(&Change) -> bool;

/// The headings, and the changes under each.
const SECTIONS: [(&str, Belongs); 6] = [
    ("Breaking changes", |change| {
        change.class == Class::Breaking && change.kind != ChangeKind::Altered
    }),
    (
        "Breaking changes of behaviour: programs compile, and do something else",
        |change| change.class == Class::Breaking && change.kind == ChangeKind::Altered,
    ),
    ("Changes of behaviour", |change| {
        change.class == Class::Additive && change.kind == ChangeKind::Altered
    }),
    ("Additions", |change| {
        change.class == Class::Additive && change.kind != ChangeKind::Altered && !is_status(change)
    }),
    ("Deprecations", is_status),
    (DOCUMENTATION, |change| change.class == Class::Documentation),
];

fn is_status(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Deprecated | ChangeKind::Restored)
}

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
    let changes: Vec<_> = changes.iter().map(short::change).collect();
    let sections = grouped(&changes, true);
    let mut left = BRIEF;
    let mut later = sections.len();
    let mut brief = Vec::new();
    let mut is_cut = false;
    for (title, lines) in sections {
        later -= 1;
        if title == DOCUMENTATION && lines.len() > DESCRIBED {
            let described: Vec<_> = lines.into_iter().flat_map(|line| line.changes).collect();
            brief.push((title, wrapped(&described_anew(&described))));
            continue;
        }
        let room = left.saturating_sub(RESERVED * later).max(RESERVED);
        let (text, is_rest) = cut(lines, room);
        left = left.saturating_sub(text.lines().count());
        is_cut |= is_rest;
        brief.push((title, text));
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
    let sections = SECTIONS.into_iter().filter_map(|(title, belongs)| {
        let members = changes.iter().filter(|change| belongs(change));
        let lines = lines(members, changes, is_brief);
        (!lines.is_empty()).then_some((title, lines))
    });
    sections.collect()
}

/// Returns as many lines as there is room for, with the count of the rest, and whether there is a rest.
fn cut(lines: Vec<Line<'_>>, room: usize) -> (String, bool) {
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
    if !rest.is_empty() {
        text.push_str(&wrapped(&counts(&rest)));
    }
    (text, !rest.is_empty())
}

/// Returns the number of changes by kind: `And 12 fields and 2 types added, 3 fields deprecated.`
fn counts(changes: &[&Change]) -> String {
    let mut kinds = BTreeMap::<_, Vec<_>>::new();
    for change in changes {
        let is_fact = matches!(change.kind, ChangeKind::Changed | ChangeKind::Altered);
        let noun = match &change.item.of {
            Some(of) if is_fact && change.item.name.is_empty() => &of.noun,
            _ => &change.item.noun,
        };
        kinds
            .entry(participle(change.kind))
            .or_default()
            .push(noun.as_str());
    }
    let kinds = kinds
        .into_iter()
        .map(|(kind, nouns)| format!("{} {kind}", numbers(&nouns)));
    format!("And {}.", kinds.collect::<Vec<_>>().join(", "))
}

fn described_anew(changes: &[&Change]) -> String {
    let nouns: Vec<_> = changes.iter().map(|change| &*change.item.noun).collect();
    format!("Changed the documentation of {}.", numbers(&nouns))
}

/// Returns the number of each noun: `12 fields, 3 methods and 1 type`.
fn numbers(nouns: &[&str]) -> String {
    let mut counts = BTreeMap::<_, usize>::new();
    for noun in nouns {
        *counts.entry(noun).or_default() += 1;
    }
    let counts = counts
        .into_iter()
        .map(|(noun, count)| match (*noun, count) {
            ("crate", _) => "the crate".to_owned(),
            (noun, count) => match noun.split_once(" of ") {
                Some((part, whole)) => format!("{} of {whole}", plural(count, part)),
                None => plural(count, noun),
            },
        });
    let mut counts: Vec<_> = counts.collect();
    let last = counts.pop().unwrap_or_default();
    match counts.as_slice() {
        [] => last,
        counts => format!("{} and {last}", counts.join(", ")),
    }
}

fn participle(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Removed => "removed",
        ChangeKind::Changed | ChangeKind::Altered => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Deprecated => "deprecated",
        ChangeKind::Restored => "no longer deprecated",
        ChangeKind::Described => "described anew",
    }
}
