//! The query string of a request.

use std::{borrow::Cow, fmt};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that a value keeps: RFC 3986's unreserved characters, and some that are safe in any query and
/// easier to read in a log. Space becomes `%20` and `+` becomes `%2B`, since readers differ on `+`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
/// Names are sent as the document writes them, `$.xgafv` included.
const NAME: &AsciiSet = &VALUE.remove(b'$');

/// Parameters whose values are secrets, by the
/// [system parameters](https://docs.cloud.google.com/apis/docs/system-parameters) page.
const SECRET: [&str; 4] = ["key", "$key", "access_token", "oauth_token"];

/// Query parameters in the order in which they were first set; a repeated one repeats its name.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl Query {
    /// Replaces the values of a parameter. With none, the parameter is not sent.
    pub(crate) fn set(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = impl Into<Cow<'static, str>>>,
    ) {
        let new = values.into_iter().map(|value| (name.into(), value.into()));
        match self.0.iter().position(|(known, _)| known == name) {
            Some(first) => {
                self.0.retain(|(known, _)| known != name);
                self.0.splice(first..first, new);
            }
            None => self.0.extend(new),
        }
    }

    /// Sets parameters of any name, replacing the values that these had.
    pub(crate) fn set_custom(&mut self, pairs: &[(String, String)]) {
        self.0
            .retain(|(known, _)| pairs.iter().all(|(name, _)| name != known));
        let pairs = pairs.iter().cloned();
        self.0
            .extend(pairs.map(|(name, value)| (name.into(), value.into())));
    }

    /// Sets a parameter unless the caller did.
    pub(crate) fn set_default(&mut self, name: &'static str, value: &'static str) {
        if self.get(name).is_none() {
            self.0.push((name.into(), value.into()));
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs()
            .find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The pairs that are sent, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The query string, without the `?`.
    pub(crate) fn encode(&self) -> String {
        let lengths = self
            .pairs()
            .map(|(name, value)| name.len() + value.len() + 2);
        let mut text = String::with_capacity(lengths.sum());
        for (name, value) in self.pairs() {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(utf8_percent_encode(name, NAME));
            text.push('=');
            text.extend(utf8_percent_encode(value, VALUE));
        }
        text
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.pairs().map(|(name, value)| {
                let secret = SECRET.contains(&name);
                (name, if secret { "[redacted]" } else { value })
            }))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &[&str])]) -> Query {
        let mut query = Query::default();
        for (name, values) in pairs {
            query.set(name, values.iter().map(|v| (*v).to_owned()));
        }
        query
    }

    #[test]
    fn values_are_encoded_and_repeated() {
        let query = query(&[
            ("filter", &["a b+c&d=é/%"]),
            ("view", &["A", "B"]),
            ("none", &[]),
            ("empty", &[""]),
            ("$.xgafv", &["2"]),
            ("max-results", &["0"]),
        ]);
        assert_eq!(
            query.encode(),
            "filter=a%20b%2Bc%26d%3D%C3%A9%2F%25&view=A&view=B&empty=&$.xgafv=2&max-results=0"
        );
    }

    #[test]
    fn a_later_value_replaces_an_earlier_one() {
        let mut query = query(&[("a", &["1"]), ("b", &["2"])]);
        query.set("a", ["3"]);
        query.set_default("a", "4");
        query.set_default("c", "5");
        assert_eq!(query.encode(), "a=3&b=2&c=5");
        let custom = [("a", "6"), ("ä&", "7"), ("a", "8")];
        query.set_custom(&custom.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(query.encode(), "b=2&c=5&a=6&%C3%A4%26=7&a=8");
    }

    #[test]
    fn debug_shows_no_secret() {
        let query = query(&[
            ("key", &["AIza"]),
            ("access_token", &["ya29"]),
            ("a", &["1"]),
        ]);
        let shown = format!("{query:?}");
        assert!(
            !shown.contains("AIza") && !shown.contains("ya29"),
            "{shown}"
        );
        assert!(shown.contains(r#"("a", "1")"#), "{shown}");
    }
}
