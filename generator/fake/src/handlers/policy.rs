//! IAM policies.

use serde_json::{Value, json};

use super::lookup::existing;
use super::output;
use crate::call::{Answer, Call};
use crate::state::record::Record;
use crate::state::{State, policy_key};
use crate::status::{Code, Failure};

/// Returns the policy of a resource, at first an empty one.
pub(crate) fn get(call: &Call<'_>, state: &State) -> Result<Answer, Failure> {
    let key = call.target_key();
    existing(call, state, &key)?;
    let policy = state
        .get(&policy_key(&key))
        .map(|record| record.value.clone());
    Ok(Answer::new(
        policy.unwrap_or_else(|| json!({"version": 1, "etag": "ACAB"})),
    ))
}

/// Replaces the policy of a resource.
pub(crate) fn set(call: &Call<'_>, state: &mut State) -> Result<Answer, Failure> {
    let key = call.target_key();
    existing(call, state, &key)?;
    let sent = call.body.get("policy").unwrap_or(&call.body);
    let key = policy_key(&key);
    let current = state
        .get(&key)
        .and_then(|record| record.value.get("etag"))
        .and_then(Value::as_str);
    let etag = sent
        .get("etag")
        .and_then(Value::as_str)
        .filter(|etag| !etag.is_empty());
    if let (Some(current), Some(etag)) = (current, etag)
        && current != etag
    {
        let text =
            "The policy was changed since it was read: read it again, change it, and set it.";
        return Err(Failure::new(Code::Aborted, text));
    }
    let mut policy = if sent.is_object() {
        sent.clone()
    } else {
        json!({})
    };
    policy["etag"] = json!(output::etag(&mut state.serial));
    state.put(&key, Record::new(policy.clone()));
    Ok(Answer::new(policy))
}

/// Returns all permissions that the caller tests: the fake allows everything.
pub(crate) fn test(call: &Call<'_>) -> Answer {
    let in_body = call.body.get("permissions").cloned();
    let in_query = || json!(call.parameters.all("permissions"));
    Answer::new(json!({"permissions": in_body.unwrap_or_else(in_query)}))
}
