//! Replies of services.

use std::fmt;

use bytes::Bytes;
use futures_core::Stream;
use google_cloud_gax::error::rpc::Code;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
};
use serde::Serialize;

use super::{gzip, incoming::Incoming};
use crate::error::{self, Result};

/// The reply of a service over HTTP.
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

impl Reply {
    /// A reply without a body.
    ///
    /// An invalid status becomes 500.
    pub fn new(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            body: Incoming::Bytes(Bytes::new()),
        }
    }

    /// A reply of status 200 with a JSON body.
    ///
    /// # Errors
    ///
    /// If the value cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        let body = serde_json::to_vec(value).map_err(error::serialization)?;
        let json = HeaderValue::from_static("application/json; charset=UTF-8");
        Ok(Self::new(200)
            .with_header(CONTENT_TYPE, json)
            .with_body(body))
    }

    /// An error as services report it ([AIP-193](https://google.aip.dev/193)): a code with its HTTP
    /// status, and a message.
    pub fn error(code: Code, message: &str) -> Self {
        let status = error::http_of_code(code);
        let body = serde_json::json!({
            "error": {"code": status, "message": message, "status": code.name()}
        });
        Self::new(status).with_body(body.to_string())
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Replaces the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Incoming::Bytes(body.into());
        self
    }

    /// Replaces the body with one that arrives in pieces.
    #[must_use]
    pub fn with_stream(mut self, body: impl Stream<Item = Result<Bytes>> + Send + 'static) -> Self {
        self.body = Incoming::Stream(Box::pin(body));
        self
    }
}

impl Reply {
    /// Undoes the compression of the body, if there is any.
    pub(crate) fn decompress(&mut self) {
        if gzip::is_gzip(&self.headers) {
            self.headers.remove(CONTENT_ENCODING);
            self.headers.remove(CONTENT_LENGTH);
            let body = std::mem::replace(&mut self.body, Incoming::Bytes(Bytes::new()));
            let inflated = gzip::Inflated::new(body.into_stream());
            self.body = Incoming::Stream(Box::pin(inflated));
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
