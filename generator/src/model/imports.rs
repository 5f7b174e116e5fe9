//! What a module refers to outside itself.

use super::{Adaptor, Field, Item, Method, Module, Resource, Response, Type};
use crate::names::Ident;

/// The modules of the crate that a module imports.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Imports {
    pub(crate) runtime: bool,
    pub(crate) schemas: bool,
}

impl Resource {
    pub(crate) fn imports(&self) -> Imports {
        // Its handle holds the runtime's client.
        Imports {
            runtime: true,
            ..Imports::of_methods(&self.methods, &self.module)
        }
    }
}

impl Module {
    pub(crate) fn imports(&self) -> Imports {
        let mut imports = Imports::default();
        for entry in &self.entries {
            match &entry.item {
                Item::Struct(item) => {
                    item.fields
                        .iter()
                        .for_each(|field| imports.add_field(field, &self.path));
                }
                Item::Newtype(item) => imports.add(&item.ty, item.adaptor, &self.path),
                Item::Alias(item) => imports.add(&item.ty, Adaptor::None, &self.path),
                Item::Enum(_) => imports.runtime = true,
            }
        }
        imports
    }
}

impl Imports {
    /// What the request builders of these methods refer to.
    pub(crate) fn of_methods(methods: &[Method], module: &[Ident]) -> Self {
        let mut imports = Self {
            runtime: !methods.is_empty(),
            schemas: false,
        };
        for method in methods {
            let response = match &method.response {
                Response::Unit | Response::HttpBody => None,
                Response::Message(ty) => Some(ty),
            };
            let items = method
                .pages
                .iter()
                .filter_map(|pages| Some(&pages.items.as_ref()?.ty));
            let polled = method.polled.iter();
            let polled = polled.flat_map(|polled| [&polled.response, &polled.metadata]);
            let arguments = method.arguments.iter().map(|argument| &argument.ty);
            let body = method.body.iter().map(|body| &body.ty);
            for ty in body
                .chain(response)
                .chain(items)
                .chain(arguments)
                .chain(polled.flatten())
            {
                imports.add(ty, Adaptor::None, module);
            }
        }
        imports
    }

    fn add_field(&mut self, field: &Field, module: &[Ident]) {
        self.add(&field.ty, field.adaptor, module);
    }

    fn add(&mut self, ty: &Type, adaptor: Adaptor, module: &[Ident]) {
        self.runtime |= adaptor != Adaptor::None;
        match ty {
            Type::Shared(_) | Type::Value => self.runtime = true,
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => {
                self.add(inner, Adaptor::None, module);
            }
            Type::Struct(path) | Type::Enum(path) => self.schemas |= !path.is_below(module),
            Type::String | Type::Bool | Type::Number(_) => {}
        }
    }
}
