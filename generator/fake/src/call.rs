//! A valid call: the method, its parameters and its body.

use http::HeaderMap;
use serde_json::Value;

use crate::api::collections::Collection;
use crate::api::pattern::{Captures, PathPattern};
use crate::api::roles;
use crate::api::{Api, ServedMethod};
use crate::settings::Settings;
use crate::state::record::Media;
use crate::validate::parameters::Parameters;

/// A valid call.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) api: &'a Api,
    pub(crate) served: &'a ServedMethod,
    pub(crate) path: &'a PathPattern,
    pub(crate) captures: Captures,
    pub(crate) parameters: Parameters,
    pub(crate) headers: &'a HeaderMap,
    /// The message; null without one.
    pub(crate) body: Value,
    pub(crate) media: Option<Media>,
    pub(crate) settings: Settings,
    /// The URL of the server, with a slash at its end.
    pub(crate) root: String,
}

impl Call<'_> {
    pub(crate) fn id(&self) -> &str {
        &self.served.method.id
    }

    /// Returns the key of the resource or collection that the path names.
    pub(crate) fn key(&self) -> String {
        self.absolute(&self.path.fill(&self.captures))
    }

    /// Returns the key of the item that the method acts on: `things/x` of `things/x:stop` and of
    /// `things/x/stop`.
    pub(crate) fn target_key(&self) -> String {
        let key = self.key();
        if self.api.collections.of_item(self.path).is_some() || self.path.verb.is_some() {
            return key;
        }
        key.rsplit_once('/')
            .map_or_else(String::new, |(item, _)| item.to_owned())
    }

    /// Returns the key of a path.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}/{path}", self.api.document.id)
    }

    /// Returns the path of a key.
    pub(crate) fn relative<'k>(&self, key: &'k str) -> &'k str {
        key.get(self.api.document.id.len() + 1..)
            .unwrap_or_default()
    }

    /// Returns the collection that the path names, or that its item belongs to.
    pub(crate) fn collection(&self) -> Option<&Collection> {
        let collections = &self.api.collections;
        let target = || roles::target(self.path, collections);
        collections.at(self.path).or_else(target)
    }

    /// Returns a parameter of the query, or a field of the body that is a text.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        let in_body = || self.body.get(name).and_then(Value::as_str);
        self.parameters
            .get(name)
            .or_else(in_body)
            .filter(|text| !text.is_empty())
    }

    /// Returns whether a parameter or a field is true.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.parameters.is_true(name) || self.body.get(name) == Some(&Value::Bool(true))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The result of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) message: Value,
    /// Media in place of the message.
    pub(crate) media: Option<Media>,
    /// The message is a sample.
    pub(crate) is_sample: bool,
    /// The key of the resource that the call changed.
    pub(crate) changed: Option<String>,
}

impl Answer {
    pub(crate) fn new(message: Value) -> Self {
        Self {
            status: 200,
            message,
            ..Self::default()
        }
    }

    pub(crate) fn sample(message: Value) -> Self {
        Self {
            is_sample: true,
            ..Self::new(message)
        }
    }

    pub(crate) fn media(media: Media) -> Self {
        Self {
            media: Some(media),
            ..Self::new(Value::Null)
        }
    }
}
