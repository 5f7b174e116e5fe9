//! Limits of the text in errors, whatever a service sends.

use std::error::Error as StdError;

use google_cloud_gax::error::rpc::StatusDetails;

/// The longest text, in characters.
const TEXT: usize = 4096;
/// The largest details, in bytes of JSON.
const DETAILS: usize = 16 * 1024;

/// Shortens a text.
pub(crate) fn text(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(TEXT) {
        let length = text.len();
        text.truncate(end);
        text.push_str(&format!("... ({length} bytes)"));
    }
    text
}

/// Returns the source of an error, or its shortened text if that is long.
pub(super) fn source(source: Box<dyn StdError + Send + Sync>) -> Box<dyn StdError + Send + Sync> {
    let shown = source.to_string();
    if shown.len() <= TEXT {
        return source;
    }
    text(shown).into()
}

/// Returns the details that are small enough together. The others remain in the payload.
pub(super) fn details(details: impl IntoIterator<Item = StatusDetails>) -> Vec<StatusDetails> {
    let mut left = DETAILS;
    let mut is_small = |detail: &StatusDetails| {
        let size = serde_json::to_vec(detail).map_or(usize::MAX, |json| json.len());
        let rest = left.checked_sub(size);
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    details
        .into_iter()
        .filter(|detail| is_small(detail))
        .collect()
}
