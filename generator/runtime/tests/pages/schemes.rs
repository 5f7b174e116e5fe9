//! The places of tokens in requests and responses.

use super::*;

#[tokio::test]
async fn a_token_in_the_query_leaves_the_rest_of_the_request() {
    let server = Server::start([page(&[1], "a/b+c="), page(&[2], "")]).await;
    let mut request = server.client().await.request(&CREATE).json(&search(None));
    request.set_query::<i32>("maxResults", 1);
    let mut pages = Pages::by_query(request, "pageToken", |page: &Page| {
        page.next_page_token.clone()
    });
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [2]);
    assert!(pages.next().await.is_none());
    assert_eq!(
        targets(&server),
        [
            "/v1alpha/things?maxResults=1&",
            "/v1alpha/things?maxResults=1&pageToken=a%2Fb%2Bc%3D&",
        ]
    );
    assert_eq!(bodies(&server), [r#"{"query":"q"}"#; 2]);
}

#[tokio::test]
async fn a_token_in_the_message_leaves_the_rest_of_the_message() {
    let server = Server::start([page(&[1], "a"), page(&[], "b"), page(&[2], "")]).await;
    let pages = by_body(&server.client().await, search(None));
    let mut items = pages.items(|page| page.things);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
    assert_eq!(
        bodies(&server),
        [
            r#"{"query":"q"}"#,
            r#"{"query":"q","pageToken":"a"}"#,
            r#"{"query":"q","pageToken":"b"}"#,
        ]
    );
}

#[tokio::test]
async fn entries_of_a_map_come_with_their_keys() {
    let first = r#"{"items": {"zones/b": 2, "zones/a": 1}, "nextPageToken": "p"}"#;
    let last = r#"{"items": {"zones/c": 3}}"#;
    let server = Server::start([first, last].map(|page| Answer::json("200 OK", page))).await;
    let mut items = by_query(&server.client().await).items(|page| page.items.into_iter().collect());
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    let expected = [("zones/a", 1), ("zones/b", 2), ("zones/c", 3)];
    assert_eq!(found, expected.map(|(key, value)| (key.to_owned(), value)));
}

/// A list whose responses link to the next page.
fn by_link(client: &Client) -> Pages<Page> {
    let request = client.request(&GET).path("name", "things".to_owned());
    Pages::by_query(request, "start-index", |page: &Page| page.next_link.clone())
        .linked_by("start-index")
}

fn linking_to(link: &str) -> Answer {
    let page = serde_json::json!({"things": [1], "nextLink": link});
    Answer::json("200 OK", &page.to_string())
}

/// The request keeps its own address, so only the query of a link matters.
#[tokio::test]
async fn a_link_says_where_the_next_page_begins() {
    for link in [
        "https://www.googleapis.com/analytics/v3/data?ids=ga%3A1&start-index=1%2B1&max-results=1",
        "/analytics/v3/data?start-index=1%2B1",
        "//elsewhere.example/?start-index=1%2B1#start-index=9",
        "?start-index=1%2B1",
    ] {
        let server = Server::start([linking_to(link), linking_to("")]).await;
        let mut pages = by_link(&server.client().await);
        assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
        assert_eq!(pages.page_token(), Some("1+1"), "{link}");
        assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
        assert!(pages.next().await.is_none());
        assert_eq!(targets(&server)[1], "/v1alpha/things?start-index=1%2B1&");
    }
}

#[tokio::test]
async fn a_link_without_the_parameter_is_an_error_behind_its_page() {
    for link in [
        "https://h/data",
        "/data?start_index=2",
        "?start-index=",
        "https://[",
    ] {
        let server = Server::start([linking_to(link)]).await;
        let mut pages = by_link(&server.client().await);
        assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot deserialize the response of a list: the link to the next page has no \
                 \"start-index\": \"{link}\""
            )
        );
        assert!(pages.next().await.is_none());
        assert_eq!(targets(&server).len(), 1);
    }
}

#[tokio::test]
async fn a_repeated_token_is_an_error_behind_its_page() {
    let server = Server::start([page(&[1], "a"), page(&[2], "b"), page(&[3], "a")]).await;
    let mut items = by_query(&server.client().await).items(|page| page.things);
    for expected in [1, 2, 3] {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response of a list: the service sent the page token \"a\" twice"
    );
    assert!(items.next().await.is_none());
    assert_eq!(items.page_token(), None);
    assert_eq!(targets(&server).len(), 3);
}

#[tokio::test]
async fn a_token_that_the_caller_gave_is_a_repeated_one() {
    let server = Server::start([page(&[1], "a")]).await;
    let mut pages = by_body(&server.client().await, search(Some("a")));
    assert_eq!(pages.page_token(), Some("a"));
    assert_eq!(things(&mut pages).await.unwrap().unwrap(), [1]);
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(bodies(&server), [r#"{"query":"q","pageToken":"a"}"#]);
}
