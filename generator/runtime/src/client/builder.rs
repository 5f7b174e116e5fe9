//! Builds clients.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use google_cloud_auth::credentials;
use google_cloud_gax::{
    backoff_policy::BackoffPolicyArg, polling_backoff_policy::PollingBackoffPolicyArg,
    polling_error_policy::PollingErrorPolicyArg, retry_policy::RetryPolicyArg,
    retry_throttler::RetryThrottlerArg,
};
use http::HeaderMap;

use crate::{
    client::{
        Client, Config,
        auth::Credentials,
        endpoint::Endpoint,
        policies::{PollingConfig, RetryConfig},
        tls,
        universe::Universe,
    },
    description::service::{PUBLIC_UNIVERSE, Service},
    error::{self, Result, invalid::InvalidRequest},
    request::headers,
    transport::{
        Transport,
        http_transport::{Carrier, HttpTransport},
    },
};

/// The default limit of a response in memory, in bytes.
const MAX_RESPONSE_SIZE: usize = 256 * 1024 * 1024;

/// Builds a client of a service.
///
/// By default the client calls the service's own endpoint with
/// [Application Default Credentials](https://cloud.google.com/docs/authentication/application-default-credentials).
#[must_use]
pub struct ClientBuilder<T> {
    service: &'static Service,
    endpoint: Option<String>,
    insecure: bool,
    universe: Option<String>,
    credentials: Option<CredentialsArg>,
    scopes: Option<Vec<String>>,
    user_agent: Option<String>,
    quota_project: Option<String>,
    carrier: Option<Carrier>,
    fake: bool,
    retry: RetryConfig,
    polling: PollingConfig,
    max_response_size: usize,
    client: PhantomData<fn() -> T>,
}

/// The credentials that the caller set.
enum CredentialsArg {
    Custom(credentials::Credentials),
    ApiKey(String),
}

