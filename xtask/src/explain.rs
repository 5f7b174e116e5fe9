//! Problems of a document, as messages with file, line and column.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use discovery::{Position, Problem, Problems, Severity, Source};

use crate::documents::{Input, Text};
use crate::message::{Level, Message, shown};

/// A message for every problem, and one for those that were only counted.
pub(crate) fn messages(input: &Input, problems: &Problems) -> Vec<Message> {
    let [document, overlay] = [Source::Document, Source::Overlay].map(|source| {
        let problems = problems.iter().filter(|problem| problem.source == source);
        Places::find(file(input, source), problems)
    });
    let place = |problem: &Problem| match problem.source {
        Source::Document => document.of(problem),
        Source::Overlay => overlay.of(problem),
    };
    let messages = problems.iter();
    let messages = messages.map(|problem| message(problem, place(problem)));
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

fn message(problem: &Problem, place: String) -> Message {
    let mut message = Message::new(level(problem.severity), &problem.message).place(place);
    if !problem.pointer.is_empty() {
        message = message.note(format!("at {}", problem.pointer));
    }
    match &problem.help {
        Some(help) => message.help(help),
        None => message,
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

    /// `file:line:column` of the value, or of the nearest one around it that the text has.
    fn of(&self, problem: &Problem) -> String {
        let path = shown(&self.file.path);
        let nearest = around(&problem.pointer).find_map(|pointer| self.found.get(pointer));
        match nearest {
            Some(at) => format!("{path}:{}:{}", at.line, at.column),
            None => path,
        }
    }
}

/// The pointer and those of the values around it, from the inside out.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    successors(Some(pointer), |inner| {
        inner.rsplit_once('/').map(|(outer, _)| outer)
    })
}
