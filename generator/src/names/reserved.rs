//! Names that generated code uses itself, by name space. A document's name that is in the list of its
//! name space gets an underscore, whether or not this document's client uses the word.

#[cfg(test)]
mod tests;

/// The module of all schemas.
pub(crate) const SCHEMAS: &str = "schemas";

/// The module of the request builders of methods that belong to no resource.
pub(crate) const METHODS: &str = "methods";

/// The functions of a client.
pub(crate) const CLIENT_FUNCTIONS: &[&str] = &["builder", "download_url"];

/// The functions of every request builder. Options of the runtime begin with `with_`, and no setter
/// of a parameter does.
pub(crate) const REQUEST_FUNCTIONS: &[&str] =
    &["by_item", "by_page", "download", "poller", "send", "stream"];

/// The statics in the function of a method.
pub(crate) const STATICS: &[&str] = &["METHOD"];

/// The messages that a method defines inline.
pub(crate) const MESSAGES: &[&str] = &["Request", "Response"];

/// The runtime's own variant of every enum.
pub(crate) const VARIANTS: &[&str] = &["UnknownValue"];

/// Types that modules of schemas use by their bare name.
pub(crate) const TYPES: &[&str] = &["Box", "From", "Option", "String", "Vec"];

/// The handle of a resource, and the types that its module uses by their bare name.
pub(crate) const RESOURCE_TYPES: &[&str] = &[
    "Into",
    "IntoField",
    "IntoIterator",
    "None",
    "Option",
    "Resource",
    "Some",
    "String",
    "Vec",
];

/// Types that the root of a crate, its documentation and its examples use by their bare name.
pub(crate) const ROOT_TYPES: &[&str] = &[
    "Aip194Strict",
    "AsRef",
    "Box",
    "Call",
    "Cancellation",
    "ClientBuilder",
    "Code",
    "Default",
    "Delegation",
    "Duration",
    "Error",
    "ErrorExt",
    "Fake",
    "From",
    "Into",
    "IntoIterator",
    "Login",
    "Media",
    "Poller",
    "ProgressBar",
    "Reply",
    "RequestBuilderExt",
    "RequestOptionsBuilder",
    "Result",
    "RetryPolicyExt",
    "String",
    "Transport",
    "Vec",
];

/// Modules of the crate, or names in the extern prelude, that a module of the document must not hide;
/// and names that its file or the folder of its documentation cannot have: `mod.rs` is the module
/// around it, and Windows has no files with the names of
/// [devices](https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
#[rustfmt::skip]
pub(crate) const MODULES: &[&str] = &[
    "core", "runtime", SCHEMAS, "serde", "std",
    "mod",
    "aux", "con", "nul", "prn",
    "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Modules at the root of a crate, and files that cargo takes for the root of another one.
pub(crate) const ROOT_MODULES: &[&str] = &[
    "bin",
    "discovery_runtime",
    "endpoints",
    "lib",
    "main",
    METHODS,
    "operation_services",
    "scopes",
];

/// The variables of the examples.
#[rustfmt::skip]
pub(crate) const VARIABLES: &[&str] = &[
    "bar", "builder", "file", "item", "items", "media", "progress", "response", "stop", "upload",
    "values", "words",
];

/// Features of every crate. Others that are not a resource's have a dash, as no module has.
pub(crate) const FEATURES: &[&str] = &["default", "ring"];

/// Returns whether generated code has a module of this name.
pub(crate) fn is_module(name: &str) -> bool {
    MODULES.contains(&name)
}

/// The runtime's own field of every struct.
pub(crate) const FIELDS: &[&str] = &["unknown_fields"];
