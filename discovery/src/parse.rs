//! From text to a checked document.

use serde_json::Value;

use crate::{Document, Parsed, Pointer, Problem, Problems, Source, read};

impl Document {
    /// Parses a document.
    ///
    /// # Errors
    ///
    /// All the problems that were found.
    pub fn parse(text: &str, overlay: Option<&str>) -> Result<Parsed, Problems> {
        let _ = overlay;
        let mut problems = Problems::new();
        let value = json(text, Source::Document)?;
        let document = read::document(value, &mut problems);
        let (document, warnings) = problems.into_result(document)?;
        Ok(Parsed { document, warnings })
    }
}

fn json(text: &str, source: Source) -> Result<Value, Problem> {
    serde_json::from_str(text)
        .map_err(|error| Problem::error(Pointer::ROOT, error.to_string()).with_source(source))
}
