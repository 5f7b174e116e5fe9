//! A connection to a service, as every generated client holds one.

pub(crate) mod auth;
pub(crate) mod builder;
pub(crate) mod endpoint;
pub(crate) mod tls;
pub(crate) mod universe;

use std::{fmt, sync::Arc};

use http::HeaderMap;

use crate::{
    call::{request::Request, retry::RetryConfig},
    client::{auth::Identity, endpoint::Endpoint, universe::Universe},
    description::{method::Method, service::Service},
    poller::PollingConfig,
    transport::http_transport::Carrier,
};

/// A connection to a service. Cheap to clone; clones share the connection pool, the credentials
/// and the policies.
///
/// Generated clients make one by their [`ClientBuilder`](crate::ClientBuilder) and turn it into
/// requests.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Config>);

/// What a client was built with.
pub(crate) struct Config {
    pub(crate) service: &'static Service,
    pub(crate) endpoint: Endpoint,
    pub(crate) carrier: Carrier,
    pub(crate) identity: Identity,
    pub(crate) universe: Universe,
    pub(crate) headers: HeaderMap,
    pub(crate) retry: RetryConfig,
    pub(crate) polling: PollingConfig,
    pub(crate) max_response_size: usize,
}

impl Client {
    /// The service that it calls.
    pub fn service(&self) -> &'static Service {
        self.0.service
    }

    /// Begins a request.
    pub fn request(&self, method: &'static Method) -> Request {
        Request::new(self.clone(), method)
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
