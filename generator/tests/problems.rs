//! What the generator itself says of a document: every problem with its place.

mod support;

use discovery::Document;
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
        parameter.pattern = Some(pattern.to_owned());
    }
    insta::assert_snapshot!(said(&document, &[]), @r#"
    warning: /resources/things/methods/get/parameters/project/pattern: the pattern is not checked: look-around is not supported

    warning: /resources/things/methods/get/parameters/name/pattern: the pattern is not checked: found open group without closing ')'

    warning: /resources/things/methods/reserved/parameters/name/pattern: the pattern is not checked: Unicode character classes are not supported

    warning: /resources/things/methods/typed/parameters/id/pattern: the pattern is not checked: compiled regex exceeded size limit
    "#);
}

#[test]
fn methods_to_keep_that_do_not_exist() {
    let document = support::document("pages");
    insta::assert_snapshot!(said(&document, &["books.list", "Boook", "magazines.*"]), @r#"
    error: no method or schema matches `Boook`
      help: a pattern is a method's resource path and name, such as `accounts.apps.*`, or the name of a schema

    error: no method or schema matches `magazines.*`
      help: a pattern is a method's resource path and name, such as `accounts.apps.*`, or the name of a schema
    "#);
}
