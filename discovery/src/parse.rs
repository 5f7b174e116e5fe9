//! From text to a checked document.

use serde_json::Value;

use crate::overlay::Written;
use crate::{Document, Parsed, Pointer, Problem, Problems, Source, check, overlay, read};

/// The size of the largest text that is read, in bytes. Google's largest document has 6 MiB.
const LARGEST: usize = 64 << 20;

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
        let patch = overlay.and_then(|overlay| json(overlay, Source::Overlay, &mut problems));
        let Some(mut value) = json(text, Source::Document, &mut problems) else {
            return Err(problems);
        };
        let written = match patch {
            Some(patch) => overlay::apply(&mut value, patch, &mut problems),
            None => Written::default(),
        };
        let document = read::document(value, &mut problems);
        check::check(&document, &mut problems);
        problems.attribute(|pointer| written.source(pointer));
        let (document, warnings) = problems.into_result(document)?;
        Ok(Parsed { document, warnings })
    }
}

fn json(text: &str, source: Source, problems: &mut Problems) -> Option<Value> {
    let (message, help) = if text.len() > LARGEST {
        let message = format!(
            "the text has {} bytes, more than the {LARGEST} allowed",
            text.len()
        );
        (message, "Google's largest document has 6 MiB")
    } else {
        match serde_json::from_str(text) {
            Ok(value) => return Some(value),
            Err(error) => (format!("the text is not JSON: {error}"), form(source)),
        }
    };
    let problem = Problem::error(Pointer::ROOT, message).with_help(help);
    problems.push(problem.with_source(source));
    None
}

/// What to do about a text that is not JSON.
const fn form(source: Source) -> &'static str {
    match source {
        Source::Document => "use the file as it was published",
        Source::Overlay => "an overlay is JSON too: no comments, no comma at the end of a list",
    }
}
