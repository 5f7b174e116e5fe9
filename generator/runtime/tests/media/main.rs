//! Uploads and downloads, judged by the bytes on the wire and at either end.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod broken;
mod data;
mod downloads;
mod early;
mod encoded;
mod ends;
mod faults;
mod files;
mod lost;
mod named;
mod redirects;
mod resumed;
mod sessions;
mod steps;
mod store;
mod timing;
mod uploads;
