//! The administration of Spanner, as the gateway of Google's emulator serves it.

mod support;

use google_spanner_v1::Spanner;
use google_spanner_v1::runtime::google_cloud_auth::credentials::anonymous;
use google_spanner_v1::runtime::google_cloud_gax::error::rpc::Code;
use google_spanner_v1::schemas::{CreateDatabaseRequest, CreateInstanceRequest, Instance};

async fn client() -> Spanner {
    Spanner::builder()
        .with_endpoint(support::url("SPANNER_EMULATOR_HOST"))
        .with_credentials(anonymous::Builder::new().build())
        .build()
        .await
        .unwrap()
}

fn instance(project: &str, id: &str) -> CreateInstanceRequest {
    let config = format!("projects/{project}/instanceConfigs/emulator-config");
    let instance = Instance::default()
        .set_config(config)
        .set_display_name("An instance")
        .set_node_count(1);
    CreateInstanceRequest::default()
        .set_instance_id(id)
        .set_instance(instance)
}

#[tokio::test]
async fn an_instance_and_its_database_are_created_by_operations() {
    let spanner = client().await;
    let instances = spanner.projects().instances();
    let response = instances
        .create("projects/life", instance("life", "one"))
        .poller()
        .until_done()
        .await
        .unwrap();
    assert_eq!(response.as_object()["name"], "projects/life/instances/one");

    let request = CreateDatabaseRequest::default().set_create_statement("CREATE DATABASE base");
    instances
        .databases()
        .create("projects/life/instances/one", request)
        .poller()
        .until_done()
        .await
        .unwrap();
    let databases = instances.databases();
    let name = "projects/life/instances/one/databases/base";
    assert_eq!(
        databases.get(name).send().await.unwrap().name.as_deref(),
        Some(name)
    );
    databases.drop_database(name).send().await.unwrap();
    assert!(databases.get(name).send().await.is_err());
    instances
        .delete("projects/life/instances/one")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn instances_are_listed_over_pages() {
    let spanner = client().await;
    let instances = spanner.projects().instances();
    for id in ["list-a", "list-b", "list-c"] {
        let create = instances.create("projects/lists", instance("lists", id));
        create.poller().until_done().await.unwrap();
    }
    let mut items = instances.list("projects/lists").page_size(2).by_item();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, 3);
}

/// The service replies 404. The gateway of the emulator cannot encode its own errors.
#[tokio::test]
async fn a_missing_instance_is_an_error() {
    let spanner = client().await;
    let get = spanner
        .projects()
        .instances()
        .get("projects/errors/instances/none");
    let error = get.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(500));
    let status = error.status().unwrap();
    assert_eq!(status.code, Code::Internal);
    assert_eq!(status.message, "failed to marshal error message");
}
