//! Code for documentation: one call of a method, with values that a reader can replace.

use super::service::CrateNames;
use crate::model::{self, Argument, Place, Response, Shared, Type, TypePath};
use crate::names::Ident;
use crate::pattern;

/// The statement that calls a method, without what surrounds it.
pub(super) fn call(names: &CrateNames, chain: &[Ident], method: &model::Method) -> Vec<String> {
    let mut arguments: Vec<String> = method.arguments.iter().map(argument).collect();
    arguments.extend(method.body.iter().map(|body| default(&body.ty)));
    let binding = match method.response {
        Response::Unit => "",
        Response::HttpBody | Response::Message(_) => "let response = ",
    };
    let imports = method
        .body
        .iter()
        .filter_map(|body| import(&names.library, &body.ty));
    let mut lines: Vec<String> = imports.collect();
    lines.push(format!("{binding}{}", names.variable));
    lines.extend(chain.iter().map(|accessor| format!("    .{accessor}()")));
    lines.push(format!(
        "    .{}({})",
        method.accessor,
        arguments.join(", ")
    ));
    lines.extend(["    .send()".to_owned(), "    .await?;".to_owned()]);
    lines
}

/// Whether the values in the method's example match what they have to.
pub(super) fn is_sendable(method: &model::Method) -> bool {
    method
        .arguments
        .iter()
        .all(|argument| match &argument.place {
            Place::Path {
                pattern: Some(pattern),
            } => pattern::example(&pattern.value).is_some(),
            Place::Path { pattern: None } | Place::Query | Place::QueryRepeated => true,
        })
}

/// The imports of a statement, and the call itself.
pub(super) fn imports_and_call(
    statement: &[String],
) -> (impl Iterator<Item = String>, impl Iterator<Item = String>) {
    let is_import = |line: &&String| line.starts_with("use ");
    let imports = statement.iter().filter(is_import).cloned();
    (
        imports,
        statement
            .iter()
            .filter(move |line| !is_import(line))
            .cloned(),
    )
}

/// A whole example, of which the reader sees the statement only.
pub(super) fn program(names: &CrateNames, statement: Vec<String>) -> Vec<String> {
    let CrateNames {
        library,
        client,
        variable,
        ..
    } = names;
    let mut lines = vec![format!(
        "# async fn example({variable}: {library}::{client}) -> {library}::Result<()> {{"
    )];
    lines.extend(statement);
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

fn argument(argument: &Argument) -> String {
    let value = value(argument);
    match argument.place {
        Place::QueryRepeated => format!("[{value}]"),
        Place::Path { .. } | Place::Query => value,
    }
}

fn value(argument: &Argument) -> String {
    match &argument.ty {
        Type::Number(model::Number::F32 | model::Number::F64) => "1.0".to_owned(),
        Type::Number(_) => "1".to_owned(),
        Type::Bool => "true".to_owned(),
        Type::String | Type::Enum(_) => quoted(argument),
        Type::Shared(Shared::Bytes) => "\"\"".to_owned(),
        _ => "Default::default()".to_owned(),
    }
}

/// A text that the pattern accepts if its shape is a usual one, otherwise the parameter's name.
fn quoted(argument: &Argument) -> String {
    let example = match &argument.place {
        Place::Path {
            pattern: Some(pattern),
        } => pattern::example(&pattern.value),
        _ => None,
    };
    format!(
        "\"{}\"",
        example.unwrap_or_else(|| argument.ident.as_str().to_owned())
    )
}

fn default(ty: &Type) -> String {
    match ty {
        Type::Struct(path) => format!("{}::default()", path.ident),
        _ => "Default::default()".to_owned(),
    }
}

fn import(library: &str, ty: &Type) -> Option<String> {
    match ty {
        Type::Struct(path) => Some(format!("use {};", qualified(library, path))),
        _ => None,
    }
}

fn qualified(library: &str, path: &TypePath) -> String {
    let modules: String = path
        .module
        .iter()
        .map(|module| format!("{module}::"))
        .collect();
    format!("{library}::{modules}{}", path.ident)
}
