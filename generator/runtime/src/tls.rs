//! The HTTP client that is used unless the caller brings one.

use crate::{Result, error};

pub(crate) fn http_client() -> Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(error::connection)
}
