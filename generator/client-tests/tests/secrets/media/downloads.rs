//! The service's side of downloads.

use super::{
    faults::DownloadFault,
    objects::{Form, checksum, object},
};
use crate::support::{
    Recorded,
    plan::Plan,
    server::{Act, End, Read},
};

/// The validators of a service's replies, different for each call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    tag: u64,
    has_preconditions: bool,
    pub(crate) has_checksums: bool,
}

impl Dialect {
    pub(crate) fn of(plan: Plan, call: u64) -> Self {
        let number = plan.number(call, 2);
        Self {
            tag: number % 4,
            has_preconditions: number & 0x100 != 0,
            has_checksums: number & 0x200 != 0,
        }
    }

    fn validators(self, version: u64) -> String {
        match self.tag {
            0 => format!("etag: {}\r\n", strong_tag(version)),
            1 => format!("etag: W/{}\r\n", strong_tag(version)),
            2 => format!("x-goog-generation: {version}\r\n"),
            _ => format!("last-modified: Sun, 06 Nov 1994 08:49:{version:02} GMT\r\n"),
        }
    }

    fn is_unmet(self, request: &Recorded, version: u64) -> bool {
        let conditions = request.header("if-match");
        let other = conditions.iter().any(|tag| *tag != strong_tag(version));
        self.has_preconditions && other
    }
}

fn strong_tag(version: u64) -> String {
    format!("\"{version}\"")
}

impl Form {
    /// Changes the form as the fault of a reply does.
    pub(crate) fn advance(&mut self, fault: DownloadFault) {
        match fault {
            DownloadFault::Changed => self.version += 1,
            DownloadFault::Encoded => self.is_gzip = !self.is_gzip,
            _ => {}
        }
    }
}

/// A reply to a download.
struct Reply {
    object: Vec<u8>,
    headers: String,
    start: Option<usize>,
}

/// Returns the reaction to a request for an object in a form.
pub(crate) fn act(
    plan: Plan,
    call: u64,
    fault: DownloadFault,
    form: Form,
    request: &Recorded,
) -> Act {
    let dialect = Dialect::of(plan, call);
    let object = object(plan, call, form);
    let mut headers = dialect.validators(form.version);
    let wrong = fault == DownloadFault::WrongChecksum;
    if dialect.has_checksums || wrong {
        let reported = checksum(if wrong { b"other" } else { &object });
        headers.push_str(&format!("x-goog-hash: crc32c={reported}\r\n"));
    }
    if form.is_gzip {
        headers.push_str("content-encoding: gzip\r\n");
    }
    let reply = Reply {
        object,
        headers,
        start: start(request),
    };
    match fault {
        DownloadFault::General(fault) => fault.act("", "http://localhost:1"),
        DownloadFault::NoContent => whole("HTTP/1.1 204 No Content\r\n\r\n".into()),
        DownloadFault::Unsatisfiable => reply.unsatisfiable(reply.start.unwrap_or_default()),
        _ if dialect.is_unmet(request, form.version) => {
            whole("HTTP/1.1 412 Precondition Failed\r\ncontent-length: 0\r\n\r\n".into())
        }
        DownloadFault::RangeIgnored => whole(reply.all()),
        DownloadFault::WrongRange => whole(reply.other_part()),
        DownloadFault::Truncated => reply.truncated(),
        _ => reply.requested(),
    }
}

/// Returns the first position that is requested, if a part is.
fn start(request: &Recorded) -> Option<usize> {
    let ranges = request.header("range");
    let start = ranges.first()?.strip_prefix("bytes=")?.strip_suffix('-')?;
    Some(start.parse().unwrap())
}

impl Reply {
    fn requested(&self) -> Act {
        match self.start {
            Some(start) if start >= self.object.len() => self.unsatisfiable(self.object.len()),
            Some(start) => whole(self.part(start, 0)),
            None => whole(self.all()),
        }
    }

    fn all(&self) -> Vec<u8> {
        self.bytes("200 OK", "", &self.object)
    }

    /// Returns the bytes from a position on, which are declared to be further on by an offset.
    fn part(&self, start: usize, offset: usize) -> Vec<u8> {
        let total = self.object.len() + offset;
        let range = format!(
            "content-range: bytes {}-{}/{total}\r\n",
            start + offset,
            total - 1
        );
        self.bytes("206 Partial Content", &range, &self.object[start..])
    }

    fn other_part(&self) -> Vec<u8> {
        match self.start {
            Some(start) => self.part(start, 1),
            None => self.part(0, 0),
        }
    }

    fn truncated(&self) -> Act {
        let rest = self.object.len() - self.start.unwrap_or_default();
        let mut act = self.requested();
        act.bytes.truncate(act.bytes.len() - rest.div_ceil(2));
        act.end = End::Close;
        act
    }

    fn unsatisfiable(&self, total: usize) -> Act {
        let range = format!("content-range: bytes */{total}\r\n");
        whole(self.bytes("416 Range Not Satisfiable", &range, b""))
    }

    fn bytes(&self, status: &str, range: &str, body: &[u8]) -> Vec<u8> {
        let (headers, length) = (&self.headers, body.len());
        let head = format!("HTTP/1.1 {status}\r\n{headers}{range}content-length: {length}\r\n\r\n");
        [head.as_bytes(), body].concat()
    }
}

fn whole(bytes: Vec<u8>) -> Act {
    Act {
        read: Read::Whole,
        bytes,
        end: End::Keep,
    }
}
