//! Parts of media, as `Range` and `Content-Range` name them
//! ([RFC 9110, section 14](https://www.rfc-editor.org/rfc/rfc9110#section-14)).

use std::ops::{Bound, RangeBounds};

use http::{HeaderMap, header};

/// A part of media, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) start: u64,
    /// The position after its last byte; the end of the media if there is none.
    pub(super) end: Option<u64>,
}

impl Part {
    pub(super) fn new(range: impl RangeBounds<u64>) -> Result<Self, String> {
        let (from, to) = (range.start_bound(), range.end_bound());
        let start = match from {
            Bound::Included(start) => Some(*start),
            Bound::Excluded(before) => before.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let end = match to {
            // The largest number leaves no position after it.
            Bound::Included(last) => last.checked_add(1),
            Bound::Excluded(end) => Some(*end),
            Bound::Unbounded => None,
        };
        match start {
            Some(start) if end.is_none_or(|end| start < end) => Ok(Self { start, end }),
            _ => Err(format!("the range from {from:?} to {to:?} has no bytes")),
        }
    }

    /// Returns the value of `Range`.
    pub(super) fn header(&self) -> String {
        match self.end {
            Some(end) => format!("bytes={}-{}", self.start, end.saturating_sub(1)),
            None => format!("bytes={}-", self.start),
        }
    }
}

/// The value of `Content-Range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// The positions of the first byte and after the last, unless nothing came.
    pub(super) part: Option<(u64, u64)>,
    /// The length of the whole, if it is known.
    pub(super) total: Option<u64>,
}

impl ContentRange {
    /// Reads `bytes 0-41/100`, `bytes 0-41/*` or `bytes */100`. Two that differ say nothing.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::CONTENT_RANGE).iter();
        let value = values.next()?;
        if values.any(|other| other != value) {
            return None;
        }
        let value = value.to_str().ok()?;
        let (part, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
        let total = match total {
            "*" => None,
            total => Some(number(total)?),
        };
        let part = match part {
            "*" => None,
            part => {
                let (start, last) = part.split_once('-')?;
                let (start, end) = (number(start)?, number(last)?.checked_add(1)?);
                let fits = start < end && total.is_none_or(|total| end <= total);
                Some(fits.then_some((start, end))?)
            }
        };
        Some(Self { part, total })
    }
}

fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn parts() {
        let part = |start, end| Ok(Part { start, end });
        assert_eq!(Part::new(..), part(0, None));
        assert_eq!(Part::new(5..), part(5, None));
        assert_eq!(Part::new(..5), part(0, Some(5)));
        assert_eq!(Part::new(5..=9), part(5, Some(10)));
        assert_eq!(Part::new(5..=u64::MAX), part(5, None));
        let open = (Bound::Excluded(4), Bound::Excluded(10));
        assert_eq!(Part::new(open), part(5, Some(10)));
        assert_eq!(Part::new(5..10).unwrap().header(), "bytes=5-9");
        assert_eq!(Part::new(5..).unwrap().header(), "bytes=5-");
        let message = "the range from Included(5) to Excluded(5) has no bytes";
        assert_eq!(Part::new(5..5), Err(message.to_owned()));
    }

    #[test]
    fn content_ranges() {
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_RANGE, HeaderValue::from_static(value));
            let range = ContentRange::of(&headers)?;
            Some((range.part, range.total))
        };
        assert_eq!(read("bytes 0-41/100"), Some((Some((0, 42)), Some(100))));
        assert_eq!(read("bytes 7-7/*"), Some((Some((7, 8)), None)));
        assert_eq!(read("bytes */100"), Some((None, Some(100))));
        for wrong in [
            "bytes 5-4/100",
            "bytes 0-100/100",
            "bytes 0-18446744073709551615/*",
            "bytes +0-4/5",
            "bytes 0-4",
            "items 0-4/5",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(ContentRange::of(&HeaderMap::new()), None);
    }
}
