//! Tokens for assertions that a service account has signed: RFC 7523.

use std::time::{Duration, SystemTime};

use http::header::DATE;
use oauth2::{
    HttpResponse,
    basic::{BasicErrorResponse, BasicTokenResponse},
    url::Url,
};
use serde_json::{Value, json};

use super::signer::Signer;
use crate::{
    error::{Error, Result, described},
    http::Http,
    provider::TokenSource,
};

/// The longest lifetime that Google accepts.
const LIFETIME: Duration = Duration::from_secs(3600);
/// Assertions begin to be valid in the past: a clock that is ahead by less does no harm.
const SKEW: Duration = Duration::from_secs(10);
/// The difference between two clocks from which on it is the reason of a refusal.
const WRONG_CLOCK: Duration = Duration::from_secs(60);

/// A service account that asserts to act for a user.
#[derive(Debug)]
pub(super) struct Assertions {
    pub(super) signer: Signer,
    pub(super) user: String,
    pub(super) scopes: Vec<String>,
    pub(super) url: Url,
    pub(super) http: Http,
}

impl TokenSource for Assertions {
    async fn fetch(&self) -> Result<BasicTokenResponse> {
        let assertion = self.signer.sign(&self.claims()?).await?;
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", &assertion),
        ];
        let reply = self.http.post(&self.url, &form).await?;
        let not_oauth = |_| Error::NotOAuth;
        if reply.status().is_success() {
            return serde_json::from_slice(reply.body()).map_err(not_oauth);
        }
        let error = serde_json::from_slice(reply.body()).map_err(not_oauth)?;
        Err(self.refused(&reply, &error))
    }
}

impl Assertions {
    fn claims(&self) -> Result<Value> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        // A clock before 1970.
        let now = now.map_err(|error| Error::WrongClock(error.duration()))?;
        let issued_at = now.saturating_sub(SKEW);
        Ok(json!({
            "iss": self.signer.account,
            "sub": self.user,
            "scope": self.scopes.join(" "),
            "aud": self.url.as_str(),
            "iat": issued_at.as_secs(),
            "exp": (issued_at + LIFETIME).as_secs(),
        }))
    }

    fn refused(&self, reply: &HttpResponse, error: &BasicErrorResponse) -> Error {
        let code = error.error().to_string();
        let description = error.error_description().map(String::as_str);
        let text = description.unwrap_or_default().to_lowercase();
        match code.as_str() {
            "invalid_grant" => match skew(reply) {
                Some(skew) if skew >= WRONG_CLOCK => Error::WrongClock(skew),
                _ if text.contains("user id") => Error::UnknownUser(self.user.clone()),
                _ if text.contains("signature") || text.contains("account not found") => {
                    Error::KeyRefused(self.signer.account.clone())
                }
                _ => Error::Refused(described(&code, description)),
            },
            "unauthorized_client" | "access_denied" => Error::NotDelegated {
                account: self.signer.account.clone(),
                client: self.signer.client.clone(),
                user: self.user.clone(),
                scopes: self.scopes.join(","),
            },
            _ => Error::Refused(described(&code, description)),
        }
    }
}

/// Returns the difference between the server's clock and this machine's.
fn skew(reply: &HttpResponse) -> Option<Duration> {
    let date = reply.headers().get(DATE)?.to_str().ok()?;
    let server = httpdate::parse_http_date(date).ok()?;
    let difference = server.duration_since(SystemTime::now());
    Some(difference.unwrap_or_else(|error| error.duration()))
}
