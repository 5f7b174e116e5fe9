//! The example `quickstart` of the Checks client.

#![allow(clippy::print_stdout, reason = "programs print their results")]

include!(concat!(env!("OUT_DIR"), "/quickstart.rs"));
