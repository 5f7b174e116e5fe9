//! The calls in documentation, as statements and programs.

use super::examples::call::{import, request, statement};
use super::examples::quickstart;
use super::tokens::{Code, quote};
use crate::model::{CrateNames, Example, Invocation};

/// The statements of a method's example.
pub(crate) fn method_example(names: &CrateNames, example: &Example) -> Code {
    let import = import(names, &example.call);
    let statement = statement(names, example);
    quote!(#import #statement)
}

/// The statement that binds a call to `request`.
pub(crate) fn request_statement(names: &CrateNames, call: &Invocation) -> Code {
    let request = request(names, call);
    quote!(let request = #request;)
}

/// A function around statements: only items can be formatted.
pub(crate) fn function(statements: &Code) -> Code {
    quote! {
        fn example() {
            #statements
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
