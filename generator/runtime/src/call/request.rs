//! A request as data, before it is sent.

use std::{fmt, future::ready, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::RequestOptions;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    call::{
        response::{self, Reading, Response},
        send::Prepared,
    },
    client::Client,
    description::{method::Method, pattern::Pattern},
    error::{self, Result, invalid::Problem},
    http_body::HttpBody,
    null_fields::{self, FieldPath},
    request::{options::Options, parameter::ParameterValue, path::PathValue, query::Query},
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
    pub(crate) http_body: Option<Box<HttpBody>>,
    null_fields: Vec<FieldPath>,
    /// What is wrong with it so far.
    pub(crate) problem: Option<Box<Problem>>,
    /// Whether the response is to come as it is, not as JSON.
    pub(crate) raw_response: bool,
    pub(crate) options: Options,
}

impl Request {
    pub(crate) fn new(client: Client, method: &'static Method) -> Self {
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

    /// Sets a query parameter, in place of any value that it had.
    pub fn set_query<T: ParameterValue>(&mut self, name: &'static str, value: T) {
        self.query.set(name, [value.into_parameter()]);
    }

    /// Sets a repeated query parameter, in place of any values that it had.
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

    /// Sets the JSON body. If the value cannot be written, `send` says so.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        let json = if self.null_fields.is_empty() && !self.client.service().wraps_data() {
            serde_json::to_vec(body)
        } else {
            serde_json::to_value(body)
                .and_then(|message| serde_json::to_vec(&self.dressed(message)))
        };
        self.json = Some(json.map(Bytes::from).map_err(Arc::new));
        self
    }

    /// The message with the fields that are to be `null`, in the wrapper if the service has one.
    fn dressed(&self, mut message: Value) -> Value {
        self.null_fields
            .iter()
            .for_each(|path| null_fields::clear(&mut message, path));
        if self.client.service().wraps_data() {
            return serde_json::json!({ "data": message });
        }
        message
    }

    /// Sets the body, which goes out as it is.
    #[must_use]
    pub fn http_body(mut self, body: HttpBody) -> Self {
        self.http_body = Some(Box::new(body));
        self
    }

    /// Sends `null` for these fields of the body, a `T`. A name that it has not is reported by
    /// `send`.
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
    pub fn send<R: DeserializeOwned>(self) -> impl Future<Output = Result<R>> {
        let (method, service) = (self.method, self.client.service());
        let answer = move |response| ready(response::decode(service, method, response));
        // Before the future, which would hold the request a second time.
        let prepared = Prepared::json(self);
        async move {
            match prepared {
                Ok(ref prepared) => prepared.send(Reading::Whole, answer).await,
                Err(error) => Err(error),
            }
        }
    }

    /// Sends the request and ignores the response's body.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body will do.
    pub async fn send_empty(self) -> Result<()> {
        let request = Prepared::json(self)?;
        request.send(Reading::Ignored, |_| ready(Ok(()))).await
    }

    /// Sends the request and takes the response as it is.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body will do.
    pub async fn send_http_body(mut self) -> Result<HttpBody> {
        self.raw_response = true;
        let answer = |response: Response| {
            ready(Ok(HttpBody {
                content_type: response
                    .content_type
                    .and_then(|value| Some(value.to_str().ok()?.to_owned())),
                data: response.body,
            }))
        };
        Prepared::json(self)?.send(Reading::Whole, answer).await
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

/// The request builder of one method, as generated clients have them: so that a fake
/// [`Transport`](crate::Transport) knows what is called ([`Call::is`](crate::Call::is)).
pub trait MethodRequest {
    /// The method's id, such as `checks.accounts.apps.get`.
    const METHOD: &'static str;
}

/// Gives a generated request builder the id of its method, and the options of
/// [`RequestOptionsBuilder`](crate::RequestOptionsBuilder): its field `request` has them.
#[macro_export]
macro_rules! request_builder {
    ($name:ident, $method:literal) => {
        impl $crate::MethodRequest for $name {
            const METHOD: &'static str = $method;
        }

        impl $crate::RequestBuilder for $name {
            fn request_options(&mut self) -> &mut $crate::RequestOptions {
                self.request.options()
            }
        }
    };
}
