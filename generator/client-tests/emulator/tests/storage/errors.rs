//! Errors, in the shapes that the emulator sends.

use google_storage_v1::runtime::ErrorExt as _;
use google_storage_v1::schemas::Object;

use crate::support::{Place, client};

/// The service sends an error in JSON; the emulator sends only the status.
#[tokio::test]
async fn a_missing_resource_is_404() {
    let place = Place::new("gaps").await;
    let objects = place.storage.objects();
    let (bucket, object) = (place.bucket, Object::default());
    let errors = [
        objects.get(bucket, "gone").send().await.unwrap_err(),
        objects.delete(bucket, "gone").send().await.unwrap_err(),
        objects
            .patch(bucket, "gone", object.clone().set_content_type("a/b"))
            .send()
            .await
            .unwrap_err(),
        objects
            .copy(bucket, "gone", bucket, "copy", object)
            .send()
            .await
            .unwrap_err(),
        objects.get("no-bucket", "gone").send().await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.http_status_code(), Some(404));
        assert_eq!(error.attempts(), 1);
        assert!(error.payload().unwrap().is_empty());
        let text = error.to_string();
        assert!(text.contains("404"), "{text}");
    }
}

/// No part of the error reply becomes content.
#[tokio::test]
async fn a_download_of_a_missing_object_is_404() {
    let place = Place::new("no-media").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("media");
    let get = place.storage.objects().get(place.bucket, "gone");
    let error = get.download().to_path(&path).await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0);
}

/// The emulator replies 501 to methods that it does not support.
#[tokio::test]
async fn an_unsupported_method_is_501() {
    let request = client().await.buckets().lock_retention_policy("bucket", 1);
    let error = request.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(501));
    assert_eq!(error.attempts(), 1);
}

/// The emulator rejects a wrong checksum, as the service does, with an error of the older kind.
#[tokio::test]
async fn media_with_a_wrong_checksum_is_refused() {
    let place = Place::new("mismatches").await;
    let object = Object::default().set_name("a").set_crc32c("AAAAAA==");
    let insert = place.storage.objects().insert(place.bucket, object);
    let upload = insert.with_media(b"content".to_vec());
    let error = upload.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(400));
    let message = &error.status().unwrap().message;
    let expected = "Provided CRC32C \"AAAAAA==\" doesn't match calculated CRC32C ";
    assert!(message.starts_with(expected), "{message}");
    assert!(place.metadata("a").await.is_err());
}
