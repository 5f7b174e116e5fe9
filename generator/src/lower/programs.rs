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
    let mut calls = Vec::new();
    let mut chain = Vec::new();
    collect(&mut chain, None, &root.methods, &root.resources, &mut calls);
    calls.retain(|call| {
        let mut arguments = call.method.arguments.iter();
        let clashes = |name: &str| OWN_NAMES.contains(&name) || name == variable.as_str();
        takes_texts(call.method) && !arguments.any(|argument| clashes(argument.ident.as_str()))
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
        quickstart: quickstart.map(Call::invocation),
        cancel: calls.iter().find(cancellable).map(Call::invocation),
        upload: calls
            .iter()
            .find(|call| call.method.upload.is_some())
            .map(Call::invocation),
    }
}

struct Call<'a> {
    chain: Vec<Ident>,
    feature: Option<&'a String>,
    method: &'a Method,
}

fn collect<'a>(
    chain: &mut Vec<Ident>,
    feature: Option<&'a String>,
    methods: &'a [Method],
    resources: &'a [Resource],
    found: &mut Vec<Call<'a>>,
) {
    found.extend(methods.iter().map(|method| Call {
        chain: chain.clone(),
        feature,
        method,
    }));
    for resource in resources {
        chain.push(resource.accessor.clone());
        let feature = feature.or_else(|| resource.gate.0.first());
        collect(chain, feature, &resource.methods, &resource.children, found);
        chain.pop();
    }
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
    texts && defaults && !method.deprecated
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

    fn invocation(&self) -> Invocation {
        let accessor = self.method.accessor.clone();
        Invocation {
            chain: self.chain.iter().cloned().chain([accessor]).collect(),
            arguments: self
                .method
                .arguments
                .iter()
                .map(|argument| argument.ident.clone())
                .collect(),
            body: self.method.body.as_ref().map(|body| body.ty.clone()),
            outcome: self.outcome(),
            feature: self.feature.cloned(),
        }
    }
}
