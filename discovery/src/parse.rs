//! From text to a checked document.

use crate::json::{Json, Node, Repeated};
use crate::overlay::{self, Written};
use crate::position::positions;
use crate::{Document, Position, Problem, Problems, Source, check, json, read};

/// A usable document, and its warnings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The document, with its overlay applied.
    pub document: Document,
    /// Problems, none of which is an error.
    pub warnings: Problems,
    /// The changes that the overlay made.
    written: Written,
}

impl Document {
    /// Parses the text of a document, corrected by the text of an overlay.
    ///
    /// The overlay is a JSON merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)) in
    /// the form of a document. Each of its entries must apply: it changes a value of the document,
    /// removes one, or adds something complete.
    ///
    /// # Errors
    ///
    /// Returns all problems if one of them is an error.
    pub fn parse(text: &str, overlay: Option<&str>) -> Result<Parsed, Problems> {
        let mut problems = Problems::default();
        let patch = overlay.and_then(|overlay| root(overlay, Source::Overlay, &mut problems));
        let Some(mut root) = root(text, Source::Document, &mut problems) else {
            return Err(problems);
        };
        let written = match patch {
            Some(patch) => overlay::apply(&mut root, patch, &mut problems),
            None => Written::default(),
        };
        let document = read::document(root, &mut problems);
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
    /// Assigns problems that were found in the document later to its text or to the overlay: to the
    /// overlay if it has set or removed the value. A problem of the document as a whole concerns
    /// both, and is assigned to the document.
    #[must_use]
    pub fn attribute(&self, mut problems: Problems) -> Problems {
        problems.attribute(|pointer| match pointer {
            "" => Source::Document,
            pointer => self.written.source(pointer),
        });
        problems
    }
}

/// Reads a text and returns its root.
fn root<'t>(text: &'t str, source: Source, problems: &mut Problems) -> Option<Node<'t>> {
    match json::read(text) {
        Ok(Json { root, repeated }) => {
            let spans: Vec<_> = repeated.iter().map(|one| Some(one.span.clone())).collect();
            let repeated = repeated.iter().zip(positions(text, &spans));
            problems.extend(repeated.map(|(one, at)| duplicate(one, at, source)));
            Some(root)
        }
        Err(mut problem) => {
            problem.help.get_or_insert_with(|| form(source).to_owned());
            problems.push(problem.with_source(source));
            None
        }
    }
}

/// Returns the help for a text that is not JSON.
const fn form(source: Source) -> &'static str {
    match source {
        Source::Document => "use the file as it was published",
        Source::Overlay => "an overlay is JSON too: no comments, no comma at the end of a list",
    }
}

fn duplicate(repeated: &Repeated, at: Option<Position>, source: Source) -> Problem {
    let Repeated { pointer, name, .. } = repeated;
    let problem = match source {
        Source::Document => {
            let message = format!("the key {name} is duplicated; the last value wins");
            let help = "compare the values; an overlay can restore an earlier one";
            Problem::warning(pointer, message).with_help(help)
        }
        Source::Overlay => {
            let message = format!("the key {name} is duplicated; the earlier value would be lost");
            Problem::error(pointer, message).with_help("merge the two entries")
        }
    };
    Problem {
        position: at,
        ..problem.with_source(source)
    }
}
