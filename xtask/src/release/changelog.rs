//! The changelog of a package: text for people, and the record that the next run relies on.
//!
//! Entries are never changed. Programs read only headings and the comments under them; any other text
//! that people add to an entry stays there.

use std::cmp::Ordering;
use std::fmt::Write as _;

use generator::HEADER_MARK;
use semver::Version;

use super::content::fingerprint;
use super::next;
use crate::diff::{Class, Outcome, print};
use crate::message::Message;
use crate::sync::Files;

const TITLE: &str = "# Changelog of ";
const HEADING: &str = "## ";

/// The text of a `CHANGELOG.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changelog {
    /// The name of the package.
    pub(super) name: String,
    /// The entries, as they are in the file.
    entries: String,
    /// The record of the newest entry.
    newest: Record,
}

/// The part of an entry that programs read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    version: Version,
    /// The gravest class of changes since the previous entry; none for the first one.
    class: Option<Class>,
    content: String,
}

/// A new entry.
#[derive(Debug)]
pub(super) struct Entry {
    record: Record,
    text: String,
}

impl Changelog {
    /// Returns a changelog with one entry.
    pub(super) fn new(package: &str, entry: Entry) -> Self {
        Self {
            name: package.to_owned(),
            entries: entry.text,
            newest: entry.record,
        }
    }

    /// Parses the text of a file. Returns nothing if it has no entries.
    ///
    /// # Errors
    ///
    /// Headings that are not versions, entries without a record, versions that are too low for their
    /// changes.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, Message> {
        let start = headings(text).next().map_or(text.len(), |(start, _)| start);
        let (preamble, entries) = text.split_at(start);
        let name = preamble.lines().find_map(|line| line.strip_prefix(TITLE));
        let records: Vec<_> = headings(entries)
            .map(|(start, heading)| {
                Record::parse(heading, entries.get(start..).unwrap_or_default())
            })
            .collect::<Result<_, _>>()?;
        for pair in records.windows(2) {
            if let [newer, older] = pair {
                newer.check(older)?;
            }
        }
        Ok(records.into_iter().next().map(|newest| Self {
            name: name.unwrap_or_default().trim().to_owned(),
            entries: entries.to_owned(),
            newest,
        }))
    }

    /// Returns the newest version.
    pub(super) fn version(&self) -> &Version {
        &self.newest.version
    }

    /// Returns whether the newest entry is that of these files, and its class is the one it was written with.
    pub(super) fn records(&self, files: &Files) -> bool {
        self.newest.content == fingerprint(files, self.newest.class)
    }

    /// Returns the changelog with a new entry.
    pub(super) fn with(self, entry: Entry) -> Self {
        Self {
            entries: format!("{}\n{}", entry.text, self.entries),
            newest: entry.record,
            ..self
        }
    }

    /// Returns the text of the file.
    pub(super) fn text(&self) -> String {
        let Self { name, entries, .. } = self;
        format!(
            "<!-- {HEADER_MARK} -->\n\n{TITLE}{name}\n\n\
             Versions follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html). What follows the `+` is the\n\
             revision of the Discovery document.\n\n{entries}"
        )
    }
}

/// Returns the headings of entries with the offsets of their lines.
fn headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = end;
        end += line.len();
        Some((start, line.strip_prefix(HEADING)?.trim()))
    })
}

impl Record {
    fn parse(heading: &str, entry: &str) -> Result<Self, Message> {
        let version = Version::parse(heading).map_err(|error| {
            Message::error(format!(
                "the heading `{HEADING}{heading}` is not a version: {error}"
            ))
            .help("headings of this level are versions; use `###` within an entry")
        })?;
        let mut lines = entry.lines().skip(1).filter(|line| !line.trim().is_empty());
        let comment = lines.next().map(str::trim).and_then(|line| {
            let comment = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
            comment.split_once(' ')
        });
        let Some((class, content)) = comment else {
            let text = format!("the entry of {version} has lost its comment `<!-- … -->`");
            return Err(
                Message::error(text).help("restore it: it records the content of the version")
            );
        };
        Ok(Self {
            class: class_of(class),
            content: content.to_owned(),
            version,
        })
    }

    /// Returns whether the version is high enough for the changes since `older`.
    fn check(&self, older: &Self) -> Result<(), Message> {
        let Some(class) = self.class else {
            return Ok(());
        };
        let needed = next::version(&older.version, class);
        if self.version.cmp_precedence(&needed) != Ordering::Less {
            return Ok(());
        }
        let text = format!(
            "the version {} is too low: after {} comes {needed}, for changes of the class `{class}`",
            self.version, older.version
        );
        Err(Message::error(text).help(format!(
            "make the heading `{HEADING}{needed}`, or a higher version"
        )))
    }
}

/// The class of an entry that has no predecessor.
const NEW: &str = "first";

fn class_of(word: &str) -> Option<Class> {
    let classes = [
        Class::Same,
        Class::Documentation,
        Class::Additive,
        Class::Breaking,
    ];
    classes.into_iter().find(|class| class.to_string() == word)
}

/// Returns text of a document without characters that Markdown might interpret.
fn plain(text: &str) -> String {
    let harmless = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    text.chars().filter(harmless).collect()
}

impl Entry {
    /// Returns the entry of the first version.
    pub(super) fn first(version: &Version, files: &Files, revision: &str) -> Self {
        let revision = plain(revision);
        let text = format!("The first version, from revision {revision} of the document.\n");
        Self::new(version, None, files, &text)
    }

    /// Returns the entry of a version, with its differences from the previous one.
    pub(super) fn next(version: &Version, files: &Files, outcome: &Outcome) -> Self {
        let (old, new) = (plain(&outcome.old.revision), plain(&outcome.new.revision));
        let mut text = if old == new {
            format!("Revision {new} of the document, as before.")
        } else {
            format!("Revision {new} of the document, after {old}.")
        };
        if outcome.changes.is_empty() {
            text.push_str(" The API is the same.");
        }
        text.push('\n');
        for (title, lines) in print::brief(&outcome.changes) {
            let _ = write!(text, "\n### {title}\n\n{lines}");
        }
        Self::new(version, Some(outcome.class()), files, &text)
    }

    fn new(version: &Version, class: Option<Class>, files: &Files, text: &str) -> Self {
        let content = fingerprint(files, class);
        let word = class.map_or_else(|| NEW.to_owned(), |class| class.to_string());
        Self {
            text: format!("{HEADING}{version}\n\n<!-- {word} {content} -->\n\n{text}"),
            record: Record {
                version: version.clone(),
                class,
                content,
            },
        }
    }
}
