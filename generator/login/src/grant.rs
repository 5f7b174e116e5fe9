//! The two ways in which a user grants access to a program: in a browser, or on another device.

use std::{fmt, io, time::Duration};

use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, CsrfToken, DeviceAuthorizationUrl, EndpointNotSet,
    EndpointSet, ErrorResponseType, PkceCodeChallenge, RedirectUrl, RequestTokenError, Scope,
    StandardDeviceAuthorizationResponse, StandardErrorResponse, TokenUrl,
    basic::{BasicClient, BasicTokenResponse},
};
use tokio::time;

use crate::{
    error::{Error, Result},
    http::Http,
    oauth_client::OAuthClient,
    prompt::Prompt,
    redirect::{RedirectPage, Returned},
};

/// A request for access.
pub(crate) struct GrantRequest<'a> {
    pub(crate) client: &'a OAuthClient,
    pub(crate) http: &'a Http,
    pub(crate) scopes: &'a [String],
    pub(crate) account: Option<&'a str>,
    pub(crate) prompt: &'a (dyn Fn(Prompt<'_>) + Send + Sync),
    pub(crate) timeout: Duration,
}

impl GrantRequest<'_> {
    /// Waits until the user has logged in in a browser on this machine: RFC 8252, with the proof
    /// of RFC 7636 that the code comes back to the program that requested it.
    pub(crate) async fn in_browser(&self) -> Result<BasicTokenResponse> {
        let page = RedirectPage::open().await.map_err(cannot_listen)?;
        let redirect = RedirectUrl::new(page.url().to_owned());
        let redirect = redirect.map_err(|cause| Error::Configuration(cause.to_string()))?;
        let client = basic(self.client)
            .set_auth_uri(AuthUrl::from_url(self.client.authorization.clone()))
            .set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(self.scopes())
            .set_pkce_challenge(challenge)
            .add_extra_param("access_type", "offline");
        if let Some(account) = self.account {
            request = request.add_extra_param("login_hint", account);
        }
        let (url, state) = request.url();
        (self.prompt)(Prompt::Browser { url: url.as_str() });
        let returned = time::timeout(self.timeout, page.returned(state.secret())).await;
        let returned = returned.map_err(|_| Error::TimedOut(self.timeout))?;
        let code = match returned.map_err(cannot_listen)? {
            Returned::Code(code) => AuthorizationCode::new(code),
            Returned::Error(code) => return Err(Error::from_code(&code, None)),
        };
        let exchange = client.exchange_code(code).set_pkce_verifier(verifier);
        exchange.request_async(self.http).await.map_err(refused)
    }

    /// Waits until the user has entered a code on another device: RFC 8628.
    pub(crate) async fn on_device(&self) -> Result<BasicTokenResponse> {
        let url = DeviceAuthorizationUrl::from_url(self.client.device_authorization.clone());
        let client = basic(self.client).set_device_authorization_url(url);
        let request = client.exchange_device_code().add_scopes(self.scopes());
        let reply = request.request_async(self.http).await;
        let device: StandardDeviceAuthorizationResponse = reply.map_err(refused)?;
        (self.prompt)(Prompt::Device {
            url: device.verification_uri().as_str(),
            code: device.user_code().secret(),
        });
        let poll = client.exchange_device_access_token(&device);
        let timeout = self.timeout.min(device.expires_in());
        let polled = poll
            .request_async(self.http, time::sleep, Some(timeout))
            .await;
        polled.map_err(|error| match refused(error) {
            Error::TimedOut(_) => Error::TimedOut(timeout),
            error => error,
        })
    }

    fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.scopes.iter().cloned().map(Scope::new)
    }
}

fn cannot_listen(cause: io::Error) -> Error {
    Error::Configuration(format!(
        "cannot listen on this machine: {cause}; log in by `with_device_flow`"
    ))
}

type Basic =
    BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Returns the OAuth client for requests of tokens. Its secret is sent in the body, as Google does.
pub(crate) fn basic(client: &OAuthClient) -> Basic {
    BasicClient::new(client.id.clone())
        .set_client_secret(client.secret.clone())
        .set_token_uri(TokenUrl::from_url(client.token.clone()))
        .set_auth_type(AuthType::RequestBody)
}

/// Returns the error of a request for a token. It holds nothing of a reply that was not understood.
pub(crate) fn refused<T>(error: RequestTokenError<Error, StandardErrorResponse<T>>) -> Error
where
    T: ErrorResponseType + fmt::Display + 'static,
{
    match error {
        RequestTokenError::ServerResponse(reply) => {
            let description = reply.error_description().map(String::as_str);
            match reply.error().to_string().as_str() {
                "expired_token" => Error::TimedOut(Duration::ZERO),
                code => Error::from_code(code, description),
            }
        }
        RequestTokenError::Request(error) => error,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Error::NotOAuth,
    }
}
