//! Credentials that keep their access token until shortly before it expires.

use std::{fmt::Debug, time::Duration};

use google_cloud_auth::{
    credentials::{CacheableResource, Credentials, CredentialsProvider, EntityTag},
    errors::CredentialsError,
};
use http::{Extensions, HeaderMap, HeaderValue, header};
use oauth2::{TokenResponse as _, basic::BasicTokenResponse};
use tokio::{sync::Mutex, time::Instant};

use crate::error::{Error, Result};

/// The longest time before its end at which a token is replaced.
const MARGIN: Duration = Duration::from_secs(240);
/// The lifetime of a token whose reply has none; Google's have one hour.
const LIFETIME: Duration = Duration::from_secs(3600);

/// A source of access tokens.
pub(crate) trait TokenSource: Debug + Send + Sync + 'static {
    /// Fetches a token.
    fn fetch(&self) -> impl Future<Output = Result<BasicTokenResponse>> + Send;
}

/// Returns credentials with the tokens of a source, of which the first is fetched now.
pub(crate) async fn credentials(source: impl TokenSource) -> Result<Credentials> {
    let token = Token::fetch(&source).await?;
    let cache = Cache {
        token,
        failure: None,
    };
    Ok(Credentials::from(Provider {
        source,
        cache: Mutex::new(cache),
    }))
}

#[derive(Debug)]
struct Provider<S> {
    source: S,
    cache: Mutex<Cache>,
}

#[derive(Debug)]
struct Cache {
    token: Token,
    /// The last failure, for those who were waiting for the same token.
    failure: Option<(Instant, CredentialsError)>,
}

#[derive(Clone, Debug)]
struct Token {
    tag: EntityTag,
    headers: HeaderMap,
    /// The time from which on it is replaced.
    stale_at: Instant,
    expires_at: Instant,
}

impl<S: TokenSource> CredentialsProvider for Provider<S> {
    async fn headers(
        &self,
        extensions: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let token = self.token().await?;
        Ok(match extensions.get::<EntityTag>() {
            Some(known) if *known == token.tag => CacheableResource::NotModified,
            _ => CacheableResource::New {
                entity_tag: token.tag,
                data: token.headers,
            },
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

impl<S: TokenSource> Provider<S> {
    /// Returns the current token, or else another one, which is fetched once for all callers.
    async fn token(&self) -> Result<Token, CredentialsError> {
        let called_at = Instant::now();
        let mut cache = self.cache.lock().await;
        if called_at < cache.token.stale_at {
            return Ok(cache.token.clone());
        }
        if let Some((failed_at, failure)) = &cache.failure
            && *failed_at >= called_at
        {
            return Err(failure.clone());
        }
        match Token::fetch(&self.source).await {
            Ok(token) => cache.token = token,
            Err(error) if error.is_transient() && called_at < cache.token.expires_at => {}
            Err(error) => {
                let failure = CredentialsError::from(error);
                cache.failure = Some((Instant::now(), failure.clone()));
                return Err(failure);
            }
        }
        Ok(cache.token.clone())
    }
}

impl Token {
    async fn fetch(source: &impl TokenSource) -> Result<Self> {
        let reply = source.fetch().await?;
        let value = format!("Bearer {}", reply.access_token().secret());
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| Error::Refused("the access token is not a header value".to_owned()))?;
        value.set_sensitive(true);
        let lifetime = reply.expires_in().unwrap_or(LIFETIME);
        let now = Instant::now();
        Ok(Self {
            tag: EntityTag::new(),
            headers: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
            stale_at: now + lifetime - MARGIN.min(lifetime / 2),
            expires_at: now + lifetime,
        })
    }
}
