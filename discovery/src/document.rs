//! The document itself: what names the API, and the tree of its resources.

use std::collections::BTreeMap;

use crate::overlay::Written;
use crate::{Method, Problems, Schema};

/// A Discovery document, checked.
///
/// Its maps are sorted by name, so what is made from them does not depend on the order of keys in
/// the text. A text that the document lacks is empty, a list that it lacks has no elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// `name:version`, such as `checks:v1alpha`.
    pub id: String,
    /// The name of the API: at most 64 letters, digits, `_`, `.` and `-`, a letter first.
    pub name: String,
    /// The version of the API, of the same form as the name.
    pub version: String,
    /// The revision of the document, in practice its date as eight digits.
    pub revision: String,
    /// The name of the API for people.
    pub title: String,
    /// What the API is for.
    pub description: String,
    /// The name of the API as people write it, often in several words.
    pub canonical_name: Option<String>,
    /// Where the API is documented.
    pub documentation_link: String,
    /// The `https` URL, with a slash at its end, that all paths are relative to.
    pub root_url: String,
    /// What goes between [`root_url`](Self::root_url) and the path of a method: empty, or a
    /// relative path with a slash at its end.
    pub service_path: String,
    /// In practice the root URL and the service path in one; Google calls it deprecated.
    pub base_url: String,
    /// Where batches are sent, relative to the root URL.
    pub batch_path: String,
    /// The root URL for clients that authenticate themselves with a certificate.
    pub mtls_root_url: Option<String>,
    /// Who offers the API.
    pub owner_name: String,
    /// The domain of the owner.
    pub owner_domain: String,
    /// The package of the owner that the API belongs to.
    pub package_path: Option<String>,
    /// The status of the API, such as `labs` or `limited_availability`.
    pub labels: Vec<String>,
    /// Features of the API, such as `dataWrapper`: responses arrive in a `data` member.
    pub features: Vec<String>,
    /// Whether `{+x}` encodes all but unreserved characters and slashes.
    pub fully_encode_reserved_expansion: bool,
    /// The hosts of single regions.
    pub endpoints: Vec<Endpoint>,
    /// The OAuth 2.0 scopes of the API: URL to description.
    pub scopes: BTreeMap<String, String>,
    /// The query parameters that every method has.
    pub parameters: BTreeMap<String, Schema>,
    /// The schemas that the document names.
    pub schemas: BTreeMap<String, Schema>,
    /// The methods that belong to no resource.
    pub methods: BTreeMap<String, Method>,
    /// The resources at the root of the tree.
    pub resources: BTreeMap<String, Resource>,
}

/// A document that can be used, and what deserves a look all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The document, with its overlay applied.
    pub document: Document,
    /// Problems, none of which is an error.
    pub warnings: Problems,
    /// What of it the overlay has written.
    pub(crate) written: Written,
}

/// The host of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// The `https` URL that replaces the root URL, with a slash at its end.
    pub endpoint_url: String,
    /// The region, such as `europe-west1`.
    pub location: String,
    /// What the endpoint is for.
    pub description: String,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// A node in the tree of resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its methods.
    pub methods: BTreeMap<String, Method>,
    /// The resources beneath it.
    pub resources: BTreeMap<String, Resource>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}
