//! Changes as text for people, and as JSON for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Change, Class, Outcome, Verb};
use crate::api::Manifest;
use crate::message::printable;

/// The width of a line.
const WIDTH: usize = 100;
/// Lines about documentation; the rest are counted.
const DESCRIBED: usize = 20;

/// What differs, with a heading for each class.
pub fn text(outcome: &Outcome) -> String {
    let Outcome { old, new, .. } = outcome;
    let names = if old.name == new.name {
        old.name.clone()
    } else {
        format!("{} -> {}", old.name, new.name)
    };
    let revisions = if old.revision == new.revision {
        format!("revision {}", old.revision)
    } else {
        format!("revision {} -> {}", old.revision, new.revision)
    };
    let head = printable(&format!("{names}, {revisions}: {}", summary(outcome)));
    let mut text = head + "\n";
    for (title, lines) in sections(&outcome.changes) {
        let _ = write!(text, "\n{title}\n\n{lines}");
    }
    text
}

/// The gravest class, and what else may have changed where the API has not.
pub fn summary(outcome: &Outcome) -> String {
    match (outcome.class(), outcome.code_differs) {
        (Class::Same, true) => "the API is the same, the code behind it is not".to_owned(),
        (Class::Same, false) if outcome.old.revision != outcome.new.revision => {
            "nothing but the revision".to_owned()
        }
        (Class::Same, false) => "no difference".to_owned(),
        (class, _) => class.to_string(),
    }
}

/// The changes in lines of Markdown, by class.
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
        let changes = changes
            .iter()
            .filter(|change| change.class == class && behaves == (change.verb == Verb::Altered));
        let mut lines = lines(&changes.collect::<Vec<_>>());
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

/// A line for each change; those that say the same of several names share one.
fn lines(changes: &[&Change]) -> Vec<String> {
    let same = |a: &&Change, b: &&Change| {
        !matches!(a.verb, Verb::Changed | Verb::Altered)
            && (a.verb, &a.of, a.noun) == (b.verb, &b.of, b.noun)
    };
    changes
        .chunk_by(same)
        .map(|group| wrapped(&printable(&line(group))))
        .collect()
}

fn line(group: &[&Change]) -> String {
    let Some(first) = group.first() else {
        return String::new();
    };
    let item = item(first, group);
    match first.verb {
        Verb::Removed => format!("Removed {item}."),
        Verb::Added => format!("Added {item}."),
        Verb::Deprecated => format!("Deprecated {item}."),
        Verb::Restored => format!("No longer deprecated: {item}."),
        Verb::Described => format!("Changed the documentation of {item}."),
        Verb::Changed | Verb::Altered => {
            let (old, new) = (code(&first.old), code(&first.new));
            format!("Changed {item}: {old} is now {new}.")
        }
    }
}

/// Text of a document as code, which it cannot leave.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// The items of a group, which are parts of the same one.
fn item(first: &Change, group: &[&Change]) -> String {
    let plural = if group.len() > 1 { "s" } else { "" };
    let mut item = format!("the {}{plural}", first.noun);
    let named = group.iter().filter(|change| !change.name.is_empty());
    let names: Vec<_> = named
        .map(|change| code(&format!("{}{}", change.name, change.detail)))
        .collect();
    if !names.is_empty() {
        let _ = write!(item, " {}", names.join(", "));
    }
    let preposition = match first.verb {
        Verb::Added => "to",
        Verb::Removed => "from",
        _ => "of",
    };
    if !first.of.is_empty() {
        let _ = write!(item, " {preposition} {}", first.of);
    }
    item
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

/// The outcome as JSON.
pub fn json(outcome: &Outcome) -> String {
    let changes: Vec<_> = outcome.changes.iter().map(change).collect();
    let value = json!({
        "class": outcome.class().to_string(),
        "old": side(&outcome.old),
        "new": side(&outcome.new),
        "code_differs": outcome.code_differs,
        "changes": changes,
    });
    format!("{value:#}\n")
}

fn side(manifest: &Manifest) -> Value {
    json!({
        "name": manifest.name,
        "version": manifest.version,
        "document": manifest.document,
        "revision": manifest.revision,
    })
}

fn change(change: &Change) -> Value {
    let verb = match change.verb {
        Verb::Removed => "removed",
        Verb::Changed => "changed",
        Verb::Altered => "altered",
        Verb::Added => "added",
        Verb::Deprecated => "deprecated",
        Verb::Restored => "restored",
        Verb::Described => "described",
    };
    let mut value = json!({
        "class": change.class.to_string(),
        "verb": verb,
        "noun": change.noun,
        "name": change.name,
    });
    let optional = [
        ("detail", &change.detail),
        ("of", &change.of),
        ("old", &change.old),
        ("new", &change.new),
    ];
    for (key, text) in optional {
        if !text.is_empty() {
            value[key] = text.as_str().into();
        }
    }
    value
}
