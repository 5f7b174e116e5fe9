//! Traces calls with [`tracing`]: a span for each call, an event for each attempt.
//!
//! Names are those of OpenTelemetry's semantic conventions for
//! [HTTP](https://opentelemetry.io/docs/specs/semconv/http/http-spans/) and
//! [RPC](https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/). No header, query, body or
//! error message is recorded, since they may hold secrets.

use std::borrow::Cow;

use google_cloud_gax::error::Error;
use http::StatusCode;
use reqwest::Url;
use tokio::time::Instant;
use tracing::{Span, field::Empty};

use crate::{
    description::method::Method,
    error::{ErrorExt, Result},
};

/// Opens the span of a call. Text logs repeat its fields in front of every event, so there are few.
pub(crate) fn call(method: &Method, url: &Url) -> Span {
    tracing::info_span!(
        "call",
        otel.name = method.id(),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = method.http_method().as_str(),
        server.address = url.host_str(),
        server.port = url.port(),
        http.response.status_code = Empty,
        rpc.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    )
}

/// Completes the span of a call. A successful one gets no `otel.status_code`, which is left to the
/// application.
pub(crate) fn ended(span: &Span, result: Result<StatusCode, &Error>) {
    match result {
        Ok(status) => {
            span.record("http.response.status_code", status.as_u16());
        }
        Err(error) => {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", &*kind(error));
            if let Some(status) = error.reported_http_status() {
                span.record("http.response.status_code", status);
            }
            if let Some(status) = error.reported_status() {
                span.record("rpc.status_code", status.code.name());
            }
        }
    }
}

/// Completes the span of a call with the number of its attempts. Subscribers that write text append a
/// field whenever it is recorded, so this is recorded once.
pub(crate) fn resent(span: &Span, attempts: u32) {
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
}

/// Records an attempt, counted from one. The duration is in seconds, as in OpenTelemetry; the clock
/// is read only if there is a subscriber.
pub(crate) fn attempted(number: u32, began: Instant, outcome: Result<StatusCode, &Error>) {
    let resend_count = number.saturating_sub(1);
    match outcome {
        Ok(status) => tracing::debug!(
            http.request.resend_count = resend_count,
            http.response.status_code = status.as_u16(),
            http.client.request.duration = began.elapsed().as_secs_f64(),
            "attempt succeeded"
        ),
        Err(error) => tracing::warn!(
            http.request.resend_count = resend_count,
            http.response.status_code = error.reported_http_status(),
            http.client.request.duration = began.elapsed().as_secs_f64(),
            error.type = &*kind(error),
            "attempt failed"
        ),
    }
}

/// Returns whether events of problems are recorded.
pub(crate) fn is_enabled() -> bool {
    tracing::enabled!(tracing::Level::WARN)
}

/// Records that a response has members, but none that the message has a field for: it may be of another
/// type.
pub(crate) fn unknown_fields(method: &Method) {
    tracing::warn!(
        rpc.method = method.id(),
        "the response has only unknown fields"
    );
}

/// Records the error of a response that began well.
pub(crate) fn broken_off(method: &Method, error: &Error) {
    tracing::warn!(
        rpc.method = method.id(),
        error.type = &*kind(error),
        "the stream broke off"
    );
}

type Predicate = fn(&Error) -> bool;

/// Classifies an error: its HTTP status if that reports one, or else a word.
fn kind(error: &Error) -> Cow<'static, str> {
    let status = error.reported_http_status().map(StatusCode::from_u16);
    if let Some(Ok(status)) = status
        && !status.is_success()
    {
        return status.as_str().to_owned().into();
    }
    let table: [(Predicate, &'static str); 7] = [
        (Error::is_timeout, "timeout"),
        (Error::is_authentication, "authentication"),
        (Error::is_connect, "connect"),
        (Error::is_deserialization, "deserialization"),
        (Error::is_binding, "invalid_request"),
        (Error::is_io, "io"),
        (Error::is_transport, "transport"),
    ];
    let found = table.iter().find(|(applies, _)| applies(error));
    found.map_or("_OTHER", |(_, name)| name).into()
}
