//! The options of a request.

use std::{
    ops::{Deref, DerefMut},
    sync::LazyLock,
};

use google_cloud_gax::options::RequestOptions;

/// [`RequestOptions`] in a box. They are large, few requests have any, and requests are moved
/// often.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options(Option<Box<RequestOptions>>);

impl Deref for Options {
    type Target = RequestOptions;

    fn deref(&self) -> &RequestOptions {
        static NONE: LazyLock<RequestOptions> = LazyLock::new(RequestOptions::default);
        self.0.as_deref().unwrap_or_else(|| &NONE)
    }
}

impl DerefMut for Options {
    fn deref_mut(&mut self) -> &mut RequestOptions {
        self.0.get_or_insert_default()
    }
}

impl From<RequestOptions> for Options {
    fn from(options: RequestOptions) -> Self {
        Self(Some(Box::new(options)))
    }
}
