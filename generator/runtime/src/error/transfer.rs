//! Failures of media, beyond those of any call.

use std::fmt;

use google_cloud_gax::error::{
    Error,
    rpc::{Code, Status},
};

use super::{constructors::BoxError, invalid::excerpt};

/// A failure of an upload or a download; the [source](std::error::Error::source) of the
/// [`Error`](crate::Error) that it ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MediaError {
    /// The checksums differ: the service has, or had, other media than was sent, or received.
    ///
    /// After an upload the service holds the wrong media, which should be deleted.
    #[non_exhaustive]
    ChecksumMismatch {
        /// `CRC32C` or `MD5`.
        kind: &'static str,
        /// The checksum of the media that was sent or received, in base64.
        computed: String,
        /// The checksum that the service reports, in base64.
        reported: String,
    },
    /// The service does not know the session of a resumable upload (any more), because it expired,
    /// was cancelled, or is complete.
    ///
    /// If all of the media was sent, the service may have stored it: look before uploading again.
    #[non_exhaustive]
    SessionLost {
        /// The number of bytes that the service had confirmed.
        stored: u64,
    },
    /// The session of a resumable upload is at a host that credentials must not go to.
    #[non_exhaustive]
    SessionElsewhere {
        /// Its origin, such as `https://example.com`.
        origin: String,
    },
    /// The media has to be sent again from a position that has been passed: a reader or a stream is
    /// read once.
    #[non_exhaustive]
    NotRewindable {
        /// The number of bytes that the service has.
        stored: u64,
        /// The first byte that is still held.
        held: u64,
    },
    /// The service reported success before all of the media was sent.
    #[non_exhaustive]
    Incomplete {
        /// The number of bytes of the media that were sent.
        sent: u64,
    },
    /// The service broke the protocol of the transfer.
    #[non_exhaustive]
    Protocol {
        /// Its violation of the protocol.
        problem: String,
    },
    /// The media was replaced while it was downloaded: the rest belongs to another version.
    Changed,
    /// The reply to a request for media is of a status that media does not have.
    #[non_exhaustive]
    NotMedia {
        /// Its HTTP status.
        status: u16,
    },
    /// The service redirects a download to where it is not followed: over plain `http`, too often, or
    /// from a request that is not a `GET`.
    #[non_exhaustive]
    Redirected {
        /// The URL that it redirects to, without its query.
        target: String,
    },
    /// A part was requested of media that the service decompresses, so that ranges do not count its
    /// bytes.
    Decompressed,
    /// The service sent another part of the media than was requested.
    #[non_exhaustive]
    WrongRange {
        /// The requested part, in the form of `Range`.
        requested: String,
        /// The part that came, in the form of `Content-Range`; none if the service did not say.
        sent: Option<String>,
    },
    /// The media is larger than the caller allowed.
    #[non_exhaustive]
    TooLarge {
        /// The allowed size, in bytes.
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
            Self::Incomplete { sent } => write!(
                f,
                "because the service reported success before all of the media was sent: {sent} bytes \
                 were"
            ),
            Self::Protocol { problem } => write!(f, "because {problem}"),
            Self::Changed => f.write_str("because the media changed while it was downloaded"),
            Self::NotMedia { status } => write!(
                f,
                "because the service replied {status}, which is not a reply with media"
            ),
            Self::Redirected { target } => write!(
                f,
                "because the download is redirected to {}, which is not followed: only a `GET` is, to \
                 https and a few times",
                excerpt(target)
            ),
            Self::Decompressed => f.write_str(
                "because the media was decompressed on its way, so that it has no parts: request all of \
                 it",
            ),
            Self::WrongRange { requested, sent } => {
                let requested = excerpt(requested);
                write!(f, "because {requested} was requested, but the service sent ")?;
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
