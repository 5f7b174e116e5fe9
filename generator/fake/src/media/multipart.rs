//! Bodies of `multipart/related`: metadata and media ([RFC 2387](https://www.rfc-editor.org/rfc/rfc2387)).

use bytes::Bytes;

use crate::state::record::Media;
use crate::status::{Code, Failure};

/// Reads the metadata and the media of a body.
pub(crate) fn read(content_type: &str, body: &Bytes) -> Result<(Bytes, Media), Failure> {
    let boundary =
        boundary(content_type).ok_or_else(|| invalid("the Content-Type has no boundary"))?;
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let starts = positions(body, delimiter.as_bytes());
    for pair in starts.windows(2) {
        if let [start, end] = pair {
            let part = body.get(start + delimiter.len()..*end).unwrap_or_default();
            parts.push(part_of(body, part)?);
        }
    }
    match parts.as_slice() {
        [(_, metadata), (content_type, content)] => {
            let media = Media {
                content_type: content_type.clone(),
                content: content.clone(),
            };
            Ok((metadata.clone(), media))
        }
        _ => Err(invalid("the body does not have two parts")),
    }
}

fn invalid(reason: &str) -> Failure {
    Failure::new(
        Code::InvalidArgument,
        format!("Invalid multipart request: {reason}."),
    )
}

fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    let boundary = parameters.find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim().trim_matches('"');
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

/// Returns the places at which lines begin with a delimiter.
fn positions(body: &[u8], delimiter: &[u8]) -> Vec<usize> {
    let mut positions = Vec::new();
    let mut start = 0;
    while let Some(at) = find(body.get(start..).unwrap_or_default(), delimiter) {
        let at = start + at;
        if at == 0 || body.get(at - 1) == Some(&b'\n') {
            positions.push(at);
        }
        start = at + delimiter.len();
    }
    positions
}

fn find(body: &[u8], pattern: &[u8]) -> Option<usize> {
    body.windows(pattern.len())
        .position(|window| window == pattern)
}

/// Returns the content type and the content of a part; a line break before the next delimiter is not part of
/// it.
fn part_of(body: &Bytes, part: &[u8]) -> Result<(String, Bytes), Failure> {
    let (head, separator) = [&b"\r\n\r\n"[..], b"\n\n"]
        .iter()
        .filter_map(|separator| Some((find(part, separator)?, separator.len())))
        .min()
        .ok_or_else(|| invalid("a part has no empty line behind its headers"))?;
    let headers = String::from_utf8_lossy(part.get(..head).unwrap_or_default()).into_owned();
    let content_type = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-type")
            .then(|| value.trim().to_owned())
    });
    let content = part.get(head + separator..).unwrap_or_default();
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    let content_type = content_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok((content_type, body.slice_ref(content)))
}
