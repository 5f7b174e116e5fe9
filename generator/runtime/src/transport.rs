//! The seam between a client and the network.
//!
//! Everything above it (paths, queries, credentials, retries, decoding) is the same for a real
//! connection and for a fake, so a test that gives a client a fake [`Transport`] tests the rest.

pub(crate) mod http_transport;
pub(crate) mod incoming;

use std::{fmt, pin::Pin, sync::Arc};

use bytes::Bytes;
use futures_core::Stream;
use google_cloud_gax::error::rpc::Code;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    call::request::MethodRequest,
    description::method::{Method, Verb},
    error::{self, Result},
    request::{path::PathValue, query::Query},
    transport::incoming::Incoming,
};

pub(crate) type BoxStream = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;
pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one attempt at a call to a service and brings back the reply.
///
/// Clients have one that speaks HTTP; give another to
/// [`ClientBuilder::with_transport`](crate::ClientBuilder::with_transport) to test without a
/// network. A method is recognised by its request builder ([`Call::is`]) or its id:
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
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the call.
    ///
    /// Any reply of the service is `Ok`, whatever its status: the client makes errors of those
    /// that are not 2xx.
    ///
    /// # Errors
    ///
    /// If no reply came. The client's retry policy judges the error.
    fn send(&self, call: Call) -> impl Future<Output = Result<Reply>> + Send;
}

/// So that a test can keep its fake and look into it afterwards.
impl<T: Transport> Transport for Arc<T> {
    async fn send(&self, call: Call) -> Result<Reply> {
        T::send(self, call).await
    }
}

/// [`Transport`] as an object.
pub(crate) trait DynTransport: fmt::Debug + Send + Sync {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply>>;
}

impl<T: Transport> DynTransport for T {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply>> {
        Box::pin(Transport::send(self, call))
    }
}

/// One attempt at a call: what is sent, and what it means.
pub struct Call {
    pub(crate) method: &'static Method,
    pub(crate) verb: Verb,
    pub(crate) parameters: Arc<Parameters>,
    pub(crate) url: reqwest::Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The parameters of a call, as the caller gave them.
pub(crate) struct Parameters {
    pub(crate) path: Vec<PathValue>,
    pub(crate) query: Query,
}

impl Call {
    /// The id of the method, such as `checks.accounts.apps.get`.
    pub fn method(&self) -> &'static str {
        self.method.id()
    }

    /// Whether a request builder of a generated client was sent, by its type.
    pub fn is<R: MethodRequest>(&self) -> bool {
        self.method() == R::METHOD
    }

    /// The HTTP method: that of the document, except for the later requests of an upload in steps.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// The value of a path parameter, as the caller gave it.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        let mut path = self.parameters.path.iter();
        path.find_map(|path| (path.name == name).then_some(path.value.as_str()))
    }

    /// The values of a query parameter, as the caller gave them.
    pub fn query_parameter(&self, name: &str) -> Vec<&str> {
        let pairs = self.parameters.query.pairs();
        pairs
            .filter_map(|(known, value)| (known == name).then_some(value))
            .collect()
    }

    /// The whole URL, as it goes out.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The headers, except those that the HTTP layer adds.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The body, to be read to its end.
    pub fn into_body(self) -> Body {
        self.body
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method.id())
            .field("path", &self.parameters.path)
            .field("query", &self.parameters.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The body of a [`Call`].
pub struct Body {
    pub(crate) content: Content,
    pub(crate) length: Option<u64>,
}

pub(crate) enum Content {
    Bytes(Bytes),
    Stream(BoxStream),
}

impl Body {
    pub(crate) fn from_bytes(bytes: Bytes) -> Self {
        Self {
            length: u64::try_from(bytes.len()).ok(),
            content: Content::Bytes(bytes),
        }
    }

    /// Its length in bytes, if known before it is sent.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if the body is in memory: all but streamed media is.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The body's JSON.
    ///
    /// # Errors
    ///
    /// If it is streamed, or not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let bytes = self
            .as_bytes()
            .ok_or_else(|| error::deserialization("the body is streamed"))?;
        serde_json::from_slice(bytes).map_err(error::deserialization)
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// If media that is streamed cannot be read.
    pub async fn collect(self) -> Result<Bytes> {
        match self.content {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Stream(stream) => {
                let mut all = Vec::new();
                let mut stream = Incoming::Stream(stream);
                while let Some(chunk) = stream.next().await {
                    all.extend_from_slice(&chunk?);
                }
                Ok(all.into())
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// What a service answers.
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

impl Reply {
    /// A reply without a body.
    ///
    /// A status that is no HTTP status becomes 500.
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
            .with_header(http::header::CONTENT_TYPE, json)
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

    /// Replaces the body by one that arrives in pieces.
    #[must_use]
    pub fn with_stream(mut self, body: impl Stream<Item = Result<Bytes>> + Send + 'static) -> Self {
        self.body = Incoming::Stream(Box::pin(body));
        self
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
