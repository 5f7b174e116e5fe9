//! The version of a generated package, and its changelog.
//!
//! A version stands for one content. The newest entry of `CHANGELOG.md` records its hash: when the
//! package is generated again and has that content, the version stays and nothing is written.
//! Otherwise the folder holds the old package, and the difference between the two APIs determines the
//! next version.
//!
//! `CHANGELOG.md` is written before all other files. A run that was killed leaves the record of the
//! content it was about to write, and the next run continues from there.

mod changelog;
mod conflict;
mod content;
mod next;

use std::path::Path;

use generator::{Package, Surface};
use semver::{BuildMetadata, Version};
use serde::{Deserialize, Serialize};

use crate::diff::{self, Class, Input, print};
use crate::message::{Message, shown};
use crate::sync::{self, CHANGELOG, Files};
use changelog::{Changelog, Entry};

/// The version of a new package.
const FIRST: Version = Version::new(0, 1, 0);

/// A package with its version and its changelog.
#[derive(Debug)]
pub(crate) struct Release {
    pub(crate) package: Package,
    pub(crate) status: Status,
    pub(crate) warnings: Vec<Message>,
}

/// The relation of a package to the one in its folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// There was none.
    #[serde(skip)]
    New(Version),
    /// It has the same content.
    Current,
    /// It differs in nothing but the revision of the document, and stays as it is.
    OnlyRevision,
    /// It has another content, and so another version.
    #[serde(skip)]
    Bumped(VersionBump),
}

/// A new version of an existing package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionBump {
    /// The name of the package.
    pub name: String,
    /// The old version.
    pub from: Version,
    /// The new version.
    pub to: Version,
    /// The gravest class of changes.
    pub class: Class,
    /// The class in words.
    pub reason: String,
    /// The gravest change, as a line of the changelog; empty if the API is the same.
    pub gravest: String,
}

/// Gives a package the version that follows from its content and from the package in `folder`. A
/// revision alone is a new version only on request.
///
/// # Errors
///
/// A damaged changelog; a changed package whose predecessor in the folder is not the one that the
/// changelog records.
pub(crate) fn release(
    folder: &Path,
    revision: &str,
    package: Package,
    releases_revisions: bool,
) -> Result<Release, Vec<Message>> {
    let files = sync::generated_files(folder).map_err(|error| vec![error])?;
    let is_lost = !files.is_empty() && !files.contains_key(CHANGELOG);
    let past = Past::new(folder, files)?;
    let mut release = match past.filter(|past| past.changelog.name == package.name) {
        Some(past) => past.succeed(folder, revision, package, releases_revisions)?,
        None => first(revision, package),
    };
    if is_lost {
        release.warnings.push(history_lost(folder));
    }
    Ok(release)
}

/// Returns the first version of a package.
fn first(revision: &str, package: Package) -> Release {
    let version = versioned(FIRST, revision);
    let entry = Entry::first(&version, &package.files, revision);
    let changelog = Changelog::new(&package.name, entry);
    Release::new(package, &version, &changelog, Status::New(version.clone()))
}

impl Release {
    fn new(package: Package, version: &Version, changelog: &Changelog, status: Status) -> Self {
        let mut package = package.with_version(&version.to_string());
        let text = changelog.text();
        package.files.insert(CHANGELOG.to_owned(), text);
        Self {
            package,
            status,
            warnings: Vec::new(),
        }
    }
}

/// Returns the version with the revision of the document.
fn versioned(version: Version, revision: &str) -> Version {
    Version {
        build: metadata(revision),
        ..version
    }
}

/// Returns the revision of the document as build metadata, which is ignored when versions are
/// compared. Other characters are left out.
fn metadata(revision: &str) -> BuildMetadata {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let plain: String = revision.chars().filter(|c| allowed(*c)).collect();
    BuildMetadata::new(&plain).unwrap_or(BuildMetadata::EMPTY)
}

/// The package that an earlier run wrote into a folder.
#[derive(Debug)]
struct Past {
    /// The generated files except the changelog.
    files: Files,
    changelog: Changelog,
}

