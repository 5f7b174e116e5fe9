//! The headers that say who calls.

use std::borrow::Cow;

use google_cloud_auth::credentials::{
    self, CacheableResource, Credentials, EntityTag, anonymous, api_key_credentials,
};
use http::{Extensions, HeaderMap};

use crate::{Result, error, headers::USER_PROJECT, tls};

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
    pub(crate) credentials: Credentials,
    /// For messages: what the credentials are, after "by".
    source: Cow<'static, str>,
}

impl Identity {
    pub(crate) fn new(credentials: Credentials, source: impl Into<Cow<'static, str>>) -> Self {
        let source = source.into();
        Self {
            credentials,
            source,
        }
    }

    /// Nobody in particular.
    pub(crate) fn anonymous() -> Self {
        Self::new(anonymous::Builder::new().build(), "no credentials")
    }

    /// The bearer of a key.
    pub(crate) fn of_key(key: String) -> Self {
        Self::new(
            api_key_credentials::Builder::new(key).build(),
            "the API key",
        )
    }

    /// [Application Default Credentials](https://google.aip.dev/auth/4110).
    pub(crate) fn of_application(scopes: Vec<String>) -> Result<Self> {
        tls::install_crypto_provider()?;
        let mut builder = credentials::Builder::default();
        if !scopes.is_empty() {
            builder = builder.with_scopes(scopes);
        }
        let source = "Application Default Credentials";
        let place = match std::env::var_os("GOOGLE_APPLICATION_CREDENTIALS") {
            Some(file) => format!("the file {file:?} that GOOGLE_APPLICATION_CREDENTIALS names"),
            None => "gcloud's file or the metadata server".to_owned(),
        };
        let source = format!("{source} ({place})");
        match builder.build() {
            Ok(credentials) => Ok(Self::new(credentials, source)),
            Err(cause) => Err(error::no_credentials(&source, cause)),
        }
    }

    /// Headers of the token that the credentials hold, or fetch if they hold none.
    pub(crate) async fn authorize(&self) -> Result<Authorization> {
        let resource = self.credentials.headers(Extensions::new()).await;
        let resource = resource.map_err(|cause| error::no_token(&self.source, cause))?;
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

    /// Headers of a newer token than one that the service refused, if the credentials have it by
    /// now.
    ///
    /// Credentials refresh themselves in the background and cannot be told to; they can be asked
    /// whether they did.
    pub(crate) async fn renewed(&self, refused: &Authorization) -> Option<Authorization> {
        let mut extensions = Extensions::new();
        if let Some(tag) = &refused.tag {
            extensions.insert(tag.clone());
        }
        match self.credentials.headers(extensions).await.ok()? {
            CacheableResource::New { entity_tag, data } if data != refused.headers => {
                Some(Authorization {
                    headers: data,
                    tag: Some(entity_tag),
                })
            }
            _ => None,
        }
    }
}
