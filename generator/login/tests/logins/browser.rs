//! Logins in a browser.

use std::time::Duration;

use crate::support::{SCOPE, Server, User, authorization, client, form, login, refusal, tokens};
use discovery_login::{Error, OAuthClient};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};

#[tokio::test]
async fn a_user_logs_in_once() {
    let replies = [tokens(SCOPE), tokens(SCOPE), tokens(SCOPE)];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let user = User::default();
    let login = login(&server.url, &folder);
    let first = login.clone().with_prompt(user.allows());
    let credentials = first.credentials().await.unwrap();
    assert_eq!(authorization(&credentials).await, "Bearer top-access");

    let address = user.address();
    assert_eq!(address["response_type"], "code");
    assert_eq!(address["client_id"], "id.apps.googleusercontent.com");
    assert_eq!(address["access_type"], "offline");
    assert_eq!(address["scope"], SCOPE);
    assert_eq!(address["code_challenge_method"], "S256");

    let [exchange, refresh] = &server.requests()[..] else {
        panic!("{:#?}", server.requests())
    };
    assert_eq!(exchange.line(), "POST /token HTTP/1.1");
    let exchange = form(exchange.text());
    assert_eq!(exchange["grant_type"], "authorization_code");
    assert_eq!(exchange["code"], "top-code");
    assert_eq!(exchange["redirect_uri"], address["redirect_uri"]);
    assert_eq!(exchange["client_secret"], "top-secret");
    let verifier = PkceCodeVerifier::new(exchange["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    assert_eq!(challenge.as_str(), address["code_challenge"]);

    let refresh = form(refresh.text());
    assert_eq!(refresh["grant_type"], "refresh_token");
    assert_eq!(refresh["refresh_token"], "top-refresh");
    assert_eq!(refresh["scope"], SCOPE);

    login.credentials().await.unwrap();
    let last = server.requests().pop().unwrap();
    assert_eq!(form(last.text())["grant_type"], "refresh_token");
}

#[tokio::test]
async fn only_the_page_of_this_login_counts() {
    let server = Server::start([tokens(SCOPE), tokens(SCOPE)]).await;
    let folder = tempfile::tempdir().unwrap();
    let visits = &[
        "GET /favicon.ico",
        "GET /?code=theirs",
        "GET /?state=other&code=theirs",
        "POST /?code=theirs",
        "GET /?state=STATE&code=top-code",
    ];
    let login = login(&server.url, &folder).with_prompt(User::default().visits(visits));
    login.credentials().await.unwrap();
    let exchange = form(server.requests()[0].text());
    assert_eq!(exchange["code"], "top-code");
}

#[tokio::test]
async fn further_scopes_are_requested_beside_the_earlier_ones() {
    let other = "https://www.googleapis.com/auth/userinfo.email";
    let both = format!("{other} {SCOPE}");
    let replies = [
        tokens(SCOPE),
        tokens(SCOPE),
        tokens(&both),
        tokens(other),
        tokens(SCOPE),
    ];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let user = User::default();
    let silent = login(&server.url, &folder);
    let login = silent.clone().with_prompt(user.allows());
    login.credentials().await.unwrap();
    // Google grants the scope `email` by its long name.
    let wider = login.with_scopes(["email"]);
    wider.credentials().await.unwrap();
    assert_eq!(user.address()["scope"], format!("email {SCOPE}"));
    // A token is for the scopes of its program alone.
    let refresh = server.requests().pop().unwrap();
    assert_eq!(form(refresh.text())["scope"], "email");
    silent.credentials().await.unwrap();
}

#[tokio::test]
async fn accounts_have_logins_of_their_own() {
    let server = Server::start([tokens(SCOPE), tokens(SCOPE)]).await;
    let folder = tempfile::tempdir().unwrap();
    let user = User::default();
    let login = login(&server.url, &folder);
    let ann = login.clone().with_account("ann@example.com");
    let first = ann.clone().with_prompt(user.allows());
    first.credentials().await.unwrap();
    assert_eq!(user.address()["login_hint"], "ann@example.com");
    let error = login.stored_credentials().await.unwrap_err();
    assert!(matches!(error, Error::NotLoggedIn), "{error}");
}

#[tokio::test]
async fn a_login_that_has_ended_is_replaced() {
    let replies = [
        tokens(SCOPE),
        tokens(SCOPE),
        refusal("invalid_grant"),
        tokens(SCOPE),
        tokens(SCOPE),
        refusal("invalid_grant"),
    ];
    let server = Server::start(replies).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder).with_prompt(User::default().allows());
    login.credentials().await.unwrap();
    login.credentials().await.unwrap();
    assert_eq!(server.requests().len(), 5);
    // Without a user, it is an error.
    let error = login.stored_credentials().await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the login has expired or was revoked: log in again"),
        "{error}"
    );
}

