//! What the generator itself says of a document: every problem with its place.

mod support;

use discovery::{Document, Schema, SchemaKind};
use generator::Options;

/// All that is said of a document, and of the methods and schemas to keep.
fn said(document: &Document, only: &[&str]) -> String {
    let mut options = Options::default();
    options.only = only.iter().map(|pattern| (*pattern).to_owned()).collect();
    match generator::generate(document, &options) {
        Ok(package) => package.warnings.to_string(),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn a_usual_document_has_none() {
    assert_eq!(said(&support::document("paths"), &[]), "");
}

/// [`Document::parse`] finds them too; a document need not come from there.
#[test]
fn references_that_lead_nowhere() {
    let mut document = support::document("pages");
    document.schemas.remove("Book");
    insta::assert_snapshot!(said(&document, &[]), @r#"
    error: /schemas/ListBooksResponse/properties/books/items: `$ref` names the schema `Book`, which the document does not have

    error: /schemas/SearchBooksResponse/properties/exact/items: `$ref` names the schema `Book`, which the document does not have

    error: /schemas/SearchBooksResponse/properties/similar/items: `$ref` names the schema `Book`, which the document does not have
    "#);
}

#[test]
fn patterns_that_cannot_be_checked() {
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
    insta::assert_snapshot!(said(&document, &[]), @r#"
    warning: /resources/things/methods/get/parameters/project/pattern: the pattern is not checked: look-around is not supported

    warning: /resources/things/methods/get/parameters/name/pattern: the pattern is not checked: found open group without closing ')'

    warning: /resources/things/methods/reserved/parameters/name/pattern: the pattern is not checked: Unicode character classes are not supported

    warning: /resources/things/methods/typed/parameters/id/pattern: the pattern is not checked: compiled regex exceeded size limit
    "#);
}

/// A document with two schemas that have properties, and values beside them.
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
fn objects_with_properties_and_others() {
    insta::assert_snapshot!(said(&open_objects(), &[]), @r"
    warning: /schemas/Inner/properties/inner/additionalProperties: what an object has beside its `properties` is not kept
      help: an overlay can make it a map, without `properties`

    warning: /schemas/Open/additionalProperties: what an object has beside its `properties` is not kept
      help: an overlay can make it a map, without `properties`
    ");
}

#[test]
fn paths_that_are_too_long() {
    let mut document = support::document("maps");
    document.resources.clear();
    let name = format!("Google{}V1Thing", "Long".repeat(40));
    document.schemas = [(name.clone(), text())].into();
    let said = said(&document, &[]).replace(&name, "NAME");
    insta::assert_snapshot!(said, @r"
    error: /schemas/NAME: the path of its source file would have 217 bytes, more than 200
      help: file systems do not take any length; shorten the names that lead here
    ");
}

#[test]
fn inline_types_that_lie_too_deep() {
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
    let said = said(&document, &[]).replace(&format!("/properties/{property}"), "/…");
    insta::assert_snapshot!(said, @r"
    error: /schemas/Deep/…/…/…/…/…/…/…/…/…/…: the path of its module would have 1101 bytes, more than 1000
      help: give the schema a name in `schemas`, and refer to it
    ");
}

#[test]
fn operations_that_yield_something_without_a_name() {
    let mut document = support::document("operations");
    let reports = document.resources.get_mut("reports").expect("a resource");
    for method in reports.methods.values_mut() {
        if let Some(info) = &mut method.operation_info {
            info.response_type = Some(text());
        }
    }
    insta::assert_snapshot!(said(&document, &[]), @r"
    error: /resources/reports/methods/generate/operationInfo/responseType: the type of what an operation yields has no name
      help: give the schema a name in `schemas`, and refer to it
    ");
}

#[test]
fn methods_to_keep_that_do_not_exist() {
    let document = support::document("pages");
    insta::assert_snapshot!(said(&document, &["books.list", "Boook", "magazines.*"]), @r#"
    error: no method or schema matches `Boook`
      help: a pattern is a method's resource path and name, such as `accounts.apps.*`, the id of a method, or the name of a schema

    error: no method or schema matches `magazines.*`
      help: a pattern is a method's resource path and name, such as `accounts.apps.*`, the id of a method, or the name of a schema
    "#);
}
