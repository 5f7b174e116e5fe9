//! Hashes of documentation.

use std::hash::Hasher;

use fnv::FnvHasher;

use crate::model::Docs;

/// A hash of documentation, the same on every machine; empty if there is none.
pub(super) fn digest(docs: &Docs) -> String {
    if docs.0.is_empty() {
        return String::new();
    }
    let mut hasher = FnvHasher::default();
    for line in &docs.0 {
        hasher.write(line.as_bytes());
        hasher.write(b"\n");
    }
    format!("{:016x}", hasher.finish())
}
