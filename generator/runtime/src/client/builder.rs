//! Builds clients.

use std::{fmt, marker::PhantomData, path::PathBuf, sync::Arc, time::Duration};

use google_cloud_auth::credentials;
use google_cloud_gax::{
    backoff_policy::BackoffPolicyArg, polling_backoff_policy::PollingBackoffPolicyArg,
    polling_error_policy::PollingErrorPolicyArg, retry_policy::RetryPolicyArg,
    retry_throttler::RetryThrottlerArg,
};
use http::HeaderMap;
use serde_json::Value;

use crate::{
    client::{
        Client, Config,
        choice::Choice,
        endpoint::Endpoint,
        policies::{PollingConfig, RetryConfig},
        service_account::Key,
        tls,
        universe::Universe,
    },
    description::service::{PUBLIC_UNIVERSE, Service},
    error::{self, Result, invalid::InvalidRequest},
    request::headers,
    transport::{
        DynTransport, Transport,
        http_transport::{Carrier, HttpTransport},
    },
};

/// The default limit of a response in memory, in bytes.
const MAX_RESPONSE_SIZE: usize = 256 * 1024 * 1024;
/// The default limit for a silent connection.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);

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
    credentials: Option<Choice>,
    scopes: Option<Vec<String>>,
    user_agent: Option<String>,
    quota_project: Option<String>,
    connection: Connection,
    retry: RetryConfig,
    polling: PollingConfig,
    idle_timeout: Option<Duration>,
    max_response_size: usize,
    client: PhantomData<fn() -> T>,
}

/// The way to the network.
enum Connection {
    /// The HTTP client of this crate.
    Default,
    /// An HTTP client of the caller's.
    Http(Box<reqwest::ClientBuilder>),
    /// A transport of the caller's.
    Custom(Arc<dyn DynTransport>),
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
            connection: Connection::Default,
            retry: RetryConfig::default(),
            polling: PollingConfig::default(),
            idle_timeout: Some(IDLE_TIMEOUT),
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
    /// [universe](https://docs.cloud.google.com/universe/docs) than `googleapis.com`, by its domain.
    pub fn with_universe_domain(mut self, domain: impl Into<String>) -> Self {
        self.universe = Some(domain.into());
        self
    }

    /// Uses these credentials instead of Application Default Credentials.
    ///
    /// For a service account,
    /// [`with_service_account_file`](Self::with_service_account_file) or
    /// [`with_service_account_key`](Self::with_service_account_key) are simpler: they request the
    /// scopes of the service, and need nothing else. Any other credentials of [`google_cloud_auth`]
    /// have scopes of their own, which [`with_scopes`](Self::with_scopes) does not change.
    ///
    /// Credentials that sign or fetch tokens need a default provider of cryptography. This function
    /// installs that of this crate, if there is one and the program has none. Credentials that fetch
    /// a token as soon as they are built need it earlier: see
    /// [`install_crypto_provider`](crate::install_crypto_provider).
    ///
    /// A token that the service refuses is replaced only if these credentials have a newer one by
    /// then. The client's own credentials, in contrast, are rebuilt to get another token.
    pub fn with_credentials(mut self, credentials: impl Into<credentials::Credentials>) -> Self {
        // Not all credentials need it. Those that do report an error when they are used.
        let _ = tls::install_crypto_provider();
        self.credentials = Some(Choice::Custom(credentials.into()));
        self
    }

    /// Uses the [key](https://docs.cloud.google.com/iam/docs/keys-create-delete) of a service account:
    /// its JSON, as a value or as text, which may be in base64 as in the variables of build systems. It
    /// signs the client's tokens, for
    /// [`with_scopes`](Self::with_scopes) or else the scopes of the service.
    ///
    /// [`build`](Self::build) fails if the key cannot sign.
    pub fn with_service_account_key(mut self, key: impl Into<Value>) -> Self {
        self.credentials = Some(Choice::ServiceAccount(Key::Json(key.into())));
        self
    }

