//! Makes a folder equal to a set of files, or reports how it differs.
//!
//! Writing and checking share one comparison, [`FolderDiff::new`]: a check reports it, a write
//! applies it. The only part of the project that writes to the disk.

mod apply;
mod files;
mod folder_diff;
mod lines;
mod lock;
mod paths;
mod scan;
mod staging;
mod write;

pub(crate) use files::{CHANGELOG, is_marked};
pub use files::{Files, Layout};
pub use folder_diff::{Differing, FolderDiff, Foreign};
pub use lines::Lines;
pub(crate) use lock::Lock;
pub(crate) use scan::generated_files;
#[cfg(any(feature = "fetch", feature = "survey"))]
pub(crate) use write::write_file;

#[cfg(test)]
mod tests;
