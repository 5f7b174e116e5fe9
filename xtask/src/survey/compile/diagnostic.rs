//! The lines of `cargo --message-format=json`:
//! <https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>.

use std::path::Path;

use serde_json::Value;

use crate::message::{Message, shown};

/// A line that matters to us. A package has the name of its folder.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    /// Its library is done.
    Built { package: String },
    /// The compiler does not like something about it.
    Problem { package: String, message: Message },
}

/// Reads a line. Paths of source files are relative to `folder`.
pub(super) fn read(line: &str, folder: &Path) -> Option<Line> {
    let line: Value = serde_json::from_str(line).ok()?;
    let manifest = Path::new(line["manifest_path"].as_str()?);
    let package = manifest.parent()?.file_name()?.to_str()?.to_owned();
    match line["reason"].as_str()? {
        "compiler-artifact" if line["target"]["kind"] == serde_json::json!(["lib"]) => {
            Some(Line::Built { package })
        }
        "compiler-message" => {
            let message = message(&line["message"], folder)?;
            Some(Line::Problem { package, message })
        }
        _ => None,
    }
}

/// <https://doc.rust-lang.org/rustc/json.html#diagnostics>. What the compiler says at its end
/// (`aborting due to 2 previous errors`) has neither a place nor a code, and tells nothing.
fn message(diagnostic: &Value, folder: &Path) -> Option<Message> {
    let text = diagnostic["message"].as_str()?;
    let level = diagnostic["level"].as_str()?;
    let code = diagnostic["code"]["code"].as_str();
    let spans = diagnostic["spans"].as_array()?;
    let is_defect = level.contains("internal compiler error");
    if !is_defect && (!matches!(level, "error" | "warning") || (spans.is_empty() && code.is_none()))
    {
        return None;
    }
    let text = match code {
        Some(code) => format!("{text} [{code}]"),
        None => text.to_owned(),
    };
    let mut message = Message::error(text);
    if let Some(span) = spans.iter().find(|span| span["is_primary"] == true) {
        let file = shown(&folder.join(span["file_name"].as_str()?));
        let (line, column) = (&span["line_start"], &span["column_start"]);
        message = message.place(format!("{file}:{line}:{column}"));
    }
    let rendered = diagnostic["rendered"].as_str().unwrap_or_default();
    // The first line is that of the message.
    let lines = rendered.lines().skip(1).filter(|line| !line.is_empty());
    Some(message.details(lines.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(mut line: Value) -> Option<Line> {
        line["manifest_path"] = "/x/packages/google-a-v1/Cargo.toml".into();
        read(&line.to_string(), Path::new("/x"))
    }

    #[test]
    fn a_problem_has_its_place_and_what_the_compiler_shows() {
        let diagnostic = json!({
            "message": "unused import: `a`", "level": "error", "code": {"code": "unused_imports"},
            "spans": [
                {"is_primary": false, "file_name": "b.rs", "line_start": 1, "column_start": 1},
                {"is_primary": true, "file_name": "packages/a/src/lib.rs", "line_start": 7, "column_start": 5},
            ],
            "rendered": "error: unused import: `a`\n --> packages/a/src/lib.rs:7:5\n  |\n7 | use a;\n\n",
        });
        let found = line(json!({"reason": "compiler-message", "message": diagnostic}));
        let Some(Line::Problem { package, message }) = found else {
            panic!("{found:?}")
        };
        assert_eq!(package, "google-a-v1");
        insta::assert_snapshot!(message, @"
        error: unused import: `a` [unused_imports]
          --> /x/packages/a/src/lib.rs:7:5
            --> packages/a/src/lib.rs:7:5
             |
           7 | use a;
        ");
    }

    #[test]
    fn what_is_no_problem_is_passed_over() {
        for (message, level) in [
            ("aborting due to 1 previous error", "error"),
            ("1 warning emitted", "warning"),
            (
                "For more information about this error, try `rustc --explain E0433`.",
                "failure-note",
            ),
        ] {
            let message = json!({"message": message, "level": level, "code": null, "spans": []});
            assert_eq!(
                line(json!({"reason": "compiler-message", "message": message})),
                None
            );
        }
        assert_eq!(line(json!({"reason": "build-script-executed"})), None);
        assert_eq!(
            line(json!({"reason": "compiler-artifact", "target": {"kind": ["example"]}})),
            None
        );
        assert_eq!(read("", Path::new("")), None);
        assert_eq!(
            read(
                "{\"reason\": \"build-finished\", \"success\": true}",
                Path::new("")
            ),
            None
        );
    }

    #[test]
    fn a_library_that_is_done() {
        let found = line(json!({"reason": "compiler-artifact", "target": {"kind": ["lib"]}}));
        assert_eq!(
            found,
            Some(Line::Built {
                package: "google-a-v1".to_owned()
            })
        );
    }
}
