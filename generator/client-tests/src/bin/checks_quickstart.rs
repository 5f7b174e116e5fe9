//! The example `quickstart` of the Checks client.

#![allow(clippy::print_stdout, reason = "it is a program")]

include!(concat!(env!("OUT_DIR"), "/quickstart.rs"));
