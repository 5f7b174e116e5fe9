//! Bodies that are not JSON.

use bytes::Bytes;

/// A body of any media type: [`google.api.HttpBody`](https://github.com/googleapis/googleapis/blob/master/google/api/httpbody.proto).
///
/// A method that takes or answers it sends the bytes as they are, and their type in `Content-Type`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpBody {
    /// The media type, such as `image/png`.
    pub content_type: Option<String>,
    /// The bytes.
    pub data: Bytes,
}

impl HttpBody {
    /// A body of this media type.
    pub fn new(content_type: impl Into<String>, data: impl Into<Bytes>) -> Self {
        Self {
            content_type: Some(content_type.into()),
            data: data.into(),
        }
    }
}
