//! Ranges of bytes in headers.

/// Returns the range that a `Range` header requests of media of a length: its first byte, and the byte behind
/// its last one. `Err` if the media has no such bytes; none for a header in another form, which is ignored.
pub(crate) fn requested(header: &str, length: u64) -> Result<Option<(u64, u64)>, ()> {
    let Some((start, end)) = header
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Ok(None);
    };
    let range = match (start.trim().parse::<u64>(), end.trim().parse::<u64>()) {
        (Ok(start), Ok(end)) if start <= end => (start, end.saturating_add(1).min(length)),
        (Ok(start), Err(_)) if end.trim().is_empty() => (start, length),
        (Err(_), Ok(count)) if start.trim().is_empty() => (length.saturating_sub(count), length),
        _ => return Ok(None),
    };
    if range.0 >= length {
        Err(())
    } else {
        Ok(Some(range))
    }
}

/// The `Content-Range` of a part of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The first and the last byte; none for a request of the state, `bytes */5`.
    pub(crate) bytes: Option<(u64, u64)>,
    /// The length of all, if the sender knows it.
    pub(crate) total: Option<u64>,
}

/// Parses a `Content-Range` header.
pub(crate) fn part(header: &str) -> Option<Part> {
    let (range, total) = header.strip_prefix("bytes ")?.split_once('/')?;
    let total = match total.trim() {
        "*" => None,
        total => Some(total.parse().ok()?),
    };
    let bytes = match range.trim() {
        "*" => None,
        range => {
            let (start, end) = range.split_once('-')?;
            let (start, end) = (start.parse().ok()?, end.parse().ok()?);
            if start > end {
                return None;
            }
            Some((start, end))
        }
    };
    Some(Part { bytes, total })
}
