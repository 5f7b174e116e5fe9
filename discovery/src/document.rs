//! The document: the names of the API, and the tree of its resources.

use std::collections::BTreeMap;

use crate::{Method, Parameter, Schema};

/// A Discovery document, checked.
///
/// Its maps are sorted by name, so nothing depends on the order of keys in the text. An absent text
/// or list is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// `name:version`, such as `checks:v1alpha`.
    pub id: String,
    /// The name of the API: at most 64 letters and digits, a letter first, with single `_`, `.` or `-` between.
    pub name: String,
    /// The version of the API, of the same form as the name.
    pub version: String,
    /// The revision of the document, in practice its date as eight digits.
    pub revision: String,
    /// The title of the API.
    pub title: String,
    /// The purpose of the API.
    pub description: String,
    /// The name of the API in prose, often several words.
    pub canonical_name: Option<String>,
    /// The URL of the API's documentation.
    pub documentation_link: String,
    /// The `https` URL, with a slash at its end, that all paths are relative to.
    pub root_url: String,
    /// The part between [`root_url`](Self::root_url) and the path of a method: empty, or a relative
    /// path with a slash at its end.
    pub service_path: String,
    /// In practice the root URL and the service path in one. Deprecated by Google.
    pub base_url: String,
    /// The path of batch requests, relative to the root URL.
    pub batch_path: String,
    /// The root URL for clients that authenticate with a certificate.
    pub mtls_root_url: Option<String>,
    /// The owner of the API.
    pub owner_name: String,
    /// The domain of the owner.
    pub owner_domain: String,
    /// The package of the owner that the API belongs to.
    pub package_path: Option<String>,
    /// The status of the API, such as `labs` or `limited_availability`.
    pub labels: Vec<String>,
    /// Features of the API, such as `dataWrapper`: responses arrive in a `data` member.
    pub features: Vec<String>,
    /// `{+x}` encodes everything but unreserved characters and slashes.
    pub fully_encode_reserved_expansion: bool,
    /// The regional hosts.
    pub endpoints: Vec<Endpoint>,
    /// The OAuth 2.0 scopes of the API: URL to description.
    pub scopes: BTreeMap<String, String>,
    /// The scopes that credentials request by default, where an overlay names them.
    pub default_scopes: Option<Vec<String>>,
    /// The query parameters that every method has.
    pub parameters: BTreeMap<String, Parameter>,
    /// The named schemas.
    pub schemas: BTreeMap<String, Schema>,
    /// The methods that belong to no resource.
    pub methods: BTreeMap<String, Method>,
    /// The resources at the root of the tree.
    pub resources: BTreeMap<String, Resource>,
}

/// A regional host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// The `https` URL that replaces the root URL, with a slash at its end.
    pub endpoint_url: String,
    /// The region, such as `europe-west1`.
    pub location: String,
    /// The purpose of the endpoint.
    pub description: String,
    /// It is deprecated.
    pub deprecated: bool,
}

/// A node in the tree of resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its methods.
    pub methods: BTreeMap<String, Method>,
    /// The resources beneath it.
    pub resources: BTreeMap<String, Resource>,
    /// It is deprecated.
    pub deprecated: bool,
}
