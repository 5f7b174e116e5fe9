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
use http::{Extensions, HeaderMap};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    client::tls,
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
    /// The means to rebuild them, if known.
    adc: Option<AdcSource>,
}

/// [Application Default Credentials](https://google.aip.dev/auth/4110).
struct AdcSource {
    scopes: Vec<String>,
    /// The time of the last rebuild. It is locked during a rebuild, so that one token is fetched for
    /// all refused calls.
    rebuilt: Mutex<Option<Instant>>,
}

impl AdcSource {
    fn build(&self) -> Result<credentials::Credentials, BuildError> {
        let mut builder = credentials::Builder::default();
        if !self.scopes.is_empty() {
            builder = builder.with_scopes(self.scopes.clone());
        }
        builder.build()
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
            adc: None,
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
    pub(crate) fn application_default(scopes: Vec<String>) -> Result<Self> {
        tls::install_crypto_provider()?;
        let source = "Application Default Credentials";
        let place = match std::env::var_os("GOOGLE_APPLICATION_CREDENTIALS") {
            Some(file) => format!("the file {file:?} that GOOGLE_APPLICATION_CREDENTIALS names"),
            None => "gcloud's file or the metadata server".to_owned(),
        };
        let source = format!("{source} ({place})");
        let rebuilt = Mutex::new(None);
        let adc = AdcSource { scopes, rebuilt };
        match adc.build() {
            Ok(credentials) => Ok(Self {
                adc: Some(adc),
                ..Self::new(credentials, source)
            }),
            Err(cause) => Err(error::no_credentials(&source, cause)),
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
    /// already; otherwise Application Default Credentials are rebuilt.
    pub(crate) async fn refreshed(&self, refused: &Authorization) -> Option<Authorization> {
        let newer = self.newer(&self.current(), refused).await;
        match &self.adc {
            Some(adc) if newer.is_none() => self.rebuilt(adc, refused).await,
            _ => newer,
        }
    }

    async fn rebuilt(&self, adc: &AdcSource, refused: &Authorization) -> Option<Authorization> {
        let mut rebuilt = adc.rebuilt.lock().await;
        // Another call may have rebuilt them meanwhile.
        if let Some(newer) = self.newer(&self.current(), refused).await {
            return Some(newer);
        }
        if rebuilt.is_some_and(|last| last.elapsed() < REBUILD_INTERVAL) {
            return None;
        }
        *rebuilt = Some(Instant::now());
        let credentials = adc.build().ok()?;
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
