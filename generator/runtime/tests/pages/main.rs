//! Paginated lists on the wire: the token in the query, in the message, in a link.

#[path = "../support/mod.rs"]
mod support;

mod faults;
mod masks;
mod schemes;

use std::collections::BTreeMap;

use discovery_runtime::{Client, Pages, Result};
use serde::{Deserialize, Serialize};

use support::{Answer, CREATE, GET, Recorded, Server};

/// The fields of a page of any scheme.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Page {
    things: Vec<u32>,
    items: BTreeMap<String, u32>,
    next_page_token: Option<String>,
    next_link: Option<String>,
}

/// A request message with the token.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Search {
    query: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_token: Option<String>,
}

fn search(token: Option<&str>) -> Search {
    Search {
        query: "q".to_owned(),
        page_token: token.map(str::to_owned),
    }
}

/// A list whose token is in the query.
fn by_query(client: &Client) -> Pages<Page> {
    let request = client.request(&GET).path("name", "things".to_owned());
    Pages::by_query(request, "pageToken", |page: &Page| {
        page.next_page_token.clone()
    })
}

/// A list whose token is in the message.
fn by_body(client: &Client, search: Search) -> Pages<Page> {
    Pages::by_body(
        client.request(&CREATE),
        search,
        |search| &mut search.page_token,
        |page: &Page| page.next_page_token.clone(),
    )
}

/// A page, and the token of the next one if there is one.
fn page(things: &[u32], next: &str) -> Answer {
    let things = serde_json::json!({"things": things, "nextPageToken": next});
    Answer::json("200 OK", &things.to_string())
}

async fn things(pages: &mut Pages<Page>) -> Option<Result<Vec<u32>>> {
    let page = pages.next().await?;
    Some(page.map(|page| page.things))
}

/// The paths and queries of the requests, without the common end of every query.
fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let target = |request: &Recorded| {
        let target = request.target().strip_suffix("alt=json&prettyPrint=false");
        target.unwrap().to_owned()
    };
    requests.iter().map(target).collect()
}

fn bodies(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let body = |request: &Recorded| request.text().to_owned();
    requests.iter().map(body).collect()
}
