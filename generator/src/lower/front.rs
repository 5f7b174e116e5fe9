//! The first page of a crate: what it is, how it is called, how code that calls it is tested.

use discovery::Document;

use super::examples;
use super::programs::{self, Call};
use super::resources::Root;
use super::service::{self, CrateNames};
use super::text::Author;
use crate::docs;
use crate::model::{Docs, Examples, Response};

/// The programs of the first page; none if the document has no methods.
pub(super) fn programs(names: &CrateNames, root: &Root) -> Option<Examples> {
    let call = best(root)?;
    let statement = examples::call(names, &call.chain, call.method);
    Some(Examples {
        call: calling(names, &statement, &call.method.response),
        test: examples::is_sendable(call.method)
            .then(|| testing(names, &statement, &call.method.descriptor.id)),
    })
}

/// The first method that lists, of those whose example could be sent; otherwise the first of all.
/// What is deprecated comes last.
fn best(root: &Root) -> Option<Call<'_>> {
    let mut calls = programs::calls(root);
    if calls.iter().any(|call| !call.deprecated) {
        calls.retain(|call| !call.deprecated);
    }
    let sendable = |call: &Call<'_>| examples::is_sendable(call.method);
    let lists = |call: &Call<'_>| call.method.pages.is_some();
    let best = calls
        .iter()
        .position(|call| lists(call) && sendable(call))
        .or_else(|| calls.iter().position(sendable));
    calls.into_iter().nth(best.unwrap_or_default())
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

/// A fake that refuses the call.
fn testing(names: &CrateNames, statement: &[String], id: &str) -> Vec<String> {
    let CrateNames {
        library,
        client,
        variable,
        ..
    } = names;
    let mut lines = vec![
        format!("use {library}::{client};"),
        format!("use {library}::runtime::{{Call, Reply, Result, Transport}};"),
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
    lines.extend([
        format!("        assert_eq!(call.method(), {id:?});"),
        "        Ok(Reply::error(403, \"PERMISSION_DENIED\", \"not yours\"))".to_owned(),
        "    }".to_owned(),
        "}".to_owned(),
        String::new(),
        "# #[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "# async fn main() -> Result<()> {".to_owned(),
        format!("let {variable} = {client}::builder().with_transport(Fake).build().await?;"),
    ]);
    lines.extend(refused(statement));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// The call, whose error is looked at.
fn refused(call: &[String]) -> Vec<String> {
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
    lines.push("assert_eq!(error.http_status_code(), Some(403));".to_owned());
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
