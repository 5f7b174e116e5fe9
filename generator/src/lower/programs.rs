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
    let mut calls = calls(root);
    calls.retain(|call| {
        let mut arguments = call.method.arguments.iter();
        let clashes = |name: &str| OWN_NAMES.contains(&name) || name == variable.as_str();
        !call.deprecated
            && takes_texts(call.method)
            && !arguments.any(|argument| clashes(argument.ident.as_str()))
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

/// A method, the accessors that lead to it, and the module of its request builder.
pub(super) struct Call<'a> {
    pub(super) chain: Vec<Ident>,
    pub(super) module: &'a [Ident],
    feature: Option<&'a String>,
    pub(super) method: &'a Method,
    /// Whether a program that makes the call names something deprecated.
    pub(super) deprecated: bool,
}

/// All calls that can be made.
pub(super) fn calls(root: &Root) -> Vec<Call<'_>> {
    let origin = Origin {
        chain: Vec::new(),
        module: std::slice::from_ref(&root.methods_module),
        feature: None,
        deprecated: false,
    };
    let mut calls = Vec::new();
    origin.collect(&root.methods, &root.resources, &mut calls);
    calls
}

/// Where calls begin.
struct Origin<'a> {
    chain: Vec<Ident>,
    module: &'a [Ident],
    feature: Option<&'a String>,
    deprecated: bool,
}

impl<'a> Origin<'a> {
    fn collect(&self, methods: &'a [Method], resources: &'a [Resource], found: &mut Vec<Call<'a>>) {
        found.extend(methods.iter().map(|method| Call {
            chain: self.chain.clone(),
            module: self.module,
            feature: self.feature,
            method,
            deprecated: self.deprecated || is_deprecated(method),
        }));
        for resource in resources {
            let accessor = std::slice::from_ref(&resource.accessor);
            let origin = Origin {
                chain: [&self.chain, accessor].concat(),
                module: &resource.module,
                feature: self.feature.or_else(|| resource.gate.0.first()),
                deprecated: self.deprecated || resource.deprecated,
            };
            origin.collect(&resource.methods, &resource.children, found);
        }
    }
}

fn is_deprecated(method: &Method) -> bool {
    method.deprecated || method.body.as_ref().is_some_and(|body| body.deprecated)
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
    texts && defaults
}

impl Call<'_> {
    fn outcome(&self) -> Outcome {
        match (&self.method.pages, &self.method.response) {
            (Some(pages), _) if pages.items.is_some() => Outcome::Items,
            (Some(_), _) => Outcome::Pages,
            (None, Response::Message(Type::Shared(Shared::Operation)))
                if self.method.upload.is_some() && self.method.polled.is_some() =>
            {
                Outcome::Operation
            }
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

    /// The call, in a program whose command line gives the arguments, and the file to upload.
    fn invocation(&self) -> Invocation {
        let accessor = self.method.accessor.clone();
        let arguments = self.method.arguments.iter();
        let arguments: Vec<_> = arguments.map(|argument| argument.ident.clone()).collect();
        let file = self.method.upload.as_ref().map(|_| Ident::snake("file"));
        let values: Vec<_> = arguments.iter().cloned().chain(file).collect();
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

/// Names as a usage has them, each with a space behind it.
fn usage(values: &[Ident]) -> String {
    let words = values.iter().map(|name| Ident::constant(name.as_str()));
    words.map(|word| format!("{} ", word.as_str())).collect()
}
