//! Delays that services request.

use std::time::{Duration, SystemTime};

use google_cloud_gax::error::rpc::StatusDetails;
use http::{HeaderMap, HeaderValue, header};

use crate::error::Error;

/// The longest delay that a service may request of a call without a deadline. A longer one fails the
/// call.
pub(crate) const LONGEST: Duration = Duration::from_secs(600);

/// The longer of `Retry-After`
/// ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)) and
/// [`google.rpc.RetryInfo`](https://google.aip.dev/194), or zero.
pub(crate) fn requested_by(error: &Error) -> Duration {
    let header = error.http_headers().and_then(retry_after);
    let details = error
        .status()
        .into_iter()
        .flat_map(|status| &status.details);
    let info = details.filter_map(|detail| match detail {
        StatusDetails::RetryInfo(info) => info.retry_delay?.try_into().ok(),
        _ => None,
    });
    header.into_iter().chain(info).max().unwrap_or_default()
}

/// Adds up to a tenth to a requested delay as jitter, to avoid a thundering herd. The randomness is
/// that of the backoff.
pub(super) fn with_jitter(requested: Duration, backoff: Duration) -> Duration {
    requested.saturating_add(backoff.min(requested / 10))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?;
    if let Ok(seconds) = value.to_str().ok()?.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    // Relative to the service's own clock if it sends one, which may differ from ours.
    let date = headers.get(header::DATE).and_then(http_date);
    let now = date.unwrap_or_else(SystemTime::now);
    http_date(value)?.duration_since(now).ok()
}

fn http_date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn retry_after_in_seconds_or_as_a_date() {
        let table = [
            (vec![(header::RETRY_AFTER, "120")], Some(120)),
            (vec![(header::RETRY_AFTER, "0")], Some(0)),
            (vec![(header::RETRY_AFTER, "-1")], None),
            (vec![(header::RETRY_AFTER, "soon")], None),
            (
                vec![
                    (header::RETRY_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT"),
                    (header::DATE, "Sun, 06 Nov 1994 08:49:00 GMT"),
                ],
                Some(37),
            ),
            (
                vec![
                    (header::RETRY_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT"),
                    (header::DATE, "Sun, 06 Nov 1994 09:00:00 GMT"),
                ],
                None,
            ),
            (
                vec![(header::RETRY_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT")],
                None,
            ),
            (
                vec![
                    (header::RETRY_AFTER, "Sunday, 06-Nov-94 08:49:37 GMT"),
                    (header::DATE, "Sun Nov  6 08:49:07 1994"),
                ],
                Some(30),
            ),
            (
                vec![
                    (header::RETRY_AFTER, "Sun Nov 06 08:49:37 1994 GMT+1"),
                    (header::DATE, "Sun Nov  6 08:49:07 1994"),
                ],
                None,
            ),
        ];
        for (given, seconds) in table {
            let delay = retry_after(&headers(&given));
            assert_eq!(delay, seconds.map(Duration::from_secs), "{given:?}");
        }
        let future = [(header::RETRY_AFTER, "Tue, 31 Dec 2999 23:59:59 GMT")];
        assert!(retry_after(&headers(&future)) > Some(LONGEST));
    }
}
