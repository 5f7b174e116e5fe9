//! Names and ids of items ([AIP-122](https://google.aip.dev/122)).

use discovery::{Schema, SchemaKind};
use serde_json::{Value, json};

use crate::api::collections::Collection;
use crate::api::pattern::{Matcher, PathPattern, canonical};
use crate::api::schemas::Schemas;
use crate::call::Call;
use crate::state::serial::Serial;

/// The names of the items of a collection.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    item: &'a PathPattern,
    naming: Naming,
    /// The schema of the property with the id.
    property: Option<&'a Schema>,
}

/// The property of an item that identifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Naming {
    /// The full name, such as `shelves/1/books/2`; it begins at this segment of the path.
    Full { property: String, start: usize },
    /// The last segment of the path, in a property or in one of a nested message.
    Id(Vec<String>),
    /// The message does not say.
    Absent,
}

impl<'a> Identity<'a> {
    pub(crate) fn new(collection: &'a Collection, schemas: Schemas<'a>) -> Option<Self> {
        let item = collection.item.as_ref()?;
        let schema = collection
            .schema
            .as_deref()
            .and_then(|name| schemas.get(name));
        let naming = schema.map_or(Naming::Absent, |schema| naming(item, schema, schemas));
        let property = match &naming {
            Naming::Id(path) => {
                let root = schema;
                path.iter()
                    .fold(root, |schema, name| schemas.property(schema?, name))
            }
            _ => None,
        };
        Some(Self {
            item,
            naming,
            property,
        })
    }

    /// Returns the id of a new item, in the canonical form of keys: the one that the caller chose, or a
    /// new one.
    pub(crate) fn choose(&self, call: &Call<'_>, item: &Value, serial: &mut Serial) -> String {
        let chosen =
            self.parameter(call)
                .or_else(|| self.own(item))
                .or_else(|| match &self.naming {
                    Naming::Id(path) => call.parameters.get(path.last()?).map(str::to_owned),
                    _ => None,
                });
        chosen.map_or_else(|| self.generate(serial), |id| canonical(&id))
    }

    /// Writes the name of an item into it.
    pub(crate) fn write(&self, item: &mut Value, path: &str) {
        let segments: Vec<_> = path.split('/').collect();
        match &self.naming {
            Naming::Full { property, start } => {
                let name = segments.get(*start..).unwrap_or_default().join("/");
                item[property.as_str()] = json!(name.replace("%2F", "/").replace("%25", "%"));
            }
            Naming::Id(names) => {
                let id = segments.last().copied().unwrap_or_default();
                let id = id.replace("%2F", "/").replace("%25", "%");
                let is_integer = self
                    .property
                    .is_some_and(|schema| schema.kind == SchemaKind::Integer);
                let id = match id.parse::<i64>() {
                    Ok(number) if is_integer => json!(number),
                    _ => json!(id),
                };
                write_at(item, names, id);
            }
            Naming::Absent => {}
        }
    }

    /// Returns the key of the item with a full name, below the id of the API.
    pub(crate) fn path_of(&self, name: &str) -> String {
        let literals = self
            .item
            .parts
            .iter()
            .map_while(|part| match &part.matcher {
                Matcher::Literal(text) if part.variable.is_none() => Some(text.as_str()),
                _ => None,
            });
        literals.chain([name]).collect::<Vec<_>>().join("/")
    }

    /// Returns the id that a parameter gives, such as `bookId`, or that a field of the request does.
    fn parameter(&self, call: &Call<'_>) -> Option<String> {
        let literal = self
            .item
            .parts
            .iter()
            .rev()
            .find_map(|part| match &part.matcher {
                Matcher::Literal(text) => Some(text.as_str()),
                _ => None,
            });
        let method = &call.served.method;
        let request = method.request.as_ref();
        let in_body = request.map(|request| &call.api.schemas().resolve(request).properties);
        let in_body = in_body.into_iter().flat_map(|properties| properties.keys());
        let is_item = call.api.schemas().name(request) == call.collection()?.schema.as_deref();
        let in_body = in_body.filter(|_| !is_item);
        let is_free = |name: &&String| !self.item.variables.contains(name);
        let names = method.parameters.keys().filter(is_free).chain(in_body);
        let mut ids: Vec<_> = names.filter(|name| is_id(name)).collect();
        ids.sort_by_key(|name| !literal.is_some_and(|literal| is_id_of(name, literal)));
        let mut values = ids.iter().filter_map(|name| call.option(name));
        values.next().map(str::to_owned)
    }

