//! Resumable uploads.

use std::sync::{Arc, Mutex};

use google_storage_v1::runtime::{Media, MediaError, Resumable, Upload, UploadSession};
use google_storage_v1::schemas::Object;

use crate::support::{GRANULE, Place, bytes};

/// No bytes; one byte, which the emulator reports as no bytes; one granule, and one byte less or
/// more; several granules, with and without a remainder.
const LENGTHS: [u64; 8] = [
    0,
    1,
    2,
    GRANULE - 1,
    GRANULE,
    GRANULE + 1,
    4 * GRANULE,
    4 * GRANULE + 77,
];

fn upload(place: &Place, name: &str, media: Media) -> Upload<Object, Resumable> {
    let metadata = Object::default()
        .set_name(name)
        .set_cache_control("no-store");
    let insert = place.storage.objects().insert(place.bucket, metadata);
    let upload = insert.with_media(media).with_resumable(true);
    upload.with_chunk_size(GRANULE)
}

async fn assert_arrived(place: &Place, object: Object, name: &str, length: u64) {
    assert_eq!(object.name.as_deref(), Some(name));
    assert_eq!(object.size, Some(length), "{name}");
    assert_eq!(object.cache_control.as_deref(), Some("no-store"));
    assert!(place.content(name).await == bytes(length), "{name}");
}

#[tokio::test]
async fn a_file_is_uploaded_in_chunks() {
    let place = Place::new("files-in-chunks").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise.zip");
    for length in LENGTHS {
        let name = format!("file of {length}");
        std::fs::write(&path, bytes(length)).unwrap();
        let media = Media::from_path(&path).await.unwrap();
        let object = upload(&place, &name, media).send().await.unwrap();
        assert_eq!(object.content_type.as_deref(), Some("application/zip"));
        assert_arrived(&place, object, &name, length).await;
    }
}

#[tokio::test]
async fn a_reader_is_uploaded_in_chunks() {
    let place = Place::new("readers-in-chunks").await;
    for length in LENGTHS {
        for announced in [None, Some(length)] {
            let name = format!("reader of {length}, {announced:?}");
            let reader = std::io::Cursor::new(bytes(length));
            let media = Media::from_reader(reader, announced);
            let object = upload(&place, &name, media).send().await.unwrap();
            assert_arrived(&place, object, &name, length).await;
        }
    }
}

#[tokio::test]
async fn bytes_are_uploaded_in_one_chunk() {
    let place = Place::new("sessions-of-one").await;
    let length = 4 * GRANULE + 77;
    let metadata = Object::default()
        .set_name("a")
        .set_cache_control("no-store");
    let insert = place.storage.objects().insert(place.bucket, metadata);
    let upload = insert.with_media(bytes(length)).with_resumable(true);
    let object = upload.send().await.unwrap();
    assert_arrived(&place, object, "a", length).await;
}

#[tokio::test]
async fn progress_is_reported_for_each_chunk() {
    let place = Place::new("progress-in-chunks").await;
    let progress = Arc::new(Mutex::new(Vec::new()));
    let recorder = progress.clone();
    let length = 4 * GRANULE;
    let media = Media::from_reader(std::io::Cursor::new(bytes(length)), None);
    let upload = upload(&place, "a", media)
        .with_progress(move |sent, total| recorder.lock().unwrap().push((sent, total)));
    upload.send().await.unwrap();
    let progress = progress.lock().unwrap();
    assert!(progress.is_sorted(), "{progress:?}");
    assert_eq!(progress.last(), Some(&(length, Some(length))));
}

/// Another process completes an upload with only the session, as text, and the media.
#[tokio::test]
async fn a_session_resumes_in_another_process() {
    let place = Place::new("sessions").await;
    let length = 5 * GRANULE + 77;
    let (stored, began) = (3 * GRANULE, Arc::new(Mutex::new(0)));

    let begun = std::io::Cursor::new(bytes(stored));
    let mut first = upload(&place, "a", Media::from_reader(begun, Some(length)));
    let session = first.start().await.unwrap().to_string();
    let error = first.send().await.unwrap_err().to_string();
    let reason = format!("the media ended after {stored} of the {length} bytes");
    assert!(error.contains(&reason), "{error}");

    let session: UploadSession = session.parse().unwrap();
    let recorder = began.clone();
    let second = upload(&place, "a", Media::from_bytes(bytes(length)))
        .with_session(session)
        .with_progress(move |sent, _| {
            let mut began = recorder.lock().unwrap();
            *began = if *began == 0 { sent } else { *began };
        });
    let object = second.send().await.unwrap();
    assert_arrived(&place, object, "a", length).await;
    // The second upload does not start from the beginning.
    assert_eq!(*began.lock().unwrap(), 2 * GRANULE);
}

/// The service still returns the object for a while; the emulator forgets the session at once.
#[tokio::test]
async fn a_finished_session_is_lost() {
    let place = Place::new("lost-sessions").await;
    let media = || Media::from_bytes(bytes(1000));
    let mut first = upload(&place, "a", media());
    let session = first.start().await.unwrap();
    first.send().await.unwrap();
    let again = upload(&place, "a", media()).with_session(session);
    let error = again.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    let source = std::error::Error::source(&error).unwrap();
    assert!(
        matches!(
            source.downcast_ref(),
            Some(MediaError::SessionLost { stored: 0, .. })
        ),
        "{error:?}"
    );
}
