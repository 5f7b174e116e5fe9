//! Media that methods take or return.

use super::template::{Segment, Template};

/// The document's `mediaUpload`: the media that a method takes, and the path for uploading it.
#[derive(Clone, Copy, Debug)]
pub struct MediaUpload {
    path: Template,
    multipart: bool,
    resumable: bool,
    response_md5: bool,
    accept: &'static [&'static str],
    max_size: Option<u64>,
}

impl MediaUpload {
    /// The document's `protocols.simple.path`, relative to the root URL.
    pub const fn new(path: &'static [Segment]) -> Self {
        Self {
            path: Template::new(path),
            multipart: false,
            resumable: false,
            response_md5: false,
            accept: &[],
            max_size: None,
        }
    }

    /// The document's `protocols.simple.multipart`: the media may be sent with metadata.
    pub const fn with_multipart(mut self, multipart: bool) -> Self {
        self.multipart = multipart;
        self
    }

    /// The document's `protocols.resumable`: the upload may be made in steps, each of which can be
    /// repeated. Uploads by such a method start with
    /// [`Request::upload_resumable`](crate::Request::upload_resumable).
    pub const fn with_resumable(mut self, resumable: bool) -> Self {
        self.resumable = resumable;
        self
    }

    /// The response has a member `md5Hash` or `md5Checksum` and none called `crc32c`. The MD5 of
    /// the media is computed during the upload and compared.
    pub const fn with_response_md5(mut self, response_md5: bool) -> Self {
        self.response_md5 = response_md5;
        self
    }

    /// The media types that the service accepts, such as `image/*`. Empty means any.
    pub const fn with_accept(mut self, accept: &'static [&'static str]) -> Self {
        self.accept = accept;
        self
    }

    /// The size of the largest media that the service accepts, in bytes.
    pub const fn with_max_size(mut self, bytes: u64) -> Self {
        self.max_size = Some(bytes);
        self
    }

    pub(crate) const fn path(&self) -> Template {
        self.path
    }

    pub(crate) const fn multipart(&self) -> bool {
        self.multipart
    }

    pub(crate) const fn resumable(&self) -> bool {
        self.resumable
    }

    pub(crate) const fn response_md5(&self) -> bool {
        self.response_md5
    }

    pub(crate) const fn accept(&self) -> &'static [&'static str] {
        self.accept
    }

    pub(crate) const fn max_size(&self) -> Option<u64> {
        self.max_size
    }
}

/// The path from which a method returns media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DownloadVia {
    /// The method's own path.
    Method,
    /// The method's own path below `download/`: the document's `useMediaDownloadService`.
    Service,
}
