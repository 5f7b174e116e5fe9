//! The values of a path's variables, and the text of segments.

use percent_encoding::percent_decode_str;

/// The segments of each variable, decoded and in canonical form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Captures(pub(super) Vec<(String, Vec<String>)>);

impl Captures {
    /// Returns each variable with its value: slashes between segments are part of it.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().map(|(name, segments)| {
            let value = match segments.as_slice() {
                [one] => one.replace("%2F", "/").replace("%25", "%"),
                several => several.join("/").replace("%25", "%"),
            };
            (name.as_str(), value)
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        let mut captures = self.0.iter();
        captures.find_map(|(known, segments)| (known == name).then_some(segments.as_slice()))
    }
}

/// Returns a decoded segment as keys have it: without a slash that is not a separator.
pub(crate) fn canonical(segment: &str) -> String {
    segment.replace('%', "%25").replace('/', "%2F")
}

/// Decodes a segment of a path. Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn decode(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
