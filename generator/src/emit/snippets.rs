//! The calls in documentation, as functions and programs.

use super::examples::call::{import, request, statement};
use super::examples::quickstart;
use super::tokens::{Code, quote};
use crate::model::{CrateNames, Example, Invocation};

/// The example of a method, in a function that rustdoc needs and the reader does not.
pub(crate) fn method_example(names: &CrateNames, example: &Example) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let import = import(names, &example.call);
    let statement = statement(names, example);
    quote! {
        async fn example(#variable: #library::#client) -> #library::Result<()> {
            #import
            #statement
            Ok(())
        }
    }
}

/// A function that binds a call to `request`.
pub(crate) fn request_statement(names: &CrateNames, call: &Invocation) -> Code {
    let request = request(names, call);
    quote! {
        fn example() {
            let request = #request;
        }
    }
}

/// The program that does what a user of the API does first.
pub(crate) fn quickstart(names: &CrateNames, example: &Example) -> Code {
    let (library, client, variable) = (&names.library, &names.client, &names.variable);
    let body = quickstart::body(names, &example.call, example.ending);
    quote! {
        use #library::#client;

        #[tokio::main]
        async fn main() -> #library::Result<()> {
            let #variable = #client::builder().build().await?;
            #body
            Ok(())
        }
    }
}
