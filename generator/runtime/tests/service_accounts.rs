//! Keys of service accounts, where nothing installed cryptography: a program of its own, since the
//! default provider is that of the process.

#![cfg(any(feature = "ring", feature = "aws-lc"))]

mod support;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use discovery_runtime::{Client, ClientBuilder, Error, Service, Value};
use support::{Answer, GET, Server};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
    .with_scopes(&["https://www.googleapis.com/auth/checks"]);

const KEY: &str = include_str!("fixtures/service_account.json");

fn builder(server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::new(&SERVICE).with_endpoint(&server.url)
}

async fn call(builder: ClientBuilder<Client>) -> Result<(), Error> {
    let client = builder.build().await?;
    client.request(&GET).path("name", "a").send_empty().await
}

/// Returns the claims in the token of the only request.
fn claims(server: &Server) -> Value {
    let request = server.request();
    let header = request.header("authorization").concat();
    let token = header.strip_prefix("Bearer ").unwrap();
    let claims = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

#[tokio::test]
async fn a_key_signs_tokens_for_the_scopes_of_the_service_or_others() {
    let in_base64 = STANDARD.encode(KEY);
    let in_lines = format!("{}\n{}\n", &in_base64[..76], &in_base64[76..]);
    for key in [
        Value::from(KEY),
        serde_json::from_str(KEY).unwrap(),
        in_base64.into(),
        in_lines.into(),
    ] {
        let server = Server::start([Answer::ok()]).await;
        call(builder(&server).with_service_account_key(key))
            .await
            .unwrap();
        let claims = claims(&server);
        assert_eq!(claims["iss"], "robot@test.iam.gserviceaccount.com");
        assert_eq!(claims["scope"], "https://www.googleapis.com/auth/checks");
    }
    let server = Server::start([Answer::ok()]).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.json");
    std::fs::write(&file, KEY).unwrap();
    let builder = builder(&server).with_service_account_file(&file);
    call(builder.with_scopes(["one", "two"])).await.unwrap();
    assert_eq!(claims(&server)["scope"], "one two");
}

#[tokio::test]
async fn an_unusable_key_is_an_error_that_does_not_show_it() {
    let server = Server::start([]).await;
    let start = "cannot create the authentication headers by the service account key";
    let secret = "secret-secret";
    let mut unsigning: Value = serde_json::from_str(KEY).unwrap();
    unsigning["private_key"] = secret.into();
    let mut incomplete = unsigning.clone();
    incomplete["client_email"] = Value::Null;
    let table: [(Value, &str); 6] = [
        (secret.into(), "expected value at line 1 column 1"),
        (
            serde_json::json!([secret]),
            "this is not the key of a service account",
        ),
        (
            serde_json::json!({"type": secret}),
            "this is not the key of a service account",
        ),
        (
            serde_json::json!({"type": "authorized_user"}),
            "these are credentials of another type",
        ),
        (incomplete, "cannot parse the credentials file"),
        (unsigning, "failed to parse service account private key PEM"),
    ];
    for (key, reason) in table {
        let builder = builder(&server).with_service_account_key(key);
        let error = builder.build().await.unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with(start) && text.contains(reason), "{text}");
        assert!(!format!("{error:?}").contains(secret), "{error:?}");
    }
    let missing = tempfile::tempdir().unwrap().path().join("key.json");
    let builder = builder(&server).with_service_account_file(&missing);
    let text = builder.build().await.unwrap_err().to_string();
    assert!(
        text.starts_with(&format!("{start} in {missing:?}: ")),
        "{text}"
    );
}

#[tokio::test]
async fn an_http_client_needs_no_preparation() {
    let redirect = Answer::new("302 Found", &["location: http://127.0.0.1:1/"], "");
    let proxy = Server::start([redirect]).await;
    let http = discovery_runtime::http_client_builder().unwrap();
    let http = http.proxy(reqwest::Proxy::all(&proxy.url).unwrap());
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_endpoint("http://checks.example")
        .with_insecure_endpoint_allowed()
        .with_api_key("key")
        .with_http_client(http);
    let error = call(builder).await.unwrap_err();
    // It does not follow the redirect.
    assert_eq!(error.http_status_code(), Some(302));
    assert!(
        proxy
            .request()
            .target()
            .starts_with("http://checks.example/v1alpha/a?")
    );
}
