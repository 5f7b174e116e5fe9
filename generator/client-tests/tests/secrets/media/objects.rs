//! Objects of the media service, and the form in which it sends them.

use std::{fmt, io::Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::support::plan::Plan;

/// A form of an object: bytes that no other form may be joined to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) version: u64,
    pub(crate) is_gzip: bool,
}

/// Bytes, of which messages show the length and the checksum.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Shown(pub(crate) Vec<u8>);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of CRC32C {}", self.0.len(), checksum(&self.0))
    }
}

/// Returns the bytes of a call's object.
pub(crate) fn object(plan: Plan, call: u64, form: Form) -> Vec<u8> {
    let number = |purpose| plan.number(call, 100_000 + 1000 * form.version + purpose);
    let words = 75 + number(999) % 200;
    let bytes: Vec<u8> = (0..words)
        .flat_map(|word| number(word).to_be_bytes())
        .collect();
    match form.is_gzip {
        true => gzip(&bytes),
        false => bytes,
    }
}

/// Returns the CRC32C of an object, as services report it.
pub(crate) fn checksum(object: &[u8]) -> String {
    STANDARD.encode(crc32c::crc32c(object).to_be_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
