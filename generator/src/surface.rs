//! A generated client as plain data: everything that its callers and its servers rely on.
//!
//! A [`Surface`] is what two versions of a client are compared by, and it describes a client to
//! programs that do not read Rust. It is complete: whatever reaches the wire is in it. Maps are keyed
//! by the names that callers write, so the order of a document does not matter.
//!
//! Types are written as seen from the root of the crate: `Option<schemas::report::Report>`. Names are
//! without `r#`.

mod describe;
mod digest;
mod error;
mod json;
mod methods;
mod operations;
mod skip;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::options::Runtime;
pub use error::SurfaceError;
pub use methods::{
    Argument, Body, Download, Items, Location, LongRunning, Method, Pages, Parameter, RequestId,
    Segment, Upload, Variable,
};
pub use operations::{OperationCall, OperationService, WaitTimeout};
use skip::is_default;
pub use types::{Field, Type, TypeKind, Variant};

/// The description of a client.
///
/// Fields that an older format lacks are read as their defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Surface {
    /// The version of this format: [`Surface::FORMAT`].
    pub format: u32,
    /// The name of the package: `google-checks-v1alpha`.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The document: `checks:v1alpha`.
    pub document: String,
    /// The revision of the document.
    pub revision: String,
    /// The patterns of the methods and schemas that were kept; empty for a complete client.
    #[serde(skip_serializing_if = "is_default")]
    pub only: Vec<String>,
    /// The oldest Rust that compiles the package.
    pub rust_version: String,
    /// The version of `discovery-runtime`, whose types are a part of the API.
    pub runtime: String,
    /// The location of `discovery-runtime`, so that the package can be generated again with it.
    #[serde(skip_serializing_if = "is_default")]
    pub runtime_source: Option<Runtime>,
    /// The client type: `Checks`.
    pub client: String,
    /// A hash of the crate's documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
    /// Facts that all requests share.
    pub service: Service,
    /// The cargo features that stand for parts of the API. All are on by default.
    pub features: BTreeSet<String>,
    /// The constants of the module `scopes`.
    pub scopes: BTreeMap<String, Constant>,
    /// The constants of the module `endpoints`.
    pub endpoints: BTreeMap<String, Constant>,
    /// The resources, by the accessors that lead to them: `accounts.apps`.
    pub resources: BTreeMap<String, Resource>,
    /// The methods, by the functions that a caller writes: `accounts.apps.list`.
    pub methods: BTreeMap<String, Method>,
    /// The types, by their paths from the root of the crate: `schemas::report::Report`.
    pub types: BTreeMap<String, Type>,
    /// The calls that follow long-running operations, by the id of the method that gets one.
    pub operations: BTreeMap<String, OperationService>,
}

impl Surface {
    /// The feature of the types that no method uses; operations may contain them. It turns on all other
    /// features, so that a type stays there when a method begins to use it.
    pub const ALL_TYPES: &str = "unreferenced-schemas";
}

/// Facts that all requests share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// The name of the API.
    pub name: String,
    /// The version of the API.
    pub version: String,
    /// The URL that all paths are relative to.
    pub root_url: String,
    /// Text between the root URL and the path of a method, but not of an upload.
    #[serde(skip_serializing_if = "is_default")]
    pub service_path: String,
    /// True if messages travel in a member `data`.
    #[serde(skip_serializing_if = "is_default")]
    pub data_wrapper: bool,
    /// The scopes that credentials request unless the program names others.
    #[serde(skip_serializing_if = "is_default")]
    pub default_scopes: BTreeSet<String>,
}

/// A named string: a scope or a regional endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Constant {
    /// Its value.
    pub value: String,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}

/// A handle with the functions of a resource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resource {
    /// The type of the handle: `accounts::apps::Resource`.
    #[serde(rename = "type")]
    pub ty: String,
    /// The features of which one must be on. Empty below the root, where those of the resource at
    /// the root apply.
    #[serde(skip_serializing_if = "is_default")]
    pub features: BTreeSet<String>,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}
