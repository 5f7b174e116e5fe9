//! Problems that the generator reports, each with its place.

mod support;

use discovery::{Document, Schema, SchemaKind};
use generator::Options;

/// Returns all problems of a document, and of the patterns that select methods and schemas.
fn problems(document: &Document, only: &[&str]) -> String {
    let mut options = Options::default();
    options.only = only.iter().map(|pattern| (*pattern).to_owned()).collect();
    match generator::generate(document, &options) {
        Ok(package) => package.warnings.to_string(),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn a_usual_document_has_no_problems() {
    assert_eq!(problems(&support::document("paths"), &[]), "");
}

/// [`Document::parse`] reports them too, but a document may be built by other means.
#[test]
fn dangling_references() {
    let mut document = support::document("pages");
    document.schemas.remove("Book");
    insta::assert_snapshot!(problems(&document, &[]), @r#"
    error: /schemas/ListBooksResponse/properties/books/items: `$ref` names the schema `Book`, which the document does not have

    error: /schemas/SearchBooksResponse/properties/exact/items: `$ref` names the schema `Book`, which the document does not have

    error: /schemas/SearchBooksResponse/properties/similar/items: `$ref` names the schema `Book`, which the document does not have
    "#);
}

#[test]
fn patterns_that_do_not_compile() {
    let mut document = support::document("paths");
    let things = document.resources.get_mut("things").expect("a resource");
    for (method, parameter, pattern) in [
        ("get", "name", "^(items/[^/]+$"),
        ("get", "project", "(?=a)b"),
        ("reserved", "name", r"\p{Greek}+"),
        ("typed", "id", "a{1000}{1000}"),
    ] {
        let method = things.methods.get_mut(method).expect("a method");
        let parameter = method.parameters.get_mut(parameter).expect("a parameter");
        parameter.schema.pattern = Some(pattern.to_owned());
    }
    insta::assert_snapshot!(problems(&document, &[]), @r#"
    warning: /resources/things/methods/get/parameters/project/pattern: the pattern is not checked: look-around is not supported

    warning: /resources/things/methods/get/parameters/name/pattern: the pattern is not checked: found open group without closing ')'

    warning: /resources/things/methods/reserved/parameters/name/pattern: the pattern is not checked: Unicode character classes are not supported

    warning: /resources/things/methods/typed/parameters/id/pattern: the pattern is not checked: compiled regex exceeded size limit
    "#);
}

/// The values in descriptions are those that callers pass.
#[test]
fn patterns_that_refuse_what_descriptions_name() {
    let mut document = support::document("paths");
    let things = document.resources.get_mut("things").expect("a resource");
    let method = things.methods.get_mut("get").expect("a method");
    let parameter = method.parameters.get_mut("name").expect("a parameter");
    parameter.schema.pattern = Some("^items/[^/]+$".to_owned());
    parameter.schema.description =
        "For example `items/{item}`, `items/1` or `items/1/parts/2`.".to_owned();
    insta::assert_snapshot!(problems(&document, &[]), @r#"
    warning: /resources/things/methods/get/parameters/name/pattern: the pattern refuses `items/1/parts/2`, a value in the description
      help: correct one of them in an overlay; until then, callers need `with_unchecked_patterns` to send it
    "#);
}

/// Returns a document with two schemas that have both properties and additional properties.
fn open_objects() -> Document {
    let mut document = support::document("maps");
    let map = Schema {
        kind: SchemaKind::Object,
        properties: [("a".to_owned(), text())].into(),
        additional_properties: Some(Box::new(text())),
        ..Schema::default()
    };
    let mut outer = map.clone();
    outer.additional_properties = None;
    outer.properties.insert("inner".to_owned(), map.clone());
    document.schemas = [("Inner".to_owned(), outer), ("Open".to_owned(), map)].into();
    document.resources.clear();
    document
}

fn text() -> Schema {
    Schema {
        kind: SchemaKind::String,
        ..Schema::default()
    }
}

#[test]
fn objects_with_additional_properties() {
    insta::assert_snapshot!(problems(&open_objects(), &[]), @r"
    warning: /schemas/Inner/properties/inner/additionalProperties: members beside the `properties` of an object are dropped
      help: an overlay can turn it into a map without `properties`

    warning: /schemas/Open/additionalProperties: members beside the `properties` of an object are dropped
      help: an overlay can turn it into a map without `properties`
    ");
}

#[test]
fn paths_that_are_too_long() {
    let mut document = support::document("maps");
    document.resources.clear();
    let name = format!("Google{}V1Thing", "Long".repeat(40));
    document.schemas = [(name.clone(), text())].into();
    let problems = problems(&document, &[]).replace(&name, "NAME");
    insta::assert_snapshot!(problems, @r"
    error: /schemas/NAME: the path of its source file would have 217 bytes, more than 200
      help: file systems limit the length of paths; shorten the names that lead here
    ");
}

#[test]
fn inline_types_that_are_nested_too_deeply() {
    let mut document = support::document("maps");
    document.resources.clear();
    let property = "long".repeat(30);
    let mut schema = text();
    for _ in 0..12 {
        schema = Schema {
            kind: SchemaKind::Object,
            properties: [(property.clone(), schema)].into(),
            ..Schema::default()
        };
    }
    document.schemas = [("Deep".to_owned(), schema)].into();
    let problems = problems(&document, &[]).replace(&format!("/properties/{property}"), "/…");
    insta::assert_snapshot!(problems, @r"
    error: /schemas/Deep/…/…/…/…/…/…/…/…/…/…: the path of its module would have 1101 bytes, more than 1000
      help: give the schema a name in `schemas`, and refer to it
    ");
}

#[test]
fn operations_whose_result_has_no_named_type() {
    let mut document = support::document("operations");
    let reports = document.resources.get_mut("reports").expect("a resource");
    for method in reports.methods.values_mut() {
        if let Some(info) = &mut method.operation_info {
            info.response_type = Some(text());
        }
    }
    insta::assert_snapshot!(problems(&document, &[]), @r"
    error: /resources/reports/methods/generate/operationInfo/responseType: the result of an operation has no named type
      help: give the schema a name in `schemas`, and refer to it
    ");
}

#[test]
fn patterns_that_match_nothing() {
    let document = support::document("pages");
    insta::assert_snapshot!(problems(&document, &["books.list", "Boook", "magazines.*"]), @r#"
    error: no method or schema matches `Boook`
      help: did you mean `Book`?

    error: no method or schema matches `magazines.*`
      help: a pattern is a method's resource path and name, such as `accounts.apps.*`, the id of a method, or the name of a schema
    "#);
}

/// Messages are pointers, so the largest published schemas are small structs.
#[test]
fn structs_that_take_much_of_a_stack() {
    let mut document = support::document("bare");
    let message = SchemaKind::Reference("Wide".to_owned());
    for (name, kind, fields) in [("Wide", message, 500), ("Long", SchemaKind::String, 200)] {
        let property = Schema {
            kind,
            ..Schema::default()
        };
        let properties = (0..fields).map(|number| (format!("part{number}"), property.clone()));
        let schema = Schema {
            kind: SchemaKind::Object,
            properties: properties.collect(),
            ..Schema::default()
        };
        document.schemas.insert(name.to_owned(), schema);
    }
    insta::assert_snapshot!(problems(&document, &[]), @r#"
    warning: /schemas/Long: its struct has 4808 bytes, more than 4096
      help: it takes much of a small stack; an overlay can leave out properties
    "#);
}
