//! Code over any request, and fields that are sent although they are empty.

use discovery_runtime::{MethodRequest, RequestOptionsBuilder, Result};
use google_checks_v1alpha::schemas::aisafety::ClassifyContentRequest;

use crate::calls::APP;
use crate::support::{Unvisited, json, parse, serving};

/// Sends any request.
async fn sent<R: MethodRequest + RequestOptionsBuilder>(request: R) -> Result<R::Response> {
    request.with_user_agent(R::METHOD).send().await
}

#[tokio::test]
async fn any_request_can_be_sent_and_awaited() {
    let (server, checks) = serving(json(r#"{"name":"n"}"#)).await;
    let app = sent(checks.accounts().apps().get(APP)).await.unwrap();
    assert_eq!(app.name.as_deref(), Some("n"));
    let request = server.request();
    let agent = request.header("user-agent").concat();
    assert!(agent.contains("checks.accounts.apps.get"), "{agent}");
    let (_server, checks) = serving(json("{}")).await;
    assert_eq!(checks.accounts().apps().get(APP).await.unwrap().name, None);
}

#[tokio::test]
async fn empty_fields_are_sent_where_they_are_named() {
    let (server, checks) = serving(json("{}")).await;
    checks
        .aisafety()
        .classify_content(ClassifyContentRequest::default())
        .with_null_fields(["classifierVersion", "input.textInput"])
        .with_empty_fields(["policies", "context"])
        .await
        .unwrap();
    let expected = r#"{"classifierVersion": null, "input": {"textInput": null}, "policies": [], "context": {}}"#;
    assert_eq!(parse(server.request().text()), parse(expected));
}

/// An optional message need not be set for it.
#[tokio::test]
async fn empty_fields_of_an_optional_message_are_sent() {
    let (server, checks) = serving(json("{}")).await;
    let operations = checks.accounts().apps().operations();
    let wait = operations.wait("accounts/1/apps/2/operations/3");
    wait.with_null_fields(["timeout"]).send().await.unwrap();
    assert_eq!(server.request().text(), r#"{"timeout":null}"#);
}

#[tokio::test]
async fn a_name_that_the_request_lacks_is_refused() {
    let unvisited = Unvisited::new();
    let request = unvisited.client().await.aisafety();
    let request = request.classify_content(ClassifyContentRequest::default());
    let error = request.with_empty_fields(["policy"]).await.unwrap_err();
    assert!(
        error.to_string().contains("`policy` is not one of"),
        "{error}"
    );
    unvisited.assert_unvisited();
}
