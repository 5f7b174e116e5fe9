//! Checksums of media.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::HeaderMap;
use md5::{Digest as _, Md5};
use serde_json::{Map, Value};

use super::length::length_of;
use crate::error::MediaError;

/// The checksums of media that are computed and compared with those of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Checksums {
    /// None.
    Off,
    /// The one that costs least: CRC32C where the service gives it, otherwise MD5.
    #[default]
    Fastest,
    /// All that the service gives. MD5 takes longer than encryption.
    All,
}

/// The kinds of checksums that are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds {
    pub(super) crc32c: bool,
    pub(super) md5: bool,
}

impl Kinds {
    pub(super) const NONE: Self = Self {
        crc32c: false,
        md5: false,
    };

    /// Returns the kinds to compute of media whose checksums the service reports afterwards.
    pub(super) fn of_upload(wanted: Checksums, answers_md5: bool) -> Self {
        Self {
            crc32c: wanted != Checksums::Off,
            md5: wanted == Checksums::All || (wanted == Checksums::Fastest && answers_md5),
        }
    }
}

/// The checksums that a service reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reported {
    crc32c: Option<u32>,
    md5: Option<[u8; 16]>,
}

impl Reported {
    /// Reads `x-goog-hash: crc32c=..,md5=..`, which may come as one header or several
    /// ([Cloud Storage](https://docs.cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash)).
    pub(super) fn from_headers(headers: &HeaderMap) -> Self {
        let values = headers.get_all("x-goog-hash").into_iter();
        let pairs = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|pair| pair.trim().split_once('='));
        let mut reported = Self::default();
        for (name, value) in pairs {
            match name {
                "crc32c" => reported.crc32c = base64(value).map(u32::from_be_bytes),
                "md5" => reported.md5 = base64(value),
                _ => {}
            }
        }
        reported
    }

    /// Reads the members of a response: `crc32c` and `md5Hash` of Cloud Storage, `md5Checksum` of
    /// Drive.
    pub(super) fn from_json(body: &[u8]) -> Self {
        let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        Self {
            crc32c: text("crc32c").and_then(base64).map(u32::from_be_bytes),
            md5: text("md5Hash")
                .and_then(base64)
                .or_else(|| text("md5Checksum").and_then(hex)),
        }
    }

    /// Returns whether both report the same kind of checksum, but not the same.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let crc32c = self.crc32c.is_some() && other.crc32c.is_some();
        let md5 = self.md5.is_some() && other.md5.is_some();
        (crc32c && self.crc32c != other.crc32c) || (md5 && self.md5 != other.md5)
    }

    /// Adds the checksums that only another report has.
    pub(super) fn bind(&mut self, other: Self) {
        self.crc32c = self.crc32c.or(other.crc32c);
        self.md5 = self.md5.or(other.md5);
    }

    /// Returns the kinds to compare.
    pub(super) fn kinds(&self, wanted: Checksums) -> Kinds {
        let crc32c = self.crc32c.is_some();
        let md5 = self.md5.is_some();
        match wanted {
            Checksums::Off => Kinds::NONE,
            Checksums::Fastest => Kinds {
                crc32c,
                md5: md5 && !crc32c,
            },
            Checksums::All => Kinds { crc32c, md5 },
        }
    }
}

fn base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    STANDARD.decode(text.trim()).ok()?.try_into().ok()
}

fn hex(text: &str) -> Option<[u8; 16]> {
    let text = text.trim();
    let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u128::from_str_radix(text, 16).ok().filter(|_| plain)?;
    Some(number.to_be_bytes())
}

/// Computes checksums of media that comes in order, some of it more than once.
#[derive(Clone, Debug)]
pub(super) struct Hasher {
    crc32c: Option<u32>,
    md5: Option<Md5>,
    position: u64,
}

impl Hasher {
    pub(super) fn new(kinds: Kinds) -> Self {
        Self {
            crc32c: kinds.crc32c.then_some(0),
            md5: kinds.md5.then(Md5::new),
            position: 0,
        }
    }

