//! Methods: one request and its response.

use std::collections::BTreeMap;
use std::fmt;

use crate::Schema;

/// A method of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// Its name in the whole document, such as `checks.accounts.apps.get`.
    pub id: String,
    /// The HTTP method of the request.
    pub http_method: HttpMethod,
    /// The URI template, relative to the root URL and the service path; it parses as a
    /// [`Template`](crate::template::Template), and each of its variables is a parameter.
    pub path: String,
    /// The same path with every resource name spelled out, so without `{+x}`. Its variables are not
    /// checked against the parameters, since they are others.
    pub flat_path: Option<String>,
    /// What the method does.
    pub description: String,
    /// Its parameters, in path and query.
    pub parameters: BTreeMap<String, Schema>,
    /// The order of the required parameters; each is a key of [`parameters`](Self::parameters).
    pub parameter_order: Vec<String>,
    /// The body of the request, if it has one.
    pub request: Option<Schema>,
    /// The body of the response, if it has one.
    pub response: Option<Schema>,
    /// The OAuth 2.0 scopes, one of which suffices.
    pub scopes: Vec<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What to send as the header `X-Goog-Api-Version`.
    pub api_version: Option<String>,
    /// How media are uploaded.
    pub media_upload: Option<MediaUpload>,
    /// Whether the request can carry media.
    pub supports_media_upload: bool,
    /// Whether the response can be media, which `alt=media` asks for.
    pub supports_media_download: bool,
    /// Whether media come from below `/download`.
    pub use_media_download_service: bool,
    /// Whether the method can be watched.
    pub supports_subscription: bool,
    /// Whether the request must carry an entity tag.
    pub etag_required: bool,
    /// The types of the operation that the method starts. Google's documents do not say; an
    /// overlay can.
    pub operation_info: Option<OperationInfo>,
}

/// The HTTP methods that Discovery documents use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "RFC 9110 has the meanings")]
pub enum HttpMethod {
    #[default]
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl HttpMethod {
    pub(crate) const ALL: [Self; 6] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
    ];

    /// The method as it is written in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for HttpMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a method takes media.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaUpload {
    /// The media ranges it accepts, such as `*/*`.
    pub accept: Vec<String>,
    /// How large the media may be, in bytes.
    pub max_size: Option<u64>,
    /// The upload in one request.
    pub simple: Option<UploadProtocol>,
    /// The upload in several requests, which can go on after a failure.
    pub resumable: Option<UploadProtocol>,
}

/// One way to upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadProtocol {
    /// The URI template, relative to the root URL, with a slash in front; what follows the slash
    /// parses as a [`Template`](crate::template::Template).
    pub path: String,
    /// Whether metadata and media can go in one `multipart/related` body.
    pub multipart: bool,
}

/// What an operation ends in, in the terms of
/// [`google.longrunning.operation_info`](https://github.com/googleapis/googleapis/blob/master/google/longrunning/operations.proto).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationInfo {
    /// The type of `response` in an operation that succeeded.
    pub response_type: Option<Schema>,
    /// The type of `metadata`.
    pub metadata_type: Option<Schema>,
}
