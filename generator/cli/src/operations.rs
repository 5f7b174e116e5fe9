//! Long-running operations.

use std::time::Duration;

use clap::ArgMatches;
use discovery_runtime::{Operation, Poller};
use indicatif::ProgressBar;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::Output;

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
    let spinner = ProgressBar::new_spinner().with_message(name);
    spinner.enable_steady_tick(Duration::from_millis(200));
    let response = poller.until_done().await;
    spinner.finish_and_clear();
    output.value(&Value::Object(response?.as_object().clone()))
}

/// Prints an operation that was not awaited.
pub(crate) fn print(operation: &Operation, output: &mut Output<'_>) -> Result<(), Failure> {
    let value = serde_json::to_value(operation);
    let value = value.map_err(|error| Failure::local(error.to_string()))?;
    output.value(&value)
}
