//! From what we mean to what we print: an [`Api`] becomes the tokens of each source file.
//!
//! Nothing here can fail and nothing is decided here: what to print, the model says.

mod arguments;
mod client;
mod constants;
mod enums;
mod methods;
mod modules;
mod operations;
mod programs;
mod requests;
mod resources;
mod structs;
mod tokens;
mod types;

use std::iter;

use crate::model::{Api, Module, Resource};
use crate::names::Ident;

use tokens::Code;

/// A source file: its path below the crate's root and its items.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) tokens: Code,
}

impl File {
    fn new(path: impl Into<String>, tokens: Code) -> Self {
        let path = path.into();
        Self { path, tokens }
    }
}

/// All source files of the crate, each emitted when it is asked for: of large APIs their tokens are
/// many times as large as the text.
pub(crate) fn files(api: &Api) -> impl Iterator<Item = File> {
    let root = || File::new("src/lib.rs", client::root(api));
    let methods = || File::new("src/methods.rs", resources::root_methods(api));
    let operations = || File::new("src/operation_services.rs", operations::table(api));
    iter::once_with(root)
        .chain(constants::files(api))
        .chain(programs::files(api))
        .chain(when(!api.methods.is_empty(), methods))
        .chain(when(!api.operations.is_empty(), operations))
        .chain(all_resources(&api.resources).into_iter().map(resource))
        .chain(all_modules(&api.schemas).into_iter().map(module))
}

fn when(has: bool, file: impl FnOnce() -> File) -> impl Iterator<Item = File> {
    has.then_some(file).into_iter().map(|file| file())
}

fn resource(resource: &Resource) -> File {
    File::new(path(&resource.module), resources::module(resource))
}

fn module(module: &Module) -> File {
    File::new(path(&module.path), modules::file(module))
}

fn all_resources(resources: &[Resource]) -> Vec<&Resource> {
    resources
        .iter()
        .flat_map(|resource| iter::once(resource).chain(all_resources(&resource.children)))
        .collect()
}

fn all_modules(module: &Module) -> Vec<&Module> {
    let packages = module.packages.iter().flat_map(all_modules);
    iter::once(module).chain(packages).collect()
}

fn path(module: &[Ident]) -> String {
    let parts: Vec<_> = module.iter().map(Ident::as_str).collect();
    format!("src/{}.rs", parts.join("/"))
}
