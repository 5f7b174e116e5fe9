//! Outcomes of calls about media.

use discovery_runtime::{AttemptsError, Error, ErrorExt as _, MediaError};

use super::{faults::MediaFault, objects::Shown};
use crate::support::catalogue::Fault;

/// The number of attempts without progress after which a transfer fails.
pub(crate) const ATTEMPTS: usize = 10;

/// The expected outcome of a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) requests: usize,
    pub(crate) outcome: Outcome,
}

/// The way in which a call ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It succeeds, with these bytes if it is a download.
    Done(Shown),
    /// It fails since the media is not right.
    Refused(Refusal),
    /// It fails with the status of the last reply.
    Status(u16),
    /// It fails with an error of the connection.
    Broken,
    /// It fails after too many attempts.
    Exhausted,
}

/// The kinds of [`MediaError`] that occur here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    Changed,
    ChecksumMismatch,
    Incomplete,
    NotMedia,
    Protocol,
    SessionLost,
    WrongRange,
}

impl Refusal {
    pub(crate) const ALL: [Self; 7] = [
        Self::Changed,
        Self::ChecksumMismatch,
        Self::Incomplete,
        Self::NotMedia,
        Self::Protocol,
        Self::SessionLost,
        Self::WrongRange,
    ];

    fn of(error: &Error) -> Option<Self> {
        match source::<MediaError>(innermost(error))? {
            MediaError::Changed => Some(Self::Changed),
            MediaError::ChecksumMismatch { .. } => Some(Self::ChecksumMismatch),
            MediaError::Incomplete { .. } => Some(Self::Incomplete),
            MediaError::NotMedia { .. } => Some(Self::NotMedia),
            MediaError::Protocol { .. } => Some(Self::Protocol),
            MediaError::SessionLost { .. } => Some(Self::SessionLost),
            MediaError::WrongRange { .. } => Some(Self::WrongRange),
            _ => None,
        }
    }
}

impl Outcome {
    /// Returns whether the error is the expected one.
    pub(crate) fn fits(&self, error: &Error) -> bool {
        let refusal = Refusal::of(error);
        match self {
            Self::Done(_) => false,
            Self::Refused(expected) => refusal == Some(*expected),
            Self::Status(status) => {
                refusal.is_none() && innermost(error).http_status_code() == Some(*status)
            }
            Self::Broken => refusal.is_none() && innermost(error).is_io(),
            Self::Exhausted => {
                usize::try_from(error.attempts()).is_ok_and(|attempts| attempts >= ATTEMPTS)
            }
        }
    }
}

fn innermost(error: &Error) -> &Error {
    source::<AttemptsError>(error).map_or(error, AttemptsError::last)
}

fn source<E: std::error::Error + 'static>(error: &Error) -> Option<&E> {
    std::error::Error::source(error)?.downcast_ref()
}

/// Returns the status of a reply with a general fault, if it has one.
pub(crate) fn status(fault: Fault) -> Option<u16> {
    match fault {
        Fault::RedirectElsewhere => Some(307),
        Fault::Unauthenticated => Some(401),
        Fault::EmptyInternal => Some(500),
        Fault::HtmlBadGateway => Some(502),
        Fault::Unavailable => Some(503),
        _ => None,
    }
}

/// Counts the requests of a call.
#[derive(Default)]
pub(crate) struct Requests {
    pub(crate) count: usize,
}

impl Requests {
    /// Returns the fault of the next request, or of the one after it if the token is refused.
    pub(crate) fn next<F: MediaFault>(&mut self, fault: impl Fn(usize) -> F) -> F {
        let first = fault(self.count);
        self.count += 1;
        if !first.is_unauthenticated() {
            return first;
        }
        let second = fault(self.count);
        self.count += 1;
        second
    }
}
