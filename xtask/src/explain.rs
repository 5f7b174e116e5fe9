//! Problems of a document, as messages with file, line and column.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;
use std::path::Path;

use discovery::{Position, Problem, Problems, Severity, Source};

use crate::documents::{Input, Text};
use crate::message::{Level, Message, shown};
use crate::quote::Quote;

/// A message for every problem, and one for those that were only counted.
pub(crate) fn messages(input: &Input, problems: &Problems) -> Vec<Message> {
    let [document, overlay] = [Source::Document, Source::Overlay].map(|source| {
        let problems = problems.iter().filter(|problem| problem.source == source);
        Places::find(file(input, source), problems)
    });
    let messages = problems.iter().map(|problem| match problem.source {
        Source::Document => document.explain(problem),
        Source::Overlay => overlay.explain(problem),
    });
    let mut messages: Vec<_> = messages.collect();
    let more = problems.len() - messages.len();
    if more > 0 {
        let level = level(if problems.has_errors() {
            Severity::Error
        } else {
            Severity::Warning
        });
        messages.push(
            Message::new(level, format!("{more} more, not shown"))
                .place(shown(&input.document.path)),
        );
    }
    messages
}

/// A message for a problem at this place of a text.
pub(crate) fn message(path: &Path, text: &str, problem: &Problem, at: Option<Position>) -> Message {
    let mut message = Message::new(level(problem.severity), &problem.message);
    message = match at {
        Some(at) => message
            .place(format!("{}:{}:{}", shown(path), at.line, at.column))
            .quote(Quote::new(text, at)),
        None => message.place(shown(path)),
    };
    if !problem.pointer.is_empty() {
        message = message.note(format!("at {}", short(&problem.pointer)));
    }
    match &problem.help {
        Some(help) => message.help(help),
        None => message,
    }
}

/// How many characters are shown of either end of a pointer. Its names can be as long as the text.
const END: usize = 100;

/// The pointer, without its middle if it is long.
fn short(pointer: &str) -> String {
    let start = pointer.char_indices().nth(END).map(|(end, _)| end);
    let end = pointer
        .char_indices()
        .nth_back(END - 1)
        .map(|(start, _)| start);
    match start.zip(end) {
        Some((start, end)) if start < end => {
            let (before, after) = (pointer.get(..start), pointer.get(end..));
            format!(
                "{}…{}",
                before.unwrap_or_default(),
                after.unwrap_or_default()
            )
        }
        _ => pointer.to_owned(),
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    }
}

fn file(input: &Input, source: Source) -> &Text {
    match (source, &input.overlay) {
        (Source::Overlay, Some(overlay)) => overlay,
        _ => &input.document,
    }
}

/// The places of problems in one text.
struct Places<'a> {
    file: &'a Text,
    found: BTreeMap<&'a str, Position>,
}

impl<'a> Places<'a> {
    /// Walks the text once, and not at all if there is no problem.
    fn find(file: &'a Text, problems: impl Iterator<Item = &'a Problem>) -> Self {
        let pointers: BTreeSet<&str> = problems
            .filter(|problem| problem.position.is_none())
            .flat_map(|problem| around(&problem.pointer))
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

    /// With the place of the value, or of the nearest one around it that the text has.
    fn explain(&self, problem: &Problem) -> Message {
        let nearest = || around(&problem.pointer).find_map(|pointer| self.found.get(pointer));
        let at = problem.position.or_else(|| nearest().copied());
        message(&self.file.path, &self.file.text, problem, at)
    }
}

/// The pointer and those of the values around it, from the inside out.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    successors(Some(pointer), |inner| {
        inner.rsplit_once('/').map(|(outer, _)| outer)
    })
}
