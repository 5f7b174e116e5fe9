//! Uploads in one request: progress, checksums, and what may be sent again.

use discovery_runtime::{
    HttpMethod, Media, MediaError, MediaUpload, Method, RequestOptions,
    Segment::{Literal, Variable},
    Upload, Value,
};
use discovery_runtime::{RequestBuilder as _, Result};
use google_cloud_gax::options::RequestOptionsBuilder as _;
use std::error::Error as _;

use crate::{
    data::{INSERT, Kind, ProgressLog, SIZE, builder, bytes},
    support::{Answer, Recorded, Server},
};

static PUT: Method = Method::new(
    "things.put",
    HttpMethod::Put,
    &[Literal("things/"), Variable("name")],
)
.with_upload(MediaUpload::new(&[Literal("upload/things/"), Variable("name")]).with_max_size(SIZE));

async fn uploaded(
    method: &'static Method,
    media: Media,
    script: impl IntoIterator<Item = Answer>,
) -> (Result<Value>, Vec<Recorded>) {
    let server = Server::start(script).await;
    let client = builder(&server.url).build().await.unwrap();
    let request = client.request(method).path("bucket", "b").path("name", "n");
    let upload: Upload<Value> = request.upload(media);
    (upload.send().await, server.requests())
}

#[tokio::test]
async fn media_of_every_kind_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let media = kind.media(&folder, &bytes).await;
        let (result, requests) = uploaded(&INSERT, media, [Answer::ok()]).await;
        result.unwrap();
        assert!(requests[0].body == bytes, "{kind:?}");
        let length = requests[0].header("content-length");
        assert_eq!(!length.is_empty(), kind.has_length());
        assert!(requests[0].target().contains("uploadType=media"));
    }
}

#[tokio::test]
async fn an_idempotent_upload_is_repeated_if_its_media_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let media = kind.media(&folder, &bytes).await;
        let busy = Answer::new("503 Busy", &[], "");
        let script = [busy, Answer::ok()];
        let server = Server::start(script).await;
        let client = builder(&server.url).build().await.unwrap();
        let upload: Upload<Value> = client.request(&PUT).path("name", "n").upload(media);
        let result = upload.with_idempotency(true).send().await;
        let requests = server.requests();
        assert_eq!(result.is_ok(), kind.is_rewindable(), "{kind:?}");
        assert!(requests.iter().all(|request| request.body == bytes));
        assert_eq!(requests.len(), if kind.is_rewindable() { 2 } else { 1 });
    }
}

#[tokio::test]
async fn checksums_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    for (member, names) in [
        (r#"{"crc32c":"AAAAAA=="}"#, "CRC32C"),
        (r#"{"md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="}"#, "MD5"),
    ] {
        for kind in Kind::ALL {
            let media = kind.media(&folder, &bytes(SIZE)).await;
            let answer = Answer::json("200 OK", member);
            let (result, _) = uploaded(&INSERT, media, [answer]).await;
            if names == "MD5" && !kind.is_rewindable() {
                result.unwrap();
                continue;
            }
            let error = result.unwrap_err();
            let error: &MediaError = error.source().unwrap().downcast_ref().unwrap();
            let MediaError::ChecksumMismatch { kind, .. } = error else {
                panic!("{error}");
            };
            assert_eq!(*kind, names);
        }
    }
}

#[tokio::test]
async fn progress_counts_the_media_alone() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let server = Server::start([Answer::ok()]).await;
        let client = builder(&server.url).build().await.unwrap();
        let request = client.request(&INSERT).path("bucket", "b");
        let request = request.json(&serde_json::json!({"a": "b"}));
        let media = kind.media(&folder, &bytes(SIZE)).await;
        let progress = ProgressLog::default();
        let upload: Upload<Value> = request.upload(media);
        upload
            .with_progress(progress.callback())
            .send_empty()
            .await
            .unwrap();
        assert_eq!(progress.all().last(), Some(&(SIZE, Some(SIZE))), "{kind:?}");
        assert!(progress.positions().is_sorted_by(|a, b| a < b));
    }
}

#[tokio::test]
async fn progress_goes_back_with_what_is_sent_again() {
    let busy = Answer::new("503 Busy", &[], "");
    let server = Server::start([busy, Answer::ok()]).await;
    let client = builder(&server.url).build().await.unwrap();
    let request = client.request(&PUT).path("name", "n");
    let progress = ProgressLog::default();
    let upload: Upload<Value> = request.upload(bytes(SIZE));
    let upload = upload
        .with_progress(progress.callback())
        .with_user_agent("mine")
        .with_idempotency(true);
    upload.send().await.unwrap();
    let positions = progress.positions();
    let ends = positions.iter().filter(|position| **position == SIZE);
    assert_eq!(ends.count(), 2, "{positions:?}");
    assert!(server.requests()[1].header("user-agent")[0].starts_with("mine "));
}

/// A stream whose errors are of the caller's own kind.
struct Torn;

impl futures_core::Stream for Torn {
    type Item = std::result::Result<discovery_runtime::Bytes, String>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Err("the tape is torn".to_owned())))
    }
}

#[tokio::test]
async fn a_stream_that_fails_is_an_error() {
    for length in [None, Some(9)] {
        let media = Media::from_stream(Torn, length);
        let (result, _) = uploaded(&INSERT, media, []).await;
        assert_eq!(
            result.unwrap_err().to_string(),
            "cannot serialize the request because its media cannot be read: the tape is torn"
        );
    }
}

#[tokio::test]
async fn options_are_reached() {
    let server = Server::start([]).await;
    let client = builder(&server.url).build().await.unwrap();
    let mut upload: Upload<Value> = client.request(&PUT).upload(bytes(1));
    let _: &mut RequestOptions = upload.request_options();
}

#[tokio::test]
async fn a_method_without_a_response_accepts_any_body() {
    for (status, body) in [
        ("204 No Content", ""),
        ("200 OK", ""),
        ("200 OK", "{}"),
        ("200 OK", "<"),
    ] {
        let server = Server::start([Answer::new(status, &[], body)]).await;
        let client = builder(&server.url).build().await.unwrap();
        let upload: Upload<()> = client.request(&PUT).path("name", "n").upload(bytes(1));
        upload.send().await.unwrap();
    }
}
