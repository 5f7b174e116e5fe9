//! Options of one request, beyond those of [`RequestOptionsBuilder`](crate::RequestOptionsBuilder).

use google_cloud_gax::options::{
    RequestOptions,
    internal::{RequestBuilder, RequestOptionsExt as _},
};

use super::query::Query;
use crate::error::invalid::Problem;

/// The options of a request that [`RequestOptions`] has no room for.
#[derive(Clone, Default)]
pub(crate) struct Extras {
    query: Vec<(String, String)>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    has_unchecked_patterns: bool,
}

impl Extras {
    pub(crate) fn of(options: &RequestOptions) -> Option<&Self> {
        options.get_extension()
    }

    /// Removes those that concern one request, and not the later ones of the same call.
    pub(crate) fn remove_from(options: &mut RequestOptions) {
        if let Some(extras) = options.get_extension_mut::<Self>() {
            *extras = Self::default();
        }
    }

    /// The headers that make the request conditional.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let conditions = [
            ("if-match", &self.if_match),
            ("if-none-match", &self.if_none_match),
        ];
        conditions
            .into_iter()
            .filter_map(|(name, etag)| Some((name, etag.as_deref()?)))
    }

    /// Sets the custom query parameters.
    pub(crate) fn complete(&self, query: &mut Query) -> Result<(), Problem> {
        if self.query.iter().any(|(name, _)| name.is_empty()) {
            let message = "a custom query parameter must have a name";
            return Err(Problem::Other(message.to_owned()));
        }
        query.set_custom(&self.query);
        Ok(())
    }

    /// Returns the value of a custom query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut query = self.query.iter();
        query.find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }

    /// Replaces the value of a custom query parameter.
    pub(crate) fn set_parameter(&mut self, name: &str, value: String) {
        self.query.retain(|(known, _)| known != name);
        self.query.push((name.to_owned(), value));
    }

    /// Returns whether values are compared with the patterns of the document.
    pub(crate) fn checks_patterns(&self) -> bool {
        !self.has_unchecked_patterns
    }
}

/// Further options of every request builder, beside those of
/// [`RequestOptionsBuilder`](crate::RequestOptionsBuilder).
pub trait RequestBuilderExt: RequestBuilder + Sized {
    /// Sends the request with `If-Match`: the service carries it out only if the resource still has
    /// this `etag`. If not, the error
    /// [`is_precondition_failed`](crate::ErrorExt::is_precondition_failed).
    #[must_use]
    fn with_if_match(mut self, etag: impl Into<String>) -> Self {
        extras(&mut self).if_match = Some(etag.into());
        self
    }

    /// Sends the request with `If-None-Match`: the service returns the resource only if it no longer
    /// has this `etag`. If it still does, the error [`is_not_modified`](crate::ErrorExt::is_not_modified).
    #[must_use]
    fn with_if_none_match(mut self, etag: impl Into<String>) -> Self {
        extras(&mut self).if_none_match = Some(etag.into());
        self
    }

    /// Adds a query parameter that the document does not have, or has with another type. It replaces
    /// the values of the document's parameter of that name. Called again with the same name, it adds
    /// another value.
    #[must_use]
    fn with_custom_query_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        extras(&mut self).query.push((name.into(), value.into()));
        self
    }

    /// Sends path parameters that do not match the document's patterns, for a pattern that is wrong.
    /// Values that would lead to another resource are still refused.
    #[must_use]
    fn with_unchecked_patterns(mut self) -> Self {
        extras(&mut self).has_unchecked_patterns = true;
        self
    }
}

impl<T: RequestBuilder> RequestBuilderExt for T {}

fn extras<T: RequestBuilder>(builder: &mut T) -> &mut Extras {
    builder.request_options().get_extension_or_default_mut()
}
