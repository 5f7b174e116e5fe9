//! Downloads: `alt=media`.

use std::error::Error as _;
use std::ops::Bound;
use std::sync::{Arc, Mutex};

use google_storage_v1::runtime::{Checksums, Download, MediaError};

use crate::support::{Place, bytes};

const LENGTH: u64 = 700_001;

async fn place(bucket: &'static str) -> Place {
    let place = Place::new(bucket).await;
    place.put("noise", bytes(LENGTH)).await;
    place
}

fn download(place: &Place) -> Download {
    place
        .storage
        .objects()
        .get(place.bucket, "noise")
        .download()
}

#[tokio::test]
async fn media_is_returned_as_bytes() {
    let place = place("to-bytes").await;
    let media = download(&place).to_bytes(1 << 20).await.unwrap();
    assert!(media == bytes(LENGTH));
    let error = download(&place).to_bytes(1000).await.unwrap_err();
    let message = "the media is larger than the 1000 bytes that were allowed";
    assert!(error.to_string().ends_with(message), "{error}");
}

#[tokio::test]
async fn media_is_written_to_a_writer() {
    let place = place("to-writer").await;
    let mut written = Vec::new();
    let length = download(&place).to_writer(&mut written).await.unwrap();
    assert_eq!(length, LENGTH);
    assert!(written == bytes(LENGTH));
}

#[tokio::test]
async fn media_is_saved_to_a_file() {
    let place = place("to-path").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise");
    std::fs::write(&path, "previous content").unwrap();
    let progress = Arc::new(Mutex::new((0, None)));
    let recorder = progress.clone();
    let download = download(&place)
        .with_progress(move |came, total| *recorder.lock().unwrap() = (came, total));
    assert_eq!(download.to_path(&path).await.unwrap(), LENGTH);
    assert!(std::fs::read(&path).unwrap() == bytes(LENGTH));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(*progress.lock().unwrap(), (LENGTH, Some(LENGTH)));
}

#[tokio::test]
async fn media_is_streamed() {
    let place = place("to-pieces").await;
    let mut stream = download(&place).send().await.unwrap();
    assert_eq!(stream.length(), Some(LENGTH));
    assert_eq!(stream.content_type(), Some("application/octet-stream"));
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await {
        all.extend_from_slice(&piece.unwrap());
    }
    assert!(all == bytes(LENGTH));
}

/// The emulator sends `x-goog-hash` with complete media only.
#[tokio::test]
async fn checksums_are_compared() {
    let place = place("hashes").await;
    let stream = download(&place).send().await.unwrap();
    let hash = stream.headers()["x-goog-hash"].to_str().unwrap();
    assert!(hash.contains("crc32c=") && hash.contains("md5="), "{hash}");
    let all = download(&place).with_checksums(Checksums::All);
    assert!(all.to_bytes(1 << 20).await.unwrap() == bytes(LENGTH));
}

#[tokio::test]
async fn a_range_returns_part_of_the_media() {
    let place = place("ranges").await;
    let all = bytes(LENGTH);
    let end = usize::try_from(LENGTH).unwrap();
    let ranges = [
        (Bound::Included(0), Bound::Excluded(1), &all[..1]),
        (Bound::Unbounded, Bound::Included(255), &all[..256]),
        (
            Bound::Included(300_000),
            Bound::Excluded(600_000),
            &all[300_000..600_000],
        ),
        (Bound::Included(300_000), Bound::Unbounded, &all[300_000..]),
        (
            Bound::Included(LENGTH - 1),
            Bound::Unbounded,
            &all[end - 1..],
        ),
        (
            Bound::Included(LENGTH - 1),
            Bound::Excluded(u64::MAX),
            &all[end - 1..],
        ),
        (Bound::Unbounded, Bound::Unbounded, &all[..]),
    ];
    for (start, end, expected) in ranges {
        let part = download(&place).with_range((start, end));
        let part = part.to_bytes(1 << 20).await.unwrap();
        assert!(part == expected, "{start:?} to {end:?}: {}", part.len());
    }
}

/// The service replies 416 to a range that starts at or beyond the end. The emulator replies 206
/// with a range that ends before it starts, which the client rejects.
#[tokio::test]
async fn a_range_beyond_the_end_is_an_error() {
    let place = place("ranges-beyond").await;
    for start in [LENGTH, LENGTH + 10] {
        let part = download(&place).with_range(start..);
        let error = part.to_bytes(1 << 20).await.unwrap_err();
        let Some(MediaError::WrongRange {
            requested, sent, ..
        }) = error.source().and_then(|source| source.downcast_ref())
        else {
            panic!("{error:?}")
        };
        assert_eq!(requested, &format!("bytes={start}-"));
        let last = LENGTH - 1;
        assert_eq!(
            sent.as_deref(),
            Some(&format!("bytes {start}-{last}/{LENGTH}")[..])
        );
    }
}

#[tokio::test]
async fn empty_media_is_downloaded() {
    let place = Place::new("nothing").await;
    let insert = place
        .storage
        .objects()
        .insert(place.bucket, Default::default());
    let upload = insert.name("noise").with_media(Vec::new());
    upload.with_resumable(true).send().await.unwrap();
    assert!(download(&place).to_bytes(0).await.unwrap().is_empty());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise");
    assert_eq!(download(&place).to_path(&path).await.unwrap(), 0);
    assert!(std::fs::read(&path).unwrap().is_empty());
}
