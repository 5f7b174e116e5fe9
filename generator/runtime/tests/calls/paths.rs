//! Paths and queries on the wire.

use discovery_runtime::{Error, ErrorExt, InvalidRequest, Request};

use crate::support::{Answer, CANCEL, GET, OPERATION, Server};

async fn refused(build: impl FnOnce(Request) -> Request) -> Error {
    let server = Server::start([Answer::ok()]).await;
    let request = build(server.client().await.request(&CANCEL));
    let error = request.send_empty().await.unwrap_err();
    assert!(error.is_binding(), "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(server.requests().is_empty());
    error
}

#[tokio::test]
async fn values_reach_the_server_encoded() {
    let table = [
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        ("é*(", "%C3%A9%2A%28"),
        ("a\\b\tc\nd", "a%5Cb%09c%0Ad"),
    ];
    for (value, encoded) in table {
        let server = Server::start([Answer::ok()]).await;
        let name = format!("accounts/1/apps/2/operations/{value}");
        let request = server.client().await.request(&CANCEL).path("name", name);
        request.send_empty().await.unwrap();
        let target = format!(
            "/v1alpha/accounts/1/apps/2/operations/{encoded}:cancel?alt=json&prettyPrint=false"
        );
        assert_eq!(server.request().target(), target);
    }
}

#[tokio::test]
async fn parameters_reach_the_server_in_order() {
    let server = Server::start([Answer::ok()]).await;
    let mut request = server.client().await.request(&GET).path("name", "a");
    request.set_query::<i32>("pageSize", 0);
    request.set_query_all::<String>("view", ["A B", "C+D"]);
    request.set_query::<String>("fields", "name,resultsUri");
    request.set_query::<i32>("pageSize", 7);
    request.set_query::<String>("alt", "proto");
    request.send_empty().await.unwrap();
    assert_eq!(
        server.request().target(),
        "/v1alpha/a?pageSize=7&view=A%20B&view=C%2BD&fields=name%2CresultsUri&alt=proto\
         &prettyPrint=false"
    );
}

#[tokio::test]
async fn a_name_that_would_reach_another_resource_is_refused() {
    let error = refused(|request| request.path("name", "accounts/../apps")).await;
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: \
         checks.accounts.apps.operations.cancel: parameter `name` must not have a segment `.` or \
         `..`, got \"accounts/../apps\""
    );
    let source = std::error::Error::source(&error).unwrap();
    let invalid: &InvalidRequest = source.downcast_ref().unwrap();
    assert_eq!(invalid.method(), "checks.accounts.apps.operations.cancel");
    assert_eq!(invalid.parameter(), Some("name"));
}

#[tokio::test]
async fn an_empty_missing_or_unmatched_name_is_refused() {
    let error = refused(|request| request.path("name", "")).await;
    assert!(
        error
            .to_string()
            .ends_with("parameter `name` must not be empty, got \"\""),
        "{error}"
    );
    let error = refused(|request| request).await;
    assert!(
        error
            .to_string()
            .ends_with("path parameter `name` was not given"),
        "{error}"
    );
    let error = refused(|request| request.path_matching("name", "accounts/1\n", &OPERATION)).await;
    assert!(
        error.to_string().ends_with(
            "parameter `name` must match `^accounts/[^/]+/apps/[^/]+/operations/[^/]+$`, \
             got \"accounts/1\\n\""
        ),
        "{error}"
    );
}
