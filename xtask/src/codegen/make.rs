//! From text to packages: the only caller of `discovery` and `generator`.

use std::iter::successors;

use discovery::{Document, Problem, Problems, Severity};
use generator::{Options, Package, Runtime};

use super::job::Job;
use super::source::{Source, Text};
use crate::message::{Level, Message, plural, shown};
use crate::sync::Layout;

/// How many bytes are walked to find lines and columns: each problem costs a walk through the
/// document. Problems beyond that are told with their JSON pointer alone.
const WALKED: usize = 128 << 20;

/// A package and where it goes.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) package: Package,
    /// Its folder in the output folder, unless it is the output folder.
    pub(super) folder: Option<String>,
    pub(super) warnings: Vec<Message>,
}

/// Makes the packages of all documents, or says all that is wrong with any of them.
pub(super) fn all(job: &Job) -> Result<Vec<Made>, Vec<Message>> {
    let (mut made, mut messages) = (Vec::new(), job.unread.clone());
    for source in &job.sources {
        match one(job, source) {
            Ok(package) => made.push(package),
            Err(problems) => messages.extend(problems),
        }
    }
    if job.unread.is_empty() && made.len() == job.sources.len() {
        return Ok(made);
    }
    let errors = messages.iter().filter(|message| message.is_error()).count();
    messages.push(Message::error(format!(
        "{}, nothing written",
        plural(errors, "error")
    )));
    Err(messages)
}

fn one(job: &Job, source: &Source) -> Result<Made, Vec<Message>> {
    let explain = |problems: &Problems| messages(source, problems);
    let overlay = source.overlay.as_ref().map(|overlay| overlay.text.as_str());
    let parsed =
        Document::parse(&source.document.text, overlay).map_err(|problems| explain(&problems))?;
    let mut warnings = explain(&parsed.warnings);
    let folder = match job.layout {
        Layout::Package => None,
        Layout::Packages => {
            Some(folder(&parsed.document, &source.document).map_err(|error| vec![error])?)
        }
    };
    let mut options = Options::default();
    options.runtime = Runtime::Path(job.runtime.clone());
    options.standalone = job.standalone;
    match generator::generate(&parsed.document, &options) {
        Ok(package) => {
            warnings.extend(explain(&package.warnings));
            Ok(Made {
                package,
                folder,
                warnings,
            })
        }
        Err(problems) => {
            warnings.extend(explain(&problems));
            Err(warnings)
        }
    }
}

/// `NAME-VERSION`. The file must be `NAME.VERSION.json`, so that no two documents share a folder.
fn folder(document: &Document, file: &Text) -> Result<String, Message> {
    let expected = format!("{}.{}.json", document.name, document.version);
    if file
        .path
        .file_name()
        .is_none_or(|name| name != expected.as_str())
    {
        let text = format!(
            "{} describes {} {}",
            shown(&file.path),
            document.name,
            document.version
        );
        return Err(Message::error(text).help(format!("rename it to {expected}")));
    }
    Ok(format!("{}-{}", document.name, document.version))
}

fn messages(source: &Source, problems: &Problems) -> Vec<Message> {
    let located = WALKED / source.document.text.len().max(1);
    let messages = problems.iter().enumerate();
    let messages = messages.map(|(index, problem)| message(source, problem, index < located));
    let mut messages: Vec<_> = messages.collect();
    let more = problems.len() - messages.len();
    if more > 0 {
        let level = if problems.has_errors() {
            Level::Error
        } else {
            Level::Warning
        };
        messages.push(
            Message::new(level, format!("{more} more, not shown"))
                .place(shown(&source.document.path)),
        );
    }
    messages
}

fn message(source: &Source, problem: &Problem, located: bool) -> Message {
    let level = match problem.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let file = match (problem.source, &source.overlay) {
        (discovery::Source::Overlay, Some(overlay)) => overlay,
        _ => &source.document,
    };
    let place = if located {
        place(file, &problem.pointer)
    } else {
        shown(&file.path)
    };
    let mut message = Message::new(level, &problem.message).place(place);
    if !problem.pointer.is_empty() {
        message = message.note(format!("at {}", problem.pointer));
    }
    match &problem.help {
        Some(help) => message.help(help),
        None => message,
    }
}

/// `file:line:column` of the value, or of the nearest one around it that the text has.
fn place(file: &Text, pointer: &str) -> String {
    let path = shown(&file.path);
    let around = successors(Some(pointer), |inner| {
        inner.rsplit_once('/').map(|(outer, _)| outer)
    });
    match around
        .filter_map(|pointer| discovery::locate(&file.text, pointer))
        .next()
    {
        Some(position) => format!("{path}:{}:{}", position.line, position.column),
        None => path,
    }
}
