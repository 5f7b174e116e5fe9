//! Credentials: their headers, and refused tokens.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use discovery_runtime::{Call, Client, Code, ErrorExt, Reply, Result, Transport};
use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_gax::error::CredentialsError;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use crate::support::{CREATE, fake::Fake};

/// Tokens that are refreshed during a call: the n-th request for a token gets the n-th one.
#[derive(Debug, Default)]
struct Tokens {
    tokens: Vec<(EntityTag, &'static str)>,
    requests: Arc<AtomicUsize>,
    /// The number of requests for a newer token.
    requests_for_newer: Arc<AtomicUsize>,
}

impl Tokens {
    fn new(tokens: &[&'static str]) -> Self {
        let tag = |token: &&'static str| (EntityTag::new(), *token);
        Self {
            tokens: tokens.iter().map(tag).collect(),
            requests: Arc::default(),
            requests_for_newer: Arc::default(),
        }
    }
}

impl CredentialsProvider for Tokens {
    async fn headers(
        &self,
        extensions: Extensions,
    ) -> std::result::Result<CacheableResource<HeaderMap>, CredentialsError> {
        let requests = self.requests.fetch_add(1, Ordering::SeqCst);
        if extensions.get::<EntityTag>().is_some() {
            self.requests_for_newer.fetch_add(1, Ordering::SeqCst);
        }
        let (entity_tag, token) = self.tokens[requests.min(self.tokens.len() - 1)].clone();
        if extensions.get() == Some(&entity_tag) {
            return Ok(CacheableResource::NotModified);
        }
        let value = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
        let project = HeaderValue::from_static("of-credentials");
        let data = HeaderMap::from_iter([
            (http::header::AUTHORIZATION, value),
            (HeaderName::from_static("x-goog-user-project"), project),
        ]);
        Ok(CacheableResource::New { entity_tag, data })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

async fn client(fake: &Fake, tokens: Tokens) -> Client {
    fake.builder()
        .with_credentials(tokens)
        .build()
        .await
        .unwrap()
}

fn refusal() -> Reply {
    Reply::error(Code::Unauthenticated, "expired")
}

#[tokio::test]
async fn credentials_sign_each_attempt_and_a_named_quota_project_stands() {
    let fake = Fake::new([Reply::new(200), Reply::new(200)]);
    let plain = client(&fake, Tokens::new(&["t1"])).await;
    plain.request(&CREATE).send_empty().await.unwrap();
    let builder = fake.builder().with_credentials(Tokens::new(&["t2"]));
    let named = builder.with_quota_project("mine").build().await.unwrap();
    named.request(&CREATE).send_empty().await.unwrap();
    assert_eq!(fake.header("authorization"), ["Bearer t1", "Bearer t2"]);
    assert_eq!(
        fake.header("x-goog-user-project"),
        ["of-credentials", "mine"]
    );
}

#[tokio::test]
async fn a_refused_token_that_was_renewed_is_replaced_once() {
    let fake = Fake::new([refusal()]);
    let tokens = Tokens::new(&["old", "new"]);
    let requests_for_newer = tokens.requests_for_newer.clone();
    let client = client(&fake, tokens).await;
    client.request(&CREATE).send_empty().await.unwrap();
    assert_eq!(requests_for_newer.load(Ordering::SeqCst), 1);
    assert_eq!(fake.header("authorization"), ["Bearer old", "Bearer new"]);

    let fake = Fake::new([refusal(), refusal()]);
    let client = self::client(&fake, Tokens::new(&["a", "b", "c"])).await;
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(401));
    assert_eq!(fake.header("authorization"), ["Bearer a", "Bearer b"]);
}

#[tokio::test]
async fn a_refused_token_that_was_not_renewed_is_an_error() {
    let fake = Fake::new([refusal()]);
    let client = client(&fake, Tokens::new(&["only"])).await;
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(401));
    assert_eq!(error.attempts(), 1);
    assert_eq!(fake.header("authorization"), ["Bearer only"]);
}

/// Credentials with a constant token and without tags.
#[derive(Debug)]
struct Fixed;

impl CredentialsProvider for Fixed {
    async fn headers(
        &self,
        _: Extensions,
    ) -> std::result::Result<CacheableResource<HeaderMap>, CredentialsError> {
        let token = HeaderValue::from_static("Bearer fixed");
        Ok(CacheableResource::New {
            entity_tag: EntityTag::new(),
            data: HeaderMap::from_iter([(http::header::AUTHORIZATION, token)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

#[tokio::test]
async fn the_token_that_was_refused_is_not_sent_again() {
    let fake = Fake::new([refusal()]);
    let client = fake
        .builder()
        .with_credentials(Fixed)
        .build()
        .await
        .unwrap();
    client.request(&CREATE).send_empty().await.unwrap_err();
    assert_eq!(fake.header("authorization"), ["Bearer fixed"]);
}

#[derive(Debug)]
struct Broken;

impl CredentialsProvider for Broken {
    async fn headers(
        &self,
        _: Extensions,
    ) -> std::result::Result<CacheableResource<HeaderMap>, CredentialsError> {
        Err(CredentialsError::from_msg(false, "the key file is gone"))
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let fake = Fake::new([Reply::new(200)]);
    let client = fake
        .builder()
        .with_credentials(Broken)
        .build()
        .await
        .unwrap();
    let error = client.request(&CREATE).send_empty().await.unwrap_err();
    assert!(error.is_authentication());
    assert_eq!(
        error.to_string(),
        "cannot create the authentication headers by the credentials that the client was given: \
         the key file is gone, and future attempts will not succeed"
    );
    assert!(fake.header("authorization").is_empty());
}

/// Formats everything that a careless program would log.
#[derive(Debug)]
struct Shown(std::sync::Mutex<String>);

impl Transport for Shown {
    async fn send(&self, call: Call) -> Result<Reply> {
        *self.0.lock().unwrap() = format!("{call:?}");
        Ok(refusal())
    }
}

#[tokio::test]
async fn no_debug_output_holds_a_token_or_a_key() {
    let shown = Arc::new(Shown(std::sync::Mutex::default()));
    let fake = Fake::new([Reply::new(200)]);
    let builder = fake.builder().with_transport(shown.clone());
    let client = builder
        .with_credentials(Tokens::new(&["ya29.token"]))
        .build()
        .await
        .unwrap();
    let mut request = client.request(&CREATE);
    request.set_query::<String>("key", "AIza.key");
    let debug = format!("{client:?} {request:?}");
    let error = request.send_empty().await.unwrap_err();
    let call = shown.0.lock().unwrap().clone();
    assert!(call.contains("checks.things.create"), "{call}");
    for text in [debug, call, format!("{error:?} {error}")] {
        assert!(
            !text.contains("ya29.token") && !text.contains("AIza.key"),
            "{text}"
        );
    }
}
