//! Requests that can never be sent.

use std::time::Duration;

use discovery_runtime::{
    Client, ErrorExt, InvalidRequest, RequestBuilder, RequestOptions, RequestOptionsBuilder,
};
use google_cloud_gax::{error::Error, retry_policy::AlwaysRetry};

use crate::support::{
    CREATE, GET, Server,
    fake::{Fake, Outcome},
};

struct Builder(discovery_runtime::Request);

impl RequestBuilder for Builder {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

/// Returns the message of a request that is refused before it is sent.
fn refusal(error: &Error) -> String {
    assert!(error.is_binding(), "{error:?}");
    assert_eq!(error.attempts(), 0);
    let source = std::error::Error::source(error).unwrap();
    source.downcast_ref::<InvalidRequest>().unwrap().to_string()
}

async fn client(server: &Server) -> Client {
    let builder = server.builder().with_retry_policy(AlwaysRetry);
    builder.build().await.unwrap()
}

#[tokio::test]
async fn a_url_that_is_too_long_is_refused() {
    let server = Server::start([]).await;
    let client = client(&server).await;
    let rest = format!("{}/v1alpha/?alt=json&prettyPrint=false", server.url);
    let name = "a".repeat(65_535 - rest.len());
    let error = client
        .request(&GET)
        .path("name", &name)
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(
        refusal(&error),
        "checks.things.get: the URL would have 65535 bytes, but at most 65534 can be sent"
    );
    let filter = "a".repeat(70_000);
    let request = client.request(&CREATE).query("filter", filter.as_str());
    let error = request.send_empty().await.unwrap_err();
    assert!(refusal(&error).contains("at most 65534"), "{error}");
    // Each of these takes three bytes of the URL.
    let request = client
        .request(&CREATE)
        .query_all::<String>("q", ["é".repeat(12_000)].into_iter());
    let error = request.send_empty().await.unwrap_err();
    assert!(refusal(&error).contains("at most 65534"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_longest_url_is_sent() {
    let server = Server::start([crate::support::Answer::ok()]).await;
    let client = client(&server).await;
    let rest = format!("{}/v1alpha/?alt=json&prettyPrint=false", server.url);
    let name = "a".repeat(65_534 - rest.len());
    client
        .request(&GET)
        .path("name", &name)
        .send_empty()
        .await
        .unwrap();
    assert_eq!(server.request().target().len(), 65_534 - server.url.len());
}

/// Whatever the policy says.
#[tokio::test(start_paused = true)]
async fn an_error_of_the_request_itself_is_not_retried() {
    let fake = Fake::new([Outcome::Fails(Error::binding("no such URL"))]);
    let builder = fake.builder().with_retry_policy(AlwaysRetry);
    let client = builder.build().await.unwrap();
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert!(error.is_binding());
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn a_time_without_end_is_no_limit() {
    let fake = Fake::new([Outcome::Fails(Error::connect("refused"))]);
    let client = fake.builder().with_attempt_timeout(Duration::MAX);
    let client = client
        .with_idle_timeout(Duration::MAX)
        .build()
        .await
        .unwrap();
    let request = Builder(client.request(&GET).path("name", "a"));
    let request = request.with_attempt_timeout(Duration::MAX);
    request.0.send_empty().await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
}

#[tokio::test]
async fn headers_without_text_are_refused() {
    let fake = Fake::new(std::iter::empty::<Outcome>());
    let error = fake
        .builder()
        .with_quota_project("")
        .build()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: checks: header \
         `x-goog-user-project` must not be empty"
    );
    let client = fake.builder().with_user_agent(" ").build().await.unwrap();
    client.request(&CREATE).send_empty().await.unwrap();
    assert_eq!(
        fake.header("user-agent"),
        ["google-checks-v1alpha/0.1.0 (gzip)"]
    );
}
