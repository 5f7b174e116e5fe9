//! Parameters: the required ones become arguments, the optional ones setters.

use std::collections::BTreeSet;

use discovery::{Location, Method, Parameter, Pointer, Problem, Schema, SchemaKind};

use super::properties::{Nest, scalar};
use super::{Context, schemas};
use crate::model::{Argument, Constant, Docs, Item, Place, Setter, Type};
use crate::names::{Ident, Scope};
use crate::pattern;

/// What the runtime calls the functions of every request builder; options begin with `with_`.
const RESERVED_SETTERS: &[&str] = &["by_item", "by_page", "download", "poller", "send"];

/// The one standard parameter that is worth a setter on every method: without it some methods
/// answer only part of a message.
const FIELDS: &str = "fields";

/// The parameters of a method.
pub(super) struct Parameters {
    pub(super) arguments: Vec<Argument>,
    pub(super) setters: Vec<Setter>,
    /// The names that the arguments took.
    pub(super) idents: Scope,
}

impl Context<'_> {
    pub(super) fn parameters(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        types: &mut Nest,
    ) -> Parameters {
        let mut idents = Scope::default();
        let mut patterns = Scope::reserving(&["METHOD"]);
        let pointer = pointer.key("parameters");
        let mut arguments = Vec::new();
        for name in required(method) {
            let Some(parameter) = method.parameters.get(name) else {
                continue;
            };
            let ident = idents.assign(Ident::snake(name));
            let ty = self.parameter_type(name, &parameter.schema, types);
            let place = self.place(parameter, &ident, &mut patterns, &pointer.key(name));
            arguments.push(Argument {
                name: name.to_owned(),
                docs: self.author.argument(&ident, &parameter.schema),
                ident,
                ty,
                place,
            });
        }
        let setters = self.setters(method, types);
        Parameters {
            arguments,
            setters,
            idents,
        }
    }

    fn parameter_type(&self, name: &str, parameter: &Schema, types: &mut Nest) -> Type {
        if parameter.values.is_empty() {
            return scalar(&parameter.kind, parameter.format.as_deref());
        }
        let path = types.path(name);
        let item = schemas::enumeration(self.author, path.ident.clone(), parameter);
        types.module.push(Item::Enum(item), None);
        Type::Enum(path)
    }

    fn place(
        &mut self,
        parameter: &Parameter,
        ident: &Ident,
        patterns: &mut Scope,
        pointer: &Pointer<'_>,
    ) -> Place {
        match (parameter.location, parameter.repeated) {
            (Location::Path, _) => Place::Path {
                pattern: self.pattern(&parameter.schema, ident, patterns, pointer),
            },
            (_, false) => Place::Query,
            (_, true) => Place::QueryRepeated,
        }
    }

    /// A pattern that cannot be compiled is not checked: the service checks again.
    fn pattern(
        &mut self,
        parameter: &Schema,
        ident: &Ident,
        idents: &mut Scope,
        pointer: &Pointer<'_>,
    ) -> Option<Constant> {
        let pattern = parameter.pattern.as_ref()?;
        if let Err(reason) = pattern::check(pattern) {
            let message = format!("the pattern is not checked: {reason}");
            self.problems
                .push(Problem::warning(pointer.key("pattern"), message));
            return None;
        }
        Some(Constant {
            ident: idents.assign(Ident::constant(&format!("{}_pattern", ident.as_str()))),
            value: pattern.clone(),
            docs: Docs::default(),
            deprecated: false,
        })
    }

    fn setters(&self, method: &Method, types: &mut Nest) -> Vec<Setter> {
        let mut idents = Scope::reserving(RESERVED_SETTERS);
        let own = method
            .parameters
            .iter()
            .filter(|(_, parameter)| !parameter.is_required());
        let name = FIELDS.to_owned();
        let fields = self.document.parameters.get(FIELDS).map(common);
        let fields = fields.as_ref().map(|parameter| (&name, parameter));
        let fields = fields.filter(|(name, _)| !method.parameters.contains_key(*name));
        own.chain(fields)
            .map(|(name, parameter)| Setter {
                name: name.clone(),
                ident: idents.assign(setter_ident(name)),
                ty: self.parameter_type(name, &parameter.schema, types),
                repeated: parameter.repeated,
                docs: self.author.parameter(name, &parameter.schema),
                deprecated: parameter.schema.deprecated,
            })
            .collect()
    }
}

/// A parameter of all methods: a text, without anything that would be repeated as often.
fn common(parameter: &Parameter) -> Parameter {
    const LONGEST: usize = 500;
    let Schema {
        description,
        deprecated,
        ..
    } = &parameter.schema;
    let description = Some(description).filter(|text| text.len() <= LONGEST);
    Parameter {
        location: Location::Query,
        required: false,
        repeated: false,
        schema: Schema {
            kind: SchemaKind::String,
            description: description.cloned().unwrap_or_default(),
            deprecated: *deprecated,
            ..Schema::default()
        },
    }
}

/// A name that cannot be taken for an option of the runtime.
fn setter_ident(name: &str) -> Ident {
    let ident = Ident::snake(name);
    if ident.as_str().starts_with("with_") {
        ident.suffixed()
    } else {
        ident
    }
}

/// The required parameters: those of `parameterOrder` first, then any that it leaves out.
fn required(method: &Method) -> Vec<&str> {
    let needed = |name: &&str| {
        let parameter = method.parameters.get(*name);
        parameter.is_some_and(Parameter::is_required)
    };
    let ordered = method
        .parameter_order
        .iter()
        .chain(method.parameters.keys());
    let mut known = BTreeSet::new();
    ordered
        .map(String::as_str)
        .filter(needed)
        .filter(|name| known.insert(*name))
        .collect()
}
