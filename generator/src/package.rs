//! The result: the files of a crate.

use std::collections::BTreeMap;

use discovery::{Problem, Problems};

use crate::format::FormatError;
use crate::model::{Api, Module, Resource};
use crate::surface::Surface;

/// A generated crate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Package {
    /// Its name, such as `google-checks-v1alpha`.
    pub name: String,
    /// Its files: path below its root, with `/` between the parts, and text.
    pub files: BTreeMap<String, String>,
    /// Its description, which is also the file [`Surface::FILE`].
    pub surface: Surface,
    /// How many methods it has.
    pub methods: usize,
    /// How many types it has, those nested in others and those of parameters included.
    pub schemas: usize,
    /// What deserves a look in the document.
    pub warnings: Problems,
}

impl Package {
    pub(crate) fn new(api: &Api, warnings: Problems) -> Self {
        Self {
            name: api.package.name.clone(),
            files: BTreeMap::new(),
            surface: Surface::new(api),
            methods: api.methods.len() + count_methods(&api.resources),
            schemas: count_types(&api.schemas),
            warnings,
        }
    }

    pub(crate) fn add(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }
}

/// Tokens that are no Rust are a mistake of the generator, whatever the document says.
pub(crate) fn defect(path: &str, error: &FormatError) -> Problems {
    Problem::error(
        "",
        format!("the generator made a `{path}` that is not Rust: {error}"),
    )
    .with_help("this is a defect of the generator; please report it with the document")
    .into()
}

fn count_methods(resources: &[Resource]) -> usize {
    resources
        .iter()
        .map(|resource| resource.methods.len() + count_methods(&resource.children))
        .sum()
}

fn count_types(module: &Module) -> usize {
    module.entries.len() + module.inner().map(count_types).sum::<usize>()
}
