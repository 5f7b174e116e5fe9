//! Sends requests. Every request of a client is sent from here.

use std::{future::ready, pin::pin, time::Duration};

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tracing::{Instrument as _, Span};

use crate::{
    call::{
        prepared::Prepared,
        request::Request,
        response::{self, BodyUse, Response},
        retry::{Attempts, within},
        trace,
    },
    client::auth::Authorization,
    error::{self, Error, Result},
    json::http_body::HttpBody,
    request::{builder::Sending, headers},
    transport::{
        call::Call,
        http_transport::{self, Carrier},
        idle::IdleTimeout,
        reply::Reply,
    },
};

/// The number of headers that [`reqwest`] adds: `Accept` and `Content-Length`.
const ADDED: usize = 2;

impl Request {
    /// Sends the request and decodes the JSON of the response.
    ///
    /// A reply of status 204 is decoded as an empty object.
    ///
    /// # Errors
    ///
    /// If a parameter or the body cannot be sent ([`InvalidRequest`](crate::InvalidRequest)), there
    /// are no credentials or no connection, the service reports an error, or the response is not
    /// JSON of an `R`.
    pub fn send<R: DeserializeOwned>(self) -> impl Future<Output = Result<R>> {
        let (method, service) = (self.method, self.client.service());
        let decode = move |response| ready(response::decode(service, method, response));
        // Outside the future, which would hold the request a second time.
        let prepared = Prepared::json(self);
        async move {
            match prepared {
                Ok(ref prepared) => prepared.send(BodyUse::Whole, decode).await,
                Err(error) => Err(error),
            }
        }
    }

    /// Sends the request and ignores the response's body.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body is accepted.
    pub async fn send_empty(self) -> Result<()> {
        let request = Prepared::json(self)?;
        request.send(BodyUse::Ignored, |_| ready(Ok(()))).await
    }

    /// Sends the request and returns the body of the response as it is.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body is accepted.
    pub async fn send_http_body(mut self) -> Result<HttpBody> {
        self.raw_response = true;
        let body = |response: Response| {
            ready(Ok(HttpBody {
                content_type: response
                    .content_type
                    .and_then(|value| Some(value.to_str().ok()?.to_owned())),
                data: response.body,
                ..HttpBody::default()
            }))
        };
        Prepared::json(self)?.send(BodyUse::Whole, body).await
    }

    /// As [`send`](Self::send), in a box.
    #[doc(hidden)]
    pub fn sending<R: DeserializeOwned + Send + 'static>(self) -> Sending<R> {
        Box::pin(self.send())
    }

    /// As [`send_empty`](Self::send_empty), in a box.
    #[doc(hidden)]
    pub fn sending_empty(self) -> Sending<()> {
        Box::pin(self.send_empty())
    }

    /// As [`send_http_body`](Self::send_http_body), in a box.
    #[doc(hidden)]
    pub fn sending_http_body(self) -> Sending<HttpBody> {
        Box::pin(self.send_http_body())
    }
}

