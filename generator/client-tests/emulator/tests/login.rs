//! Logins, as the npm package `emulate` serves OAuth for Google. It verifies the proof of RFC 7636.

mod support;

use std::fs;

use discovery_login::{Error, FileStore, Login};
use google_gmail_v1::{Gmail, scopes};
use support::account;

async fn assert_can_call(login: &Login) {
    let gmail = Gmail::builder()
        .with_endpoint(support::url("GOOGLE_EMULATOR_HOST"))
        .with_credentials(login.credentials().await.unwrap())
        .build()
        .await
        .unwrap();
    let labels = gmail.users().labels().list("me").send().await.unwrap();
    assert!(!labels.labels.is_empty());
}

#[tokio::test]
async fn a_user_logs_in_calls_and_logs_out() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path());
    let login = account::login(store, &[scopes::GMAIL_READONLY]);
    assert_can_call(&login).await;
    let silent = login.clone().with_prompt(|prompt| panic!("{prompt:?}"));
    assert_can_call(&silent).await;

    let file = folder.path().join("id.json");
    let stored = fs::read(&file).unwrap();
    login.log_out().await.unwrap();
    assert!(!file.exists());
    // The server has revoked it, too.
    fs::write(&file, stored).unwrap();
    let error = silent.stored_credentials().await.unwrap_err();
    assert!(matches!(error, Error::Ended), "{error:?}");
    assert_can_call(&login).await;
}
