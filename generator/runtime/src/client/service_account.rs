//! Keys of service accounts.

use std::{io, path::PathBuf};

use google_cloud_auth::{
    build_errors,
    credentials::{
        Credentials,
        service_account::{AccessSpecifier, Builder},
    },
};
use serde_json::Value;

use crate::json::bytes;

/// A key of a service account, as the caller passed it.
pub(crate) enum Key {
    /// The JSON, or its text, which may be in base64.
    Json(Value),
    File(PathBuf),
}

impl Key {
    /// Returns a description for messages, after "by".
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Json(_) => "the service account key".to_owned(),
            Self::File(path) => format!("the service account key in {path:?}"),
        }
    }

    /// Reads the key.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is something else. The message holds nothing of the key.
    pub(super) async fn read(self) -> io::Result<Value> {
        let key = match self {
            Self::Json(Value::String(text)) => match bytes::decode(text.trim()) {
                Some(json) => serde_json::from_slice(&json)?,
                None => serde_json::from_str(&text)?,
            },
            Self::Json(key) => key,
            Self::File(path) => serde_json::from_slice(&tokio::fs::read(path).await?)?,
        };
        match key.get("type").and_then(Value::as_str) {
            Some("service_account") | None if key.is_object() => Ok(key),
            Some("authorized_user" | "external_account" | "impersonated_service_account") => {
                Err(io::Error::other(
                    "these are credentials of another type, for GOOGLE_APPLICATION_CREDENTIALS",
                ))
            }
            _ => Err(io::Error::other("this is not the key of a service account")),
        }
    }
}

/// Builds credentials with a key.
pub(super) fn build(key: &Value, scopes: &[String]) -> Result<Credentials, build_errors::Error> {
    let mut builder = Builder::new(key.clone());
    if !scopes.is_empty() {
        builder = builder.with_access_specifier(AccessSpecifier::from_scopes(scopes));
    }
    builder.build()
}
