//! What a generated client says about one method of a service.

use crate::poller::service::OperationService;

/// A method, as its Discovery document describes it. Generated clients hold one in a `static`.
///
/// ```
/// use discovery_runtime::{Method, Verb};
/// static CANCEL: Method =
///     Method::new("checks.accounts.apps.operations.cancel", Verb::Post, "v1alpha/{+name}:cancel");
/// assert_eq!(CANCEL.id(), "checks.accounts.apps.operations.cancel");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Method {
    id: &'static str,
    verb: Verb,
    path: &'static str,
    api_version: Option<&'static str>,
    upload: Option<UploadPath>,
    download: Option<DownloadPath>,
    operations: &'static [OperationService],
}

impl Method {
    /// A method by its `id`, `httpMethod` and `path` (a template of literals, `{x}` and `{+x}`).
    pub const fn new(id: &'static str, verb: Verb, path: &'static str) -> Self {
        Self {
            id,
            verb,
            path,
            api_version: None,
            upload: None,
            download: None,
            operations: &[],
        }
    }

    /// The document's `apiVersion`, sent as `x-goog-api-version`.
    pub const fn api_version(mut self, version: &'static str) -> Self {
        self.api_version = Some(version);
        self
    }

    /// The document's `mediaUpload`: this method takes media.
    pub const fn upload(mut self, upload: UploadPath) -> Self {
        self.upload = Some(upload);
        self
    }

    /// The document's `supportsMediaDownload`: this method answers with media if it is asked to.
    pub const fn download(mut self, download: DownloadPath) -> Self {
        self.download = Some(download);
        self
    }

    /// This method answers with an operation, which lives in one of these.
    pub const fn operations(mut self, services: &'static [OperationService]) -> Self {
        self.operations = services;
        self
    }

    /// The method's id, such as `checks.accounts.apps.operations.cancel`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method it is called by.
    pub const fn verb(&self) -> Verb {
        self.verb
    }

    /// The template of its path, relative to the service's URL.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) const fn version_header(&self) -> Option<&'static str> {
        self.api_version
    }

    pub(crate) const fn media_upload(&self) -> Option<&UploadPath> {
        self.upload.as_ref()
    }

    pub(crate) const fn started_operations(&self) -> &'static [OperationService] {
        self.operations
    }

    pub(crate) const fn media_download(&self) -> Option<DownloadPath> {
        self.download
    }
}

/// Where a method answers with media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DownloadPath {
    /// At its own path.
    Method,
    /// At its own path below `download/`: the document's `useMediaDownloadService`.
    Service,
}

/// The HTTP methods that Discovery documents use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Verb {
    /// The method's name on the wire.
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

    /// Whether a second identical request changes nothing, by
    /// [RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2).
    /// `PATCH` and `POST` are not.
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    /// Whether a request without a body says so by `Content-Length: 0`
    /// ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
    /// Google's front ends answer 411 to one that does not.
    pub(crate) const fn expects_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }

    pub(crate) const fn to_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Head => http::Method::HEAD,
            Self::Post => http::Method::POST,
            Self::Put => http::Method::PUT,
            Self::Patch => http::Method::PATCH,
            Self::Delete => http::Method::DELETE,
        }
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where and what a method lets one upload: the document's `mediaUpload`.
#[derive(Clone, Copy, Debug)]
pub struct UploadPath {
    path: &'static str,
    multipart: bool,
    resumable: bool,
    answers_md5: bool,
    accept: &'static [&'static str],
    max_size: Option<u64>,
}

impl UploadPath {
    /// The document's `protocols.simple.path`, relative to the root URL.
    pub const fn new(path: &'static str) -> Self {
        Self {
            path,
            multipart: false,
            resumable: false,
            answers_md5: false,
            accept: &[],
            max_size: None,
        }
    }

    /// The document's `protocols.simple.multipart`: metadata may come with the media.
    pub const fn multipart(mut self, multipart: bool) -> Self {
        self.multipart = multipart;
        self
    }

    /// The document's `protocols.resumable`: the upload may be made in steps, each of which can be
    /// taken again. Such a method's uploads begin by
    /// [`Request::upload_resumable`](crate::Request::upload_resumable).
    pub const fn resumable(mut self, resumable: bool) -> Self {
        self.resumable = resumable;
        self
    }

    /// The response has a member `md5Hash` or `md5Checksum` and none that is called `crc32c`: the
    /// MD5 of media is computed while it is sent, to be compared.
    pub const fn answers_md5(mut self, answers_md5: bool) -> Self {
        self.answers_md5 = answers_md5;
        self
    }

    /// The media types that the service takes, such as `image/*`. None listed means any.
    pub const fn accept(mut self, accept: &'static [&'static str]) -> Self {
        self.accept = accept;
        self
    }

    /// The largest media that the service takes, in bytes.
    pub const fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = Some(bytes);
        self
    }

    pub(crate) const fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) const fn allows_multipart(&self) -> bool {
        self.multipart
    }

    pub(crate) const fn is_resumable(&self) -> bool {
        self.resumable
    }

    pub(crate) const fn has_md5(&self) -> bool {
        self.answers_md5
    }

    pub(crate) const fn accepted(&self) -> &'static [&'static str] {
        self.accept
    }

    pub(crate) const fn limit(&self) -> Option<u64> {
        self.max_size
    }
}
