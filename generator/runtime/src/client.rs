//! Clients: connections to services.

mod adc;
pub(crate) mod auth;
pub(crate) mod builder;
mod choice;
pub(crate) mod domain;
pub(crate) mod endpoint;
mod metadata;
pub(crate) mod policies;
mod rate_limits;
mod service_account;
pub(crate) mod tls;
pub(crate) mod universe;

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;

use crate::{
    client::{
        auth::Credentials,
        endpoint::Endpoint,
        policies::{PollingConfig, RetryConfig},
        universe::Universe,
    },
    description::service::Service,
    transport::http_transport::Carrier,
};

/// A connection to a service. Cheap to clone; clones share the connection pool, the credentials
/// and the policies.
///
/// Generated clients build one with a [`ClientBuilder`](crate::ClientBuilder).
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Config>);

/// The configuration of a client.
pub(crate) struct Config {
    pub(crate) service: &'static Service,
    pub(crate) endpoint: Endpoint,
    pub(crate) carrier: Carrier,
    pub(crate) credentials: Credentials,
    pub(crate) universe: Universe,
    pub(crate) headers: HeaderMap,
    pub(crate) retry: RetryConfig,
    pub(crate) polling: PollingConfig,
    /// The limit for a silent connection.
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_response_size: usize,
}

impl Client {
    /// The service that the client calls.
    pub fn service(&self) -> &'static Service {
        self.0.service
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.0.service.name())
            .field("version", &self.0.service.version())
            .field("endpoint", &self.0.endpoint)
            .finish_non_exhaustive()
    }
}
