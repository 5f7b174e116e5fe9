//! The login of a user.

use std::{fmt, path::Path, sync::Arc, time::Duration};

use google_cloud_auth::credentials::Credentials;

use crate::{
    error::{Error, Result, described},
    grant::GrantRequest,
    http::Http,
    oauth_client::OAuthClient,
    prompt::Prompt,
    provider,
    store::{FileStore, NamedStore, Store},
    stored::{Refresh, StoredLogin},
};

/// The time that a user has to log in.
const TIMEOUT: Duration = Duration::from_secs(600);

/// The login of a user to a program.
///
/// It is stored, so that the user logs in once: by default in a file that only the user of the operating
/// system can read.
///
/// ```no_run
/// use discovery_login::Login;
/// use google_checks_v1alpha::{Checks, scopes};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let login = Login::from_file("client_secret.json")?.with_scopes([scopes::CHECKS]);
/// let credentials = login.credentials().await?;
/// let checks = Checks::builder().with_credentials(credentials).build().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct Login {
    client: OAuthClient,
    scopes: Vec<String>,
    account: Option<String>,
    is_on_device: bool,
    store: Arc<dyn Store>,
    prompt: Arc<dyn Fn(Prompt<'_>) + Send + Sync>,
    timeout: Duration,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("client", &self.client)
            .field("scopes", &self.scopes)
            .field("account", &self.account)
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Login {
    /// Starts a login to this OAuth client.
    pub fn new(client: OAuthClient) -> Self {
        Self {
            client,
            scopes: Vec::new(),
            account: None,
            is_on_device: false,
            store: Arc::new(FileStore::default()),
            prompt: Arc::new(|prompt: Prompt<'_>| prompt.show()),
            timeout: TIMEOUT,
        }
    }

    /// Starts a login to the OAuth client in this file, as [`OAuthClient::from_file`] reads it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is something else.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        OAuthClient::from_file(path).map(Self::new)
    }

    /// Requests these scopes, all of which the user has to grant: name as few as the program needs.
    pub fn with_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Logs in to this account, by its email address, and stores its login apart from those of others.
    pub fn with_account(mut self, email: impl Into<String>) -> Self {
        self.account = Some(email.into());
        self
    }

    /// Lets the user log in on another device, by entering a code. Google allows
    /// [few scopes](https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes)
    /// for this, and has a type of OAuth client for it.
    pub fn with_device_flow(mut self) -> Self {
        self.is_on_device = true;
        self
    }

    /// Stores logins elsewhere.
    pub fn with_store(mut self, store: impl Store) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// Shows the address of the login page to the user in another way than [`Prompt::show`].
    pub fn with_prompt(mut self, prompt: impl Fn(Prompt<'_>) + Send + Sync + 'static) -> Self {
        self.prompt = Arc::new(prompt);
        self
    }

    /// Waits this long for the user to log in. The default is ten minutes.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Returns the credentials of the user, who logs in if there is no login for these scopes.
    ///
    /// # Errors
    ///
    /// If the user does not log in, or the servers cannot be reached.
    pub async fn credentials(&self) -> Result<Credentials> {
        match self.stored_credentials().await {
            Err(Error::NotLoggedIn | Error::Ended) => self.log_in().await,
            result => result,
        }
    }

    /// Returns the credentials of a user who has logged in before, for a program without a user.
    ///
    /// # Errors
    ///
    /// [`Error::NotLoggedIn`] if there is no login for these scopes, [`Error::Ended`] if it has expired
    /// or was revoked; and if the servers cannot be reached.
    pub async fn stored_credentials(&self) -> Result<Credentials> {
        let login = self.load().await?.ok_or(Error::NotLoggedIn)?;
        match login.grants(self.named_scopes()?) {
            true => self.refreshing(login).await,
            false => Err(Error::NotLoggedIn),
        }
    }

    /// Lets the user log in, even if there is a login, and returns the credentials.
    ///
    /// Scopes of the earlier login are requested again, since other runs of the program may need them.
    ///
    /// # Errors
    ///
    /// If the user does not log in, or the servers cannot be reached.
    pub async fn log_in(&self) -> Result<Credentials> {
        let mut scopes = self.named_scopes()?.to_vec();
        if let Some(earlier) = self.load().await? {
            let others = earlier.scopes.into_iter();
            scopes.extend(others.filter(|scope| !self.scopes.contains(scope)));
        }
        let request = GrantRequest {
            client: &self.client,
            http: &Http::new(&self.client.token)?,
            scopes: &scopes,
            account: self.account.as_deref(),
            prompt: &*self.prompt,
            timeout: self.timeout,
        };
        let reply = match self.is_on_device {
            true => request.on_device().await?,
            false => request.in_browser().await?,
        };
        let login = StoredLogin::granted(&reply, &self.client, &scopes, &self.scopes)?;
        self.named_store().save(login.to_json()?).await?;
        self.refreshing(login).await
    }

    /// Revokes the access of the program to the account, and deletes the login. Does nothing if nobody
    /// is logged in.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached; then the login is kept, so that it can be revoked later.
    pub async fn log_out(&self) -> Result<()> {
        if let Some(login) = self.load().await? {
            self.revoke(&login).await?;
        }
        self.named_store().delete().await
    }

    async fn revoke(&self, login: &StoredLogin) -> Result<()> {
        let url = &self.client.revocation;
        let http = Http::new(url)?;
        let reply = http.post(url, &[("token", &login.refresh_token)]).await?;
        let error: oauth2::basic::BasicErrorResponse = match serde_json::from_slice(reply.body()) {
            _ if reply.status().is_success() => return Ok(()),
            Ok(error) => error,
            Err(_) => return Err(Error::NotOAuth),
        };
        let code = error.error().to_string();
        match code.as_str() {
            // It has been revoked before, or has expired.
            "invalid_token" => Ok(()),
            _ => {
                let description = error.error_description().map(String::as_str);
                Err(Error::Refused(described(&code, description)))
            }
        }
    }

    async fn refreshing(&self, login: StoredLogin) -> Result<Credentials> {
        provider::credentials(Refresh {
            client: self.client.clone(),
            http: Http::new(&self.client.token)?,
            login,
            scopes: self.scopes.clone(),
        })
        .await
    }

    async fn load(&self) -> Result<Option<StoredLogin>> {
        let json = self.named_store().load().await?;
        Ok(json.as_deref().and_then(StoredLogin::from_json))
    }

    fn named_store(&self) -> NamedStore {
        let id = self.client.id.as_str();
        NamedStore {
            store: self.store.clone(),
            name: match &self.account {
                Some(account) => format!("{id} {account}"),
                None => id.to_owned(),
            },
        }
    }

    fn named_scopes(&self) -> Result<&[String]> {
        match self.scopes.is_empty() {
            false => Ok(&self.scopes),
            true => Err(Error::Configuration(
                "name the scopes that the program needs by `with_scopes`".to_owned(),
            )),
        }
    }
}
