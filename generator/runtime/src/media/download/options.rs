//! Options of a download.

use crate::media::{checksum::Checksums, progress::Callback};

/// The handling of media as it comes.
#[derive(Default)]
pub(super) struct Options {
    pub(super) checksums: Checksums,
    pub(super) progress: Option<Callback>,
    pub(super) decompress: bool,
}
