//! The crate as a whole: its names, its service, and what its first page says.

use discovery::Document;

use super::Context;
use super::programs::OWN_NAMES;
use super::resources::Root;
use super::text::Author;
use super::{front, programs, scopes};
use crate::Options;
use crate::model::{Api, Constant, Examples, Module, Package, Service};
use crate::names::{self, Ident, Scope};

/// What the root of a crate re-exports from the runtime, and what its documentation imports.
pub(super) const RESERVED_CLIENTS: &[&str] = &[
    "Call",
    "Cancellation",
    "Code",
    "Media",
    "ProgressBar",
    "ClientBuilder",
    "AsRef",
    "Error",
    "From",
    "Into",
    "Fake",
    "Reply",
    "RequestOptionsBuilder",
    "Result",
    "Transport",
];

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
            variable: Scope::reserving(OWN_NAMES).assign(Ident::snake(client.as_str())),
            package,
        }
    }
}

/// What the API is called in a sentence that has an article already.
pub(super) fn title(document: &Document) -> &str {
    let title = document.title.trim();
    let title = title.strip_prefix("The ").unwrap_or(title);
    if title.is_empty() {
        &document.name
    } else {
        title
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
    let programs = programs::choose(&root, &names.variable, &operations);
    let examples = front::programs(names, &root);
    let docs = front::docs(document, examples.as_ref());
    let package = package(document, options, names, root.features, examples);
    let author = Author::of(document);
    Api {
        docs,
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
        library: Ident::snake(&names.library),
        variable: names.variable.clone(),
        programs,
        client: names.client.clone(),
        client_docs: author.client(document),
        methods: root.methods,
        methods_module: root.methods_module,
        method_types: root.method_types,
        resources: root.resources,
        schemas,
        operations,
        scopes: scopes::constants(document),
        endpoints: endpoints(document),
    }
}

fn package(
    document: &Document,
    options: &Options,
    names: &CrateNames,
    features: Vec<String>,
    examples: Option<Examples>,
) -> Package {
    Package {
        name: names.package.clone(),
        version: options.version.clone(),
        title: title(document).to_owned(),
        documentation: Some(document.documentation_link.clone()).filter(|link| is_web(link)),
        document: format!("{}:{}", document.name, document.version),
        revision: document.revision.clone(),
        only: options.only.clone(),
        features,
        examples,
    }
}

fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
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
