//! Files that are easily taken for Discovery documents, and the way from them to one.

use serde_json::Value;

use super::file::TextFile;
use crate::message::{Message, shown};

const FETCH: &str = "`cargo xtask fetch NAME VERSION` gets the Discovery document of an API";

/// Returns an error for a text that is something else altogether; nothing for what may be a document.
pub(super) fn explain(file: &TextFile) -> Option<Message> {
    let text = file.text.trim_start();
    let kind = match serde_json::from_str::<Value>(text) {
        Ok(value) => json(&value)?,
        Err(_) => other(text)?.to_owned(),
    };
    let message = Message::error(format!("the file is {kind}, not a Discovery document"));
    Some(message.place(shown(&file.path)).help(FETCH))
}

fn json(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key)?.as_str();
    if let Some(kind) = text("kind") {
        let is_directory = kind == "discovery#directoryList";
        return is_directory.then(|| "Google's directory of APIs".to_owned());
    }
    if let Some(version) = text("openapi") {
        return Some(format!("an OpenAPI description (version {version})"));
    }
    if let Some(version) = text("swagger") {
        return Some(format!("an OpenAPI description (Swagger {version})"));
    }
    let error = value.get("error")?;
    let code = error.get("code").unwrap_or(error);
    let message = error.get("message").and_then(Value::as_str);
    let message = message.map(|message| format!(": {message}"));
    Some(format!(
        "the error {code} of a server{}",
        message.unwrap_or_default()
    ))
}

/// Recognises what is not JSON.
fn other(text: &str) -> Option<&'static str> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let begins = |start: &str| {
        let head = first.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    let is_key = |key: &str| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        !key.is_empty() && key.chars().all(is_word)
    };
    if begins("<!doctype html") || begins("<html") {
        Some("a web page")
    } else if begins("openapi:") || begins("swagger:") {
        Some("an OpenAPI description in YAML")
    } else if first == "---" || first.split_once(':').is_some_and(|(key, _)| is_key(key)) {
        Some("YAML")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn files_that_are_something_else() {
        for (text, kind) in [
            (r#"{"openapi": "3.1.0", "info": {}}"#, "an OpenAPI description (version 3.1.0)"),
            (r#"{"swagger": "2.0"}"#, "an OpenAPI description (Swagger 2.0)"),
            ("openapi: 3.1.0\ninfo: {}\n", "an OpenAPI description in YAML"),
            ("---\nname: drive\n", "YAML"),
            ("# comment\n", ""),
            ("kind: discovery#restDescription\n", "YAML"),
            ("<!DOCTYPE html>\n<html>", "a web page"),
            ("\n<html>Sign in", "a web page"),
            (r#"{"error": 404}"#, "the error 404 of a server"),
            (
                r#"{"error": {"code": 404, "message": "Not found."}}"#,
                "the error 404 of a server: Not found.",
            ),
            (r#"{"kind": "discovery#directoryList", "items": []}"#, "Google's directory of APIs"),
            (r#"{"kind": "discovery#restDescription", "error": 1}"#, ""),
            ("{\n  \"kind\":", ""),
            ("[]", ""),
            ("", ""),
        ] {
            let file = TextFile::decode(Path::new("x.json"), text.as_bytes()).unwrap();
            let line = explain(&file).map(|message| message.line(false));
            let expected = format!("x.json: error: the file is {kind}, not a Discovery document\n");
            assert_eq!(line, (!kind.is_empty()).then_some(expected), "{text}");
        }
    }
}
