//! What goes wrong, in the shapes in which the emulator says it.

use google_storage_v1::runtime::ErrorExt as _;
use google_storage_v1::schemas::Object;

use crate::support::{Place, client};

/// The service explains in JSON; the emulator has nothing but the status.
#[tokio::test]
async fn what_is_missing_is_404() {
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

/// Nothing of the answer becomes content.
#[tokio::test]
async fn a_download_of_what_is_missing_is_404() {
    let place = Place::new("no-media").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("media");
    let get = place.storage.objects().get(place.bucket, "gone");
    let error = get.download().to_path(&path).await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0);
}

/// The emulator answers 501 to methods that it does not have.
#[tokio::test]
async fn what_the_emulator_lacks_is_501() {
    let request = client().await.buckets().lock_retention_policy("bucket", 1);
    let error = request.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(501));
    assert_eq!(error.attempts(), 1);
}

/// The service would find a checksum wrong; so does the emulator, with an error of the older kind.
#[tokio::test]
async fn media_that_is_not_what_its_checksum_says_is_refused() {
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
