//! The example that uploads a file.

use super::call::request;
use super::program;
use crate::emit::tokens::{Code, quote};
use crate::model::{Command, CrateNames, Ending};

const PURPOSE: &str = "Uploads a file with a progress bar";

pub(super) fn program(names: &CrateNames, command: &Command) -> Code {
    let call = &command.call;
    let library = &names.library;
    let request = request(names, call);
    let imports = quote! {
        use #library::runtime::Media;
        use indicatif::ProgressBar;
    };
    let (send, purpose) = match command.ending {
        Ending::UploadAndPoll => (
            quote!(poller().until_done()),
            "Uploads a file with a progress bar, and prints the result of the operation that this starts",
        ),
        _ if call.responds => (quote!(send()), PURPOSE),
        _ => (quote!(send_empty()), PURPOSE),
    };
    let print = if call.responds {
        quote! {
            let response = response?;
            println!("{response:#?}");
        }
    } else {
        quote!(response?;)
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
    program::program(names, command, purpose, imports, body)
}
