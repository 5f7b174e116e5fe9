//! Ids by which a service recognises a repeated request ([AIP-155](https://google.aip.dev/155)).

/// The place of a request's id. The service carries out the requests with one id once, so a call that
/// has one may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestId {
    /// The query parameter of this name.
    Query(&'static str),
    /// The member of this name of the request's message.
    Body(&'static str),
}
