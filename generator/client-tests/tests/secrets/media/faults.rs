//! Faults of replies about media.

use crate::support::{catalogue::Fault, plan::Plan};

/// Faults of any reply that are over before media is sent or stored.
pub(crate) const GENERAL: [Fault; 10] = [
    Fault::ResetInRequest,
    Fault::ResetBeforeHead,
    Fault::CloseBeforeHead,
    Fault::ResetInHead,
    Fault::CloseInHead,
    Fault::NotHttp,
    Fault::HtmlBadGateway,
    Fault::EmptyInternal,
    Fault::Unavailable,
    Fault::RedirectElsewhere,
];

/// A fault of a reply to a download, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DownloadFault {
    Nothing,
    General(Fault),
    /// Half of the body is sent, and the connection closed.
    Truncated,
    /// The range is ignored, and the whole object sent.
    RangeIgnored,
    /// Another part is sent than was requested, or a part although all was requested.
    WrongRange,
    /// The media is said to end where the last reply was cut.
    Unsatisfiable,
    /// The object is replaced.
    Changed,
    /// The object is sent compressed, or not any more.
    Encoded,
    /// The reported checksum is of other bytes.
    WrongChecksum,
    /// A success without media.
    NoContent,
}

impl DownloadFault {
    pub(crate) const SPECIAL: [Self; 8] = [
        Self::Truncated,
        Self::RangeIgnored,
        Self::WrongRange,
        Self::Unsatisfiable,
        Self::Changed,
        Self::Encoded,
        Self::WrongChecksum,
        Self::NoContent,
    ];
}

/// A fault of a reply to an upload, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UploadFault {
    Nothing,
    General(Fault),
    /// The request is carried out, and the connection closed without a reply.
    ReplyLost,
    /// Half of the bytes are kept.
    HalfKept,
    /// The service claims bytes from the middle.
    WrongRange,
    /// The service claims more bytes than there are.
    ClaimsMore,
    /// The session is unknown.
    SessionLost,
    /// The reported checksum is of other bytes.
    WrongChecksum,
    /// A success before the media was sent.
    EarlySuccess,
}

impl UploadFault {
    pub(crate) const SPECIAL: [Self; 7] = [
        Self::ReplyLost,
        Self::HalfKept,
        Self::WrongRange,
        Self::ClaimsMore,
        Self::SessionLost,
        Self::WrongChecksum,
        Self::EarlySuccess,
    ];
}

/// Faults that may be general ones.
pub(crate) trait MediaFault: Copy {
    const NOTHING: Self;

    fn general(fault: Fault) -> Self;

    fn as_general(self) -> Option<Fault>;

    fn is_unauthenticated(self) -> bool {
        self.as_general() == Some(Fault::Unauthenticated)
    }
}

impl MediaFault for DownloadFault {
    const NOTHING: Self = Self::Nothing;

    fn general(fault: Fault) -> Self {
        Self::General(fault)
    }

    fn as_general(self) -> Option<Fault> {
        match self {
            Self::General(fault) => Some(fault),
            _ => None,
        }
    }
}

impl MediaFault for UploadFault {
    const NOTHING: Self = Self::Nothing;

    fn general(fault: Fault) -> Self {
        Self::General(fault)
    }

    fn as_general(self) -> Option<Fault> {
        match self {
            Self::General(fault) => Some(fault),
            _ => None,
        }
    }
}

impl Plan {
    /// Returns the fault of a download's request, counted from zero.
    pub(crate) fn download_fault(self, call: u64, request: usize) -> DownloadFault {
        use DownloadFault::*;
        const FAULTS: [DownloadFault; 10] = [
            Truncated,
            Truncated,
            Truncated,
            RangeIgnored,
            WrongRange,
            Unsatisfiable,
            Changed,
            Encoded,
            WrongChecksum,
            NoContent,
        ];
        self.media_fault(call, request, &FAULTS)
    }

    /// Returns the fault of a request that uploads media, or asks how much is stored.
    pub(crate) fn upload_fault(self, call: u64, request: usize) -> UploadFault {
        use UploadFault::*;
        const FAULTS: [UploadFault; 8] = [
            ReplyLost,
            ReplyLost,
            HalfKept,
            HalfKept,
            WrongRange,
            ClaimsMore,
            SessionLost,
            WrongChecksum,
        ];
        self.media_fault(call, request, &FAULTS)
    }

    /// Returns the fault of a request that begins a session.
    pub(crate) fn start_fault(self, call: u64, request: usize) -> UploadFault {
        self.media_fault(call, request, &[UploadFault::ReplyLost])
    }

    fn media_fault<F: MediaFault>(self, call: u64, request: usize, special: &[F]) -> F {
        let number = self.number(call, 1000 + u64::try_from(request).unwrap());
        let pick = usize::try_from(number >> 32).unwrap();
        match number % 100 {
            0..20 => F::NOTHING,
            20..25 => F::general(Fault::Unauthenticated),
            25..55 => F::general(GENERAL[pick % GENERAL.len()]),
            _ => special[pick % special.len()],
        }
    }
}
