//! Uploads in several requests, each of which continues where the one before ended.

use std::collections::HashMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::range::{Part, part};
use crate::status::{Code, Failure};

/// The unit of all parts but the last.
const UNIT: usize = 256 * 1024;

/// The state of an upload.
#[derive(Debug)]
pub(crate) struct Session<R> {
    /// The request that began it.
    pub(crate) start: R,
    received: Vec<u8>,
    /// The reply to the last part.
    finished: Option<Response<Bytes>>,
}

/// The sessions of uploads by their ids.
#[derive(Debug)]
pub(crate) struct Sessions<R>(HashMap<String, Session<R>>);

impl<R> Default for Sessions<R> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// The result of a part.
#[derive(Debug)]
pub(crate) enum Step<R> {
    /// The upload continues, or had ended before.
    Reply(Response<Bytes>),
    /// The upload is complete: its content is to be stored.
    Complete { start: R, content: Bytes },
}

impl<R: Clone> Sessions<R> {
    pub(crate) fn begin(&mut self, id: &str, start: R) {
        let session = Session {
            start,
            received: Vec::new(),
            finished: None,
        };
        self.0.insert(id.to_owned(), session);
    }

    /// Records the reply to a complete upload, which is returned again.
    pub(crate) fn finish(&mut self, id: &str, reply: &Response<Bytes>) {
        if let Some(session) = self.0.get_mut(id) {
            session.received = Vec::new();
            session.finished = Some(reply.clone());
        }
    }

    /// Ends an upload early.
    pub(crate) fn cancel(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        self.0.remove(id).ok_or_else(unknown)?;
        let mut reply = Response::new(Bytes::new());
        *reply.status_mut() = StatusCode::from_u16(499).unwrap_or_default();
        Ok(reply)
    }

    /// Adds a part of the content.
    pub(crate) fn add(
        &mut self,
        id: &str,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Step<R>, Failure> {
        let session = self.0.get_mut(id).ok_or_else(unknown)?;
        if let Some(reply) = &session.finished {
            return Ok(Step::Reply(reply.clone()));
        }
        let header = headers
            .get("content-range")
            .map(|value| value.to_str().unwrap_or_default());
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let Part { bytes, total } = match header {
            Some(header) => {
                part(header).ok_or_else(|| invalid(&format!("Invalid Content-Range: {header}")))?
            }
            // All that is left in one request.
            None => Part {
                bytes: (length > 0).then(|| (session.len(), session.len() + length - 1)),
                total: Some(session.len() + length),
            },
        };
        if let Some((start, end)) = bytes {
            session.append(start, end, total, body)?;
        }
        let no_308 = headers
            .get("x-guploader-no-308")
            .is_some_and(|value| value == "yes");
        match total {
            Some(total) if total == session.len() => Ok(Step::Complete {
                start: session.start.clone(),
                content: Bytes::from(std::mem::take(&mut session.received)),
            }),
            Some(total) if total < session.len() => {
                Err(invalid("The total length is below that of the content."))
            }
            _ => Ok(Step::Reply(session.incomplete(no_308))),
        }
    }
}

impl<R> Session<R> {
    fn len(&self) -> u64 {
        u64::try_from(self.received.len()).unwrap_or(u64::MAX)
    }

    /// Appends the bytes of a part. Those that are there already are skipped.
    fn append(
        &mut self,
        start: u64,
        end: u64,
        total: Option<u64>,
        body: &Bytes,
    ) -> Result<(), Failure> {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        if end - start + 1 != length {
            return Err(invalid(
                "The Content-Range does not fit the length of the body.",
            ));
        }
        if start > self.len() {
            let text = format!(
                "The part begins at byte {start}, but byte {} is next.",
                self.len()
            );
            return Err(Failure::new(Code::Unavailable, text));
        }
        let is_last = total == Some(end + 1);
        if !is_last && !body.len().is_multiple_of(UNIT) {
            return Err(invalid(
                "The length of a part is not a multiple of 256 KiB.",
            ));
        }
        let known = usize::try_from(self.len() - start).unwrap_or(usize::MAX);
        self.received
            .extend_from_slice(body.get(known..).unwrap_or_default());
        Ok(())
    }

    /// Returns the reply to a part that is not the last.
    fn incomplete(&self, no_308: bool) -> Response<Bytes> {
        let mut reply = Response::new(Bytes::new());
        let headers = reply.headers_mut();
        if let Some(last) = self.len().checked_sub(1)
            && let Ok(range) = HeaderValue::try_from(format!("bytes=0-{last}"))
        {
            headers.insert("range", range);
        }
        if no_308 {
            headers.insert(
                "x-http-status-code-override",
                HeaderValue::from_static("308"),
            );
        } else {
            *reply.status_mut() = StatusCode::PERMANENT_REDIRECT;
        }
        reply
    }
}

fn unknown() -> Failure {
    Failure::new(Code::NotFound, "There is no such upload session.")
}

fn invalid(text: &str) -> Failure {
    Failure::new(Code::InvalidArgument, text)
}
