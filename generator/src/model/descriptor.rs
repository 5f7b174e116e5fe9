//! Descriptors of methods.

use crate::names::Ident;

/// The constant facts of a method, which the runtime needs.
#[derive(Debug)]
pub(crate) struct Descriptor {
    /// `checks.accounts.apps.operations.cancel`.
    pub(crate) id: String,
    /// A variant of the runtime's `HttpMethod`, such as `Post`.
    pub(crate) verb: Ident,
    /// Relative to the root URL and the service path.
    pub(crate) path: Vec<Segment>,
    pub(crate) api_version: Option<String>,
}

/// The place of the id by which a service recognises a repeated request.
#[derive(Debug)]
pub(crate) enum RequestId {
    /// The query parameter of this name.
    Query(String),
    /// The member of this name of the request message.
    Body(String),
}

impl RequestId {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Query(name) | Self::Body(name) => name,
        }
    }
}

/// A part of a path template.
#[derive(Debug)]
pub(crate) enum Segment {
    Literal(String),
    /// `{x}`
    Variable(String),
    /// `{+x}`
    Reserved(String),
}
