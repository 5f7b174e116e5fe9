//! Logins between two runs, and their end.

use crate::support::{Answer, SCOPE, Server, User, authorization, form, login, refusal, tokens};
use discovery_login::{Error, FileStore, Login};
use google_cloud_auth::credentials::user_account;
use tempfile::TempDir;

async fn logged_in(server: &Server, folder: &TempDir) -> Login {
    let silent = login(&server.url, folder);
    let login = silent.clone().with_prompt(User::default().allows());
    login.credentials().await.unwrap();
    silent
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_user_can_read_the_file_of_a_login() {
    use std::os::unix::fs::PermissionsExt as _;

    let server = Server::start([tokens(SCOPE), tokens(SCOPE)]).await;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("logins");
    let login = login(&server.url, &outer)
        .with_store(FileStore::new(&folder))
        .with_account("../ann@example.com")
        .with_prompt(User::default().allows());
    login.credentials().await.unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    let [Ok(file)] = &files[..] else {
        panic!("{files:?}")
    };
    assert_eq!(mode(file.path()), 0o600);
    assert_eq!(mode(folder), 0o700);
}

/// Google's own library reads the file as well.
#[tokio::test]
async fn the_file_of_a_login_is_that_of_an_authorized_user() {
    let server = Server::start([tokens(SCOPE), tokens(SCOPE), tokens(SCOPE)]).await;
    let folder = tempfile::tempdir().unwrap();
    let _ = logged_in(&server, &folder).await;
    let file = folder.path().join("id.apps.googleusercontent.com.json");
    let json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let credentials = user_account::Builder::new(json).build().unwrap();
    assert_eq!(authorization(&credentials).await, "Bearer top-access");
}

#[tokio::test]
async fn a_user_logs_out() {
    let replies = [tokens(SCOPE), tokens(SCOPE), Answer::ok()];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let login = logged_in(&server, &folder).await;
    login.log_out().await.unwrap();
    let revocation = server.requests().pop().unwrap();
    assert_eq!(revocation.line(), "POST /revoke HTTP/1.1");
    assert_eq!(form(revocation.text())["token"], "top-refresh");
    let error = login.stored_credentials().await.unwrap_err();
    assert!(matches!(error, Error::NotLoggedIn), "{error}");
    // There is nothing left to do.
    login.log_out().await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_login_is_kept_until_it_is_revoked() {
    let unavailable = Answer::new("503 Service Unavailable", &[], "");
    let replies = [
        tokens(SCOPE),
        tokens(SCOPE),
        unavailable,
        refusal("invalid_request"),
        refusal("invalid_token"),
    ];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let login = logged_in(&server, &folder).await;
    assert_eq!(
        login.log_out().await.unwrap_err().to_string(),
        "127.0.0.1 is unavailable (HTTP status 503): try again later"
    );
    assert_eq!(
        login.log_out().await.unwrap_err().to_string(),
        "Google refused the request: invalid_request: Because."
    );
    // It has been revoked elsewhere.
    login.log_out().await.unwrap();
    let error = login.stored_credentials().await.unwrap_err();
    assert!(matches!(error, Error::NotLoggedIn), "{error}");
}

#[tokio::test]
async fn a_place_that_cannot_be_used_is_named() {
    let server = Server::start([tokens(SCOPE)]).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let login = login(&server.url, &folder)
        .with_store(FileStore::new(&file))
        .with_prompt(User::default().allows());
    let error = login.credentials().await.unwrap_err().to_string();
    let place = file.join("id.apps.googleusercontent.com.json");
    assert!(
        error.starts_with(&format!("cannot read the login in {place:?}: ")),
        "{error}"
    );
    assert!(error.ends_with("; choose another place by `with_store`"));
}
