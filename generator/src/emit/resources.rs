//! Resources: one module each, with a handle, its accessors and its request builders.

use super::tokens::{Code, deprecated, inner_docs, quote};
use super::{methods, modules, requests, types};
use crate::model::{Api, Gate, Imports, Resource};

/// The module of a resource.
pub(super) fn module(resource: &Resource) -> Code {
    let docs = &resource.docs;
    let inner_docs = inner_docs(docs);
    let children = resource
        .children
        .iter()
        .filter_map(|child| child.module.last());
    let accessors = resource
        .children
        .iter()
        .map(|child| accessor(child, &Gate::default()));
    let methods = resource
        .methods
        .iter()
        .map(|method| methods::function(method, &resource.module, None));
    let requests = resource
        .methods
        .iter()
        .map(|method| requests::builder(method, &resource.module));
    let types = resource.method_types.iter().map(modules::inline);
    let imports = types::imports(resource.imports(), false);
    quote! {
        #inner_docs
        #(pub mod #children;)*
        #imports

        #docs
        #[derive(Clone, Debug)]
        pub struct Resource {
            pub(crate) client: runtime::Client,
        }

        impl Resource {
            #(#accessors)*

            #(#methods)*
        }

        #(#requests)*

        #(#types)*
    }
}

/// The request builders of the methods that belong to no resource.
pub(super) fn root_methods(api: &Api) -> Code {
    let module = std::slice::from_ref(&api.methods_module);
    let requests = api
        .methods
        .iter()
        .map(|method| requests::builder(method, module));
    let types = api.method_types.iter().map(modules::inline);
    let imports = types::imports(Imports::of_methods(&api.methods, module), false);
    quote! {
        //! The methods that belong to no resource.
        #imports
        #(#requests)*

        #(#types)*
    }
}

/// The function of the parent that leads to a resource.
pub(super) fn accessor(resource: &Resource, gate: &Gate) -> Code {
    let Resource { accessor, docs, .. } = resource;
    let deprecated = deprecated(resource.deprecated);
    let module = resource.module.last();
    quote! {
        #docs
        #gate
        #deprecated
        pub fn #accessor(&self) -> #module::Resource {
            #module::Resource { client: self.client.clone() }
        }
    }
}
