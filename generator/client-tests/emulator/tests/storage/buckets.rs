//! Buckets and lists of buckets.

use google_storage_v1::runtime::ErrorExt as _;
use google_storage_v1::runtime::google_cloud_gax::error::rpc::{Code, StatusDetails};
use google_storage_v1::schemas::Bucket;

use crate::support::{Place, client};

#[tokio::test]
async fn a_bucket_is_created_read_changed_and_deleted() {
    let Place { storage, bucket } = Place::new("life").await;
    let buckets = storage.buckets();
    let made = buckets.get(bucket).send().await.unwrap();
    assert_eq!(made.name.as_deref(), Some(bucket));
    assert_eq!(made.metageneration, Some(1));

    let change = Bucket::default().set_labels([("team", "red")]);
    let changed = buckets.patch(bucket, change).send().await.unwrap();
    assert_eq!(changed.labels["team"], "red");
    assert_eq!(changed.metageneration, Some(2));

    // The service replies 204 without a body, as documented; the emulator replies 200 without a
    // body.
    buckets.delete(bucket).send().await.unwrap();
    let error = buckets.get(bucket).send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
}

/// The emulator supports neither projects nor pages: it returns all buckets at once.
#[tokio::test]
async fn buckets_are_listed_by_item() {
    let Place { storage, bucket } = Place::new("listed").await;
    let mut items = storage.buckets().list("project").max_results(1).by_item();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.extend(item.unwrap().name);
    }
    assert!(names.iter().any(|name| name == bucket), "{names:?}");
}

/// An error of the older kind, with `errors` and without `status`.
#[tokio::test]
async fn an_existing_bucket_is_not_created_again() {
    let Place { storage, bucket } = Place::new("twice").await;
    let again = Bucket::default().set_name(bucket);
    let error = storage.buckets().insert("project", again).send().await;
    let error = error.unwrap_err();
    let message = "You already own this bucket. Please select another name.";
    assert_eq!(error.http_status_code(), Some(409));
    let status = error.status().unwrap();
    assert_eq!(status.code, Code::Aborted);
    assert_eq!(status.message, message);
    let [StatusDetails::ErrorInfo(info)] = &status.details[..] else {
        panic!("{status:?}")
    };
    assert_eq!((&info.domain[..], &info.reason[..]), ("global", "conflict"));
    assert!(error.to_string().contains(message), "{error}");
    assert!(error.payload().unwrap().starts_with(b"{"));
}

/// The client sends an invalid bucket all the same: only the service knows the rules.
#[tokio::test]
async fn a_bucket_needs_a_name() {
    let request = client()
        .await
        .buckets()
        .insert("project", Bucket::default());
    let error = request.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(400));
    assert_eq!(error.status().unwrap().message, "Empty bucket name");
}
