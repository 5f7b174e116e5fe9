//! What the manifest of a generated package records of the command that made it: a small client
//! stays small when it is generated again.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use discovery::Position;
use toml::de::{DeTable, DeValue};

use crate::message::{Message, shown};
use crate::sync;

/// The size of the largest manifest that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The manifest of the package in `folder`.
pub(super) fn manifest(folder: &Path) -> PathBuf {
    folder.join("Cargo.toml")
}

/// The patterns that the package in `folder` was generated with; none if there is no such package.
///
/// # Errors
///
/// A generated manifest that is not as it was written. One that lacks our header is another's, and
/// says nothing to us.
pub(super) fn only(folder: &Path) -> Result<Vec<String>, Message> {
    let path = manifest(folder);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Message::io("read", &path, &error)),
    };
    if !sync::is_marked(&bytes) {
        return Ok(Vec::new());
    }
    patterns(&bytes).map_err(|Garbled { text, at }| {
        let path = shown(&path);
        let place = match at {
            Some(Position { line, column, .. }) => format!("{path}:{line}:{column}"),
            None => path,
        };
        Message::error(format!(
            "the manifest does not tell what the package was made of: {text}"
        ))
        .place(place)
        .help(
            "restore the file, or say it again: `--only PATTERN`, or `--all` for the whole client",
        )
    })
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is wrong with a manifest, and where.
struct Garbled {
    text: String,
    at: Option<Position>,
}

impl Garbled {
    fn whole(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            at: None,
        }
    }
}

/// `package.metadata.discovery.only`.
fn patterns(bytes: &[u8]) -> Result<Vec<String>, Garbled> {
    if bytes.len() as u64 > LARGEST {
        return Err(Garbled::whole("it has more than a MiB"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Garbled::whole("it is not UTF-8"))?;
    let garbled = |message: &str, offset: usize| Garbled {
        text: message.to_owned(),
        at: Some(Position::of(text, offset..offset)),
    };
    let manifest = DeTable::parse(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        garbled(error.message(), start)
    })?;
    let mut table = manifest.get_ref();
    for key in ["package", "metadata", "discovery"] {
        let Some(value) = table.get(key) else {
            return Ok(Vec::new());
        };
        let inner = value.get_ref().as_table();
        table =
            inner.ok_or_else(|| garbled(&format!("`{key}` is not a table"), value.span().start))?;
    }
    let Some(only) = table.get("only") else {
        return Ok(Vec::new());
    };
    strings(only.get_ref())
        .ok_or_else(|| garbled("`only` is not a list of strings", only.span().start))
}

fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    let texts = value.as_array()?.iter();
    let texts = texts.map(|text| Some(text.get_ref().as_str()?.to_owned()));
    texts.collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(manifest: &[u8]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let shown = format!("{}/", folder.path().display());
        only(folder.path()).map_err(|error| error.to_string().replace(&shown, ""))
    }

    fn ours(text: &str) -> Result<Vec<String>, String> {
        read(format!("# {}\n{text}", generator::HEADER_MARK).as_bytes())
    }

    #[test]
    fn patterns_are_read_as_toml_reads_them() {
        let all = ours("[package.metadata.discovery]\nonly = [\"a.*\", 'b\\', \"\\u0063\",\n]");
        assert_eq!(all.unwrap(), ["a.*", "b\\", "c"]);
        let dotted = ours("package.metadata.discovery.only = [\"x\"]");
        assert_eq!(dotted.unwrap(), ["x"]);
    }

    #[test]
    fn a_manifest_that_records_nothing_is_one_of_a_whole_client() {
        for text in [
            "",
            "[package]",
            "[package.metadata.discovery]\nrevision = \"1\"",
        ] {
            assert_eq!(ours(text).unwrap(), [""; 0], "{text}");
        }
        assert_eq!(only(Path::new("nowhere")).unwrap(), [""; 0]);
        let folder = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(only(folder.path()).unwrap(), [""; 0]);
    }

    #[test]
    fn the_manifest_of_another_is_not_read() {
        assert_eq!(
            read(b"[package.metadata.discovery]\nonly = 1").unwrap(),
            [""; 0]
        );
    }

    #[test]
    fn a_garbled_manifest_is_an_error_with_its_place() {
        let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let cases = [
            ("[package", "Cargo.toml:2:9"),
            ("[package]\npackage = 1\npackage = 2", "Cargo.toml:4:1"),
            (
                "[package.metadata]\ndiscovery = true",
                "`discovery` is not a table\n  --> Cargo.toml:3:13",
            ),
            (
                "package = \"é\"",
                "`package` is not a table\n  --> Cargo.toml:2:11",
            ),
            (
                "[package.metadata.discovery]\nonly = \"a\"",
                "`only` is not a list of strings\n  --> Cargo.toml:3:8",
            ),
            (
                "[package.metadata.discovery]\nonly = [\"a\", 1]",
                "`only` is not a list of strings\n  --> Cargo.toml:3:8",
            ),
            (&deep, "Cargo.toml:2:"),
        ];
        for (text, said) in cases {
            let error = ours(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        let mut latin1 = format!("# {}\n", generator::HEADER_MARK).into_bytes();
        latin1.push(0xe9);
        insta::assert_snapshot!(read(&latin1).unwrap_err(), @"
        error: the manifest does not tell what the package was made of: it is not UTF-8
          --> Cargo.toml
           = help: restore the file, or say it again: `--only PATTERN`, or `--all` for the whole client
        ");
        let endless = "#".repeat(2 << 20);
        insta::assert_snapshot!(ours(&endless).unwrap_err(), @"
        error: the manifest does not tell what the package was made of: it has more than a MiB
          --> Cargo.toml
           = help: restore the file, or say it again: `--only PATTERN`, or `--all` for the whole client
        ");
    }
}
