//! Secrets in URLs and bodies.

use reqwest::Url;
use serde_json::Value;

/// The text in the place of a secret.
const REMOVED: &str = "REMOVED";

/// Parameters of a query that are credentials.
const PARAMETERS: [&str; 6] = [
    "access_token",
    "bearer_token",
    "key",
    "oauth_token",
    "token",
    "upload_id",
];

/// Parts of the names of fields that have secrets.
const FIELDS: [&str; 8] = [
    "accesskey",
    "accesstoken",
    "apikey",
    "clientsecret",
    "idtoken",
    "password",
    "privatekey",
    "refreshtoken",
];

/// Headers of replies that are recorded. All others may have secrets, and no client needs them.
pub(crate) const HEADERS: [&str; 7] = [
    "content-range",
    "content-type",
    "etag",
    "location",
    "range",
    "retry-after",
    "x-goog-hash",
];

/// Returns a URL without the secrets of its query.
pub(crate) fn url(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return text.to_owned();
    };
    if url.query().is_none() {
        return text.to_owned();
    }
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let mut query = url.query_pairs_mut();
    query.clear();
    for (name, value) in &pairs {
        let is_secret = PARAMETERS.contains(&name.as_str());
        query.append_pair(name, if is_secret { REMOVED } else { value });
    }
    drop(query);
    url.into()
}

/// Replaces the texts of secret fields, at any depth.
pub(crate) fn remove(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(remove),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let name = name.replace('_', "").to_ascii_lowercase();
                match field {
                    Value::String(text) if FIELDS.iter().any(|secret| name.contains(secret)) => {
                        REMOVED.clone_into(text);
                    }
                    other => remove(other),
                }
            }
        }
        _ => {}
    }
}
