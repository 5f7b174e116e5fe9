//! How long a service asks its callers to wait.

use std::time::{Duration, SystemTime};

use google_cloud_gax::error::rpc::StatusDetails;
use google_cloud_wkt::Timestamp;
use http::{HeaderMap, header};

use crate::error::Error;

/// The longest wait that a call without a deadline lets a service ask for; beyond it the caller is
/// told.
pub(crate) const LONGEST: Duration = Duration::from_secs(600);

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The longer of `Retry-After`
/// ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)) and
/// [`google.rpc.RetryInfo`](https://google.aip.dev/194), or nothing.
pub(crate) fn asked_by(error: &Error) -> Duration {
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

/// A wait that was asked for, and up to a tenth more: who were all asked at once shall not all
/// return at once. The chance is that of the backoff.
pub(super) fn staggered(asked: Duration, backoff: Duration) -> Duration {
    asked.saturating_add(backoff.min(asked / 10))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    // Against the service's own clock if it tells it, which need not agree with ours.
    let date = headers
        .get(header::DATE)
        .and_then(|date| date.to_str().ok());
    let now = date.and_then(http_date).or_else(our_time)?;
    let seconds = http_date(value)?.saturating_sub(now);
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

fn our_time() -> Option<i64> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(now.ok()?.as_secs()).ok()
}

/// Seconds since the epoch of a date in any of the three forms that readers have to know
/// ([RFC 9110, section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)).
fn http_date(text: &str) -> Option<i64> {
    let parts = text.split([' ', ',', '-']).filter(|part| !part.is_empty());
    let (day, month, year, time) = match parts.collect::<Vec<_>>()[..] {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        // As C's `asctime` writes it.
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    let year = full_year(year)?;
    let iso = format!("{year}-{month:02}-{day:0>2}T{time}Z");
    Timestamp::try_from(iso.as_str())
        .ok()
        .map(|time| time.seconds())
}

/// A year; one of two digits is at most fifty years from now.
fn full_year(text: &str) -> Option<i64> {
    let year: i64 = text.parse().ok()?;
    if text.len() != 2 {
        return Some(year);
    }
    let this_year = 1970 + our_time()? / (365 * 24 * 60 * 60);
    let (century, latest) = (this_year / 100 * 100, this_year + 50);
    let years = [century + 100, century, century - 100].map(|century| century + year);
    years.into_iter().find(|year| *year <= latest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

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
        let future = [(header::RETRY_AFTER, "Thu, 31 Dec 2999 23:59:59 GMT")];
        assert!(retry_after(&headers(&future)) > Some(LONGEST));
    }
}
