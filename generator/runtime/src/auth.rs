//! The headers that say who calls.

use google_cloud_auth::credentials::{CacheableResource, Credentials, EntityTag};
use http::{Extensions, HeaderMap};

use crate::{Result, error, headers::USER_PROJECT};

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

/// Headers of the token that the credentials hold, or fetch if they hold none.
pub(crate) async fn authorize(credentials: &Credentials) -> Result<Authorization> {
    let resource = credentials.headers(Extensions::new()).await;
    Ok(match resource.map_err(error::authentication)? {
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

/// Headers of a newer token than one that the service refused, if the credentials have it by now.
///
/// Credentials refresh themselves in the background and cannot be told to; they can be asked
/// whether they did.
pub(crate) async fn renewed(
    credentials: &Credentials,
    refused: &Authorization,
) -> Option<Authorization> {
    let mut extensions = Extensions::new();
    if let Some(tag) = &refused.tag {
        extensions.insert(tag.clone());
    }
    match credentials.headers(extensions).await.ok()? {
        CacheableResource::New { entity_tag, data } if data != refused.headers => {
            Some(Authorization {
                headers: data,
                tag: Some(entity_tag),
            })
        }
        _ => None,
    }
}
