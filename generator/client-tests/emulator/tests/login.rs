//! Logins, as the npm package `emulate` serves OAuth for Google. It verifies the proof of RFC 7636.

mod support;

use std::fs;

use discovery_login::{Error, FileStore, Login, OAuthClient, Prompt};
use google_drive_v3::runtime::http_client_builder;
use google_drive_v3::runtime::reqwest::Url;
use google_gmail_v1::{Gmail, scopes};

/// The user with whom the emulator starts.
const USER: &str = "testuser@gmail.com";

fn login(folder: &tempfile::TempDir) -> Login {
    let url = support::url("GOOGLE_EMULATOR_HOST");
    let client = format!(
        r#"{{"installed": {{"client_id": "id", "client_secret": "secret",
        "auth_uri": "{url}/o/oauth2/v2/auth", "token_uri": "{url}/oauth2/token",
        "revocation_uri": "{url}/oauth2/revoke"}}}}"#
    );
    Login::new(OAuthClient::from_json(&client).unwrap())
        .with_scopes([scopes::GMAIL_READONLY])
        .with_store(FileStore::new(folder.path()))
        .with_prompt(|prompt| {
            let Prompt::Browser { url } = prompt else {
                panic!("{prompt:?}")
            };
            tokio::spawn(log_in(Url::parse(url).unwrap()));
        })
}

/// Chooses the account on the login page, and returns to the program.
async fn log_in(page: Url) {
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    let shown = http.get(page.clone()).send().await.unwrap();
    assert!(shown.text().await.unwrap().contains(USER));
    let mut callback = page.join("auth/callback").unwrap();
    callback.set_query(None);
    let mut form = page.clone();
    form.query_pairs_mut().append_pair("email", USER);
    let chosen = http
        .post(callback)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.query().unwrap().to_owned());
    let chosen = chosen.send().await.unwrap();
    assert_eq!(chosen.status(), 302);
    let location = chosen.headers()["location"].to_str().unwrap();
    let back = http.get(location).send().await.unwrap();
    assert_eq!(back.status(), 200);
}

async fn assert_is_user(login: &Login) {
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
    let login = login(&folder);
    assert_is_user(&login).await;
    let silent = login.clone().with_prompt(|prompt| panic!("{prompt:?}"));
    assert_is_user(&silent).await;

    let file = folder.path().join("id.json");
    let stored = fs::read(&file).unwrap();
    login.log_out().await.unwrap();
    assert!(!file.exists());
    // The server has revoked it, too.
    fs::write(&file, stored).unwrap();
    let error = silent.stored_credentials().await.unwrap_err();
    assert!(matches!(error, Error::Ended), "{error:?}");
    assert_is_user(&login).await;
}
