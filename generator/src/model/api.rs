//! The client crate as a whole.

use super::constant::Constant;
use super::docs::Docs;
use super::examples::{Examples, Programs};
use super::methods::Method;
use super::operations::OperationService;
use super::resources::{Resource, Root};
use super::schemas::Module;
use crate::names::Ident;

/// A client crate.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) package: Package,
    pub(crate) service: Service,
    pub(crate) names: CrateNames,
    pub(crate) docs: Docs,
    pub(crate) client_docs: Docs,
    /// The programs in the documentation of the crate; none if there are no methods.
    pub(crate) programs: Option<Programs>,
    /// The files below `examples/`.
    pub(crate) examples: Examples,
    pub(crate) root: Root,
    pub(crate) schemas: Module,
    /// The resources that get, cancel and await operations.
    pub(crate) operations: Vec<OperationService>,
    pub(crate) scopes: Vec<Constant>,
    pub(crate) endpoints: Vec<Constant>,
}

/// Facts for the manifest, the README and the header of every file.
#[derive(Debug)]
pub(crate) struct Package {
    /// `Checks API`.
    pub(crate) title: String,
    pub(crate) documentation: Option<String>,
    /// `checks:v1alpha`.
    pub(crate) document: String,
    pub(crate) revision: String,
    /// The patterns that selected the methods; empty if all methods are generated.
    pub(crate) only: Vec<String>,
    /// The cargo features; empty if the whole crate is always compiled.
    pub(crate) features: Vec<String>,
}

/// The names by which other code refers to the crate and its client.
#[derive(Clone, Debug)]
pub(crate) struct CrateNames {
    /// `google-checks-v1alpha`.
    pub(crate) package: String,
    /// `google_checks_v1alpha`.
    pub(crate) library: Ident,
    /// The client struct, `Checks`.
    pub(crate) client: Ident,
    /// The variable that holds a client in examples, `checks`.
    pub(crate) variable: Ident,
}

/// The service's address and default scopes.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) root_url: String,
    pub(crate) service_path: String,
    /// True if messages are wrapped in a member `data`.
    pub(crate) data_wrapper: bool,
    /// The fewest scopes that allow every method.
    pub(crate) default_scopes: Vec<String>,
}

impl Api {
    /// Returns every resource, parents first.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.root.resources()
    }

    /// Returns every method, in the order of their resources.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.root.methods()
    }

    /// Returns every module of types: schemas, types nested in them, and types of methods.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &Module> {
        self.schemas.modules().chain(self.root.modules())
    }
}
