//! The file of a state: a line for each change, so that a killed process loses nothing it answered.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::Record;

/// A change.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    /// The number of ids and times that were given out.
    pub(crate) serial: u64,
    pub(crate) key: String,
    /// The new record; none if it was removed.
    #[serde(default)]
    pub(crate) record: Option<Record>,
}

#[derive(Serialize)]
struct Line<'a> {
    serial: u64,
    key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Record>,
}

/// An open file.
#[derive(Debug)]
pub(crate) struct Journal(File);

impl Journal {
    /// Reads the changes of a file; none if there is no file. A last line that was cut off is ignored.
    pub(crate) fn read(path: &Path) -> io::Result<Vec<Entry>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut entries = Vec::new();
        let mut broken = None;
        // A character can be cut off, too, so lines are bytes.
        for (index, line) in BufReader::new(file).split(b'\n').enumerate() {
            if let Some(error) = broken {
                return Err(error);
            }
            match serde_json::from_slice(&line?) {
                Ok(entry) => entries.push(entry),
                Err(error) => {
                    let text = format!(
                        "line {} is not an entry of a state file: {error}",
                        index + 1
                    );
                    broken = Some(io::Error::new(io::ErrorKind::InvalidData, text));
                }
            }
        }
        match broken {
            Some(error) if entries.is_empty() => Err(error),
            _ => Ok(entries),
        }
    }

    /// Replaces a file by one with the current records alone, and opens it for changes.
    pub(crate) fn rewrite<'a>(
        path: &Path,
        serial: u64,
        records: impl Iterator<Item = (&'a str, &'a Record)>,
    ) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let new = path.with_file_name(name);
        let mut file = BufWriter::new(File::create(&new)?);
        for (key, record) in records {
            let record = Some(record);
            write(
                &mut file,
                &Line {
                    serial,
                    key,
                    record,
                },
            )?;
        }
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        fs::rename(&new, path)?;
        Ok(Self(file))
    }

    /// Appends a change.
    pub(crate) fn append(
        &mut self,
        serial: u64,
        key: &str,
        record: Option<&Record>,
    ) -> io::Result<()> {
        let line = Line {
            serial,
            key,
            record,
        };
        let mut text = Vec::new();
        write(&mut text, &line)?;
        self.0.write_all(&text)
    }
}

fn write(mut target: impl Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut target, line)?;
    target.write_all(b"\n")
}
