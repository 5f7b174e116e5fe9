//! Descriptions of a service and its methods, which generated clients hold as data.

pub(crate) mod method;
pub(crate) mod pattern;
pub(crate) mod service;
