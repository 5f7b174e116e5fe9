//! Universes: installations of Google Cloud with a domain of their own.

use google_cloud_gax::error::CredentialsError;
use tokio::sync::OnceCell;

use crate::{
    client::auth::Identity,
    error::{self, Result},
};

/// The domain of Google's public cloud.
pub(crate) const PUBLIC: &str = "googleapis.com";

/// The universe of a client, which has to be that of its credentials: tokens of one mean nothing in
/// another, and should not be shown there.
#[derive(Debug)]
pub(crate) struct Universe {
    domain: String,
    checked: OnceCell<()>,
}

impl Universe {
    pub(crate) fn new(domain: String) -> Self {
        Self {
            domain,
            checked: OnceCell::new(),
        }
    }

    /// A universe that any credentials, or none, will do for.
    pub(crate) fn unchecked(domain: String) -> Self {
        Self {
            domain,
            checked: OnceCell::new_with(Some(())),
        }
    }

    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }

    pub(crate) fn is_checked(&self) -> bool {
        self.checked.initialized()
    }

    /// Compares the universes before the first call. Not when the client is built, since
    /// credentials may have to ask a server for theirs.
    pub(crate) async fn check(&self, identity: &Identity) -> Result<()> {
        let check = || async {
            let own = identity.universe().await?;
            let own = own.as_deref().unwrap_or(PUBLIC);
            if own == self.domain {
                return Ok(());
            }
            let message = format!(
                "the client calls the universe {}, but its credentials are of {own}; \
                 `with_universe_domain` sets the client's,",
                self.domain
            );
            Err(error::authentication(CredentialsError::from_msg(
                false, message,
            )))
        };
        self.checked.get_or_try_init(check).await?;
        Ok(())
    }
}
