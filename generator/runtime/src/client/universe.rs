//! Universes: installations of Google Cloud with their own domains.

use google_cloud_gax::error::CredentialsError;
use tokio::sync::OnceCell;

use crate::{
    client::{auth::Credentials, domain},
    description::service::PUBLIC_UNIVERSE,
    error::{self, Result, invalid::excerpt},
};

/// The universe of a client, which has to be that of its credentials: tokens are worthless in another
/// universe, and should not be sent there.
#[derive(Debug)]
pub(crate) struct Universe {
    domain: String,
    checked: OnceCell<()>,
}

impl Universe {
    /// The universe with this domain.
    ///
    /// # Errors
    ///
    /// If the text is not a domain.
    pub(crate) fn new(domain: &str) -> Result<Self> {
        let Some(domain) = domain::normalized(domain) else {
            let shown = excerpt(domain);
            return Err(error::configuration(format!(
                "the universe domain {shown} is not a domain such as {PUBLIC_UNIVERSE}"
            )));
        };
        Ok(Self {
            domain,
            checked: OnceCell::new(),
        })
    }

    /// Returns the universe, which is then not compared with that of the credentials.
    pub(crate) fn unchecked(self) -> Self {
        Self {
            checked: OnceCell::new_with(Some(())),
            ..self
        }
    }

    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }

    pub(crate) fn is_checked(&self) -> bool {
        self.checked.initialized()
    }

    /// Compares the universes before the first call, not when the client is built, since credentials
    /// may have to fetch theirs from a server.
    pub(crate) async fn check(&self, credentials: &Credentials) -> Result<()> {
        let check = || async {
            let own = credentials.universe().await?;
            let own = own.as_deref().filter(|own| !own.is_empty());
            let own = own.unwrap_or(PUBLIC_UNIVERSE);
            if own.eq_ignore_ascii_case(&self.domain) {
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
