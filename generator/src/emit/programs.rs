//! The examples of a crate: programs that take `--endpoint`, so that they run against a local server.

use proc_macro2::TokenStream;
use quote::quote;

use super::File;
use super::types::written;
use crate::model::{Api, Invocation, Outcome};

pub(super) fn files(api: &Api) -> Vec<File> {
    let programs = &api.programs;
    let cancel = programs
        .cancel
        .as_ref()
        .map(|call| ("cancel", cancel(api, call)));
    let quickstart = programs
        .quickstart
        .as_ref()
        .map(|call| ("quickstart", quickstart(api, call)));
    let upload = programs
        .upload
        .as_ref()
        .map(|call| ("upload", upload(api, call)));
    [cancel, quickstart, upload]
        .into_iter()
        .flatten()
        .map(|(name, tokens)| File {
            path: format!("examples/{name}.rs"),
            tokens,
        })
        .collect()
}

fn quickstart(api: &Api, call: &Invocation) -> TokenStream {
    let request = request(api, call);
    let print = match call.outcome {
        Outcome::Nothing => quote!(#request.send().await?;),
        Outcome::Answer => quote! {
            let response = #request.send().await?;
            println!("{response:#?}");
        },
        Outcome::Pages => stream(&request, &quote!(by_page)),
        Outcome::Items => stream(&request, &quote!(by_item)),
    };
    program(
        api,
        call,
        "Calls the API and prints what it answers",
        &quote!(),
        &print,
    )
}

fn stream(request: &TokenStream, by: &TokenStream) -> TokenStream {
    quote! {
        let mut items = #request.#by();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:#?}");
        }
    }
}

fn cancel(api: &Api, call: &Invocation) -> TokenStream {
    let library = &api.library;
    let request = request(api, call);
    let body = quote! {
        match #request.poller().cancel_and_wait().await? {
            Cancellation::Cancelled => println!("cancelled"),
            Cancellation::Completed(response) => println!("completed all the same: {response:#?}"),
            Cancellation::Failed(error) => println!("failed: {error}"),
            Cancellation::Unsupported(_) => println!("cannot be cancelled, and goes on"),
        }
    };
    let imports = quote!(use #library::runtime::Cancellation;);
    program(
        api,
        call,
        "Cancels an operation and finds out what became of it",
        &imports,
        &body,
    )
}

fn upload(api: &Api, call: &Invocation) -> TokenStream {
    let library = &api.library;
    let request = request(api, call);
    let imports = quote! {
        use #library::runtime::Media;
        use indicatif::ProgressBar;
    };
    let send = match call.outcome {
        Outcome::Nothing => quote!(upload.send_empty().await?;),
        _ => quote! {
            let response = upload.send().await?;
            println!("{response:#?}");
        },
    };
    let body = quote! {
        let media = Media::from_path(file).await?;
        let bar = ProgressBar::new(media.length().unwrap_or_default());
        let progress = bar.clone();
        let upload = #request
            .with_media(media)
            .with_progress(move |sent, _| progress.set_position(sent));
        #send
        bar.finish();
    };
    program(
        api,
        call,
        "Uploads a file and shows how far it is",
        &imports,
        &body,
    )
}

fn request(api: &Api, call: &Invocation) -> TokenStream {
    let Invocation {
        chain,
        arguments,
        body,
        ..
    } = call;
    let Some((method, accessors)) = chain.split_last() else {
        return TokenStream::new();
    };
    let library = &api.library;
    let body = body.as_ref().map(|ty| {
        let ty = written(ty, &[]);
        quote!(#library::#ty::default())
    });
    let client = &api.variable;
    let body = body.iter();
    quote!(#client #(.#accessors())* .#method(#(#arguments,)* #(#body)*))
}

/// A program: reads its command line, makes a client and runs `body`.
fn program(
    api: &Api,
    call: &Invocation,
    what: &str,
    imports: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let (library, client, variable) = (&api.library, &api.client, &api.variable);
    let values = &call.values;
    let usage = format!("arguments: {}", call.usage);
    let docs = format!(" {what}.");
    let usage_docs = format!(" Its {usage}");
    quote! {
        #![doc = #docs]
        #![doc = ""]
        #![doc = #usage_docs]

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
                    let nobody = anonymous::Builder::new().build();
                    builder = builder.with_endpoint(endpoint).with_credentials(nobody);
                } else {
                    values.push(word);
                }
            }
            let [#(#values),*] = values.as_slice() else {
                return Err(#usage.into());
            };
            let #variable = builder.build().await?;
            #body
            Ok(())
        }
    }
}
