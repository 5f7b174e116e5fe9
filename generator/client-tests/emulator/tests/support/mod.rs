//! The address of an emulator, and credentials it accepts.

#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod account;
pub(crate) mod program;

use std::env;

use google_drive_v3::runtime::google_cloud_auth::credentials::{
    CacheableResource, Credentials, CredentialsProvider, EntityTag,
};
use google_drive_v3::runtime::google_cloud_auth::errors::CredentialsError;
use google_drive_v3::runtime::http::{Extensions, HeaderMap, HeaderValue, header};

/// Returns the URL that `.ci/emulator` sets.
pub(crate) fn url(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run .ci/emulator"))
}

/// Returns credentials with a fixed access token.
pub(crate) fn token(token: &'static str) -> Credentials {
    Credentials::from(Token(token))
}

#[derive(Debug)]
struct Token(&'static str);

impl CredentialsProvider for Token {
    async fn headers(
        &self,
        _: Extensions,
    ) -> Result<CacheableResource<HeaderMap>, CredentialsError> {
        let value = HeaderValue::try_from(format!("Bearer {}", self.0)).unwrap();
        Ok(CacheableResource::New {
            entity_tag: EntityTag::new(),
            data: HeaderMap::from_iter([(header::AUTHORIZATION, value)]),
        })
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}
