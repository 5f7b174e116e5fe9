//! The frame of an example: documentation, command line, client.

use crate::emit::tokens::{Code, quote};
use crate::model::{Command, CrateNames};

/// An example without its frame.
pub(super) struct Program {
    /// A sentence about the program, without its period.
    pub(super) purpose: &'static str,
    pub(super) usage: Usage,
    pub(super) imports: Code,
    /// Binds the words of the command line, or refuses them.
    pub(super) check: Code,
    pub(super) body: Code,
    pub(super) functions: Code,
}

/// The usage of a program.
pub(super) struct Usage(String);

impl Usage {
    /// Describes the words, each with a space after it.
    pub(super) fn new(words: &str) -> Self {
        Self(format!("{words}[--endpoint URL]"))
    }

    /// The statement that refuses a command line.
    pub(super) fn refusal(&self) -> Code {
        let message = format!("usage: {}", self.0);
        quote!(return Err(#message.into());)
    }
}

/// A program whose command line has the words of one command.
pub(super) fn program(
    names: &CrateNames,
    command: &Command,
    purpose: &'static str,
    imports: Code,
    body: Code,
) -> Code {
    let words = &command.words;
    let usage = Usage::new(&command.usage);
    let refusal = usage.refusal();
    let check = quote! {
        let [#(#words),*] = values.as_slice() else {
            #refusal
        };
    };
    let program = Program {
        purpose,
        usage,
        imports,
        check,
        body,
        functions: Code::default(),
    };
    framed(names, &program)
}

/// A program that reads its command line, builds a client and runs its body.
pub(super) fn framed(names: &CrateNames, program: &Program) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let Program {
        imports,
        check,
        body,
        functions,
        ..
    } = program;
    let docs = format!(" {}.", program.purpose);
    let usage = format!(" Usage: {}", program.usage.0);
    quote! {
        #![doc = #docs]
        #![doc = ""]
        #![doc = #usage]

        use #library::#client;
        use #library::runtime::google_cloud_auth::credentials::anonymous;
        #imports

        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let mut values = Vec::new();
            let mut builder = #client::builder();
            let mut words = std::env::args().skip(1);
            while let Some(word) = words.next() {
                if word == "--endpoint" {
                    let endpoint = words.next().ok_or("--endpoint needs a URL")?;
                    let anonymous = anonymous::Builder::new().build();
                    builder = builder.with_endpoint(endpoint).with_credentials(anonymous);
                } else {
                    values.push(word);
                }
            }
            #check
            let #variable = builder.build().await?;
            #body
            Ok(())
        }

        #functions
    }
}
