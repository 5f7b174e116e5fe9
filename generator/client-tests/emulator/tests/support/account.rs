//! A user of the npm package `emulate`, and the logins of this user to programs.

use discovery_login::{FileStore, Login, OAuthClient, Prompt};
use google_drive_v3::runtime::http_client_builder;
use google_drive_v3::runtime::reqwest::Url;

use super::program::Home;
use super::url;

/// The user with whom the emulator starts.
const USER: &str = "testuser@gmail.com";

/// Returns an OAuth client of the emulator, as the Cloud console exports those of Google.
fn oauth_client() -> String {
    let url = url("GOOGLE_EMULATOR_HOST");
    format!(
        r#"{{"installed": {{"client_id": "id", "client_secret": "secret",
        "auth_uri": "{url}/o/oauth2/v2/auth", "token_uri": "{url}/oauth2/token",
        "revocation_uri": "{url}/oauth2/revoke"}}}}"#
    )
}

/// Returns the login of the user, which is stored here.
pub(crate) fn login(store: FileStore, scopes: &[&str]) -> Login {
    Login::new(OAuthClient::from_json(&oauth_client()).unwrap())
        .with_scopes(scopes.iter().copied())
        .with_store(store)
        .with_prompt(|prompt| {
            let Prompt::Browser { url } = prompt else {
                panic!("{prompt:?}")
            };
            tokio::spawn(choose_account(Url::parse(url).unwrap()));
        })
}

/// Logs the user in to the programs of this folder.
pub(crate) async fn log_in(home: &Home, scopes: &[&str]) {
    home.write("client_secret.json", &oauth_client());
    let store = FileStore::new(home.path("discovery-login"));
    login(store, scopes).log_in().await.unwrap();
}

/// Chooses the account on the login page, and returns to the program.
async fn choose_account(page: Url) {
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    let shown = http.get(page.clone()).send().await.unwrap();
    assert!(shown.text().await.unwrap().contains(USER));
    let mut callback = page.join("auth/callback").unwrap();
    callback.set_query(None);
    let mut form = page;
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
