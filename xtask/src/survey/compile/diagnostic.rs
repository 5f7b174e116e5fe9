//! Diagnostics of the compiler as messages.

use std::path::Path;

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};

use crate::message::{Message, shown};

/// Returns a message for an error or a warning. Paths of source files are relative to `folder`.
///
/// The compiler's last words (`aborting due to 2 previous errors`) have neither a place nor a code,
/// and are left out.
pub(super) fn message(diagnostic: &Diagnostic, folder: &Path) -> Option<Message> {
    let code = diagnostic.code.as_ref().map(|code| &code.code);
    let is_located = !diagnostic.spans.is_empty() || code.is_some();
    let is_shown = match diagnostic.level {
        DiagnosticLevel::Ice => true,
        DiagnosticLevel::Error | DiagnosticLevel::Warning => is_located,
        _ => false,
    };
    if !is_shown {
        return None;
    }
    let mut message = Message::error(match code {
        Some(code) => format!("{} [{code}]", diagnostic.message),
        None => diagnostic.message.clone(),
    });
    if let Some(span) = diagnostic.spans.iter().find(|span| span.is_primary) {
        let file = shown(&folder.join(&span.file_name));
        message = message.place(format!("{file}:{}:{}", span.line_start, span.column_start));
    }
    let rendered = diagnostic.rendered.as_deref().unwrap_or_default();
    // The first line repeats the message.
    let lines = rendered.lines().skip(1).filter(|line| !line.is_empty());
    Some(message.details(lines.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(diagnostic: Value) -> Option<Message> {
        message(
            &serde_json::from_value(diagnostic).unwrap(),
            Path::new("/x"),
        )
    }

    fn span(is_primary: bool, file: &str, line: usize) -> Value {
        json!({
            "is_primary": is_primary, "file_name": file, "line_start": line, "line_end": line,
            "column_start": 5, "column_end": 6, "byte_start": 0, "byte_end": 1, "text": [],
        })
    }

    #[test]
    fn a_message_has_a_place_and_the_compilers_own_lines() {
        let found = read(json!({
            "message": "unused import: `a`", "level": "error",
            "code": {"code": "unused_imports", "explanation": null}, "children": [],
            "spans": [span(false, "b.rs", 1), span(true, "packages/a/src/lib.rs", 7)],
            "rendered": "error: unused import: `a`\n --> packages/a/src/lib.rs:7:5\n  |\n7 | use a;\n\n",
        }));
        insta::assert_snapshot!(found.unwrap(), @"
        error: unused import: `a` [unused_imports]
          --> /x/packages/a/src/lib.rs:7:5
            --> packages/a/src/lib.rs:7:5
             |
           7 | use a;
        ");
    }

    #[test]
    fn summaries_are_left_out_and_defects_of_the_compiler_are_not() {
        let cases = [
            ("aborting due to 1 previous error", "error", false),
            ("1 warning emitted", "warning", false),
            (
                "For more information about this error …",
                "failure-note",
                false,
            ),
            ("broken MIR", "error: internal compiler error", true),
        ];
        for (message, level, is_shown) in cases {
            let diagnostic = json!({
                "message": message, "level": level, "code": null, "spans": [], "children": [],
            });
            assert_eq!(read(diagnostic).is_some(), is_shown, "{message}");
        }
    }
}