    /// Takes a piece of the media from its position. Bytes that were taken before are skipped.
    pub(super) fn update(&mut self, offset: u64, piece: &Bytes) {
        let known = self.position.checked_sub(offset).map(usize::try_from);
        let Some(new) = known.and_then(|known| piece.get(known.ok()?..)) else {
            return;
        };
        self.position += length_of(new);
        if let Some(crc32c) = &mut self.crc32c {
            *crc32c = crc32c::crc32c_append(*crc32c, new);
        }
        if let Some(md5) = &mut self.md5 {
            md5.update(new);
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Returns whether it has seen all of the media, for all of these checksums.
    pub(super) fn knows(&self, length: u64, kinds: Kinds) -> bool {
        self.position == length
            && (self.crc32c.is_some() || !kinds.crc32c)
            && (self.md5.is_some() || !kinds.md5)
    }

    /// Compares the checksums with those of the service.
    pub(super) fn compare(&self, reported: &Reported) -> Result<(), MediaError> {
        if let (Some(own), Some(reported)) = (self.crc32c, reported.crc32c) {
            differ("CRC32C", &own.to_be_bytes(), &reported.to_be_bytes())?;
        }
        if let (Some(own), Some(reported)) = (&self.md5, &reported.md5) {
            differ("MD5", &own.clone().finalize(), reported)?;
        }
        Ok(())
    }
}

fn differ(kind: &'static str, own: &[u8], reported: &[u8]) -> Result<(), MediaError> {
    if own == reported {
        return Ok(());
    }
    Err(MediaError::ChecksumMismatch {
        kind,
        computed: STANDARD.encode(own),
        reported: STANDARD.encode(reported),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const ALL: Kinds = Kinds {
        crc32c: true,
        md5: true,
    };
    /// Of `123456789`: RFC 3720's check value, and the MD5.
    const CRC32C: &str = "4waSgw==";
    const MD5: &str = "JfnnlDI7RTiF9RgfG2JNCw==";

    fn hashed(pieces: &[(u64, &'static [u8])]) -> Hasher {
        let mut hasher = Hasher::new(ALL);
        for (offset, piece) in pieces {
            hasher.update(*offset, &Bytes::from_static(piece));
        }
        hasher
    }

    fn reported(values: &[&'static str]) -> Reported {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-goog-hash", HeaderValue::from_static(value));
        }
        Reported::from_headers(&headers)
    }

    #[test]
    fn headers_and_members_say_the_same() {
        let expected = Reported {
            crc32c: Some(0xE306_9283),
            md5: Some(hex("25f9e794323b453885f5181f1b624d0b").unwrap()),
        };
        let one = reported(&["crc32c=4waSgw==, md5=JfnnlDI7RTiF9RgfG2JNCw=="]);
        let two = reported(&["md5=JfnnlDI7RTiF9RgfG2JNCw==", "crc32c=4waSgw==,sha=x"]);
        let json = format!(r#"{{"crc32c":"{CRC32C}","md5Hash":"{MD5}","size":"9"}}"#);
        let drive = r#"{"md5Checksum":"25f9e794323b453885f5181f1b624d0b"}"#;
        assert_eq!((one, two), (expected, expected));
        assert_eq!(Reported::from_json(json.as_bytes()), expected);
        assert_eq!(Reported::from_json(drive.as_bytes()).md5, expected.md5);
    }

    #[test]
    fn other_values_are_ignored() {
        for header in ["", "crc32c", "crc32c=", "crc32c=?", "md5=4waSgw==", "a=b"] {
            assert_eq!(reported(&[header]), Reported::default(), "{header}");
        }
        for json in ["", "[]", r#"{"crc32c":1}"#, r#"{"md5Checksum":"+5f9"}"#] {
            let reported = Reported::from_json(json.as_bytes());
            assert_eq!(reported, Reported::default(), "{json}");
        }
    }

    #[test]
    fn pieces_that_come_again_count_once() {
        let hasher = hashed(&[
            (0, b"1234"),
            (2, b"345"),
            (0, b"12"),
            (5, b"6789"),
            (0, b""),
        ]);
        assert!(hasher.knows(9, ALL));
        let reported = reported(&["crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw=="]);
        assert!(hasher.compare(&reported).is_ok());
    }

    #[test]
    fn a_gap_is_detected() {
        let hasher = hashed(&[(0, b"1234"), (5, b"6789")]);
        assert!(!hasher.knows(9, ALL));
        assert!(!Hasher::new(Kinds::NONE).knows(0, ALL));
        assert!(Hasher::new(Kinds::NONE).knows(0, Kinds::NONE));
    }

    #[test]
    fn a_difference_is_shown_in_the_services_own_form() {
        let hasher = hashed(&[(0, b"123456789")]);
        let text = |values: &[&'static str]| {
            let error = hasher.compare(&reported(values)).unwrap_err();
            error.to_string()
        };
        assert_eq!(
            text(&["crc32c=AAAAAA=="]),
            "because the media's CRC32C is `4waSgw==`, but the service says `AAAAAA==`"
        );
        assert_eq!(
            text(&["crc32c=4waSgw==,md5=AAAAAAAAAAAAAAAAAAAAAA=="]),
            "because the media's MD5 is `JfnnlDI7RTiF9RgfG2JNCw==`, but the service says \
             `AAAAAAAAAAAAAAAAAAAAAA==`"
        );
    }

    #[test]
    fn the_fastest_is_crc32c_and_md5_where_it_is_alone() {
        let both = reported(&["crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw=="]);
        let alone = reported(&["md5=JfnnlDI7RTiF9RgfG2JNCw=="]);
        let kinds = |crc32c, md5| Kinds { crc32c, md5 };
        assert_eq!(both.kinds(Checksums::Fastest), kinds(true, false));
        assert_eq!(alone.kinds(Checksums::Fastest), kinds(false, true));
        assert_eq!(both.kinds(Checksums::All), ALL);
        assert_eq!(both.kinds(Checksums::Off), Kinds::NONE);
        assert_eq!(
            Kinds::of_upload(Checksums::Fastest, false),
            kinds(true, false)
        );
        assert_eq!(Kinds::of_upload(Checksums::Fastest, true), ALL);
        assert_eq!(Kinds::of_upload(Checksums::All, false), ALL);
        assert_eq!(Kinds::of_upload(Checksums::Off, true), Kinds::NONE);
    }
}
