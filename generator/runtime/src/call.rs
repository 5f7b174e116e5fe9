//! One call to a method, from its request to its response.

pub(crate) mod payload;
pub(crate) mod prepared;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod send;
mod shape;
pub(crate) mod stream;
pub(crate) mod trace;
mod wrapper;
