//! From the model of a client to its description.

mod methods;
mod text;
mod types;

use super::digest::digest;
use super::{Constant, Resource, Service, Surface};
use crate::model::{self, Api};
use crate::options::Options;
use crate::requirements::{FIRST_VERSION, RUNTIME_VERSION, RUST_VERSION};

impl Surface {
    /// Describes a client.
    pub(crate) fn new(api: &Api, options: &Options) -> Self {
        let package = &api.package;
        let mut surface = Self {
            format: Self::FORMAT,
            package: api.names.package.clone(),
            version: FIRST_VERSION.to_owned(),
            document: package.document.clone(),
            revision: package.revision.clone(),
            only: package.only.clone(),
            rust_version: RUST_VERSION.to_owned(),
            runtime: RUNTIME_VERSION.to_owned(),
            runtime_source: Some(options.runtime.clone()),
            client: api.names.client.as_str().to_owned(),
            docs: digest(&api.docs),
            service: service(&api.service),
            features: package.features.iter().cloned().collect(),
            scopes: api.scopes.iter().map(constant).collect(),
            endpoints: api.endpoints.iter().map(constant).collect(),
            operations: api.operations.iter().map(methods::operations).collect(),
            ..Self::default()
        };
        let builders = text::path(std::slice::from_ref(&api.root.methods_module));
        surface.add_methods("", &builders, &api.root.methods);
        surface.add_resources("", &api.root.resources);
        api.modules().for_each(|module| surface.add_types(module));
        surface
    }

    fn add_resources(&mut self, parent: &str, resources: &[model::Resource]) {
        for resource in resources {
            let name = text::dotted(parent, &resource.accessor);
            let module = text::path(&resource.module);
            self.add_methods(&name, &module, &resource.methods);
            self.add_resources(&name, &resource.children);
            let described = Resource {
                ty: format!("{module}::Resource"),
                features: resource.gate.0.iter().cloned().collect(),
                deprecated: resource.deprecated,
                docs: digest(&resource.docs),
            };
            self.resources.insert(name, described);
        }
    }

    fn add_methods(&mut self, resource: &str, module: &str, methods: &[model::Method]) {
        let described = methods.iter().map(|method| {
            let name = text::dotted(resource, &method.accessor);
            (name, methods::method(method, module))
        });
        self.methods.extend(described);
    }

    fn add_types(&mut self, module: &model::Module) {
        let described = module.entries.iter().map(|entry| {
            let path = text::member(&module.path, entry.item.ident());
            (path, types::ty(entry))
        });
        self.types.extend(described);
    }
}

fn service(service: &model::Service) -> Service {
    Service {
        name: service.name.clone(),
        version: service.version.clone(),
        root_url: service.root_url.clone(),
        service_path: service.service_path.clone(),
        data_wrapper: service.data_wrapper,
        default_scopes: service.default_scopes.iter().cloned().collect(),
    }
}

fn constant(constant: &model::Constant) -> (String, Constant) {
    let described = Constant {
        value: constant.value.clone(),
        deprecated: constant.deprecated,
        docs: digest(&constant.docs),
    };
    (constant.ident.as_str().to_owned(), described)
}
