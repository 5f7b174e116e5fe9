//! Which methods the examples of a crate call.

use super::resources::Root;
use crate::model::{
    Argument, Cancelling, Invocation, Method, OperationService, Outcome, Place, Programs, Resource,
    Response, Shared, Start, Type,
};
use crate::names::Ident;

/// What the programs call their own values.
pub(super) const OWN_NAMES: &[&str] = &[
    "bar", "builder", "file", "item", "items", "media", "progress", "response", "stop", "upload",
    "values", "words",
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
    let lists = |call: &&Call<'_>| call.outcome() == Outcome::Items;
    let reads = |call: &&Call<'_>| call.method.body.is_none() && call.method.upload.is_none();
    let quickstart = calls
        .iter()
        .find(lists)
        .or_else(|| calls.iter().find(reads));
    Programs {
        quickstart: quickstart.map(Call::invocation),
        cancel: operations
            .iter()
            .filter(|service| service.cancel.is_some())
            .find_map(|service| cancelling(service, &calls)),
        upload: calls
            .iter()
            .find(|call| call.method.upload.is_some())
            .map(Call::invocation),
    }
}

/// Cancels an operation of the resource.
fn cancelling(service: &OperationService, calls: &[Call<'_>]) -> Option<Cancelling> {
    let mut stored = calls.iter();
    let stored = stored.find(|call| call.method.descriptor.id == service.get.id)?;
    let start = calls.iter().find(|call| call.starts_in(service));
    Some(Cancelling {
        stored: stored.invocation(),
        start: start.map(|call| Start {
            call: call.invocation(),
            uploads: call.method.upload.is_some(),
        }),
    })
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

/// A pattern without its anchors.
fn stem(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    pattern.strip_suffix('$').unwrap_or(pattern)
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

    /// Whether it starts an operation that lives in the resource: below what an argument names, by
    /// their patterns. It must need no message, or one beside media; and a program that deletes
    /// something is no example.
    fn starts_in(&self, service: &OperationService) -> bool {
        let [variable] = service.variables.as_slice() else {
            return false;
        };
        let pattern = variable.pattern.as_ref();
        let pattern = pattern.map(|pattern| stem(&pattern.value));
        let below = |argument: &Argument| match &argument.place {
            Place::Path {
                pattern: Some(parent),
            } => pattern
                .and_then(|pattern| pattern.strip_prefix(stem(&parent.value)))
                .is_some_and(|rest| rest.starts_with("/operations/")),
            _ => false,
        };
        let method = self.method;
        let verb = method.descriptor.verb.as_str();
        let shared = Type::Shared(Shared::Operation);
        let starts = match (&method.upload, &method.response) {
            (Some(_), Response::Message(response)) => *response == shared,
            (Some(_), _) => false,
            (None, _) => method.body.is_none(),
        };
        let polled = method.polled.is_some();
        polled && starts && !matches!(verb, "Get" | "Delete") && method.arguments.iter().any(below)
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
