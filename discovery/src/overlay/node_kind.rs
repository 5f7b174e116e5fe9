//! The kinds of nodes that overlays treat differently.

use crate::check::is_google_url;
use crate::json::{Node, Value};

/// The kind of a node in a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum NodeKind {
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

/// The kinds of nodes that a document has by name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Schema,
    Property,
    Parameter,
    Method,
    Resource,
}

impl NodeKind {
    /// Returns the kind of the member `key`.
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
            (kind, key) if kind.is_schema() => match key {
                "properties" => Self::Names(Entry::Property),
                "items" | "additionalProperties" => Self::Schema,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// Returns the kind of the node if it has a name.
    pub(super) fn entry(self) -> Option<Entry> {
        match self {
            Self::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// Returns whether an overlay confirms this value by repeating it.
    pub(super) fn needs_consent(self, node: &Node<'_>) -> bool {
        let is_foreign =
            |url: &Node<'_>| matches!(&url.value, Value::String(url) if !is_google_url(url));
        match (self, &node.value) {
            (Self::RootUrl, _) => is_foreign(node),
            (Self::Endpoints, Value::Array(endpoints)) => {
                let mut urls = endpoints.iter().filter_map(|one| one.get("endpointUrl"));
                urls.any(is_foreign)
            }
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

    /// Returns the keys that make an entry complete.
    pub(super) const fn needs(self) -> &'static str {
        match self {
            Self::Schema => "`id` and `type`",
            Self::Property => "`type` or `$ref`",
            Self::Parameter => "`type` and `location`",
            Self::Method => "`id`, `httpMethod` and `path`",
            Self::Resource => "`methods` or `resources`, all of them complete",
        }
    }

    /// Returns whether the node has what the entry [needs](Self::needs).
    pub(super) fn is_complete(self, node: &Node<'_>) -> bool {
        let value = |key| node.get(key).map_or(&Value::Null, |member| &member.value);
        let has = |key| *value(key) != Value::Null;
        let all_complete = |key, entry: Self| match value(key) {
            Value::Object(members) => members.values().all(|member| entry.is_complete(member)),
            value => *value == Value::Null,
        };
        match self {
            Self::Schema => has("id") && has("type"),
            Self::Property => has("type") || has("$ref"),
            Self::Parameter => has("type") && has("location"),
            Self::Method => has("id") && has("httpMethod") && has("path"),
            Self::Resource => {
                (has("methods") || has("resources"))
                    && all_complete("methods", Self::Method)
                    && all_complete("resources", Self::Resource)
            }
        }
    }
}
