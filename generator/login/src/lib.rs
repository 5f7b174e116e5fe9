//! Credentials of users for Google APIs.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod delegation;
mod error;
mod grant;
mod http;
mod login;
mod oauth_client;
mod prompt;
mod provider;
mod redirect;
mod store;
mod stored;

pub use google_cloud_auth::credentials::Credentials;

pub use delegation::Delegation;
pub use error::{Error, Result};
pub use login::Login;
pub use oauth_client::OAuthClient;
pub use prompt::Prompt;
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
pub use store::{FileStore, Store};
