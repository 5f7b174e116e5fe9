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
mod content;
mod next;

use std::path::Path;

use generator::{Package, Surface};
use semver::{BuildMetadata, Version};

use crate::diff::{self, Input, print};
use crate::message::{Message, shown};
use crate::sync::{self, CHANGELOG, Files};
use changelog::{Changelog, Entry};

/// The version of a new package.
const FIRST: Version = Version::new(0, 1, 0);

/// A package with its version and its changelog.
#[derive(Debug)]
pub(crate) struct Release {
    pub(crate) package: Package,
    /// The difference from the version in the folder.
    pub(crate) bump: Option<VersionBump>,
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
    pub reason: String,
}

/// Gives a package the version that follows from its content and from the package in `folder`.
///
/// # Errors
///
/// A damaged changelog; a changed package whose predecessor in the folder is not the one that the
/// changelog records.
pub(crate) fn release(
    folder: &Path,
    revision: &str,
    package: Package,
) -> Result<Release, Vec<Message>> {
    let with_revision = |version: Version| Version {
        build: metadata(revision),
        ..version
    };
    let past = Past::read(folder)?;
    let Some(past) = past.filter(|past| past.changelog.name == package.name) else {
        let version = with_revision(FIRST);
        let entry = Entry::first(&version, &package.files, revision);
        let changelog = Changelog::new(&package.name, entry);
        return Ok(Release::new(package, &version, &changelog, None));
    };
    let from = past.changelog.version().clone();
    if past.changelog.records(&package.files) {
        let version = with_revision(from);
        return Ok(Release::new(package, &version, &past.changelog, None));
    }
    let outcome = past.difference(folder, &package)?;
    let to = with_revision(next::version(&from, outcome.class()));
    let entry = Entry::next(&to, &package.files, &outcome);
    let bump = VersionBump {
        name: package.name.clone(),
        from,
        reason: print::summary(&outcome),
        to: to.clone(),
    };
    let changelog = past.changelog.with(entry);
    Ok(Release::new(package, &to, &changelog, Some(bump)))
}

impl Release {
    fn new(
        package: Package,
        version: &Version,
        changelog: &Changelog,
        bump: Option<VersionBump>,
    ) -> Self {
        let mut package = package.with_version(&version.to_string());
        let text = changelog.text();
        package.files.insert(CHANGELOG.to_owned(), text);
        Self { package, bump }
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
    /// Reads the package in a folder, if there is one.
    fn read(folder: &Path) -> Result<Option<Self>, Vec<Message>> {
        let mut files = sync::generated_files(folder).map_err(|error| vec![error])?;
        let changelog = match files.remove(CHANGELOG) {
            Some(text) => Changelog::parse(&text)
                .map_err(|error| vec![error.place(shown(&folder.join(CHANGELOG)))])?,
            None => adopted(&files),
        };
        Ok(changelog.map(|changelog| Self { files, changelog }))
    }

    /// Compares the package in the folder with its successor.
    fn difference(&self, folder: &Path, package: &Package) -> Result<diff::Outcome, Vec<Message>> {
        if !self.changelog.records(&self.files) {
            return Err(vec![altered(folder, self.changelog.version())]);
        }
        let old = Input::of_package(self.files.clone())
            .map_err(|error| vec![error.place(shown(folder))])?;
        Ok(diff::compare(&old, &Input::generated(package)))
    }
}

/// Returns a changelog for a package that has none and describes itself.
fn adopted(files: &Files) -> Option<Changelog> {
    let surface = Surface::parse(files.get(Surface::FILE)?).ok()?;
    let version = Version::parse(&surface.version).ok()?;
    let entry = Entry::first(&version, files, &surface.revision);
    Some(Changelog::new(&surface.package, entry))
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
