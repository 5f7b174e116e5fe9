//! Cloud Storage, as `gcp-storage-emulator` serves it. The tests note where it differs from the
//! service.

mod buckets;
mod downloads;
mod errors;
mod names;
mod objects;
mod resumable;
mod support;
mod uploads;
