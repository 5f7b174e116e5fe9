//! A login as it is stored.

use std::{collections::BTreeSet, fmt};

use oauth2::{RefreshToken, Scope, TokenResponse as _, basic::BasicTokenResponse};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    grant::{basic, refused},
    http::Http,
    oauth_client::OAuthClient,
    provider::TokenSource,
};

/// A login in the form `authorized_user`, which Google's libraries and tools read as well.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct StoredLogin {
    r#type: CredentialType,
    client_id: String,
    client_secret: String,
    pub(crate) refresh_token: String,
    token_uri: String,
    pub(crate) scopes: BTreeSet<String>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum CredentialType {
    AuthorizedUser,
}

impl fmt::Debug for StoredLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredLogin")
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

impl StoredLogin {
    /// Returns the login that a reply grants. A reply without scopes grants those requested.
    ///
    /// # Errors
    ///
    /// If the user did not grant all the scopes that are required.
    pub(crate) fn granted(
        reply: &BasicTokenResponse,
        client: &OAuthClient,
        requested: &[String],
        required: &[String],
    ) -> Result<Self> {
        let granted = match reply.scopes() {
            Some(scopes) => scopes.iter().map(|scope| canonical(scope)).collect(),
            None => canonicals(requested),
        };
        let required = canonicals(required);
        if !required.is_subset(&granted) {
            let missing = required.difference(&granted);
            return Err(Error::NotGranted(missing.cloned().collect()));
        }
        let token = reply.refresh_token().ok_or(Error::NotLasting)?;
        Ok(Self {
            r#type: CredentialType::AuthorizedUser,
            client_id: client.id.to_string(),
            client_secret: client.secret.secret().clone(),
            refresh_token: token.secret().clone(),
            token_uri: client.token.to_string(),
            scopes: granted,
        })
    }

    /// Reads a stored login. Returns `None` for text in another form.
    pub(crate) fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    pub(crate) fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|cause| Error::Configuration(cause.to_string()))
    }

    /// Returns whether the login grants these scopes.
    pub(crate) fn grants(&self, scopes: &[String]) -> bool {
        canonicals(scopes).is_subset(&self.scopes)
    }
}

fn canonicals(scopes: &[String]) -> BTreeSet<String> {
    scopes.iter().map(|scope| canonical(scope)).collect()
}

/// Returns the name by which Google grants a scope; two have a short one as well.
fn canonical(scope: &str) -> String {
    match scope {
        "email" | "profile" => format!("https://www.googleapis.com/auth/userinfo.{scope}"),
        _ => scope.to_owned(),
    }
}

/// Access tokens of a login, for these scopes only.
#[derive(Debug)]
pub(crate) struct Refresh {
    pub(crate) client: OAuthClient,
    pub(crate) http: Http,
    pub(crate) login: StoredLogin,
    pub(crate) scopes: Vec<String>,
}

impl TokenSource for Refresh {
    async fn fetch(&self) -> Result<BasicTokenResponse> {
        let token = RefreshToken::new(self.login.refresh_token.clone());
        let client = basic(&self.client);
        let request = client
            .exchange_refresh_token(&token)
            .add_scopes(self.scopes.iter().cloned().map(Scope::new));
        request.request_async(&self.http).await.map_err(refused)
    }
}
