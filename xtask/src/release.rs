//! The version of a generated package, and its changelog.
//!
//! A version stands for one content. The newest entry of `CHANGELOG.md` records which: when the
//! package is generated again and has that content, the version stays and nothing is written.
//! Otherwise the package on the disk is the old one, and how its API differs from the new one says
//! which version comes next. Generation itself is told the version, and knows nothing of the disk.
//!
//! `CHANGELOG.md` is written before all other files. A run that was killed leaves the record of
//! what it was about to write, and the next one goes on from there.

mod changelog;
mod content;
mod next;

use std::path::Path;

use generator::Package;
use semver::{BuildMetadata, Version};

use crate::api::Manifest;
use crate::diff::{self, print};
use crate::message::{Message, shown};
use crate::sync::{self, Files};
use changelog::{Changelog, Entry};

/// The name of the file, at the root of a package.
pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

/// The version of a package that there was not before.
const FIRST: Version = Version::new(0, 1, 0);

/// A package with its version and its changelog.
#[derive(Debug)]
pub(crate) struct Release {
    pub(crate) package: Package,
    /// How its version differs from that on the disk.
    pub(crate) step: Option<Step>,
}

/// A new version of a package that has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name of the package.
    pub name: String,
    /// The version that it had.
    pub from: Version,
    /// The version that follows.
    pub to: Version,
    /// Why: the gravest class of changes.
    pub reason: String,
}

/// Makes a package in the version that its content and its past in `folder` call for.
///
/// # Errors
///
/// What `make` returns; a changelog that is no longer one; a changed package whose past is not what
/// the changelog records.
pub(crate) fn release(
    folder: &Path,
    revision: &str,
    make: &dyn Fn(&Version) -> Result<Package, Vec<Message>>,
) -> Result<Release, Vec<Message>> {
    let with_revision = |version: Version| Version {
        build: metadata(revision),
        ..version
    };
    let past = Past::read(folder)?;
    let known = past.as_ref().map(|past| past.changelog.version().clone());
    let known = with_revision(known.unwrap_or(FIRST));
    let package = make(&known)?;
    let Some(past) = past.filter(|past| past.changelog.name == package.name) else {
        let version = with_revision(FIRST);
        let changelog = Changelog::new(
            &package.name,
            Entry::first(&version, &package.files, revision),
        );
        let package = if version == known {
            package
        } else {
            make(&version)?
        };
        return Ok(Release::new(package, &changelog, None));
    };
    if past.changelog.records(&package.files) {
        return Ok(Release::new(package, &past.changelog, None));
    }
    let from = past.changelog.version().clone();
    let outcome = past.difference(folder, &package)?;
    let to = with_revision(next::version(&from, outcome.class()));
    let entry = Entry::next(&to, &package.files, &outcome);
    let step = Step {
        name: package.name,
        from,
        reason: print::summary(&outcome),
        to,
    };
    let changelog = past.changelog.with(entry);
    Ok(Release::new(make(&step.to)?, &changelog, Some(step)))
}

impl Release {
    fn new(mut package: Package, changelog: &Changelog, step: Option<Step>) -> Self {
        let text = changelog.text();
        package.files.insert(CHANGELOG.to_owned(), text);
        Self { package, step }
    }
}

/// The revision of the document, as far as a version can have it: it does not count when versions
/// are compared.
fn metadata(revision: &str) -> BuildMetadata {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let plain: String = revision.chars().filter(|c| allowed(*c)).collect();
    BuildMetadata::new(&plain).unwrap_or(BuildMetadata::EMPTY)
}

/// What a folder holds of an earlier run.
#[derive(Debug)]
struct Past {
    /// The files that were generated, but for the changelog.
    files: Files,
    changelog: Changelog,
}

impl Past {
    /// Reads the folder; nothing, if there is no package in it.
    fn read(folder: &Path) -> Result<Option<Self>, Vec<Message>> {
        let mut files = sync::marked(folder).map_err(|error| vec![error])?;
        let changelog = match files.remove(CHANGELOG) {
            Some(text) => Changelog::parse(&text)
                .map_err(|error| vec![error.place(shown(&folder.join(CHANGELOG)))])?,
            None => adopted(&files),
        };
        Ok(changelog.map(|changelog| Self { files, changelog }))
    }

    /// How the package differs from what was there.
    fn difference(&self, folder: &Path, package: &Package) -> Result<diff::Outcome, Vec<Message>> {
        if !self.changelog.records(&self.files) {
            return Err(vec![altered(folder, self.changelog.version())]);
        }
        diff::between(self.files.clone(), package.files.clone())
            .map_err(|error| vec![error.place(shown(folder))])
    }
}

/// The changelog of a package that has none: it is taken at its word.
fn adopted(files: &Files) -> Option<Changelog> {
    let manifest = Manifest::read(files).ok()?;
    let version = Version::parse(&manifest.version).ok()?;
    let entry = Entry::first(&version, files, &manifest.revision);
    Some(Changelog::new(&manifest.name, entry))
}

fn altered(folder: &Path, version: &Version) -> Message {
    let folder = shown(folder);
    Message::error(format!(
        "{folder} is not the {version} that its {CHANGELOG} records"
    ))
    .note("the next version depends on how the API changes, and the old one is not there any more")
    .help(format!(
        "restore it (`git restore {folder}`) and run codegen again; or remove it, to begin anew \
         at {FIRST}"
    ))
}
