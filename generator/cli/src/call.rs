//! Calls: a request, and what its method returns.

use std::time::Duration;

use clap::ArgMatches;
use discovery_runtime::{Client, Operation, Poller, Request};
use serde_json::Value;

use crate::api::{Api, Method, Response};
use crate::failure::Failure;
use crate::media;
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
        return wait(Poller::new(request), matches, output).await;
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

/// Waits for the end of an operation, and prints its response.
pub(crate) async fn wait(
    poller: Poller,
    matches: &ArgMatches,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut poller = match matches.try_get_one::<u64>("deadline") {
        Ok(Some(seconds)) => poller.with_deadline(Duration::from_secs(*seconds)),
        _ => poller,
    };
    let name = poller.start().await?.name.clone().unwrap_or_default();
    let spinner = indicatif::ProgressBar::new_spinner().with_message(name);
    spinner.enable_steady_tick(Duration::from_millis(200));
    let response = poller.until_done().await;
    spinner.finish_and_clear();
    output.value(&Value::Object(response?.as_object().clone()))
}

/// Prints an operation that was not awaited.
pub(crate) fn print_operation(
    operation: &Operation,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let value = serde_json::to_value(operation);
    let value = value.map_err(|error| Failure::local(error.to_string()))?;
    output.value(&value)
}

/// Returns the value of a flag that not all methods have.
pub(crate) fn optional<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches
        .try_get_one::<String>(name)
        .ok()
        .flatten()
        .map(String::as_str)
}

/// Returns whether a switch that not all methods have is set.
pub(crate) fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches
        .try_get_one::<bool>(name)
        .ok()
        .flatten()
        .is_some_and(|is_set| *is_set)
}
