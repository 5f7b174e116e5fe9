//! The two programs.

use google_checks_v1alpha::Checks;
use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap, HeaderValue, header};
use serde::Deserialize;

const TOKEN: &str = "ya29.benchmark";
const NAME: &str = "accounts/1/apps/2";

/// A program that asks for an app.
pub(crate) trait Program: Clone + Send + 'static {
    fn call(&self) -> impl Future<Output = ()> + Send;
}

/// By the generated client.
#[derive(Clone)]
pub(crate) struct Generated(Checks);

impl Generated {
    pub(crate) async fn new(url: &str) -> Self {
        let builder = Checks::builder().with_endpoint(url);
        let client = builder.with_credentials(Token::new()).build().await;
        Self(client.expect("a client"))
    }
}

impl Program for Generated {
    async fn call(&self) {
        let app = self.0.accounts().apps().get(NAME).send().await;
        assert_eq!(app.expect("an app").name.as_deref(), Some(NAME));
    }
}

/// Credentials that hold a token, as those of `google_cloud_auth` do.
#[derive(Debug)]
struct Token {
    headers: HeaderMap,
    tag: EntityTag,
}

impl Token {
    fn new() -> Self {
        let value = HeaderValue::try_from(format!("Bearer {TOKEN}")).expect("a header");
        Self {
            headers: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
            tag: EntityTag::new(),
        }
    }
}

impl CredentialsProvider for Token {
    async fn headers(
        &self,
        _: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        Ok(CacheableResource::New {
            entity_tag: self.tag.clone(),
            data: self.headers.clone(),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

/// By hand: no retries, no checks of what goes into the URL.
#[derive(Clone)]
pub(crate) struct HandWritten {
    client: reqwest::Client,
    url: String,
}

/// An app, as the reference of the API has it.
#[derive(Debug, Deserialize)]
struct App {
    name: String,
    #[serde(rename = "title")]
    _title: String,
}

impl HandWritten {
    pub(crate) fn new(url: &str) -> Self {
        Self {
            client: reqwest::Client::new(),
            url: url.to_owned(),
        }
    }
}

impl Program for HandWritten {
    async fn call(&self) {
        let url = format!("{}/v1alpha/{NAME}", self.url);
        let request = self.client.get(url).bearer_auth(TOKEN);
        let request = request.query(&[("alt", "json"), ("prettyPrint", "false")]);
        let response = request
            .send()
            .await
            .and_then(reqwest::Response::error_for_status);
        let app: App = response.expect("a response").json().await.expect("an app");
        assert_eq!(app.name, NAME);
    }
}
