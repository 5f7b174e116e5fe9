//! Which part of a document an entry of the overlay is about.

use serde_json::Value;

use crate::check::is_of_google;

/// What the object at a place of a document is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Document,
    /// An object whose keys name entries.
    Names(Entry),
    Entry(Entry),
    /// A URL that receives credentials.
    RootUrl,
    /// A list of such URLs, which a merge patch replaces as a whole.
    Endpoints,
    /// A schema without a name.
    Schema,
    Other,
}

/// What a document has by name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Schema,
    Property,
    Parameter,
    Method,
    Resource,
}

impl Place {
    /// What is behind `key`.
    pub(super) fn child(self, key: &str) -> Self {
        match (self, key) {
            (Self::Names(entry), _) => Self::Entry(entry),
            (Self::Document, "rootUrl" | "mtlsRootUrl") => Self::RootUrl,
            (Self::Document, "endpoints") => Self::Endpoints,
            (Self::Document, "schemas") => Self::Names(Entry::Schema),
            (Self::Document | Self::Entry(Entry::Method), "parameters") => {
                Self::Names(Entry::Parameter)
            }
            (Self::Document | Self::Entry(Entry::Resource), "methods") => {
                Self::Names(Entry::Method)
            }
            (Self::Document | Self::Entry(Entry::Resource), "resources") => {
                Self::Names(Entry::Resource)
            }
            (Self::Entry(Entry::Method), "request" | "response") => Self::Schema,
            (place, key) if place.is_schema() => match key {
                "properties" => Self::Names(Entry::Property),
                "items" | "additionalProperties" => Self::Schema,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// The entry that is here, if something with a name is.
    pub(super) fn entry(self) -> Option<Entry> {
        match self {
            Self::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// Whether to repeat this value of the document is to say that it is meant.
    pub(super) fn needs_consent(self, value: &Value) -> bool {
        let is_strange = |url: &Value| url.as_str().is_some_and(|url| !is_of_google(url));
        match self {
            Self::RootUrl => is_strange(value),
            Self::Endpoints => value.as_array().is_some_and(|endpoints| {
                let mut urls = endpoints.iter().filter_map(|one| one.get("endpointUrl"));
                urls.any(is_strange)
            }),
            _ => false,
        }
    }

    fn is_schema(self) -> bool {
        matches!(
            self,
            Self::Schema | Self::Entry(Entry::Schema | Entry::Property | Entry::Parameter)
        )
    }
}

impl Entry {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Property => "property",
            Self::Parameter => "parameter",
            Self::Method => "method",
            Self::Resource => "resource",
        }
    }

    /// What an entry needs to stand for itself.
    pub(super) const fn needs(self) -> &'static str {
        match self {
            Self::Schema => "`id` and `type`",
            Self::Property => "`type` or `$ref`",
            Self::Parameter => "`type` and `location`",
            Self::Method => "`id`, `httpMethod` and `path`",
            Self::Resource => "`methods` or `resources`, all of them whole",
        }
    }

    /// Whether the value has what the entry [needs](Self::needs).
    pub(super) fn is_whole(self, value: &Value) -> bool {
        let has = |key| value.get(key).is_some_and(|value| !value.is_null());
        let all_whole = |key, entry: Self| match value.get(key).and_then(Value::as_object) {
            Some(members) => members.values().all(|member| entry.is_whole(member)),
            None => !has(key),
        };
        match self {
            Self::Schema => has("id") && has("type"),
            Self::Property => has("type") || has("$ref"),
            Self::Parameter => has("type") && has("location"),
            Self::Method => has("id") && has("httpMethod") && has("path"),
            Self::Resource => {
                (has("methods") || has("resources"))
                    && all_whole("methods", Self::Method)
                    && all_whole("resources", Self::Resource)
            }
        }
    }
}
