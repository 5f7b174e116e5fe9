//! Types of properties: references, scalars by format, lists, maps, and the types written inline.

use discovery::{Pointer, Problem, Schema, SchemaKind};

use super::text::Author;
use super::{Context, index, schemas, text};
use crate::model::{
    Adaptor, Field, Item, Module, Number, Presence, Shared, Struct, Type, TypePath,
};
use crate::names::{self, Ident, Scope};

/// Where the types written inline in a schema go: a module of their own, made when the first one comes.
pub(super) struct Nest {
    pub(super) module: Module,
    /// Types and modules share a name space: a type may be called `_3d`, as its module would be.
    names: Scope,
}

impl Nest {
    pub(super) fn new(path: Vec<Ident>) -> Self {
        Self {
            module: Module {
                path,
                ..Module::default()
            },
            names: Scope::reserving(index::RESERVED_TYPES).and(index::RESERVED_MODULES),
        }
    }

    /// The same, in which these names are taken.
    pub(super) fn reserving(mut self, names: &'static [&'static str]) -> Self {
        self.names = self.names.and(names);
        self
    }

    /// The module, if anything came.
    pub(super) fn finish(mut self, owner: &Ident) -> Option<Module> {
        self.module.docs = text::nested_types(owner);
        (!self.module.entries.is_empty()).then_some(self.module)
    }
}

impl Context<'_> {
    /// The fields of an object.
    pub(super) fn fields(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        nest: &mut Nest,
    ) -> Vec<Field> {
        if schema.additional_properties.is_some() {
            let message = "what an object has beside its `properties` is not kept";
            let help = "an overlay can make it a map, without `properties`";
            self.problems.push(
                Problem::warning(pointer.key("additionalProperties"), message).with_help(help),
            );
        }
        let properties = pointer.key("properties");
        let (mut idents, mut setters) = (Scope::default(), Scope::default());
        let mut fields = Vec::with_capacity(schema.properties.len());
        for (name, property) in &schema.properties {
            let ty = self.type_of(property, &properties.key(name), name, nest);
            let ident = idents.assign(Ident::snake(name));
            let setter = setters.assign(Ident::snake(&format!("set_{}", ident.as_str())));
            fields.push(field(self.author, (ident, setter), name, property, ty));
        }
        fields
    }

    /// The type of a schema; `name` is what a type written inline would be called.
    pub(super) fn type_of(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        nest: &mut Nest,
    ) -> Type {
        match &schema.kind {
            SchemaKind::Reference(name) => self.reference(name, pointer),
            SchemaKind::Array => {
                let pointer = pointer.key("items");
                let item = schema.items.as_deref();
                let item = item.map(|item| self.type_of(item, &pointer, name, nest));
                Type::List(Box::new(item.unwrap_or(Type::Value)))
            }
            SchemaKind::Object if !schema.properties.is_empty() => {
                self.inline_struct(schema, pointer, name, nest)
            }
            SchemaKind::Object => {
                let pointer = pointer.key("additionalProperties");
                let values = schema.additional_properties.as_deref();
                let value = values.map(|values| self.type_of(values, &pointer, name, nest));
                Type::Map(Box::new(value.unwrap_or(Type::Value)))
            }
            SchemaKind::String if !schema.values.is_empty() => {
                let path = nest.path(name);
                let item = schemas::enumeration(self.author, path.ident.clone(), schema);
                nest.module.push(Item::Enum(item), None);
                Type::Enum(path)
            }
            kind => scalar(kind, schema.format.as_deref()),
        }
    }

    pub(super) fn reference(&mut self, name: &str, pointer: &Pointer<'_>) -> Type {
        match self.index.get(name) {
            Some(entry) => entry.ty.clone(),
            None => {
                self.problems.push(Problem::error(
                    pointer,
                    format!("`$ref` names the schema `{name}`, which the document does not have"),
                ));
                Type::Value
            }
        }
    }

    fn inline_struct(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        nest: &mut Nest,
    ) -> Type {
        let path = nest.path(name);
        if !self.check_nested(&nest.module.path, pointer) {
            return Type::Value;
        }
        let mut inner_path = nest.module.path.clone();
        let module = Ident::module(path.ident.as_str(), index::is_reserved);
        inner_path.push(nest.names.assign(module));
        let mut inner = Nest::new(inner_path);
        let fields = self.fields(schema, pointer, &mut inner);
        let item = Item::Struct(Struct {
            ident: path.ident.clone(),
            docs: self.author.described(&schema.description, name),
            deprecated: schema.deprecated,
            fields,
            setters: false,
        });
        nest.module.push(item, inner.finish(&path.ident));
        Type::Struct(path)
    }
}

impl Nest {
    /// Where a type of this name goes.
    pub(super) fn path(&mut self, name: &str) -> TypePath {
        TypePath {
            module: self.module.path.clone(),
            ident: self.names.assign(Ident::camel(name)),
        }
    }
}

fn field(
    author: Author<'_>,
    (ident, setter): (Ident, Ident),
    name: &str,
    property: &Schema,
    ty: Type,
) -> Field {
    Field {
        name: name.to_owned(),
        setter: (!property.read_only).then_some(setter),
        renamed: names::serde_camel_case(&ident) != name,
        presence: presence(&ty),
        adaptor: adaptor(&ty),
        docs: author.property(name, property),
        deprecated: property.deprecated,
        ident,
        ty,
    }
}

/// The Rust type of a scalar: <https://developers.google.com/discovery/v1/type-format>.
pub(super) fn scalar(kind: &SchemaKind, format: Option<&str>) -> Type {
    match (kind, format) {
        (SchemaKind::String, Some("int64")) => Type::Number(Number::I64),
        (SchemaKind::String, Some("uint64")) => Type::Number(Number::U64),
        (SchemaKind::String, Some("byte")) => Type::Shared(Shared::Bytes),
        (SchemaKind::String, Some("google-datetime")) => Type::Shared(Shared::Timestamp),
        (SchemaKind::String, Some("google-duration")) => Type::Shared(Shared::Duration),
        (SchemaKind::String, Some("google-fieldmask")) => Type::Shared(Shared::FieldMask),
        // `date-time` stays text: its offset carries meaning and may be missing (calendar.v3).
        (SchemaKind::String, _) => Type::String,
        (SchemaKind::Integer, Some("int32")) => Type::Number(Number::I32),
        (SchemaKind::Integer, Some("uint32")) => Type::Number(Number::U32),
        (SchemaKind::Integer, Some("uint64")) => Type::Number(Number::U64),
        (SchemaKind::Integer, _) => Type::Number(Number::I64),
        (SchemaKind::Number, Some("float")) => Type::Number(Number::F32),
        (SchemaKind::Number, _) => Type::Number(Number::F64),
        (SchemaKind::Boolean, _) => Type::Bool,
        _ => Type::Value,
    }
}

fn presence(ty: &Type) -> Presence {
    match ty {
        Type::List(_) => Presence::EmptyList,
        Type::Map(_) => Presence::EmptyMap,
        _ => Presence::Option,
    }
}

pub(super) fn adaptor(ty: &Type) -> Adaptor {
    match ty {
        _ if needs_wire(ty) => Adaptor::Wire,
        Type::List(_) | Type::Map(_) => Adaptor::NullAsDefault,
        _ => Adaptor::None,
    }
}

/// Whether JSON as serde has it is not JSON as Google writes it (ProtoJSON).
fn needs_wire(ty: &Type) -> bool {
    match ty {
        Type::Number(_) | Type::Shared(Shared::Bytes) => true,
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => needs_wire(inner),
        _ => false,
    }
}
