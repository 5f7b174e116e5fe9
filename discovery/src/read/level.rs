//! The kinds of objects in a document, and the keys that say nothing a client needs.

/// The kind of an object whose keys the format defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Document,
    Auth,
    OAuth2,
    Scope,
    Endpoint,
    Resource,
    Method,
    Request,
    MediaUpload,
    UploadProtocols,
    UploadProtocol,
    OperationInfo,
    Schema,
    Parameter,
    Annotations,
}

impl Level {
    /// How a message names the kind.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Auth => "description of authentication",
            Self::OAuth2 => "description of OAuth 2.0",
            Self::Scope => "scope",
            Self::Endpoint => "regional endpoint",
            Self::Resource => "resource",
            Self::Method => "method",
            Self::Request => "request",
            Self::MediaUpload => "media upload",
            Self::UploadProtocols => "set of upload protocols",
            Self::UploadProtocol => "upload protocol",
            Self::OperationInfo => "description of an operation",
            Self::Schema => "schema",
            Self::Parameter => "parameter",
            Self::Annotations => "set of annotations",
        }
    }

    /// Whether the key is known here, and known to say nothing.
    pub(crate) fn ignores(self, key: &str) -> bool {
        IGNORED
            .iter()
            .any(|(level, ignored, _)| *level == self && *ignored == key)
    }
}

/// The keys that are known and not read, each with the reason.
const IGNORED: &[(Level, &str, &str)] = &[
    (
        Level::Document,
        "basePath",
        "deprecated: repeats servicePath",
    ),
    (
        Level::Document,
        "discoveryVersion",
        "the version of the format, which has only ever been v1",
    ),
    (
        Level::Document,
        "etag",
        "belongs to the response that carried the document",
    ),
    (
        Level::Document,
        "exponentialBackoffDefault",
        "retries are the client's policy",
    ),
    (Level::Document, "icons", "pictures for a list of APIs"),
    (Level::Document, "serviceVersion", "repeats version"),
    (
        Level::Document,
        "version_module",
        "how Google names its own packages",
    ),
    (
        Level::Request,
        "parameterName",
        "the name of an argument in clients of other languages",
    ),
];
