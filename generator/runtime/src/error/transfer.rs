//! Errors of uploads and downloads.

use std::fmt;

use google_cloud_gax::error::{
    Error,
    rpc::{Code, Status},
};

use super::{constructors::BoxError, invalid::excerpt};

/// A failed upload or download; the [source](std::error::Error::source) of the
/// [`Error`](crate::Error) that it ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MediaError {
    /// The media of the service differs from the media sent or received, by its checksum.
    ///
    /// After an upload the service holds the wrong media, which should be deleted.
    #[non_exhaustive]
    ChecksumMismatch {
        /// `CRC32C` or `MD5`.
        kind: &'static str,
        /// The checksum of the media sent or received, in base64.
        computed: String,
        /// The checksum that the service reports, in base64.
        reported: String,
    },
    /// The session of a resumable upload is unknown to the service, because it expired or was
    /// cancelled. The upload has to start again.
    #[non_exhaustive]
    SessionLost {
        /// The number of bytes that the service had confirmed.
        stored: u64,
    },
    /// The session of a resumable upload is on a host that must not get the credentials.
    #[non_exhaustive]
    SessionElsewhere {
        /// The origin of the session, such as `https://example.com`.
        origin: String,
    },
    /// The media would have to be sent again from a byte that is no longer held: a reader or a stream
    /// is read once.
    #[non_exhaustive]
    NotRewindable {
        /// The number of bytes that the service has.
        stored: u64,
        /// The first byte that is still held.
        held: u64,
    },
    /// The reply of the service violates the protocol of resumable uploads.
    #[non_exhaustive]
    Protocol {
        /// The violation.
        problem: String,
    },
    /// The media was replaced during the download: the rest belongs to another version.
    Changed,
    /// The service sent another part of the media than requested.
    #[non_exhaustive]
    WrongRange {
        /// The requested part, in the form of `Range`.
        asked: String,
        /// The part that was sent, in the form of `Content-Range`, if the service specified it.
        sent: Option<String>,
    },
    /// The media is larger than the limit of the caller.
    #[non_exhaustive]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl fmt::Display for MediaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChecksumMismatch {
                kind,
                computed,
                reported,
            } => write!(
                f,
                "because the media's {kind} is `{computed}`, but the service says `{reported}`"
            ),
            Self::SessionLost { stored } => write!(
                f,
                "the upload's session is gone, with the {stored} bytes that it had: start again"
            ),
            Self::SessionElsewhere { origin } => write!(
                f,
                "because the upload's session is at {}, which must not see the credentials",
                excerpt(origin)
            ),
            Self::NotRewindable { stored, held } => write!(
                f,
                "because the service has only {stored} bytes of the media, which cannot be read \
                 again before byte {held}"
            ),
            Self::Protocol { problem } => write!(f, "because {problem}"),
            Self::Changed => f.write_str("because the media changed while it was downloaded"),
            Self::WrongRange { asked, sent } => {
                write!(f, "because it was asked for {}, but sent ", excerpt(asked))?;
                match sent {
                    Some(sent) => f.write_str(&excerpt(sent)),
                    None => f.write_str("a part without saying which"),
                }
            }
            Self::TooLarge { limit } => write!(
                f,
                "because the media is larger than the {limit} bytes that were allowed"
            ),
        }
    }
}

impl std::error::Error for MediaError {}

/// The error of media that could not be sent or received.
pub(crate) fn media(error: MediaError) -> Error {
    match error {
        MediaError::NotRewindable { .. } => Error::ser(error),
        _ => Error::deser(error),
    }
}

/// The error of an upload whose session is unknown to the service. It keeps the reply.
pub(crate) fn session_lost(reply: &Error, stored: u64) -> Error {
    let error = MediaError::SessionLost { stored };
    let code = match reply.status() {
        Some(status) => status.code,
        None => Code::NotFound,
    };
    let status = Status::default()
        .set_code(code)
        .set_message(error.to_string());
    let headers = reply.http_headers().cloned();
    Error::service_full(
        status,
        reply.http_status_code(),
        headers,
        Some(Box::new(error)),
    )
}

/// The error of a connection that ended early.
pub(crate) fn broken(source: impl Into<BoxError>) -> Error {
    Error::io(source)
}
