//! Unique names.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// Returns 128 bits that no data can predict: hashes under keys that the system chose at random.
pub(super) fn random() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}
