//! The calls on the first page of a client.

use super::calls::Call;
use super::samples;
use crate::model::{Argument, Example, ParameterLocation, Programs, TestProgram, Type};

/// Chooses the calls; none if the document has no methods.
pub(super) fn choose(calls: &[Call<'_>]) -> Option<Programs> {
    let mut ranked: Vec<_> = calls.iter().collect();
    ranked.sort_by_key(|call| call.rank_as_first());
    let sendable = ranked.iter().find(|call| call.is_sendable());
    let first = sendable.or(ranked.first())?;
    let uploads = calls.iter().filter(|call| call.method.upload.is_some());
    let upload = uploads.min_by_key(|call| call.rank_as_upload());
    let download = ranked.iter().find(|call| call.method.download.is_some());
    Some(Programs {
        quickstart: Example {
            ending: first.listing(),
            ..first.method.example.clone()
        },
        upload: upload.map(|call| call.method.example.clone()),
        download: download.map(|call| call.method.example.call.clone()),
        test: sendable.map(|call| test(call)),
    })
}

fn test(call: &Call<'_>) -> TestProgram {
    let builder = call.module.iter().chain([&call.method.builder]);
    let builder: Vec<_> = builder.map(ToString::to_string).collect();
    let mut arguments = call.method.arguments.iter();
    let parameter = arguments.find(|argument| is_path_text(argument));
    TestProgram {
        call: call.method.example.call.clone(),
        builder: builder.join("::"),
        parameter: parameter.map(|argument| (argument.name.clone(), samples::text(argument))),
    }
}

fn is_path_text(argument: &Argument) -> bool {
    argument.ty == Type::String && matches!(argument.location, ParameterLocation::Path { .. })
}
