//! Parameters: the required ones become arguments, the optional ones setters.

use std::collections::BTreeSet;

use discovery::{Location, Method, Parameter, Pointer, Problem, Schema, SchemaKind};

use super::context::Context;
use super::enums::enumeration;
use super::properties::{InlineTypes, scalar};
use crate::docs::code;
use crate::model::{Argument, Constant, Docs, Item, ParameterLocation, Setter, Type};
use crate::names::{Ident, NameTable, reserved};
use crate::pattern;

/// The only standard parameter with a setter on every method: without it, some methods return only a
/// part of a message.
const FIELDS: &str = "fields";

/// The parameters of a method.
pub(super) struct Parameters {
    pub(super) arguments: Vec<Argument>,
    pub(super) setters: Vec<Setter>,
    /// The names taken by the arguments.
    pub(super) idents: NameTable,
}

impl Context<'_> {
    pub(super) fn parameters(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        types: &mut InlineTypes,
    ) -> Parameters {
        let mut idents = NameTable::default();
        let mut patterns = NameTable::reserving(reserved::STATICS);
        let pointer = pointer.key("parameters");
        let mut arguments = Vec::new();
        for name in required(method) {
            let Some(parameter) = method.parameters.get(name) else {
                continue;
            };
            let ident = idents.assign(Ident::snake(name));
            let ty = self.parameter_type(name, &parameter.schema, types);
            let location = self.location(parameter, &ident, &mut patterns, &pointer.key(name));
            arguments.push(Argument {
                name: name.to_owned(),
                docs: self.writer.argument(&ident, &parameter.schema),
                ident,
                ty,
                location,
            });
        }
        let setters = self.setters(method, types);
        Parameters {
            arguments,
            setters,
            idents,
        }
    }

    fn parameter_type(&self, name: &str, parameter: &Schema, types: &mut InlineTypes) -> Type {
        if parameter.values.is_empty() {
            return scalar(&parameter.kind, parameter.format.as_deref());
        }
        let path = types.path(name);
        let item = enumeration(self.writer, path.ident.clone(), parameter);
        types.module.push(Item::Enum(item), None);
        Type::Enum(path)
    }

    fn location(
        &mut self,
        parameter: &Parameter,
        ident: &Ident,
        patterns: &mut NameTable,
        pointer: &Pointer<'_>,
    ) -> ParameterLocation {
        match (parameter.location, parameter.repeated) {
            (Location::Path, _) => ParameterLocation::Path {
                pattern: self.pattern(&parameter.schema, ident, patterns, pointer),
            },
            (_, false) => ParameterLocation::Query,
            (_, true) => ParameterLocation::QueryRepeated,
        }
    }

    /// Returns the pattern, if it can be compiled. The client does not check others; the service does.
    fn pattern(
        &mut self,
        parameter: &Schema,
        ident: &Ident,
        idents: &mut NameTable,
        pointer: &Pointer<'_>,
    ) -> Option<Constant> {
        let pattern = parameter.pattern.as_ref()?;
        let check = || pattern::check(pattern).err();
        let failure = self.patterns.entry(pattern.clone()).or_insert_with(check);
        if let Some(reason) = failure {
            let message = format!("the pattern is not checked: {reason}");
            self.problems
                .push(Problem::warning(pointer.key("pattern"), message));
            return None;
        }
        self.compare(pattern, &parameter.description, pointer);
        Some(Constant {
            ident: idents.assign(Ident::constant(&format!("{}_pattern", ident.as_str()))),
            value: pattern.clone(),
            docs: Docs::default(),
            deprecated: false,
        })
    }

    /// Warns of values in the description that the pattern refuses: callers will pass them.
    fn compare(&mut self, pattern: &str, description: &str, pointer: &Pointer<'_>) {
        for value in pattern::refused(pattern, description) {
            let value = code(value);
            let message = format!("the pattern refuses {value}, a value in the description");
            let help = "correct one of them in an overlay; until then, callers need \
                `with_unchecked_patterns` to send it";
            let problem = Problem::warning(pointer.key("pattern"), message);
            self.problems.push(problem.with_help(help));
        }
    }

    fn setters(&self, method: &Method, types: &mut InlineTypes) -> Vec<Setter> {
        let mut idents = NameTable::reserving(reserved::REQUEST_FUNCTIONS);
        let own = method
            .parameters
            .iter()
            .filter(|(_, parameter)| !parameter.is_required());
        let name = FIELDS.to_owned();
        let fields = self.selected.parameters.get(FIELDS).map(common);
        let fields = fields.as_ref().map(|parameter| (&name, parameter));
        let fields = fields.filter(|(name, _)| !method.parameters.contains_key(*name));
        own.chain(fields)
            .map(|(name, parameter)| Setter {
                name: name.clone(),
                ident: idents.assign(setter_ident(name)),
                ty: self.parameter_type(name, &parameter.schema, types),
                repeated: parameter.repeated,
                docs: self.writer.parameter(name, &parameter.schema),
                deprecated: parameter.schema.deprecated,
            })
            .collect()
    }
}

/// Returns a parameter of all methods as a text, without documentation that is too long to repeat.
fn common(parameter: &Parameter) -> Parameter {
    const MAX_DESCRIPTION: usize = 500;
    let schema = &parameter.schema;
    let description = Some(&schema.description).filter(|text| text.len() <= MAX_DESCRIPTION);
    Parameter {
        location: Location::Query,
        required: false,
        repeated: false,
        schema: Schema {
            kind: SchemaKind::String,
            description: description.cloned().unwrap_or_default(),
            deprecated: schema.deprecated,
            ..Schema::default()
        },
    }
}

/// Returns a name that differs from all options of the runtime.
fn setter_ident(name: &str) -> Ident {
    let ident = Ident::snake(name);
    if ident.as_str().starts_with("with_") {
        ident.suffixed()
    } else {
        ident
    }
}

/// Returns the required parameters: first those of `parameterOrder`, then those missing from it.
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
