//! Calls in examples.

use super::pages::Signature;
use super::samples;
use crate::model::{
    Command, Ending, Invocation, Method, ParameterLocation, Resource, Response, Root, SampleValue,
    Type,
};
use crate::names::Ident;
use crate::pattern;

/// A method that an example can call.
pub(super) struct Call<'a> {
    pub(super) method: &'a Method,
    /// The module of its request builder.
    pub(super) module: &'a [Ident],
    /// The number of methods of its resource and the resources below that.
    pub(super) weight: usize,
    feature: Option<&'a String>,
}

/// Returns the calls of all methods.
pub(super) fn calls(root: &Root) -> Vec<Call<'_>> {
    let call = |module, weight, feature| {
        move |method| Call {
            method,
            module,
            weight,
            feature,
        }
    };
    let module = std::slice::from_ref(&root.methods_module);
    let mut calls: Vec<_> = root.methods.iter().map(call(module, 0, None)).collect();
    for top in &root.resources {
        for resource in top.resources() {
            let (weight, feature) = (weight(resource), top.gate.0.first());
            calls.extend(
                resource
                    .methods
                    .iter()
                    .map(call(&resource.module, weight, feature)),
            );
        }
    }
    calls
}

fn weight(resource: &Resource) -> usize {
    resource
        .resources()
        .map(|resource| resource.methods.len())
        .sum()
}

impl Call<'_> {
    /// Returns whether the sample values satisfy the patterns of the path.
    pub(super) fn is_sendable(&self) -> bool {
        let mut arguments = self.method.arguments.iter();
        arguments.all(|argument| match &argument.location {
            ParameterLocation::Path {
                pattern: Some(pattern),
            } => {
                let is_text = matches!(argument.ty, Type::String | Type::Enum(_));
                is_text && pattern::accepts(&pattern.value, &samples::text(argument))
            }
            _ => true,
        })
    }

    /// Returns the way in which a program lists all there is, or else sends the request.
    pub(super) fn listing(&self) -> Ending {
        match &self.method.pages {
            Some(pages) if pages.items.is_some() => Ending::Items,
            Some(_) => Ending::Pages,
            None => Ending::Send,
        }
    }

    /// Returns the call in a program whose command line gives the arguments, and the file to upload.
    pub(super) fn command(&self, ending: Ending) -> Command {
        let arguments = self.method.arguments.iter();
        let arguments: Vec<_> = arguments.map(|argument| argument.ident.clone()).collect();
        let file = self.method.upload.as_ref().map(|_| Ident::snake("file"));
        let variables = self.method.arguments.iter().map(|argument| {
            samples::listed(argument, SampleValue::Variable(argument.ident.clone()))
        });
        let call = Invocation {
            arguments: variables.collect(),
            ..self.method.example.call.clone()
        };
        let words: Vec<_> = arguments.into_iter().chain(file).collect();
        Command {
            call,
            ending,
            usage: usage(&words),
            words,
            feature: self.feature.cloned(),
        }
    }
}

/// Returns the words of a usage, each with a space after it.
fn usage(words: &[Ident]) -> String {
    let words = words.iter().map(|name| Ident::constant(name.as_str()));
    words.map(|word| format!("{} ", word.as_str())).collect()
}

/// Returns the call with sample values.
pub(super) fn sample(accessors: &[Ident], method: &Ident, signature: &Signature<'_>) -> Invocation {
    Invocation {
        accessors: accessors.to_vec(),
        method: method.clone(),
        arguments: signature.arguments.iter().map(samples::argument).collect(),
        body: signature
            .body
            .filter(|body| !body.is_optional)
            .map(|body| body.ty.clone()),
        responds: !matches!(signature.response, Response::Unit),
    }
}
