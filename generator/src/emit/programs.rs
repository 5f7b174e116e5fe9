//! The examples of a crate: programs that take `--endpoint`, so that they run against a local server.

mod cancelling;

use super::File;
use super::tokens::{Code, quote};
use super::types::written;
use crate::model::{Api, Invocation, Outcome};

pub(super) fn files(api: &Api) -> Vec<File> {
    let programs = &api.programs;
    let cancel = programs
        .cancel
        .as_ref()
        .map(|call| ("cancel", cancelling::program(api, call)));
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

fn quickstart(api: &Api, call: &Invocation) -> Code {
    let request = request(api, call);
    let print = match call.outcome {
        Outcome::Nothing => quote!(#request.send().await?;),
        Outcome::Answer | Outcome::Operation => quote! {
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

fn stream(request: &Code, by: &Code) -> Code {
    quote! {
        let mut items = #request.#by();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:#?}");
        }
    }
}

fn upload(api: &Api, call: &Invocation) -> Code {
    let library = &api.library;
    let request = request(api, call);
    let imports = quote! {
        use #library::runtime::Media;
        use indicatif::ProgressBar;
    };
    let send = match call.outcome {
        Outcome::Nothing => quote!(send_empty()),
        Outcome::Operation => quote!(poller().until_done()),
        _ => quote!(send()),
    };
    let print = match call.outcome {
        Outcome::Nothing => quote!(response?;),
        _ => quote! {
            let response = response?;
            println!("{response:#?}");
        },
    };
    let what = match call.outcome {
        Outcome::Operation => {
            "Uploads a file with a progress bar, and prints the result of the operation that this starts"
        }
        _ => "Uploads a file with a progress bar",
    };
    let body = quote! {
        let media = Media::from_path(file).await?;
        let bar = ProgressBar::new(media.length().unwrap_or_default());
        let progress = bar.clone();
        let upload = #request
            .with_media(media)
            .with_progress(move |sent, _| progress.set_position(sent));
        let response = upload.#send.await;
        match &response {
            Ok(_) => bar.finish(),
            Err(_) => bar.abandon(),
        }
        #print
    };
    program(api, call, what, &imports, &body)
}

fn request(api: &Api, call: &Invocation) -> Code {
    let Invocation {
        chain,
        arguments,
        body,
        ..
    } = call;
    let Some((method, accessors)) = chain.split_last() else {
        return Code::default();
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

/// A program with one list of arguments.
fn program(api: &Api, call: &Invocation, what: &'static str, imports: &Code, body: &Code) -> Code {
    let values = &call.values;
    let usage = Usage {
        what,
        arguments: call.usage.clone(),
    };
    let check = |wrong: Code| {
        quote! {
            let [#(#values),*] = values.as_slice() else {
                #wrong
            };
        }
    };
    whole(api, &usage, imports, check, body, &Code::default())
}

/// What a program does, and what it takes.
struct Usage {
    what: &'static str,
    /// Its words, each with a space behind it.
    arguments: String,
}

/// A program: reads its command line, makes a client and runs `body`. `check` is given what to do
/// with wrong arguments.
fn whole(
    api: &Api,
    usage: &Usage,
    imports: &Code,
    check: impl FnOnce(Code) -> Code,
    body: &Code,
    functions: &Code,
) -> Code {
    let (library, client, variable) = (&api.library, &api.client, &api.variable);
    let docs = format!(" {}.", usage.what);
    let usage = format!("arguments: {}[--endpoint URL]", usage.arguments);
    let usage_docs = format!(" Its {usage}");
    let check = check(quote!(return Err(#usage.into());));
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
            #check
            let #variable = builder.build().await?;
            #body
            Ok(())
        }

        #functions
    }
}
