//! Replies about a session.

use http::{HeaderMap, StatusCode, header};

use crate::{
    call::response::{BodyUse, Response},
    error::{self, Error, MediaError, Result, invalid::excerpt},
    transport::reply::Reply,
};

/// "Resume Incomplete", which has the number of HTTP's "Permanent Redirect".
pub(super) const INCOMPLETE: StatusCode = StatusCode::PERMANENT_REDIRECT;
/// Carries the status for clients whose HTTP library would follow a redirect.
const OVERRIDE: &str = "x-http-status-code-override";

/// A reply about a session.
pub(super) enum Answer {
    /// The media is complete, and this is the method's response.
    Complete(Response),
    /// The number of bytes that are stored, from the first on.
    Stored(u64),
}

impl Answer {
    /// Reads a reply. One of status 308 comes as an error, as does each that is not 2xx.
    pub(super) async fn read(
        outcome: Result<Reply>,
        reading: BodyUse,
        limit: usize,
    ) -> Result<Self> {
        match outcome {
            Ok(reply) if is_overridden(&reply.headers) => stored(&reply.headers),
            Ok(mut reply) => Ok(Self::Complete(reading.read(&mut reply, limit).await?)),
            Err(error) if is_incomplete(&error) => match error.http_headers() {
                Some(headers) => stored(headers),
                None => Ok(Self::Stored(0)),
            },
            Err(error) => Err(error),
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Complete(response) => response.status,
            Self::Stored(_) => INCOMPLETE,
        }
    }
}

fn is_incomplete(error: &Error) -> bool {
    error.http_status_code() == Some(INCOMPLETE.as_u16())
}

fn is_overridden(headers: &HeaderMap) -> bool {
    headers
        .get(OVERRIDE)
        .is_some_and(|status| status.as_bytes() == INCOMPLETE.as_str().as_bytes())
}

fn stored(headers: &HeaderMap) -> Result<Answer> {
    let mut ranges = headers.get_all(header::RANGE).iter();
    let Some(range) = ranges.next() else {
        return Ok(Answer::Stored(0));
    };
    let text = String::from_utf8_lossy(range.as_bytes());
    match length(&text).filter(|_| ranges.all(|other| other == range)) {
        Some(length) => Ok(Answer::Stored(length)),
        None => Err(error::media(MediaError::Protocol {
            problem: format!("the service says that it has {}", excerpt(text.as_bytes())),
        })),
    }
}

/// Returns how many bytes `bytes=0-41` has.
///
/// `bytes=0-0` counts as nothing: some servers say so before they have anything. To one that has
/// a single byte, that byte is sent again, which does no harm: the service
/// [skips](https://docs.cloud.google.com/storage/docs/resumable-uploads) what it has.
fn length(range: &str) -> Option<u64> {
    let range = range.trim();
    let range = range.strip_prefix("bytes=").unwrap_or(range);
    match range.split_once('-')? {
        ("0", "0") => Some(0),
        ("0", last) if last.bytes().all(|byte| byte.is_ascii_digit()) => {
            last.parse::<u64>().ok()?.checked_add(1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (range, expected) in [
            ("bytes=0-41", Some(42)),
            ("bytes=0-0", Some(0)),
            ("bytes=0-1", Some(2)),
            (" 0-41 ", Some(42)),
            ("bytes=1-41", None),
            ("bytes=0-", None),
            ("bytes=-41", None),
            ("bytes=0-+1", None),
            ("bytes=0-1,3-4", None),
            ("bytes=0-18446744073709551615", None),
            ("", None),
        ] {
            assert_eq!(length(range), expected, "{range}");
        }
    }
}
