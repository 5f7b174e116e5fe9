//! Cloud Storage, as `gcp-storage-emulator` serves it. The tests note where it differs from the
//! service.

mod buckets;
mod downloads;
mod errors;
mod first_program;
mod names;
mod objects;
#[path = "../support/program.rs"]
mod program;
mod resumable;
mod support;
mod uploads;
