//! Logins on another device.

use crate::support::{Answer, SCOPE, Server, form, login, refusal, tokens};
use discovery_login::Prompt;

fn device() -> Answer {
    // As Google replies: `verification_url`, where RFC 8628 has `verification_uri`.
    let body = r#"{"device_code": "top-code", "user_code": "GQVQ-JKEC", "expires_in": 1800,
        "interval": 0, "verification_url": "https://www.google.com/device"}"#;
    Answer::json("200 OK", body)
}

fn pending() -> Answer {
    let body =
        r#"{"error": "authorization_pending", "error_description": "Precondition Required"}"#;
    Answer::json("428 Precondition Required", body)
}

#[tokio::test]
async fn a_user_enters_a_code_on_another_device() {
    let replies = [device(), pending(), pending(), tokens(SCOPE), tokens(SCOPE)];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder)
        .with_device_flow()
        .with_prompt(|prompt| {
            let Prompt::Device { url, code } = prompt else {
                panic!("{prompt:?}")
            };
            assert_eq!((url, code), ("https://www.google.com/device", "GQVQ-JKEC"));
        });
    login.credentials().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].line(), "POST /device HTTP/1.1");
    let start = form(requests[0].text());
    assert_eq!(start["client_id"], "id.apps.googleusercontent.com");
    assert_eq!(start["scope"], SCOPE);
    for poll in &requests[1..4] {
        let poll = form(poll.text());
        assert_eq!(
            poll["grant_type"],
            "urn:ietf:params:oauth:grant-type:device_code"
        );
        assert_eq!(poll["device_code"], "top-code");
        assert_eq!(poll["client_secret"], "top-secret");
    }
    assert_eq!(requests.len(), 5);
}

#[tokio::test]
async fn a_user_declines_or_is_too_late() {
    let table = [
        (
            vec![device(), pending(), refusal("access_denied")],
            "the login was declined: run the program again and allow the access it requests",
        ),
        (
            vec![device(), refusal("expired_token")],
            "nobody logged in within 10 minutes: run the program again",
        ),
        (
            vec![Answer::json(
                "401 Unauthorized",
                r#"{"error": "invalid_client", "error_description": "Invalid client type."}"#,
            )],
            "the OAuth client is not of the right type: create one for a desktop app, or for devices \
             with limited input, at https://console.cloud.google.com/auth/clients",
        ),
        (
            vec![refusal("invalid_scope")],
            "Google refused the request: invalid_scope: Because.",
        ),
    ];
    for (replies, expected) in table {
        let server = Server::start(replies).await;
        let folder = tempfile::tempdir().unwrap();
        let login = login(&server.url, &folder).with_device_flow();
        let error = login.with_prompt(|_| {}).credentials().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
