//! Documentation of the crate.

use discovery::Document;

use super::crate_names::title;
use super::docs::DocWriter;
use crate::docs;
use crate::model::Docs;

/// Returns title, version, description and link of the API.
pub(super) fn crate_docs(document: &Document, writer: DocWriter<'_>) -> Docs {
    let link = &document.documentation_link;
    let link = (!link.is_empty()).then(|| format!("Documentation of the API: {link}"));
    Docs::default()
        .paragraph(format!(
            "{}, {}.",
            docs::summary(title(document), None),
            docs::code(&document.version)
        ))
        .lines(writer.lines(&document.description))
        .lines(writer.lines(&link.unwrap_or_default()))
}
