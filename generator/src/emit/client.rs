//! The root of the crate: modules, re-exports, service, client.

use super::tokens::{Code, inner_docs, quote};
use super::{methods, resources};
use crate::model::{Api, Service};

pub(super) fn root(api: &Api) -> Code {
    let docs = inner_docs(&api.docs);
    let modules = modules(api);
    let service = service(&api.service);
    let client = client(api);
    quote! {
        #docs
        #![warn(missing_docs)]
        #![allow(deprecated, reason = "what the document deprecates still refers to itself")]
        #![allow(
            clippy::enum_variant_names,
            clippy::module_inception,
            clippy::new_ret_no_self,
            clippy::should_implement_trait,
            clippy::type_complexity,
            non_camel_case_types,
            non_snake_case,
            reason = "the document gives the names"
        )]
        #modules
        /// The runtime: policies, errors, and types that all clients share.
        pub use discovery_runtime as runtime;
        pub use runtime::{
            ClientBuilder, Error, ErrorExt, RequestBuilderExt, RequestOptionsBuilder, Result,
        };
        #service
        #client
    }
}

fn modules(api: &Api) -> Code {
    let resources = api.root.resources.iter().map(|resource| {
        let (gate, module) = (&resource.gate, resource.module.last());
        quote!(#gate pub mod #module;)
    });
    let allow = (!api.package.features.is_empty()).then(|| quote!(#[allow(dead_code)]));
    let methods = (!api.root.methods.is_empty()).then(|| {
        quote!(
            pub mod methods;
        )
    });
    let operations = (!api.operations.is_empty()).then(|| quote!(#allow mod operation_services;));
    let scopes = (!api.scopes.is_empty()).then(|| {
        quote!(
            pub mod scopes;
        )
    });
    let endpoints = (!api.endpoints.is_empty()).then(|| {
        quote!(
            pub mod endpoints;
        )
    });
    quote! {
        #(#resources)*
        #endpoints
        #methods
        #operations
        pub mod schemas;
        #scopes
    }
}

fn service(service: &Service) -> Code {
    let Service {
        name,
        version,
        root_url,
        service_path,
        default_scopes,
        data_wrapper,
    } = service;
    let data_wrapper = data_wrapper.then(|| quote!(.with_data_wrapper()));
    quote! {
        static SERVICE: runtime::Service =
            runtime::Service::new(#name, #version, #root_url)
                .with_service_path(#service_path)
                .with_scopes(&[#(#default_scopes),*])
                #data_wrapper
                .with_package(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    }
}

fn client(api: &Api) -> Code {
    let (client, client_docs) = (&api.names.client, &api.client_docs);
    let accessors = api
        .root
        .resources
        .iter()
        .map(|resource| resources::accessor(resource, &resource.gate));
    let module = quote!(methods::);
    let methods = api
        .root
        .methods
        .iter()
        .map(|method| methods::function(method, &[], Some(&module)));
    quote! {
        #client_docs
        #[derive(Clone, Debug)]
        pub struct #client {
            client: runtime::Client,
        }

        impl #client {
            /// Returns a builder of clients.
            #[doc(alias = "new")]
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&SERVICE)
            }

            #(#accessors)*

            #(#methods)*

            /// Returns a download of the media at a URL that a response names, with the client's
            /// credentials. The URL must be at the host of the client's endpoint or at one of Google's.
            pub fn download_url(&self, url: impl AsRef<str>) -> runtime::Download {
                self.client.download_url(url)
            }
        }

        impl From<runtime::Client> for #client {
            fn from(client: runtime::Client) -> Self {
                Self { client }
            }
        }

        impl AsRef<runtime::Client> for #client {
            fn as_ref(&self) -> &runtime::Client {
                &self.client
            }
        }
    }
}
