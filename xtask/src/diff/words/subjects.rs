//! What the users of a client call an item.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Form, Item, Key, Space};
use crate::diff::{Change, Class, Verb};

/// The function that every request has.
const SEND: &str = "send";
/// The type of every resource.
const RESOURCE: &str = "Resource";
/// The module of all messages.
const MESSAGES: &str = "schemas";

/// An item in words.
pub(super) struct Subject {
    pub(super) noun: &'static str,
    name: String,
    of: String,
}

impl Subject {
    /// What all requests of a client share.
    pub(super) fn of_all(noun: &'static str) -> Self {
        part(noun, "", "all requests")
    }

    /// One of several such parts.
    pub(super) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// A part of this item.
    pub(super) fn part(self, noun: &'static str) -> Self {
        let around = if self.of.is_empty() {
            String::new()
        } else {
            format!(" of {}", self.of)
        };
        Self {
            noun,
            name: String::new(),
            of: format!("the {} `{}`{around}", self.noun, self.name),
        }
    }

    pub(super) fn change(self, class: Class, verb: Verb) -> Change {
        Change::new(class, verb, self.noun, &self.name).of(&self.of)
    }
}

/// Which types are the requests of which methods, in both packages.
pub(super) struct Subjects {
    /// The path of a request's type, and the method that makes it.
    methods: BTreeMap<String, String>,
    /// All methods.
    names: BTreeSet<String>,
}

impl Subjects {
    pub(super) fn of(roots: [&Item; 2]) -> Self {
        let mut methods = BTreeMap::new();
        for root in roots {
            let (mut requests, mut functions) = (BTreeSet::new(), Vec::new());
            collect(root, &mut Vec::new(), &mut requests, &mut functions);
            for (method, result) in functions {
                if requests.contains(&result) {
                    methods.insert(result, method);
                }
            }
        }
        let names = methods.values().cloned().collect();
        Self { methods, names }
    }

    /// The method whose request is the type at this path.
    pub(super) fn method_of(&self, path: &[&Key]) -> Option<&str> {
        self.methods.get(&joined(path, "::")).map(String::as_str)
    }

    /// The method that the function at this path is.
    pub(super) fn method_at(&self, path: &[&Key]) -> Option<&str> {
        let (_, around) = path.split_last()?;
        if self.method_of(around).is_some() {
            return None;
        }
        self.names.get(&method(path)).map(String::as_str)
    }

    /// Whether the type at this path is that of a resource.
    pub(super) fn is_resource(&self, path: &[&Key]) -> bool {
        let is_message = path.first().is_some_and(|first| first.name == MESSAGES);
        let is_type = |last: &&&Key| last.space == Space::Type && last.name == RESOURCE;
        !is_message && path.last().filter(is_type).is_some() && self.method_of(path).is_none()
    }

    /// The item at this path, in words.
    pub(super) fn subject(&self, path: &[&Key], form: &Form) -> Subject {
        let Some((last, around)) = path.split_last() else {
            return named("crate", String::new());
        };
        let is_message = path.first().is_some_and(|first| first.name == MESSAGES);
        let full = joined(path, "::");
        match last.space {
            Space::Module if is_message => named("module", full),
            Space::Module => named("resource", joined(path, ".")),
            Space::Type => match self.method_of(path) {
                Some(method) => part("request", "", &format!("the method `{method}`")),
                None if self.is_resource(path) => named("resource", joined(around, ".")),
                None => named("type", full),
            },
            Space::Constant => match around {
                [module] if module.name == "scopes" => named("scope", last.name.clone()),
                [module] if module.name == "endpoints" => named("endpoint", last.name.clone()),
                _ => named("constant", full),
            },
            Space::Function => self.function(path, form),
            Space::Field => part("field", &last.name, &self.owner(around)),
            Space::Variant => part("variant", &last.name, &self.owner(around)),
            Space::Implementation => part("implementation", &last.name, &self.owner(around)),
            Space::Export => named("export", full),
            Space::Other => named("item", full),
        }
    }

    /// What a method answers, if that is what the function at this path returns.
    pub(super) fn response(&self, path: &[&Key]) -> Option<Subject> {
        let (last, around) = path.split_last().filter(|(last, _)| last.name == SEND)?;
        let method = self
            .method_of(around)
            .filter(|_| last.space == Space::Function)?;
        Some(part("response", "", &format!("the method `{method}`")))
    }

    fn function(&self, path: &[&Key], form: &Form) -> Subject {
        let Some((last, around)) = path.split_last() else {
            return named("function", String::new());
        };
        let is_setter = matches!(form, Form::Function(signature) if signature.result == "Self");
        if let Some(method) = self.method_of(around) {
            let noun = if is_setter { "parameter" } else { "function" };
            return part(noun, &last.name, &format!("the method `{method}`"));
        }
        match self.method_at(path) {
            Some(method) => named("method", method.to_owned()),
            None if leads_to_resource(form) => named("resource", method(path)),
            None => {
                let noun = if is_setter { "setter" } else { "function" };
                part(noun, &last.name, &self.owner(around))
            }
        }
    }

    /// The type around an item, with its article.
    fn owner(&self, path: &[&Key]) -> String {
        match self.method_of(path) {
            Some(method) => format!("the request of the method `{method}`"),
            None => format!("the type `{}`", joined(path, "::")),
        }
    }
}

fn named(noun: &'static str, name: String) -> Subject {
    let of = String::new();
    Subject { noun, name, of }
}

fn part(noun: &'static str, name: &str, of: &str) -> Subject {
    let (name, of) = (name.to_owned(), of.to_owned());
    Subject { noun, name, of }
}

/// Whether it is a function whose result is a resource.
pub(super) fn leads_to_resource(form: &Form) -> bool {
    let result = match form {
        Form::Function(signature) => signature.result.as_str(),
        _ => return false,
    };
    result.rsplit("::").next() == Some(RESOURCE)
}

/// The method that a function of a resource or of the client is: `accounts.apps.list`.
fn method(path: &[&Key]) -> String {
    let parts = path.iter().filter(|key| key.space != Space::Type);
    let parts: Vec<_> = parts.map(|key| key.name.as_str()).collect();
    parts.join(".")
}

fn joined(path: &[&Key], between: &str) -> String {
    let parts: Vec<_> = path.iter().map(|key| key.name.as_str()).collect();
    parts.join(between)
}

/// The types of requests, and every function with the type of its result.
fn collect<'a>(
    item: &'a Item,
    path: &mut Vec<&'a Key>,
    requests: &mut BTreeSet<String>,
    functions: &mut Vec<(String, String)>,
) {
    for (key, inner) in &item.items {
        path.push(key);
        match &inner.form {
            Form::Module | Form::Struct { .. } => collect(inner, path, requests, functions),
            Form::Function(signature) if key.name == SEND && signature.qualifiers == "async" => {
                let (_, around) = path.split_last().unwrap_or((&key, &[]));
                requests.insert(joined(around, "::"));
            }
            Form::Function(signature) => functions.push((method(path), signature.result.clone())),
            _ => {}
        }
        path.pop();
    }
}
