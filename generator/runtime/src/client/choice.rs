//! The credentials that a client is built with.

use google_cloud_auth::credentials;

use super::{auth::Credentials, service_account::Key};
use crate::error::Result;

/// The caller's choice of credentials.
pub(super) enum Choice {
    ApplicationDefault,
    Anonymous,
    Custom(credentials::Credentials),
    ApiKey(String),
    ServiceAccount(Key),
}

impl Choice {
    /// Returns whether the credentials are of a universe. An API key belongs to a project.
    pub(super) fn has_universe(&self) -> bool {
        !matches!(self, Self::Anonymous | Self::ApiKey(_))
    }

    /// Builds the credentials. Those that the caller built have scopes of their own.
    pub(super) async fn build(self, scopes: Vec<String>) -> Result<Credentials> {
        match self {
            Self::ApplicationDefault => Credentials::application_default(scopes).await,
            Self::Anonymous => Ok(Credentials::anonymous()),
            Self::Custom(credentials) => Ok(Credentials::new(
                credentials,
                "the credentials that the client was given",
            )),
            Self::ApiKey(key) => Credentials::api_key(key),
            Self::ServiceAccount(key) => Credentials::service_account(key, scopes).await,
        }
    }
}
