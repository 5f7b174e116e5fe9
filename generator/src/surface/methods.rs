//! Methods: how a program calls one, and the request that it sends.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::skip::is_default;

/// A method of the API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Method {
    /// The name in the document: `checks.accounts.apps.list`.
    pub id: String,
    /// The type of the request builder: `accounts::apps::List`.
    pub builder: String,
    /// The HTTP method: `GET`.
    pub verb: String,
    /// The path, relative to root URL and service path.
    pub path: Vec<Segment>,
    /// The value of the header that selects the behaviour of the server.
    #[serde(skip_serializing_if = "is_default")]
    pub api_version: Option<String>,
    /// The required parameters, in the order of the function's arguments.
    #[serde(skip_serializing_if = "is_default")]
    pub arguments: Vec<Argument>,
    /// The request body: the last argument, unless it is optional.
    #[serde(skip_serializing_if = "is_default")]
    pub body: Option<Body>,
    /// The optional query parameters, by the functions of the builder that set them.
    #[serde(skip_serializing_if = "is_default")]
    pub parameters: BTreeMap<String, Parameter>,
    /// The type of the response; none if its body is ignored.
    #[serde(skip_serializing_if = "is_default")]
    pub response: Option<String>,
    /// The OAuth 2.0 scopes of which a call needs one.
    #[serde(skip_serializing_if = "is_default")]
    pub scopes: BTreeSet<String>,
    /// Its pages, if it lists page by page.
    #[serde(skip_serializing_if = "is_default")]
    pub pages: Option<Pages>,
    /// The operation that a call starts, if a program can follow it.
    #[serde(skip_serializing_if = "is_default")]
    pub long_running: Option<LongRunning>,
    /// The media that a call can send.
    #[serde(skip_serializing_if = "is_default")]
    pub upload: Option<Upload>,
    /// The place that media is downloaded from.
    #[serde(skip_serializing_if = "is_default")]
    pub download: Option<Download>,
    /// The id that makes a call idempotent, which the client fills in.
    #[serde(skip_serializing_if = "is_default")]
    pub request_id: Option<RequestId>,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}

/// The place of the id of a request, by its name in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestId {
    /// A query parameter.
    Query(String),
    /// A field of the request body.
    Body(String),
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Segment {
    /// Text that needs no encoding.
    Literal(String),
    /// A place for a value.
    Variable(Variable),
}

/// A place for a value in a path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Variable {
    /// The name of the parameter in the document.
    pub name: String,
    /// True if slashes of the value are not encoded.
    #[serde(skip_serializing_if = "is_default")]
    pub reserved: bool,
}

/// A required parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Argument {
    /// The name of the argument.
    pub name: String,
    /// The name in the document.
    pub wire: String,
    /// The part of the request that carries it.
    pub location: Location,
    /// The type of its value. Functions take whatever converts into it.
    #[serde(rename = "type")]
    pub ty: String,
    /// True if it takes several values.
    #[serde(skip_serializing_if = "is_default")]
    pub repeated: bool,
    /// The regular expression that its value must match.
    #[serde(skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
}

/// The part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// The path.
    #[default]
    Path,
    /// The query.
    Query,
}

/// An optional query parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameter {
    /// The name in the query.
    pub wire: String,
    /// The type of its value. Functions take whatever converts into it.
    #[serde(rename = "type")]
    pub ty: String,
    /// True if it takes several values.
    #[serde(skip_serializing_if = "is_default")]
    pub repeated: bool,
    /// True if it is deprecated.
    #[serde(skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// A hash of its documentation.
    #[serde(skip_serializing_if = "is_default")]
    pub docs: String,
}

/// The request body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Body {
    /// The name of the argument.
    pub name: String,
    /// Its type: a message, or `runtime::HttpBody` for bytes of any media type.
    #[serde(rename = "type")]
    pub ty: String,
    /// True if the function `with_request` takes it instead of the method.
    #[serde(skip_serializing_if = "is_default")]
    pub optional: bool,
}

/// The pages of a method that lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// The query parameter that takes the token of a page.
    #[serde(skip_serializing_if = "is_default")]
    pub query: Option<String>,
    /// The field of the request body that takes it instead.
    #[serde(skip_serializing_if = "is_default")]
    pub body: Option<String>,
    /// The field of the response that has the next token, through the fields that lead to it.
    pub next: Vec<String>,
    /// The query parameter that has the token, if that field is a URL.
    #[serde(skip_serializing_if = "is_default")]
    pub link: Option<String>,
    /// The elements of a page, if the document says which they are.
    #[serde(skip_serializing_if = "is_default")]
    pub items: Option<Items>,
}

/// The elements of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Items {
    /// The field that holds them.
    pub field: String,
    /// The type of one.
    #[serde(rename = "type")]
    pub ty: String,
    /// True if the field is a map.
    #[serde(skip_serializing_if = "is_default")]
    pub is_map: bool,
}

/// The result of following an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LongRunning {
    /// The type of its response; `runtime::Any` if the document does not name it.
    pub response: String,
    /// The type of its metadata; `runtime::Any` if the document does not name it.
    pub metadata: String,
}

/// The media that a call can send.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Upload {
    /// The path, relative to the root URL.
    pub path: Vec<Segment>,
    /// The media ranges that are accepted; empty if all are.
    #[serde(skip_serializing_if = "is_default")]
    pub accept: BTreeSet<String>,
    /// The largest size in bytes.
    #[serde(skip_serializing_if = "is_default")]
    pub max_size: Option<u64>,
    /// True if one request can carry the body and the media.
    #[serde(skip_serializing_if = "is_default")]
    pub multipart: bool,
    /// True if an upload can be resumed.
    #[serde(skip_serializing_if = "is_default")]
    pub resumable: bool,
    /// True if the response has an MD5 hash that the client compares.
    #[serde(skip_serializing_if = "is_default")]
    pub md5: bool,
}

/// The place that media is downloaded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Download {
    /// The path of the method.
    Method,
    /// The path of the method below `download/`.
    Service,
}
