//! Imports of a module from the rest of the crate.

use super::methods::Method;
use super::resources::Resource;
use super::schemas::{Item, JsonForm, Module};
use super::types::Type;
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
                    let fields = item.fields.iter();
                    fields.for_each(|field| imports.add(&field.ty, field.json_form, &self.path));
                }
                Item::Newtype(item) => imports.add(&item.ty, item.json_form, &self.path),
                Item::Alias(item) => imports.add(&item.ty, JsonForm::None, &self.path),
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
        };
        for ty in methods.iter().flat_map(Method::types) {
            imports.add(ty, JsonForm::None, module);
        }
        imports
    }

    fn add(&mut self, ty: &Type, json_form: JsonForm, module: &[Ident]) {
        self.runtime |= json_form != JsonForm::None;
        match ty {
            Type::Shared(_) | Type::Value => self.runtime = true,
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => {
                self.add(inner, JsonForm::None, module);
            }
            Type::Struct(path) | Type::Enum(path) => self.schemas |= !path.is_below(module),
            Type::String | Type::Bool | Type::Number(_) => {}
        }
    }
}
