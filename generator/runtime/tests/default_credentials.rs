//! Application Default Credentials, from a file that the environment names to the header of a call.
//!
//! Environment and default provider of cryptography are the whole process's, so that the client
//! runs in a process of its own: this program again, asked for the other test.

mod support;

use std::process::Command;

use discovery_runtime::{Client, ClientBuilder, Service};
use support::{Answer, GET, Server};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
    .scopes(&["https://www.googleapis.com/auth/checks"]);

#[tokio::test(flavor = "multi_thread")]
async fn a_client_finds_its_credentials_and_asks_for_its_scopes() {
    let token = r#"{"access_token":"ya29.token","expires_in":3600,"token_type":"Bearer"}"#;
    let server = Server::start([Answer::json("200 OK", token), Answer::ok()]).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credentials.json");
    let user = serde_json::json!({
        "type": "authorized_user",
        "client_id": "id",
        "client_secret": "secret",
        "refresh_token": "refresh",
        "quota_project_id": "of-the-user",
        "token_uri": format!("{}/token", server.url),
    });
    std::fs::write(&file, user.to_string()).unwrap();

    let mut program = Command::new(std::env::current_exe().unwrap());
    program
        .args(["--exact", "the_client"])
        .env("GOOGLE_APPLICATION_CREDENTIALS", &file)
        .env("TEST_ENDPOINT", &server.url)
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("GOOGLE_CLOUD_QUOTA_PROJECT");
    let output = tokio::task::spawn_blocking(move || program.output())
        .await
        .unwrap()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );

    let [token, call] = &server.requests()[..] else {
        panic!("{:#?}", server.requests())
    };
    assert!(token.line().starts_with("POST /token"), "{}", token.line());
    assert!(token.text().contains("auth/checks"), "{}", token.text());
    assert_eq!(call.header("authorization"), ["Bearer ya29.token"]);
    assert_eq!(call.header("x-goog-user-project"), ["of-the-user"]);
}

#[tokio::test]
async fn the_client() {
    let Ok(endpoint) = std::env::var("TEST_ENDPOINT") else {
        return; // Not by the other test.
    };
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(endpoint);
    let client = builder.build().await.unwrap();
    client
        .request(&GET)
        .path("name", "a")
        .send_empty()
        .await
        .unwrap();
}