impl<T: From<Client>> ClientBuilder<T> {
    /// Starts building a client of a service.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            endpoint: None,
            insecure: false,
            universe: None,
            credentials: None,
            scopes: None,
            user_agent: None,
            quota_project: None,
            carrier: None,
            fake: false,
            retry: RetryConfig::default(),
            polling: PollingConfig::default(),
            max_response_size: MAX_RESPONSE_SIZE,
            client: PhantomData,
        }
    }

    /// Calls this URL instead of the service's root URL: an emulator, a proxy or a private
    /// endpoint. Uploads and downloads use it as well.
    ///
    /// Plain `http` is limited to this machine, unless
    /// [`with_insecure_endpoint_allowed`](Self::with_insecure_endpoint_allowed) is called.
    pub fn with_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Allows plain `http` for an endpoint on another machine. Credentials are then sent in the
    /// clear.
    pub fn with_insecure_endpoint_allowed(mut self) -> Self {
        self.insecure = true;
        self
    }

    /// Calls the service in another
    /// [universe](https://docs.cloud.google.com/universe/docs) than `googleapis.com`.
    pub fn with_universe_domain(mut self, domain: impl Into<String>) -> Self {
        self.universe = Some(domain.into());
        self
    }

    /// Uses these credentials instead of Application Default Credentials.
    ///
    /// Credentials that sign or fetch tokens need a default provider of cryptography. This function
    /// installs that of this crate, if there is one and the program has none. Credentials that fetch
    /// a token as soon as they are built need it earlier: see
    /// [`install_crypto_provider`](crate::install_crypto_provider).
    ///
    /// A token that the service refuses is replaced only if these credentials have a newer one by
    /// then. Application Default Credentials, in contrast, are rebuilt to get another token.
    pub fn with_credentials(mut self, credentials: impl Into<credentials::Credentials>) -> Self {
        // Not all credentials need it. Those that do report an error when they are used.
        let _ = tls::install_crypto_provider();
        self.credentials = Some(CredentialsArg::Custom(credentials.into()));
        self
    }

    /// Uses an [API key](https://docs.cloud.google.com/docs/authentication/api-keys), in the
    /// header `x-goog-api-key`. Most services that hold users' data do not accept one.
    pub fn with_api_key(mut self, key: impl Into<String>) -> Self {
        self.credentials = Some(CredentialsArg::ApiKey(key.into()));
        self
    }

    /// Requests these OAuth 2.0 scopes instead of the service's own, if Application Default
    /// Credentials are used.
    pub fn with_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Charges quota to this project, with the header `x-goog-user-project`.
    pub fn with_quota_project(mut self, project: impl Into<String>) -> Self {
        self.quota_project = Some(project.into());
        self
    }

    /// Prepends this to the package's name and version in `User-Agent`.
    pub fn with_user_agent(mut self, agent: impl Into<String>) -> Self {
        self.user_agent = Some(agent.into());
        self
    }

    /// Sends requests with this HTTP client: for a proxy, client certificates or another TLS
    /// library.
    ///
    /// The settings of a [`reqwest`] client cannot be inspected, so these are up to its builder:
    ///
    /// * It must not follow redirects: set [`reqwest::redirect::Policy::none`]. Following one may
    ///   turn a `POST` into a `GET`. It sends everything but `Authorization` and cookies to another
    ///   host: an API key in `x-goog-api-key` or in the query, and, for 307 and 308, the body. A
    ///   reply after a redirect is an error, but by then the request has been sent; and a redirect to
    ///   the very URL that was called cannot be told from its reply.
    /// * It must not decompress replies, if any crate enables that in [`reqwest`]: set `no_gzip()`.
    ///   Ranges and checksums of media count the bytes as they are stored.
    /// * Its `retry` is best left unset: by default it resends requests that the server refused to
    ///   process. Other retries of its own are not counted as attempts, do not wait, and ignore
    ///   `with_idempotency`.
    /// * Its `timeout` and `read_timeout` end attempts in the same way as
    ///   [`with_attempt_timeout`](Self::with_attempt_timeout), and also uploads, downloads and waits
    ///   for operations, whatever is set for them.
    /// * Unless it has another TLS library, it needs a default provider of cryptography before it is
    ///   built: see [`install_crypto_provider`](crate::install_crypto_provider).
    pub fn with_http_client(mut self, client: reqwest::Client) -> Self {
        self.carrier = Some(Carrier::Http(HttpTransport::custom(client)));
        self.fake = false;
        self
    }

    /// Sends requests with this transport: for tests without a network. No credentials are used
    /// unless some are set.
    pub fn with_transport(mut self, transport: impl Transport) -> Self {
        self.carrier = Some(Carrier::Custom(Arc::new(transport)));
        self.fake = true;
        self
    }

    /// Decides which errors are retried, and for how long.
    ///
    /// The default follows [AIP-194](https://google.aip.dev/194), for at most ten attempts and
    /// sixty seconds. A time limit set here also ends an attempt under way.
    pub fn with_retry_policy(mut self, policy: impl Into<RetryPolicyArg>) -> Self {
        self.retry.policy = Some(policy.into().into());
        self
    }

    /// Decides how long to wait between attempts: by default a random time of at most one second,
    /// doubled each time up to sixty seconds.
    pub fn with_backoff_policy(mut self, policy: impl Into<BackoffPolicyArg>) -> Self {
        self.retry.backoff = policy.into().into();
        self
    }

    /// Holds retries back while many of the client's calls fail.
    pub fn with_retry_throttler(mut self, throttler: impl Into<RetryThrottlerArg>) -> Self {
        self.retry.throttler = throttler.into().into();
        self
    }

    /// Decides which errors end the polling of a long-running operation. By default polling continues
    /// after `UNAVAILABLE` and after I/O errors, without limit.
    pub fn with_polling_error_policy(mut self, policy: impl Into<PollingErrorPolicyArg>) -> Self {
        self.polling.set_errors(policy.into());
        self
    }

    /// Decides how long to wait between polls of a long-running operation: by default one second,
    /// doubled each time up to sixty seconds.
    pub fn with_polling_backoff_policy(
        mut self,
        policy: impl Into<PollingBackoffPolicyArg>,
    ) -> Self {
        self.polling.set_backoff(policy.into());
        self
    }

    /// Ends an attempt that takes longer. By default there is no limit.
    pub fn with_attempt_timeout(mut self, timeout: impl Into<Duration>) -> Self {
        self.retry.attempt_timeout = Some(timeout.into());
        self
    }

    /// Refuses responses of more bytes than this, after decompression, and those whose messages take
    /// more than four times as much memory: short text such as `[{},{}]` can become a hundred times as
    /// large. The default is 256 MiB. Downloads of media are not limited.
    pub fn with_max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Builds the client. The service is not called yet, but credentials may fetch a token.
    ///
    /// # Errors
    ///
    /// If the endpoint, the API key or a header is invalid, there are no credentials, or TLS cannot
    /// be set up.
    pub async fn build(self) -> Result<T> {
        let universe = self.universe.as_deref().unwrap_or(PUBLIC_UNIVERSE);
        let endpoint = match &self.endpoint {
            Some(endpoint) => Endpoint::custom(endpoint, self.insecure)?,
            None => Endpoint::of(self.service, universe)?,
        };
        let headers = self.headers()?;
        let universe = universe.to_owned();
        let (universe, credentials) = match self.credentials {
            None if self.fake => (Universe::unchecked(universe), Credentials::anonymous()),
            None => {
                let own = || self.service.scopes().iter().copied();
                let scopes = self
                    .scopes
                    .unwrap_or_else(|| own().map(str::to_owned).collect());
                (
                    Universe::new(universe),
                    Credentials::application_default(scopes)?,
                )
            }
            Some(CredentialsArg::Custom(credentials)) => (
                Universe::new(universe),
                Credentials::new(credentials, "the credentials that the client was given"),
            ),
            // A key belongs to a project, and has no universe.
            Some(CredentialsArg::ApiKey(key)) => {
                (Universe::unchecked(universe), Credentials::api_key(key)?)
            }
        };
        let carrier = match self.carrier {
            Some(carrier) => carrier,
            None => Carrier::Http(HttpTransport::new(tls::http_client(&endpoint)?)),
        };
        Ok(T::from(Client(Arc::new(Config {
            service: self.service,
            endpoint,
            carrier,
            credentials,
            universe,
            headers,
            retry: self.retry,
            polling: self.polling,
            max_response_size: self.max_response_size,
        }))))
    }

    fn headers(&self) -> Result<HeaderMap> {
        let agent = self.user_agent.as_deref();
        let project = self.quota_project.as_deref();
        headers::of_client(self.service, agent, project).map_err(|problem| {
            error::invalid_request(InvalidRequest::new(self.service.name(), problem))
        })
    }
}

impl<T> fmt::Debug for ClientBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", &self.service.name())
            .field("version", &self.service.version())
            .finish_non_exhaustive()
    }
}
