//! The licenses of generated crates: those of this workspace.

/// The texts of the licenses, by their paths in a crate.
pub const LICENSES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
];
