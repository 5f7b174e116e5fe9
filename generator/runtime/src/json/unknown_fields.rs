//! Fields that a message has and its type does not know.

use std::fmt;

use serde_json::{Map, Value};

/// The fields of a message that this revision of the API does not know, and those whose value does
/// not fit their type. They are written back as they came.
///
/// A field of the type that is set takes precedence over one of the same name in here.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<Map<String, Value>>>);

impl UnknownFields {
    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|fields| fields.is_empty())
    }

    /// Returns the value of a field by its name in JSON.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Returns the names and values in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.0.iter().flat_map(|fields| fields.iter());
        fields.map(|(name, value)| (name.as_str(), value))
    }

    /// Sets a field, such as one of a preview that the API does not document.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let fields = self.0.get_or_insert_default();
        fields.insert(name.into(), value.into());
    }

    /// Removes a field and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let removed = self.0.as_mut()?.remove(name);
        if self.is_empty() {
            self.clear();
        }
        removed
    }

    /// Removes all fields.
    pub fn clear(&mut self) {
        self.0 = None;
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
