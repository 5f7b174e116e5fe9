//! JSON Schema, as Discovery uses it.

use std::collections::BTreeMap;

/// A schema: of a name in the document, a property, an element, a map's value, a parameter, or the
/// body of a request or response.
///
/// It has either a [`kind`](Self::kind) or a [`reference`](Self::reference), never both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Its name, where the document names it.
    pub id: Option<String>,
    /// `$ref`: the key of the schema in [`Document::schemas`](crate::Document::schemas) that
    /// stands here.
    pub reference: Option<String>,
    /// `type`: what kind of JSON value it describes.
    pub kind: Option<SchemaType>,
    /// What the type alone does not say, such as `int64`, `google-datetime`, `byte`.
    pub format: Option<String>,
    /// What it means.
    pub description: String,
    /// The schema of the elements; an array always has one.
    pub items: Option<Box<Schema>>,
    /// The properties of an object.
    pub properties: BTreeMap<String, Schema>,
    /// The schema of the values, if the object is a map.
    pub additional_properties: Option<Box<Schema>>,
    /// `enum`, `enumDescriptions` and `enumDeprecated`, in one.
    pub values: Vec<EnumValue>,
    /// The value that absence means, as text.
    pub default: Option<String>,
    /// A regular expression, in Java's dialect, that the value matches.
    pub pattern: Option<String>,
    /// The least value, as text.
    pub minimum: Option<String>,
    /// The greatest value, as text.
    pub maximum: Option<String>,
    /// Whether the service sets it, and clients do not.
    pub read_only: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Whether the parameter must be given. Only parameters say; one in the path always must.
    pub required: bool,
    /// Whether the parameter can be given several times. Only parameters say, and none in the path
    /// can.
    pub repeated: bool,
    /// Where the parameter goes. Every parameter says, and nothing else does.
    pub location: Option<Location>,
    /// `annotations.required`: the ids of the methods whose requests must have this property.
    pub required_in: Vec<String>,
}

/// What kind of JSON value a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of JSON Schema, draft 3")]
pub enum SchemaType {
    Any,
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl SchemaType {
    pub(crate) const ALL: [Self; 7] = [
        Self::Any,
        Self::Array,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::Object,
        Self::String,
    ];

    /// The type as a document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}

/// One value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// Into a variable of the path.
    Path,
    /// Behind the question mark.
    Query,
}

impl Location {
    pub(crate) const ALL: [Self; 2] = [Self::Path, Self::Query];

    /// The location as a document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
        }
    }
}
