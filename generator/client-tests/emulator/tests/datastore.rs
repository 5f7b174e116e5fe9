//! Datastore, as Google's emulator serves it.

mod support;

use google_datastore_v1::Datastore;
use google_datastore_v1::runtime::google_cloud_auth::credentials::anonymous;
use google_datastore_v1::runtime::google_cloud_gax::error::rpc::Code;
use google_datastore_v1::schemas::{
    CommitRequest, Entity, Key, KindExpression, LookupRequest, Mutation, PathElement, Query,
    RunQueryRequest, Value, commit_request,
};

async fn client() -> Datastore {
    Datastore::builder()
        .with_endpoint(support::url("DATASTORE_EMULATOR_HOST"))
        .with_credentials(anonymous::Builder::new().build())
        .build()
        .await
        .unwrap()
}

fn key(name: &str) -> Key {
    Key::default().set_path([PathElement::default().set_kind("City").set_name(name)])
}

fn city(name: &str, population: i64) -> Entity {
    let value = Value::default().set_integer_value(population);
    Entity::default()
        .set_key(key(name))
        .set_properties([("population", value)])
}

fn commit(mutation: Mutation) -> CommitRequest {
    CommitRequest::default()
        .set_mode(commit_request::Mode::NonTransactional)
        .set_mutations([mutation])
}

#[tokio::test]
async fn an_entity_is_inserted_looked_up_queried_changed_and_deleted() {
    let datastore = client().await;
    let projects = datastore.projects();
    let insert = commit(Mutation::default().set_insert(city("Rome", 1 << 60)));
    let inserted = projects.commit("life", insert).send().await.unwrap();
    assert_eq!(inserted.mutation_results.len(), 1);

    let lookup = LookupRequest::default().set_keys([key("Rome"), key("Atlantis")]);
    let found = projects.lookup("life", lookup).send().await.unwrap();
    assert_eq!((found.found.len(), found.missing.len()), (1, 1));
    let entity = found.found[0].entity.as_ref().unwrap();
    assert_eq!(entity.properties["population"].integer_value, Some(1 << 60));

    let update = commit(Mutation::default().set_update(city("Rome", 7)));
    projects.commit("life", update).send().await.unwrap();
    let query = Query::default().set_kind([KindExpression::default().set_name("City")]);
    let answer = projects
        .run_query("life", RunQueryRequest::default().set_query(query))
        .send()
        .await
        .unwrap();
    let results = answer.batch.unwrap().entity_results;
    assert_eq!(results.len(), 1);
    let entity = results[0].entity.as_ref().unwrap();
    assert_eq!(entity.properties["population"].integer_value, Some(7));

    let delete = commit(Mutation::default().set_delete(key("Rome")));
    projects.commit("life", delete).send().await.unwrap();
    let lookup = LookupRequest::default().set_keys([key("Rome")]);
    let found = projects.lookup("life", lookup).send().await.unwrap();
    assert_eq!((found.found.len(), found.missing.len()), (0, 1));
}

#[tokio::test]
async fn an_entity_is_inserted_once() {
    let datastore = client().await;
    let insert = datastore.projects().commit(
        "errors",
        commit(Mutation::default().set_insert(city("Rome", 1))),
    );
    insert.clone().send().await.unwrap();
    let error = insert.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(409));
    assert_eq!(error.status().unwrap().code, Code::AlreadyExists);
}
