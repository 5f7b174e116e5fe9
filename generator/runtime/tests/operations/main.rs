//! Long-running operations: decoding and polling.

#[path = "../support/mod.rs"]
mod support;

mod cancelling;
mod deadlines;
mod failures;
mod faults;
mod masks;
mod places;
mod polls;
mod reading;
mod script;
mod services;
mod states;
mod uploads;
mod waits;
