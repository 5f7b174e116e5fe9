//! Requests as data, before they are sent.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::RequestOptions;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::wrapper;
use crate::{
    client::Client,
    description::{method::Method, pattern::Pattern, request_id::RequestId},
    error::{self, Result, invalid::Problem},
    json::{http_body::HttpBody, into_field::IntoField, sent_fields::SentField},
    request::{
        extras::Extras, field_mask, options::Options, parameter::ParameterValue, path::PathValue,
        query::Query, request_id,
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
    sent_fields: Vec<SentField>,
    /// The last problem found while it was filled in.
    pub(crate) problem: Option<Box<Problem>>,
    /// True if the response is taken as bytes, not as JSON.
    pub(crate) raw_response: bool,
    /// True if it has an id, by which the service recognises it if it is sent again.
    pub(crate) has_id: bool,
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
            sent_fields: Vec::new(),
            problem: None,
            raw_response: false,
            has_id: false,
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
        self.query.set(name, [value.into_parameter()]);
        self
    }

    /// Sets a query parameter, replacing its value; `None` removes it.
    pub fn set_query<T: ParameterValue>(
        &mut self,
        name: &'static str,
        value: impl IntoField<Option<T>>,
    ) {
        let value = value.into_field().map(ParameterValue::into_parameter);
        self.query.set(name, value);
    }

    /// Sets a repeated query parameter, replacing its values.
    pub fn set_query_all<T: ParameterValue>(
        &mut self,
        name: &'static str,
        values: impl IntoField<Vec<T>>,
    ) {
        let values = values
            .into_field()
            .into_iter()
            .map(ParameterValue::into_parameter);
        self.query.set(name, values);
    }

    /// Sets a required query parameter that may have several values.
    #[must_use]
    pub fn query_all<T: ParameterValue>(
        mut self,
        name: &'static str,
        values: impl IntoField<Vec<T>>,
    ) -> Self {
        self.set_query_all(name, values);
        self
    }

    /// Sets the JSON body. A value that cannot be written is reported by `send`.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        let json = if self.sent_fields.is_empty() {
            serde_json::to_vec(body)
        } else {
            serde_json::to_value(body)
                .and_then(|message| serde_json::to_vec(&self.with_sent_fields(message)))
        };
        let wraps = self.client.service().data_wrapper();
        let json = json.map(|json| if wraps { wrapper::wrapped(&json) } else { json });
        self.json = Some(json.map(Bytes::from).map_err(Arc::new));
        self
    }

    /// Sets the JSON body if there is one, or if it is to carry the id of the request or fields that are
    /// sent although they are empty.
    #[must_use]
    pub fn optional_json<T: Serialize>(self, body: &Option<T>) -> Self {
        let has_id = matches!(self.method.request_id(), Some(RequestId::Body(_)));
        match body {
            Some(body) => self.json(body),
            None if has_id || !self.sent_fields.is_empty() => self.json(&Value::Object(Map::new())),
            None => self,
        }
    }

    /// Adds the fields that are sent although they are empty.
    fn with_sent_fields(&self, mut message: Value) -> Value {
        let fields = self.sent_fields.iter();
        fields.for_each(|field| field.set(&mut message));
        message
    }

    /// Sets the body, which is sent as it is.
    #[must_use]
    pub fn http_body(mut self, body: &HttpBody) -> Self {
        self.http_body = Some(Box::new(body.clone()));
        self
    }

    /// Sends `null` for these fields of the body. An unknown name is reported by `send`.
    pub fn set_null_fields<T: DeserializeOwned>(
        &mut self,
        _body: Option<&T>,
        paths: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        let fields = paths.into_iter();
        self.set_fields(fields.map(|path| SentField::null::<T>(path.as_ref())));
    }

    /// Sends these lists, maps and messages of the body although they are empty. An unknown name is
    /// reported by `send`.
    pub fn set_empty_fields<T: DeserializeOwned>(
        &mut self,
        _body: Option<&T>,
        paths: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        let fields = paths.into_iter();
        self.set_fields(fields.map(|path| SentField::empty::<T>(path.as_ref())));
    }

    fn set_fields(&mut self, fields: impl Iterator<Item = std::result::Result<SentField, String>>) {
        for field in fields {
            match field {
                Ok(field) => self.sent_fields.push(field),
                Err(message) => {
                    let problem = Problem::Other(format!("field {message}"));
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

    /// Takes the JSON body, with the request's id if that is a member of it.
    pub(crate) fn take_json(&mut self) -> Result<Option<Bytes>> {
        let mut json = self.json.take().transpose().map_err(error::serialization)?;
        if let Some(RequestId::Body(name)) = self.method.request_id()
            && let Some(json) = &mut json
        {
            self.has_id = request_id::in_body(json, name);
        }
        Ok(json)
    }

    /// Completes the query with the request's id, if that is a parameter, and with custom parameters.
    pub(crate) fn complete_query(&mut self) -> Result<(), Problem> {
        if let Some(extras) = Extras::of(&self.options) {
            extras.complete(&mut self.query)?;
        }
        if let Some(RequestId::Query(name)) = self.method.request_id() {
            self.has_id = request_id::in_query(&mut self.query, name);
        }
        Ok(())
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