    /// Returns the id that an item has already.
    fn own(&self, item: &Value) -> Option<String> {
        let (value, is_full) = match &self.naming {
            Naming::Full { property, .. } => (item.get(property)?, true),
            Naming::Id(path) => {
                let value = path.iter().try_fold(item, |item, name| item.get(name))?;
                (value, false)
            }
            Naming::Absent => return None,
        };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let id = match is_full {
            true => text.rsplit('/').next().unwrap_or_default().to_owned(),
            false => text,
        };
        (!id.is_empty()).then_some(id)
    }

    fn generate(&self, serial: &mut Serial) -> String {
        let schema = self.property;
        let is_number = schema.is_some_and(|schema| {
            let format = schema.format.as_deref();
            schema.kind == SchemaKind::Integer || matches!(format, Some("int64" | "uint64"))
        });
        match is_number {
            true => (serial.number() >> 33).to_string(),
            false => serial.id(),
        }
    }
}

/// Returns the property of a message that identifies an item at a path.
fn naming(item: &PathPattern, schema: &Schema, schemas: Schemas<'_>) -> Naming {
    let variable = item.parts.last().and_then(|part| part.variable);
    let start = item.parts.iter().position(|part| part.variable == variable);
    let start = start.unwrap_or_default();
    let has = |name: &str| schema.properties.contains_key(name);
    let names = ["name", "resourceName"];
    if let (true, Some(property)) = (
        start + 1 < item.parts.len(),
        names.into_iter().find(|name| has(name)),
    ) {
        let property = property.to_owned();
        return Naming::Full { property, start };
    }
    let variable = variable.and_then(|index| item.variables.get(index));
    let Some(variable) = variable.map(String::as_str) else {
        return Naming::Absent;
    };
    if has(variable) {
        return Naming::Id(vec![variable.to_owned()]);
    }
    let mut references = schema.properties.iter();
    let nested = references.find(|(name, schema)| {
        name.ends_with("Reference") && schemas.property(schema, variable).is_some()
    });
    if let Some((name, _)) = nested {
        return Naming::Id(vec![name.clone(), variable.to_owned()]);
    }
    let is_id = variable.ends_with("Id") || variable.ends_with("Key");
    let candidates = if is_id {
        ["id", "name"]
    } else {
        ["name", "id"]
    };
    match candidates.into_iter().find(|name| has(name)) {
        Some(name) => Naming::Id(vec![name.to_owned()]),
        None => Naming::Absent,
    }
}

fn write_at(item: &mut Value, names: &[String], id: Value) {
    let Some((last, parents)) = names.split_last() else {
        return;
    };
    let mut target = item;
    for name in parents {
        let child = &mut target[name.as_str()];
        if !child.is_object() {
            *child = json!({});
        }
        target = child;
    }
    target[last.as_str()] = id;
}

/// Returns whether a parameter's name is that of an id which the caller chooses.
fn is_id(name: &str) -> bool {
    name.len() > 2 && name.ends_with("Id") && name != "requestId"
}

/// Returns whether a parameter such as `bookId` is the id of the items of `books`.
fn is_id_of(name: &str, collection: &str) -> bool {
    let stem = name.trim_end_matches("Id").to_ascii_lowercase();
    let collection = collection.to_ascii_lowercase();
    let shared = stem.len().saturating_sub(1).max(1);
    stem.get(..shared)
        .is_some_and(|stem| collection.starts_with(stem))
}
