//! Service accounts that act for users of a Workspace domain.

mod assertion;
mod signer;

use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};

use discovery_runtime::{Client, ClientBuilder};
use google_cloud_auth::credentials::Credentials;
use oauth2::url::Url;
use serde_json::Value;

use crate::{
    error::{Error, Result},
    http::{self, Http},
    provider,
};
use assertion::Assertions;
use signer::Signer;

const TOKEN_URI: &str = "https://oauth2.googleapis.com/token";

/// A service account that acts for users of a Workspace domain, by
/// [domain-wide delegation](https://developers.google.com/identity/protocols/oauth2/service-account#delegatingauthority).
///
/// An administrator of the domain authorizes the client ID of the service account for each scope, on
/// [this page](https://admin.google.com/ac/owl/domainwidedelegation).
///
/// ```no_run
/// use discovery_login::Delegation;
/// use google_checks_v1alpha::{Checks, scopes};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let robot = Delegation::from_key_file("robot.json")?.with_scopes([scopes::CHECKS]);
/// let credentials = robot.credentials("ann@example.com").await?;
/// let checks = Checks::builder().with_credentials(credentials).build().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Delegation {
    signer: Signer,
    scopes: Vec<String>,
    token_uri: String,
    /// Built once for all users.
    http: Arc<OnceLock<Http>>,
}

impl Delegation {
    /// Lets a service account act by its key: the JSON, as a value or as text.
    ///
    /// # Errors
    ///
    /// If this is something else.
    pub fn from_key(key: impl Into<Value>) -> Result<Self> {
        Self::from_named_key(key.into(), "the service account key")
    }

    /// Lets a service account act by its key in this file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is something else.
    pub fn from_key_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let key = fs::read_to_string(path)
            .map_err(|cause| Error::Configuration(format!("cannot read {path:?}: {cause}")))?;
        Self::from_named_key(key.into(), &format!("{path:?}"))
    }

    /// Lets a service account act without a key: [IAM](Self::iam) signs for it.
    ///
    /// The identity of the program needs the role `roles/iam.serviceAccountTokenCreator` on the service
    /// account, which may be its own.
    ///
    /// ```no_run
    /// # use discovery_login::Delegation;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let iam = Delegation::iam().build().await?; // Application Default Credentials
    /// let robot = Delegation::keyless("robot@project.iam.gserviceaccount.com", iam);
    /// # Ok(())
    /// # }
    /// ```
    pub fn keyless(account: impl Into<String>, iam: Client) -> Self {
        Self {
            signer: Signer::iam(account.into(), iam),
            scopes: Vec::new(),
            token_uri: TOKEN_URI.to_owned(),
            http: Arc::default(),
        }
    }

    /// Starts building a client of the IAM Service Account Credentials API, by default with Application
    /// Default Credentials.
    pub fn iam() -> ClientBuilder<Client> {
        ClientBuilder::new(&signer::IAM)
    }

    /// Requests these scopes.
    pub fn with_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Fetches tokens here, instead of where the key says, or from Google.
    pub fn with_token_uri(mut self, uri: impl Into<String>) -> Self {
        self.token_uri = uri.into();
        self.http = Arc::default();
        self
    }

    /// Returns the credentials of a user, by the email address.
    ///
    /// # Errors
    ///
    /// If the service account may not act for the user, or the servers cannot be reached.
    pub async fn credentials(&self, user: impl Into<String>) -> Result<Credentials> {
        if self.scopes.is_empty() {
            return Err(Error::Configuration(
                "name the scopes that the program needs by `with_scopes`".to_owned(),
            ));
        }
        let url = http::endpoint(&self.token_uri)?;
        provider::credentials(Assertions {
            signer: self.signer.clone(),
            user: user.into(),
            scopes: self.scopes.clone(),
            http: self.http(&url)?,
            url,
        })
        .await
    }

    fn http(&self, url: &Url) -> Result<Http> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        let http = Http::new(url)?;
        Ok(self.http.get_or_init(|| http).clone())
    }

    fn from_named_key(key: Value, place: &str) -> Result<Self> {
        let key = match &key {
            Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
            _ => key,
        };
        let token_uri = key["token_uri"].as_str().unwrap_or(TOKEN_URI).to_owned();
        Ok(Self {
            signer: Signer::key(key, place)?,
            scopes: Vec::new(),
            token_uri,
            http: Arc::default(),
        })
    }
}
