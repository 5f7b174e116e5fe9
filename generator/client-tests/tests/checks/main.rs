//! The generated Checks client: the bytes that it sends, and the responses that it decodes.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod builders;
mod calls;
mod document;
mod errors;
mod generic;
mod messages;
mod methods;
mod operations;
mod pages;
mod paths;
mod programs;
mod queries;
mod responses;
mod retries;
mod round_trips;
mod sample;
mod uploads;
mod values;