impl Prepared {
    /// Sends the request until it succeeds or the retry policy gives up, and decodes the response.
    ///
    /// A response that cannot be decoded ends the call: the service has carried it out.
    pub(crate) async fn send<T, F>(
        &self,
        body_use: BodyUse,
        decode: impl Fn(Response) -> F,
    ) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        let span = self.span();
        // In a box, since the futures of callers are moved, and moving this takes longer than a call's
        // other work.
        let persist = Box::pin(self.persist(body_use, decode, &span));
        let result = if span.is_none() {
            persist.await
        } else {
            persist.instrument(span.clone()).await
        };
        trace::ended(&span, result.as_ref().map(|(status, _)| *status));
        result.map(|(_, value)| value)
    }

    async fn persist<T, F>(
        &self,
        body_use: BodyUse,
        decode: impl Fn(Response) -> F,
        span: &Span,
    ) -> Result<(StatusCode, T)>
    where
        F: Future<Output = Result<T>>,
    {
        let config = &self.client.0;
        let mut attempts =
            Attempts::new(&config.retry, &self.options, self.idempotent, span.clone());
        loop {
            let limit = attempts.begin();
            let outcome = within(limit, pin!(self.attempt(body_use, &mut attempts))).await;
            let response = match outcome {
                Ok(response) => response,
                Err(error) => {
                    attempts.record(Err(&error));
                    let repeatable = self.payload.is_repeatable();
                    Box::pin(attempts.failed(error, repeatable)).await?;
                    continue;
                }
            };
            let status = response.status;
            let value = attempts.concluded(status, decode(response).await)?;
            return Ok((status, value));
        }
    }

    async fn attempt(&self, body_use: BodyUse, attempts: &mut Attempts) -> Result<Response> {
        let mut reply = self.authorized(attempts).await?;
        let limit = self.client.0.max_response_size;
        body_use.read(&mut reply, limit).await
    }

    /// Sends the request once, or twice if the service refuses the token and there is a newer one.
    pub(crate) async fn authorized(&self, attempts: &mut Attempts) -> Result<Reply> {
        let mut idle = IdleTimeout::new(self.idle_timeout());
        let authorization = match self.trusted {
            true => idle.limit(None, pin!(self.authorize())).await??,
            false => Authorization::none(),
        };
        match self.exchange(&authorization, idle).await {
            Err(error)
                if self.trusted
                    && error.http_status_code() == Some(StatusCode::UNAUTHORIZED.as_u16())
                    && self.payload.is_repeatable() =>
            {
                Box::pin(self.resend(error, &authorization, attempts)).await
            }
            outcome => outcome,
        }
    }

    /// Sends the request again if there is a newer token than the refused one.
    async fn resend(
        &self,
        error: Error,
        refused: &Authorization,
        attempts: &mut Attempts,
    ) -> Result<Reply> {
        let Some(newer) = self.client.0.credentials.refreshed(refused).await else {
            return Err(error);
        };
        attempts.resend(&error);
        let idle = IdleTimeout::new(self.idle_timeout());
        self.exchange(&newer, idle).await
    }

    async fn authorize(&self) -> Result<Authorization> {
        let config = &self.client.0;
        if !config.universe.is_checked() {
            Box::pin(config.universe.check(&config.credentials)).await?;
        }
        config.credentials.authorize().await
    }

    /// Returns the limit for a silent connection: no less than an attempt may take, if that is limited.
    fn idle_timeout(&self) -> Option<Duration> {
        let config = &self.client.0;
        let attempt = self
            .options
            .attempt_timeout()
            .or(config.retry.attempt_timeout);
        Some(config.idle_timeout?.max(attempt.unwrap_or_default()))
    }

    async fn exchange(
        &self,
        authorization: &Authorization,
        mut idle: IdleTimeout,
    ) -> Result<Reply> {
        let config = &self.client.0;
        let body = self.payload.open().await?;
        let headers = match self.trusted {
            true => with_authorization(&config.headers, &self.headers, authorization),
            false => headers::of_stranger(&config.headers, &self.headers),
        };
        let url = self.url.clone();
        let mut reply = match &config.carrier {
            Carrier::Http(transport) => {
                let (reply, progress) = transport.send(self.http_method, url, headers, body);
                let response = idle.limit(progress.as_ref(), pin!(reply)).await?;
                http_transport::reply(response.map_err(error::connection)?, idle)
            }
            Carrier::Custom(transport) => {
                let call = Call {
                    method: self.method,
                    http_method: self.http_method,
                    parameters: self.parameters.clone(),
                    url,
                    headers,
                    body,
                };
                self.payload.assume_sent();
                transport.send(call).await?
            }
        };
        headers::conceal(&mut reply.headers);
        if reply.status.is_success() {
            return Ok(reply);
        }
        Err(Box::pin(response::failure(
            reply,
            &self.url,
            config.max_response_size,
        ))
        .await)
    }

    /// The span of the call.
    pub(crate) fn span(&self) -> Span {
        trace::call(self.method, &self.url)
    }
}

/// Joins the headers of all requests, of this request and of the credentials, with room for those
/// that the HTTP client adds.
fn with_authorization(
    common: &HeaderMap,
    own: &HeaderMap,
    authorization: &Authorization,
) -> HeaderMap {
    let given = [common, own, &authorization.headers];
    let length: usize = given.iter().map(|headers| headers.len()).sum();
    let mut headers = HeaderMap::with_capacity(length + ADDED);
    for (name, value) in common.iter().chain(own) {
        headers.insert(name, value.clone());
    }
    authorization.add_to(&mut headers);
    headers
}
