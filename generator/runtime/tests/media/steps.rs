//! Uploads in steps that succeed, in every dialect.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use discovery_runtime::{
    Bytes, Client, HttpMethod, Media, MediaUpload, Method, RequestBuilder, Resumable,
    Segment::{Literal, Variable},
    Upload, Value,
};
use serde_json::json;
use tokio::io::{AsyncRead, ReadBuf};

use crate::{
    data::{Kind, ProgressLog, SIZE, UNIT, builder, bytes, insert},
    store::{Dialect, Fault, Store, header},
    support::{Answer, Server},
};

/// Uploads in chunks of 256 KiB.
pub(crate) async fn upload(url: &str, media: Media) -> Upload<Value, Resumable> {
    let upload = insert(url).await.upload_resumable(media);
    upload.with_resumable(true).with_chunk_size(UNIT)
}

/// The requests of an upload without faults, from an offset on.
pub(crate) fn chunks(from: u64, total: u64, known: bool) -> Vec<String> {
    let mut ranges = Vec::new();
    let mut first = from;
    while first < total {
        let end = total.min(first + UNIT);
        let said = if known || end == total {
            total.to_string()
        } else {
            "*".to_owned()
        };
        ranges.push(format!("PUT {first}-{}/{said}", end - 1));
        first = end;
    }
    ranges
}

#[tokio::test]
async fn media_goes_out_in_chunks_whatever_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        for size in [1, UNIT - 1, UNIT, UNIT + 1, 2 * UNIT, SIZE] {
            let (store, bytes) = (Store::new().await, bytes(size));
            let media = kind.media(&folder, &bytes).await;
            let response = upload(&store.url, media).await.send().await.unwrap();
            assert_eq!(response["size"], size.to_string(), "{kind:?}");
            assert!(store.object().unwrap() == bytes, "{kind:?} {size}");
            let mut expected = vec!["POST".to_owned()];
            expected.extend(chunks(0, size, kind.has_length()));
            assert_eq!(store.log(), expected, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn rewindable_media_goes_out_in_one_piece_by_default() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [Kind::Memory, Kind::File] {
        let (store, bytes) = (Store::new().await, bytes(SIZE));
        let media = kind.media(&folder, &bytes).await;
        let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(media);
        upload.with_resumable(true).send_empty().await.unwrap();
        assert_eq!(store.log(), ["POST", "PUT 0-899999/900000"]);
        assert!(store.object().unwrap() == bytes);
    }
}

#[tokio::test]
async fn media_without_a_byte_is_uploaded() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let store = Store::new().await;
        let media = kind.media(&folder, &Bytes::new()).await;
        upload(&store.url, media).await.send().await.unwrap();
        assert_eq!(store.log(), ["POST", "PUT */0"], "{kind:?}");
        assert_eq!(store.object(), Some(Vec::new()));
        assert_eq!(header(&store.heads()[1], "content-length"), "0");
    }
}

