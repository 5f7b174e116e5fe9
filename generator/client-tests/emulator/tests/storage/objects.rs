//! Objects: metadata, lists, copies, compositions and patches.

use google_storage_v1::schemas::{ComposeRequest, Object, compose_request};

use crate::support::Place;

#[tokio::test]
async fn an_object_has_metadata() {
    let place = Place::new("metadata").await;
    let inserted = place.put("a.txt", b"twelve bytes".to_vec()).await;
    let object = place.metadata("a.txt").await.unwrap();
    assert_eq!(object, inserted);
    assert_eq!(object.name.as_deref(), Some("a.txt"));
    assert_eq!(object.bucket.as_deref(), Some("metadata"));
    assert_eq!(object.size, Some(12));
    assert_eq!(object.metageneration, Some(1));
    assert!(object.generation.unwrap() > i64::from(i32::MAX));
    assert!(object.time_created.unwrap().ends_with('Z'));
}

/// The emulator supports `prefix` and `delimiter`, but ignores `maxResults` and returns all objects
/// at once. Lists of several pages are tested on loopback.
#[tokio::test]
async fn objects_are_listed() {
    let place = Place::new("lists").await;
    for name in ["a/1", "a/2", "b/1", "c"] {
        place.put(name, b"content".to_vec()).await;
    }
    let list = || place.storage.objects().list(place.bucket).max_results(2);

    let mut items = list().by_item();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.extend(item.unwrap().name);
    }
    assert_eq!(names, ["a/1", "a/2", "b/1", "c"]);

    let mut pages = list().delimiter("/").by_page();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.prefixes, ["a/", "b/"]);
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].name.as_deref(), Some("c"));
    assert!(pages.next().await.is_none());

    let nothing = list().prefix("nothing").send().await.unwrap();
    assert!(nothing.items.is_empty() && nothing.prefixes.is_empty());
}

#[tokio::test]
async fn an_object_is_copied() {
    let place = Place::new("copies").await;
    let objects = place.storage.objects();
    place.put("from", b"content".to_vec()).await;

    let (bucket, metadata) = (place.bucket, Object::default());
    let copy = objects.copy(bucket, "from", bucket, "copied", metadata.clone());
    let copied = copy.send().await.unwrap();
    assert_eq!(copied.name.as_deref(), Some("copied"));
    assert_eq!(place.content("copied").await, b"content");

    let rewrite = objects.rewrite(bucket, "from", bucket, "rewritten", metadata);
    let rewritten = rewrite.send().await.unwrap();
    assert_eq!(rewritten.done, Some(true));
    assert_eq!(rewritten.object_size, Some(7));
    assert_eq!(place.content("rewritten").await, b"content");
}

#[tokio::test]
async fn objects_are_composed() {
    let place = Place::new("compositions").await;
    place.put("1", b"one, ".to_vec()).await;
    place.put("2", b"two".to_vec()).await;
    let source = |name: &str| compose_request::SourceObjects::default().set_name(name);
    let request = ComposeRequest::default()
        .set_destination(Object::default().set_content_type("text/plain"))
        .set_source_objects([source("1"), source("2")]);
    let objects = place.storage.objects();
    let compose = objects.compose(place.bucket, "both", request);
    let both = compose.send().await.unwrap();
    // The emulator sends this size as a number, and others as a string, like the service.
    assert_eq!(both.size, Some(8));
    assert_eq!(both.content_type.as_deref(), Some("text/plain"));
    assert_eq!(place.content("both").await, b"one, two");
}

#[tokio::test]
async fn a_patch_changes_only_the_fields_it_sets() {
    let place = Place::new("patches").await;
    place.put("a", b"content".to_vec()).await;
    let objects = place.storage.objects();

    let change = Object::default()
        .set_cache_control("no-store")
        .set_metadata([("colour", "red"), ("shape", "round")]);
    let changed = objects.patch(place.bucket, "a", change);
    let changed = changed.send().await.unwrap();
    assert_eq!(changed.cache_control.as_deref(), Some("no-store"));
    assert_eq!(changed.metadata["colour"], "red");
    assert_eq!(changed.metageneration, Some(2));

    let change = Object::default().set_content_language("la");
    let changed = objects.patch(place.bucket, "a", change);
    let changed = changed.send().await.unwrap();
    assert_eq!(changed.content_language.as_deref(), Some("la"));
    assert_eq!(changed.cache_control.as_deref(), Some("no-store"));
    assert_eq!(changed.metageneration, Some(3));
}

/// The service clears a field that is `null`. The emulator ignores it, but counts the change, which
/// shows that the field was sent.
#[tokio::test]
async fn a_patch_may_clear_a_field() {
    let place = Place::new("clearances").await;
    place.put("a", b"content".to_vec()).await;
    let objects = place.storage.objects();
    let patch = objects.patch(place.bucket, "a", Object::default());
    let same = patch.clone().send().await.unwrap();
    assert_eq!(same.metageneration, Some(1));
    let cleared = patch.with_null_fields(["cacheControl"]).send().await;
    assert_eq!(cleared.unwrap().metageneration, Some(2));
}

/// The service removes an entry that is `null`. The emulator replaces the whole map with the one
/// that it received, and returns the `null`, which is read as an empty text.
#[tokio::test]
async fn a_patch_may_clear_an_entry() {
    let place = Place::new("entries").await;
    place.put("a", b"content".to_vec()).await;
    let objects = place.storage.objects();
    let change = Object::default().set_metadata([("shape", "round")]);
    let patch = objects.patch(place.bucket, "a", change);
    let patch = patch.with_null_fields(["metadata.colour"]);
    let changed = patch.send().await.unwrap();
    assert_eq!(changed.metadata["shape"], "round");
    assert_eq!(changed.metadata["colour"], "");
}

#[tokio::test]
async fn an_object_is_deleted() {
    let place = Place::new("deletions").await;
    place.put("a", b"content".to_vec()).await;
    let objects = place.storage.objects();
    objects.delete(place.bucket, "a").send().await.unwrap();
    let error = objects.delete(place.bucket, "a").send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    let listed = objects.list(place.bucket).send().await.unwrap();
    assert!(listed.items.is_empty());
}
