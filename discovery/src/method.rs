//! Methods: one request and its response.

use std::collections::BTreeMap;
use std::fmt;

use crate::template::Template;
use crate::{Parameter, Schema};

/// A method of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// Its name in the whole document, such as `checks.accounts.apps.get`.
    pub id: String,
    /// The HTTP method of the request.
    pub http_method: HttpMethod,
    /// The path, relative to the root URL and the service path. Each of its variables is a parameter.
    pub path: Template,
    /// The same path with every resource name spelled out, so without `{+x}`. Its variables differ
    /// from the parameters, and are not checked.
    pub flat_path: Option<String>,
    /// The description.
    pub description: String,
    /// The parameters in path and query.
    pub parameters: BTreeMap<String, Parameter>,
    /// The order of the required parameters; each is a key of [`parameters`](Self::parameters).
    pub parameter_order: Vec<String>,
    /// The request body, if there is one.
    pub request: Option<Schema>,
    /// The response body, if there is one.
    pub response: Option<Schema>,
    /// The OAuth 2.0 scopes, one of which suffices.
    pub scopes: Vec<String>,
    /// The method is deprecated.
    pub deprecated: bool,
    /// The value of the header `X-Goog-Api-Version`.
    pub api_version: Option<String>,
    /// The media upload, if the method has one.
    pub media_upload: Option<MediaUpload>,
    /// The request can carry media.
    pub supports_media_upload: bool,
    /// The response can be media, requested by `alt=media`.
    pub supports_media_download: bool,
    /// Media are below `/download`.
    pub use_media_download_service: bool,
    /// The method can be watched.
    pub supports_subscription: bool,
    /// The request must carry an entity tag.
    pub etag_required: bool,
    /// The types of the operation that the method starts. Google's documents leave it out; an
    /// overlay can give it.
    pub operation_info: Option<OperationInfo>,
    /// The response is a stream of messages, or is not one. Google's documents leave it out; an overlay
    /// can give it where their text says nothing else, or something wrong.
    pub server_streaming: Option<bool>,
}

impl Method {
    /// Returns the schemas of its bodies and of its operation, each with its JSON pointer in the method.
    pub fn messages(&self) -> impl Iterator<Item = (&'static str, &Schema)> {
        let info = self.operation_info.as_ref();
        let response_type = info.and_then(|info| info.response_type.as_ref());
        let metadata_type = info.and_then(|info| info.metadata_type.as_ref());
        let messages = [
            ("/request", self.request.as_ref()),
            ("/response", self.response.as_ref()),
            ("/operationInfo/responseType", response_type),
            ("/operationInfo/metadataType", metadata_type),
        ];
        let messages = messages.into_iter();
        messages.filter_map(|(path, message)| Some((path, message?)))
    }
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

    /// Returns the method as it is written in a request.
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

/// The media upload of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaUpload {
    /// The media ranges it accepts, such as `*/*`.
    pub accept: Vec<String>,
    /// The maximum size of the media, in bytes.
    pub max_size: Option<u64>,
    /// The upload in one request.
    pub simple: Option<UploadProtocol>,
    /// The upload in several requests, which can resume after a failure.
    pub resumable: Option<UploadProtocol>,
}

/// A way to upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadProtocol {
    /// The path, relative to the root URL; a document writes a slash in front of it.
    pub path: Template,
    /// Metadata and media can be sent in one `multipart/related` body.
    pub multipart: bool,
}

/// The result of an operation, in the terms of
/// [`google.longrunning.operation_info`](https://github.com/googleapis/googleapis/blob/master/google/longrunning/operations.proto).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationInfo {
    /// The type of `response` in an operation that succeeded.
    pub response_type: Option<Schema>,
    /// The type of `metadata`.
    pub metadata_type: Option<Schema>,
}
