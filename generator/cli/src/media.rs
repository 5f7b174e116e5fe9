//! Uploads and downloads.

use clap::ArgMatches;
use discovery_runtime::{Media, Operation, Request};
use indicatif::ProgressBar;
use serde_json::Value;

use crate::api::Method;
use crate::failure::Failure;
use crate::flags::{is_set, optional};
use crate::operations;
use crate::output::Output;

/// Downloads media into a file, or to standard output.
pub(crate) async fn download(
    request: Request,
    path: &str,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    if path == "-" {
        let mut media = request.download().send().await?;
        while let Some(piece) = media.next().await {
            output.bytes(&piece?)?;
        }
        return Ok(());
    }
    let bar = ProgressBar::no_length();
    let progress = bar.clone();
    let download = request.download().with_progress(move |received, total| {
        if let Some(total) = total {
            progress.set_length(total);
        }
        progress.set_position(received);
    });
    download.to_path(path).await?;
    bar.finish_and_clear();
    Ok(())
}

/// Uploads a file, and prints the response or waits for the operation.
pub(crate) async fn upload(
    request: Request,
    method: &Method,
    matches: &ArgMatches,
    path: &str,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let media = Media::from_path(path).await;
    let mut media = media.map_err(|_| Failure::invalid(format!("cannot read {path}")))?;
    if let Some(content_type) = optional(matches, "upload-type") {
        media = media.with_content_type(content_type);
    }
    let bar = ProgressBar::new(media.length().unwrap_or_default());
    let progress = bar.clone();
    let report = move |sent, _| progress.set_position(sent);
    let is_resumable = method
        .upload
        .as_ref()
        .is_some_and(|upload| upload.resumable);
    if method.long_running {
        let poller = match is_resumable {
            true => request
                .upload_resumable::<Operation>(media)
                .with_progress(report)
                .poller(),
            false => request
                .upload::<Operation>(media)
                .with_progress(report)
                .poller(),
        };
        let mut poller = poller;
        let operation = poller.start().await?;
        bar.finish_and_clear();
        return match is_set(matches, "async") {
            true => operations::print(operation, output),
            false => operations::wait(poller, matches, output).await,
        };
    }
    let response: Value = match is_resumable {
        true => {
            request
                .upload_resumable(media)
                .with_progress(report)
                .send()
                .await?
        }
        false => request.upload(media).with_progress(report).send().await?,
    };
    bar.finish_and_clear();
    output.value(&response)
}
