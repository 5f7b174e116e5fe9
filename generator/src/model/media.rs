//! Media upload and download.

use super::descriptor::Segment;

/// The `mediaUpload` of a method.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The path of the simple protocol, relative to the root URL.
    pub(crate) path: Vec<Segment>,
    /// Media ranges, empty where any media type is accepted.
    pub(crate) accept: Vec<String>,
    /// In bytes.
    pub(crate) max_size: Option<u64>,
    pub(crate) multipart: bool,
    pub(crate) resumable: bool,
    /// True if the response has an MD5 hash of the media, and no better checksum.
    pub(crate) answers_md5: bool,
    /// True if the response is an operation that a poller can follow.
    pub(crate) starts_operation: bool,
}

/// The path that serves the media of a method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Download {
    /// The method's own path.
    Method,
    /// The method's own path below `download/`.
    Service,
}
