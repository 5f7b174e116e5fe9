//! The trait of both programs, and the program with the generated client.

use google_checks_v1alpha::Checks;
use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap, HeaderValue, header};
use tokio::runtime::{Builder, Runtime};

use super::{by_hand::HandWritten, server};

pub(crate) const TOKEN: &str = "ya29.benchmark";
pub(crate) const NAME: &str = "accounts/1/apps/2";

/// The names of the programs in reports: ours, and the rival.
pub(crate) const NAMES: [&str; 2] = ["google-checks-v1alpha", "reqwest and serde by hand"];

/// A program that gets an app.
pub(crate) trait Program: Clone + Send + 'static {
    fn call(&self) -> impl Future<Output = ()> + Send;
}

/// Returns a runtime, our program and the rival, after checking that both send the same request.
pub(crate) fn start(url: &str) -> (Runtime, Generated, HandWritten) {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (once, heard) = server::start_once();
    runtime.block_on(async { Generated::new(&once).await.call().await });
    let request = heard.join().expect("a request");
    let header = |name| {
        let mut lines = request.iter();
        lines.find_map(|line| line.strip_prefix(name)).expect(name)
    };
    let agent = header("user-agent: ");
    let api_client = header("x-goog-api-client: ");
    let (once, heard) = server::start_once();
    runtime.block_on(HandWritten::new(&once, agent, api_client).call());
    assert_eq!(heard.join().expect("a request"), request);
    let ours = runtime.block_on(Generated::new(url));
    let rival = HandWritten::new(url, agent, api_client);
    (runtime, ours, rival)
}

/// The program with the generated client.
#[derive(Clone)]
pub(crate) struct Generated(Checks);

impl Generated {
    async fn new(url: &str) -> Self {
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

/// Credentials that hold a token, like those of `google_cloud_auth`.
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
