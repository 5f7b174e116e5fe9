//! Calls in examples.

use super::pages::Signature;
use crate::model::{
    Argument, Command, Ending, Invocation, Method, Number, ParameterLocation, Response, Root,
    SampleValue, Shared, Type,
};
use crate::names::Ident;
use crate::pattern;

/// A method that an example can call.
pub(super) struct Call<'a> {
    pub(super) method: &'a Method,
    /// The module of its request builder.
    pub(super) module: &'a [Ident],
    feature: Option<&'a String>,
}

/// Returns the calls of all methods.
pub(super) fn calls(root: &Root) -> Vec<Call<'_>> {
    let call = |module, feature| {
        move |method| Call {
            method,
            module,
            feature,
        }
    };
    let module = std::slice::from_ref(&root.methods_module);
    let mut calls: Vec<_> = root.methods.iter().map(call(module, None)).collect();
    for top in &root.resources {
        for resource in top.resources() {
            let feature = top.gate.0.first();
            calls.extend(resource.methods.iter().map(call(&resource.module, feature)));
        }
    }
    calls
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
                is_text && pattern::example(&pattern.value).is_some()
            }
            _ => true,
        })
    }

    /// Returns the call in a program whose command line gives the arguments, and the file to upload.
    pub(super) fn command(&self, ending: Ending) -> Command {
        let arguments = self.method.arguments.iter();
        let arguments: Vec<_> = arguments.map(|argument| argument.ident.clone()).collect();
        let file = self.method.upload.as_ref().map(|_| Ident::snake("file"));
        let variables = arguments.iter().cloned().map(SampleValue::Variable);
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
        arguments: signature.arguments.iter().map(sample_argument).collect(),
        body: signature
            .body
            .filter(|body| !body.is_optional)
            .map(|body| body.ty.clone()),
        responds: !matches!(signature.response, Response::Unit),
    }
}

fn sample_argument(argument: &Argument) -> SampleValue {
    let value = sample_value(argument);
    match argument.location {
        ParameterLocation::QueryRepeated => SampleValue::List(Box::new(value)),
        ParameterLocation::Path { .. } | ParameterLocation::Query => value,
    }
}

/// Returns a value that a path can hold: an empty one would be refused.
pub(super) fn sample_value(argument: &Argument) -> SampleValue {
    match &argument.ty {
        Type::Number(Number::F32 | Number::F64) => SampleValue::Float,
        Type::Number(_) => SampleValue::Integer,
        Type::Bool => SampleValue::Bool,
        Type::String | Type::Enum(_) | Type::Shared(Shared::Bytes) => {
            SampleValue::Text(sample_text(argument))
        }
        Type::Shared(Shared::FieldMask) => SampleValue::FieldMask,
        Type::Value => SampleValue::Object,
        _ => SampleValue::Default,
    }
}

/// Returns a text that the pattern accepts if its shape is a usual one, otherwise the parameter's name.
fn sample_text(argument: &Argument) -> String {
    let example = match &argument.location {
        ParameterLocation::Path {
            pattern: Some(pattern),
        } => pattern::example(&pattern.value),
        _ => None,
    };
    example.unwrap_or_else(|| argument.ident.as_str().to_owned())
}
