//! Further options of requests: conditions, custom query parameters, unchecked patterns.

use discovery_runtime::{
    Client, ErrorExt, Pattern, Reply, Request, RequestBuilder, RequestBuilderExt, RequestOptions,
};

use crate::support::{Answer, CREATE, GET, PATCH, Server, fake::Fake};

struct Builder(Request);

impl RequestBuilder for Builder {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

fn get(client: &Client) -> Builder {
    Builder(client.request(&GET).path("name", "a"))
}

#[tokio::test]
async fn a_request_may_depend_on_an_etag() {
    let refused = r#"{"error":{"code":412,"message":"changed","status":"FAILED_PRECONDITION"}}"#;
    let server = Server::start([
        Answer::json("412 Precondition Failed", refused),
        Answer::new("304 Not Modified", &["etag: \"2\""], ""),
        Answer::ok(),
    ])
    .await;
    let client = server.client().await;
    let request = Builder(client.request(&PATCH).path("name", "a")).with_if_match("\"1\"");
    let error = request.0.send_empty().await.unwrap_err();
    assert!(
        error.is_precondition_failed() && !error.is_not_modified(),
        "{error:?}"
    );

    let request = get(&client).with_if_none_match("\"2\"");
    let error = request.0.send_empty().await.unwrap_err();
    assert!(
        error.is_not_modified() && !error.is_precondition_failed(),
        "{error:?}"
    );
    assert_eq!(error.attempts(), 1);

    get(&client).0.send_empty().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("if-match"), ["\"1\""]);
    assert!(requests[0].header("if-none-match").is_empty());
    assert_eq!(requests[1].header("if-none-match"), ["\"2\""]);
    assert!(requests[2].header("if-match").is_empty());
}

#[tokio::test]
async fn an_etag_that_cannot_be_sent_is_refused() {
    let server = Server::start([]).await;
    let client = server.client().await;
    for (etag, message) in [
        (
            "a\r\nx-evil: 1",
            "must be visible ASCII without line breaks, got",
        ),
        ("", "must not be empty"),
    ] {
        let error = get(&client)
            .with_if_match(etag)
            .0
            .send_empty()
            .await
            .unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("header `if-match`") && text.contains(message),
            "{text}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_query_parameter_may_have_any_name() {
    let server = Server::start([Answer::ok()]).await;
    let client = server.client().await;
    let request = Builder(
        client
            .request(&CREATE)
            .query("view", "BASIC")
            .query("b", "1"),
    );
    let request = request
        .with_custom_query_parameter("view", "NEW")
        .with_custom_query_parameter("x&y=", "a b")
        .with_custom_query_parameter("view", "NEWER");
    request.0.send_empty().await.unwrap();
    assert_eq!(
        server.request().target(),
        "/v1alpha/things?b=1&view=NEW&x%26y%3D=a%20b&view=NEWER&alt=json&prettyPrint=false"
    );
    let nameless = Builder(client.request(&CREATE)).with_custom_query_parameter("", "x");
    let error = nameless.0.send_empty().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: checks.things.create: a custom query \
         parameter must have a name"
    );
}

#[tokio::test]
async fn a_pattern_that_is_wrong_may_be_passed_by() {
    static DOCUMENTS: Pattern = Pattern::new("^projects/[^/]+/documents/[^/]+$");
    let server = Server::start([Answer::ok()]).await;
    let client = server.client().await;
    let request = |name: &str| {
        Builder(
            client
                .request(&GET)
                .path_matching("name", name.to_owned(), &DOCUMENTS),
        )
    };
    let root = "projects/p/documents";
    let error = request(root).0.send_empty().await.unwrap_err();
    assert!(error.to_string().contains("must match"), "{error}");
    request(root)
        .with_unchecked_patterns()
        .0
        .send_empty()
        .await
        .unwrap();
    assert_eq!(
        server.request().target(),
        "/v1alpha/projects/p/documents?alt=json&prettyPrint=false"
    );
    for unsafe_name in ["", "..", "projects/p/../q"] {
        let request = request(unsafe_name).with_unchecked_patterns();
        let error = request.0.send_empty().await.unwrap_err();
        assert!(error.is_binding(), "{error}");
    }
}

/// A service that reports another error than those of conditions.
#[tokio::test]
async fn other_errors_are_of_no_condition() {
    let fake = Fake::new([Reply::new(404)]);
    let client = fake.builder().build().await.unwrap();
    let error = get(&client).0.send_empty().await.unwrap_err();
    assert!(!error.is_precondition_failed() && !error.is_not_modified());
}
