//! Writes the examples into the documentation of the crate and its methods.

use std::fmt::Write as _;

use crate::docs;
use crate::emit::{self, Code};
use crate::format::{self, FormatError};
use crate::model::{Api, Docs};

/// Adds the examples to the documentation of an API, and returns the one for its README.
pub(crate) fn write(api: &mut Api) -> Result<Option<Vec<String>>, FormatError> {
    let names = &api.names;
    for method in api.root.methods_mut() {
        let example = shown(emit::method_example(names, &method.example))?;
        method.docs = std::mem::take(&mut method.docs).code("", &example);
    }
    let Some(programs) = &api.programs else {
        return Ok(None);
    };
    let call = lines(emit::call_program(names, programs))?;
    let test = programs.test.as_ref();
    let test = test.map(|test| shown(emit::test_program(names, test)));
    let docs = std::mem::take(&mut api.docs);
    let docs = docs.paragraph("# Example").code("no_run", &call);
    let docs = docs.paragraph(credentials(api));
    api.docs = testing(docs, test.transpose()?);
    Ok(Some(call))
}

/// Explains the credentials of the client, and the scopes that they request.
fn credentials(api: &Api) -> String {
    let mut text = "Credentials are Application Default Credentials unless \
                    [`ClientBuilder::with_credentials`]\nsays otherwise."
        .to_owned();
    let defaults = &api.service.default_scopes;
    let mut scopes = api.scopes.iter();
    let shown = scopes.find(|scope| defaults.is_empty() || defaults.contains(&scope.value));
    let Some(shown) = shown else {
        return text;
    };
    let defaults: Vec<_> = defaults.iter().map(|scope| docs::code(scope)).collect();
    let requested = match defaults.as_slice() {
        [] => "\nThey request no OAuth 2.0 scope by default. Name those that a program needs"
            .to_owned(),
        [only] => format!(
            " They request the OAuth 2.0 scope\n{only}.\nA program that needs others names them"
        ),
        several if several.len() == api.scopes.len() => {
            " They request all OAuth 2.0 scopes\nof the API. A program that needs others names them"
                .to_owned()
        }
        several => format!(
            " They request the OAuth 2.0 scopes\n{}.\nA program that needs others names them",
            several.join(", ")
        ),
    };
    let _ = write!(
        text,
        "{requested} by\n[`ClientBuilder::with_scopes`], such as \
         `{}::builder().with_scopes([scopes::{}])`.\nThe documentation of each method lists the scopes \
         that it accepts.",
        api.names.client.as_str(),
        shown.ident.as_str(),
    );
    text
}

fn testing(docs: Docs, test: Option<Vec<String>>) -> Docs {
    let Some(test) = test else {
        return docs;
    };
    docs.paragraph("# Testing")
        .paragraph(
            "A [`Transport`](runtime::Transport) of your own replaces the network; everything else is \
             unchanged:\npaths, queries, retries, decoding.",
        )
        .code("", &test)
}

/// Formats a program whose last function is a frame: of that, rustdoc shows the body only. Lines that
/// begin with `# ` are compiled, but not shown.
fn shown(program: Code) -> Result<Vec<String>, FormatError> {
    let mut lines = lines(program)?;
    let frame = lines
        .iter()
        .rposition(String::is_empty)
        .map_or(0, |gap| gap + 1);
    let mut is_head = true;
    for line in lines.iter_mut().skip(frame) {
        let was_head = is_head;
        is_head &= !line.ends_with('{');
        *line = match line.strip_prefix("    ") {
            Some(body) if !was_head && body != "Ok(())" => body.to_owned(),
            _ => format!("# {}", line.trim_start()),
        };
    }
    Ok(lines)
}

fn lines(program: Code) -> Result<Vec<String>, FormatError> {
    let text = format::source("", program.into())?;
    Ok(text.lines().map(str::to_owned).collect())
}
