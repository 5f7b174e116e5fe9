//! From the answer of a method to the reply over HTTP.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::fields;
use crate::incoming::Incoming;
use crate::media::download;
use crate::status::Failure;

/// Returns the reply with an answer.
pub(crate) fn reply(
    call: &Call<'_>,
    answer: Answer,
    request: &Incoming,
) -> Result<Response<Bytes>, Failure> {
    let method = &call.served.method;
    let mut reply = match &answer.media {
        Some(media) => download::reply(media, &request.headers),
        None => Response::new(message(call, answer.message.clone())?),
    };
    let headers = reply.headers_mut();
    if answer.media.is_none() {
        let json = HeaderValue::from_static("application/json; charset=UTF-8");
        headers.insert(header::CONTENT_TYPE, json);
        let etag = answer.message.get("etag").and_then(Value::as_str);
        if let Some(Ok(etag)) =
            etag.map(|etag| HeaderValue::try_from(format!("\"{}\"", etag.trim_matches('"'))))
        {
            headers.insert(header::ETAG, etag);
        }
    }
    if answer.is_sample {
        headers.insert("x-fake-sample", HeaderValue::from_static("true"));
    }
    if answer.status == 304 {
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        *reply.body_mut() = Bytes::new();
    } else if method.response.is_none() && answer.media.is_none() {
        *reply.status_mut() = StatusCode::NO_CONTENT;
        *reply.body_mut() = Bytes::new();
    }
    Ok(reply)
}

/// Returns the text of a message: its selected fields, within `data` where the API has that.
fn message(call: &Call<'_>, mut message: Value) -> Result<Bytes, Failure> {
    if let Some(fields) = call
        .parameters
        .get("fields")
        .or_else(|| call.parameters.get("$fields"))
    {
        let response = call.served.method.response.as_ref();
        fields::select(call.api.schemas(), response, fields, &mut message)?;
    }
    let document = &call.api.document;
    if document
        .features
        .iter()
        .any(|feature| feature == "dataWrapper")
    {
        message = json!({ "data": message });
    }
    let text = match call.parameters.get("prettyPrint") {
        Some("false") => message.to_string(),
        _ => format!("{message:#}\n"),
    };
    Ok(text.into())
}
