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

use tokens::Code;

use crate::model::{Api, Module, Resource};
use crate::names::Ident;

/// A source file: its path below the crate's root and its items.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) tokens: Code,
}

/// All source files of the crate.
pub(crate) fn files(api: &Api) -> Vec<File> {
    let mut files = vec![File {
        path: "src/lib.rs".to_owned(),
        tokens: client::root(api),
    }];
    files.extend(constants::files(api));
    files.extend(programs::files(api));
    if !api.methods.is_empty() {
        files.push(File {
            path: "src/methods.rs".to_owned(),
            tokens: resources::root_methods(api),
        });
    }
    if !api.operations.is_empty() {
        files.push(File {
            path: "src/operation_services.rs".to_owned(),
            tokens: operations::table(api),
        });
    }
    for resource in &api.resources {
        add_resource(resource, &mut files);
    }
    add_module(&api.schemas, &mut files);
    files
}

fn add_resource(resource: &Resource, files: &mut Vec<File>) {
    files.push(File {
        path: path(&resource.module),
        tokens: resources::module(resource),
    });
    for child in &resource.children {
        add_resource(child, files);
    }
}

fn add_module(module: &Module, files: &mut Vec<File>) {
    files.push(File {
        path: path(&module.path),
        tokens: modules::file(module),
    });
    for package in &module.packages {
        add_module(package, files);
    }
}

fn path(module: &[Ident]) -> String {
    let parts: Vec<_> = module.iter().map(Ident::as_str).collect();
    format!("src/{}.rs", parts.join("/"))
}
