//! From text to a checked document.

use serde_json::Value;

use crate::overlay::Written;
use crate::{Document, Parsed, Pointer, Problem, Problems, Source, check, overlay, read};

/// The size of the largest text that is read, in bytes. Google's largest document has 6 MiB.
const LARGEST: usize = 64 << 20;

/// The most values that are read, those inside of others counted too. Google's largest document has
/// about 100,000; each of them can become hundreds of bytes of Rust.
const MOST_VALUES: usize = 1_000_000;

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
        check::hosts(&document, &mut problems, |pointer| written.has_set(pointer));
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
            Ok(value) if count(&value) <= MOST_VALUES => return Some(value),
            Ok(value) => (
                format!(
                    "the text has {} values, more than the {MOST_VALUES} allowed",
                    count(&value)
                ),
                "Google's largest document has about 100,000",
            ),
            Err(error) => (format!("the text is not JSON: {error}"), form(source)),
        }
    };
    let problem = Problem::error(Pointer::ROOT, message).with_help(help);
    problems.push(problem.with_source(source));
    None
}

/// How many values there are. How deep they lie, the parser has bounded.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// What to do about a text that is not JSON.
const fn form(source: Source) -> &'static str {
    match source {
        Source::Document => "use the file as it was published",
        Source::Overlay => "an overlay is JSON too: no comments, no comma at the end of a list",
    }
}
