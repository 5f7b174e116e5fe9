//! Cloud Storage, as `gcp-storage-emulator` understands it. Where it does otherwise than the
//! service, the tests say so.

mod buckets;
mod downloads;
mod errors;
mod names;
mod objects;
mod resumable;
mod support;
mod uploads;