    /// Uses the key of a service account in this file, as for
    /// [`with_service_account_key`](Self::with_service_account_key). [`build`](Self::build) reads it.
    pub fn with_service_account_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.credentials = Some(Choice::ServiceAccount(Key::File(path.into())));
        self
    }

    /// Uses an [API key](https://docs.cloud.google.com/docs/authentication/api-keys), in the
    /// header `x-goog-api-key`. Most services that hold users' data do not accept one.
    pub fn with_api_key(mut self, key: impl Into<String>) -> Self {
        self.credentials = Some(Choice::ApiKey(key.into()));
        self
    }

    /// Requests these OAuth 2.0 scopes instead of the service's own, with Application Default
    /// Credentials and with the key of a service account.
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
    /// library. [`build`](Self::build) builds it.
    ///
    /// Two settings are the client's own, whatever the builder has. It follows no redirects, since that
    /// may turn a `POST` into a `GET`, and sends an API key and the body to another host. It
    /// decompresses no replies, since ranges and checksums of media count the bytes as they are stored.
    ///
    /// * Its `retry` is best left unset: by default it resends requests that the server refused to
    ///   process. Other retries of its own are not counted as attempts, do not wait, and ignore
    ///   `with_idempotency`.
    /// * Its `timeout` and `read_timeout` end attempts in the same way as
    ///   [`with_attempt_timeout`](Self::with_attempt_timeout), and also uploads, downloads and waits
    ///   for operations, whatever is set for them.
    ///
    /// [`http_client_builder`](crate::http_client_builder) starts with the defaults of the client:
    ///
    /// ```
    /// use discovery_runtime::{Client, ClientBuilder, Result, http_client_builder, reqwest};
    /// # use discovery_runtime::Service;
    /// # static SERVICE: Service = Service::new("images", "v1", "https://images.example.com/");
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
    /// let http = http_client_builder()?.proxy(proxy);
    /// // A generated client has a `builder` of its own for this.
    /// let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_http_client(http);
    /// # let client = builder.with_api_key("key").build().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_http_client(mut self, client: reqwest::ClientBuilder) -> Self {
        self.connection = Connection::Http(Box::new(client));
        self
    }

    /// Sends requests with this transport: for tests without a network. No credentials are used
    /// unless some are set.
    pub fn with_transport(mut self, transport: impl Transport) -> Self {
        self.connection = Connection::Custom(Arc::new(transport));
        self
    }

    /// Decides which errors are retried, and for how long.
    ///
    /// The default follows [AIP-194](https://google.aip.dev/194), for at most ten attempts and
    /// sixty seconds. It also repeats idempotent calls after an error of a rate limit: HTTP status 429,
    /// or 403 with the reason `rateLimitExceeded` or `userRateLimitExceeded`, unless the quota is zero
    /// or for a day.
    ///
    /// A policy set here replaces the default.
    /// [`Aip194Strict`](google_cloud_gax::retry_policy::Aip194Strict) does not repeat a call after an
    /// error of a rate limit; with
    /// [`continue_on_too_many_requests`](google_cloud_gax::retry_policy::RetryPolicyExt::continue_on_too_many_requests)
    /// it does after status 429, whatever the call and the quota. A time limit set here also ends an
    /// attempt under way.
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
    /// after `UNAVAILABLE`, rate limits and I/O errors, without limit.
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

    /// Ends an attempt that takes longer. By default there is no limit but that of
    /// [`with_idle_timeout`](Self::with_idle_timeout).
    pub fn with_attempt_timeout(mut self, timeout: impl Into<Duration>) -> Self {
        self.retry.attempt_timeout = Some(timeout.into());
        self
    }

    /// Ends an attempt if its connection is silent for longer: if the server neither takes another part
    /// of the request, nor begins to reply, nor sends another part of the reply. `None` waits without
    /// limit. The default is five minutes.
    ///
    /// A longer [`with_attempt_timeout`](Self::with_attempt_timeout) replaces this limit. A silence is
    /// noticed before twice the limit. The time that the source of an upload takes does not count, nor
    /// that between two reads of a download. Transports set by
    /// [`with_transport`](Self::with_transport) have limits of their own.
    ///
    /// A connection has to be made within 30 seconds, whatever this limit is.
    pub fn with_idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
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
    /// be set up. Without a file of credentials it takes a few seconds to find that there is no
    /// metadata server either.
    pub async fn build(mut self) -> Result<T> {
        let universe = Universe::new(self.universe.as_deref().unwrap_or(PUBLIC_UNIVERSE))?;
        let endpoint = match &self.endpoint {
            Some(endpoint) => Endpoint::custom(endpoint, self.insecure)?,
            None => Endpoint::of(self.service, universe.domain())?,
        };
        let headers = self.headers()?;
        let anonymous = matches!(self.connection, Connection::Custom(_));
        let carrier = match self.connection {
            Connection::Custom(transport) => Carrier::Custom(transport),
            Connection::Http(builder) => Carrier::Http(HttpTransport(tls::own_client(*builder)?)),
            Connection::Default => Carrier::Http(HttpTransport(tls::http_client(&endpoint)?)),
        };
        let choice = self.credentials.take().unwrap_or(match anonymous {
            true => Choice::Anonymous,
            false => Choice::ApplicationDefault,
        });
        let own = || self.service.scopes().iter().copied().map(str::to_owned);
        let scopes = self.scopes.take().unwrap_or_else(|| own().collect());
        Ok(T::from(Client(Arc::new(Config {
            service: self.service,
            endpoint,
            carrier,
            universe: match choice.has_universe() {
                true => universe,
                false => universe.unchecked(),
            },
            credentials: choice.build(scopes).await?,
            headers,
            retry: self.retry,
            polling: self.polling,
            idle_timeout: self.idle_timeout,
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
