//! Services that reply before they have the media, or claim bytes that were never sent.

use std::{
    error::Error as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use discovery_runtime::{Checksums, Media, MediaError, Upload, Value};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

use crate::{
    data::{Kind, ProgressLog, SIZE, UNIT, bytes, insert},
    steps::upload,
    store::{Dialect, Fault, Store},
};

/// More than the buffers of a connection hold, in bytes.
const LARGE: u64 = 64 << 20;
const DONE: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 12\r\nconnection: close\r\n\r\n{\"name\":\"a\"}";

/// A server that reads so many bytes, and answers the requests by their numbers without reading on.
struct Hasty {
    url: String,
    requests: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Hasty {
    async fn start(read: usize, script: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let location = url.clone();
        let requests = Arc::new(AtomicUsize::new(0));
        let count = requests.clone();
        let task = tokio::spawn(async move {
            // Kept open, since a reset could overtake the answer.
            let mut open = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let number = count.fetch_add(1, Ordering::SeqCst);
                let mut buffer = vec![0; read];
                let mut came = 0;
                while came < read && !buffer[..came].windows(4).any(|end| end == b"\r\n\r\n") {
                    came += stream.read(&mut buffer[came..]).await.unwrap();
                }
                let answer = script[number.min(script.len() - 1)].replace("SESSION", &location);
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
                open.push(stream);
            }
        });
        Self {
            url,
            requests,
            task,
        }
    }
}

impl Drop for Hasty {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const BEGUN: &str = "HTTP/1.1 200 OK\r\nlocation: SESSION/u?upload_id=1\r\ncontent-length: 0\r\n\
                     connection: close\r\n\r\n";

#[tokio::test]
async fn a_success_before_the_media_was_sent_is_an_error() {
    for multipart in [false, true] {
        for known in [true, false] {
            let server = Hasty::start(1000, &[DONE]).await;
            let mut request = insert(&server.url).await;
            if multipart {
                request = request.json(&serde_json::json!({"name": "a"}));
            }
            let media = match known {
                true => Media::from_bytes(vec![7; LARGE as usize]),
                false => Media::from_reader(tokio::io::repeat(7), None),
            };
            let progress = ProgressLog::default();
            let upload: Upload<Value> = request.upload(media);
            let upload = upload
                .with_checksums(Checksums::Off)
                .with_progress(progress.callback());
            let error = upload.send().await.unwrap_err();
            assert!(error.source().unwrap().is::<MediaError>(), "{error:?}");
            assert!(error.to_string().contains("before"), "{error}");
            assert!(
                progress
                    .positions()
                    .iter()
                    .all(|position| *position < LARGE)
            );
            assert_eq!(server.requests.load(Ordering::SeqCst), 1);
        }
    }
}

#[tokio::test]
async fn a_success_before_the_media_was_sent_ends_steps_too() {
    for chunk in [None, Some(LARGE / 2)] {
        let server = Hasty::start(1000, &[BEGUN, DONE]).await;
        let progress = ProgressLog::default();
        let upload: Upload<Value, _> =
            insert(&server.url)
                .await
                .upload_resumable(vec![7; LARGE as usize]);
        let mut upload = upload
            .with_resumable(true)
            .with_checksums(Checksums::Off)
            .with_progress(progress.callback());
        if let Some(chunk) = chunk {
            upload = upload.with_chunk_size(chunk);
        }
        let error = upload.send().await.unwrap_err();
        assert!(error.source().unwrap().is::<MediaError>(), "{error:?}");
        assert!(
            progress
                .positions()
                .iter()
                .all(|position| *position < LARGE)
        );
    }
}

/// Confirms bytes that were never sent: in reply to a chunk, and to a query.
#[tokio::test]
async fn bytes_that_never_left_are_not_skipped() {
    const CLAIM: &str = "HTTP/1.1 308 Resume Incomplete\r\nrange: bytes=0-799999\r\n\
                         content-length: 0\r\nconnection: close\r\n\r\n";
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        for faults in [
            vec![(1, Fault::Says(CLAIM))],
            vec![(1, Fault::InBody(9)), (2, Fault::Says(CLAIM))],
            vec![(1, Fault::Error("503 Busy")), (2, Fault::Says(CLAIM))],
            vec![(2, Fault::Says(CLAIM))],
            vec![(2, Fault::BeforeReply), (3, Fault::Says(CLAIM))],
        ] {
            let requests = faults.last().unwrap().0 + 1;
            let store = Store::with(Dialect::default(), faults.clone()).await;
            let media = kind.media(&folder, &bytes).await;
            let error = upload(&store.url, media).await.send().await.unwrap_err();
            let source = error.source().unwrap().downcast_ref::<MediaError>();
            let context = format!("{kind:?} {faults:?} {error}");
            assert!(
                matches!(source, Some(MediaError::Protocol { .. })),
                "{context}"
            );
            assert_eq!(store.log().len(), requests, "{context}");
        }
    }
}

/// More was announced than was sent: 64 MiB go out in one piece, and break off.
#[tokio::test]
async fn the_rest_of_a_piece_that_broke_off_is_not_skipped() {
    const CLAIM: &str = "HTTP/1.1 308 Resume Incomplete\r\nrange: bytes=0-67108000\r\n\
                         content-length: 0\r\nconnection: close\r\n\r\n";
    const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = Hasty::start(1000, &[BEGUN, BUSY, CLAIM]).await;
    let upload: Upload<Value, _> = insert(&server.url)
        .await
        .upload_resumable(vec![7; LARGE as usize]);
    let error = upload.send().await.unwrap_err();
    let source = error.source().unwrap().downcast_ref::<MediaError>();
    assert!(
        matches!(source, Some(MediaError::Protocol { .. })),
        "{error}"
    );
    assert_eq!(server.requests.load(Ordering::SeqCst), 3);
}

/// A reply that confirms next to nothing counts as a failure.
#[tokio::test]
async fn a_service_that_keeps_next_to_nothing_fails_the_upload() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, in_chunks) in [
        (Kind::Memory, false),
        (Kind::File, true),
        (Kind::Stream, true),
    ] {
        for appetite in [1, 10] {
            let dialect = Dialect {
                appetite,
                picky: true,
                ..Dialect::default()
            };
            let store = Store::with(dialect, []).await;
            let media = kind.media(&folder, &bytes(4 * UNIT)).await;
            let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(media);
            let upload = upload.with_resumable(true);
            let upload = if in_chunks {
                upload.with_chunk_size(UNIT)
            } else {
                upload
            };
            upload.send().await.unwrap_err();
            assert!(store.log().len() < 50, "{}", store.log().len());
        }
    }
}
