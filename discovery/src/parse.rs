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
        let patch = overlay.map(|overlay| json(overlay, Source::Overlay));
        let patch = patch.transpose().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let mut value = match json(text, Source::Document) {
            Ok(value) => value,
            Err(problem) => {
                problems.push(problem);
                return Err(problems);
            }
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

fn json(text: &str, source: Source) -> Result<Value, Problem> {
    let problem = |message| Problem::error(Pointer::ROOT, message).with_source(source);
    if text.len() > LARGEST {
        let message = format!(
            "the text has {} bytes, more than the {LARGEST} allowed",
            text.len()
        );
        return Err(problem(message).with_help("Google's largest document has 6 MiB"));
    }
    serde_json::from_str(text).map_err(|error| {
        let help = match source {
            Source::Document => "use the file as it was published",
            Source::Overlay => "an overlay is JSON too: no comments, no comma at the end of a list",
        };
        problem(format!("the text is not JSON: {error}")).with_help(help)
    })
}
