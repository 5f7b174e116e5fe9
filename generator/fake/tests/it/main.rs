//! The fake in process: requests and replies.

mod compute;
mod control;
mod every_method;
mod examples;
mod filters;
mod hosts;
mod identity;
mod lists;
mod media;
mod mutants;
mod operations;
mod persistence;
mod policies;
mod random;
mod resources;
mod sessions;
mod support;
mod validation;
