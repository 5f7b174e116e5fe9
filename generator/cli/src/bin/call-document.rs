//! The command line of any API: `call-document DOCUMENT [WORD...]`.

#![allow(clippy::print_stderr, reason = "a program reports its errors")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use discovery::Document;
use discovery_cli::api::Api;

const USAGE: &str = "usage: call-document DOCUMENT [WORD...], such as checks.v1alpha.json --help";

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).peekable();
    let api = match arguments.next() {
        Some(path) => read(Path::new(&path)),
        None => Err(USAGE.to_owned()),
    };
    match api {
        Ok(api) => {
            let name = OsString::from(&api.name);
            discovery_cli::run(&api, [name].into_iter().chain(arguments)).await
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Describes the API of a document, with the overlay beside it if there is one.
fn read(path: &Path) -> Result<Api, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let overlay = fs::read_to_string(path.with_extension("overlay.json")).ok();
    let parsed = Document::parse(&text, overlay.as_deref());
    let parsed = parsed.map_err(|problems| format!("{shown} is not valid:\n{problems}"))?;
    Api::new(&parsed.document).map_err(|problems| format!("{shown} is not valid:\n{problems}"))
}
