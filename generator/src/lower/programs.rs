//! The programs in the documentation of the crate: the methods they call.

use super::calls::{Call, sample_value};
use crate::model::{Argument, ParameterLocation, Programs, TestProgram, Type, TypePath};
use crate::names::Ident;

/// Chooses the programs; none if the document has no methods.
pub(super) fn choose(calls: &[Call<'_>]) -> Option<Programs> {
    let sendable = sendable(calls);
    let listing = sendable.iter().find(|call| call.method.pages.is_some());
    let shown = listing.or(sendable.first()).copied().or(calls.first())?;
    Some(Programs {
        call: shown.method.example.call.clone(),
        test: tested(&sendable).map(test),
    })
}

/// Returns the calls whose sample values the service's patterns accept. Deprecated ones are among
/// them only if all are deprecated.
fn sendable<'c, 'a>(calls: &'c [Call<'a>]) -> Vec<&'c Call<'a>> {
    let mut sendable: Vec<_> = calls.iter().filter(|call| call.is_sendable()).collect();
    if sendable.iter().any(|call| !call.method.example.deprecated) {
        sendable.retain(|call| !call.method.example.deprecated);
    }
    sendable
}

/// Returns the first call that cancels, otherwise the first with a text in its path, otherwise the
/// first.
fn tested<'c, 'a>(sendable: &[&'c Call<'a>]) -> Option<&'c Call<'a>> {
    let named = || sendable.iter().filter(|call| resource_name(call).is_some());
    let cancel = named().find(|call| cancels(call));
    let named = cancel.or_else(|| named().next());
    named.or(sendable.first()).copied()
}

fn cancels(call: &Call<'_>) -> bool {
    call.method.descriptor.id.ends_with(".cancel")
}

fn resource_name<'a>(call: &Call<'a>) -> Option<&'a Argument> {
    let mut arguments = call.method.arguments.iter();
    arguments.find(|argument| {
        argument.ty == Type::String && matches!(argument.location, ParameterLocation::Path { .. })
    })
}

fn test(call: &Call<'_>) -> TestProgram {
    let parameter = resource_name(call);
    TestProgram {
        call: call.method.example.call.clone(),
        builder: TypePath {
            module: call.module.to_vec(),
            ident: call.method.builder.clone(),
        },
        parameter: parameter.map(|argument| (argument.name.clone(), sample_value(argument))),
        code: Ident::camel(if cancels(call) {
            "UNIMPLEMENTED"
        } else {
            "PERMISSION_DENIED"
        }),
    }
}
