//! A request as data, before it is sent.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::RequestOptions;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Client, Method, ParameterValue, Pattern, Result, error,
    path::PathValue,
    query::Query,
    response::{self, Reading},
    send::Prepared,
};

/// A request to a service: what generated request builders fill in.
///
/// It owns all that it needs, so that it can be kept, cloned and sent again. What is wrong with a
/// value is reported by `send`, before anything is sent.
#[derive(Clone)]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    pub(crate) path: Vec<PathValue>,
    pub(crate) query: Query,
    pub(crate) json: Option<std::result::Result<Bytes, Arc<serde_json::Error>>>,
    pub(crate) options: RequestOptions,
}

impl Request {
    pub(crate) fn new(client: Client, method: &'static Method) -> Self {
        Self {
            client,
            method,
            path: Vec::new(),
            query: Query::default(),
            json: None,
            options: RequestOptions::default(),
        }
    }

    /// Sets a path parameter.
    #[must_use]
    pub fn path<T: ParameterValue>(self, name: &'static str, value: T) -> Self {
        self.with_path(name, value.to_parameter(), None)
    }

    /// Sets a path parameter that has to match a pattern.
    #[must_use]
    pub fn path_matching<T: ParameterValue>(
        self,
        name: &'static str,
        value: T,
        pattern: &'static Pattern,
    ) -> Self {
        self.with_path(name, value.to_parameter(), Some(pattern))
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

    /// Sets a query parameter, in place of any value that it had.
    pub fn set_query<T: ParameterValue>(&mut self, name: &'static str, value: T) {
        self.query.set(name, vec![value.to_parameter()]);
    }

    /// Sets a repeated query parameter, in place of any values that it had.
    pub fn set_query_all<T: ParameterValue>(
        &mut self,
        name: &'static str,
        values: impl Iterator<Item = T>,
    ) {
        let values = values.map(|value| value.to_parameter());
        self.query.set(name, values.collect());
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

    /// Sets the JSON body. If the value cannot be written, `send` says so.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        let json = serde_json::to_vec(body).map(Bytes::from);
        self.json = Some(json.map_err(Arc::new));
        self
    }

    /// The options of this request: retries, timeouts, headers.
    pub fn options(&mut self) -> &mut RequestOptions {
        &mut self.options
    }

    /// Sends the request and reads the JSON of the response.
    ///
    /// A reply of status 204 reads as an empty object.
    ///
    /// # Errors
    ///
    /// If a parameter or the body cannot be sent ([`InvalidRequest`](crate::InvalidRequest)), no
    /// credentials or no connection can be had, the service reports an error, or the response is
    /// not JSON of an `R`.
    pub async fn send<R: DeserializeOwned>(self) -> Result<R> {
        let method = self.method;
        let response = Prepared::json(self)?.send(Reading::Whole).await?;
        response::decode(method, response)
    }

    /// Sends the request and ignores the response's body.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body will do.
    pub async fn send_empty(self) -> Result<()> {
        let request = Prepared::json(self)?;
        request.send(Reading::Ignored).await.map(drop)
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
