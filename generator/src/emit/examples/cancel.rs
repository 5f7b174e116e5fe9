//! The example that cancels an operation.

use super::call::request;
use super::program::{self, Program, Usage};
use crate::emit::tokens::{Code, quote};
use crate::model::{CancelExample, Command, CrateNames, Ending};

pub(super) fn program(names: &CrateNames, example: &CancelExample) -> Code {
    match &example.start {
        Some(start) => new_or_running(names, &example.stored, start),
        None => running(names, &example.stored),
    }
}

/// Cancels an operation that was started before.
fn running(names: &CrateNames, stored: &Command) -> Code {
    let library = &names.library;
    let request = request(names, &stored.call);
    program::program(
        names,
        stored,
        "Cancels an operation and reports its final state",
        quote!(use #library::runtime::Cancellation;),
        report(&quote!(#request.poller())),
    )
}

/// Cancels an operation that it starts, or one that was started before.
fn new_or_running(names: &CrateNames, stored: &Command, start: &Command) -> Code {
    let usage = Usage::new(&format!("start {}| {}", start.usage, stored.usage));
    let refusal = usage.refusal();
    let (new, running) = (&start.words, &stored.words);
    let [any_new, any_running] = [new, running].map(|words| words.iter().map(|_| quote!(_)));
    let check = quote! {
        let words: Vec<&str> = values.iter().map(String::as_str).collect();
        if !matches!(words[..], ["start" #(, #any_new)*] | [#(#any_running),*]) {
            #refusal
        }
    };
    let uploads = start.ending == Ending::UploadAndPoll;
    let poller = if uploads {
        quote!(with_media(Media::from_path(file).await?).poller())
    } else {
        quote!(poller())
    };
    let started = request(names, &start.call);
    let stored = request(names, &stored.call);
    let body = quote! {
        match words[..] {
            ["start" #(, #new)*] => stop(#started.#poller).await?,
            [#(#running),*] => stop(#stored.poller()).await?,
            _ => {}
        }
    };
    let library = &names.library;
    let media = uploads.then(|| quote!(Media,));
    let program = Program {
        purpose: "Cancels a new or a running operation and reports its final state",
        usage,
        imports: quote! {
            use #library::Result;
            use #library::runtime::{Cancellation, #media Poller};
        },
        check,
        body,
        functions: stop(),
    };
    program::framed(names, &program)
}

fn stop() -> Code {
    let report = report(&quote!(poller));
    quote! {
        /// Cancels the operation of the poller; one that was not started yet is started first.
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
            Cancellation::Completed(response) => println!("completed before it could be cancelled: {response:#?}"),
            Cancellation::Failed(error) => println!("failed: {error}"),
            Cancellation::Unsupported(_) => println!("cannot be cancelled; it is still running"),
        }
    }
}
