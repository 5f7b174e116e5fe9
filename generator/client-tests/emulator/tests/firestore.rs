//! Firestore, as Google's emulator serves it.

mod support;

use google_firestore_v1::Firestore;
use google_firestore_v1::runtime::google_cloud_gax::error::rpc::Code;
use google_firestore_v1::schemas::{
    CollectionSelector, Document, RunQueryRequest, StructuredQuery, Value,
};
use support::program::Home;

const DOCUMENTS: &str = "projects/project/databases/(default)/documents";

async fn client() -> Firestore {
    Firestore::builder()
        .with_endpoint(support::url("FIRESTORE_EMULATOR_HOST"))
        // The emulator's token for access past the security rules.
        .with_credentials(support::token("owner"))
        .build()
        .await
        .unwrap()
}

fn city(name: &str, population: i64) -> Document {
    Document::default().set_fields([
        ("name", Value::default().set_string_value(name)),
        ("population", Value::default().set_integer_value(population)),
    ])
}

#[tokio::test]
async fn a_document_is_created_read_changed_and_deleted() {
    let firestore = client().await;
    let documents = firestore.projects().databases().documents();
    let parent = format!("{DOCUMENTS}/life/of");
    let created = documents
        .create_document(&parent, "cities", city("Rome", 1 << 60))
        .document_id("rome")
        .send()
        .await
        .unwrap();
    let name = created.name.unwrap();
    assert_eq!(name, format!("{parent}/cities/rome"));

    let read = documents.get(&name).send().await.unwrap();
    assert_eq!(read.fields["population"].integer_value, Some(1 << 60));
    assert_eq!(read.fields["name"].string_value.as_deref(), Some("Rome"));

    let changed = documents
        .patch(&name, city("Roma", 7))
        .update_mask_field_paths(["name"])
        .send()
        .await
        .unwrap();
    assert_eq!(changed.fields["name"].string_value.as_deref(), Some("Roma"));
    assert_eq!(changed.fields["population"].integer_value, Some(1 << 60));

    documents.delete(&name).send().await.unwrap();
    let error = documents.get(&name).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    assert_eq!(error.status().unwrap().code, Code::NotFound);
}

#[tokio::test]
async fn documents_are_listed_over_pages() {
    let firestore = client().await;
    let documents = firestore.projects().databases().documents();
    let parent = format!("{DOCUMENTS}/lists/of");
    for number in 0..5 {
        documents
            .create_document(&parent, "cities", city("any", number))
            .send()
            .await
            .unwrap();
    }
    let mut pages = documents.list(&parent, "cities").page_size(2).by_page();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().documents.len());
    }
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn a_document_is_created_once() {
    let firestore = client().await;
    let documents = firestore.projects().databases().documents();
    let create = documents
        .create_document(format!("{DOCUMENTS}/errors/of"), "cities", city("any", 1))
        .document_id("one");
    create.clone().send().await.unwrap();
    let error = create.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(409));
    assert_eq!(error.status().unwrap().code, Code::AlreadyExists);
}

#[tokio::test]
async fn a_query_is_streamed() {
    let firestore = client().await;
    let documents = firestore.projects().databases().documents();
    let parent = format!("{DOCUMENTS}/streams/of");
    for number in 0..3 {
        documents
            .create_document(&parent, "cities", city("any", number))
            .send()
            .await
            .unwrap();
    }
    let cities = CollectionSelector::default().set_collection_id("cities");
    let query = StructuredQuery::default().set_from([cities]);
    let request = RunQueryRequest::default().set_structured_query(query);
    let run = documents.run_query(&parent, request);
    let mut stream = run.clone().stream();
    let mut count = 0;
    while let Some(part) = stream.next().await {
        count += usize::from(part.unwrap().document.is_some());
    }
    assert_eq!(count, 3);
    assert_eq!(run.send().await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_first_program_sets_and_lists() {
    let home = Home::new();
    let url = support::url("FIRESTORE_EMULATOR_HOST");
    let program = env!("CARGO_BIN_EXE_firestore");
    let printed = home.run(program, "firestore.googleapis.com", &url).await;
    assert!(printed.contains("Rome"), "{printed}");
}
