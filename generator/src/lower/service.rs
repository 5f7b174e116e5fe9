//! The client crate as a whole.

use discovery::Document;

use super::context::Context;
use super::crate_docs::crate_docs;
use super::crate_names::title;
use super::docs::DocWriter;
use super::{calls, examples, programs, scopes};
use crate::model::{Api, Constant, Module, Package, Root, Service};
use crate::names::{Ident, NameTable};
use crate::options::Options;

pub(super) fn assemble(
    context: &mut Context<'_>,
    options: &Options,
    schemas: Module,
    root: Root,
    features: Vec<String>,
) -> Api {
    let (document, writer) = (context.selected, context.writer);
    let operations = std::mem::take(&mut context.services);
    let calls = calls::calls(&root);
    Api {
        package: package(document, options, features),
        service: service(document),
        names: context.names.clone(),
        docs: crate_docs(document, writer),
        client_docs: writer.client(document),
        programs: programs::choose(&calls),
        examples: examples::choose(&calls, &context.names.variable, &operations),
        root,
        schemas,
        operations,
        scopes: scopes::constants(document, writer),
        endpoints: endpoints(document, writer),
    }
}

fn package(document: &Document, options: &Options, features: Vec<String>) -> Package {
    let is_web = |link: &String| link.starts_with("https://") || link.starts_with("http://");
    Package {
        title: title(document).to_owned(),
        documentation: Some(document.documentation_link.clone()).filter(is_web),
        document: format!("{}:{}", document.name, document.version),
        revision: document.revision.clone(),
        only: options.only.clone(),
        features,
    }
}

fn service(document: &Document) -> Service {
    let mut features = document.features.iter();
    Service {
        name: document.name.clone(),
        version: document.version.clone(),
        root_url: document.root_url.clone(),
        service_path: document.service_path.clone(),
        data_wrapper: features.any(|feature| feature == "dataWrapper"),
        default_scopes: scopes::default_scopes(document),
    }
}

/// Returns a constant for each regional endpoint.
fn endpoints(document: &Document, writer: DocWriter<'_>) -> Vec<Constant> {
    let mut idents = NameTable::default();
    document
        .endpoints
        .iter()
        .map(|endpoint| Constant {
            ident: idents.assign(Ident::constant(&endpoint.location)),
            value: endpoint.endpoint_url.clone(),
            docs: writer.described(&endpoint.description, &endpoint.location),
            deprecated: endpoint.deprecated,
        })
        .collect()
}
