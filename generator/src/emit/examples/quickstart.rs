//! The example that lists, or calls another method that only reads.

use super::call::{request, stream};
use super::program;
use crate::emit::tokens::{Code, quote};
use crate::model::{Command, CrateNames, Ending, Invocation};

pub(super) fn program(names: &CrateNames, command: &Command) -> Code {
    let body = body(names, &command.call, command.ending);
    let purpose = "Calls the API and prints the response";
    program::program(names, command, purpose, Code::default(), body)
}

/// The statements that call a method and print the response.
pub(crate) fn body(names: &CrateNames, call: &Invocation, ending: Ending) -> Code {
    let request = request(names, call);
    match ending {
        Ending::Items => stream(&request, &quote!(by_item)),
        Ending::Pages => stream(&request, &quote!(by_page)),
        _ if !call.responds => quote!(#request.send().await?;),
        _ => quote! {
            let response = #request.send().await?;
            println!("{response:#?}");
        },
    }
}
