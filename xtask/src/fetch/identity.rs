//! The identity of a document, whatever else is wrong with it.

use serde::Deserialize;

use crate::documents::TextFile;
use crate::message::{Message, shown};

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

    /// Refuses the document of another API. A text without an identity is refused later, with all of
    /// its problems.
    pub(super) fn check(
        &self,
        name: &str,
        version: &str,
        document: &TextFile,
    ) -> Result<(), Message> {
        let wanted = format!("{name}:{version}");
        let found = format!("{}:{}", self.name, self.version);
        if !self.is_known() || (self.id == wanted && found == wanted) {
            return Ok(());
        }
        let text = format!("the document describes `{}`, not `{wanted}`", self.id);
        Err(Message::error(text)
            .place(shown(&document.path))
            .help("correct the URL, or the name and the version of the API"))
    }

    /// Returns whether the text names an API.
    pub(super) fn is_known(&self) -> bool {
        let names = [&self.id, &self.name, &self.version];
        names.into_iter().all(|name| !name.is_empty())
    }
}
