//! Changes, and their meaning for programs.

use std::fmt;

use serde::{Serialize, Serializer};

/// The meaning of a change for programs that use the old client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The API is the same.
    Same,
    /// Only documentation changes.
    Documentation,
    /// Programs still compile, and their requests still mean the same.
    Additive,
    /// Some programs no longer compile, or send other requests.
    Breaking,
}

impl Class {
    /// The exit code of the process. The codes 1 and 2 are those of a comparison that failed.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Documentation => 10,
            Self::Additive => 11,
            Self::Breaking => 12,
        }
    }
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "none",
            Self::Documentation => "documentation",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The item is gone.
    Removed,
    /// The item has another type or signature.
    Changed,
    /// The compiler sees no difference, but the server does.
    Altered,
    /// The item is new.
    Added,
    /// The item is now deprecated.
    Deprecated,
    /// The item is no longer deprecated.
    Restored,
    /// The documentation of the item differs.
    Described,
}

/// An item in terms of its users: ``the field `name` of the type `schemas::Thing` ``.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ItemName {
    /// The item around it; none if it belongs to the client.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub of: Option<Box<ItemName>>,
    /// The kind of item: `method`, `field`, `variant`.
    pub noun: String,
    /// The name in Rust; empty if there is only one such item.
    pub name: String,
}

fn as_text<S: Serializer>(of: &Option<Box<ItemName>>, serializer: S) -> Result<S::Ok, S::Error> {
    match of {
        Some(of) => serializer.collect_str(of),
        None => serializer.serialize_none(),
    }
}

const ALL_REQUESTS: &str = "all requests";

impl ItemName {
    pub(super) fn new(noun: &str, name: &str) -> Self {
        Self {
            of: None,
            noun: noun.to_owned(),
            name: name.to_owned(),
        }
    }

    /// The owner of facts that all requests share.
    pub(super) fn all_requests() -> Self {
        Self::new(ALL_REQUESTS, "")
    }

    /// A part of this item.
    pub(super) fn part(&self, noun: &str, name: &str) -> Self {
        Self {
            of: Some(Box::new(self.clone())),
            ..Self::new(noun, name)
        }
    }
}

impl fmt::Display for ItemName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.noun == ALL_REQUESTS {
            return f.write_str(ALL_REQUESTS);
        }
        write!(f, "the {}", self.noun)?;
        if !self.name.is_empty() {
            write!(f, " `{}`", self.name)?;
        }
        self.of.iter().try_for_each(|of| write!(f, " of {of}"))
    }
}

/// One difference between two clients.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// Its meaning.
    pub class: Class,
    /// Its kind.
    #[serde(rename = "verb")]
    pub kind: ChangeKind,
    /// The item that differs.
    #[serde(flatten)]
    pub item: ItemName,
    /// Text that follows the name in a declaration: `: Option<String>`, `(parent, request)`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The old value, if the item changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub old: String,
    /// The new value, if the item changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub new: String,
    /// Advice for callers; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl Change {
    pub(super) fn new(class: Class, kind: ChangeKind, item: ItemName) -> Self {
        Self {
            class,
            kind,
            item,
            detail: String::new(),
            old: String::new(),
            new: String::new(),
            help: String::new(),
        }
    }

    pub(super) fn with_detail(mut self, detail: String) -> Self {
        self.detail = detail;
        self
    }

    pub(super) fn with_values(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        (self.old, self.new) = (old.into(), new.into());
        self
    }
}
