//! Calls: a request, and what its method returns.

use clap::ArgMatches;
use discovery_runtime::{Client, Poller, Request};
use serde_json::Value;

use crate::api::{Api, Method, Response};
use crate::failure::Failure;
use crate::flags::{is_set, optional};
use crate::media;
use crate::operations;
use crate::output::Output;
use crate::pages;
use crate::request;

/// Calls the method, and prints its result.
pub(crate) async fn run(
    api: &Api,
    method: &Method,
    matches: &ArgMatches,
    client: &Client,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let request = request::build(api, method, matches, client)?;
    if let Some(path) = optional(matches, "output") {
        return media::download(request, path, output).await;
    }
    if let Some(file) = optional(matches, "upload") {
        return media::upload(request, method, matches, file, output).await;
    }
    if is_set(matches, "wait") || (method.long_running && !is_set(matches, "async")) {
        return operations::wait(Poller::new(request), matches, output).await;
    }
    if let Some(pages) = &method.pages
        && let Some(limit) = pages::limit(matches)
    {
        return pages::list(request, pages, limit, output).await;
    }
    send(request, method.response, output).await
}

async fn send(
    request: Request,
    response: Response,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    match response {
        Response::Empty => Ok(request.send_empty().await?),
        Response::Message => output.value(&request.send::<Value>().await?),
        Response::Raw => output.bytes(&request.send_http_body().await?.data),
        Response::Stream => {
            let mut messages = request.stream::<Value>();
            while let Some(message) = messages.next().await {
                output.value(&message?)?;
            }
            Ok(())
        }
    }
}
