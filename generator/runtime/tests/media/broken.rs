//! Uploads in one request whose connection breaks: never sent twice unasked, never reported as done.

use std::error::Error as _;

use discovery_runtime::{
    Checksums, Error, HttpMethod, Media, MediaUpload, Method, Request, RequestOptionsBuilder as _,
    Segment::{Literal, Variable},
    Upload, Value,
};

use crate::{
    data::{INSERT, Kind, ProgressLog, SIZE, UNIT, builder, bytes},
    store::{Dialect, Fault, Store},
    support::{Answer, Server},
};

static PUT: Method = Method::new(
    "things.put",
    HttpMethod::Put,
    &[Literal("things/"), Variable("name")],
)
.with_upload(MediaUpload::new(&[
    Literal("upload/things/"),
    Variable("name"),
]));

/// In bytes: more than the buffers of a connection hold.
const LARGE: usize = 16 << 20;

/// With the metadata that makes it `multipart/related`, or without.
async fn insert(url: &str, multipart: bool) -> Request {
    let client = builder(url).build().await.unwrap();
    let request = client.request(&INSERT).path("bucket", "b");
    if multipart {
        request.json(&serde_json::json!({"name": "a"}))
    } else {
        request
    }
}

fn assert_broken(error: &Error, context: &str) {
    assert!(error.is_io(), "{context}: {error:?}");
    assert_eq!(error.http_status_code(), None, "{context}");
    assert!(error.source().is_some(), "{context}: {error:?}");
}

#[tokio::test]
async fn a_post_that_breaks_off_is_made_once_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(UNIT);
    for fault in [
        Fault::BeforeHead,
        Fault::InHead,
        Fault::InBody(0),
        Fault::InBody(100),
        Fault::InBody(100_000),
        Fault::InBody(UNIT),
        Fault::BeforeReply,
        Fault::InReply(1),
        Fault::InReply(40),
    ] {
        for (kind, multipart) in Kind::ALL
            .into_iter()
            .filter(|kind| kind.has_length())
            .flat_map(|kind| [(kind, false), (kind, true)])
        {
            let context = format!("{fault:?} {kind:?} {multipart}");
            let store = Store::with(Dialect::default(), [(0, fault.clone())]).await;
            let media = kind.media(&folder, &bytes).await;
            let upload: Upload<Value> = insert(&store.url, multipart).await.upload(media);
            let error = upload.send().await.unwrap_err();
            assert_broken(&error, &context);
            assert_eq!(store.log().len(), 1, "{context}");
        }
    }
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"name\": \"a\"}";
    for kind in Kind::ALL {
        let server = Server::start([Answer::raw(cut), Answer::ok()]).await;
        let media = kind.media(&folder, &bytes(SIZE)).await;
        let upload: Upload<Value> = insert(&server.url, true).await.upload(media);
        assert_broken(&upload.send().await.unwrap_err(), cut);
        server.request();
    }
}

#[tokio::test]
async fn progress_excludes_bytes_that_were_never_sent() {
    for multipart in [false, true] {
        let store = Store::with(Dialect::default(), [(0, Fault::InBody(100_000))]).await;
        let progress = ProgressLog::default();
        let upload: Upload<Value> = insert(&store.url, multipart).await.upload(vec![7; LARGE]);
        let upload = upload
            .with_progress(progress.callback())
            .with_checksums(Checksums::Off);
        assert_broken(&upload.send().await.unwrap_err(), "large");
        assert!(
            progress
                .positions()
                .iter()
                .all(|position| *position < LARGE as u64)
        );
    }
}

#[tokio::test]
async fn an_upload_that_may_be_repeated_is_made_again_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let server = Server::start([Answer::raw("HTTP/1.1 200 OK\r\nconte"), Answer::ok()]).await;
        let client = builder(&server.url).build().await.unwrap();
        let media: Media = kind.media(&folder, &bytes).await;
        let upload: Upload<Value> = client.request(&PUT).path("name", "n").upload(media);
        let result = upload.with_idempotency(true).send().await;
        let requests = server.requests();
        assert_eq!(result.is_ok(), kind.is_rewindable(), "{kind:?}");
        assert_eq!(requests.len(), if kind.is_rewindable() { 2 } else { 1 });
        assert!(
            requests.iter().all(|request| request.body == bytes),
            "{kind:?}"
        );
    }
}
