//! The crate as a whole: its names, its service, and what its first page says.

use discovery::Document;

use super::Context;
use super::resources::Root;
use super::text::{self, Author};
use super::{examples, scopes};
use crate::Options;
use crate::docs;
use crate::model::{Api, Constant, Method, Module, Package, Resource, Service};
use crate::names::{self, Ident, Scope};

/// What the root of a crate re-exports from the runtime.
const RESERVED_CLIENTS: &[&str] = &["ClientBuilder", "Error", "Result"];

/// The names that examples and manifest use.
pub(super) struct CrateNames {
    /// `google-checks-v1alpha`.
    pub(super) package: String,
    /// `google_checks_v1alpha`.
    pub(super) library: String,
    /// `Checks`.
    pub(super) client: Ident,
    /// `checks`.
    pub(super) variable: Ident,
}

impl CrateNames {
    pub(super) fn new(document: &Document) -> Self {
        let package = format!(
            "google-{}-{}",
            names::kebab(&document.name),
            names::kebab(&document.version)
        );
        let canonical = document.canonical_name.as_deref().unwrap_or(&document.name);
        let client = Ident::camel(canonical.strip_suffix(" Service").unwrap_or(canonical));
        Self {
            library: package.replace('-', "_"),
            client: Scope::reserving(RESERVED_CLIENTS).assign(client.clone()),
            variable: Ident::snake(client.as_str()),
            package,
        }
    }
}

pub(super) fn assemble(
    context: &mut Context<'_>,
    options: &Options,
    schemas: Module,
    root: Root,
) -> Api {
    let operations = std::mem::take(&mut context.services);
    let Context {
        document, names, ..
    } = context;
    let package = package(document, options, names, &root);
    let author = Author::of(document);
    Api {
        docs: crate_docs(document, &package),
        package,
        service: Service {
            name: document.name.clone(),
            version: document.version.clone(),
            root_url: document.root_url.clone(),
            service_path: document.service_path.clone(),
            data_wrapper: document
                .features
                .iter()
                .any(|feature| feature == "dataWrapper"),
            default_scopes: scopes::smallest_cover(document),
        },
        client: names.client.clone(),
        client_docs: author.client(document),
        methods: root.methods,
        method_types: root.method_types,
        resources: root.resources,
        schemas,
        operations,
        scopes: scopes::constants(document),
        endpoints: endpoints(document),
    }
}

fn package(document: &Document, options: &Options, names: &CrateNames, root: &Root) -> Package {
    let statement = first_call(names, &root.methods, &root.resources);
    Package {
        name: names.package.clone(),
        library: names.library.clone(),
        version: options.version.clone(),
        title: document.title.clone(),
        documentation: Some(document.documentation_link.clone()).filter(|link| !link.is_empty()),
        document: document.id.clone(),
        revision: document.revision.clone(),
        only: options.only.clone(),
        features: root.features.clone(),
        example: statement,
    }
}

/// A call of the first method that only reads, as the documentation's example.
fn first_call(names: &CrateNames, methods: &[Method], resources: &[Resource]) -> Vec<String> {
    let mut found = Vec::new();
    calls(&mut Vec::new(), methods, resources, &mut found);
    let best = found
        .iter()
        .find(|(_, method)| method.pages.is_some())
        .or_else(|| found.first());
    best.map(|(chain, method)| examples::call(names, chain, method))
        .unwrap_or_default()
}

fn calls<'a>(
    chain: &mut Vec<Ident>,
    methods: &'a [Method],
    resources: &'a [Resource],
    found: &mut Vec<(Vec<Ident>, &'a Method)>,
) {
    found.extend(methods.iter().map(|method| (chain.clone(), method)));
    for resource in resources {
        chain.push(resource.accessor.clone());
        calls(chain, &resource.methods, &resource.children, found);
        chain.pop();
    }
}

fn crate_docs(document: &Document, package: &Package) -> crate::model::Docs {
    let link = package
        .documentation
        .as_deref()
        .map(|link| format!("Documentation of the API: <{link}>."));
    let author = Author::of(document);
    let title = docs::summary(&document.title, None);
    author
        .text("")
        .paragraph(format!("{title}, {}.", text::code(&document.version)))
        .text(&document.description)
        .optional(link)
        .finish()
}

/// A constant for each regional endpoint.
fn endpoints(document: &Document) -> Vec<Constant> {
    let mut idents = Scope::default();
    document
        .endpoints
        .iter()
        .map(|endpoint| Constant {
            ident: idents.assign(Ident::constant(&endpoint.location)),
            value: endpoint.endpoint_url.clone(),
            docs: Author::of(document).described(&endpoint.description, &endpoint.location),
            deprecated: endpoint.deprecated,
        })
        .collect()
}
