//! Bytes as base64.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::URL_SAFE},
};
use bytes::Bytes;
use serde::{
    Deserializer, Serializer,
    de::{self, Unexpected, Visitor},
};

use super::Wire;

/// Readers accept padding or none, and bits that padding leaves over.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl Wire for Bytes {
    fn to_wire<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE.encode(self))
    }

    fn from_wire<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor)
    }
}

struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("base64")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes, E> {
        // The two alphabets differ in two characters only, so either, or a mix, can be read as one.
        let url_safe: Vec<u8> = text
            .bytes()
            .map(|byte| match byte {
                b'+' => b'-',
                b'/' => b'_',
                _ => byte,
            })
            .collect();
        LENIENT
            .decode(url_safe)
            .map(Bytes::from)
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
