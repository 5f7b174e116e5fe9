//! Imports of a module from the rest of the crate.

use super::methods::Method;
use super::resources::Resource;
use super::schemas::{Item, Module};
use super::types::Type;
use crate::names::Ident;

/// The modules of the crate that a module imports.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Imports {
    pub(crate) runtime: bool,
    pub(crate) schemas: bool,
    /// True if it imports the trait of the values that setters take.
    pub(crate) into_field: bool,
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
                    imports.runtime = true;
                    let fields = item.fields.iter();
                    fields.for_each(|field| imports.add(&field.ty, &self.path));
                }
                Item::Newtype(item) => {
                    imports.runtime = true;
                    imports.add(&item.ty, &self.path);
                }
                Item::Alias(item) => imports.add(&item.ty, &self.path),
                Item::Enum(_) => imports.runtime = true,
            }
        }
        imports
    }
}

impl Imports {
    /// Returns the imports of the request builders of these methods.
    pub(crate) fn of_methods(methods: &[Method], module: &[Ident]) -> Self {
        let mut imports = Self {
            runtime: !methods.is_empty(),
            schemas: false,
            into_field: methods.iter().any(|method| !method.setters.is_empty()),
        };
        for ty in methods.iter().flat_map(Method::types) {
            imports.add(ty, module);
        }
        imports
    }

    fn add(&mut self, ty: &Type, module: &[Ident]) {
        match ty {
            Type::Shared(_) | Type::Value => self.runtime = true,
            Type::List(inner) | Type::Map(inner) => self.add(inner, module),
            Type::Struct(path) | Type::Enum(path) => self.schemas |= !path.is_below(module),
            Type::String | Type::Bool | Type::Number(_) => {}
        }
    }
}
