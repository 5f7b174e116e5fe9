//! Secrets are sent, and are neither logged nor printed: a program of its own, since logs are those of
//! the process.

mod support;

use std::sync::Mutex;

use discovery_login::Delegation;
use support::{Answer, SCOPE, SECRETS, Server, User, login, refusal, tokens};

static LOGGED: Mutex<String> = Mutex::new(String::new());

struct Logs;

impl log::Log for Logs {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{}: {}\n", record.target(), record.args());
        LOGGED.lock().unwrap().push_str(&line);
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn secrets_are_neither_logged_nor_printed() {
    log::set_logger(&Logs).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let replies = [
        tokens(SCOPE),
        tokens(SCOPE),
        Answer::json("200 OK", r#"{"access_token": {"top-access": 1}}"#),
        Answer::ok(),
        refusal("invalid_grant"),
    ];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder).with_prompt(User::default().allows());
    let credentials = login.credentials().await.unwrap();
    let error = login.credentials().await.unwrap_err();
    login.log_out().await.unwrap();
    let mut key: serde_json::Value = serde_json::from_str(include_str!(
        "../../runtime/tests/fixtures/service_account.json"
    ))
    .unwrap();
    key["token_uri"] = format!("{}/token", server.url).into();
    let private_key = key["private_key"].as_str().unwrap().to_owned();
    let delegation = Delegation::from_key(key).unwrap().with_scopes([SCOPE]);
    let refused = delegation.credentials("ann@example.com").await.unwrap_err();
    let requests = server.requests();
    assert_eq!(requests.len(), 5);

    let logged = LOGGED.lock().unwrap();
    assert!(logged.contains("reqwest"), "nothing is logged:\n{logged}");
    let printed = format!(
        "{logged}{login:?}{credentials:?}{error:?}{error}{delegation:?}{refused:?}{refused}"
    );
    let verifier = &support::form(requests[0].text())["code_verifier"];
    let assertion = &support::form(requests[4].text())["assertion"];
    let others = [verifier, assertion, private_key.lines().nth(1).unwrap()];
    for secret in SECRETS.into_iter().chain(others) {
        assert!(!printed.contains(secret), "{secret}:\n{printed}");
    }
}
