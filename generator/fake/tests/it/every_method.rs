//! Every method of the committed document and of small ones, called by what the document says is accepted.

use std::fs;
use std::path::Path;

use bytes::Bytes;
use discovery::{Document, Method, MethodNode, Parameter, Schema, SchemaKind};
use discovery_fake::Fake;
use http::Request;
use serde_json::{Map, Value, json};

#[test]
fn every_method_accepts_what_its_document_allows() {
    let mut problems = Vec::new();
    let mut count = 0;
    for (name, document) in documents() {
        let fake = Fake::new(document.clone());
        for MethodNode { method, .. } in document.methods() {
            count += 1;
            let request = request(&document, method);
            let uri = request.uri().to_string();
            let reply = fake.call(request);
            let logged = fake.calls().pop().and_then(|call| call.method);
            if logged.as_deref() != Some(&*method.id) {
                problems.push(format!("{name}: {}: {uri} is {logged:?}", method.id));
            }
            let status = reply.status().as_u16();
            if !matches!(status, 200 | 204 | 404 | 409) {
                let body = String::from_utf8_lossy(reply.body()).into_owned();
                problems.push(format!("{name}: {}: {uri}: {status} {body}", method.id));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count > 150, "{count}");
}

/// Returns the documents of this repository, with their overlays.
fn documents() -> Vec<(String, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "../../discovery/documents",
        "../tests/cases",
        "tests/documents",
    ];
    let mut documents = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".json") || name.ends_with(".overlay.json") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let overlay = fs::read_to_string(path.with_extension("overlay.json")).ok();
            match Document::parse(&text, overlay.as_deref()) {
                Ok(parsed) => documents.push((name, parsed.document)),
                Err(problems) => panic!("{name}: {problems}"),
            }
        }
    }
    documents
}

fn request(document: &Document, method: &Method) -> Request<Bytes> {
    let mut path = format!("{}{}", document.service_path, method.path);
    let mut query = String::new();
    for (name, parameter) in &method.parameters {
        let value = text(parameter);
        if parameter.location == discovery::Location::Path {
            for variable in [format!("{{{name}}}"), format!("{{+{name}}}")] {
                path = path.replace(&variable, &encoded(&value, variable.contains('+')));
            }
        } else if parameter.required {
            query.push_str(&format!("{name}={}&", encoded(&value, false)));
        }
    }
    let body = method.request.as_ref().map_or(String::new(), |schema| {
        value(document, schema, 0).to_string()
    });
    let uri = format!("{}{path}?{query}", document.root_url);
    let verb = method.http_method.as_str();
    Request::builder()
        .method(verb)
        .uri(uri)
        .body(body.into())
        .unwrap()
}

/// Percent-encodes a value; slashes remain in one of several segments.
fn encoded(value: &str, keeps_slashes: bool) -> String {
    let bytes = value.bytes().map(|byte| match byte {
        b'/' if keeps_slashes => "/".to_owned(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// Returns a value of a parameter in the form of its pattern.
fn text(parameter: &Parameter) -> String {
    let schema = &parameter.schema;
    if let Some(value) = schema.values.first() {
        return value.name.clone();
    }
    let Some(pattern) = &schema.pattern else {
        return scalar(schema)
            .as_str()
            .map_or_else(|| scalar(schema).to_string(), str::to_owned);
    };
    let mut value = pattern
        .trim_start_matches('^')
        .trim_end_matches('$')
        .to_owned();
    for (expression, text) in EXPRESSIONS {
        value = value.replace(expression, text);
    }
    value
}

/// Parts of patterns, each with a text that it matches.
const EXPRESSIONS: [(&str, &str); 7] = [
    ("(folders/[0-9]{0,20})|(a/.*)", "folders/7"),
    ("[^/]+", "x1"),
    (".*", "y/2"),
    ("[a-z0-9-]+", "p-1"),
    ("[a-z]+", "abc"),
    ("[A-Z]+", "ABC"),
    ("[\"\\\\`*/]+", "*"),
];

fn scalar(schema: &Schema) -> Value {
    match (&schema.kind, schema.format.as_deref()) {
        (SchemaKind::Boolean, _) => json!(true),
        (SchemaKind::Integer | SchemaKind::Number, _) => {
            let minimum = schema
                .minimum
                .as_deref()
                .and_then(|text| text.parse::<i64>().ok());
            json!(minimum.unwrap_or(1))
        }
        (_, Some("int64" | "uint64")) => json!("1"),
        (_, Some("byte")) => json!("AA=="),
        (_, Some("google-datetime" | "date-time")) => json!("2025-01-01T00:00:00.5+01:00"),
        (_, Some("google-duration")) => json!("3.5s"),
        (_, Some("date")) => json!("2025-01-01"),
        _ => json!("text"),
    }
}

fn value(document: &Document, schema: &Schema, depth: usize) -> Value {
    if let SchemaKind::Reference(name) = &schema.kind {
        return value(document, &document.schemas[name], depth);
    }
    match schema.kind {
        _ if !schema.values.is_empty() => json!(schema.values.last().unwrap().name),
        SchemaKind::Any => json!({"any": [1]}),
        SchemaKind::Array if depth > 9 => json!([]),
        SchemaKind::Array => json!([value(document, schema.items.as_deref().unwrap(), depth + 1)]),
        SchemaKind::Object if depth > 9 => json!({}),
        SchemaKind::Object => {
            let properties = schema.properties.iter();
            let values = schema.additional_properties.as_deref();
            let map = values.map(|values| ("key".to_owned(), value(document, values, depth + 1)));
            let fields =
                properties.map(|(name, schema)| (name.clone(), value(document, schema, depth + 1)));
            Value::Object(fields.chain(map).collect::<Map<_, _>>())
        }
        _ => scalar(schema),
    }
}
