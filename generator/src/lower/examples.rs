//! Code for documentation: one call of a method, with values that a reader can replace.

use super::service::CrateNames;
use crate::model::{self, Argument, Place, Response, Shared, Type, TypePath};
use crate::names::Ident;
use crate::pattern;

/// The statement that sends a method's request, without what surrounds it.
pub(super) fn call(names: &CrateNames, chain: &[Ident], method: &model::Method) -> Vec<String> {
    let mut lines = imports(names, method);
    let binding = match method.response {
        Response::Unit => "",
        Response::HttpBody | Response::Message(_) => "let response = ",
    };
    lines.extend(request(binding, names, chain, method));
    lines.extend(["    .send()".to_owned(), "    .await?;".to_owned()]);
    lines
}

/// The statements that make the most of a method: send media along, follow the operation to its
/// end, take one element after the other.
pub(super) fn full_use(names: &CrateNames, chain: &[Ident], method: &model::Method) -> Vec<String> {
    let follows = method.polled.is_some() && method.descriptor.verb != Ident::camel("GET");
    let is_shared = matches!(
        method.response,
        Response::Message(Type::Shared(Shared::Operation))
    );
    let media = format!(
        "{}::runtime::Media::from_path(\"file\").await?",
        names.library
    );
    let ending = match (&method.upload, &method.pages) {
        (Some(_), _) if follows && is_shared => vec![
            format!(".poller_with_media({media})"),
            ".until_done()".to_owned(),
        ],
        (Some(_), _) => vec![format!(".with_media({media})"), ".send()".to_owned()],
        (None, _) if follows => vec![".poller()".to_owned(), ".until_done()".to_owned()],
        (None, Some(pages)) if pages.items.is_some() => return items(names, chain, method),
        (None, _) => return call(names, chain, method),
    };
    let mut lines = imports(names, method);
    let binding = match method.response {
        Response::Unit => "",
        Response::HttpBody | Response::Message(_) => "let response = ",
    };
    lines.extend(request(binding, names, chain, method));
    // An upload without an answer is sent as such.
    let empty = matches!(method.response, Response::Unit);
    let ending = ending.into_iter().map(|line| match line.as_str() {
        ".send()" if empty => "    .send_empty()".to_owned(),
        _ => format!("    {line}"),
    });
    lines.extend(ending);
    lines.push("    .await?;".to_owned());
    lines
}

fn items(names: &CrateNames, chain: &[Ident], method: &model::Method) -> Vec<String> {
    let mut lines = imports(names, method);
    lines.extend(request("let mut items = ", names, chain, method));
    lines.extend(
        [
            "    .by_item();",
            "while let Some(item) = items.next().await {",
            "    println!(\"{:?}\", item?);",
            "}",
        ]
        .map(str::to_owned),
    );
    lines
}

fn imports(names: &CrateNames, method: &model::Method) -> Vec<String> {
    let body = method.body.iter();
    body.filter_map(|body| import(&names.library, &body.ty))
        .collect()
}

/// The request, up to the function that sends it.
fn request(
    binding: &str,
    names: &CrateNames,
    chain: &[Ident],
    method: &model::Method,
) -> Vec<String> {
    let mut arguments: Vec<String> = method.arguments.iter().map(argument).collect();
    arguments.extend(method.body.iter().map(|body| default(&body.ty)));
    let mut lines = vec![format!("{binding}{}", names.variable)];
    lines.extend(chain.iter().map(|accessor| format!("    .{accessor}()")));
    lines.push(format!(
        "    .{}({})",
        method.accessor,
        arguments.join(", ")
    ));
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

pub(super) fn value(argument: &Argument) -> String {
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
