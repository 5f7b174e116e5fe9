//! Snapshots of generated files, from small documents with one feature each.
//!
//! The documents are in `cases/`, the files in `snapshots/`.

mod support;

use generator::Options;

/// Defines a test for each case, with the files that show its feature.
macro_rules! cases {
    ($($name:ident: $($file:literal),+;)+) => {
        const CASES: &[&str] = &[$(stringify!($name)),+];

        $(#[test]
        fn $name() {
            snapshot(stringify!($name), &[$($file),+]);
        })+
    };
}

cases! {
    api_version: "src/things.rs";
    arguments: "src/things.rs";
    arrays: "src/schemas.rs";
    bare: "Cargo.toml", "README.md", "src/lib.rs", "src/schemas.rs";
    client_bodies: "README.md", "src/lib.rs";
    collisions_client: "src/lib.rs";
    collisions_derives: "src/schemas.rs";
    collisions_parameters: "src/things.rs";
    collisions_prelude: "src/things.rs", "src/schemas.rs";
    collisions_properties: "src/schemas.rs";
    collisions_resources: "src/lib.rs", "src/nodes.rs";
    collisions_schemas: "src/schemas.rs";
    collisions_values: "src/schemas.rs";
    constraints: "src/things.rs", "src/schemas.rs";
    data_wrapper: "src/lib.rs";
    deep_types: "src/schemas.rs";
    default_scopes: "src/lib.rs";
    deprecated: "src/lib.rs", "src/old.rs", "src/schemas.rs";
    deprecated_programs: "README.md", "examples/quickstart.rs";
    descriptions: "src/things.rs", "src/schemas.rs";
    endpoints: "src/endpoints.rs";
    enums: "src/things.rs", "src/schemas.rs";
    features: "Cargo.toml", "src/lib.rs", "src/schemas.rs", "src/schemas/other_v1.rs";
    formats: "src/things.rs", "src/schemas.rs";
    hostile: "Cargo.toml", "src/lib.rs", "src/schemas.rs";
    http_body: "src/things.rs";
    inline_messages: "src/things.rs", "src/schemas.rs";
    keywords: "src/things.rs", "src/use.rs", "src/schemas.rs";
    many_scopes: "src/lib.rs", "src/things.rs";
    maps: "src/schemas.rs";
    media: "src/lib.rs", "src/things.rs";
    names: "Cargo.toml", "src/lib.rs", "src/i_pv4_addresses.rs", "src/schemas.rs";
    nested: "src/schemas.rs";
    numbers: "src/schemas.rs";
    object_parameters: "src/lib.rs", "src/things.rs";
    operations: "src/reports.rs", "src/schemas.rs", "examples/cancel.rs";
    operations_by_status: "src/instances.rs", "src/operation_services.rs";
    operations_extended: "src/buckets.rs", "src/operation_services.rs";
    operations_lost: "src/reports.rs";
    operations_started: "Cargo.toml", "examples/cancel.rs";
    optional_messages: "src/things.rs";
    packages: "src/schemas.rs", "src/schemas/report.rs", "src/schemas/foo_bar_v1.rs";
    pages: "src/books.rs";
    pages_items: "src/things.rs";
    pages_tokens: "src/things.rs";
    patch: "src/things.rs";
    path_values: "src/lib.rs";
    paths: "src/things.rs";
    query_parameters: "src/things.rs";
    recursion: "src/schemas.rs";
    request_ids: "src/things.rs";
    requests: "src/things.rs", "src/schemas.rs";
    responses: "src/things.rs";
    root_methods: "src/lib.rs", "src/methods.rs";
    scopes: "src/lib.rs", "src/scopes.rs", "src/things.rs";
    streams: "src/documents.rs";
    top_level: "src/things.rs", "src/schemas.rs";
}

#[test]
fn every_document_is_a_case() {
    assert_eq!(support::names(), CASES);
}

/// The case that shows all sections of the documentation of a crate.
const GUIDE: &str = "media";

/// Compares files of a case with their snapshot.
fn snapshot(case: &str, files: &[&str]) {
    let package = match generator::generate(&support::document(case), &Options::default()) {
        Ok(package) => package,
        Err(problems) => panic!("{case}: {problems}"),
    };
    let shown: Vec<_> = files
        .iter()
        .map(|path| {
            let Some(text) = package.files.get(*path) else {
                panic!("{case} has no {path}, only {:?}", package.files.keys())
            };
            let text = without_header(text);
            match case {
                GUIDE => format!("// {path}\n{text}"),
                _ => format!("// {path}\n{}", without_guide(text)),
            }
        })
        .collect();
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    settings.bind(|| insta::assert_snapshot!(case, shown.join("\n")));
}

/// Returns the text after the header of every generated file.
fn without_header(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(_, rest)| rest)
}

/// Returns the text without the sections that differ in names only.
fn without_guide(text: &str) -> String {
    let sections = text.split_once("//! # Errors\n");
    let testing = sections.and_then(|(_, sections)| sections.find("//! # Testing\n"));
    match (sections, testing) {
        (Some((before, sections)), Some(testing)) => format!("{before}{}", &sections[testing..]),
        _ => text.to_owned(),
    }
}
