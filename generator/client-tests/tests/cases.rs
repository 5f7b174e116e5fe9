//! Clients of small documents, and of some published ones, compile without warnings from clippy and
//! rustdoc: with each cargo feature alone, and with the examples in their documentation.

#[path = "cases/examples.rs"]
mod examples;
#[path = "cases/mistakes.rs"]
mod mistakes;
#[path = "cases/round_trips.rs"]
mod round_trips;
#[path = "cases/scratch.rs"]
mod scratch;
#[path = "../../tests/support/mod.rs"]
mod support;

use discovery::{Document, Schema, SchemaKind};

use scratch::Scratch;

/// Cases whose examples also run. Few, since each takes seconds: one with names that an example
/// could confuse, one with values that it could get wrong, and a common one.
const RUN: &[&str] = &["client_bodies", "pages", "path_values"];

/// Schemas with as many messages as those of the largest published ones.
const WIDE: usize = 185;

/// Returns all small documents, and some published ones.
fn documents() -> impl Iterator<Item = (String, Document)> {
    let cases = support::names().into_iter().map(|case| {
        let document = support::document(&case);
        (case, document)
    });
    let published = support::PUBLISHED.iter();
    cases
        .chain(published.map(|path| ((*path).to_owned(), support::published(path))))
        .chain([("wide".to_owned(), wide())])
}

/// Returns a document with a schema of many messages that contain it.
fn wide() -> Document {
    let mut document = support::document("bare");
    document.name = "wide".to_owned();
    let schema = |kind| Schema {
        kind,
        ..Schema::default()
    };
    let part = schema(SchemaKind::Reference("Wide".to_owned()));
    let mut wide = schema(SchemaKind::Object);
    let parts = (0..WIDE).map(|number| (format!("part{number}"), part.clone()));
    wide.properties.extend(parts);
    document.schemas.insert("Wide".to_owned(), wide);
    document
}

#[test]
fn clients_of_all_cases_compile_without_warnings() {
    let scratch = Scratch::new("all-cases", documents());
    assert_silent(&[
        scratch.clippy(),
        scratch.clippy_of_each_feature(),
        scratch.documentation(),
        scratch.running_examples(RUN),
        scratch.round_trips(),
    ]);
}

/// Its examples call the client of Drive.
#[test]
fn the_guide_to_migrating_compiles() {
    let path = "generator/client-tests/documents/drive.v3.json";
    let mut document = support::published(path);
    document.resources.retain(|name, _| name == "files");
    let scratch = Scratch::new("migrating", [(path.to_owned(), document)]);
    let guide = std::fs::read_to_string(support::repository().join("MIGRATING.md")).unwrap();
    scratch.add_examples("google-drive-v3", &guide);
    assert_silent(&[scratch.clippy()]);
}

#[test]
fn the_compiler_explains_common_mistakes() {
    let checks = "discovery/documents/checks.v1alpha.json";
    let scratch = Scratch::new(
        "mistakes",
        [(checks.to_owned(), support::published(checks))],
    );
    for mistake in mistakes::MISTAKES {
        let output = scratch.example(mistake.name, &mistake.program());
        for message in mistake.messages {
            assert!(output.contains(message), "{}: {output}", mistake.name);
        }
    }
}

#[test]
#[ignore = "compiles the clients of eight services"]
fn values_of_published_documents_come_back() {
    let documents = support::in_folder("generator/client-tests/documents");
    assert_silent(&[Scratch::new("published", documents).round_trips()]);
}

fn assert_silent(complaints: &[String]) {
    let complaints = complaints.concat();
    assert!(complaints.is_empty(), "{complaints}");
}
