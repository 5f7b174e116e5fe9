//! Headers of requests.

use discovery_runtime::{
    Client, ClientBuilder, HttpMethod, Method, Request, RequestBuilder, RequestOptions,
    RequestOptionsBuilder, Segment::Literal,
};
use http::{HeaderName, HeaderValue};

use crate::support::{Answer, GET, SERVICE, Server, anonymous};

/// A request builder, as in generated code.
struct Get(Request);

impl RequestBuilder for Get {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

fn get(client: &Client) -> Get {
    Get(client.request(&GET).path("name", "a"))
}

#[tokio::test]
async fn a_request_names_its_client() {
    let server = Server::start([Answer::ok()]).await;
    get(&server.client().await).0.send_empty().await.unwrap();
    let request = server.request();
    assert_eq!(
        request.header("user-agent"),
        ["google-checks-v1alpha/0.1.0 (gzip)"]
    );
    let [versions] = request.header("x-goog-api-client")[..] else {
        panic!("{}", request.head)
    };
    let (rust, gdcl) = versions.split_once(' ').unwrap();
    assert!(rust.starts_with("gl-rust/1."), "{versions}");
    assert!(gdcl.starts_with("gdcl/0."), "{versions}");
    assert_eq!(request.header("accept-encoding"), ["gzip"]);
    assert!(request.header("authorization").is_empty());
    assert!(request.header("x-goog-user-project").is_empty());
}

#[tokio::test]
async fn a_client_and_a_request_may_add_to_it() {
    let server = Server::start([Answer::ok(), Answer::ok()]).await;
    let builder = server
        .builder()
        .with_user_agent("app/1")
        .with_quota_project("p1");
    let client = builder.build().await.unwrap();
    get(&client).0.send_empty().await.unwrap();
    let request = get(&client)
        .with_user_agent("job/2")
        .with_quota_project("p2")
        .with_custom_header(
            HeaderName::from_static("x-custom"),
            HeaderValue::from_static("v"),
        )
        .with_custom_header(
            http::header::AUTHORIZATION,
            HeaderValue::from_static("stolen"),
        );
    request.0.send_empty().await.unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!()
    };
    assert_eq!(
        first.header("user-agent"),
        ["app/1 google-checks-v1alpha/0.1.0 (gzip)"]
    );
    assert_eq!(first.header("x-goog-user-project"), ["p1"]);
    assert_eq!(
        second.header("user-agent"),
        ["job/2 google-checks-v1alpha/0.1.0 (gzip)"]
    );
    assert_eq!(second.header("x-goog-user-project"), ["p2"]);
    assert_eq!(second.header("x-custom"), ["v"]);
    assert!(second.header("authorization").is_empty());
}

#[tokio::test]
async fn a_versioned_method_names_its_version() {
    static VERSIONED: Method = Method::new("checks.v.get", HttpMethod::Get, &[Literal("v")])
        .with_api_version("v1_20261101");
    let server = Server::start([Answer::ok()]).await;
    server
        .client()
        .await
        .request(&VERSIONED)
        .send_empty()
        .await
        .unwrap();
    assert_eq!(
        server.request().header("x-goog-api-version"),
        ["v1_20261101"]
    );
}

#[tokio::test]
async fn a_value_with_a_line_break_is_refused() {
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
    let builder = builder
        .with_credentials(anonymous())
        .with_user_agent("a\r\nx-evil: 1");
    let error = builder.build().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: checks: header `user-agent` must be \
         visible ASCII without line breaks, got \"a\\r\\nx-evil: 1 google-checks-v1alpha/0.1.0 (gzip)\""
    );
    let server = Server::start([Answer::ok()]).await;
    let request = get(&server.client().await).with_quota_project("p\nq");
    let error = request.0.send_empty().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: checks.things.get: header \
         `x-goog-user-project` must be visible ASCII without line breaks, got \"p\\nq\""
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_api_key_that_is_no_header_is_refused_and_not_shown() {
    for key in ["AIza\r\nx-other: 1", "AIza\n", "AIzaé", ""] {
        let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_api_key(key);
        assert_eq!(
            builder.build().await.unwrap_err().to_string(),
            "cannot find a matching binding to send the request: the API key must be visible \
             ASCII, without spaces or line breaks, and not empty"
        );
    }
}

#[tokio::test]
async fn an_api_key_goes_into_a_header() {
    let server = Server::start([Answer::ok()]).await;
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
    let builder = builder
        .with_endpoint(&server.url)
        .with_api_key("AIza-secret");
    assert!(!format!("{builder:?}").contains("secret"));
    let client = builder.build().await.unwrap();
    assert!(!format!("{client:?}").contains("secret"));
    get(&client).0.send_empty().await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-goog-api-key"), ["AIza-secret"]);
    assert!(!request.target().contains("secret"));
}
