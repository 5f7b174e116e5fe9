//! Uploads, by the bytes on the wire.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use discovery_runtime::{
    Bytes, Call, Client, ClientBuilder, Code, Error, HttpMethod, Media, MediaUpload, Method, Reply,
    RequestOptionsBuilder as _, Result,
    Segment::{Literal, Reserved},
    Transport, Upload, Value,
};
use serde_json::json;
use tokio::io::{AsyncRead, ReadBuf};

use crate::support::{Answer, CREATE, Recorded, SERVICE, Server, fake::Patient};

const PATH: MediaUpload = MediaUpload::new(&[
    Literal("upload/v1alpha/"),
    Reserved("parent"),
    Literal("/reports:analyzeUpload"),
])
.with_multipart(true);
static UPLOAD: Method = Method::new(
    "checks.media.upload",
    HttpMethod::Post,
    &[
        Literal("v1alpha/"),
        Reserved("parent"),
        Literal("/reports:analyzeUpload"),
    ],
)
.with_upload(PATH.with_accept(&["*/*"]).with_max_size(10_737_418_240));
static IMAGE: Method = Method::new(
    "checks.images.upload",
    HttpMethod::Post,
    &[Literal("v1alpha/images")],
)
.with_upload(
    MediaUpload::new(&[Literal("/upload/v1alpha/images")])
        .with_accept(&["image/*"])
        .with_max_size(8),
);

async fn sent(metadata: Option<Value>, media: Media) -> (Result<Value>, Vec<Recorded>) {
    let server = Server::start([Answer::ok()]).await;
    let mut request = server
        .client()
        .await
        .request(&UPLOAD)
        .path("parent", "accounts/1/apps/2");
    if let Some(metadata) = metadata {
        request = request.json(&metadata);
    }
    let upload: Upload<Value> = request.upload(media);
    (upload.send().await, server.requests())
}

async fn arrived(metadata: Option<Value>, media: Media) -> Recorded {
    let (result, requests) = sent(metadata, media).await;
    result.unwrap();
    requests.into_iter().next().unwrap()
}

async fn refused(method: &'static Method, metadata: bool, media: Media) -> Error {
    let server = Server::start([Answer::ok()]).await;
    let mut request = server.client().await.request(method);
    if metadata {
        request = request.json(&json!({"a": 1}));
    }
    let error = request.upload::<Value>(media).send().await.unwrap_err();
    assert!(server.requests().is_empty());
    error
}

#[tokio::test]
async fn media_alone_goes_out_as_it_is() {
    for metadata in [None, Some(json!({}))] {
        let media = Media::from_bytes("data").with_content_type("text/plain");
        let request = arrived(metadata, media).await;
        assert_eq!(
            request.target(),
            "/upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload?uploadType=media&alt=json\
             &prettyPrint=false"
        );
        assert_eq!(request.header("content-type"), ["text/plain"]);
        assert_eq!(request.header("content-length"), ["4"]);
        assert!(request.header("transfer-encoding").is_empty());
        assert_eq!(request.text(), "data");
    }
}

