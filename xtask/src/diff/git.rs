//! Files as a revision of git has them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::documents::{Input, Text};
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
    /// Reads `git:REV` or `git:REV:PATH`; nothing if it is neither.
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
        let path = path.filter(|path| !path.is_empty() && !Path::new(path).is_absolute());
        match path {
            Some(path) if !name.is_empty() && !name.starts_with('-') => Ok(Some(Self {
                name: name.to_owned(),
                path: path.trim_end_matches('/').to_owned(),
            })),
            _ => Err(
                Message::error(format!("`{PREFIX}{place}` does not say what to read")).help(
                    "name a revision and a path below this folder: `git:HEAD~1:generated/NAME`",
                ),
            ),
        }
    }

    /// The files of a folder; nothing if the path is that of a file.
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
        let is_wanted = |name: &&str| *name == "Cargo.toml" || name.ends_with(".rs");
        let mut files = Files::new();
        for name in names.split('\0').filter(is_wanted) {
            let text = self.show(&format!("{}/{name}", self.path))?;
            files.insert(name.to_owned(), text);
        }
        Ok(Some(files))
    }

    /// The document, with the overlay that the same revision has beside it.
    pub(super) fn document(&self) -> Result<Input, Message> {
        let overlay = Path::new(&self.path).with_extension("overlay.json");
        let overlay = overlay.to_string_lossy().into_owned();
        let has_overlay = git(&["cat-file", "-e", &self.object(&overlay)]).is_ok();
        Ok(Input {
            document: self.text(&self.path)?,
            overlay: has_overlay.then(|| self.text(&overlay)).transpose()?,
        })
    }

    fn text(&self, path: &str) -> Result<Text, Message> {
        Ok(Text {
            path: PathBuf::from(format!("{PREFIX}{}:{path}", self.name)),
            text: self.show(path)?,
        })
    }

    fn show(&self, path: &str) -> Result<String, Message> {
        git(&["show", "--end-of-options", &self.object(path)])
    }

    /// What git calls it. `./` makes the path relative to the working directory.
    fn object(&self, path: &str) -> String {
        format!("{}:./{path}", self.name)
    }
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<String, Message> {
    let output = Command::new("git")
        .args(arguments)
        .env("LC_ALL", "C")
        .output();
    let output = output.map_err(|error| {
        Message::error(format!("cannot run git: {error}"))
            .help("install git, or name files and folders instead of `git:…`")
    })?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let said = said.lines().next().unwrap_or_default();
        return Err(Message::error(format!(
            "git {}: {said}",
            arguments.join(" ")
        )));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Message::error(format!("git {}: not UTF-8", arguments.join(" "))))
}
