//! Paths that control a fake: `/__calls`, `/__state`, `/__reset`, `/__rules`, `/__settings`, `/__apis`.

use bytes::Bytes;
use http::{HeaderValue, Method, Response, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::incoming::Incoming;
use crate::shared::Shared;
use crate::state::record::Record;
use crate::status::{Code, Failure};

/// Serves a request that controls the fake; none for one of an API.
pub(crate) fn serve(
    shared: &mut Shared,
    request: &Incoming,
    apis: &Value,
) -> Option<Response<Bytes>> {
    let name = request.path.strip_prefix("__")?;
    let result = handle(shared, &request.verb, name, &request.body, apis);
    Some(result.map_or_else(|failure| failure.reply(), |value| reply(&value)))
}

fn handle(
    shared: &mut Shared,
    verb: &Method,
    name: &str,
    body: &Bytes,
    apis: &Value,
) -> Result<Value, Failure> {
    match (verb.as_str(), name) {
        ("GET", "apis") => return Ok(apis.clone()),
        ("GET", "calls") => {}
        ("GET", "state") => return Ok(shared.state.json()),
        ("GET", "rules") => return Ok(json!(shared.rules.all())),
        ("GET", "settings") => {}
        ("DELETE", "calls") => shared.log.clear(),
        ("PUT", "state") => {
            let records: Map<String, Value> = parse(body)?;
            for (key, value) in records {
                shared.state.put(&key, Record::new(value));
            }
            return Ok(shared.state.json());
        }
        ("POST", "reset") => {
            shared.reset();
            return Ok(json!({}));
        }
        ("POST", "rules") => {
            shared.rules.add(parse(body)?);
            return Ok(json!(shared.rules.all()));
        }
        ("DELETE", "rules") => {
            shared.rules.clear();
            return Ok(json!([]));
        }
        ("PUT", "settings") => shared.settings = parse(body)?,
        _ => {
            let text = format!(
                "The fake has no {verb} /__{name}: it has GET and DELETE __calls, GET and PUT __state, \
                 POST __reset, GET, POST and DELETE __rules, GET and PUT __settings, GET __apis."
            );
            return Err(Failure::new(Code::NotFound, text));
        }
    }
    Ok(match name {
        "calls" => json!(shared.log.calls()),
        _ => json!(shared.settings),
    })
}

fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, Failure> {
    serde_json::from_slice(body)
        .map_err(|error| Failure::new(Code::InvalidArgument, error.to_string()))
}

fn reply(value: &Value) -> Response<Bytes> {
    let mut reply = Response::new(Bytes::from(format!("{value:#}\n")));
    let json = HeaderValue::from_static("application/json; charset=UTF-8");
    reply.headers_mut().insert(header::CONTENT_TYPE, json);
    reply
}