#[tokio::test]
async fn the_start_announces_the_media() {
    let store = Store::new().await;
    let request = insert(&store.url)
        .await
        .json(&json!({"cacheControl": "none"}));
    let media = Media::from_bytes(bytes(SIZE)).with_content_type("image/png");
    let upload: Upload<Value, _> = request.upload_resumable(media);
    upload.with_resumable(true).send().await.unwrap();
    let heads = store.heads();
    assert!(
        heads[0].starts_with(
            "POST /upload/b/mine/o?name=a&uploadType=resumable&alt=json&prettyPrint=false HTTP/1.1"
        ),
        "{}",
        heads[0]
    );
    assert_eq!(
        header(&heads[0], "content-type"),
        "application/json; charset=UTF-8"
    );
    assert_eq!(header(&heads[0], "x-upload-content-type"), "image/png");
    assert_eq!(header(&heads[0], "x-upload-content-length"), "900000");
    assert_eq!(store.metadata(), r#"{"cacheControl":"none"}"#);
    assert!(
        heads[1].starts_with("PUT /upload/b/mine/o?upload_id=1 HTTP/1.1"),
        "{}",
        heads[1]
    );
    assert_eq!(header(&heads[1], "content-length"), "900000");
    for name in [
        "content-type",
        "x-upload-content-type",
        "x-upload-content-length",
        "transfer-encoding",
    ] {
        assert_eq!(header(&heads[1], name), "", "{name}");
    }
    assert!(header(&heads[1], "x-goog-api-client").starts_with("gl-rust/"));
}

#[tokio::test]
async fn a_start_without_metadata_has_no_body_and_need_not_know_the_length() {
    let store = Store::new().await;
    let media = Media::from_reader(&b"data"[..], None);
    let request = insert(&store.url).await.json(&json!({}));
    let upload: Upload<Value, _> = request.upload_resumable(media);
    upload.send().await.unwrap();
    let head = &store.heads()[0];
    assert_eq!(header(head, "content-length"), "0");
    assert_eq!(header(head, "content-type"), "");
    assert_eq!(
        header(head, "x-upload-content-type"),
        "application/octet-stream"
    );
    assert_eq!(header(head, "x-upload-content-length"), "");
    assert_eq!(store.log(), ["POST", "PUT 0-3/4"]);
}

/// Small media takes one request; larger media, or such as may be larger, takes steps.
#[tokio::test]
async fn the_size_decides_unless_the_caller_does() {
    let store = Store::new().await;
    let send = async |media: Media, wanted: Option<bool>| {
        let mut upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(media);
        if let Some(wanted) = wanted {
            upload = upload.with_resumable(wanted);
        }
        upload.send_empty().await.unwrap();
        let heads = store.heads();
        let last = heads.iter().rfind(|head| head.starts_with("POST")).unwrap();
        last.contains("uploadType=resumable")
    };
    let small = bytes(8 << 20);
    let large = bytes((8 << 20) + 1);
    assert!(!send(small.clone().into(), None).await);
    assert!(send(small.into(), Some(true)).await);
    assert!(send(large.clone().into(), None).await);
    assert!(!send(large.into(), Some(false)).await);
    assert!(send(Media::from_reader(&b"1"[..], None), None).await);
    assert!(!send(Media::from_reader(&b"1"[..], Some(1)), None).await);
}

#[tokio::test]
async fn chunks_are_made_whole_units() {
    for (size, ranges) in [
        (0, chunks(0, SIZE, true)),
        (1, chunks(0, SIZE, true)),
        (UNIT, chunks(0, SIZE, true)),
        (
            UNIT + 1,
            vec![
                "PUT 0-524287/900000".into(),
                "PUT 524288-899999/900000".into(),
            ],
        ),
        (u64::MAX, vec!["PUT 0-899999/900000".into()]),
    ] {
        let store = Store::new().await;
        let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(bytes(SIZE));
        let upload = upload.with_resumable(true).with_chunk_size(size);
        upload.send().await.unwrap();
        assert_eq!(store.log()[1..], ranges, "{size}");
    }
}

/// The service's reply alone decides where the next chunk begins.
#[tokio::test]
async fn a_service_that_keeps_less_than_it_is_sent_gets_the_rest_again() {
    let folder = tempfile::tempdir().unwrap();
    for appetite in [1, 1000, UNIT - 1, UNIT] {
        for kind in Kind::ALL {
            let size = if appetite == 1 { UNIT + 2 } else { UNIT + 5000 };
            let dialect = Dialect {
                appetite: appetite.max(size / 50),
                ..Dialect::default()
            };
            let (store, bytes) = (Store::with(dialect, []).await, bytes(size));
            let media = kind.media(&folder, &bytes).await;
            upload(&store.url, media).await.send().await.unwrap();
            assert!(store.object().unwrap() == bytes, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn other_forms_of_308_and_of_no_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (no_308, zero_range) in [(true, false), (false, true), (true, true)] {
        for kind in Kind::ALL {
            let dialect = Dialect {
                no_308,
                zero_range,
                ..Dialect::default()
            };
            let (store, bytes) = (Store::with(dialect, []).await, bytes(SIZE));
            let media = kind.media(&folder, &bytes).await;
            let mut upload = upload(&store.url, media).await;
            // Makes the upload query the session before it has sent anything.
            let session = upload.start().await.unwrap();
            upload.with_session(session).send().await.unwrap();
            let mut expected = vec!["POST".to_owned()];
            expected.push(format!(
                "PUT */{}",
                if kind.has_length() { "900000" } else { "*" }
            ));
            expected.extend(chunks(0, SIZE, kind.has_length()));
            assert_eq!(store.log(), expected, "{kind:?}");
            assert!(store.object().unwrap() == bytes);
        }
    }
}

#[tokio::test]
async fn progress_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let (store, progress) = (Store::new().await, ProgressLog::default());
        let media = kind.media(&folder, &bytes(SIZE)).await;
        let upload = upload(&store.url, media)
            .await
            .with_progress(progress.callback());
        upload.send().await.unwrap();
        let positions = progress.positions();
        assert!(positions.is_sorted_by(|a, b| a < b), "{positions:?}");
        assert!((3..15).contains(&positions.len()), "{positions:?}");
        assert_eq!(progress.all().last(), Some(&(SIZE, Some(SIZE))));
        let known = kind.has_length().then_some(SIZE);
        assert_eq!(progress.all()[0].1, known, "{kind:?}");
    }
}

#[tokio::test]
async fn a_client_with_an_attempt_timeout_uploads_as_well() {
    let store = Store::new().await;
    let client: Client = builder(&store.url)
        .with_attempt_timeout(Duration::from_secs(60))
        .build()
        .await
        .unwrap();
    let request = client.request(&crate::data::INSERT).path("bucket", "b");
    let mut upload: Upload<Value, _> = request.upload_resumable(bytes(SIZE));
    upload.request_options().set_idempotency(true);
    upload.with_resumable(true).send().await.unwrap();
    assert_eq!(store.log(), ["POST", "PUT 0-899999/900000"]);
}

/// The document's own method begins the session, whatever it is, and `PUT` goes on.
#[tokio::test]
async fn a_method_other_than_post_begins_by_its_own_name() {
    static UPDATE: Method = Method::new(
        "drive.files.update",
        HttpMethod::Patch,
        &[Literal("files/"), Variable("fileId")],
    )
    .with_upload(
        MediaUpload::new(&[Literal("upload/files/"), Variable("fileId")]).with_resumable(true),
    );
    // A connection that is kept, and a session that is named without a host.
    let server = Server::start([
        Answer::new("200 OK", &["location: /upload/s?id=1"], ""),
        Answer::new("308 Resume Incomplete", &["range: bytes=0-262143"], ""),
        Answer::new("204 No Content", &[], ""),
    ])
    .await;
    let client = builder(&server.url).build().await.unwrap();
    let request = client.request(&UPDATE).path("fileId", "f");
    let upload: Upload<(), _> = request.upload_resumable(bytes(UNIT + 1));
    let upload = upload.with_resumable(true).with_chunk_size(UNIT);
    upload.send().await.unwrap();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| request.line()).collect();
    assert_eq!(
        lines,
        [
            "PATCH /upload/files/f?uploadType=resumable&alt=json&prettyPrint=false HTTP/1.1",
            "PUT /upload/s?id=1 HTTP/1.1",
            "PUT /upload/s?id=1 HTTP/1.1",
        ]
    );
    assert_eq!(
        requests[2].header("content-range"),
        ["bytes 262144-262144/262145"]
    );
}

/// A reader that counts the bytes that were read.
struct Counted(Arc<AtomicU64>);

impl AsyncRead for Counted {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let size = buffer.initialize_unfilled().len();
        buffer.advance(size);
        self.0.fetch_add(size as u64, Ordering::SeqCst);
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn no_more_than_two_chunks_of_an_endless_reader_are_held() {
    let faults = (0..20).map(|n| (3 + n, Fault::Error("503 Busy")));
    let store = Store::with(Dialect::default(), faults).await;
    let read = Arc::new(AtomicU64::new(0));
    let media = Media::from_reader(Counted(read.clone()), None);
    upload(&store.url, media).await.send().await.unwrap_err();
    let (stored, piece) = (2 * UNIT, UNIT);
    assert!(read.load(Ordering::SeqCst) <= stored + 2 * UNIT + piece);
}
