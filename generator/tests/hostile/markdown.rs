//! Documentation as rustdoc sees it: no code to run, no images to fetch, no HTML.

use std::collections::BTreeMap;

use generator::Package;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::tokens;

/// Returns the extensions of rustdoc: `rustdoc::html::markdown::main_body_opts`.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

pub(crate) fn check_readme(package: &Package) -> Result<(), String> {
    let text = package.files.get("README.md").ok_or("no README.md")?;
    let (comment, rest) = text.split_once('\n').ok_or("an empty README.md")?;
    let inside = comment
        .strip_prefix("<!-- ")
        .and_then(|comment| comment.strip_suffix(" -->"));
    if inside.is_none_or(|inside| inside.contains("--") || inside.contains('>')) {
        return Err(format!("README.md begins with {comment}"));
    }
    check(rest).map_err(|fault| format!("README.md: {fault}\n{text}"))
}

/// Checks that the text has no HTML, no image, no link to other schemes, and no code but examples.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let mut code: Option<String> = None;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                return Err(format!("HTML in documentation: {html}"));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                return Err(format!("an image in documentation: {dest_url}"));
            }
            Event::Start(Tag::Link { dest_url, .. }) if !is_harmless(&dest_url) => {
                return Err(format!("a link in documentation: {dest_url}"));
            }
            Event::Start(Tag::CodeBlock(kind)) => code = is_compiled(&kind).then(String::new),
            Event::Text(text) => {
                if let Some(code) = &mut code {
                    code.push_str(&text);
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => {
                if let Some(code) = code.take() {
                    check_example(&code)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns whether rustdoc compiles such a block.
fn is_compiled(kind: &CodeBlockKind<'_>) -> bool {
    match kind {
        CodeBlockKind::Indented => true,
        CodeBlockKind::Fenced(language) => !matches!(&**language, "sh" | "text"),
    }
}

fn is_harmless(destination: &str) -> bool {
    let is_item = |c: char| c.is_ascii_alphanumeric() || "_:#-".contains(c);
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| destination.starts_with(scheme)) || destination.chars().all(is_item)
}

/// Checks that code is an example of the generator, with the document's text only in names and strings.
fn check_example(code: &str) -> Result<(), String> {
    let shown: Vec<_> = code
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .collect();
    let shown = shown.join("\n");
    tokens::check(&shown).map_err(|fault| format!("an example {fault}:\n{shown}"))?;
    let sends = [".send()", ".await", ".build()"];
    if sends.iter().any(|call| shown.contains(call)) {
        Ok(())
    } else {
        Err(format!("code that is not an example:\n{shown}"))
    }
}

/// Checks each doc comment of several lines.
pub(crate) fn check_runs(runs: &BTreeMap<usize, Vec<String>>) -> Result<(), String> {
    for lines in runs.values() {
        check(&unindented(lines))?;
    }
    Ok(())
}

/// Removes the common indentation, as rustdoc does.
fn unindented(lines: &[String]) -> String {
    let indent = |line: &String| line.len() - line.trim_start().len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let least = filled.map(indent).min().unwrap_or(0);
    let lines: Vec<_> = lines
        .iter()
        .map(|line| line.get(least..).unwrap_or_default())
        .collect();
    lines.join("\n")
}
