//! Lists of requests with a field mask, which would end after the first page without the token.

use discovery_runtime::{
    Request, RequestBuilder, RequestBuilderExt, RequestOptions, RequestOptionsBuilder,
};

use super::*;

fn list(mut request: Request, mask: &str) -> Pages<Page> {
    request.set_query::<String>("fields", mask);
    Pages::by_query(request, "pageToken", |page: &Page| {
        page.next_page_token.clone()
    })
}

async fn get(server: &Server) -> Request {
    server.client().await.request(&GET).path("name", "things")
}

#[tokio::test]
async fn the_token_is_added_to_a_mask() {
    let server = Server::start([page(&[1], "a"), page(&[2], "")]).await;
    let mut pages = list(get(&server).await, "things(name)");
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [2]);
    assert!(pages.next().await.is_none());
    assert_eq!(
        targets(&server),
        [
            "/v1alpha/things?fields=things%28name%29%2CnextPageToken&",
            "/v1alpha/things?fields=things%28name%29%2CnextPageToken&pageToken=a&",
        ]
    );
}

#[tokio::test]
async fn a_mask_with_the_token_is_sent_as_it_is() {
    for mask in ["*", "nextPageToken,things", ""] {
        let server = Server::start([page(&[1], "")]).await;
        let mut pages = list(get(&server).await, mask);
        assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
        let encoded = mask.replace('*', "%2A").replace(',', "%2C");
        assert_eq!(
            targets(&server),
            [format!("/v1alpha/things?fields={encoded}&")]
        );
    }
}

#[tokio::test]
async fn the_token_and_the_elements_may_be_anywhere() {
    let server = Server::start([page(&[1], "")]).await;
    let pages = list(get(&server).await, "kind").with_token_field("metadata/continue");
    let mut items = pages.with_items_field("things").items(|page| page.things);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(
        targets(&server),
        ["/v1alpha/things?fields=kind%2Cmetadata%2Fcontinue%2Cthings&"]
    );

    let server = Server::start([page(&[1], "")]).await;
    let mut pages = list(get(&server).await, "kind").linked_by("start-index");
    pages.next().await.unwrap().unwrap();
    assert_eq!(
        targets(&server),
        ["/v1alpha/things?fields=kind%2CnextLink&"]
    );
}

#[tokio::test]
async fn the_mask_of_a_list_by_message_is_extended() {
    let server = Server::start([page(&[1], "a"), page(&[2], "")]).await;
    let mut request = server.client().await.request(&CREATE);
    request.set_query::<String>("$fields", "things");
    let mut pages = Pages::by_body(
        request,
        search(None),
        |search| &mut search.page_token,
        |page: &Page| page.next_page_token.clone(),
    );
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(
        targets(&server),
        ["/v1alpha/things?$fields=things%2CnextPageToken&"; 2]
    );
}

struct Builder(Request);

impl RequestBuilder for Builder {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

#[tokio::test]
async fn a_mask_in_the_header_is_one() {
    let server = Server::start([page(&[1], "a"), page(&[2], "")]).await;
    let name = http::HeaderName::from_static("x-goog-fieldmask");
    let value = http::HeaderValue::from_static("things.name");
    let request = Builder(get(&server).await)
        .with_custom_header(name, value)
        .0;
    let token = |page: &Page| page.next_page_token.clone();
    let mut pages = Pages::by_query(request, "pageToken", token);
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    for request in server.requests() {
        assert_eq!(
            request.header("x-goog-fieldmask"),
            ["things.name,nextPageToken"]
        );
    }
}

#[tokio::test]
async fn a_custom_parameter_is_a_mask() {
    let server = Server::start([page(&[1], "a"), page(&[2], "")]).await;
    let request = Builder(get(&server).await).with_custom_query_parameter("fields", "things");
    let token = |page: &Page| page.next_page_token.clone();
    let mut pages = Pages::by_query(request.0, "pageToken", token);
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    for request in server.requests() {
        assert!(
            request.target().contains("fields=things%2CnextPageToken"),
            "{request:?}"
        );
    }
}

#[tokio::test]
async fn a_mask_that_cannot_be_extended_is_refused() {
    let server = Server::start([]).await;
    let mut pages = list(get(&server).await, "things(name");
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_binding(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: checks.things.get: the field mask \
         `fields` must have `nextPageToken`, which cannot be added to \"things(name\""
    );
    assert!(pages.next().await.is_none());
    assert!(server.requests().is_empty());
}

/// The service would reply for ever: the cycle is longer than what is remembered token by token.
#[tokio::test]
async fn a_long_cycle_of_tokens_ends() {
    let cycle = (0..1500).map(|n| page(&[n], &format!("t{n}")));
    let script = cycle.clone().chain(cycle.clone()).chain(cycle);
    let server = Server::start(script).await;
    let mut pages = by_query(&server.client().await);
    let error = loop {
        if let Err(error) = pages.next().await.unwrap() {
            break error;
        }
    };
    assert!(error.to_string().ends_with("twice"), "{error}");
}