#[tokio::test]
async fn metadata_and_media_go_out_in_two_parts() {
    let media = Media::from_bytes(Bytes::from_static(b"\r\n--data\x00\xff"));
    let request = arrived(Some(json!({"codeReferenceId": "c"})), media).await;
    assert!(request.target().contains("uploadType=multipart"));
    let [content_type] = request.header("content-type")[..] else {
        panic!()
    };
    let boundary = content_type
        .strip_prefix("multipart/related; boundary=")
        .unwrap();
    let mut expected = format!(
        "--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n\
         {{\"codeReferenceId\":\"c\"}}\r\n\
         --{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    expected.extend(b"\r\n--data\x00\xff");
    expected.extend(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(request.body, expected);
    assert_eq!(
        request.header("content-length"),
        [expected.len().to_string()]
    );
    assert!(request.header("transfer-encoding").is_empty());
}

#[tokio::test]
async fn empty_media_says_that_it_is_empty() {
    let request = arrived(None, Media::from_bytes("")).await;
    assert_eq!(request.header("content-length"), ["0"]);
    assert_eq!(request.text(), "");
}

#[tokio::test]
async fn a_file_is_streamed_with_its_length_and_type() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.APK");
    let data: Vec<u8> = (0..300_000_u32).map(|n| n as u8).collect();
    std::fs::write(&path, &data).unwrap();
    let media = Media::from_path(&path).await.unwrap();
    assert_eq!(media.length(), Some(300_000));
    let request = arrived(None, media).await;
    assert_eq!(
        request.header("content-type"),
        ["application/vnd.android.package-archive"]
    );
    assert_eq!(request.header("content-length"), ["300000"]);
    assert!(request.body == data);
}

#[tokio::test]
async fn a_reader_is_sent_with_a_length_or_in_chunks() {
    let reader = || std::io::Cursor::new(vec![7; 100_000]);
    let request = arrived(None, Media::from_reader(reader(), Some(100_000))).await;
    assert_eq!(request.header("content-length"), ["100000"]);
    assert_eq!(request.body, vec![7; 100_000]);
    let request = arrived(Some(json!({"a": 1})), Media::from_reader(reader(), None)).await;
    assert!(request.header("content-length").is_empty());
    assert_eq!(request.header("transfer-encoding"), ["chunked"]);
    assert!(request.body.len() > 100_000);
}

#[tokio::test]
async fn media_of_another_length_than_announced_is_an_error() {
    for (length, message) in [
        (
            5,
            "cannot serialize the request because the media ended after 4 of the 5 bytes that were announced",
        ),
        (
            3,
            "cannot serialize the request because the media is longer than the 3 bytes that were announced",
        ),
    ] {
        let media = Media::from_reader(&b"data"[..], Some(length));
        let (result, requests) = sent(None, media).await;
        let error = result.unwrap_err();
        assert!(error.is_serialization(), "{error:?}");
        assert_eq!(error.to_string(), message);
        assert!(requests.is_empty());
    }
}

/// Fails on the first read.
struct Torn;

impl AsyncRead for Torn {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Poll::Ready(Err(std::io::Error::other("the tape is torn")))
    }
}

#[tokio::test]
async fn media_that_cannot_be_read_is_an_error_that_says_so() {
    let (result, _) = sent(None, Media::from_reader(Torn, None)).await;
    let error = result.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot serialize the request because its media cannot be read: the tape is torn"
    );

    let error = Media::from_path("/nowhere/app.apk").await.unwrap_err();
    assert!(
        error.to_string().contains(
            "cannot serialize the request because /nowhere/app.apk cannot be read: No such file"
        ),
        "{error}"
    );
    let error = Media::from_path("/").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("because / cannot be read: it is not a file"),
        "{error}"
    );
}

#[tokio::test]
async fn media_that_a_method_does_not_take_is_refused_before_a_byte_is_sent() {
    let image = |bytes: &'static [u8]| Media::from_bytes(bytes).with_content_type("image/png");
    let prefix = "cannot find a matching binding to send the request: ";
    let table = [
        (
            refused(&IMAGE, false, Media::from_bytes("x")).await,
            "checks.images.upload: the media is `application/octet-stream`, but the method \
             accepts only image/*",
        ),
        (
            refused(&IMAGE, false, image(b"123456789")).await,
            "checks.images.upload: the media has 9 bytes, but the method takes at most 8",
        ),
        (
            refused(&IMAGE, true, image(b"1")).await,
            "checks.images.upload: the method takes no metadata along with media",
        ),
        (
            refused(&CREATE, false, image(b"1")).await,
            "checks.things.create: the method takes no media",
        ),
        (
            refused(
                &IMAGE,
                false,
                Media::from_bytes("1").with_content_type("image/png\r\nx: y"),
            )
            .await,
            "checks.images.upload: header `content-type` must be visible ASCII without line \
             breaks, got \"image/png\\r\\nx: y\"",
        ),
    ];
    for (error, message) in table {
        assert_eq!(error.to_string(), format!("{prefix}{message}"));
    }
}

#[tokio::test]
async fn a_reader_without_a_length_is_stopped_at_the_limit() {
    let server = Server::start([Answer::ok()]).await;
    let media = Media::from_reader(&b"123456789"[..], None).with_content_type("image/png");
    let upload: Upload<Value> = server.client().await.request(&IMAGE).upload(media);
    let error = upload.send().await.unwrap_err();
    let message = "the media is larger than 8 bytes, which is all the method takes";
    assert!(error.to_string().ends_with(message), "{error}");
}

