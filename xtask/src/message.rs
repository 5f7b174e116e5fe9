//! Errors and warnings, each with its place and a remedy.

use std::env;
use std::fmt::{self, Write as _};
use std::io;
use std::path::Path;

use annotate_snippets::Level as Kind;
use discovery::Printable;
use serde::{Deserialize, Serialize};

use crate::quote::Quote;

/// The severity of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// The task fails.
    Error,
    /// The task continues.
    Warning,
}

/// The kind of a line below a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Note {
    /// An explanation.
    Note,
    /// A remedy.
    Help,
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    level: Level,
    text: String,
    place: Option<String>,
    quote: Option<Box<Quote>>,
    details: Vec<String>,
    notes: Vec<(Note, String)>,
}

impl Message {
    /// An error.
    pub fn error(text: impl Into<String>) -> Self {
        Self::new(Level::Error, text)
    }

    /// A warning.
    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(Level::Warning, text)
    }

    /// A message of the given level.
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
            place: None,
            quote: None,
            details: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A file or folder that could not be read, written or removed.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::error(format!("cannot {action} {}: {error}", shown(path)))
    }

    /// Adds the place of the problem: a file, or `file:line:column`.
    #[must_use]
    pub fn place(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Adds the line with the problem.
    #[must_use]
    pub(crate) fn quote(mut self, quote: Quote) -> Self {
        self.quote = Some(Box::new(quote));
        self
    }

    /// Adds lines with details.
    #[must_use]
    pub fn details(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(lines);
        self
    }

    /// Adds an explanation.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push((Note::Note, text.into()));
        self
    }

    /// Adds a remedy.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.notes.push((Note::Help, text.into()));
        self
    }

    /// Returns whether this is an error.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// Returns one line, `place: level: text`, and one for each detail.
    pub fn line(&self, color: bool) -> String {
        let place = self.place.as_ref().map(|place| printable(place) + ": ");
        let (level, text) = (self.level(color), printable(&self.text));
        let mut line = format!("{}{level}: {text}\n", place.unwrap_or_default());
        for detail in &self.details {
            let _ = writeln!(line, "    {}", printable(detail));
        }
        line
    }

    fn level(&self, color: bool) -> String {
        match self.level {
            Level::Error => paint("error", RED, color),
            Level::Warning => paint("warning", YELLOW, color),
        }
    }

    /// Returns several lines in the manner of rustc; the last one ends with a newline.
    pub fn render(&self, color: bool) -> String {
        let mut text = format!("{}: {}\n", self.level(color), printable(&self.text));
        if let Some(place) = &self.place {
            let width = self.quote.as_ref().map_or(2, |quote| quote.width());
            let _ = writeln!(text, "{:width$}--> {}", "", printable(place));
        }
        for line in &self.details {
            let _ = writeln!(text, "   {}", printable(line));
        }
        if let Some(quote) = &self.quote {
            let notes = self.notes.iter();
            let notes = notes.map(|(note, text)| (note.kind(), printable(text)));
            let quoted = quote.render(self.is_error(), &notes.collect::<Vec<_>>(), color);
            return text + &quoted;
        }
        for (note, line) in &self.notes {
            let _ = writeln!(text, "   = {}: {}", note.word(), printable(line));
        }
        text
    }
}

impl Note {
    const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Help => "help",
        }
    }

    const fn kind(self) -> Kind<'static> {
        match self {
            Self::Note => Kind::NOTE,
            Self::Help => Kind::HELP,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Bold red, as an SGR parameter (ECMA-48).
const RED: &str = "1;31";
/// Bold yellow.
const YELLOW: &str = "1;33";
/// Bold green.
pub(crate) const GREEN: &str = "1;32";

/// Returns the text, in colour on request.
pub(crate) fn paint(text: &str, sgr: &str, color: bool) -> String {
    if color {
        format!("\x1b[{sgr}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Escapes invisible characters: a document must not rewrite what a terminal shows.
pub(crate) fn printable(text: &str) -> String {
    Printable(text).to_string()
}

/// Returns a path as a user would type it: relative to the working directory if it is below it.
pub fn shown(path: &Path) -> String {
    let current = env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(current).unwrap_or(path);
    if path.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Returns the first error and its place, in one line.
pub(crate) fn first_error(messages: &[Message]) -> String {
    let mut errors = messages.iter().filter(|message| message.is_error());
    let text = errors.next().map(|error| error.line(false));
    let line = text.iter().flat_map(|text| text.lines()).next();
    line.unwrap_or_default().to_owned()
}

/// Returns a count with its noun.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_place_and_a_remedy() {
        let message = Message::error("`path` is missing")
            .place("checks.json:3:9")
            .details(["a detail".to_owned()])
            .note("at /methods/list")
            .help("add it");
        insta::assert_snapshot!(message, @"
        error: `path` is missing
          --> checks.json:3:9
           a detail
           = note: at /methods/list
           = help: add it
        ");
    }

    #[test]
    fn a_line_begins_with_its_place() {
        let message = Message::error("`path` is missing").help("add it");
        assert_eq!(message.line(false), "error: `path` is missing\n");
        let message = message
            .place("checks.json:3:9")
            .details(["a\tdetail".to_owned()]);
        assert_eq!(
            message.line(false),
            "checks.json:3:9: error: `path` is missing\n    a\\tdetail\n"
        );
    }

    #[test]
    fn colour_is_for_the_first_word() {
        let message = Message::new(Level::Warning, "unknown key");
        assert_eq!(
            message.render(true),
            "\u{1b}[1;33mwarning\u{1b}[0m: unknown key\n"
        );
        assert_eq!(message.to_string(), "warning: unknown key\n");
    }

    #[test]
    fn a_document_cannot_send_commands_to_the_terminal() {
        let message = Message::error("unknown key `\u{1b}[2J`\n").note("a\rb\u{202e}");
        assert_eq!(
            message.to_string(),
            "error: unknown key `\\u{1b}[2J`\\n\n   = note: a\\rb\\u{202e}\n"
        );
    }
}
