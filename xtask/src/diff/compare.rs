//! Which items of two APIs differ, and what that means to a program that uses them.
//!
//! The rules are those of [SemVer compatibility](https://doc.rust-lang.org/cargo/reference/semver.html).
//! It speaks of what the compiler sees. A program that compiles, and then sends other requests, is
//! no less broken: see [`wire`].

use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Verb};
use crate::api::{Api, Argument, Form, Item, Key, Signature, Space, Wire};

/// One item that differs.
#[derive(Debug)]
pub(super) struct Difference<'a> {
    pub(super) class: Class,
    /// The way to the item from the root of the crate.
    pub(super) path: Vec<&'a Key>,
    pub(super) what: What<'a>,
}

/// How an item differs.
#[derive(Debug)]
pub(super) enum What<'a> {
    Added(&'a Item),
    Removed(&'a Item),
    /// Another type, signature or kind.
    Form(&'a Item, &'a Item),
    /// Features that gave the item no longer do.
    Gate(&'a Item, &'a Item),
    /// This part of what does not concern the compiler.
    Wire(&'a Wire, &'a Item, &'a Item),
    Deprecated(&'a Item),
    Undeprecated(&'a Item),
    Docs(&'a Item),
}

impl What<'_> {
    pub(super) fn verb(&self) -> Verb {
        match self {
            Self::Added(_) => Verb::Added,
            Self::Removed(_) => Verb::Removed,
            Self::Form(..) | Self::Gate(..) => Verb::Changed,
            Self::Wire(..) => Verb::Altered,
            Self::Deprecated(_) => Verb::Deprecated,
            Self::Undeprecated(_) => Verb::Restored,
            Self::Docs(_) => Verb::Described,
        }
    }

    /// The item; as it is now, if it is there.
    pub(super) fn item(&self) -> &Item {
        match self {
            Self::Added(item)
            | Self::Removed(item)
            | Self::Form(_, item)
            | Self::Gate(_, item)
            | Self::Wire(_, _, item)
            | Self::Deprecated(item)
            | Self::Undeprecated(item)
            | Self::Docs(item) => item,
        }
    }
}

/// All differences between the items of two crates, in the order of names.
pub(super) fn items<'a>(old: &'a Api, new: &'a Api) -> Vec<Difference<'a>> {
    let mut comparison = Comparison {
        features: &new.manifest.features,
        path: Vec::new(),
        found: Vec::new(),
    };
    comparison.item(&old.root, &new.root);
    comparison.found
}

struct Comparison<'a> {
    /// The features that there are now.
    features: &'a BTreeMap<String, BTreeSet<String>>,
    path: Vec<&'a Key>,
    found: Vec<Difference<'a>>,
}

impl<'a> Comparison<'a> {
    fn push(&mut self, class: Class, what: What<'a>) {
        let path = self.path.clone();
        self.found.push(Difference { class, path, what });
    }

    /// Whether there are features that gave the item and no longer do. Those that are gone
    /// altogether are told as such.
    fn loses(&self, old: &Item, new: &Item) -> bool {
        let mut lost = old.gate.difference(&new.gate);
        !new.gate.is_empty()
            && (old.gate.is_empty() || lost.any(|feature| self.features.contains_key(feature)))
    }

    fn item(&mut self, old: &'a Item, new: &'a Item) {
        if old.form != new.form {
            self.push(form(&old.form, &new.form), What::Form(old, new));
        }
        if self.loses(old, new) {
            self.push(Class::Breaking, What::Gate(old, new));
        }
        let parts: BTreeSet<_> = old.wire.keys().chain(new.wire.keys()).collect();
        for part in parts {
            if let Some(class) = wire(part, old, new) {
                self.push(class, What::Wire(part, old, new));
            }
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.push(Class::Additive, What::Deprecated(new)),
            (true, false) => self.push(Class::Additive, What::Undeprecated(new)),
            _ => {}
        }
        // The documentation of a method repeats what goes over the wire.
        if old.docs != new.docs && old.wire == new.wire {
            self.push(Class::Documentation, What::Docs(new));
        }
        // Another kind of item says it all.
        if is_same_kind(&old.form, &new.form) {
            self.items(old, new);
        }
    }

    fn items(&mut self, old: &'a Item, new: &'a Item) {
        for (key, item) in &old.items {
            self.path.push(key);
            match new.items.get(key) {
                Some(other) => self.item(item, other),
                None => self.whole(item, &|item| (Class::Breaking, What::Removed(item))),
            }
            self.path.pop();
        }
        for (key, item) in &new.items {
            if !old.items.contains_key(key) {
                let class = addition(key, &old.form);
                self.path.push(key);
                self.whole(item, &|item| (class, What::Added(item)));
                self.path.pop();
            }
        }
    }

    /// An item that is on one side only; a module stands for all that is in it.
    fn whole(&mut self, item: &'a Item, what: &dyn Fn(&'a Item) -> (Class, What<'a>)) {
        if item.form != Form::Module {
            let (class, what) = what(item);
            return self.push(class, what);
        }
        for (key, item) in &item.items {
            self.path.push(key);
            self.whole(item, what);
            self.path.pop();
        }
    }
}

fn is_same_kind(old: &Form, new: &Form) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// What another form on the wire means to programs that go on to compile. Nothing, if the old
/// package did not yet say what it is.
fn wire(part: &Wire, old: &Item, new: &Item) -> Option<Class> {
    let (old, new) = (old.wire.get(part), new.wire.get(part));
    if old == new {
        return None;
    }
    match (part, old, new) {
        // More values are taken than before, or perhaps fewer.
        (Wire::Pattern(_), _, None) => Some(Class::Additive),
        (Wire::Pattern(_), ..) => Some(Class::Breaking),
        // Each of the scopes is enough: whoever has one that is gone is refused.
        (Wire::Scopes, Some(old), Some(new)) => {
            let new: BTreeSet<_> = new.split(' ').collect();
            let is_kept = old.split(' ').all(|scope| new.contains(scope));
            Some(if is_kept {
                Class::Additive
            } else {
                Class::Breaking
            })
        }
        (Wire::Scopes | Wire::Options | Wire::DefaultScopes, ..) => Some(Class::Additive),
        // Another verb, path, host or name: the same call does something else.
        (_, Some(_), Some(_)) => Some(Class::Breaking),
        _ => None,
    }
}

/// What a new item means to users of the item around it.
fn addition(key: &Key, around: &Form) -> Class {
    match (around, key.space) {
        (Form::Struct { complete: true, .. }, Space::Field)
        | (Form::Enum { complete: true, .. }, Space::Variant) => Class::Breaking,
        _ => Class::Additive,
    }
}

fn form(old: &Form, new: &Form) -> Class {
    let opened = match (old, new) {
        (
            Form::Struct {
                generics: a,
                complete: before,
            }
            | Form::Enum {
                generics: a,
                complete: before,
            },
            Form::Struct {
                generics: b,
                complete: after,
            }
            | Form::Enum {
                generics: b,
                complete: after,
            },
        ) => is_same_kind(old, new) && a == b && (*after || !*before),
        (Form::Function(old), Form::Function(new)) => accepts_the_same(old, new),
        _ => false,
    };
    match (opened, old, new) {
        (true, Form::Function(old), Form::Function(new)) if types(old).eq(types(new)) => {
            Class::Documentation
        }
        (true, ..) => Class::Additive,
        (false, ..) => Class::Breaking,
    }
}

/// Whether a function takes all that it took: the same types, or what converts into them.
fn accepts_the_same(old: &Signature, new: &Signature) -> bool {
    let accepts = |(old, new): (&str, &str)| old == new || new == format!("impl Into<{old}>");
    old.qualifiers == new.qualifiers
        && old.receiver == new.receiver
        && old.result == new.result
        && old.arguments.len() == new.arguments.len()
        && types(old).zip(types(new)).all(accepts)
}

/// The types of the arguments: callers do not write their names.
fn types(signature: &Signature) -> impl Iterator<Item = &str> {
    signature
        .arguments
        .iter()
        .map(|Argument { ty, .. }| ty.as_str())
}
