//! The files below `examples/`: the methods they call.

use super::calls::Call;
use super::ranking::Effect;
use crate::model::{
    Argument, CancelExample, Ending, Examples, OperationService, ParameterLocation, Response, Type,
};
use crate::names::{Ident, reserved};

pub(super) fn choose(
    calls: &[Call<'_>],
    client: &Ident,
    operations: &[OperationService],
) -> Examples {
    let is_usable =
        |call: &&Call<'_>| !call.method.example.deprecated && takes_command_line(call, client);
    let calls: Vec<_> = calls.iter().filter(is_usable).collect();
    let reads = |call: &&&Call<'_>| {
        call.effect() <= Effect::Answers && call.method.required_body().is_none()
    };
    let quickstart = calls
        .iter()
        .filter(reads)
        .min_by_key(|call| call.rank_as_first());
    let uploads = calls.iter().filter(|call| call.method.upload.is_some());
    Examples {
        quickstart: quickstart.map(|call| call.command(call.listing())),
        cancel: operations
            .iter()
            .filter(|service| service.cancel.is_some())
            .find_map(|service| cancel(service, &calls)),
        upload: uploads
            .min_by_key(|call| call.rank_as_upload())
            .map(|call| call.command(call.method.example.ending)),
    }
}

/// Returns whether a command line can give all required values, by names that the program leaves free.
fn takes_command_line(call: &Call<'_>, client: &Ident) -> bool {
    let is_free = |name: &str| !reserved::VARIABLES.contains(&name) && name != client.as_str();
    let arguments = call
        .method
        .arguments
        .iter()
        .all(|argument| argument.ty == Type::String && is_free(argument.ident.as_str()));
    let body = call.method.required_body();
    arguments && body.is_none_or(|body| matches!(body.ty, Type::Struct(_)))
}

/// Cancels an operation of the resource.
fn cancel(service: &OperationService, calls: &[&Call<'_>]) -> Option<CancelExample> {
    let is_get = |call: &&&Call<'_>| call.method.descriptor.id == service.get.id;
    let stored = calls.iter().find(is_get)?;
    let start = calls.iter().find(|call| starts_in(call, service));
    Some(CancelExample {
        stored: stored.command(Ending::Poll),
        start: start.map(|call| {
            call.command(match call.method.upload {
                Some(_) => Ending::UploadAndPoll,
                None => Ending::Poll,
            })
        }),
    })
}

/// Returns whether the call starts an operation of the resource: one below the resource that an
/// argument names, by their patterns. A call that needs a message beside no media is not an example, nor
/// is one that deletes.
fn starts_in(call: &Call<'_>, service: &OperationService) -> bool {
    let [variable] = service.variables.as_slice() else {
        return false;
    };
    let pattern = variable.pattern.as_ref();
    let pattern = pattern.map(|pattern| stem(&pattern.value));
    let is_parent = |argument: &Argument| match &argument.location {
        ParameterLocation::Path {
            pattern: Some(parent),
        } => pattern
            .and_then(|pattern| pattern.strip_prefix(stem(&parent.value)))
            .is_some_and(|rest| rest.starts_with("/operations/")),
        _ => false,
    };
    let method = call.method;
    let starts = match (&method.upload, &method.response) {
        (Some(upload), Response::Message(_)) => upload.starts_operation,
        (Some(_), _) => false,
        (None, _) => method.long_running.is_some() && method.body.is_none(),
    };
    let verb = method.descriptor.verb.as_str();
    starts && !matches!(verb, "Get" | "Delete") && method.arguments.iter().any(is_parent)
}

/// Returns a pattern without its anchors.
fn stem(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    pattern.strip_suffix('$').unwrap_or(pattern)
}
