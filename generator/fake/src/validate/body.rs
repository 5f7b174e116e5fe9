//! Bodies of requests: unknown names, types, required fields.

use discovery::{Schema, SchemaKind};
use serde_json::{Map, Value};

use super::{Violations, scalar};
use crate::api::schemas::{Schemas, is_output_only};

/// The depth to which bodies are read.
const MAX_DEPTH: usize = 100;

/// The rules for the body of a method.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyRules<'a> {
    pub(crate) schemas: Schemas<'a>,
    /// The id of the method.
    pub(crate) method: &'a str,
    /// Required fields must be there. A patch has only the fields that change.
    pub(crate) is_complete: bool,
    /// Fields that the path provides.
    pub(crate) provided: &'a [String],
}

impl BodyRules<'_> {
    /// Checks a body, removes what only the service sets, and spells names as the document does.
    pub(crate) fn check(&self, schema: &Schema, body: &mut Value, violations: &mut Violations) {
        if body.is_null() {
            *body = Value::Object(Map::new());
        }
        let mut checker = Checker {
            rules: self,
            violations,
        };
        checker.value(schema, body, "", 0);
    }
}

struct Checker<'a, 'v> {
    rules: &'a BodyRules<'a>,
    violations: &'v mut Violations,
}

impl Checker<'_, '_> {
    fn value(&mut self, schema: &Schema, value: &mut Value, path: &str, depth: usize) {
        let rules = self.rules;
        let schema = rules.schemas.resolve_in(schema);
        if value.is_null() || depth > MAX_DEPTH {
            return;
        }
        match (&schema.kind, &mut *value) {
            (SchemaKind::Any | SchemaKind::Reference(_), _) => {}
            (SchemaKind::Array, Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    if let Some(items) = schema.items.as_deref() {
                        self.value(items, element, &format!("{path}[{index}]"), depth + 1);
                    }
                }
            }
            (SchemaKind::Object, Value::Object(object)) => {
                self.object(schema, object, path, depth);
            }
            (SchemaKind::Array, _) => self.misfit(path, "a list", value),
            (SchemaKind::Object, _) => self.misfit(path, "an object", value),
            _ => {
                if let Some(expected) = scalar::misfit(schema, value) {
                    self.misfit(path, &expected, value);
                }
            }
        }
    }

    fn object(
        &mut self,
        schema: &Schema,
        object: &mut Map<String, Value>,
        path: &str,
        depth: usize,
    ) {
        if let Some(values) = schema.additional_properties.as_deref() {
            for (key, value) in object.iter_mut() {
                self.value(values, value, &join(path, key), depth + 1);
            }
            return;
        }
        rename(schema, object);
        let is_any = schema.format.as_deref() == Some("google.protobuf.Any");
        for (name, value) in object.iter_mut() {
            match schema.properties.get(name) {
                Some(property) => self.value(property, value, &join(path, name), depth + 1),
                None if is_any => {}
                None => self.unknown(name, path),
            }
        }
        object.retain(|name, _| !schema.properties.get(name).is_some_and(is_output_only));
        self.required(schema, object, path, depth);
    }

    fn required(&mut self, schema: &Schema, object: &Map<String, Value>, path: &str, depth: usize) {
        let rules = self.rules;
        if !rules.is_complete {
            return;
        }
        for (name, property) in &schema.properties {
            let is_provided = depth == 0 && rules.provided.contains(name);
            let is_absent = object.get(name).is_none_or(Value::is_null);
            // A zero value is not sent by clients that know only proto3.
            let has_zero = matches!(
                property.kind,
                SchemaKind::Boolean | SchemaKind::Integer | SchemaKind::Number
            );
            let is_needed = is_required(name, property, rules.method) && !is_output_only(property);
            if is_absent && is_needed && !is_provided && !has_zero {
                let field = join(path, name);
                self.violations
                    .add(&field, format!("The field '{field}' is required."));
            }
        }
    }

    fn unknown(&mut self, name: &str, path: &str) {
        let place = if path.is_empty() {
            String::new()
        } else {
            format!(" at '{path}'")
        };
        let text = format!(
            "Invalid JSON payload received. Unknown name \"{}\"{place}: Cannot find field.",
            excerpt(name)
        );
        self.violations.add(path, text);
    }

    fn misfit(&mut self, path: &str, expected: &str, value: &Value) {
        let shown = excerpt(&value.to_string());
        self.violations.add(
            path,
            format!("Invalid value at '{path}' ({expected}), {shown}"),
        );
    }
}

/// Returns whether a request must have a field: the document says so of the method, or describes the field so.
///
/// Descriptions of resources call their names required, which the service gives or the path has.
fn is_required(name: &str, property: &Schema, method: &str) -> bool {
    let is_name = matches!(name, "name" | "parent" | "resource");
    let says_required = property.description.starts_with("Required.") && !is_name;
    says_required || property.required_in.iter().any(|id| id == method)
}

/// Spells names in the document's way: `display_name` stands for `displayName`, too.
fn rename(schema: &Schema, object: &mut Map<String, Value>) {
    let others = object
        .keys()
        .filter(|name| !schema.properties.contains_key(*name));
    let renamed: Vec<_> = others
        .filter_map(|name| {
            let camel = camel(name);
            schema
                .properties
                .contains_key(&camel)
                .then(|| (name.clone(), camel))
        })
        .collect();
    for (name, camel) in renamed {
        if let Some(value) = object.remove(&name) {
            object.entry(camel).or_insert(value);
        }
    }
}

/// Returns a name of a field in lower camel case.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    camel
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        return name.to_owned();
    }
    format!("{path}.{name}")
}

/// Returns the start of a text that a message quotes.
pub(crate) fn excerpt(text: &str) -> String {
    let mut excerpt: String = text.chars().take(100).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}
