//! Kinds of growth of a document, each applied wherever possible.

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Adds schemas, and schemas of a new package.
pub(crate) fn new_schemas(document: &mut Value) {
    for name in ["AaaNew", "ZzzNew", "GoogleAaaNewV1Thing"] {
        add(schemas(document), name, schema(name));
    }
}

/// Adds schemas with the names of inline types.
pub(crate) fn schemas_named_like_inline_types(document: &mut Value) {
    let schemas = schemas(document);
    let known = names(schemas);
    for owner in &known {
        for property in names_at(&schemas[owner], "properties") {
            let property = capitalized(&property);
            for name in [format!("{owner}{property}"), property] {
                let alike = known.iter().any(|known| are_alike(known, &name));
                // A longer name is refused.
                if !alike && name.len() <= 200 {
                    add(schemas, &name, schema(&name));
                }
            }
        }
    }
}

/// Adds schemas of packages named like other schemas, apart from packages of the API itself: the module
/// `report` belongs to `GoogleChecksReportV1alpha` rather than to the types nested in a schema `Report`.
pub(crate) fn packages_named_like_schemas(document: &mut Value) {
    let api = capitalized(document["name"].as_str().expect("a name"));
    let version = capitalized(document["version"].as_str().expect("a version"));
    let schemas = schemas(document);
    for owner in names(schemas) {
        let owner = owner.strip_prefix("Google").unwrap_or(&owner);
        for name in [
            format!("Google{owner}V9New"),
            format!("Google{owner}V9_New"),
            format!("Google{owner}__New"),
            format!("GoogleCloud{api}{owner}{version}New"),
            format!("GoogleCloud{api}{version}New"),
            format!("Google{api}{version}New"),
        ] {
            // Longer names are refused.
            if name.len() <= 150 {
                add(schemas, &name, schema(&name));
            }
        }
    }
}

/// Adds schemas whose names differ from others only in case and punctuation.
pub(crate) fn respelled_schemas(document: &mut Value) {
    respell(schemas(document), Sorts::Last, schema);
}

/// Adds them before the others.
pub(crate) fn respelled_schemas_that_come_first(document: &mut Value) {
    respell(schemas(document), Sorts::First, schema);
}

pub(crate) fn new_methods(document: &mut Value) {
    each_node(document, &mut |methods, _| extend(methods, method));
}

/// Adds methods with the names of their sibling resources.
pub(crate) fn methods_named_like_resources(document: &mut Value) {
    each_node(document, &mut |methods, resources| {
        names(resources)
            .iter()
            .for_each(|name| add(methods, name, method(name)));
    });
}

pub(crate) fn respelled_methods(document: &mut Value) {
    each_node(document, &mut |methods, _| {
        respell(methods, Sorts::Last, method)
    });
}

/// Adds them before the others. Of names that are not `camelCase`, the first stays plain.
pub(crate) fn respelled_methods_that_come_first(document: &mut Value) {
    each_node(document, &mut |methods, _| {
        let unusual: Vec<_> = names(methods)
            .into_iter()
            .filter(|name| !is_camel_case(name))
            .collect();
        let known: Vec<_> = names(methods);
        respell(methods, Sorts::First, method);
        methods.retain(|name, _| {
            known.contains(name) || !unusual.iter().any(|unusual| are_alike(unusual, name))
        });
    });
}

fn is_camel_case(name: &str) -> bool {
    let twice = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !name.as_bytes().windows(2).any(twice)
}

pub(crate) fn new_resources(document: &mut Value) {
    each_node(document, &mut |_, resources| extend(resources, resource));
}

pub(crate) fn respelled_resources(document: &mut Value) {
    each_node(document, &mut |methods, resources| {
        let mut respelled = resources.clone();
        respell(&mut respelled, Sorts::Last, resource);
        respelled.retain(|name, _| !methods.keys().any(|method| are_alike(method, name)));
        respelled.append(resources);
        *resources = respelled;
    });
}

/// Appends values: a new one, and some that differ from others only in case and punctuation.
pub(crate) fn new_values(document: &mut Value) {
    each_object(document, &mut |object| {
        let Some(Value::Array(values)) = object.get_mut("enum") else {
            return;
        };
        let known: Vec<_> = values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let spellings = known.iter().flat_map(|value| spellings(value));
        for value in spellings.chain(["ZZZ_NEW".to_owned()]) {
            if !values.contains(&json!(value)) {
                values.push(json!(value));
            }
        }
        let count = values.len();
        for (key, none) in [
            ("enumDescriptions", json!("")),
            ("enumDeprecated", json!(false)),
        ] {
            if let Some(Value::Array(parallel)) = object.get_mut(key) {
                parallel.resize(count, none);
            }
        }
    });
}

/// Prepends a value. Google appends, but a value unlike all others renames nothing either way.
pub(crate) fn new_values_in_front(document: &mut Value) {
    each_object(document, &mut |object| {
        for (key, new) in [
            ("enum", json!("AAA_NEW")),
            ("enumDescriptions", json!("")),
            ("enumDeprecated", json!(false)),
        ] {
            if let Some(Value::Array(values)) = object.get_mut(key) {
                values.insert(0, new);
            }
        }
    });
}

/// Adds properties to messages that have some.
pub(crate) fn new_properties(document: &mut Value) {
    each_message(document, &mut |properties| extend(properties, property));
}

