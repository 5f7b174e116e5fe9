//! Calls, as a transport sends them.

use std::{fmt, sync::Arc};

use http::HeaderMap;

use super::body::Body;
use crate::{
    description::{http_method::HttpMethod, method::Method},
    request::{builder::MethodRequest, path::PathValue, query::Query},
};

/// One attempt at a call: the HTTP request, the method and its parameters.
pub struct Call {
    pub(crate) method: &'static Method,
    pub(crate) http_method: HttpMethod,
    pub(crate) parameters: Arc<Parameters>,
    pub(crate) url: reqwest::Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The parameters of a call, as the caller gave them.
pub(crate) struct Parameters {
    pub(crate) path: Vec<PathValue>,
    pub(crate) query: Query,
}

impl Call {
    /// The id of the method, such as `checks.accounts.apps.get`.
    pub fn method(&self) -> &'static str {
        self.method.id()
    }

    /// Returns whether the call was made by a request builder of this type.
    pub fn is<R: MethodRequest>(&self) -> bool {
        self.method() == R::METHOD
    }

    /// The HTTP method: that of the document, except for the later requests of an upload in steps.
    pub fn http_method(&self) -> HttpMethod {
        self.http_method
    }

    /// The value of a path parameter, as the caller gave it.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        let mut path = self.parameters.path.iter();
        path.find_map(|path| (path.name == name).then_some(path.value.as_str()))
    }

    /// The values of a query parameter, as the caller gave them.
    pub fn query_parameter(&self, name: &str) -> Vec<&str> {
        let pairs = self.parameters.query.pairs();
        pairs
            .filter_map(|(known, value)| (known == name).then_some(value))
            .collect()
    }

    /// The complete URL.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The headers, except those that the HTTP layer adds.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Returns the body, to be read to its end.
    pub fn into_body(self) -> Body {
        self.body
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method.id())
            .field("path", &self.parameters.path)
            .field("query", &self.parameters.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
