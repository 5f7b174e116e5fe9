//! Credentials whose token is refreshed after it is rejected.

use std::sync::{Arc, Mutex};

use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap, HeaderValue, header};

/// The secret that no output may contain.
pub(crate) const TOKEN: &str = "ya29.s3cr3tTokenOfTheFaultTests";

/// Credentials that return a newer token to a caller with the entity tag of the current one.
#[derive(Clone, Default)]
pub(crate) struct Tokens(Arc<Mutex<(u64, EntityTag)>>);

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

impl CredentialsProvider for Tokens {
    async fn headers(
        &self,
        extensions: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let mut current = self.0.lock().unwrap();
        if extensions.get() == Some(&current.1) {
            *current = (current.0 + 1, EntityTag::new());
        }
        let value = HeaderValue::try_from(format!("Bearer {TOKEN}{}", current.0)).unwrap();
        Ok(CacheableResource::New {
            entity_tag: current.1.clone(),
            data: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}
