//! Content types.

use std::path::Path;

/// Extensions of files that Google services take, by the
/// [IANA registry](https://www.iana.org/assignments/media-types) where it has them.
const TYPES: [(&str, &str); 37] = [
    ("apk", "application/vnd.android.package-archive"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("eml", "message/rfc822"),
    ("epub", "application/epub+zip"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// Returns the content type of a file, by its extension.
pub(super) fn of_path(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?;
    TYPES
        .iter()
        .find_map(|(known, name)| known.eq_ignore_ascii_case(extension).then_some(*name))
}

/// Returns whether a method accepts a content type; an empty list accepts all.
pub(super) fn accepts(accepted: &[&str], content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    accepted.is_empty()
        || accepted.iter().any(|range| match range.strip_suffix("/*") {
            Some("*") => true,
            Some(kind) => essence
                .split_once('/')
                .is_some_and(|(own, _)| own.eq_ignore_ascii_case(kind)),
            None => range.eq_ignore_ascii_case(essence),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_types() {
        assert_eq!(of_path(Path::new("a/b.PNG")), Some("image/png"));
        assert_eq!(of_path(Path::new("app.aab")), None);
        assert_eq!(of_path(Path::new("zip")), None);
    }

    #[test]
    fn ranges_accept_types() {
        assert!(accepts(&[], "a/b"));
        assert!(accepts(&["*/*"], "a/b"));
        assert!(accepts(&["video/*", "image/*"], "IMAGE/png"));
        assert!(accepts(&["text/plain"], "text/plain; charset=utf-8"));
        assert!(!accepts(&["image/*"], "imagery/png"));
        assert!(!accepts(&["image/*"], "video/mp4"));
        assert!(!accepts(&["text/plain"], "text/plainer"));
    }
}
