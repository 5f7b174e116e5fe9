//! The sections on the first page of a client: templates in `guide/`, filled with its names and calls.

use crate::docs::{code, paragraph};
use crate::emit;
use crate::format::FormatError;
use crate::model::{Api, CrateNames, Docs, Ending, Example, Invocation, Programs, TestProgram};
use crate::snippets;

/// Adds the sections to the documentation of an API, and returns the quickstart.
pub(crate) fn write(api: &mut Api) -> Result<Option<Vec<String>>, FormatError> {
    let Some(programs) = &api.programs else {
        return Ok(None);
    };
    let quickstart = snippets::program(emit::quickstart(&api.names, &programs.quickstart))?;
    let docs = std::mem::take(&mut api.docs);
    let docs = docs.paragraph("# Example").code("no_run", &quickstart);
    let mut page = Page {
        names: &api.names,
        docs,
    };
    page.credentials(api);
    page.calls(&programs.quickstart.call)?;
    page.media(programs)?;
    page.section(include_str!("guide/proxies.md"), &[]);
    if let Some(test) = &programs.test {
        page.testing(test)?;
    }
    api.docs = page.docs;
    Ok(Some(quickstart))
}

/// The documentation of a crate, section by section.
struct Page<'a> {
    names: &'a CrateNames,
    docs: Docs,
}

impl Page<'_> {
    /// Adds a template, with the names of the crate and these values in place of `$name`.
    fn section(&mut self, template: &str, values: &[(&str, &str)]) {
        let client = self.names.client.to_string();
        let [library, variable] =
            [&self.names.library, &self.names.variable].map(ToString::to_string);
        let names = [
            ("library", &*library),
            ("client", &client),
            ("variable", &variable),
        ];
        let values = names.iter().chain(values);
        let text = values.fold(template.to_owned(), |text, (name, value)| {
            text.replace(&format!("${name}"), value)
        });
        self.paragraph(text);
    }

    fn paragraph(&mut self, text: impl AsRef<str>) {
        self.docs = std::mem::take(&mut self.docs).paragraph(text);
    }

    /// Returns the statement that binds a call to `request`.
    fn request(&self, call: &Invocation) -> Result<String, FormatError> {
        let statement = emit::request_statement(self.names, call);
        Ok(snippets::statements(&statement)?.join("\n"))
    }

    /// Explains credentials, and the scopes that they request, if the API has scopes.
    fn credentials(&mut self, api: &Api) {
        self.section(include_str!("guide/credentials.md"), &[]);
        let defaults = &api.service.default_scopes;
        let mut scopes = api.scopes.iter();
        let shown = scopes.find(|scope| defaults.is_empty() || defaults.contains(&scope.value));
        let Some(shown) = shown else {
            return;
        };
        let requested: Vec<_> = defaults.iter().map(|scope| code(scope)).collect();
        let default = match requested.as_slice() {
            [] => "By default, credentials request no OAuth 2.0 scope, so a program names those that it \
                   needs"
                .to_owned(),
            [only] => format!(
                "By default, credentials request the OAuth 2.0 scope {only}. A program that needs others \
                 names them"
            ),
            all if all.len() == api.scopes.len() => {
                "By default, credentials request all OAuth 2.0 scopes of the API. A program that needs \
                 others names them"
                    .to_owned()
            }
            several => format!(
                "By default, credentials request the OAuth 2.0 scopes {}. A program that needs others \
                 names them",
                several.join(", ")
            ),
        };
        let scope = shown.ident.to_string();
        self.section(include_str!("guide/scopes.md"), &[("scope", &scope)]);
        let text = format!(
            "{default} by [`ClientBuilder::with_scopes`], such as \
             `{}::builder().with_scopes([scopes::{scope}])`. The documentation of each method lists the \
             scopes that it accepts.",
            self.names.client.as_str(),
        );
        self.docs = std::mem::take(&mut self.docs).lines(paragraph(&text));
    }

    /// Explains the errors and the limits of a call.
    fn calls(&mut self, call: &Invocation) -> Result<(), FormatError> {
        let request = self.request(call)?;
        let values = [("request", &*request), ("call", sent(call))];
        self.section(include_str!("guide/errors.md"), &values);
        self.section(include_str!("guide/limits.md"), &values);
        Ok(())
    }

    /// Explains uploads and downloads, if the API has any.
    fn media(&mut self, programs: &Programs) -> Result<(), FormatError> {
        let (upload, download) = (&programs.upload, &programs.download);
        match (upload, download) {
            (Some(_), Some(_)) => self.paragraph("# Uploads and downloads"),
            (Some(_), None) => self.paragraph("# Uploads"),
            (None, Some(_)) => self.paragraph("# Downloads"),
            (None, None) => {}
        }
        if let Some(upload) = upload {
            self.upload(upload)?;
        }
        if let Some(download) = download {
            let request = self.request(download)?;
            self.section(include_str!("guide/download.md"), &[("request", &request)]);
        }
        Ok(())
    }

    fn upload(&mut self, upload: &Example) -> Result<(), FormatError> {
        let request = self.request(&upload.call)?;
        let (send, meaning) = match upload.ending {
            Ending::UploadAndPoll => (
                "poller()\n    .until_done()",
                "`until_done` waits for the\noperation that the upload starts.",
            ),
            _ if upload.call.responds => ("send()", "`send` waits until it is stored."),
            _ => ("send_empty()", "`send_empty` waits until it is\nstored."),
        };
        let values = [
            ("request", &*request),
            ("call", sent(&upload.call)),
            ("send", send),
            ("meaning", meaning),
        ];
        self.section(include_str!("guide/upload.md"), &values);
        Ok(())
    }

    fn testing(&mut self, test: &TestProgram) -> Result<(), FormatError> {
        let request = self.request(&test.call)?;
        let check = test.parameter.as_ref().map(|(name, value)| {
            format!("\n        assert_eq!(call.path_parameter({name:?}), Some({value:?}));")
        });
        let values = [
            ("request", &*request),
            ("builder", &test.builder),
            ("check", check.as_deref().unwrap_or_default()),
        ];
        self.section(include_str!("guide/testing.md"), &values);
        Ok(())
    }
}

/// Returns the start of the statement that sends `request`.
fn sent(call: &Invocation) -> &'static str {
    match call.responds {
        true => "let response = request",
        false => "request",
    }
}
