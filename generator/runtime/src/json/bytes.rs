//! Bytes as base64.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::URL_SAFE},
};
use bytes::Bytes;

use super::scalar::{Scalar, json_form_of_scalar};

/// Readers accept padding or none, and bits that padding leaves over.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes base64 in either alphabet, in lines as MIME breaks them or in one.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    // The alphabets differ in two characters only, so either, or a mix, can be read as one.
    let url_safe: Vec<u8> = text
        .bytes()
        .filter(|byte| !b"\r\n".contains(byte))
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            _ => byte,
        })
        .collect();
    LENIENT.decode(url_safe).ok()
}

impl Scalar for Bytes {
    fn from_text(text: &str) -> Option<Self> {
        decode(text).map(Self::from)
    }
}

// In the URL-safe alphabet, by <https://developers.google.com/discovery/v1/type-format>.
json_form_of_scalar!(Bytes, Some(Self::new()), |value, serializer| {
    serializer.serialize_str(&URL_SAFE.encode(value))
});
