//! The OAuth client of a program, as the Cloud console exports it.

use std::{fs, path::Path};

use oauth2::{ClientId, ClientSecret, url::Url};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    error::{Error, Result},
    http,
};

/// The page on which OAuth clients are created.
const PAGE: &str = "https://console.cloud.google.com/auth/clients";

/// The OAuth client of a program: the ID and the secret by which Google recognises it.
///
/// [Create](https://console.cloud.google.com/auth/clients) one of the type "Desktop app", or "TVs and
/// Limited Input devices" for [`Login::with_device_flow`](crate::Login::with_device_flow), and download
/// its JSON. The secret of such a client may be part of a program; it does not protect anything alone.
#[derive(Clone, Debug)]
pub struct OAuthClient {
    pub(crate) id: ClientId,
    pub(crate) secret: ClientSecret,
    pub(crate) authorization: Url,
    pub(crate) device_authorization: Url,
    pub(crate) token: Url,
    pub(crate) revocation: Url,
}

/// The part `installed` of the JSON. Only these two types of client have it.
#[derive(Deserialize)]
struct Exported {
    client_id: String,
    client_secret: String,
    #[serde(default = "authorization")]
    auth_uri: String,
    #[serde(default = "device_authorization")]
    device_authorization_uri: String,
    #[serde(default = "token")]
    token_uri: String,
    #[serde(default = "revocation")]
    revocation_uri: String,
}

fn authorization() -> String {
    "https://accounts.google.com/o/oauth2/v2/auth".to_owned()
}

fn device_authorization() -> String {
    "https://oauth2.googleapis.com/device/code".to_owned()
}

fn token() -> String {
    "https://oauth2.googleapis.com/token".to_owned()
}

fn revocation() -> String {
    "https://oauth2.googleapis.com/revoke".to_owned()
}

impl OAuthClient {
    /// Returns the client with this ID and secret.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Result<Self> {
        Self::exported(Exported {
            client_id: id.into(),
            client_secret: secret.into(),
            auth_uri: authorization(),
            device_authorization_uri: device_authorization(),
            token_uri: token(),
            revocation_uri: revocation(),
        })
    }

    /// Reads the client from the JSON that the Cloud console exports.
    ///
    /// Its `auth_uri` and `token_uri`, and the optional `device_authorization_uri` and
    /// `revocation_uri`, name other endpoints than Google's, for tests.
    ///
    /// # Errors
    ///
    /// If this is the JSON of something else.
    pub fn from_json(json: &str) -> Result<Self> {
        Self::parsed(json, "the text")
    }

    /// Reads the client from a file, as [`from_json`](Self::from_json) does.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is something else.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let json = fs::read_to_string(path).map_err(|cause| {
            Error::Configuration(format!(
                "cannot read {path:?}: {cause}; download the OAuth client from {PAGE}"
            ))
        })?;
        Self::parsed(&json, &format!("{path:?}"))
    }

    fn parsed(json: &str, place: &str) -> Result<Self> {
        let mut value: Value = serde_json::from_str(json).unwrap_or_default();
        let problem = match value.get_mut("installed").map(Value::take) {
            Some(exported) => match serde_json::from_value(exported) {
                Ok(exported) => return Self::exported(exported),
                Err(cause) => cause.to_string(),
            },
            None if value.get("web").is_some() => "it is for a web application".to_owned(),
            None if value["type"] == "service_account" => {
                "it is the key of a service account".to_owned()
            }
            None => "it has no part `installed`".to_owned(),
        };
        Err(Error::Configuration(format!(
            "{place} is not the OAuth client of a program: {problem}; download one of the type \
             Desktop app from {PAGE}"
        )))
    }

    fn exported(exported: Exported) -> Result<Self> {
        Ok(Self {
            id: ClientId::new(exported.client_id),
            secret: ClientSecret::new(exported.client_secret),
            authorization: http::endpoint(&exported.auth_uri)?,
            device_authorization: http::endpoint(&exported.device_authorization_uri)?,
            token: http::endpoint(&exported.token_uri)?,
            revocation: http::endpoint(&exported.revocation_uri)?,
        })
    }
}
