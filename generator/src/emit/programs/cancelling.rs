//! The example that cancels an operation.

use super::super::tokens::{Code, quote};
use super::{Usage, request, whole};
use crate::model::{Api, Cancelling, Start};

pub(super) fn program(api: &Api, cancelling: &Cancelling) -> Code {
    match &cancelling.start {
        Some(start) => either(api, cancelling, start),
        None => kept(api, cancelling),
    }
}

/// Cancels an operation that was started before.
fn kept(api: &Api, Cancelling { stored, .. }: &Cancelling) -> Code {
    let library = &api.library;
    let stored_request = request(api, stored);
    super::program(
        api,
        stored,
        "Cancels an operation and finds out what became of it",
        &quote!(use #library::runtime::Cancellation;),
        &report(&quote!(#stored_request.poller())),
    )
}

/// Cancels an operation that it starts, or one that was started before.
fn either(api: &Api, cancelling: &Cancelling, start: &Start) -> Code {
    let kept = &cancelling.stored.arguments;
    let given = &start.call.values;
    let usage = Usage {
        what: "Cancels an operation, a new one or one that runs, and finds out what became of it",
        arguments: format!("start {}| {}", start.call.usage, cancelling.stored.usage),
    };
    let [for_given, for_kept] = [given, kept].map(|names| names.iter().map(|_| quote!(_)));
    let check = |wrong: Code| {
        quote! {
            let words: Vec<&str> = values.iter().map(String::as_str).collect();
            if !matches!(words[..], ["start" #(, #for_given)*] | [#(#for_kept),*]) {
                #wrong
            }
        }
    };
    let (started, stored) = (request(api, &start.call), request(api, &cancelling.stored));
    let poller = if start.uploads {
        quote!(with_media(Media::from_path(file).await?).poller())
    } else {
        quote!(poller())
    };
    let body = quote! {
        match words[..] {
            ["start" #(, #given)*] => stop(#started.#poller).await?,
            [#(#kept),*] => stop(#stored.poller()).await?,
            _ => {}
        }
    };
    let library = &api.library;
    let media = start.uploads.then(|| quote!(Media,));
    let imports = quote! {
        use #library::Result;
        use #library::runtime::{Cancellation, #media Poller};
    };
    whole(api, &usage, &imports, check, &body, &stop())
}

fn stop() -> Code {
    let report = report(&quote!(poller));
    quote! {
        /// Cancels what the poller follows; what was not started yet is started first.
        async fn stop<R: std::fmt::Debug, M>(poller: Poller<R, M>) -> Result<()> {
            #report
            Ok(())
        }
    }
}

fn report(poller: &Code) -> Code {
    quote! {
        match #poller.cancel_and_wait().await? {
            Cancellation::Cancelled => println!("cancelled"),
            Cancellation::Completed(response) => println!("completed all the same: {response:#?}"),
            Cancellation::Failed(error) => println!("failed: {error}"),
            Cancellation::Unsupported(_) => println!("cannot be cancelled, and goes on"),
        }
    }
}
