//! The parts of a request.

pub(crate) mod builder;
pub(crate) mod extras;
pub(crate) mod field_mask;
pub(crate) mod headers;
pub(crate) mod options;
pub(crate) mod parameter;
pub(crate) mod path;
pub(crate) mod query;
pub(crate) mod request_id;
