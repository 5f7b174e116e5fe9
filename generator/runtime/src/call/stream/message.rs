//! Decodes one message of a streamed reply.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    call::{
        response::{self, Response},
        shape,
    },
    description::method::Method,
    error::{self, Result},
};

/// The names that the first member of an error, or of a chunk of a gateway, can have.
const FIRST: [&str; 6] = ["code", "details", "error", "message", "result", "status"];

/// Decodes an element: a message, a chunk `{"result": message}` of a gateway, or an error.
pub(super) fn decode<M: DeserializeOwned>(method: &'static Method, element: Response) -> Result<M> {
    let mut is_plain = true;
    shape::members(&element.body, |name| {
        is_plain = !FIRST.contains(&name);
        false
    });
    if is_plain {
        return response::decode_message(method, element);
    }
    let Ok(Value::Object(mut object)) = serde_json::from_slice(&element.body) else {
        return response::decode_message(method, element);
    };
    let fields = shape::fields::<M>().unwrap_or_default();
    let knows = |name: &str| fields.contains(&name);
    if let Some(error) = error::from_element(&object, &element.body, knows) {
        return Err(error);
    }
    if !is_chunk(&object, knows) {
        return response::decode_message(method, element);
    }
    let result = object.remove("result").unwrap_or_default();
    let body = Bytes::from(result.to_string());
    response::decode_message(method, Response::new(element.status, body, element.limit))
}

/// Returns whether an object is a message in its envelope. A message whose own field is called `result`
/// is one if that has fields of the message.
fn is_chunk(object: &Map<String, Value>, knows: impl Fn(&str) -> bool) -> bool {
    let Some(Value::Object(result)) = object.get("result") else {
        return false;
    };
    let is_message = || !result.is_empty() && result.keys().all(|name| knows(name));
    object.len() == 1 && (!knows("result") || is_message())
}
