//! Fields of a request body by their paths: `report.name=x`, `apps[0].id=5`, `labels.env=prod`.

use serde_json::{Map, Value};

use crate::api::{Api, Kind, Schema};
use crate::names::suggestion;
use crate::scalar;

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq)]
enum Step<'a> {
    /// A field, or the key of a map.
    Name(&'a str),
    /// An element of a list.
    Index(usize),
}

/// An assignment, such as `apps[0].id=5`.
#[derive(Clone, Debug)]
pub(crate) struct Assignment<'a> {
    path: &'a str,
    steps: Vec<Step<'a>>,
    value: &'a str,
}

impl<'a> Assignment<'a> {
    /// Parses an assignment.
    pub(crate) fn parse(text: &'a str) -> Result<Self, String> {
        let (path, value) = text
            .split_once('=')
            .ok_or("it is not of the form PATH=VALUE")?;
        let mut steps = Vec::new();
        for part in path.split('.') {
            let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
            if name.is_empty() {
                return Err(format!("`{path}` has an empty name"));
            }
            steps.push(Step::Name(name));
            for index in indexes.split_terminator(']') {
                let index = index.strip_prefix('[').and_then(|index| index.parse().ok());
                let index =
                    index.ok_or_else(|| format!("`{part}` is not of the form NAME[NUMBER]"))?;
                steps.push(Step::Index(index));
            }
        }
        Ok(Self { path, steps, value })
    }

    /// Returns the path up to the first element of a list, for a field mask.
    pub(crate) fn mask(&self) -> &'a str {
        self.path.split('[').next().unwrap_or_default()
    }

    /// Sets the field in a message of this schema.
    pub(crate) fn apply(&self, api: &Api, schema: &Schema, body: &mut Value) -> Result<(), String> {
        assign(api, schema, body, &self.steps, self.value)
            .map_err(|problem| format!("`{}`: {problem}", self.path))
    }
}

fn assign(
    api: &Api,
    schema: &Schema,
    place: &mut Value,
    steps: &[Step<'_>],
    text: &str,
) -> Result<(), String> {
    let schema = api.resolve(schema);
    let Some((step, rest)) = steps.split_first() else {
        return set(api, schema, place, text);
    };
    match (step, &schema.kind) {
        (Step::Index(index), Kind::Array) => {
            let elements = list(place)?;
            if *index > elements.len() {
                return Err(format!(
                    "element {index} would follow {} elements",
                    elements.len()
                ));
            }
            if *index == elements.len() {
                elements.push(Value::Null);
            }
            let items = schema.items.as_deref().unwrap_or(schema);
            assign(api, items, &mut elements[*index], rest, text)
        }
        (Step::Index(_), _) => Err("it is not a list".to_owned()),
        (Step::Name(name), Kind::Map) => {
            let values = schema.items.as_deref().unwrap_or(schema);
            assign(api, values, field(place, name)?, rest, text)
        }
        (Step::Name(name), Kind::Object) if !schema.properties.is_empty() => {
            let Some(property) = schema.properties.get(*name) else {
                let known = schema.properties.keys().map(String::as_str);
                return Err(format!(
                    "there is no field `{name}`{}",
                    suggestion(name, known)
                ));
            };
            assign(api, property, field(place, name)?, rest, text)
        }
        (Step::Name(name), Kind::Any | Kind::Object) => {
            assign(api, &Schema::default(), field(place, name)?, rest, text)
        }
        (Step::Name(name), Kind::Array) => Err(format!(
            "a list comes before `{name}`: number its elements, as in NAME[0].{name}"
        )),
        (Step::Name(name), _) => Err(format!("a value without fields comes before `{name}`")),
    }
}

/// Sets a value. A value of a list is added to it.
fn set(api: &Api, schema: &Schema, place: &mut Value, text: &str) -> Result<(), String> {
    if text == "null" {
        *place = Value::Null;
    } else if schema.kind == Kind::Array && !text.starts_with('[') {
        let items = schema.items.as_deref().map(|items| api.resolve(items));
        let value = scalar::parse(items.unwrap_or(schema), text)?;
        list(place)?.push(value);
    } else if schema.kind == Kind::Any {
        *place = serde_json::from_str(text).unwrap_or_else(|_| text.into());
    } else {
        *place = scalar::parse(schema, text)?;
    }
    Ok(())
}

fn field<'a>(place: &'a mut Value, name: &str) -> Result<&'a mut Value, String> {
    if place.is_null() {
        *place = Map::new().into();
    }
    match place {
        Value::Object(fields) => Ok(fields.entry(name).or_insert(Value::Null)),
        _ => Err(format!("the value before `{name}` is not an object")),
    }
}

fn list(place: &mut Value) -> Result<&mut Vec<Value>, String> {
    if place.is_null() {
        *place = Vec::<Value>::new().into();
    }
    match place {
        Value::Array(elements) => Ok(elements),
        _ => Err("the value is not a list".to_owned()),
    }
}
