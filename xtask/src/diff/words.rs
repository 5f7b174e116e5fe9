//! From items of Rust to what their users call them: methods, parameters, fields, scopes.

mod subjects;
mod told;

use super::compare::{self, Difference, What};
use super::{Change, Verb};
use crate::api::{Api, Form, Item, Key, Wire};
use subjects::{Subject, Subjects};
use told::Told;

/// The changes of the items of two crates.
pub(super) fn changes(old: &Api, new: &Api) -> Vec<Change> {
    let differences = compare::items(old, new);
    let subjects = Subjects::of([&old.root, &new.root]);
    let told = Told::of(&differences, &subjects);
    let mut changes = Vec::new();
    for found in &differences {
        if !told.says(found, &subjects) {
            tell(found, &subjects, &mut changes);
        }
    }
    changes
}

fn tell(found: &Difference<'_>, subjects: &Subjects, changes: &mut Vec<Change>) {
    let verb = found.what.verb();
    let change = match &found.what {
        What::Added(item) | What::Removed(item) => {
            return whole(found, item, subjects, changes);
        }
        What::Deprecated(_) | What::Undeprecated(_) | What::Docs(_) => {
            subject(found, subjects).change(found.class, verb)
        }
        What::Form(old, new) => form(found, old, new, subjects),
        What::Gate(old, new) => {
            let part = subject(found, subjects).part("features");
            let change = part.change(found.class, verb);
            change.with_values(&features(old), &features(new))
        }
        What::Wire(part, old, new) => {
            let said = |item: &Item| match item.wire.get(part) {
                Some(said) if !said.is_empty() => said.clone(),
                _ => "none".to_owned(),
            };
            let change = outside(part, found, subjects).change(found.class, verb);
            change.with_values(&said(old), &said(new))
        }
    };
    changes.push(change);
}

/// What differs outside of the program, in words.
fn outside(part: &Wire, found: &Difference<'_>, subjects: &Subjects) -> Subject {
    let of_item = || subject(found, subjects);
    match part {
        Wire::Request => of_item().part("HTTP request"),
        Wire::Options => of_item().part("options of the HTTP request"),
        Wire::Pattern(argument) => of_item().part("pattern").named(argument),
        Wire::Scopes => of_item().part("scopes"),
        Wire::Json => of_item().part("form in JSON"),
        Wire::Value => of_item().part("value"),
        Wire::Host => Subject::of_all("host"),
        Wire::ServicePath => Subject::of_all("service path"),
        Wire::DefaultScopes => Subject::of_all("default scopes"),
    }
}

fn subject(found: &Difference<'_>, subjects: &Subjects) -> Subject {
    subjects.subject(&found.path, &found.what.item().form)
}

/// An item that is on one side only. A resource is told as its methods.
fn whole(found: &Difference<'_>, item: &Item, subjects: &Subjects, changes: &mut Vec<Change>) {
    let mut push = |path: &[&Key], item: &Item| {
        let subject = subjects.subject(path, &item.form);
        let mut change = subject.change(found.class, found.what.verb());
        change.detail = detail(&item.form);
        changes.push(change);
    };
    if !subjects.is_resource(&found.path) {
        return push(&found.path, item);
    }
    for (key, item) in &item.items {
        let path: Vec<_> = found.path.iter().copied().chain([key]).collect();
        if subjects.method_at(&path).is_some() {
            push(&path, item);
        }
    }
}

/// What is good to know of a new item beside its name.
fn detail(form: &Form) -> String {
    match form {
        Form::Function(signature) if signature.result == "Self" => {
            let types = signature
                .arguments
                .iter()
                .map(|argument| argument.ty.as_str());
            format!(": {}", types.collect::<Vec<_>>().join(", "))
        }
        Form::Function(signature) => {
            let names = signature
                .arguments
                .iter()
                .map(|argument| argument.name.as_str());
            format!("({})", names.collect::<Vec<_>>().join(", "))
        }
        Form::Field(ty) => format!(": {ty}"),
        _ => String::new(),
    }
}

fn form(found: &Difference<'_>, old: &Item, new: &Item, subjects: &Subjects) -> Change {
    let subject = subject(found, subjects);
    let (subject, old, new) = match (&old.form, &new.form) {
        (Form::Function(old), Form::Function(new)) if old.call() == new.call() => {
            let part = match subjects.response(&found.path) {
                Some(response) => response,
                None => subject.part("result"),
            };
            (part, old.result.clone(), new.result.clone())
        }
        (Form::Function(old), Form::Function(new)) if old.result == new.result => {
            (subject, old.call(), new.call())
        }
        (old, new) => (subject, written(old), written(new)),
    };
    subject
        .change(found.class, Verb::Changed)
        .with_values(&old, &new)
}

fn features(item: &Item) -> String {
    match item.gate.len() {
        0 => "none".to_owned(),
        _ => item.gate.iter().cloned().collect::<Vec<_>>().join(" or "),
    }
}

/// The form of an item, as it is written.
fn written(form: &Form) -> String {
    let open = |complete: &bool| if *complete { "" } else { "#[non_exhaustive] " };
    match form {
        Form::Module => "mod".to_owned(),
        Form::Struct { generics, complete } => format!("{}struct{generics}", open(complete)),
        Form::Enum { generics, complete } => format!("{}enum{generics}", open(complete)),
        Form::Function(signature) => format!("{} -> {}", signature.call(), signature.result),
        Form::Variant(content) if content.is_empty() => "without content".to_owned(),
        Form::Implementation(types) if types.is_empty() => "without types".to_owned(),
        Form::Alias(text)
        | Form::Constant(text)
        | Form::Field(text)
        | Form::Variant(text)
        | Form::Implementation(text)
        | Form::Export(text)
        | Form::Other(text) => text.clone(),
    }
}
