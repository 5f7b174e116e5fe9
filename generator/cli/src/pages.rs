//! Lists over several pages.

use clap::ArgMatches;
use discovery_runtime::{Pages, Request};
use serde_json::Value;

use crate::api;
use crate::failure::Failure;
use crate::flags::is_set;
use crate::output::{Format, Output};
use crate::statics;

/// Returns the number of elements to list, if the flags ask for more than one page.
pub(crate) fn limit(matches: &ArgMatches) -> Option<usize> {
    let limit = matches
        .try_get_one::<usize>("limit")
        .ok()
        .flatten()
        .copied();
    limit.or(is_set(matches, "all").then_some(usize::MAX))
}

/// Prints the elements of all pages, up to a number of them.
pub(crate) async fn list(
    request: Request,
    pages: &api::Pages,
    limit: usize,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let field = statics::text(pages.items.as_deref().unwrap_or_default());
    let token = |page: &Value| page.get("nextPageToken")?.as_str().map(str::to_owned);
    let mut pages =
        Pages::by_query(request, statics::text(&pages.token), token).with_items_field(field);
    let mut listed = Vec::new();
    let mut count = 0;
    while count < limit
        && let Some(page) = pages.next().await
    {
        let elements = match page?.get_mut(field).map(Value::take) {
            Some(Value::Array(elements)) => elements,
            _ => Vec::new(),
        };
        for element in elements.into_iter().take(limit - count) {
            count += 1;
            match output.format() {
                Format::Ndjson => output.value(&element)?,
                Format::Json | Format::Table => listed.push(element),
            }
        }
    }
    output.all(listed)
}
