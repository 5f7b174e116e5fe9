//! Problems of a document and its overlay, as messages with file, line and column.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use discovery::{Position, Problem, Problems, Severity, Source};

use super::file::TextFile;
use super::problem::{self, level};
use crate::message::{Message, shown};

/// Returns a message for every problem, and one for those that were only counted.
pub(super) fn messages(
    document: &TextFile,
    overlay: Option<&TextFile>,
    problems: &Problems,
) -> Vec<Message> {
    let of = |source| {
        problems
            .iter()
            .filter(move |problem| problem.source == source)
    };
    let in_document = Positions::find(document, of(Source::Document));
    let in_overlay = Positions::find(overlay.unwrap_or(document), of(Source::Overlay));
    let messages = problems.iter().map(|problem| match problem.source {
        Source::Document => in_document.explain(problem),
        Source::Overlay => in_overlay.explain(problem),
    });
    let mut messages: Vec<_> = messages.collect();
    let more = problems.len() - messages.len();
    if more > 0 {
        let severity = if problems.has_errors() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = Message::new(level(severity), format!("{more} more, not shown"));
        messages.push(message.place(shown(&document.path)));
    }
    messages
}

/// Positions of problems in one text.
struct Positions<'a> {
    file: &'a TextFile,
    found: BTreeMap<&'a str, Position>,
}

impl<'a> Positions<'a> {
    /// Walks the text once, and not at all if there is no problem.
    fn find(file: &'a TextFile, problems: impl Iterator<Item = &'a Problem>) -> Self {
        let pointers: BTreeSet<&str> = problems
            .filter(|problem| problem.position.is_none())
            .flat_map(|problem| enclosing(&problem.pointer))
            .collect();
        let pointers: Vec<&str> = pointers.into_iter().collect();
        let mut found = BTreeMap::new();
        if !pointers.is_empty() {
            let positions = discovery::locate_all(&file.text, &pointers);
            let positions = pointers.into_iter().zip(positions);
            found.extend(positions.filter_map(|(pointer, at)| Some((pointer, at?))));
        }
        Self { file, found }
    }

    /// Returns a message with the position of the value, or of the nearest enclosing one in the text.
    fn explain(&self, problem: &Problem) -> Message {
        let nearest = || enclosing(&problem.pointer).find_map(|pointer| self.found.get(pointer));
        let at = problem.position.or_else(|| nearest().copied());
        problem::message(&self.file.path, &self.file.text, problem, at)
    }
}

/// Returns the pointer and those of the enclosing values, from the inside out.
fn enclosing(pointer: &str) -> impl Iterator<Item = &str> {
    successors(Some(pointer), |inner| {
        inner.rsplit_once('/').map(|(outer, _)| outer)
    })
}
