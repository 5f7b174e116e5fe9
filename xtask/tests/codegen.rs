//! The committed clients match the committed documents.

use xtask::codegen::{self, Request};
use xtask::message::Message;
use xtask::report;
use xtask::workspace::Workspace;

fn run(request: &Request) -> codegen::Outcome {
    codegen::run(&Workspace::locate(), request).unwrap_or_else(|messages| {
        panic!(
            "\n{}",
            messages.iter().map(Message::to_string).collect::<String>()
        )
    })
}

#[test]
fn generated_code_is_current() {
    let outcome = run(&Request {
        check: true,
        ..Request::default()
    });
    assert!(outcome.diff.is_current(), "\n{}", report::drift(&outcome));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(Workspace::locate().documents()).unwrap() {
        let document = file.unwrap().path();
        let name = document.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".json") || name.ends_with(".overlay.json") {
            continue;
        }
        let request = Request {
            document: Some(document),
            out: Some(out.path().join(name)),
            ..Request::default()
        };
        assert!(!run(&request).diff.written().is_empty());
        let again = run(&request);
        assert!(again.diff.is_current(), "\n{}", report::drift(&again));
    }
}
