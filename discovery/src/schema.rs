//! JSON Schema, as Discovery uses it.

use std::collections::BTreeMap;

/// A schema: a named one, or that of a property, an element, a map's value, a parameter, or the
/// body of a request or response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The name of a named schema.
    pub id: Option<String>,
    /// `type` or `$ref`: the JSON values that it describes.
    pub kind: SchemaKind,
    /// A refinement of the type, such as `int64`, `google-datetime`, `byte`.
    pub format: Option<String>,
    /// The description.
    pub description: String,
    /// The schema of the elements; an array always has one.
    pub items: Option<Box<Schema>>,
    /// The properties of an object.
    pub properties: BTreeMap<String, Schema>,
    /// The schema of the values, if the object is a map.
    pub additional_properties: Option<Box<Schema>>,
    /// `enum`, `enumDescriptions`, and `enumDeprecated` in one.
    pub values: Vec<EnumValue>,
    /// The value that absence stands for, as text.
    pub default: Option<String>,
    /// A regular expression, in Java's dialect, that the value matches.
    pub pattern: Option<String>,
    /// The minimum, as text.
    pub minimum: Option<String>,
    /// The maximum, as text.
    pub maximum: Option<String>,
    /// Only the service sets it.
    pub read_only: bool,
    /// It is deprecated.
    pub deprecated: bool,
    /// `annotations.required`: the ids of the methods whose requests must have this property.
    pub required_in: Vec<String>,
}

impl Schema {
    /// Returns the name of the schema that it refers to.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        match &self.kind {
            SchemaKind::Reference(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the schemas directly within it.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let others = [&self.items, &self.additional_properties];
        let others = others.into_iter().filter_map(|part| part.as_deref());
        self.properties.values().chain(others)
    }
}

/// The kind of JSON value that a schema describes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of JSON Schema, draft 3")]
pub enum SchemaKind {
    /// `$ref`: the key of a schema in [`Document::schemas`](crate::Document::schemas).
    Reference(String),
    #[default]
    Any,
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl SchemaKind {
    /// The values of `type`.
    pub(crate) const TYPES: [(&'static str, Self); 7] = [
        ("any", Self::Any),
        ("array", Self::Array),
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("object", Self::Object),
        ("string", Self::String),
    ];
}

/// A value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire.
    pub name: String,
    /// The description.
    pub description: String,
    /// It is deprecated.
    pub deprecated: bool,
}

/// A parameter of a method, or of all methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The part of the URL that carries it.
    pub location: Location,
    /// `required`, which documents may leave out for a variable of the path: see
    /// [`is_required`](Self::is_required).
    pub required: bool,
    /// It can be given several times. A variable of the path cannot.
    pub repeated: bool,
    /// The schema of its value.
    pub schema: Schema,
}

impl Parameter {
    /// Returns whether a request must have it; a path needs a value for each of its variables.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required || self.location == Location::Path
    }
}

/// The part of a URL that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// A variable of the path.
    Path,
    /// The query.
    Query,
}

impl Location {
    pub(crate) const ALL: [(&'static str, Self); 2] =
        [("path", Self::Path), ("query", Self::Query)];
}