#[tokio::test]
async fn a_with_content_type_on_the_upload_wins() {
    let server = Server::start([Answer::ok()]).await;
    let upload: Upload<Value> = server.client().await.request(&IMAGE).upload(vec![1, 2]);
    upload
        .with_content_type("image/webp")
        .send_empty()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), ["image/webp"]);
    assert_eq!(
        request.target(),
        "/upload/v1alpha/images?uploadType=media&alt=json&prettyPrint=false"
    );
}

/// Refuses the first attempt, and keeps the bodies of the others. The first body is read only if
/// `answered` is set.
#[derive(Debug)]
struct Refusing {
    answered: bool,
    attempts: AtomicUsize,
    arrived: Mutex<Bytes>,
}

impl Refusing {
    fn new(answered: bool) -> Arc<Self> {
        Arc::new(Self {
            answered,
            attempts: AtomicUsize::new(0),
            arrived: Mutex::default(),
        })
    }

    async fn receive(self: Arc<Self>, media: Media) -> Result<()> {
        let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
        let builder = builder.with_transport(self).with_retry_throttler(Patient);
        let client = builder.build().await.unwrap();
        let upload: Upload<Value> = client.request(&UPLOAD).path("parent", "a").upload(media);
        upload.with_idempotency(true).send_empty().await
    }
}

impl Transport for Refusing {
    async fn send(&self, call: Call) -> Result<Reply> {
        let first = self.attempts.fetch_add(1, Ordering::SeqCst) == 0;
        if first && !self.answered {
            return Err(Error::connect("refused"));
        }
        *self.arrived.lock().unwrap() = call.into_body().collect().await?;
        Ok(if first {
            Reply::error(Code::Unavailable, "busy")
        } else {
            Reply::new(200)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn media_that_can_be_read_again_is_sent_again() {
    let server = Refusing::new(true);
    server
        .clone()
        .receive(Media::from_bytes("data"))
        .await
        .unwrap();
    assert_eq!(server.attempts.load(Ordering::SeqCst), 2);
    assert_eq!(*server.arrived.lock().unwrap(), "data");
}

#[tokio::test(start_paused = true)]
async fn a_reader_is_sent_again_only_if_it_was_not_read() {
    let reader = || Media::from_reader(&b"data"[..], Some(4));
    let server = Refusing::new(false);
    server.clone().receive(reader()).await.unwrap();
    assert_eq!(server.attempts.load(Ordering::SeqCst), 2);
    assert_eq!(*server.arrived.lock().unwrap(), "data");

    let server = Refusing::new(true);
    let error = server.clone().receive(reader()).await.unwrap_err();
    assert_eq!(server.attempts.load(Ordering::SeqCst), 1);
    assert_eq!(error.status().unwrap().message, "busy");
}

#[tokio::test(start_paused = true)]
async fn media_is_not_sent_again_unless_the_caller_allows_it() {
    const PATH: MediaUpload = MediaUpload::new(&[Literal("upload/v1alpha/media")]);
    static POST: Method = Method::new(
        "checks.media.post",
        HttpMethod::Post,
        &[Literal("v1alpha/media")],
    )
    .with_upload(PATH);
    static PATCH: Method = Method::new(
        "checks.media.patch",
        HttpMethod::Patch,
        &[Literal("v1alpha/media")],
    )
    .with_upload(PATH);
    static PUT: Method = Method::new(
        "checks.media.put",
        HttpMethod::Put,
        &[Literal("v1alpha/media")],
    )
    .with_upload(PATH);
    for method in [&POST, &PATCH, &PUT] {
        let server = Refusing::new(true);
        let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE);
        let client = builder
            .with_transport(server.clone())
            .build()
            .await
            .unwrap();
        let upload: Upload<Value> = client.request(method).upload(Media::from_bytes("data"));
        let error = upload.send_empty().await.unwrap_err();
        assert_eq!(error.status().unwrap().message, "busy");
        assert_eq!(server.attempts.load(Ordering::SeqCst), 1, "{}", method.id());
    }
}
