//! Methods: arguments, setters, message, response.

use super::constant::Constant;
use super::descriptor::{Descriptor, RequestId};
use super::docs::Docs;
use super::examples::Example;
use super::media::{Download, Upload};
use super::operations::LongRunning;
use super::pages::Pages;
use super::types::Type;
use crate::names::Ident;

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
    pub(crate) example: Example,
    pub(crate) deprecated: bool,
    /// Required parameters, in the order in which they are passed.
    pub(crate) arguments: Vec<Argument>,
    /// The request message: the last argument, unless it is optional.
    pub(crate) body: Option<Body>,
    /// Optional parameters.
    pub(crate) setters: Vec<Setter>,
    pub(crate) response: Response,
    pub(crate) pages: Option<Pages>,
    pub(crate) long_running: Option<LongRunning>,
    pub(crate) upload: Option<Upload>,
    pub(crate) download: Option<Download>,
    /// The id that makes a call idempotent.
    pub(crate) request_id: Option<RequestId>,
    /// The OAuth 2.0 scopes of which a call needs one.
    pub(crate) scopes: Vec<String>,
}

/// A required parameter.
#[derive(Debug)]
pub(crate) struct Argument {
    /// The document's spelling.
    pub(crate) name: String,
    pub(crate) ident: Ident,
    /// Its item in the list of arguments.
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) location: ParameterLocation,
}

/// The part of the request that holds a required parameter.
#[derive(Debug)]
pub(crate) enum ParameterLocation {
    Path {
        /// The pattern that the value must match, and the static that holds it.
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
    /// True if a request can do without it: a setter takes it then.
    pub(crate) is_optional: bool,
    /// True if its type is deprecated.
    pub(crate) deprecated: bool,
}

/// The result of a call.
#[derive(Debug)]
pub(crate) enum Response {
    /// Nothing: the response body is ignored.
    Unit,
    /// Bytes of any media type.
    HttpBody,
    Message(Type),
    /// Messages, one after the other.
    Stream(Type),
}

impl Method {
    /// Returns the number of arguments of its function.
    pub(crate) fn inputs(&self) -> usize {
        self.arguments.len() + self.required_body().iter().len()
    }

    /// Returns the request message if it is an argument.
    pub(crate) fn required_body(&self) -> Option<&Body> {
        self.body.as_ref().filter(|body| !body.is_optional)
    }

    /// Returns the types in the signatures of its functions, apart from those of setters.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let arguments = self.arguments.iter().map(|argument| &argument.ty);
        let items = self.pages.iter().filter_map(|pages| pages.items.as_ref());
        arguments
            .chain(self.messages())
            .chain(items.map(|items| &items.ty))
    }

    /// Returns the types of its request, its response and its operation.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().map(|body| &body.ty);
        let response = match &self.response {
            Response::Unit | Response::HttpBody => None,
            Response::Message(ty) | Response::Stream(ty) => Some(ty),
        };
        let operation = self.long_running.iter();
        let operation = operation.flat_map(|operation| [&operation.response, &operation.metadata]);
        body.chain(response).chain(operation.flatten())
    }
}
