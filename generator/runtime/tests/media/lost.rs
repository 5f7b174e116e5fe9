//! Lost replies: a second object is worse than an error.

use std::error::Error as _;

use discovery_runtime::{Media, MediaError, Upload, Value};

use crate::{
    data::{Kind, SIZE, UNIT, bytes, insert},
    steps::upload,
    store::{Dialect, Fault, Store},
};

/// All was sent; the reply and the session are lost.
#[tokio::test]
async fn media_that_was_sent_whole_is_not_sent_to_another_session() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        for status in ["404 Not Found", "410 Gone"] {
            let faults = [(4, Fault::BeforeReply), (5, Fault::Error(status))];
            let store = Store::with(Dialect::default(), faults).await;
            let media = kind.media(&folder, &bytes).await;
            let error = upload(&store.url, media).await.send().await.unwrap_err();
            let source = error.source().unwrap().downcast_ref::<MediaError>();
            assert!(
                matches!(source, Some(MediaError::SessionLost { .. })),
                "{error:?}"
            );
            assert_eq!(store.log().len(), 6, "{:?}", store.log());
        }
    }
    let faults = [(1, Fault::BeforeReply), (2, Fault::Error("404 Gone"))];
    let store = Store::with(Dialect::default(), faults).await;
    let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(bytes);
    upload.with_resumable(true).send().await.unwrap_err();
    assert_eq!(store.log(), ["POST", "PUT 0-899999/900000", "PUT */900000"]);
}

/// Only the beginning was sent.
#[tokio::test]
async fn media_that_was_not_sent_whole_begins_anew() {
    let bytes = bytes(SIZE);
    let faults = [(1, Fault::BeforeReply), (2, Fault::Error("404 Gone"))];
    let store = Store::with(Dialect::default(), faults).await;
    upload(&store.url, bytes.clone().into())
        .await
        .send()
        .await
        .unwrap();
    assert!(store.object().unwrap() == bytes);
    assert_eq!(store.log()[3], "POST");
}

/// The file is overwritten in place while it is sent, by one of the same length.
#[tokio::test]
async fn a_file_that_is_overwritten_while_it_is_sent_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("media");
    for in_steps in [false, true] {
        std::fs::write(&path, bytes(4_000_000)).unwrap();
        let store = Store::new().await;
        let media = Media::from_path(&path).await.unwrap();
        let target = path.clone();
        let mut overwritten = false;
        let overwrite = move |sent: u64, _| {
            if sent > 500_000 && !std::mem::replace(&mut overwritten, true) {
                std::fs::write(&target, vec![7; 4_000_000]).unwrap();
            }
        };
        let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(media);
        let upload = upload.with_resumable(in_steps).with_progress(overwrite);
        let error = upload.send().await.unwrap_err();
        assert!(error.to_string().contains("it changed"), "{error}");
        assert!(store.object().is_none());
    }
}

#[tokio::test]
async fn an_upload_that_was_begun_needs_no_query() {
    let store = Store::new().await;
    let mut upload = upload(&store.url, bytes(UNIT).into()).await;
    upload.start().await.unwrap();
    upload.send().await.unwrap();
    assert_eq!(store.log(), ["POST", "PUT 0-262143/262144"]);
}

#[tokio::test]
async fn a_session_without_a_url_is_an_error() {
    for location in ["", " ", "#", "?"] {
        let said: &'static str = Box::leak(
            format!(
                "HTTP/1.1 200 OK\r\nlocation: {location}\r\ncontent-length: 0\r\n\
                 connection: close\r\n\r\n"
            )
            .into_boxed_str(),
        );
        let store = Store::with(Dialect::default(), [(0, Fault::Says(said))]).await;
        let upload = upload(&store.url, bytes(9).into()).await;
        let error = upload.send().await.unwrap_err();
        assert!(
            error.to_string().contains("without saying where"),
            "{error}"
        );
        assert_eq!(store.log(), ["POST"]);
    }
}

/// Google's storage-testbench does so when it is to break a reply without a body.
#[tokio::test]
async fn an_empty_success_between_chunks_leads_to_a_query() {
    const EMPTY: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n\
                         0\r\n\r\n";
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let store = Store::with(Dialect::default(), [(1, Fault::Says(EMPTY))]).await;
        let media = kind.media(&folder, &bytes).await;
        upload(&store.url, media).await.send().await.unwrap();
        assert!(store.object().unwrap() == bytes);
    }
    let empty = (1..40).map(|number| (number, Fault::Says(EMPTY)));
    let store = Store::with(Dialect::default(), empty).await;
    upload(&store.url, bytes.into())
        .await
        .send()
        .await
        .unwrap_err();
    assert!(store.log().len() < 20);
}
