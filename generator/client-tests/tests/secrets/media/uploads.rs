//! The service's side of uploads.

use super::{
    faults::UploadFault,
    objects::{Form, checksum, object},
};
use crate::support::{
    catalogue::Fault,
    plan::Plan,
    server::{Act, End, Read},
};

/// The state of a call's object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    /// The number of bytes that the session has.
    stored: usize,
    /// The number of times that the object was completed.
    pub(crate) completions: usize,
    /// The number of requests with media that came after that.
    pub(crate) repetitions: usize,
}

/// A reply to a request of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    General(Fault),
    Lost,
    Begun,
    Stored(usize),
    StoredInTheMiddle,
    StoredTooMuch,
    Unknown,
    Complete { is_right: bool },
    CompleteEarly,
}

impl Store {
    /// Begins a session.
    pub(crate) fn begin(&mut self, fault: UploadFault) -> Reply {
        if let UploadFault::General(fault) = fault {
            return Reply::General(fault);
        }
        self.stored = 0;
        match fault {
            UploadFault::ReplyLost => Reply::Lost,
            _ => Reply::Begun,
        }
    }

    /// Takes as many bytes of the media; none if only the state is queried.
    pub(crate) fn take(&mut self, fault: UploadFault, bytes: usize, total: usize) -> Reply {
        match fault {
            UploadFault::General(fault) => return Reply::General(fault),
            UploadFault::WrongRange => return Reply::StoredInTheMiddle,
            UploadFault::ClaimsMore => return Reply::StoredTooMuch,
            UploadFault::SessionLost => return Reply::Unknown,
            UploadFault::EarlySuccess => return Reply::CompleteEarly,
            UploadFault::HalfKept => self.keep(bytes / 2, total),
            _ => self.keep(bytes, total),
        }
        match fault {
            UploadFault::ReplyLost => Reply::Lost,
            _ if self.stored < total => Reply::Stored(self.stored),
            _ => Reply::Complete {
                is_right: fault != UploadFault::WrongChecksum,
            },
        }
    }

    /// Takes all of the media, or nothing, in one request.
    pub(crate) fn take_whole(&mut self, fault: UploadFault, total: usize) -> Reply {
        match fault {
            UploadFault::HalfKept | UploadFault::WrongRange | UploadFault::ClaimsMore => {
                self.take(UploadFault::Nothing, total, total)
            }
            _ => self.take(fault, total, total),
        }
    }

    fn keep(&mut self, bytes: usize, total: usize) {
        if self.completions > 0 {
            self.repetitions += usize::from(bytes > 0);
        }
        self.stored += bytes;
        self.completions += usize::from(bytes > 0 && self.stored == total);
    }
}

/// Returns the name in the response to a completed upload.
pub(crate) fn name(call: u64) -> String {
    format!("things/{call}")
}

impl Reply {
    pub(crate) fn act(self, plan: Plan, call: u64) -> Act {
        let object = object(plan, call, Form::default());
        let complete = |object: &[u8]| {
            let (name, checksum) = (name(call), checksum(object));
            let body = format!(r#"{{"name":"{name}","crc32c":"{checksum}"}}"#);
            reply("200 OK", "", &body)
        };
        let bytes = match self {
            Self::General(fault) => return fault.act("", "http://localhost:1"),
            Self::Lost => String::new(),
            Self::Begun => {
                let session = format!("/session/{call}?upload_id=s3cr3tSession{call}");
                reply("200 OK", &format!("location: {session}\r\n"), "")
            }
            Self::Stored(0) => incomplete(plan, call, ""),
            Self::Stored(stored) => {
                incomplete(plan, call, &format!("range: bytes=0-{}\r\n", stored - 1))
            }
            Self::StoredInTheMiddle => incomplete(plan, call, "range: bytes=5-9\r\n"),
            Self::StoredTooMuch => {
                let range = format!("range: bytes=0-{}\r\n", object.len());
                incomplete(plan, call, &range)
            }
            Self::Unknown => reply("404 Not Found", "", "no such session"),
            Self::Complete { is_right: true } | Self::CompleteEarly => complete(&object),
            Self::Complete { is_right: false } => complete(b"other"),
        };
        Act {
            read: match self {
                Self::CompleteEarly => Read::Head,
                _ => Read::Whole,
            },
            bytes: bytes.into_bytes(),
            end: match self {
                Self::Lost => End::Close,
                Self::CompleteEarly => End::Hold,
                _ => End::Keep,
            },
        }
    }
}

/// Returns a reply of status 308, which some services send in a header.
fn incomplete(plan: Plan, call: u64, range: &str) -> String {
    if plan.number(call, 2).is_multiple_of(2) {
        return reply("308 Resume Incomplete", range, "");
    }
    let headers = format!("x-http-status-code-override: 308\r\n{range}");
    reply("200 OK", &headers, "")
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}
