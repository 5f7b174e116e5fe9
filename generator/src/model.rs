//! What a document means: every name, type, path and text decided, nothing left to find out.
//!
//! `lower` makes this from a Discovery document and `emit` prints it. Plain data: no case
//! conversion, no tokens, no Discovery types.

mod imports;
mod programs;
mod schemas;
mod types;

use crate::names::Ident;

pub(crate) use imports::Imports;
pub(crate) use programs::{Cancelling, Invocation, Outcome, Programs, Start};
pub(crate) use schemas::{
    Adaptor, Alias, Entry, Enum, Field, Gate, Item, Module, Newtype, Presence, Struct, Variant,
};
pub(crate) use types::{Number, Shared, Type, TypePath};

/// A client crate.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) package: Package,
    pub(crate) service: Service,
    /// `google_checks_v1alpha`, the crate as other crates name it.
    pub(crate) library: Ident,
    /// `checks`, what examples call a client.
    pub(crate) variable: Ident,
    pub(crate) programs: Programs,
    /// The client struct, `Checks`.
    pub(crate) client: Ident,
    pub(crate) docs: Docs,
    pub(crate) client_docs: Docs,
    /// The methods at the root of the document.
    pub(crate) methods: Vec<Method>,
    /// Where their request builders are.
    pub(crate) methods_module: Ident,
    /// The types that `methods` write inline.
    pub(crate) method_types: Vec<Module>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) schemas: Module,
    /// Where operations are asked for.
    pub(crate) operations: Vec<OperationService>,
    pub(crate) scopes: Vec<Constant>,
    pub(crate) endpoints: Vec<Constant>,
}

/// What the manifest, the README and the header of every file say.
#[derive(Debug)]
pub(crate) struct Package {
    /// `google-checks-v1alpha`.
    pub(crate) name: String,
    pub(crate) version: String,
    /// `Checks API`.
    pub(crate) title: String,
    pub(crate) documentation: Option<String>,
    /// `checks:v1alpha`.
    pub(crate) document: String,
    pub(crate) revision: String,
    /// The patterns of the methods that were kept; none if all were.
    pub(crate) only: Vec<String>,
    /// The cargo features; none if the whole crate is always compiled.
    pub(crate) features: Vec<String>,
    /// Programs to begin with; none if there are no methods.
    pub(crate) examples: Option<Examples>,
}

/// Programs for documentation, as lines of Rust.
#[derive(Clone, Debug)]
pub(crate) struct Examples {
    /// Calls a method.
    pub(crate) call: Vec<String>,
    /// Tests such a call without a network. Lines that begin with `# ` are not shown.
    pub(crate) test: Option<Vec<String>>,
}

/// Where the service is and who may call it.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) root_url: String,
    pub(crate) service_path: String,
    /// Whether messages go and come in a member `data`.
    pub(crate) data_wrapper: bool,
    /// The fewest scopes that allow every method.
    pub(crate) default_scopes: Vec<String>,
}

/// A named string: a scope, a regional endpoint.
#[derive(Debug)]
pub(crate) struct Constant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}

/// Documentation, line by line, safe for rustdoc.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs(pub(crate) Vec<String>);

/// A resource of the document: a handle with accessors, and one request builder per method.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) docs: Docs,
    /// The function of the parent that leads here.
    pub(crate) accessor: Ident,
    /// What brings it, if it is at the root.
    pub(crate) gate: Gate,
    /// From the crate's root to this resource's own module.
    pub(crate) module: Vec<Ident>,
    pub(crate) deprecated: bool,
    pub(crate) methods: Vec<Method>,
    /// The types that `methods` write inline.
    pub(crate) method_types: Vec<Module>,
    pub(crate) children: Vec<Resource>,
}

/// A method of the document.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) descriptor: Descriptor,
    /// The function of the resource that makes the request.
    pub(crate) accessor: Ident,
    /// The request builder.
    pub(crate) builder: Ident,
    pub(crate) docs: Docs,
    pub(crate) builder_docs: Docs,
    pub(crate) deprecated: bool,
    /// Required parameters, in the order in which they are passed.
    pub(crate) arguments: Vec<Argument>,
    /// The request message, the last argument.
    pub(crate) body: Option<Body>,
    /// Optional parameters.
    pub(crate) setters: Vec<Setter>,
    pub(crate) response: Response,
    pub(crate) pages: Option<Pages>,
    pub(crate) polled: Option<Polled>,
    pub(crate) upload: Option<Upload>,
    pub(crate) download: Option<Download>,
    /// The OAuth 2.0 scopes of which a call needs one.
    pub(crate) scopes: Vec<String>,
}

