//! Credentials and the headers that they yield.

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
    credentials::{self, CacheableResource, EntityTag, anonymous, api_key_credentials},
};
use google_cloud_gax::error::CredentialsError;
use http::{Extensions, HeaderMap};
use serde_json::Value;
use tokio::{sync::Mutex, time::Instant};

use crate::{
    client::{
        adc::AdcLocation,
        service_account::{self, Key},
        tls,
    },
    error::{self, Result},
    request::headers::USER_PROJECT,
};

/// The shortest time between two rebuilds of credentials. Otherwise a service that refuses every
/// token would cause a new one to be fetched for each call.
const REBUILD_INTERVAL: Duration = Duration::from_secs(60);

/// Headers for one attempt, and the tag by which the credentials recognise them.
pub(crate) struct Authorization {
    pub(crate) headers: HeaderMap,
    tag: Option<EntityTag>,
}

impl Authorization {
    /// Returns no headers at all.
    pub(crate) fn none() -> Self {
        Self {
            headers: HeaderMap::new(),
            tag: None,
        }
    }

    /// Adds the headers, marked as sensitive. A quota project set by the caller is kept.
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

/// The credentials of a client, and where they came from.
pub(crate) struct Credentials {
    current: RwLock<credentials::Credentials>,
    /// A description for messages, after "by".
    source: Cow<'static, str>,
    /// The means to build them again, if known.
    builder: Option<CredentialsBuilder>,
}

/// The means to build credentials, of which another token can then be had.
struct CredentialsBuilder {
    source: CredentialsSource,
    scopes: Vec<String>,
    /// The time of the last rebuild. It is locked during a rebuild, so that one token is fetched for
    /// all refused calls.
    rebuilt: Mutex<Option<Instant>>,
}

enum CredentialsSource {
    /// The environment of the program.
    Environment,
    /// The key of a service account.
    Key(Value),
}

impl CredentialsBuilder {
    fn build(&self) -> Result<credentials::Credentials, BuildError> {
        match &self.source {
            CredentialsSource::Key(key) => service_account::build(key, &self.scopes),
            CredentialsSource::Environment => {
                let mut builder = credentials::Builder::default();
                if !self.scopes.is_empty() {
                    builder = builder.with_scopes(self.scopes.clone());
                }
                builder.build()
            }
        }
    }
}

impl Credentials {
    pub(crate) fn new(
        credentials: credentials::Credentials,
        source: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            current: RwLock::new(credentials),
            source: source.into(),
            builder: None,
        }
    }

    /// No credentials.
    pub(crate) fn anonymous() -> Self {
        Self::new(anonymous::Builder::new().build(), "no credentials")
    }

    /// An API key, which is sent in a header. Messages do not show it.
    pub(crate) fn api_key(key: String) -> Result<Self> {
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(error::configuration(
                "the API key must be visible ASCII, without spaces or line breaks, and not empty",
            ));
        }
        let credentials = api_key_credentials::Builder::new(key).build();
        Ok(Self::new(credentials, "the API key"))
    }

    /// Application Default Credentials, found by the environment of the program.
    pub(crate) async fn application_default(scopes: Vec<String>) -> Result<Self> {
        tls::install_crypto_provider()?;
        let location = AdcLocation::find()
            .await
            .map_err(|message| error::authentication(CredentialsError::from_msg(false, message)))?;
        Self::rebuildable(CredentialsSource::Environment, scopes, location.to_string())
    }

    /// The credentials of a service account, by its key.
    pub(crate) async fn service_account(key: Key, scopes: Vec<String>) -> Result<Self> {
        tls::install_crypto_provider()?;
        let source = key.describe();
        let key = key.read().await;
        let key = key.map_err(|cause| error::no_credentials(&source, cause))?;
        let credentials = Self::rebuildable(CredentialsSource::Key(key), scopes, source)?;
        // Finds a key that cannot sign, without a network.
        credentials.authorize().await?;
        Ok(credentials)
    }

    fn rebuildable(
        source: CredentialsSource,
        scopes: Vec<String>,
        description: String,
    ) -> Result<Self> {
        let builder = CredentialsBuilder {
            source,
            scopes,
            rebuilt: Mutex::new(None),
        };
        match builder.build() {
            Ok(credentials) => Ok(Self {
                builder: Some(builder),
                ..Self::new(credentials, description)
            }),
            Err(cause) => Err(error::no_credentials(&description, cause)),
        }
    }

    /// Returns the universe of the credentials.
    pub(crate) async fn universe(&self) -> Result<Option<String>> {
        let credentials = self.current();
        self.guarded(credentials.universe_domain()).await
    }

    /// Returns headers with the current token, which is fetched if there is none.
    pub(crate) async fn authorize(&self) -> Result<Authorization> {
        let resource = self.headers(&self.current(), None).await?;
        Ok(match resource {
            CacheableResource::New { entity_tag, data } => Authorization {
                headers: data,
                tag: Some(entity_tag),
            },
            // Only returned for a tag, and none was given.
            CacheableResource::NotModified => Authorization {
                headers: HeaderMap::new(),
                tag: None,
            },
        })
    }

    /// Returns headers with a newer token than the refused one, if possible.
    ///
    /// Credentials refresh themselves in the background, and cannot be made to. They may have done so
    /// already; otherwise they are built again, if it is known how.
    pub(crate) async fn refreshed(&self, refused: &Authorization) -> Option<Authorization> {
        let newer = self.newer(&self.current(), refused).await;
        match &self.builder {
            Some(builder) if newer.is_none() => self.rebuilt(builder, refused).await,
            _ => newer,
        }
    }

    async fn rebuilt(
        &self,
        builder: &CredentialsBuilder,
        refused: &Authorization,
    ) -> Option<Authorization> {
        let mut rebuilt = builder.rebuilt.lock().await;
        // Another call may have rebuilt them meanwhile.
        if let Some(newer) = self.newer(&self.current(), refused).await {
            return Some(newer);
        }
        if rebuilt.is_some_and(|last| last.elapsed() < REBUILD_INTERVAL) {
            return None;
        }
        *rebuilt = Some(Instant::now());
        let credentials = builder.build().ok()?;
        let newer = self.newer(&credentials, refused).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = credentials;
        Some(newer)
    }

    /// Returns the current headers of the credentials, unless they are the refused ones.
    async fn newer(
        &self,
        credentials: &credentials::Credentials,
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
        credentials: &credentials::Credentials,
        known: Option<EntityTag>,
    ) -> Result<CacheableResource<HeaderMap>> {
        let mut extensions = Extensions::new();
        if let Some(tag) = known {
            extensions.insert(tag);
        }
        let resource = self.guarded(credentials.headers(extensions)).await?;
        resource.map_err(|cause| error::no_token(&self.source, cause))
    }

    fn current(&self) -> credentials::Credentials {
        let current = self.current.read();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Turns a panic of the credentials into an error. They panic if there is no provider of
    /// cryptography, or if their background task panicked.
    async fn guarded<T>(&self, future: impl Future<Output = T>) -> Result<T> {
        let mut future = pin!(future);
        let guarded = poll_fn(|context| {
            match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
                Ok(poll) => poll.map(Ok),
                Err(_) => Poll::Ready(Err(error::broken_credentials(&self.source))),
            }
        });
        guarded.await
    }
}
