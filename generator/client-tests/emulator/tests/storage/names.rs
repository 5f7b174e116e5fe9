//! Objects may have almost any name. A client that encodes one wrongly reads or deletes another
//! object.

use google_storage_v1::schemas::Object;

use crate::support::Place;

const NAMES: [&str; 24] = [
    "plain",
    "folder/file.txt",
    "folder/",
    "/begins/with/a/slash",
    "a?b=c&d",
    "a#fragment",
    "100%",
    "a%2Fb",
    "a%252Fb",
    "%2e%2e",
    "a b",
    " ",
    "a+b",
    "a&b=c;d",
    "a\\b",
    "\"quoted\" 'twice'",
    "[x]{y}<z>|^`",
    "semi;colon:at@comma,$!*()",
    "...",
    "a:copyTo",
    "x/acl",
    "x/o/y/copyTo/b/z",
    "Grüße/日本語/🦀",
    "e\u{301}",
];

/// Every name is sent in a query, a path, a header and JSON, and is returned unchanged.
#[tokio::test]
async fn names_round_trip() {
    let place = Place::new("names").await;
    let objects = place.storage.objects();
    for name in NAMES {
        let inserted = place.put(name, name.as_bytes().to_vec()).await;
        assert_eq!(inserted.name.as_deref(), Some(name));
    }
    let mut found = Vec::new();
    let mut items = objects.list(place.bucket).by_item();
    while let Some(item) = items.next().await {
        found.extend(item.unwrap().name);
    }
    for name in NAMES {
        assert!(found.iter().any(|found| found == name), "{name}: {found:?}");
        let object = place.metadata(name).await.unwrap();
        assert_eq!(object.name.as_deref(), Some(name));
        assert_eq!(place.content(name).await, name.as_bytes(), "{name}");
    }
    assert_eq!(found.len(), NAMES.len());
}

/// The path of a copy has both names.
#[tokio::test]
async fn names_are_copied_and_deleted() {
    let (from, to) = (Place::new("sources").await, Place::new("copies.of").await);
    let objects = from.storage.objects();
    for name in NAMES {
        from.put(name, name.as_bytes().to_vec()).await;
        let copy = format!("{name} copy");
        let request = objects.copy(from.bucket, name, to.bucket, &copy, Object::default());
        let copied = request.send().await.unwrap();
        assert_eq!(copied.name, Some(copy.clone()));
        assert_eq!(to.content(&copy).await, name.as_bytes(), "{name}");
        objects.delete(from.bucket, name).send().await.unwrap();
    }
    let left = objects.list(from.bucket).send().await.unwrap();
    assert!(left.items.is_empty(), "{left:?}");
}

/// The metadata that starts a resumable upload has the name.
#[tokio::test]
async fn resumable_uploads_keep_their_names() {
    let place = Place::new("steps").await;
    for name in NAMES {
        let object = Object::default().set_name(name);
        let insert = place.storage.objects().insert(place.bucket, object);
        let upload = insert.with_media(b"content".to_vec()).with_resumable(true);
        let inserted = upload.send().await.unwrap();
        assert_eq!(inserted.name.as_deref(), Some(name));
        assert_eq!(place.content(name).await, b"content", "{name}");
    }
}

/// In a URL these would name the list of objects, or its parent.
#[tokio::test]
async fn names_that_fit_no_url_are_refused() {
    let place = Place::new("refusals").await;
    for name in ["", ".", ".."] {
        let error = place.metadata(name).await.unwrap_err();
        assert!(error.is_binding(), "{name}: {error}");
    }
}
