//! The headers that say who calls.

use std::{
    borrow::Cow,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{PoisonError, RwLock},
    task::Poll,
    time::Duration,
};

use google_cloud_auth::{
    build_errors::Error as BuildError,
    credentials::{
        self, CacheableResource, Credentials, EntityTag, anonymous, api_key_credentials,
    },
};
use http::{Extensions, HeaderMap};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    client::tls,
    error::{self, Result},
    request::headers::USER_PROJECT,
};

/// How long credentials are not made anew once they were: a service that refuses every token would
/// otherwise have one fetched for each call.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(60);

/// Headers for one attempt, and the mark by which the credentials know them.
pub(crate) struct Authorization {
    pub(crate) headers: HeaderMap,
    tag: Option<EntityTag>,
}

impl Authorization {
    /// Adds the headers, marked as secret. A quota project that the caller named stands.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.headers {
            if name == USER_PROJECT {
                headers.entry(name).or_insert_with(|| value.clone());
            } else {
                let mut value = value.clone();
                value.set_sensitive(true);
                headers.insert(name, value);
            }
        }
    }
}

/// Who calls, and where that is known from.
pub(crate) struct Identity {
    credentials: RwLock<Credentials>,
    /// For messages: what the credentials are, after "by".
    source: Cow<'static, str>,
    /// How to make them anew, if that is known.
    recipe: Option<Recipe>,
}

/// [Application Default Credentials](https://google.aip.dev/auth/4110).
struct Recipe {
    scopes: Vec<String>,
    /// When they were made anew last. Whoever does so holds it, so that one token is fetched for
    /// all calls that were refused.
    renewed: Mutex<Option<Instant>>,
}

impl Recipe {
    fn make(&self) -> Result<Credentials, BuildError> {
        let mut builder = credentials::Builder::default();
        if !self.scopes.is_empty() {
            builder = builder.with_scopes(self.scopes.clone());
        }
        builder.build()
    }
}

impl Identity {
    pub(crate) fn new(credentials: Credentials, source: impl Into<Cow<'static, str>>) -> Self {
        Self {
            credentials: RwLock::new(credentials),
            source: source.into(),
            recipe: None,
        }
    }

    /// Nobody in particular.
    pub(crate) fn anonymous() -> Self {
        Self::new(anonymous::Builder::new().build(), "no credentials")
    }

    /// The bearer of a key, which goes into a header. A message does not show it.
    pub(crate) fn of_key(key: String) -> Result<Self> {
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(error::configuration(
                "the API key must be visible ASCII, without spaces or line breaks, and not empty",
            ));
        }
        let credentials = api_key_credentials::Builder::new(key).build();
        Ok(Self::new(credentials, "the API key"))
    }

    /// Whoever the application's environment says.
    pub(crate) fn of_application(scopes: Vec<String>) -> Result<Self> {
        tls::install_crypto_provider()?;
        let source = "Application Default Credentials";
        let place = match std::env::var_os("GOOGLE_APPLICATION_CREDENTIALS") {
            Some(file) => format!("the file {file:?} that GOOGLE_APPLICATION_CREDENTIALS names"),
            None => "gcloud's file or the metadata server".to_owned(),
        };
        let source = format!("{source} ({place})");
        let renewed = Mutex::new(None);
        let recipe = Recipe { scopes, renewed };
        match recipe.make() {
            Ok(credentials) => Ok(Self {
                recipe: Some(recipe),
                ..Self::new(credentials, source)
            }),
            Err(cause) => Err(error::no_credentials(&source, cause)),
        }
    }

    /// The universe that the credentials are of.
    pub(crate) async fn universe(&self) -> Result<Option<String>> {
        let credentials = self.credentials();
        self.guarded(credentials.universe_domain()).await
    }

    /// Headers of the token that the credentials hold, or fetch if they hold none.
    pub(crate) async fn authorize(&self) -> Result<Authorization> {
        let resource = self.headers(&self.credentials(), None).await?;
        Ok(match resource {
            CacheableResource::New { entity_tag, data } => Authorization {
                headers: data,
                tag: Some(entity_tag),
            },
            // Only an answer to a tag, and none was sent.
            CacheableResource::NotModified => Authorization {
                headers: HeaderMap::new(),
                tag: None,
            },
        })
    }

    /// Headers of another token than one that the service refused, if one can be had.
    ///
    /// Credentials refresh themselves in the background and cannot be told to. They can be asked
    /// whether they did; and if it is known how they were made, be replaced.
    pub(crate) async fn renewed(&self, refused: &Authorization) -> Option<Authorization> {
        let newer = self.newer(&self.credentials(), refused).await;
        match &self.recipe {
            Some(recipe) if newer.is_none() => self.remade(recipe, refused).await,
            _ => newer,
        }
    }

    async fn remade(&self, recipe: &Recipe, refused: &Authorization) -> Option<Authorization> {
        let mut renewed = recipe.renewed.lock().await;
        // By another call meanwhile.
        if let Some(newer) = self.newer(&self.credentials(), refused).await {
            return Some(newer);
        }
        if renewed.is_some_and(|last| last.elapsed() < RENEWAL_INTERVAL) {
            return None;
        }
        *renewed = Some(Instant::now());
        let credentials = recipe.make().ok()?;
        let newer = self.newer(&credentials, refused).await?;
        *self
            .credentials
            .write()
            .unwrap_or_else(PoisonError::into_inner) = credentials;
        Some(newer)
    }

    /// What the credentials have by now, if that is not what was refused.
    async fn newer(
        &self,
        credentials: &Credentials,
        refused: &Authorization,
    ) -> Option<Authorization> {
        match self.headers(credentials, refused.tag.clone()).await.ok()? {
            CacheableResource::New { entity_tag, data } if data != refused.headers => {
                Some(Authorization {
                    headers: data,
                    tag: Some(entity_tag),
                })
            }
            _ => None,
        }
    }

    async fn headers(
        &self,
        credentials: &Credentials,
        known: Option<EntityTag>,
    ) -> Result<CacheableResource<HeaderMap>> {
        let mut extensions = Extensions::new();
        if let Some(tag) = known {
            extensions.insert(tag);
        }
        let resource = self.guarded(credentials.headers(extensions)).await?;
        resource.map_err(|cause| error::no_token(&self.source, cause))
    }

    fn credentials(&self) -> Credentials {
        let credentials = self.credentials.read();
        credentials.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Credentials panic if they find no cryptography, or if their background task did: the
    /// caller of a client gets an error.
    async fn guarded<T>(&self, question: impl Future<Output = T>) -> Result<T> {
        let mut question = pin!(question);
        let answer = poll_fn(|context| {
            match catch_unwind(AssertUnwindSafe(|| question.as_mut().poll(context))) {
                Ok(poll) => poll.map(Ok),
                Err(_) => Poll::Ready(Err(error::broken_credentials(&self.source))),
            }
        });
        answer.await
    }
}
