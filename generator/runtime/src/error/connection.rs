//! Errors of the HTTP library.

use std::{error::Error as StdError, fmt, io};

use super::constructors::BoxError;
use http::HeaderMap;

use google_cloud_gax::error::Error;

/// The error of a connection. Displays with its full cause chain; the library itself prints only
/// "error sending request". The URL is left out, since its query may contain a key.
#[derive(Debug)]
struct ConnectionError(reqwest::Error);

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        for cause in causes(self) {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl StdError for ConnectionError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Returns the error of a request without a reply, or of a reply that broke off.
#[cold]
pub(crate) fn connection(source: reqwest::Error) -> Error {
    let error = ConnectionError(source.without_url());
    if error.0.is_builder() {
        return Error::binding(error);
    }
    if error.0.is_connect() {
        // A retry would meet the same certificate.
        let distrusted = causes(&error).any(is_distrust);
        let kind = if distrusted {
            unroutable
        } else {
            Error::connect
        };
        return kind(error);
    }
    // To the library, a peer that the operating system gave up on is a timeout as well.
    if error.0.is_timeout() && !causes(&error).any(is_of_system) {
        return Error::timeout(error);
    }
    // Unreadable media is not an error of the connection, and cannot be read again.
    let ours = causes(&error).find_map(|cause| cause.downcast_ref::<Error>());
    let unreadable = ours.filter(|cause| cause.is_serialization());
    if let Some(media) = unreadable.and_then(StdError::source) {
        return Error::ser(media.to_string());
    }
    Error::io(error)
}

/// Returns the error of a request that cannot reach the service, now or later.
pub(super) fn unroutable(source: impl Into<BoxError>) -> Error {
    Error::transport(HeaderMap::new(), source)
}

/// Returns whether the operating system reported the error.
fn is_of_system(cause: &(dyn StdError + 'static)) -> bool {
    let error = cause.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.raw_os_error().is_some())
}

/// Returns whether TLS rejected the server's certificate. The error inside an [`io::Error`] is not
/// its source.
fn is_distrust(cause: &(dyn StdError + 'static)) -> bool {
    if let Some(rustls::Error::InvalidCertificate(_)) = cause.downcast_ref() {
        return true;
    }
    let within = cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    within.is_some_and(|within| is_distrust(within))
}

fn causes(error: &ConnectionError) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

#[cfg(test)]
mod tests {
    use std::{
        pin::Pin,
        task::{Context, Poll},
        time::Duration,
    };

    use bytes::Bytes;
    use futures_core::Stream;
    use tokio::net::TcpListener;

    use super::*;

    /// A body that fails as a socket does.
    struct Failing(i32);

    impl Stream for Failing {
        type Item = io::Result<Bytes>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Err(io::Error::from_raw_os_error(self.0))))
        }
    }

    /// A peer that the operating system gave up on, such as a machine that was switched off, is not a
    /// call that exceeded its time limit.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_connection_that_the_system_gives_up_is_broken() {
        const ETIMEDOUT: i32 = 110;
        let cause = io::Error::from_raw_os_error(ETIMEDOUT);
        assert_eq!(cause.kind(), io::ErrorKind::TimedOut);

        let _ = crate::client::tls::install_crypto_provider();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let client = reqwest::Client::new();
        let body = reqwest::Body::wrap_stream(Failing(ETIMEDOUT));
        let error = client.post(&url).body(body).send().await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        let error = connection(error);
        assert!(error.is_io(), "{error:?}");
        assert!(error.to_string().contains("timed out"), "{error}");

        // There is no reply, but the connection is intact.
        let call = client.post(&url).timeout(Duration::from_millis(1));
        let error = connection(call.send().await.unwrap_err());
        assert!(error.is_timeout(), "{error:?}");
    }
}