pub(crate) fn respelled_properties(document: &mut Value) {
    each_message(document, &mut |properties| {
        respell(properties, Sorts::Last, property)
    });
}

/// Adds optional parameters.
pub(crate) fn new_parameters(document: &mut Value) {
    each_map(document, "parameters", &mut |parameters| {
        extend(parameters, parameter)
    });
}

pub(crate) fn respelled_parameters(document: &mut Value) {
    each_map(document, "parameters", &mut |parameters| {
        respell(parameters, Sorts::Last, parameter)
    });
}

/// Adds a first and a last member.
fn extend(object: &mut Object, make: fn(&str) -> Value) {
    for name in ["aaaNew", "zzzNew"] {
        add(object, name, make(name));
    }
}

/// The position of a spelling among the names that differ from it only in case and punctuation.
#[derive(Clone, Copy, PartialEq)]
enum Sorts {
    First,
    Last,
}

/// Adds other spellings of the members.
fn respell(object: &mut Object, sorts: Sorts, make: fn(&str) -> Value) {
    let known = names(object);
    for name in known.iter().flat_map(|name| spellings(name)) {
        let mut alike = known.iter().filter(|known| are_alike(known, &name));
        if alike.all(|known| {
            if sorts == Sorts::First {
                name < *known
            } else {
                name > *known
            }
        }) {
            add(object, &name, make(&name));
        }
    }
}

fn spellings(name: &str) -> Vec<String> {
    vec![
        name.to_ascii_uppercase(),
        name.to_ascii_lowercase(),
        capitalized(name),
        separated(name, '-'),
        separated(name, '_').to_ascii_lowercase(),
        format!("-{name}"),
        format!("{name}_"),
    ]
}

fn are_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| {
        name.replace(|c: char| !c.is_ascii_alphanumeric(), "")
            .to_ascii_lowercase()
    };
    letters(one) == letters(other)
}

/// Puts a separator before each capital but the first.
fn separated(name: &str, separator: char) -> String {
    let mut spelling = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !spelling.is_empty() {
            spelling.push(separator);
        }
        spelling.push(c);
    }
    spelling
}

fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}

/// Returns a schema with inline types.
fn schema(name: &str) -> Value {
    json!({ "id": name, "type": "object", "properties": {
        "kind": { "type": "string", "enum": ["A"] },
        "part": { "type": "object", "properties": { "text": { "type": "string" } } },
    } })
}

/// Returns a method with an inline type.
fn method(_: &str) -> Value {
    let mut method = json!({ "id": "", "httpMethod": "GET", "path": "new" });
    method["parameters"] = json!({ "view": parameter("view") });
    method
}

fn resource(_: &str) -> Value {
    json!({ "methods": { "get": method("get") } })
}

fn property(_: &str) -> Value {
    json!({ "type": "string", "enum": ["A"] })
}

fn parameter(_: &str) -> Value {
    json!({ "type": "string", "location": "query", "enum": ["A"] })
}

fn names(object: &Object) -> Vec<String> {
    object.keys().cloned().collect()
}

fn names_at(value: &Value, key: &str) -> Vec<String> {
    value
        .get(key)
        .and_then(Value::as_object)
        .map(names)
        .unwrap_or_default()
}

/// Adds a member unless the object has it.
fn add(object: &mut Object, name: &str, value: Value) {
    object.entry(name).or_insert(value);
}

fn schemas(document: &mut Value) -> &mut Object {
    member(document.as_object_mut().expect("a document"), "schemas")
}

fn member<'o>(object: &'o mut Object, key: &str) -> &'o mut Object {
    object
        .entry(key)
        .or_insert_with(|| json!({}))
        .as_object_mut()
        .expect("an object")
}

/// Visits the methods and resources of the root and of every resource.
fn each_node(node: &mut Value, visit: &mut dyn FnMut(&mut Object, &mut Object)) {
    let node = node.as_object_mut().expect("a node");
    let mut methods = std::mem::take(member(node, "methods"));
    let resources = member(node, "resources");
    resources
        .values_mut()
        .for_each(|resource| each_node(resource, visit));
    visit(&mut methods, resources);
    *member(node, "methods") = methods;
}

/// Visits the maps of that name, from schemas or parameters to their names.
fn each_map(document: &mut Value, key: &str, visit: &mut dyn FnMut(&mut Object)) {
    each_object(document, &mut |object| {
        let map = object.get_mut(key).and_then(Value::as_object_mut);
        if let Some(map) = map.filter(|map| map.values().all(Value::is_object)) {
            visit(map);
        }
    });
}

/// Visits the properties of every message that has some, apart from those recognised by their exact
/// properties: `Operation`, `Status`, `HttpBody`.
fn each_message(document: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    each_map(document, "properties", &mut |properties| {
        let signs = ["details", "done", "extensions"];
        let is_recognised = signs.iter().any(|name| properties.contains_key(*name));
        if !properties.is_empty() && !is_recognised {
            visit(properties);
        }
    });
}

/// Visits every object, inner ones first.
fn each_object(value: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| each_object(value, visit)),
        Value::Object(object) => {
            object
                .values_mut()
                .for_each(|value| each_object(value, visit));
            visit(object);
        }
        _ => {}
    }
}
