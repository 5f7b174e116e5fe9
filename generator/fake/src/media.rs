//! Media: uploads in one request or in several, and downloads.

pub(crate) mod download;
pub(crate) mod multipart;
pub(crate) mod range;
pub(crate) mod sessions;
