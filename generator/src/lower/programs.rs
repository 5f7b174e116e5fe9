//! Which methods the examples of a crate call.

use std::collections::BTreeSet;

use super::resources::Root;
use crate::model::{
    Invocation, Method, OperationService, Outcome, Place, Programs, Resource, Response, Type,
};
use crate::names::Ident;

/// What the programs call their own values.
pub(super) const OWN_NAMES: &[&str] = &[
    "bar", "builder", "file", "item", "items", "media", "progress", "response", "upload", "values",
    "words",
];

pub(super) fn choose(root: &Root, variable: &Ident, operations: &[OperationService]) -> Programs {
    let mut calls = calls(root);
    calls.retain(|call| {
        let mut arguments = call.method.arguments.iter();
        let clashes = |name: &str| OWN_NAMES.contains(&name) || name == variable.as_str();
        !call.deprecated
            && takes_texts(call.method)
            && !arguments.any(|argument| clashes(argument.ident.as_str()))
    });
    let cancellable = operations.iter().filter(|service| service.cancel.is_some());
    let cancellable: BTreeSet<_> = cancellable.map(|service| &service.get.id).collect();
    let cancellable = |call: &&Call<'_>| cancellable.contains(&call.method.descriptor.id);
    let lists = |call: &&Call<'_>| call.outcome() == Outcome::Items;
    let reads = |call: &&Call<'_>| call.method.body.is_none() && call.method.upload.is_none();
    let quickstart = calls
        .iter()
        .find(lists)
        .or_else(|| calls.iter().find(reads));
    Programs {
        quickstart: quickstart.map(|call| call.invocation(&[])),
        cancel: calls
            .iter()
            .find(cancellable)
            .map(|call| call.invocation(&[])),
        upload: calls
            .iter()
            .find(|call| call.method.upload.is_some())
            .map(|call| call.invocation(&["file"])),
    }
}

/// A method and the accessors that lead to it.
pub(super) struct Call<'a> {
    pub(super) chain: Vec<Ident>,
    feature: Option<&'a String>,
    pub(super) method: &'a Method,
    /// Whether a program that makes the call names something deprecated.
    pub(super) deprecated: bool,
}

/// All calls that can be made.
pub(super) fn calls(root: &Root) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    Start::default().collect(&root.methods, &root.resources, &mut calls);
    calls
}

/// Where calls start from.
#[derive(Default)]
struct Start<'a> {
    chain: Vec<Ident>,
    feature: Option<&'a String>,
    deprecated: bool,
}

impl<'a> Start<'a> {
    fn collect(&self, methods: &'a [Method], resources: &'a [Resource], found: &mut Vec<Call<'a>>) {
        found.extend(methods.iter().map(|method| Call {
            chain: self.chain.clone(),
            feature: self.feature,
            method,
            deprecated: self.deprecated || is_deprecated(method),
        }));
        for resource in resources {
            let start = Start {
                chain: self
                    .chain
                    .iter()
                    .cloned()
                    .chain([resource.accessor.clone()])
                    .collect(),
                feature: self.feature.or_else(|| resource.gate.0.first()),
                deprecated: self.deprecated || resource.deprecated,
            };
            start.collect(&resource.methods, &resource.children, found);
        }
    }
}

fn is_deprecated(method: &Method) -> bool {
    method.deprecated || method.body.as_ref().is_some_and(|body| body.deprecated)
}

/// Whether the command line can give all that the method requires.
fn takes_texts(method: &Method) -> bool {
    let texts = method.arguments.iter().all(|argument| {
        argument.ty == Type::String && !matches!(argument.place, Place::QueryRepeated)
    });
    let defaults = method
        .body
        .as_ref()
        .is_none_or(|body| matches!(body.ty, Type::Struct(_)));
    texts && defaults
}

impl Call<'_> {
    fn outcome(&self) -> Outcome {
        match (&self.method.pages, &self.method.response) {
            (Some(pages), _) if pages.items.is_some() => Outcome::Items,
            (Some(_), _) => Outcome::Pages,
            (None, Response::Unit) => Outcome::Nothing,
            (None, Response::Message(_) | Response::HttpBody) => Outcome::Answer,
        }
    }

    /// The call, in a program whose command line gives `more` than its arguments.
    fn invocation(&self, more: &[&str]) -> Invocation {
        let accessor = self.method.accessor.clone();
        let arguments = self.method.arguments.iter();
        let arguments: Vec<_> = arguments.map(|argument| argument.ident.clone()).collect();
        let more = more.iter().map(|name| Ident::snake(name));
        let values: Vec<_> = arguments.iter().cloned().chain(more).collect();
        Invocation {
            chain: self.chain.iter().cloned().chain([accessor]).collect(),
            arguments,
            usage: usage(&values),
            values,
            body: self.method.body.as_ref().map(|body| body.ty.clone()),
            outcome: self.outcome(),
            feature: self.feature.cloned(),
        }
    }
}

fn usage(values: &[Ident]) -> String {
    let words = values.iter().map(|name| Ident::constant(name.as_str()));
    let words: String = words.map(|word| format!("{} ", word.as_str())).collect();
    format!("{words}[--endpoint URL]")
}
