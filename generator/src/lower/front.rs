//! The first page of a crate: what it is, how it is called, how code that calls it is tested.

use discovery::Document;

use super::examples;
use super::programs::{self, Call};
use super::resources::Root;
use super::service::{self, CrateNames};
use super::text::Author;
use crate::docs;
use crate::model::{Argument, Docs, Examples, Place, Response, Type};

/// The programs of the first page; none if the document has no methods.
pub(super) fn programs(names: &CrateNames, root: &Root) -> Option<Examples> {
    let calls = programs::calls(root);
    let shown = listing(&calls)?;
    let statement = examples::call(names, &shown.chain, shown.method);
    Some(Examples {
        call: calling(names, &statement, &shown.method.response),
        test: telling(&calls).map(|call| testing(names, call)),
    })
}

/// The first method that lists, of those whose example could be sent; otherwise the first of all.
/// What is deprecated comes last.
fn listing<'c, 'a>(calls: &'c [Call<'a>]) -> Option<&'c Call<'a>> {
    let lists = |call: &&&Call<'_>| call.method.pages.is_some();
    let sendable = sendable(calls);
    let mut listing = sendable.iter().filter(lists);
    listing
        .next()
        .or(sendable.first())
        .copied()
        .or(calls.first())
}

/// The first method that cancels, of those whose example could be sent; otherwise the first that
/// names what it is about; otherwise the first. What is deprecated comes last.
fn telling<'c, 'a>(calls: &'c [Call<'a>]) -> Option<&'c Call<'a>> {
    let sendable = sendable(calls);
    let naming = || sendable.iter().filter(|call| named(call).is_some());
    let mut cancelling = naming().filter(|call| cancels(call));
    cancelling
        .next()
        .or_else(|| naming().next())
        .or(sendable.first())
        .copied()
}

/// The calls whose example could be sent: what is deprecated only if there is nothing else.
fn sendable<'c, 'a>(calls: &'c [Call<'a>]) -> Vec<&'c Call<'a>> {
    let mut sendable: Vec<_> = calls
        .iter()
        .filter(|call| examples::is_sendable(call.method))
        .collect();
    if sendable.iter().any(|call| !call.deprecated) {
        sendable.retain(|call| !call.deprecated);
    }
    sendable
}

fn cancels(call: &Call<'_>) -> bool {
    call.method.descriptor.id.ends_with(".cancel")
}

/// The text in the path.
fn named<'a>(call: &Call<'a>) -> Option<&'a Argument> {
    let mut arguments = call.method.arguments.iter();
    arguments.find(|argument| {
        argument.ty == Type::String && matches!(argument.place, Place::Path { .. })
    })
}

fn calling(names: &CrateNames, statement: &[String], response: &Response) -> Vec<String> {
    let CrateNames {
        library,
        client,
        variable,
        ..
    } = names;
    let mut lines = vec![
        format!("use {library}::{client};"),
        String::new(),
        "#[tokio::main]".to_owned(),
        format!("async fn main() -> {library}::Result<()> {{"),
        format!("    let {variable} = {client}::builder().build().await?;"),
    ];
    lines.extend(statement.iter().map(|line| format!("    {line}")));
    if !matches!(response, Response::Unit) {
        lines.push("    println!(\"{response:#?}\");".to_owned());
    }
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    lines
}

/// A fake that is called by the method with its name, and refuses.
fn testing(names: &CrateNames, call: &Call<'_>) -> Vec<String> {
    let statement = examples::call(names, &call.chain, call.method);
    let code = match cancels(call) {
        true => "Unimplemented",
        false => "PermissionDenied",
    };
    let CrateNames {
        library,
        client,
        variable,
        ..
    } = names;
    let mut lines = vec![
        format!("use {library}::{client};"),
        format!("use {library}::runtime::{{Call, Code, Reply, Result, Transport}};"),
    ];
    lines.extend(
        [
            "",
            "#[derive(Debug)]",
            "struct Fake;",
            "",
            "impl Transport for Fake {",
            "    async fn send(&self, call: Call) -> Result<Reply> {",
        ]
        .map(str::to_owned),
    );
    lines.extend(expected(library, call));
    lines.extend([
        format!("        Ok(Reply::error(Code::{code}, \"not here\"))"),
        "    }".to_owned(),
        "}".to_owned(),
        String::new(),
        "# #[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "# async fn main() -> Result<()> {".to_owned(),
        format!("let {variable} = {client}::builder().with_transport(Fake).build().await?;"),
    ]);
    lines.extend(refused(&statement, code));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// What the fake is called by. The builder's whole path cannot meet with another name.
fn expected(library: &str, call: &Call<'_>) -> Vec<String> {
    let module = call.module.iter().map(|module| format!("{module}::"));
    let builder = format!(
        "{library}::{}{}",
        module.collect::<String>(),
        call.method.builder
    );
    let mut lines = vec![format!("        assert!(call.is::<{builder}>());")];
    if let Some(argument) = named(call) {
        lines.extend([
            format!(
                "        let name = call.path_parameter({:?});",
                argument.name
            ),
            format!(
                "        assert_eq!(name, Some({}));",
                examples::value(library, argument)
            ),
        ]);
    }
    lines
}

/// The call, whose error is looked at.
fn refused(call: &[String], code: &str) -> Vec<String> {
    let mut lines = call.to_vec();
    if let Some(first) = lines.first_mut() {
        let bare = first
            .strip_prefix("let response = ")
            .unwrap_or(first)
            .to_owned();
        *first = format!("let error = {bare}");
    }
    if let Some(last) = lines.last_mut() {
        *last = "    .await".to_owned();
    }
    lines.push("    .unwrap_err();".to_owned());
    lines.push(format!(
        "assert_eq!(error.status().unwrap().code, Code::{code});"
    ));
    lines
}

/// The documentation of the crate.
pub(super) fn docs(document: &Document, programs: Option<&Examples>) -> Docs {
    let author = Author::of(document);
    let link = Some(document.documentation_link.as_str()).filter(|link| !link.is_empty());
    let text = author
        .text("")
        .paragraph(format!(
            "{}, {}.",
            docs::summary(service::title(document), None),
            docs::code(&document.version)
        ))
        .text(&document.description)
        .text(
            &link
                .map(|link| format!("Documentation of the API: {link}"))
                .unwrap_or_default(),
        );
    let Some(programs) = programs else {
        return text.finish();
    };
    let text = text
        .paragraph("# Example")
        .block("no_run", programs.call.clone())
        .paragraph(
            "Credentials are Application Default Credentials unless \
             [`ClientBuilder::with_credentials`]\nsays otherwise.",
        );
    let Some(test) = &programs.test else {
        return text.finish();
    };
    text.paragraph("# Testing")
        .paragraph(
            "A [`Transport`](runtime::Transport) that answers by itself takes the network's place. All \
             else is\nas ever: paths, queries, retries, decoding.",
        )
        .block("", test.clone())
        .finish()
}
