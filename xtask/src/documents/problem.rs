//! One problem of a text, as a message with file, line and column.

use std::path::Path;

use discovery::{Position, Problem, Severity};

use crate::message::{Level, Message, shown};
use crate::quote::Quote;

/// Returns a message for a problem at this position of a text.
pub(super) fn message(path: &Path, text: &str, problem: &Problem, at: Option<Position>) -> Message {
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

pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    }
}

/// The number of characters shown of either end of a pointer, whose names can be as long as the text.
const END: usize = 100;

/// Returns the pointer, without its middle if it is long.
fn short(pointer: &str) -> String {
    let start = pointer.char_indices().nth(END).map(|(end, _)| end);
    let end = pointer.char_indices().nth_back(END - 1);
    match start.zip(end) {
        Some((start, (end, _))) if start < end => {
            let ends = (pointer.get(..start), pointer.get(end..));
            format!(
                "{}…{}",
                ends.0.unwrap_or_default(),
                ends.1.unwrap_or_default()
            )
        }
        _ => pointer.to_owned(),
    }
}
