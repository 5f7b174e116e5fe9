//! Text files: documents and overlays.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use discovery::LARGEST;

use super::problem;
use crate::message::{Message, shown};

/// A file and its text.
#[derive(Debug)]
pub(crate) struct TextFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl TextFile {
    pub(crate) fn read(path: &Path) -> Result<Self, Message> {
        let bytes = File::open(path)
            .and_then(read)
            .map_err(|error| Message::io("read", path, &error))?;
        Self::decode(path, &bytes)
    }

    /// Decodes the content of a file; messages call the file `path`.
    pub(crate) fn decode(path: &Path, bytes: &[u8]) -> Result<Self, Message> {
        if bytes.len() > LARGEST {
            let text = format!("{} has more than {} MiB", shown(path), LARGEST >> 20);
            return Err(Message::error(text).help("Google's largest document has 6 MiB"));
        }
        match discovery::decode(bytes) {
            Ok(text) => Ok(Self {
                path: path.to_owned(),
                text: text.to_owned(),
            }),
            Err(problem) => {
                let text = String::from_utf8_lossy(bytes);
                Err(problem::message(path, &text, &problem, problem.position))
            }
        }
    }
}

/// Reads a file, or just enough of it to see that it is too large.
pub(crate) fn read(file: impl Read) -> io::Result<Vec<u8>> {
    let (mut bytes, most) = (Vec::new(), LARGEST as u64 + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
