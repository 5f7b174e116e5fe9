//! Recording to a file, and replay from it.

use std::fs;
use std::path::Path;

use discovery_testkit::{Order, Recorder, Replay};
use google_checks_v1alpha::{Checks, Result};

use crate::support::{Answer, Server};

/// A client of the HTTP library, with the cryptography that it needs to be built.
fn http() -> reqwest::Client {
    // Another test may have installed it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// Records these calls with these replies.
async fn record(path: &Path, names: &[&str], replies: &[&str]) {
    let answers = replies.iter().map(|reply| Answer::json("200 OK", reply));
    let server = Server::start(answers).await;
    let recorder = Recorder::new(path, http()).unwrap();
    let builder = Checks::builder()
        .with_endpoint(&server.url)
        .with_api_key("secret-key");
    let client = builder.with_transport(recorder).build().await.unwrap();
    for name in names {
        title(&client, name).await.unwrap();
    }
    assert_eq!(
        server.requests()[0].header("x-goog-api-key"),
        ["secret-key"]
    );
}

async fn replay(path: &Path, order: Order) -> Checks {
    let replay = Replay::new(path, order).unwrap();
    Checks::builder()
        .with_transport(replay)
        .build()
        .await
        .unwrap()
}

async fn title(client: &Checks, name: &str) -> Result<String> {
    let call = client.accounts().apps().get(name).fields("name,title");
    Ok(call.send().await?.title.unwrap_or_default())
}

#[tokio::test]
async fn what_was_recorded_is_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.jsonl");
    let names = [
        "accounts/1/apps/1",
        "accounts/1/apps/2",
        "accounts/1/apps/1",
    ];
    record(
        &path,
        &names,
        &[r#"{"title":"a"}"#, r#"{"title":"b"}"#, r#"{"title":"c"}"#],
    )
    .await;

    let client = replay(&path, Order::Strict).await;
    for (name, expected) in names.iter().zip(["a", "b", "c"]) {
        assert_eq!(title(&client, name).await.unwrap(), expected);
    }
    let error = title(&client, names[0]).await.unwrap_err();
    assert!(
        format!("{error:?}").contains("all recorded calls were made"),
        "{error:?}"
    );

    let client = replay(&path, Order::Strict).await;
    let error = title(&client, names[1]).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("GET /v1alpha/accounts/1/apps/2?"), "{text}");
    assert!(
        text.contains("was not recorded here: the next one is GET /v1alpha/accounts/1/apps/1?"),
        "{text}"
    );

    let client = replay(&path, Order::Lenient).await;
    for (name, expected) in [(1, "b"), (0, "a"), (0, "c"), (0, "c"), (1, "b")] {
        assert_eq!(title(&client, names[name]).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn secrets_are_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.jsonl");
    let reply =
        r#"{"title":"a","nested":[{"private_key_data":"secret-data","idToken":"secret-token"}]}"#;
    record(&path, &["accounts/1/apps/1"], &[reply]).await;
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("checks.accounts.apps.get") && text.contains("REMOVED"),
        "{text}"
    );
    assert!(!text.contains("secret"), "{text}");
    let error = Recorder::new(&path, http()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
}

#[test]
fn another_file_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.jsonl");
    fs::write(&path, "\n{}\n").unwrap();
    let error = Replay::new(&path, Order::Lenient).unwrap_err().to_string();
    assert!(
        error.contains("calls.jsonl:2: not a recorded call: missing field"),
        "{error}"
    );
}
