//! Ids by which a service recognises a repeated request.

use discovery_runtime::{
    Code, HttpMethod, Method, Pages, Reply, Request, RequestBuilder, RequestId, RequestOptions,
    RequestOptionsBuilder, Segment::Literal, Value,
};
use serde_json::json;

use crate::support::fake::Fake;

static INSERT: Method = Method::new(
    "checks.things.insert",
    HttpMethod::Post,
    &[Literal("v1alpha/things")],
)
.with_request_id(RequestId::Query("requestId"));
static START: Method = Method::new(
    "checks.things.start",
    HttpMethod::Post,
    &[Literal("v1alpha/things:start")],
)
.with_request_id(RequestId::Body("requestId"));

struct Builder(Request);

impl RequestBuilder for Builder {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

fn unavailable() -> Reply {
    Reply::error(Code::Unavailable, "busy")
}

fn assert_uuids(ids: &[String]) {
    for id in ids {
        let parts: Vec<&str> = id.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert!(parts[2].starts_with('4'), "{id}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_stays_over_the_attempts_of_a_call_and_changes_with_each_call() {
    let fake = Fake::new([unavailable(), unavailable()]);
    let client = fake.builder().build().await.unwrap();
    let request = client.request(&INSERT).json(&json!({"name": "a"}));
    request.clone().send_empty().await.unwrap();
    request.send_empty().await.unwrap();
    let ids = fake.query("requestId");
    assert_eq!(ids.len(), 4);
    assert_uuids(&ids);
    assert_eq!([&ids[0], &ids[0]], [&ids[1], &ids[2]]);
    assert_ne!(ids[0], ids[3]);
}

#[tokio::test(start_paused = true)]
async fn an_id_may_be_a_member_of_the_message() {
    let fake = Fake::new([unavailable()]);
    let client = fake.builder().build().await.unwrap();
    let request = client
        .request(&START)
        .json(&json!({"name": "a", "size": 1.5}));
    request.clone().send_empty().await.unwrap();
    request.send_empty().await.unwrap();
    let bodies: Vec<Value> = fake.bodies();
    let ids: Vec<String> = bodies
        .iter()
        .map(|body| body["requestId"].as_str().unwrap().to_owned())
        .collect();
    assert_uuids(&ids);
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[1], ids[2]);
    assert_eq!(bodies[0]["name"], "a");
    assert_eq!(bodies[0]["size"], 1.5);
}

#[tokio::test(start_paused = true)]
async fn the_id_of_the_caller_stands_and_an_empty_one_is_none() {
    let fake = Fake::new([unavailable()]);
    let client = fake.builder().build().await.unwrap();
    let own = client.request(&INSERT).query("requestId", "mine");
    own.send_empty().await.unwrap();
    let own = client.request(&START).json(&json!({"requestId": "mine"}));
    own.send_empty().await.unwrap();
    assert_eq!(fake.query("requestId"), ["mine", "mine", ""]);
    assert_eq!(fake.bodies()[2], json!({"requestId": "mine"}));

    for in_query in [true, false] {
        let fake = Fake::new([unavailable()]);
        let client = fake.builder().build().await.unwrap();
        let request = match in_query {
            true => client.request(&INSERT).query("requestId", ""),
            false => client.request(&START).json(&json!({"requestId": ""})),
        };
        request.send_empty().await.unwrap_err();
        assert_eq!(fake.seconds(), [0.0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_may_say_that_a_call_is_not_idempotent() {
    let fake = Fake::new([unavailable()]);
    let client = fake.builder().build().await.unwrap();
    let request = Builder(client.request(&INSERT)).with_idempotency(false);
    request.0.send_empty().await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn each_page_has_an_id() {
    let page = |next: &str| Reply::json(&json!({"nextPageToken": next})).unwrap();
    let fake = Fake::new([page("2"), page("")]);
    let client = fake.builder().build().await.unwrap();
    let request = client.request(&INSERT);
    let mut pages: Pages<Value> = Pages::by_query(request, "pageToken", |page: &Value| {
        Some(page["nextPageToken"].as_str()?.to_owned())
    });
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let ids = fake.query("requestId");
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}
