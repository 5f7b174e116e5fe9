//! The identity of a document, whatever else is wrong with it.

use serde::Deserialize;

/// The API and the revision of a document; empty where the text does not give them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) revision: String,
}

impl Identity {
    pub(super) fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}
