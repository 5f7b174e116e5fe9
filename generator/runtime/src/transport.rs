//! The seam between a client and the network.
//!
//! Everything above it (paths, queries, credentials, retries, decoding) is the same for a real
//! connection and for a fake, so a test with a fake [`Transport`] covers the rest.

pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod gzip;
pub(crate) mod http_transport;
pub(crate) mod idle;
pub(crate) mod incoming;
pub(crate) mod reply;

use std::{fmt, sync::Arc};

use futures_core::future::BoxFuture;

use crate::error::Result;
use call::Call;
use reply::Reply;

/// Sends one attempt at a call to the service, and returns the reply.
///
/// The default one speaks HTTP. Pass another to
/// [`ClientBuilder::with_transport`](crate::ClientBuilder::with_transport) to test without a
/// network. It recognises a method by its request builder ([`Call::is`]) or its id:
///
/// ```
/// use discovery_runtime::{Call, Code, Reply, Result, Transport};
///
/// #[derive(Debug)]
/// struct Fake;
///
/// impl Transport for Fake {
///     async fn send(&self, call: Call) -> Result<Reply> {
///         match (call.method(), call.path_parameter("name")) {
///             ("checks.accounts.apps.get", Some("accounts/1/apps/2")) => {
///                 Reply::json(&serde_json::json!({"name": "accounts/1/apps/2"}))
///             }
///             _ => Ok(Reply::error(Code::NotFound, "no such app")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not send requests",
    note = "a `reqwest::ClientBuilder` is for `with_http_client`; other types implement `Transport`"
)]
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the call.
    ///
    /// Every reply is `Ok`, whatever its status: the client turns a status other than 2xx into an
    /// error.
    ///
    /// # Errors
    ///
    /// If there is no reply. The client's retry policy decides whether to send the call again.
    fn send(&self, call: Call) -> impl Future<Output = Result<Reply>> + Send;
}

/// Lets a test keep a fake and inspect it afterwards.
impl<T: Transport> Transport for Arc<T> {
    async fn send(&self, call: Call) -> Result<Reply> {
        T::send(self, call).await
    }
}

/// [`Transport`] as a trait object.
pub(crate) trait DynTransport: fmt::Debug + Send + Sync {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply>>;
}

impl<T: Transport> DynTransport for T {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply>> {
        Box::pin(Transport::send(self, call))
    }
}
