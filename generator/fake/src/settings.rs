//! Settings of a fake, which headers can change for one call.

use http::HeaderMap;
use serde::{Deserialize, Serialize};

/// Settings of a fake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    /// The number of polls that find an operation running. With 0, it is done immediately.
    pub operation_polls: u32,
    /// The maximum size of a page.
    pub page_size_limit: usize,
    /// The size of a page for calls without `pageSize`.
    pub default_page_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            operation_polls: 1,
            page_size_limit: 1_000,
            default_page_size: 50,
        }
    }
}

impl Settings {
    /// Returns the settings for a call with these headers.
    pub(crate) fn for_call(mut self, headers: &HeaderMap) -> Self {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<u32>().ok();
        if let Some(polls) = number("x-fake-operation-polls") {
            self.operation_polls = polls;
        }
        if let Some(size) = number("x-fake-page-size-limit") {
            self.page_size_limit = usize::try_from(size.max(1)).unwrap_or(usize::MAX);
        }
        self
    }
}
