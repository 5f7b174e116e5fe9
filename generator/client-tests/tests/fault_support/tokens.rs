//! Credentials whose token is renewed when it was refused.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use google_cloud_auth::credentials::{CacheableResource, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use http::{Extensions, HeaderMap, HeaderValue, header};

/// What no output of any kind may hold.
pub(crate) const TOKEN: &str = "ya29.s3cr3tTokenOfTheFaultTests";

/// Each question that comes with the mark of the current token gets a newer one.
#[derive(Clone, Debug)]
pub(crate) struct Tokens(Arc<State>);

struct State {
    tags: Vec<EntityTag>,
    current: AtomicUsize,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

impl Default for Tokens {
    fn default() -> Self {
        Self(Arc::new(State {
            tags: (0..100).map(|_| EntityTag::new()).collect(),
            current: AtomicUsize::new(0),
        }))
    }
}

impl CredentialsProvider for Tokens {
    async fn headers(
        &self,
        extensions: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let Self(state) = self;
        let refused = extensions.get::<EntityTag>();
        let position = state.tags.iter().position(|tag| Some(tag) == refused);
        if let Some(position) = position {
            state
                .current
                .fetch_max((position + 1) % state.tags.len(), Ordering::SeqCst);
        }
        let current = state.current.load(Ordering::SeqCst);
        let value = HeaderValue::try_from(format!("Bearer {TOKEN}{current}")).unwrap();
        Ok(CacheableResource::New {
            entity_tag: state.tags[current].clone(),
            data: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}