#[tokio::test]
async fn a_user_may_decline() {
    let server = Server::start([tokens("openid")]).await;
    let folder = tempfile::tempdir().unwrap();
    let login = login(&server.url, &folder);
    let error = login.stored_credentials().await.unwrap_err();
    let expected = "nobody is logged in to this program: log in first";
    assert_eq!(error.to_string(), expected);
    // As `main` prints it.
    assert_eq!(format!("{error:?}"), expected);
    let visits = &["GET /?state=STATE&error=access_denied"];
    let declined = login
        .clone()
        .with_prompt(User::default().visits(visits))
        .credentials()
        .await;
    assert_eq!(
        declined.unwrap_err().to_string(),
        "the login was declined: run the program again and allow the access it requests"
    );
    let visits = &["GET /?state=STATE&error=admin_policy_enforced"];
    let forbidden = login.clone().with_prompt(User::default().visits(visits));
    assert_eq!(
        forbidden.credentials().await.unwrap_err().to_string(),
        "the administrator of this account does not allow the OAuth client: it must be trusted at \
         https://admin.google.com/ac/owl/list"
    );
    let partly = login.clone().with_prompt(User::default().allows());
    assert_eq!(
        partly.credentials().await.unwrap_err().to_string(),
        format!("access was not granted to {SCOPE}: log in again and select every box")
    );
    let never = login.with_prompt(|_| {}).with_timeout(Duration::ZERO);
    assert_eq!(
        never.credentials().await.unwrap_err().to_string(),
        "nobody logged in within 0 seconds: run the program again"
    );
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn an_oauth_client_of_another_type_is_refused() {
    let table = [
        (r#"{"web": {}}"#, "it is for a web application"),
        (
            r#"{"type": "service_account"}"#,
            "it is the key of a service account",
        ),
        ("top-secret", "it has no part `installed`"),
        (
            r#"{"installed": {"client_id": "id"}}"#,
            "missing field `client_secret`",
        ),
    ];
    for (json, problem) in table {
        assert_eq!(
            OAuthClient::from_json(json).unwrap_err().to_string(),
            format!(
                "the text is not the OAuth client of a program: {problem}; download one of the \
                 type Desktop app from https://console.cloud.google.com/auth/clients"
            )
        );
    }
    let remote = r#"{"installed": {"client_id": "id", "client_secret": "top-secret",
        "token_uri": "http://example.com/token"}}"#;
    assert_eq!(
        OAuthClient::from_json(remote).unwrap_err().to_string(),
        "the endpoint \"http://example.com/token\" must be an https URL"
    );
    let error = OAuthClient::from_file("nowhere/client.json").unwrap_err();
    assert!(
        error.to_string().starts_with("cannot read \"nowhere"),
        "{error}"
    );
}

#[tokio::test]
async fn scopes_have_to_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let login = login("http://127.0.0.1:1", &folder).with_scopes::<&str>([]);
    assert_eq!(
        login.log_in().await.unwrap_err().to_string(),
        "name the scopes that the program needs by `with_scopes`"
    );
    assert!(!format!("{:?}", client("http://127.0.0.1:1")).contains("top-secret"));
}
