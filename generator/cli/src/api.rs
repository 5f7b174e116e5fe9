//! The description of an API that a command line is built from: plain data, which a client can embed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Api {
    /// The name, such as `checks`.
    pub name: String,
    /// The version, such as `v1alpha`.
    pub version: String,
    /// The title.
    pub title: String,
    /// The purpose of the API.
    pub description: String,
    /// The URL that all paths are relative to.
    pub root_url: String,
    /// Text between the root URL and the path of a method, but not of an upload.
    pub service_path: String,
    /// True if messages travel in a member `data`.
    pub data_wrapper: bool,
    /// The OAuth 2.0 scopes that credentials request by default.
    pub scopes: Vec<String>,
    /// The methods.
    pub methods: Vec<Method>,
    /// The methods that get, cancel and await long-running operations.
    pub operations: Vec<Operations>,
    /// The named schemas.
    pub schemas: BTreeMap<String, Schema>,
}

/// A method.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Method {
    /// Its HTTP request.
    #[serde(flatten)]
    pub call: Call,
    /// The resources that it is in, from the root down.
    pub resources: Vec<String>,
    /// Its own name.
    pub name: String,
    /// The description.
    pub description: String,
    /// The parameters in the path, in order, then those in the query.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request: Option<Request>,
    /// The kind of its response.
    pub response: Response,
    /// The form of its pages, if it lists page by page.
    pub pages: Option<Pages>,
    /// True if it starts an operation that a program can follow.
    pub long_running: bool,
    /// The media that it takes.
    pub upload: Option<Upload>,
    /// The path from which it returns media.
    pub download: Option<Download>,
    /// The place of the id that makes a call idempotent.
    pub request_id: Option<RequestId>,
    /// It is deprecated.
    pub deprecated: bool,
}

/// An HTTP request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Call {
    /// The id of the method, such as `checks.accounts.apps.get`.
    pub id: String,
    /// The HTTP method, such as `GET`.
    pub verb: String,
    /// The path, relative to the root URL and the service path.
    pub path: Vec<Segment>,
    /// The value of the header `x-goog-api-version`.
    pub api_version: Option<String>,
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Text that needs no encoding.
    Literal(String),
    /// A parameter whose slashes are encoded.
    Variable(String),
    /// A parameter whose slashes are kept.
    Reserved(String),
}

/// A parameter in the path or the query.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameter {
    /// The name in the document.
    pub name: String,
    /// True if the path carries it.
    pub in_path: bool,
    /// True if a request must have it.
    pub required: bool,
    /// True if it can be given several times.
    pub repeated: bool,
    /// The schema of its value.
    pub schema: Schema,
}

/// The request body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// The name of its schema.
    pub schema: String,
    /// True if a request without it is complete.
    pub optional: bool,
    /// True if it is bytes of any media type.
    pub raw: bool,
}

/// The kind of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Nothing.
    Empty,
    /// A JSON value.
    #[default]
    Message,
    /// JSON values, one after the other.
    Stream,
    /// Bytes of any media type.
    Raw,
}

/// The pages of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// The query parameter that takes the token of a page.
    pub token: String,
    /// The field of the response that holds the elements.
    pub items: Option<String>,
}

/// The media that a method takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Upload {
    /// The path, relative to the root URL.
    pub path: Vec<Segment>,
    /// The accepted media ranges; all if empty.
    pub accept: Vec<String>,
    /// The largest size in bytes.
    pub max_size: Option<u64>,
    /// One request can carry the body and the media.
    pub multipart: bool,
    /// An upload can be resumed.
    pub resumable: bool,
    /// The response has an MD5 hash of the media.
    pub md5: bool,
}

/// The path from which a method returns media.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Download {
    /// Its own path.
    Method,
    /// Its own path below `download/`.
    Service,
}

/// The place of the id of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestId {
    /// A query parameter.
    Query(String),
    /// A field of the body.
    Body(String),
}

/// The methods of a resource of operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Operations {
    /// The call that gets an operation.
    pub get: Call,
    /// The patterns of the variables in its path.
    pub patterns: BTreeMap<String, String>,
    /// The call that cancels one.
    pub cancel: Option<Call>,
    /// The call that waits for one.
    pub wait: Option<Call>,
    /// The place of the timeout in the call that waits: `body` or `query`.
    pub wait_timeout: Option<String>,
}

/// A JSON schema.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schema {
    /// The kind of its values.
    pub kind: Kind,
    /// A refinement of the kind, such as `int64`.
    pub format: Option<String>,
    /// The description.
    pub description: String,
    /// The known values, with their descriptions.
    pub values: Vec<(String, String)>,
    /// The properties of an object.
    pub properties: BTreeMap<String, Schema>,
    /// The schema of the elements of an array, or of the values of a map.
    pub items: Option<Box<Schema>>,
    /// The value that absence stands for.
    pub default: Option<String>,
    /// The regular expression that it must match.
    pub pattern: Option<String>,
    /// Only the service sets it.
    pub read_only: bool,
    /// It is deprecated.
    pub deprecated: bool,
}

/// The kind of a JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A named schema.
    Reference(String),
    /// Any JSON.
    #[default]
    Any,
    /// A list.
    Array,
    /// True or false.
    Boolean,
    /// An integer of at most 32 bits.
    Integer,
    /// An object whose keys are up to the caller.
    Map,
    /// A double.
    Number,
    /// An object with properties.
    Object,
    /// Text; also an integer of 64 bits.
    String,
}

impl Api {
    /// Returns the schema itself, or the one that it refers to.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let mut schema = schema;
        // A named schema may be a reference, too.
        for _ in 0..8 {
            match &schema.kind {
                Kind::Reference(name) => match self.schemas.get(name) {
                    Some(named) => schema = named,
                    None => break,
                },
                _ => break,
            }
        }
        schema
    }

    /// Returns whether a method gets operations, which can then be awaited.
    pub fn gets_operations(&self, method: &Method) -> bool {
        let mut services = self.operations.iter();
        services.any(|service| service.get.id == method.call.id)
    }
}
