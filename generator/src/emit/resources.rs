//! Modules of resources: handle, accessors, request builders.

use super::tokens::{Code, deprecated, inner_docs, quote};
use super::{methods, modules, requests, types};
use crate::model::{FeatureGate, Imports, Resource, Root};

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
        .map(|child| accessor(child, &FeatureGate::default()));
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

/// The module of the request builders of methods that belong to no resource.
pub(super) fn root_methods(root: &Root) -> Code {
    let module = std::slice::from_ref(&root.methods_module);
    let requests = root
        .methods
        .iter()
        .map(|method| requests::builder(method, module));
    let types = root.method_types.iter().map(modules::inline);
    let imports = types::imports(Imports::of_methods(&root.methods, module), false);
    quote! {
        //! The methods that belong to no resource.
        #imports
        #(#requests)*

        #(#types)*
    }
}

/// The function of the parent that returns the handle of a resource.
pub(super) fn accessor(resource: &Resource, gate: &FeatureGate) -> Code {
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
