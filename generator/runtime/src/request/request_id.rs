//! Gives requests ids by which a service recognises a repeated one.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::query::Query;

/// Gives a request without an id its own, in a query parameter. Returns whether it has one then: an
/// empty one of the caller's means none.
pub(crate) fn in_query(query: &mut Query, name: &'static str) -> bool {
    if let Some(given) = query.get(name) {
        return !given.is_empty();
    }
    query.set(name, [fresh()]);
    true
}

fn fresh() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Gives a request without an id its own, in a member of its message. Returns whether it has one then:
/// an empty one of the caller's, or `null`, means none.
pub(crate) fn in_body(json: &mut Bytes, name: &str) -> bool {
    let Ok(members) = serde_json::from_slice::<BTreeMap<String, Option<Member>>>(json) else {
        return false;
    };
    if let Some(given) = members.get(name) {
        return matches!(given, Some(Member::Text(text)) if !text.is_empty());
    }
    let Some(rest) = json.strip_prefix(b"{") else {
        return false;
    };
    let comma = if members.is_empty() { "" } else { "," };
    let start = format!("{{\"{name}\":\"{}\"{comma}", fresh());
    *json = Bytes::from([start.as_bytes(), rest].concat());
    true
}

/// A member of a message.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Member {
    Text(String),
    Other(IgnoredAny),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_inserted_where_there_is_none() {
        for (given, rest) in [("{}", "}"), (r#"{"a":1.0}"#, r#","a":1.0}"#)] {
            let mut json = Bytes::from_static(given.as_bytes());
            assert!(in_body(&mut json, "requestId"));
            let text = std::str::from_utf8(&json).unwrap();
            let id = text.strip_prefix(r#"{"requestId":""#).unwrap();
            let id = id.strip_suffix(rest).unwrap().strip_suffix('"').unwrap();
            let uuid = uuid::Uuid::parse_str(id).unwrap();
            assert_eq!(uuid.get_version_num(), 4);
        }
        for (given, has_id) in [
            (r#"{"requestId":"mine","a":[{}]}"#, true),
            (r#"{"requestId":""}"#, false),
            (r#"{"requestId":null}"#, false),
            ("[]", false),
        ] {
            let mut json = Bytes::from_static(given.as_bytes());
            assert_eq!(in_body(&mut json, "requestId"), has_id, "{given}");
            assert_eq!(json, given);
        }
    }
}
