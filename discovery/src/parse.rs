//! From text to a checked document.

mod json;
mod repeated;

use crate::overlay::{self, Written};
use crate::{Document, Parsed, Problems, Source, check, read};

impl Document {
    /// Parses the text of a document, corrected by the text of an overlay.
    ///
    /// The overlay is a JSON merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)) in
    /// the form of a document. Each of its entries must apply: it changes what the document says,
    /// removes what the document has, or adds something whole.
    ///
    /// # Errors
    ///
    /// All the problems that were found, if one of them is an error.
    pub fn parse(text: &str, overlay: Option<&str>) -> Result<Parsed, Problems> {
        let mut problems = Problems::new();
        let patch =
            overlay.and_then(|overlay| json::value(overlay, Source::Overlay, &mut problems));
        let Some(mut value) = json::value(text, Source::Document, &mut problems) else {
            return Err(problems);
        };
        let written = match patch {
            Some(patch) => overlay::apply(&mut value, patch, &mut problems),
            None => Written::default(),
        };
        let document = read::document(value, &mut problems);
        check::check(&document, &mut problems);
        check::hosts(&document, &mut problems, |pointer| written.has_set(pointer));
        problems.attribute(|pointer| written.source(pointer));
        let (document, warnings) = problems.into_result(document)?;
        Ok(Parsed {
            document,
            warnings,
            written,
        })
    }
}

impl Parsed {
    /// Problems that were found in the document later, each with the text that is to blame for it:
    /// the overlay, if it has set or removed what they speak of. What is said of the document as a
    /// whole is about both, and has its place in the document.
    #[must_use]
    pub fn attribute(&self, mut problems: Problems) -> Problems {
        problems.attribute(|pointer| match pointer {
            "" => Source::Document,
            pointer => self.written.source(pointer),
        });
        problems
    }
}
