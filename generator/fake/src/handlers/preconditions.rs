//! Entity tags ([AIP-154](https://google.aip.dev/154)).

use serde_json::Value;

use crate::call::Call;
use crate::status::{Code, Failure};

/// Checks the entity tag that a request has for the resource that it changes.
pub(crate) fn check(call: &Call<'_>, current: &Value, sent: &Value) -> Result<(), Failure> {
    let Some(etag) = current.get("etag").and_then(Value::as_str) else {
        return Ok(());
    };
    if let Some(header) = call.header("if-match")
        && !header.split(',').any(|one| matches(one, etag))
    {
        let text = "At least one of the pre-conditions you specified did not hold.";
        return Err(Failure::new(Code::FailedPrecondition, text).with_http(412));
    }
    let in_body = sent.get("etag").and_then(Value::as_str);
    let in_query = call.parameters.get("etag");
    let mut tags = in_body.into_iter().chain(in_query);
    if tags.any(|sent| !sent.is_empty() && !matches(sent, etag)) {
        let text =
            "The entity tag does not match that of the resource: it was changed since it was read.";
        return Err(Failure::new(Code::Aborted, text));
    }
    Ok(())
}

/// Returns whether the caller has the current state of a resource already.
pub(crate) fn is_known(call: &Call<'_>, current: &Value) -> bool {
    let etag = current.get("etag").and_then(Value::as_str);
    let header = call.header("if-none-match");
    match (etag, header) {
        (Some(etag), Some(header)) => header.split(',').any(|one| matches(one, etag)),
        _ => false,
    }
}

fn matches(sent: &str, etag: &str) -> bool {
    let sent = sent.trim();
    let sent = sent.strip_prefix("W/").unwrap_or(sent);
    sent == "*" || sent.trim_matches('"') == etag.trim_matches('"')
}
