//! Media: uploads and downloads.

mod body;
mod checksum;
mod content;
mod download;
mod file;
mod length;
mod meter;
mod multipart;
mod policy;
mod progress;
mod random;
mod reader;
mod resumable;
mod source;
mod starts;
mod trust;
mod types;
mod upload;
mod whole;

pub use checksum::Checksums;
pub use content::{IntoMedia, Media};
pub use download::{Download, MediaStream};
pub use resumable::{Resumable, UploadSession};
pub use starts::Starts;
pub use upload::{Simple, Upload};
