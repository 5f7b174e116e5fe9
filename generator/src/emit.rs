//! From the meaning of a document to tokens: an [`Api`] becomes the tokens of each source file.
//!
//! Nothing here can fail and nothing is decided here: the model says what to print.

mod arguments;
mod client;
mod constants;
mod enums;
mod examples;
mod file;
mod methods;
mod modules;
mod operations;
mod requests;
mod resources;
mod snippets;
mod structs;
mod tokens;
mod types;

use std::iter;

use crate::model::{Api, Module, Resource};
use crate::names::Ident;

use file::File;

pub(crate) use snippets::{function, method_example, quickstart, request_statement};
pub(crate) use tokens::Code;

/// The path of the crate's root.
pub(crate) const ROOT: &str = "src/lib.rs";

/// Returns all source files of the crate. Each is emitted when it is needed: the tokens of a large API
/// take many times the memory of its text.
pub(crate) fn files(api: &Api) -> impl Iterator<Item = File> {
    let root = || File::new(ROOT, client::root(api));
    let methods = || File::new("src/methods.rs", resources::root_methods(&api.root));
    let operations = || File::new("src/operation_services.rs", operations::table(api));
    iter::once_with(root)
        .chain(constants::files(api))
        .chain(examples::files(api))
        .chain(when(!api.root.methods.is_empty(), methods))
        .chain(when(!api.operations.is_empty(), operations))
        .chain(api.resources().map(resource))
        .chain(iter::once(&api.schemas).map(module))
        .chain(api.schemas.packages.iter().map(module))
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

fn path(module: &[Ident]) -> String {
    let parts: Vec<_> = module.iter().map(Ident::as_str).collect();
    format!("src/{}.rs", parts.join("/"))
}
