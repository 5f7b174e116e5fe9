//! The README of a crate.

use std::fmt::Write as _;

use crate::docs;
use crate::header::{self, plain};
use crate::model::Api;
use crate::options::Options;

/// The name of the file.
pub(crate) const FILE: &str = "README.md";

/// Returns the README, with an example if the API has methods.
pub(crate) fn readme(api: &Api, example: Option<&[String]>, options: &Options) -> String {
    let package = &api.package;
    let mark = header::line(package);
    let title = docs::summary(&package.title, None);
    let (name, document) = (&api.names.package, plain(&package.document));
    let mut readme = format!(
        "<!-- {mark} -->\n\n# {name}\n\nA Rust client of the {title}, generated from revision {} of its \
         Discovery document, `{document}`.\n\n",
        plain(&package.revision),
    );
    readme.push_str(&dependency(name, options));
    if let Some(example) = example {
        let _ = write!(readme, "\n```rust,no_run\n{}\n```\n", example.join("\n"));
    }
    readme.push_str(
        "\nEvery method of the API returns a request builder: required parameters are its arguments, \
         optional ones\nhave setters, and `send` sends the request. Credentials are Application Default \
         Credentials unless\n`with_credentials` says otherwise. See the crate's documentation for more.\n\n\
         Licensed under either of [MIT](LICENSE-MIT) or [Apache-2.0](LICENSE-APACHE), at your option.\n",
    );
    readme
}

/// Returns the commands that make a program depend on the package.
fn dependency(name: &str, options: &Options) -> String {
    let (place, note) = match options.repository {
        Some(_) => (name, ""),
        None => (
            "--path FOLDER",
            "\n`FOLDER` is the one that this file is in.\n",
        ),
    };
    format!(
        "```sh\ncargo add {place}\ncargo add tokio --features macros,rt-multi-thread\n```\n{note}"
    )
}
