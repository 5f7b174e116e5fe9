//! Uploads in one request.

use std::sync::{Arc, Mutex};

use google_storage_v1::runtime::{Checksums, Media};
use google_storage_v1::schemas::Object;

use crate::support::{Place, bytes};

/// One byte, a few bytes, and more than one piece. The emulator closes the connection on an upload
/// without content: an empty object needs a multipart or a resumable upload.
const LENGTHS: [u64; 3] = [1, 255, 700_001];

#[tokio::test]
async fn bytes_are_uploaded() {
    let place = Place::new("bytes").await;
    for length in LENGTHS {
        let name = length.to_string();
        let object = place.put(&name, bytes(length)).await;
        assert_eq!(object.size, Some(length));
        assert_eq!(
            object.content_type.as_deref(),
            Some("application/octet-stream")
        );
        assert!(place.content(&name).await == bytes(length), "{length}");
    }
}

#[tokio::test]
async fn a_file_is_uploaded_with_the_type_of_its_extension() {
    let place = Place::new("files").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.png");
    std::fs::write(&path, bytes(700_001)).unwrap();
    let media = Media::from_path(&path).await.unwrap();
    let object = place.put("photo", media).await;
    assert_eq!(object.content_type.as_deref(), Some("image/png"));
    assert!(place.content("photo").await == bytes(700_001));
}

/// The transfer is chunked, since the length is unknown.
#[tokio::test]
async fn a_reader_is_uploaded() {
    let place = Place::new("readers").await;
    for length in LENGTHS {
        let name = length.to_string();
        let reader = std::io::Cursor::new(bytes(length));
        let media = Media::from_reader(reader, None).with_content_type("text/x-noise");
        let object = place.put(&name, media).await;
        assert_eq!(object.size, Some(length));
        assert_eq!(object.content_type.as_deref(), Some("text/x-noise"));
        assert!(place.content(&name).await == bytes(length), "{length}");
    }
}

/// The emulator parses `multipart/related` as e-mail, and is strict about line endings.
#[tokio::test]
async fn media_and_metadata_are_uploaded_together() {
    let place = Place::new("multipart").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise.zip");
    for content in [
        Vec::new(),
        b"x".to_vec(),
        b"\r\n".to_vec(),
        b"\r\n--\r\n--boundary--\r\n\r\n\n\r".to_vec(),
        bytes(700_001),
    ] {
        std::fs::write(&path, &content).unwrap();
        let file = Media::from_path(&path).await.unwrap();
        let reader = Media::from_reader(std::io::Cursor::new(content.clone()), None);
        let memory = Media::from_bytes(content.clone());
        for (name, media) in [("file", file), ("reader", reader), ("memory", memory)] {
            let metadata = Object::default()
                .set_name(name)
                .set_cache_control("no-store")
                .set_metadata([("colour", "grün")]);
            let insert = place.storage.objects().insert(place.bucket, metadata);
            let media = media.with_content_type("application/zip");
            let upload = insert.with_media(media).with_resumable(false);
            let object = upload.send().await.unwrap();
            assert_eq!(object.content_type.as_deref(), Some("application/zip"));
            assert_eq!(object.cache_control.as_deref(), Some("no-store"));
            assert_eq!(object.metadata["colour"], "grün");
            let length = u64::try_from(content.len()).unwrap();
            assert_eq!(object.size, Some(length), "{name}");
            assert!(place.content(name).await == content, "{name}, {length}");
        }
    }
}

/// The emulator computes both checksums itself, and rejects an upload with a wrong one.
#[tokio::test]
async fn checksums_match_the_service() {
    let place = Place::new("checksums").await;
    let insert = place
        .storage
        .objects()
        .insert(place.bucket, Object::default());
    let upload = insert.name("a").with_media(bytes(700_001));
    let object = upload.with_checksums(Checksums::All).send().await.unwrap();
    assert!(object.crc32c.is_some() && object.md5_hash.is_some());
}

#[tokio::test]
async fn progress_is_reported_to_the_end() {
    let place = Place::new("progress").await;
    let progress = Arc::new(Mutex::new(Vec::new()));
    let recorder = progress.clone();
    let insert = place
        .storage
        .objects()
        .insert(place.bucket, Object::default());
    let upload = insert
        .name("a")
        .with_media(bytes(700_001))
        .with_progress(move |sent, total| recorder.lock().unwrap().push((sent, total)));
    upload.send().await.unwrap();
    let progress = progress.lock().unwrap();
    assert!(progress.is_sorted(), "{progress:?}");
    assert_eq!(progress.last(), Some(&(700_001, Some(700_001))));
}
