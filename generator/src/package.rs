//! The generated crate, as files.

use std::collections::BTreeMap;

use discovery::{Problem, Problems};

use crate::format::FormatError;
use crate::manifest::{self, quoted};
use crate::model::Api;
use crate::options::Options;
use crate::surface::Surface;

/// A generated crate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Package {
    /// Its name, such as `google-checks-v1alpha`.
    pub name: String,
    /// The text of its files, by their path below its root, with `/` as separator.
    pub files: BTreeMap<String, String>,
    /// Its description, which is also the file [`Surface::FILE`].
    pub surface: Surface,
    /// The number of its methods.
    pub methods: usize,
    /// The number of its types, including nested types and types of parameters.
    pub types: usize,
    /// Problems of the document that do not prevent generation.
    pub warnings: Problems,
}

impl Package {
    pub(crate) fn new(api: &Api, options: &Options, warnings: Problems) -> Self {
        Self {
            name: api.names.package.clone(),
            files: BTreeMap::new(),
            surface: Surface::new(api, options),
            methods: api.methods().count(),
            types: api.modules().map(|module| module.entries.len()).sum(),
            warnings,
        }
    }

    /// Returns the package with another version than `0.1.0`.
    #[must_use]
    pub fn with_version(mut self, version: &str) -> Self {
        for (path, text) in &mut self.files {
            let line = |line: &str| match Self::version_line(path) {
                Some((start, end)) if line.starts_with(start) => {
                    format!("{start}{}{end}\n", quoted(version))
                }
                _ => line.to_owned(),
            };
            if Self::version_line(path).is_some() {
                *text = text.split_inclusive('\n').map(line).collect();
            }
        }
        self.surface.version = version.to_owned();
        self
    }

    /// Returns the text before and after the version, in the only line of a file that has it.
    pub fn version_line(path: &str) -> Option<(&'static str, &'static str)> {
        match path {
            manifest::FILE => Some(("version = ", "")),
            Surface::FILE => Some(("  \"version\": ", ",")),
            _ => None,
        }
    }

    pub(crate) fn add(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }
}

/// Reports tokens that are not Rust: a defect of the generator, whatever the document says.
pub(crate) fn defect(path: &str, error: &FormatError) -> Problems {
    Problem::error(
        "",
        format!("the generator made a `{path}` that is not Rust: {error}"),
    )
    .with_help("this is a defect of the generator; please report it with the document")
    .into()
}