/// What the runtime knows of a method.
#[derive(Debug)]
pub(crate) struct Descriptor {
    /// `checks.accounts.apps.operations.cancel`.
    pub(crate) id: String,
    /// `Post`, a variant of the runtime's `HttpMethod`.
    pub(crate) verb: Ident,
    /// Relative to the root URL and the service path.
    pub(crate) path: Vec<Segment>,
    pub(crate) api_version: Option<String>,
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

/// A required parameter.
#[derive(Debug)]
pub(crate) struct Argument {
    /// As the document writes it.
    pub(crate) name: String,
    pub(crate) ident: Ident,
    /// Its item in the list of the arguments.
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) place: Place,
}

/// Where a required parameter goes.
#[derive(Debug)]
pub(crate) enum Place {
    Path {
        /// What the value must match, and the static that holds it.
        pattern: Option<Constant>,
    },
    Query,
    QueryRepeated,
}

/// An optional query parameter.
#[derive(Debug)]
pub(crate) struct Setter {
    pub(crate) name: String,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) repeated: bool,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}

/// The message that a request carries.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Whether some of its fields may be sent as `null`.
    pub(crate) clears: bool,
    /// Whether its type is.
    pub(crate) deprecated: bool,
}

/// What a call answers.
#[derive(Debug)]
pub(crate) enum Response {
    /// Nothing: whatever the body holds is ignored.
    Unit,
    /// Bytes of any media type.
    HttpBody,
    Message(Type),
}

/// How a list method goes on.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) page: Type,
    pub(crate) token: PageToken,
    pub(crate) next: NextToken,
    pub(crate) items: Option<Items>,
    /// Of the function that lists page by page.
    pub(crate) docs: Docs,
}

/// Where the token of a page goes.
#[derive(Debug)]
pub(crate) enum PageToken {
    /// A query parameter of this name.
    Query(String),
    /// A field of the request message.
    Body(Ident),
}

/// Where the answer has the token of the next page.
#[derive(Debug)]
pub(crate) enum NextToken {
    /// In a field.
    Field(Ident),
    /// In a field of a field.
    Inner(Ident, Ident),
    /// In a URL, as the value of a query parameter.
    Link(Ident, String),
}

/// The elements of a page.
#[derive(Debug)]
pub(crate) struct Items {
    /// Whether the field is a map, whose elements come with their keys.
    pub(crate) keyed: bool,
    pub(crate) field: Ident,
    pub(crate) ty: Type,
}

/// What following an operation yields; unknown where the document does not say.
#[derive(Debug)]
pub(crate) struct Polled {
    pub(crate) response: Option<Type>,
    pub(crate) metadata: Option<Type>,
}

/// A resource of operations.
#[derive(Debug)]
pub(crate) struct OperationService {
    pub(crate) get: Descriptor,
    /// The variables of the path, in order.
    pub(crate) variables: Vec<OperationVariable>,
    pub(crate) cancel: Option<Descriptor>,
    pub(crate) wait: Option<Wait>,
}

/// A variable of the path of an operation.
#[derive(Debug)]
pub(crate) struct OperationVariable {
    pub(crate) name: String,
    /// What the value must match, and the static that holds it.
    pub(crate) pattern: Option<Constant>,
}

/// A method that waits for an operation.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) method: Descriptor,
    pub(crate) timeout: WaitTimeout,
}

/// How a method that waits is told how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WaitTimeout {
    /// By a field of its message.
    Body,
    /// By a query parameter.
    Query,
    /// Not at all.
    Unsaid,
}

/// What the document declares of a media upload.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The path of the simple protocol, relative to the root URL.
    pub(crate) path: Vec<Segment>,
    /// Media ranges, empty where any media type is accepted.
    pub(crate) accept: Vec<String>,
    /// In bytes.
    pub(crate) max_size: Option<u64>,
    pub(crate) multipart: bool,
    pub(crate) resumable: bool,
    /// Whether the answer has an MD5 hash of the media, and no better checksum.
    pub(crate) answers_md5: bool,
}

/// Where a method answers with media.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Download {
    /// At its own path.
    Method,
    /// At its own path below `download/`.
    Service,
}

impl Method {
    /// How many arguments its function takes.
    pub(crate) fn inputs(&self) -> usize {
        self.arguments.len() + self.body.iter().len()
    }
}
