//! Metadata and media in one body: `multipart/related`
//! ([RFC 2387](https://www.rfc-editor.org/rfc/rfc2387)).

use bytes::Bytes;

use super::random::random;

/// A `multipart/related` body around the media: its head, its tail and its content type.
pub(super) struct RelatedBody {
    pub(super) content_type: String,
    pub(super) head: Bytes,
    pub(super) tail: Bytes,
}

impl RelatedBody {
    /// Returns a body for JSON metadata and for media of a content type. `data` is the media if it is in
    /// memory: the boundary must not occur in it.
    pub(super) fn new(metadata: &[u8], media_type: &str, data: &[u8]) -> Self {
        let mut boundary = random();
        while contains(data, &boundary) || contains(metadata, &boundary) {
            boundary = random();
        }
        Self::with_boundary(&boundary, metadata, media_type)
    }

    /// Lines end in CRLF, since some servers refuse others.
    fn with_boundary(boundary: &str, metadata: &[u8], media_type: &str) -> Self {
        let mut head =
            format!("--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n")
                .into_bytes();
        head.extend_from_slice(metadata);
        let between = format!("\r\n--{boundary}\r\nContent-Type: {media_type}\r\n\r\n");
        head.extend_from_slice(between.as_bytes());
        Self {
            content_type: format!("multipart/related; boundary={boundary}"),
            head: head.into(),
            tail: format!("\r\n--{boundary}--\r\n").into(),
        }
    }
}

fn contains(data: &[u8], boundary: &str) -> bool {
    data.windows(boundary.len())
        .any(|window| window == boundary.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_two_parts_and_ends_lines_by_crlf() {
        let body = RelatedBody::with_boundary("b", br#"{"a":1}"#, "image/png");
        assert_eq!(body.content_type, "multipart/related; boundary=b");
        assert_eq!(
            body.head,
            "--b\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{\"a\":1}\r\n\
             --b\r\nContent-Type: image/png\r\n\r\n"
        );
        assert_eq!(body.tail, "\r\n--b--\r\n");
    }

    #[test]
    fn boundaries_differ_and_are_found_in_data() {
        let boundary = random();
        assert_eq!(boundary.len(), 32);
        assert_ne!(boundary, random());
        assert!(contains(format!("x{boundary}y").as_bytes(), &boundary));
        assert!(!contains(b"short", &boundary));
    }
}
