//! Credentials built without a default provider of cryptography: a separate program, since the
//! provider belongs to the process.

#![cfg(any(feature = "ring", feature = "aws-lc"))]

mod support;

use google_cloud_auth::credentials::{Credentials, user_account};
use rustls::crypto::CryptoProvider;
use support::{Answer, GET, Server};

const TOKEN: &str = r#"{"access_token":"ya29.token","expires_in":3600,"token_type":"Bearer"}"#;

fn user(server: &Server) -> Credentials {
    let user = serde_json::json!({
        "type": "authorized_user",
        "client_id": "id",
        "client_secret": "secret",
        "refresh_token": "refresh",
        "token_uri": format!("{}/token", server.url),
    });
    user_account::Builder::new(user).build().unwrap()
}

/// The outcome of a call with the credentials.
async fn call(server: &Server, credentials: Credentials) -> Result<(), String> {
    let builder = server.builder().with_credentials(credentials);
    let client = builder.build().await.unwrap();
    let call = client.request(&GET).path("name", "a").send_empty();
    call.await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn credentials_find_the_clients_cryptography_or_the_call_says_that_they_did_not() {
    let server = Server::start([Answer::json("200 OK", TOKEN), Answer::ok()]).await;

    // Their task looks for a default provider, and ends without one before there is a client.
    let broken = user(&server);
    let metrics = tokio::runtime::Handle::current().metrics();
    let serving = metrics.num_alive_tasks() - 1;
    while metrics.num_alive_tasks() > serving {
        tokio::task::yield_now().await;
    }
    assert!(CryptoProvider::get_default().is_none());
    let message = call(&server, broken).await.unwrap_err();
    assert_eq!(
        message,
        "cannot create the authentication headers by the credentials that the client was given: \
         they have broken down, as they do if no default provider of cryptography is installed \
         when they are made (see `install_crypto_provider`), and future attempts will not succeed"
    );
    assert!(server.requests().is_empty());

    // The client has installed its own provider.
    assert_eq!(call(&server, user(&server)).await, Ok(()));
    let [token, call] = &server.requests()[..] else {
        panic!("{:#?}", server.requests())
    };
    assert!(token.line().starts_with("POST /token"), "{}", token.line());
    assert_eq!(call.header("authorization"), ["Bearer ya29.token"]);
}
