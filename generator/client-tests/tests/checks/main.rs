//! The generated Checks client, judged by the bytes that it sends and by what it makes of answers.

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod document;
mod messages;
mod methods;
mod paths;
mod queries;
mod sample;
