//! Types of properties: references, scalars by format, lists, maps, and inline types.

use discovery::{Pointer, Problem, Schema, SchemaKind};

use super::context::Context;
use super::docs::{self, DocWriter};
use super::enums::enumeration;
use super::shapes;
use crate::model::{Absence, Field, Item, Module, Number, Shared, Struct, Type, TypePath};
use crate::names::{Ident, NameTable, reserved};

/// The module of the types defined inline in a schema; omitted if it stays empty.
pub(super) struct InlineTypes {
    pub(super) module: Module,
    /// Types and modules share a name space: both could be called `_3d`.
    names: NameTable,
}

impl InlineTypes {
    pub(super) fn new(path: Vec<Ident>) -> Self {
        Self {
            module: Module {
                path,
                ..Module::default()
            },
            names: NameTable::reserving(reserved::TYPES).and(reserved::MODULES),
        }
    }

    /// Reserves further names.
    pub(super) fn reserving(mut self, names: &'static [&'static str]) -> Self {
        self.names = self.names.and(names);
        self
    }

    /// Returns the module, unless it is empty.
    pub(super) fn finish(mut self, owner: &Ident) -> Option<Module> {
        self.module.docs = docs::nested_types(owner);
        (!self.module.entries.is_empty()).then_some(self.module)
    }
}

impl Context<'_> {
    /// Lowers the properties of an object.
    pub(super) fn fields(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        inline: &mut InlineTypes,
    ) -> Vec<Field> {
        if schema.additional_properties.is_some() {
            let message = "members beside the `properties` of an object are dropped";
            let help = "an overlay can turn it into a map without `properties`";
            self.problems.push(
                Problem::warning(pointer.key("additionalProperties"), message).with_help(help),
            );
        }
        let properties = pointer.key("properties");
        let mut idents = NameTable::reserving(reserved::FIELDS);
        let mut setters = NameTable::default();
        let mut fields = Vec::with_capacity(schema.properties.len());
        for (name, property) in &schema.properties {
            let ty = self.type_of(property, &properties.key(name), name, inline);
            let ident = idents.assign(Ident::snake(name));
            let setter = setters.assign(Ident::snake(&format!("set_{}", ident.as_str())));
            let absence = self.absence(property, &ty);
            let typed = (ty, absence);
            fields.push(field(self.writer, (ident, setter), name, property, typed));
        }
        self.check_size(&fields, pointer);
        fields
    }

    /// A message is boxed, whatever its size: growth must not change the type of a field.
    fn absence(&self, property: &Schema, ty: &Type) -> Absence {
        match ty {
            Type::List(_) | Type::Map(_) => Absence::Empty,
            Type::Struct(_) if shapes::is_struct(self.resolve(property)) => Absence::NoBox,
            _ => Absence::None,
        }
    }

    /// Returns the type of a schema; `name` is the name for an inline type.
    pub(super) fn type_of(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        inline: &mut InlineTypes,
    ) -> Type {
        match &schema.kind {
            SchemaKind::Reference(name) => self.reference(name, pointer),
            SchemaKind::Array => {
                let pointer = pointer.key("items");
                let item = schema.items.as_deref();
                let item = item.map(|item| self.type_of(item, &pointer, name, inline));
                Type::List(Box::new(item.unwrap_or(Type::Value)))
            }
            SchemaKind::Object if !schema.properties.is_empty() => {
                self.inline_struct(schema, pointer, name, inline)
            }
            SchemaKind::Object => {
                let pointer = pointer.key("additionalProperties");
                let values = schema.additional_properties.as_deref();
                let value = values.map(|values| self.type_of(values, &pointer, name, inline));
                Type::Map(Box::new(value.unwrap_or(Type::Value)))
            }
            SchemaKind::String if !schema.values.is_empty() => {
                let path = inline.path(name);
                let item = enumeration(self.writer, path.ident.clone(), schema);
                inline.module.push(Item::Enum(item), None);
                Type::Enum(path)
            }
            kind => scalar(kind, schema.format.as_deref()),
        }
    }

    fn inline_struct(
        &mut self,
        schema: &Schema,
        pointer: &Pointer<'_>,
        name: &str,
        inline: &mut InlineTypes,
    ) -> Type {
        let path = inline.path(name);
        if !self.check_nested(&inline.module.path, pointer) {
            return Type::Value;
        }
        let mut inner_path = inline.module.path.clone();
        let module = Ident::module(path.ident.as_str(), reserved::is_module);
        inner_path.push(inline.names.assign(module));
        let mut inner = InlineTypes::new(inner_path);
        let fields = self.fields(schema, pointer, &mut inner);
        let item = Item::Struct(Struct {
            ident: path.ident.clone(),
            docs: self.writer.described(&schema.description, name),
            deprecated: schema.deprecated,
            fields,
        });
        inline.module.push(item, inner.finish(&path.ident));
        Type::Struct(path)
    }
}

impl InlineTypes {
    /// Returns the path for a type of this name.
    pub(super) fn path(&mut self, name: &str) -> TypePath {
        TypePath {
            module: self.module.path.clone(),
            ident: self.names.assign(Ident::camel(name)),
        }
    }
}

fn field(
    writer: DocWriter<'_>,
    (ident, setter): (Ident, Ident),
    name: &str,
    property: &Schema,
    (ty, absence): (Type, Absence),
) -> Field {
    Field {
        name: name.to_owned(),
        setter,
        absence,
        docs: writer.property(name, property),
        deprecated: property.deprecated,
        ident,
        ty,
    }
}

/// Returns the Rust type of a scalar: <https://developers.google.com/discovery/v1/type-format>.
pub(super) fn scalar(kind: &SchemaKind, format: Option<&str>) -> Type {
    match (kind, format) {
        (SchemaKind::String, Some("int64")) => Type::Number(Number::I64),
        (SchemaKind::String, Some("uint64")) => Type::Number(Number::U64),
        (SchemaKind::String, Some("byte")) => Type::Shared(Shared::Bytes),
        (SchemaKind::String, Some("google-datetime")) => Type::Shared(Shared::Timestamp),
        (SchemaKind::String, Some("google-duration")) => Type::Shared(Shared::Duration),
        (SchemaKind::String, Some("google-fieldmask")) => Type::Shared(Shared::FieldMask),
        // `date-time` stays text: its offset is significant and may be missing (calendar.v3).
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
