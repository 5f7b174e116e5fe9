//! The sections on the first page of a client: templates in `guide/`, filled with its names and calls.

use crate::docs::code;
use crate::emit;
use crate::format::FormatError;
use crate::model::{Api, CrateNames, Docs, Ending, Example, Invocation, TestProgram};
use crate::snippets;

/// Adds the sections to the documentation of an API, and returns the quickstart.
pub(crate) fn write(api: &mut Api) -> Result<Option<Vec<String>>, FormatError> {
    let Some(programs) = &api.programs else {
        return Ok(None);
    };
    let names = &api.names;
    let call = &programs.quickstart.call;
    let request = request(names, call)?;
    let quickstart = snippets::lines(emit::quickstart(names, &programs.quickstart))?;
    let docs = std::mem::take(&mut api.docs)
        .paragraph("# Example")
        .code("no_run", &quickstart)
        .paragraph(filled(names, include_str!("guide/credentials.md"), &[]))
        .optional(scopes(api))
        .paragraph(filled(
            names,
            include_str!("guide/errors.md"),
            &[("request", &request)],
        ))
        .paragraph(filled(
            names,
            include_str!("guide/limits.md"),
            &[("request", &request), ("call", sent(call))],
        ));
    let docs = media(
        docs,
        names,
        programs.upload.as_ref(),
        programs.download.as_ref(),
    )?;
    let docs = docs.paragraph(filled(names, include_str!("guide/proxies.md"), &[]));
    let test = programs.test.as_ref().map(|test| testing(names, test));
    api.docs = docs.optional(test.transpose()?);
    Ok(Some(quickstart))
}

/// Returns a template with the names of a crate, and these values, in place of `$name`.
fn filled(names: &CrateNames, template: &str, values: &[(&str, &str)]) -> String {
    let client = names.client.to_string();
    let [library, variable] = [&names.library, &names.variable].map(ToString::to_string);
    let of_crate = [
        ("library", &*library),
        ("client", &*client),
        ("variable", &*variable),
    ];
    let values = of_crate.iter().chain(values);
    values.fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("${name}"), value)
    })
}

/// Returns the statement that binds a call to `request`.
fn request(names: &CrateNames, call: &Invocation) -> Result<String, FormatError> {
    let lines = snippets::lines(emit::request_statement(names, call))?;
    let body = lines.iter().filter_map(|line| line.strip_prefix("    "));
    Ok(body.collect::<Vec<_>>().join("\n"))
}

/// Returns the start of the statement that sends `request`.
fn sent(call: &Invocation) -> &'static str {
    match call.responds {
        true => "let response = request",
        false => "request",
    }
}

/// Explains the scopes that credentials request, unless the API has none.
fn scopes(api: &Api) -> Option<String> {
    let defaults = &api.service.default_scopes;
    let mut scopes = api.scopes.iter();
    let shown = scopes.find(|scope| defaults.is_empty() || defaults.contains(&scope.value))?;
    let requested = match defaults.as_slice() {
        [] => "No OAuth 2.0 scope allows most methods of this API. Name those that a program needs"
            .to_owned(),
        [only] => format!(
            "Credentials request the OAuth 2.0 scope\n{}.\nA program that needs others names them",
            code(only)
        ),
        _ => "Credentials request all OAuth 2.0 scopes of the API. A program that needs others names them"
            .to_owned(),
    };
    Some(format!(
        "{requested} by\n[`ClientBuilder::with_scopes`], such as \
         `{}::builder().with_scopes([scopes::{}])`.\nThe documentation of each method lists the scopes \
         that it accepts.",
        api.names.client, shown.ident,
    ))
}

/// Explains uploads and downloads, if the API has any.
fn media(
    docs: Docs,
    names: &CrateNames,
    upload: Option<&Example>,
    download: Option<&Invocation>,
) -> Result<Docs, FormatError> {
    let title = match (upload, download) {
        (Some(_), Some(_)) => "# Uploads and downloads",
        (Some(_), None) => "# Uploads",
        (None, Some(_)) => "# Downloads",
        (None, None) => return Ok(docs),
    };
    let upload = upload.map(|upload| self::upload(names, upload));
    let download = download.map(|call| {
        let request = request(names, call)?;
        Ok(filled(
            names,
            include_str!("guide/download.md"),
            &[("request", &request)],
        ))
    });
    Ok(docs
        .paragraph(title)
        .optional(upload.transpose()?)
        .optional(download.transpose()?))
}

fn upload(names: &CrateNames, upload: &Example) -> Result<String, FormatError> {
    let request = request(names, &upload.call)?;
    let (ending, send) = match upload.ending {
        Ending::UploadAndPoll => (
            "`poller` waits for the operation that\nthe upload starts.",
            "poller()\n    .until_done()",
        ),
        _ if upload.call.responds => ("`send` waits until the service has it.", "send()"),
        _ => (
            "`send_empty` waits until the service\nhas it.",
            "send_empty()",
        ),
    };
    let values = [
        ("request", &*request),
        ("call", sent(&upload.call)),
        ("ending", ending),
        ("send", send),
    ];
    Ok(filled(names, include_str!("guide/upload.md"), &values))
}

fn testing(names: &CrateNames, test: &TestProgram) -> Result<String, FormatError> {
    let request = request(names, &test.call)?;
    let parameter = test.parameter.as_ref().map(|(name, value)| {
        format!("\n        assert_eq!(call.path_parameter({name:?}), Some({value:?}));")
    });
    let values = [
        ("request", &*request),
        ("builder", &test.builder),
        ("parameter", parameter.as_deref().unwrap_or_default()),
    ];
    Ok(filled(names, include_str!("guide/testing.md"), &values))
}
