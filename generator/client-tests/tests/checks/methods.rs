//! Every method: the bytes that it sends, and that it keeps every field of a complete response.

use crate::calls;
use crate::sample::Sample;
use crate::support::{Server, client, json, serving};

/// Defines a test for each call, and a list of all calls.
macro_rules! methods {
    ($($name:ident)+) => {
        $(
            #[tokio::test]
            async fn $name() {
                check(calls::$name()).await;
            }
        )+

        /// Returns a call of each method.
        pub(crate) fn all() -> Vec<Sample> {
            vec![$(calls::$name()),+]
        }
    };
}

methods! {
    apps_get
    apps_list
    operations_cancel
    operations_delete
    operations_get
    operations_list
    operations_wait
    reports_get
    reports_list
    repos_operations_get
    scans_generate
    scans_get
    scans_list
    classify_content
    upload
}

async fn check(sample: Sample) {
    let (server, checks) = serving(json(&sample.answer())).await;
    let response = sample.call(checks).await.unwrap();
    sample.assert_sent(&server.request());
    sample.assert_received(&response);
}

/// Only a message whose schema has no fields is not sent.
#[tokio::test]
async fn a_message_with_no_field_set_is_sent_as_an_object() {
    let server = Server::start([json("{}"), json("{}"), json("{}")]).await;
    let checks = client(&server).await;
    let operations = checks.accounts().apps().operations();
    let wait = operations
        .wait(calls::OPERATION)
        .with_request(Default::default());
    wait.send().await.unwrap();
    let scans = checks.accounts().repos().scans();
    let generate = scans.generate(calls::REPO, Default::default());
    generate.send().await.unwrap();
    let classify = checks.aisafety().classify_content(Default::default());
    classify.send().await.unwrap();
    for request in server.requests() {
        assert_eq!(request.text(), "{}");
        assert_eq!(request.header("content-length"), ["2"]);
        assert_eq!(request.header("content-type"), ["application/json"]);
    }
}

/// A message that only refines a request is left out unless it is set.
#[tokio::test]
async fn an_optional_message_that_is_not_set_is_no_bytes() {
    let (server, checks) = serving(json("{}")).await;
    let operations = checks.accounts().apps().operations();
    operations.wait(calls::OPERATION).send().await.unwrap();
    let request = server.request();
    assert_eq!(request.text(), "");
    assert_eq!(request.header("content-length"), ["0"]);
    assert!(request.header("content-type").is_empty());
}