impl Past {
    /// Returns the package of these files, if they are one.
    fn new(folder: &Path, mut files: Files) -> Result<Option<Self>, Vec<Message>> {
        let changelog = match files.remove(CHANGELOG) {
            Some(text) => {
                let path = folder.join(CHANGELOG);
                let changelog = conflict::check(&path, &text).and_then(|()| {
                    let parsed = Changelog::parse(&text);
                    parsed.map_err(|error| error.place(shown(&path)))
                });
                changelog.map_err(|error| vec![error])?
            }
            None => adopted(&files),
        };
        Ok(changelog.map(|changelog| Self { files, changelog }))
    }

    /// Returns the next version of the package.
    fn succeed(
        self,
        folder: &Path,
        revision: &str,
        package: Package,
        releases_revisions: bool,
    ) -> Result<Release, Vec<Message>> {
        let from = self.changelog.version().clone();
        if self.changelog.records(&package.files) {
            let version = versioned(from, revision);
            return Ok(Release::new(
                package,
                &version,
                &self.changelog,
                Status::Current,
            ));
        }
        let outcome = self.difference(folder, &package)?;
        let mut release = if !releases_revisions && self.is_only_revision(&outcome, &package) {
            let version = versioned(from, &outcome.old.revision);
            let mut package = package;
            package.files = self.files;
            Release::new(package, &version, &self.changelog, Status::OnlyRevision)
        } else {
            let to = versioned(next::version(&from, outcome.class()), revision);
            let entry = Entry::next(&to, &package.files, &outcome);
            let bump = VersionBump {
                name: package.name.clone(),
                from,
                to: to.clone(),
                class: outcome.class(),
                reason: print::summary(&outcome),
                gravest: print::gravest(&outcome.changes),
            };
            Release::new(
                package,
                &to,
                &self.changelog.with(entry),
                Status::Bumped(bump),
            )
        };
        release.warnings.extend(older(&outcome));
        release.warnings.extend(outcome.untyped);
        Ok(release)
    }

    /// Returns whether the packages are the same but for the revision of the document.
    fn is_only_revision(&self, outcome: &diff::Outcome, package: &Package) -> bool {
        outcome.class() == Class::Same
            && content::without(&self.files, &outcome.old.revision)
                == content::without(&package.files, &outcome.new.revision)
    }

    /// Compares the package in the folder with its successor.
    fn difference(&self, folder: &Path, package: &Package) -> Result<diff::Outcome, Vec<Message>> {
        if !self.changelog.records(&self.files) {
            conflict::check_all(folder, &self.files).map_err(|error| vec![error])?;
            return Err(vec![altered(folder, self.changelog.version())]);
        }
        let old = Input::of_package(self.files.clone())
            .map_err(|error| vec![error.place(shown(folder))])?;
        diff::compare(&old, &Input::generated(package))
    }
}

/// Returns a changelog for a package that has none and describes itself.
fn adopted(files: &Files) -> Option<Changelog> {
    let surface = Surface::parse(files.get(Surface::FILE)?).ok()?;
    let version = Version::parse(&surface.version).ok()?;
    let entry = Entry::first(&version, files, &surface.revision);
    Some(Changelog::new(&surface.package, entry))
}

/// Returns a warning if the new document is older than the previous one.
fn older(outcome: &diff::Outcome) -> Option<Message> {
    let [old, new] = [&outcome.old, &outcome.new].map(|client| client.revision.parse::<u64>());
    (new.ok()? < old.ok()?).then(|| {
        let text = format!(
            "{}: the document has the revision {}, which is older than the previous {}",
            outcome.new.name, outcome.new.revision, outcome.old.revision
        );
        Message::warning(text)
            .note("what the older document lacks is removed from the client")
            .help("if that is a mistake, restore the document and the package")
    })
}

fn history_lost(folder: &Path) -> Message {
    let path = shown(&folder.join(CHANGELOG));
    Message::warning(format!(
        "{path} is missing: the history of the package begins again"
    ))
    .help(format!(
        "if it was deleted by mistake: `git restore {path}`"
    ))
}

fn altered(folder: &Path, version: &Version) -> Message {
    let folder = shown(folder);
    Message::error(format!(
        "{folder} is not the {version} that its {CHANGELOG} records"
    ))
    .note("the next version depends on how the API changes, and the old API is no longer there")
    .help(format!(
        "restore it (`git restore {folder}`) and run codegen again; or remove it, to start over at \
         {FIRST}"
    ))
}
