//! Code for documentation: one call of a method, with values that a reader can replace.

use super::service::CrateNames;
use crate::model::{self, Argument, Place, Response, Shared, Type, TypePath};
use crate::names::Ident;
use crate::pattern;

/// The statement that sends a method's request, without what surrounds it. Whatever is imported
/// there, it means the same: types are written with their path.
pub(super) fn call(names: &CrateNames, chain: &[Ident], method: &model::Method) -> Vec<String> {
    let body = method
        .body
        .as_ref()
        .map(|body| default(&body.ty, |path| qualified(&names.library, path)));
    let mut lines = request(binding(method), names, chain, method, body);
    lines.extend(sending());
    lines
}

fn sending() -> [String; 2] {
    ["    .send()".to_owned(), "    .await?;".to_owned()]
}

/// What a statement does with the answer.
fn binding(method: &model::Method) -> &'static str {
    match method.response {
        Response::Unit => "",
        Response::HttpBody | Response::Message(_) => "let response = ",
    }
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
            format!(".with_media({media})"),
            ".poller()".to_owned(),
            ".until_done()".to_owned(),
        ],
        (Some(_), _) => vec![format!(".with_media({media})"), ".send()".to_owned()],
        (None, _) if follows => vec![".poller()".to_owned(), ".until_done()".to_owned()],
        (None, Some(pages)) if pages.items.is_some() => return items(names, chain, method),
        (None, _) => {
            let mut lines = imported(binding(method), names, chain, method);
            lines.extend(sending());
            return lines;
        }
    };
    let mut lines = imported(binding(method), names, chain, method);
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
    let mut lines = imported("let mut items = ", names, chain, method);
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

/// The import of the message, and the request.
fn imported(
    binding: &str,
    names: &CrateNames,
    chain: &[Ident],
    method: &model::Method,
) -> Vec<String> {
    let body = method.body.as_ref();
    let mut lines: Vec<String> = body
        .and_then(|body| import(&names.library, &body.ty))
        .into_iter()
        .collect();
    let body = body.map(|body| default(&body.ty, |path| path.ident.to_string()));
    lines.extend(request(binding, names, chain, method, body));
    lines
}

/// The request, up to the function that sends it.
fn request(
    binding: &str,
    names: &CrateNames,
    chain: &[Ident],
    method: &model::Method,
    body: Option<String>,
) -> Vec<String> {
    let arguments = method.arguments.iter();
    let mut arguments: Vec<String> = arguments
        .map(|argument| passed(&names.library, argument))
        .collect();
    arguments.extend(body);
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
            } => {
                let is_text = matches!(argument.ty, Type::String | Type::Enum(_));
                is_text && pattern::example(&pattern.value).is_some()
            }
            Place::Path { pattern: None } | Place::Query | Place::QueryRepeated => true,
        })
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

fn passed(library: &str, argument: &Argument) -> String {
    let value = value(library, argument);
    match argument.place {
        Place::QueryRepeated => format!("[{value}]"),
        Place::Path { .. } | Place::Query => value,
    }
}

/// A value that is written as some text: an empty one has no place in a path.
pub(super) fn value(library: &str, argument: &Argument) -> String {
    match &argument.ty {
        Type::Number(model::Number::F32 | model::Number::F64) => "1.0".to_owned(),
        Type::Number(_) => "1".to_owned(),
        Type::Bool => "true".to_owned(),
        Type::String | Type::Enum(_) | Type::Shared(Shared::Bytes) => quoted(argument),
        Type::Shared(Shared::FieldMask) => {
            format!("{library}::runtime::FieldMask::default().set_paths([\"name\"])")
        }
        Type::Value => format!("{library}::runtime::Value::Object(Default::default())"),
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

/// A message to begin with; `written` is how a type is named.
fn default(ty: &Type, written: impl Fn(&TypePath) -> String) -> String {
    match ty {
        Type::Struct(path) => format!("{}::default()", written(path)),
        Type::Enum(_) => "\"VALUE\".into()".to_owned(),
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
