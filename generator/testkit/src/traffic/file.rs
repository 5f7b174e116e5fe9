//! The file: one JSON object a line, a call and its reply.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::secrets;

/// A call and its reply, without secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exchange {
    /// The id of the method.
    pub(crate) method: String,
    pub(crate) verb: String,
    pub(crate) url: String,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    pub(crate) request: Content,
    pub(crate) status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Content::is_empty")]
    pub(crate) reply: Content,
}

/// A body, in the most readable form that it has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Content {
    #[default]
    Empty,
    Json(Value),
    Text(String),
    Base64(String),
}

impl Content {
    /// Returns the form of a body, without the secrets of its fields.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Empty;
        }
        if let Ok(mut value) = serde_json::from_slice(bytes) {
            secrets::remove(&mut value);
            return Self::Json(value);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(STANDARD.encode(bytes)),
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Empty => Vec::new(),
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Base64(text) => STANDARD.decode(text).unwrap_or_default(),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// Reads the exchanges of a file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Exchange>> {
    let text = fs::read_to_string(path)?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty());
    let exchanges = lines.map(|(number, line)| {
        serde_json::from_str(line).map_err(|error| {
            let text = format!("{}:{number}: not a recorded call: {error}", path.display());
            io::Error::new(io::ErrorKind::InvalidData, text)
        })
    });
    exchanges.collect()
}
