//! Descriptions of services and methods: the data in generated clients.

pub(crate) mod http_method;
pub(crate) mod media;
pub(crate) mod method;
pub(crate) mod pattern;
pub(crate) mod request_id;
pub(crate) mod service;
pub(crate) mod template;
