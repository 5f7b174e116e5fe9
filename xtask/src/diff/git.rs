//! Files in a revision of git.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use discovery::LARGEST;

use super::files::is_wanted;
use crate::documents::{self, DocumentFiles, TextFile};
use crate::message::Message;
use crate::sync::Files;

const PREFIX: &str = "git:";

/// A file or a folder in a revision.
#[derive(Debug)]
pub(super) struct Revision {
    /// The revision, as git understands it.
    name: String,
    /// The path, relative to the working directory.
    path: String,
}

impl Revision {
    /// Parses `git:REV` or `git:REV:PATH`; returns nothing for any other text.
    pub(super) fn parse(place: &str, other: &str) -> Result<Option<Self>, Message> {
        let Some(place) = place.strip_prefix(PREFIX) else {
            return Ok(None);
        };
        let other = other.strip_prefix(PREFIX).map_or(Some(other), |other| {
            other.split_once(':').map(|(_, path)| path)
        });
        let (name, path) = match place.split_once(':') {
            Some((name, path)) => (name, Some(path)),
            None => (place, other),
        };
        let path = path
            .filter(|path| !path.is_empty())
            .map(below)
            .transpose()?;
        match path {
            Some(path) if !name.is_empty() && !name.starts_with('-') => Ok(Some(Self {
                name: name.to_owned(),
                path: path.trim_end_matches('/').to_owned(),
            })),
            _ => Err(
                Message::error(format!("`{PREFIX}{place}` does not name a file or folder")).help(
                    "name a revision and a path below this folder: `git:HEAD~1:generated/NAME`",
                ),
            ),
        }
    }

    /// Returns the files of the package at the path, or nothing if it is a file.
    pub(super) fn package(&self) -> Result<Option<Files>, Message> {
        let kind = git(&["cat-file", "-t", &self.object(&self.path)])?;
        if kind.trim() != "tree" {
            return Ok(None);
        }
        let names = git(&[
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            &self.object(&self.path),
        ])?;
        let mut files = Files::new();
        for name in names.split('\0').filter(|name| is_wanted(name)) {
            let text = self.text(&format!("{}/{name}", self.path))?;
            files.insert(name.to_owned(), text.text);
        }
        Ok(Some(files))
    }

    /// Returns the document at the path, with the overlay beside it in the same revision.
    pub(super) fn document(&self) -> Result<DocumentFiles, Message> {
        let overlay = Path::new(&self.path).with_extension("overlay.json");
        let overlay = overlay.to_string_lossy().into_owned();
        let has_overlay = git(&["cat-file", "-e", &self.object(&overlay)]).is_ok();
        Ok(DocumentFiles {
            document: self.text(&self.path)?,
            overlay: has_overlay.then(|| self.text(&overlay)).transpose()?,
        })
    }

    fn text(&self, path: &str) -> Result<TextFile, Message> {
        let name = PathBuf::from(format!("{PREFIX}{}:{path}", self.name));
        TextFile::decode(&name, &self.show(path)?)
    }

    fn show(&self, path: &str) -> Result<Vec<u8>, Message> {
        run(&["show", "--end-of-options", &self.object(path)])
    }

    /// Returns git's name for a path. `./` makes it relative to the working directory.
    fn object(&self, path: &str) -> String {
        format!("{}:./{path}", self.name)
    }
}

/// Returns a path relative to the working directory, as git needs it.
fn below(path: &str) -> Result<String, Message> {
    let here = env::current_dir().unwrap_or_default();
    match Path::new(path).strip_prefix(here) {
        Ok(path) => Ok(path.to_string_lossy().into_owned()),
        Err(_) if Path::new(path).is_absolute() => {
            let text = format!("{path} is not below this folder, so `{PREFIX}…` cannot find it");
            let help =
                "run it in the repository that has the path, or name another: `git:REV:PATH`";
            Err(Message::error(text).help(help))
        }
        Err(_) => Ok(path.to_owned()),
    }
}

/// Returns the output of git as text.
fn git(arguments: &[&str]) -> Result<String, Message> {
    String::from_utf8(run(arguments)?)
        .map_err(|_| Message::error(format!("git {}: not UTF-8", arguments.join(" "))))
}

/// Returns the output of git, cut where it exceeds the limit of documents.
fn run(arguments: &[&str]) -> Result<Vec<u8>, Message> {
    let failed = |error: io::Error| {
        Message::error(format!("cannot run git: {error}"))
            .help("install git, or name files and folders instead of `git:…`")
    };
    let mut git = Command::new("git")
        .args(arguments)
        .env("LC_ALL", "C")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let output = git.stdout.take().map(documents::read).transpose();
    let output = output.map_err(failed)?.unwrap_or_default();
    if output.len() > LARGEST {
        return Ok(output); // Dropping the pipe ends git.
    }
    let rest = git.wait_with_output().map_err(failed)?;
    if rest.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&rest.stderr);
    let said = said.lines().next().unwrap_or_default();
    let help = if said.contains("not a git repository") {
        "run it in a repository, or name files and folders instead of `git:…`"
    } else {
        "`git:REV:PATH` is a revision (`git log` lists them) and a path that it has, relative to this \
         folder"
    };
    let text = format!("git {}: {said}", arguments.join(" "));
    Err(Message::error(text).help(help))
}
