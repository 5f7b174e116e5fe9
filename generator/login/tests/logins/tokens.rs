//! Access tokens: when they are fetched, and what happens if they cannot be.

use std::time::Duration;

use crate::support::{
    Answer, GET, SCOPE, SERVICE, Server, User, authorization, login, refusal, tokens,
};
use discovery_login::{Credentials, Error};
use discovery_runtime::{Client, ClientBuilder};
use tokio::{task::JoinSet, time};

/// Returns credentials whose first token is the second reply, after that to the login.
async fn credentials(server: &Server) -> Credentials {
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder).with_prompt(User::default().allows());
    login.credentials().await.unwrap()
}

/// Lets time pass, without waiting.
async fn pass(seconds: u64) {
    time::pause();
    time::advance(Duration::from_secs(seconds)).await;
    time::resume();
}

fn unavailable() -> Answer {
    Answer::new("503 Service Unavailable", &[], "")
}

#[tokio::test]
async fn a_token_is_replaced_before_it_expires() {
    let server = Server::start([tokens(SCOPE), tokens(SCOPE), tokens(SCOPE)]).await;
    let credentials = credentials(&server).await;
    pass(3300).await;
    authorization(&credentials).await;
    assert_eq!(server.requests().len(), 2);
    pass(200).await;
    let mut callers = JoinSet::new();
    for _ in 0..20 {
        let credentials = credentials.clone();
        callers.spawn(async move { authorization(&credentials).await });
    }
    callers.join_all().await;
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_token_is_used_to_its_end_while_the_server_is_down() {
    let replies = [tokens(SCOPE), tokens(SCOPE), unavailable(), unavailable()];
    let server = Server::start(replies).await;
    let credentials = credentials(&server).await;
    pass(3500).await;
    authorization(&credentials).await;
    pass(200).await;
    let mut callers = JoinSet::new();
    for _ in 0..20 {
        let credentials = credentials.clone();
        callers.spawn(async move { credentials.headers(http::Extensions::new()).await });
    }
    for result in callers.join_all().await {
        let error = result.unwrap_err();
        assert!(error.is_transient(), "{error}");
    }
    // Those who wait for the same token fail together.
    assert_eq!(server.requests().len(), 4);
}

/// A call reports the error of its credentials on one line.
#[tokio::test]
async fn a_call_after_the_end_of_a_login_says_what_to_do() {
    let replies = [tokens(SCOPE), tokens(SCOPE), refusal("invalid_grant")];
    let server = Server::start(replies).await;
    let client: Client = ClientBuilder::new(&SERVICE)
        .with_endpoint(&server.url)
        .with_credentials(credentials(&server).await)
        .build()
        .await
        .unwrap();
    pass(3700).await;
    let call = client.request(&GET).path("name", "a").send_empty();
    assert_eq!(
        call.await.unwrap_err().to_string(),
        "cannot create the authentication headers by the credentials that the client was given: \
         the login has expired or was revoked: log in again (if this happens every week, publish the \
         app at https://console.cloud.google.com/auth/audience), and future attempts will not succeed"
    );
}

#[tokio::test]
async fn a_server_that_does_not_grant_is_an_error_that_says_what_to_do() {
    let table = [
        (
            unavailable(),
            "127.0.0.1 is unavailable (HTTP status 503): try again later",
        ),
        (
            Answer::new("200 OK", &["content-type: text/html"], "top-access"),
            "the reply is not that of an OAuth server: check the proxy, and the endpoints of the OAuth \
             client or key",
        ),
        (
            refusal("invalid_client"),
            "the OAuth client is unknown, or its secret has changed: download it again from \
             https://console.cloud.google.com/auth/clients",
        ),
        (
            refusal("unauthorized_client"),
            "the OAuth client is not of the right type: create one for a desktop app, or for \
             devices with limited input, at https://console.cloud.google.com/auth/clients",
        ),
        (
            refusal("a\\u001bb"),
            "Google refused the request: a b: Because.",
        ),
    ];
    for (reply, expected) in table {
        let server = Server::start([reply]).await;
        let folder = tempfile::tempdir().unwrap();
        let login = login(&server.url, &folder).with_prompt(User::default().allows());
        let error = login.credentials().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

/// Following a redirect would show the secrets of the login to another host.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::start([]).await;
    let location = format!("location: {}", other.url);
    let redirect = Answer::new("307 Temporary Redirect", &[&location], "");
    let server = Server::start([redirect]).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder).with_prompt(User::default().allows());
    let error = login.credentials().await.unwrap_err();
    assert!(matches!(error, Error::NotOAuth), "{error}");
    assert!(other.requests().is_empty());
}

/// A server that does not stop would fill the memory.
#[tokio::test]
async fn a_reply_of_megabytes_is_refused() {
    let token =
        r#"{"access_token": "top-access", "token_type": "Bearer", "refresh_token": "top-refresh"}"#;
    let reply = format!("{}{token}", " ".repeat(2 << 20));
    let server = Server::start([Answer::json("200 OK", &reply)]).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder).with_prompt(User::default().allows());
    let error = login.credentials().await.unwrap_err();
    assert!(matches!(error, Error::NotOAuth), "{error}");
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_a_transient_error() {
    let folder = tempfile::tempdir().unwrap();
    // No service listens on this port.
    let login = login("http://127.0.0.1:1", &folder).with_prompt(User::default().allows());
    let error = login.credentials().await.unwrap_err();
    assert!(matches!(error, Error::Offline { .. }), "{error:?}");
    assert!(error.is_transient());
    let text = error.to_string();
    let start = "cannot reach 127.0.0.1: check the network, the proxy and the clock (";
    assert!(text.starts_with(start), "{text}");
    assert!(!text.contains('\n'), "{text}");
}
