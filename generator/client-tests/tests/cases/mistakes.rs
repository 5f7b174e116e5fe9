//! Common mistakes in the use of a client, and parts of the compiler's messages that help.

/// The start of each program.
const HEAD: &str = "\
//! A mistake.

#![allow(unused_imports, unused_variables)]

use google_checks_v1alpha::Checks;
use google_checks_v1alpha::runtime::reqwest;
use google_checks_v1alpha::schemas::report::AnalyzeUploadRequest as Message;

fn main() {}

";

/// A program that does not compile, or not without warnings.
pub(crate) struct Mistake {
    /// The file below `examples/`.
    pub(crate) name: &'static str,
    /// The statements of a function with a `client`.
    statements: &'static str,
    pub(crate) messages: &'static [&'static str],
}

pub(crate) const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "without_send",
        statements: "client.accounts().apps().list(\"accounts/1\");",
        messages: &["a request does nothing until it is sent"],
    },
    Mistake {
        name: "without_items",
        statements: "client.accounts().apps().list(\"accounts/1\").by_item();",
        messages: &["nothing is listed until elements are read"],
    },
    Mistake {
        name: "path_as_media",
        statements: "client.media().upload(\"accounts/1/apps/2\", Message::default()).with_media(\"app.aab\");",
        messages: &["`&str` is not media", "Media::from_path(path).await?"],
    },
    Mistake {
        name: "value_of_another_type",
        statements: "let message = Message::default().set_code_reference_id(1);",
        messages: &["cannot be set to `{integer}`"],
    },
    Mistake {
        name: "http_client_as_transport",
        statements: "let builder = Checks::builder().with_transport(reqwest::Client::new());",
        messages: &[
            "reqwest::Client` does not send requests",
            "is for `with_http_client`",
        ],
    },
];

impl Mistake {
    /// Returns the program.
    pub(crate) fn program(&self) -> String {
        format!(
            "{HEAD}fn mistake(client: Checks) {{\n    {}\n}}\n",
            self.statements
        )
    }
}
