//! Requests as data, before they are sent.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::RequestOptions;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    client::Client,
    description::{method::Method, pattern::Pattern},
    error::{self, Result, invalid::Problem},
    http_body::HttpBody,
    null_fields::{self, FieldPath},
    request::{
        field_mask, options::Options, parameter::ParameterValue, path::PathValue, query::Query,
    },
};

/// A request to a service, filled in by generated request builders.
///
/// It owns its data, so it can be kept, cloned and sent again. A value that cannot be sent is
/// reported by `send`, before anything is sent.
#[derive(Clone)]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    pub(crate) path: Vec<PathValue>,
    pub(crate) query: Query,
    pub(crate) json: Option<std::result::Result<Bytes, Arc<serde_json::Error>>>,
    pub(crate) http_body: Option<Box<HttpBody>>,
    null_fields: Vec<FieldPath>,
    /// The last problem found while it was filled in.
    pub(crate) problem: Option<Box<Problem>>,
    /// True if the response is taken as bytes, not as JSON.
    pub(crate) raw_response: bool,
    pub(crate) options: Options,
}

impl Client {
    /// Starts a request.
    pub fn request(&self, method: &'static Method) -> Request {
        Request::new(self.clone(), method)
    }
}

impl Request {
    fn new(client: Client, method: &'static Method) -> Self {
        Self {
            client,
            method,
            path: Vec::new(),
            query: Query::default(),
            json: None,
            http_body: None,
            null_fields: Vec::new(),
            problem: None,
            raw_response: false,
            options: Options::default(),
        }
    }

    /// Sets a path parameter.
    #[must_use]
    pub fn path<T: ParameterValue>(self, name: &'static str, value: T) -> Self {
        self.with_path(name, value.into_parameter(), None)
    }

    /// Sets a path parameter that has to match a pattern.
    #[must_use]
    pub fn path_matching<T: ParameterValue>(
        self,
        name: &'static str,
        value: T,
        pattern: &'static Pattern,
    ) -> Self {
        self.with_path(name, value.into_parameter(), Some(pattern))
    }

    fn with_path(
        mut self,
        name: &'static str,
        value: String,
        pattern: Option<&'static Pattern>,
    ) -> Self {
        self.path.retain(|known| known.name != name);
        self.path.push(PathValue {
            name,
            value,
            pattern,
        });
        self
    }

    /// Sets a required query parameter.
    #[must_use]
    pub fn query<T: ParameterValue>(mut self, name: &'static str, value: T) -> Self {
        self.set_query(name, value);
        self
    }

    /// Sets a query parameter, replacing its value.
    pub fn set_query<T: ParameterValue>(&mut self, name: &'static str, value: T) {
        self.query.set(name, [value.into_parameter()]);
    }

    /// Sets a repeated query parameter, replacing its values.
    pub fn set_query_all<T: ParameterValue>(
        &mut self,
        name: &'static str,
        values: impl Iterator<Item = T>,
    ) {
        let values = values.map(ParameterValue::into_parameter);
        self.query.set(name, values);
    }

    /// Sets a required query parameter that may have several values.
    #[must_use]
    pub fn query_all<T: ParameterValue>(
        mut self,
        name: &'static str,
        values: impl Iterator<Item = T>,
    ) -> Self {
        self.set_query_all(name, values);
        self
    }

    /// Sets the JSON body. A value that cannot be written is reported by `send`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        let json = if self.null_fields.is_empty() && !self.client.service().data_wrapper() {
            serde_json::to_vec(body)
        } else {
            serde_json::to_value(body)
                .and_then(|message| serde_json::to_vec(&self.dressed(message)))
        };
        self.json = Some(json.map(Bytes::from).map_err(Arc::new));
        self
    }

    /// Adds the `null` fields to a message, and the wrapper if the service has one.
    fn dressed(&self, mut message: Value) -> Value {
        self.null_fields
            .iter()
            .for_each(|path| null_fields::clear(&mut message, path));
        if self.client.service().data_wrapper() {
            return serde_json::json!({ "data": message });
        }
        message
    }

    /// Sets the body, which is sent as it is.
    #[must_use]
    pub fn http_body(mut self, body: HttpBody) -> Self {
        self.http_body = Some(Box::new(body));
        self
    }

    /// Sends `null` for these fields of the body, a `T`. An unknown name is reported by `send`.
    pub fn set_null_fields<T: DeserializeOwned>(
        &mut self,
        paths: impl IntoIterator<Item = impl Into<String>>,
    ) {
        for path in paths {
            match null_fields::resolve::<T>(&path.into()) {
                Ok(path) => self.null_fields.push(path),
                Err(message) => {
                    let problem = Problem::Other(format!("null field {message}"));
                    self.problem = Some(Box::new(problem));
                }
            }
        }
    }

    /// Adds fields to the field mask, if there is one. A mask that cannot be extended is reported by
    /// `send`.
    pub(crate) fn need_fields(&mut self, fields: &[&str]) {
        if let Err(problem) = field_mask::extend(&mut self.query, &mut self.options, fields) {
            self.problem = Some(Box::new(problem));
        }
    }

    /// Returns whether the response can have a field: whether the field mask, if there is one, has it.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        field_mask::has(&self.query, &self.options, name)
    }

    /// The options of this request: retries, timeouts, headers.
    pub fn options(&mut self) -> &mut RequestOptions {
        &mut self.options
    }

    pub(crate) fn take_json(&mut self) -> Result<Option<Bytes>> {
        self.json.take().transpose().map_err(error::serialization)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method.id())
            .field("path", &self.path)
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}
