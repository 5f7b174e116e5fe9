//! The invariant of any text: it is refused with correct places, or becomes a package that holds nothing
//! but a client.

use std::panic::{AssertUnwindSafe, catch_unwind};

use discovery::{Document, Position, Problem, Problems, Source, locate_all};
use generator::{Options, Package, Surface};

use crate::{manifest, markdown, paths, rust, types};

/// The outcome of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// [`Document::parse`] refused it.
    Unread,
    /// [`generator::generate`] refused it.
    Refused,
    Generated,
}

/// Checks the outcome of a text; a panic is an error.
///
/// # Errors
///
/// If the invariant does not hold: the violation.
pub(crate) fn check(text: &str, overlay: Option<&str>) -> Result<Outcome, String> {
    catch_unwind(AssertUnwindSafe(|| outcome(text, overlay))).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", message.unwrap_or("?")))
    })
}

fn outcome(text: &str, overlay: Option<&str>) -> Result<Outcome, String> {
    let parsed = match Document::parse(text, overlay) {
        Ok(parsed) => parsed,
        Err(problems) => {
            return has_places(&problems, text, overlay).map(|()| Outcome::Unread);
        }
    };
    has_places(&parsed.warnings, text, overlay)?;
    match generator::generate(&parsed.document, &Options::default()) {
        Err(problems) => {
            if let Some(defect) = problems
                .iter()
                .find(|problem| problem.message.contains("the generator made"))
            {
                return Err(defect.to_string());
            }
            let problems = parsed.attribute(problems);
            has_places(&problems, text, overlay).map(|()| Outcome::Refused)
        }
        Ok(package) => {
            has_places(&parsed.attribute(package.warnings.clone()), text, overlay)?;
            is_harmless(&package, &parsed.document).map(|()| Outcome::Generated)
        }
    }
}

/// Checks that every problem is in one of the texts.
fn has_places(problems: &Problems, text: &str, overlay: Option<&str>) -> Result<(), String> {
    for (source, text) in [(Source::Document, Some(text)), (Source::Overlay, overlay)] {
        let of_text = || problems.iter().filter(|problem| problem.source == source);
        let Some(text) = text else {
            return match of_text().next() {
                Some(problem) => Err(format!("no overlay has {problem}")),
                None => Ok(()),
            };
        };
        let pointers: Vec<&str> = of_text().map(|problem| problem.pointer.as_str()).collect();
        let places = locate_all(text, &pointers);
        for (problem, place) in of_text().zip(places) {
            has_place(text, problem, problem.position.or(place))?;
        }
    }
    Ok(())
}

/// Checks that line and column are those of the offset.
fn has_place(text: &str, problem: &Problem, place: Option<Position>) -> Result<(), String> {
    let place = place.ok_or_else(|| format!("no place: {problem}"))?;
    let before = text.get(..place.offset);
    let line = before.map(|before| before.matches('\n').count() + 1);
    let column = before.map(|before| before.chars().rev().take_while(|c| *c != '\n').count() + 1);
    let is_there = text.get(place.offset..place.offset + place.len).is_some();
    if is_there && line.zip(column) == Some((place.line, place.column)) {
        Ok(())
    } else {
        Err(format!("not at {place:?}: {problem}"))
    }
}

fn is_harmless(package: &Package, document: &Document) -> Result<(), String> {
    paths::check(package)?;
    manifest::check(package)?;
    markdown::check_readme(package)?;
    for (path, text) in &package.files {
        if let Some(c) = text
            .chars()
            .find(|c| *c != '\n' && !discovery::is_visible(*c))
        {
            return Err(format!(
                "{path} has the character {}\n{text}",
                c.escape_unicode()
            ));
        }
    }
    let sources = package.files.iter();
    for (path, text) in sources.filter(|(path, _)| path.ends_with(".rs")) {
        rust::check(text).map_err(|fault| format!("{path}: {fault}\n{text}"))?;
    }
    rust::check_modules(package)?;
    let described = Surface::parse(&package.files[Surface::FILE]);
    if described.as_ref() != Ok(&package.surface) {
        return Err(format!("surface.json is another: {described:?}"));
    }
    types::check(package)?;
    if !document.root_url.starts_with("https://") {
        return Err(format!("credentials go to {}", document.root_url));
    }
    Ok(())
}
