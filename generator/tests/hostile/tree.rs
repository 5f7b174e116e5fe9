//! JSON that may be malformed: with duplicate members, and raw text in place of values.

use serde_json::Value;

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// Text that is written as it is.
    Raw(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn parse(text: &str) -> Self {
        Self::from(serde_json::from_str::<Value>(text).expect("JSON"))
    }

    /// Returns the number of values, including this one.
    pub(crate) fn count(&self) -> usize {
        1 + self.children().map(Self::count).sum::<usize>()
    }

    pub(crate) fn children(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        match self {
            Self::Raw(_) | Self::Text(_) => Box::new(std::iter::empty()),
            Self::List(elements) => Box::new(elements.iter()),
            Self::Object(members) => Box::new(members.iter().map(|(_, value)| value)),
        }
    }

    pub(crate) fn child_mut(&mut self, index: usize) -> Option<&mut Self> {
        match self {
            Self::Raw(_) | Self::Text(_) => None,
            Self::List(elements) => elements.get_mut(index),
            Self::Object(members) => members.get_mut(index).map(|(_, value)| value),
        }
    }

    /// Returns the value with the given index, counted from the outside in.
    pub(crate) fn nth(&self, index: usize) -> Option<&Self> {
        self.path_to(index)
            .into_iter()
            .try_fold(self, |at, step| at.children().nth(step))
    }

    /// Returns the value with the given index, counted from the outside in.
    pub(crate) fn nth_mut(&mut self, index: usize) -> Option<&mut Self> {
        let path = self.path_to(index);
        self.at_mut(&path)
    }

    pub(crate) fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        path.iter().try_fold(self, |at, step| at.child_mut(*step))
    }

    /// Returns the path of the value with the given index: the index of the child, of its child, …
    pub(crate) fn path_to(&self, mut index: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = self;
        while index > 0 {
            index -= 1;
            let next = at.children().enumerate().find(|(_, child)| {
                let count = child.count();
                let is_inside = index < count;
                if !is_inside {
                    index -= count;
                }
                is_inside
            });
            let Some((step, child)) = next else { break };
            path.push(step);
            at = child;
        }
        path
    }

    /// Removes a child and returns it.
    pub(crate) fn remove(&mut self, index: usize) -> Option<Self> {
        match self {
            Self::List(elements) if index < elements.len() => Some(elements.remove(index)),
            Self::Object(members) if index < members.len() => Some(members.remove(index).1),
            _ => None,
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Raw(raw) => text.push_str(raw),
            Self::Text(value) => quote(value, text),
            Self::List(elements) => {
                let mut separator = '[';
                for element in elements {
                    text.push(separator);
                    element.write(text);
                    separator = ',';
                }
                text.push_str(if elements.is_empty() { "[]" } else { "]" });
            }
            Self::Object(members) => {
                let mut separator = '{';
                for (name, value) in members {
                    text.push(separator);
                    quote(name, text);
                    text.push(':');
                    value.write(text);
                    separator = ',';
                }
                text.push_str(if members.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

fn quote(value: &str, text: &mut String) {
    text.push_str(&serde_json::to_string(value).expect("a text"));
}

impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            Value::Array(elements) => Self::List(elements.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, Self::from(value)))
                    .collect(),
            ),
            other => Self::Raw(other.to_string()),
        }
    }
}
