//! Service accounts that act for users.

use std::time::{Duration, SystemTime};

use crate::support::{Answer, SCOPE, Server, authorization, form, refusal, tokens};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use discovery_login::{Delegation, Error};
use google_cloud_auth::credentials::{anonymous, service_account};
use serde_json::{Value, json};

const KEY: &str = include_str!("../../../runtime/tests/fixtures/service_account.json");
const ROBOT: &str = "robot@test.iam.gserviceaccount.com";
const OTHER: &str = "https://www.googleapis.com/auth/calendar";

fn key(server: &Server) -> Value {
    let mut key: Value = serde_json::from_str(KEY).unwrap();
    key["token_uri"] = format!("{}/token", server.url).into();
    key["client_id"] = "1234".into();
    key
}

fn by_key(server: &Server) -> Delegation {
    let delegation = Delegation::from_key(key(server)).unwrap();
    delegation.with_scopes([SCOPE, OTHER])
}

async fn keyless(server: &Server) -> Delegation {
    let iam = Delegation::iam()
        .with_endpoint(&server.url)
        .with_credentials(anonymous::Builder::new().build())
        .build()
        .await
        .unwrap();
    Delegation::keyless(ROBOT, iam)
        .with_scopes([SCOPE, OTHER])
        .with_token_uri(format!("{}/token", server.url))
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn assert_claims(claims: &Value, server: &Server) {
    assert_eq!(claims["iss"], ROBOT);
    assert_eq!(claims["sub"], "ann@example.com");
    assert_eq!(claims["scope"], format!("{SCOPE} {OTHER}"));
    assert_eq!(claims["aud"], format!("{}/token", server.url));
    let (issued, expires) = (&claims["iat"], &claims["exp"]);
    assert_eq!(expires.as_u64().unwrap() - issued.as_u64().unwrap(), 3600);
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let age = now - issued.as_u64().unwrap();
    assert!((10..600).contains(&age), "{age}");
}

#[tokio::test]
async fn a_service_account_acts_for_a_user_by_its_key() {
    let server = Server::start([tokens(SCOPE)]).await;
    let credentials = by_key(&server).credentials("ann@example.com").await;
    let credentials = credentials.unwrap();
    assert_eq!(authorization(&credentials).await, "Bearer top-access");
    let request = server.request();
    assert_eq!(request.line(), "POST /token HTTP/1.1");
    let form = form(request.text());
    assert_eq!(
        form["grant_type"],
        "urn:ietf:params:oauth:grant-type:jwt-bearer"
    );
    let (unsigned, signature) = form["assertion"].rsplit_once('.').unwrap();
    let (header, claims) = unsigned.split_once('.').unwrap();
    assert_eq!(
        decoded(header),
        json!({"alg": "RS256", "typ": "JWT", "kid": "key-1"})
    );
    assert_claims(&decoded(claims), &server);
    // This signature is a function of its key and text alone.
    let signer = service_account::Builder::new(key(&server));
    let expected = signer.build_signer().unwrap().sign(unsigned).await.unwrap();
    assert_eq!(signature, URL_SAFE_NO_PAD.encode(expected));
}

#[tokio::test]
async fn a_service_account_acts_for_a_user_without_a_key() {
    let signed = Answer::json("200 OK", r#"{"keyId": "1", "signedJwt": "signed.by.iam"}"#);
    let server = Server::start([signed, tokens(SCOPE)]).await;
    let delegation = keyless(&server).await;
    let credentials = delegation.credentials("ann@example.com").await.unwrap();
    assert_eq!(authorization(&credentials).await, "Bearer top-access");
    let [sign, token] = &server.requests()[..] else {
        panic!("{:#?}", server.requests())
    };
    let path = "/v1/projects/-/serviceAccounts/robot%40test.iam.gserviceaccount.com:signJwt";
    assert!(sign.target().starts_with(path), "{}", sign.target());
    let body: Value = serde_json::from_str(sign.text()).unwrap();
    let claims: Value = serde_json::from_str(body["payload"].as_str().unwrap()).unwrap();
    assert_claims(&claims, &server);
    assert_eq!(form(token.text())["assertion"], "signed.by.iam");
}

fn described(description: &str) -> Answer {
    let body = json!({"error": "invalid_grant", "error_description": description});
    Answer::json("400 Bad Request", &body.to_string())
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let not_delegated = format!(
        "{ROBOT} may not act for ann@example.com: an administrator must authorize the client ID 1234 \
         for {SCOPE},{OTHER} at https://admin.google.com/ac/owl/domainwidedelegation"
    );
    let table = [
        (refusal("unauthorized_client"), not_delegated.as_str()),
        (
            described("Invalid email or User ID"),
            "there is no user ann@example.com in this Workspace domain: check the address",
        ),
        (
            described("Invalid JWT Signature."),
            "the key of robot@test.iam.gserviceaccount.com was refused: it was deleted or disabled; \
             create a new one at https://console.cloud.google.com/iam-admin/serviceaccounts",
        ),
        (
            described("Other."),
            "Google refused the request: invalid_grant: Other.",
        ),
        (
            refusal("invalid_scope"),
            "Google refused the request: invalid_scope: Because.",
        ),
        (
            Answer::json("200 OK", "[]"),
            "the reply is not that of an OAuth server: check the proxy, and the endpoints of the OAuth \
             client or key",
        ),
    ];
    for (reply, expected) in table {
        let server = Server::start([reply]).await;
        let credentials = by_key(&server).credentials("ann@example.com").await;
        assert_eq!(credentials.unwrap_err().to_string(), expected);
    }
}

#[tokio::test]
async fn a_wrong_clock_is_named() {
    let then = SystemTime::now() - Duration::from_secs(3 * 3600 + 60);
    let date = format!("date: {}", httpdate::fmt_http_date(then));
    let body = r#"{"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a \
        short-lived token (60 minutes) and in a reasonable timeframe."}"#;
    let body = body.replace("\\\n        ", "");
    let reply = Answer::new("400 Bad Request", &[&date], body);
    let server = Server::start([reply]).await;
    let credentials = by_key(&server).credentials("ann@example.com").await;
    assert_eq!(
        credentials.unwrap_err().to_string(),
        "the clock of this machine is wrong by 3 hours: set it"
    );
}

#[tokio::test]
async fn iam_may_refuse_to_sign() {
    let reply = Answer::json(
        "403 Forbidden",
        r#"{"error": {"code": 403, "message": "Permission 'iam.serviceAccounts.signJwt' denied.",
            "status": "PERMISSION_DENIED"}}"#,
    );
    let server = Server::start([reply]).await;
    let delegation = keyless(&server).await;
    let error = delegation.credentials("ann@example.com").await.unwrap_err();
    assert!(!error.is_transient());
    assert_eq!(
        error.to_string(),
        "cannot sign as robot@test.iam.gserviceaccount.com: Permission 'iam.serviceAccounts.signJwt' \
         denied.; the identity of this program needs the role roles/iam.serviceAccountTokenCreator on \
         it"
    );
}

#[tokio::test]
async fn an_unusable_key_is_an_error_that_does_not_show_it() {
    let server = Server::start([]).await;
    let mut unsigning = key(&server);
    unsigning["private_key"] = "top-secret".into();
    let delegation = Delegation::from_key(unsigning).unwrap();
    let delegation = delegation.with_scopes([SCOPE]);
    let error = delegation.credentials("ann@example.com").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the private key of robot@test.iam.gserviceaccount.com cannot sign: download the key again"
    );
    assert!(!format!("{error:?} {delegation:?}").contains("top-secret"));
    for key in [json!("top-secret"), json!({"client_email": "top-secret"})] {
        let error = Delegation::from_key(key).unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the service account key is not the key of a service account: create one at \
             https://console.cloud.google.com/iam-admin/serviceaccounts"
        );
    }
    let error = Delegation::from_key_file("nowhere/key.json").unwrap_err();
    assert!(error.to_string().starts_with("cannot read \"nowhere"));
}
