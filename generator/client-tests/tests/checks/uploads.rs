//! Uploads of app bundles, alone and with metadata.

use discovery_runtime::{Error, IntoMedia, Media};
use google_checks_v1alpha::Checks;
use google_checks_v1alpha::schemas::report::AnalyzeUploadRequest;
use google_checks_v1alpha::schemas::report::analyze_upload_request::AppBinaryFileType;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::calls::APP;
use crate::support::{Recorded, TOKEN, Unvisited, builder, fixture, json, serving};

/// Binary content, with a line that looks like the end of a part.
const BUNDLE: &[u8] = b"PK\x03\x04\0\xff\r\n--boundary--\r\n\r\n";

fn metadata() -> AnalyzeUploadRequest {
    AnalyzeUploadRequest::default()
        .set_app_binary_file_type(AppBinaryFileType::AndroidAab)
        .set_code_reference_id("db5bcc20")
}

pub(crate) const METADATA: &str =
    r#"{"appBinaryFileType":"ANDROID_AAB","codeReferenceId":"db5bcc20"}"#;

/// Returns the request that an upload sends.
async fn sent(metadata: AnalyzeUploadRequest, media: impl IntoMedia) -> Recorded {
    let (server, checks) = serving(json(&fixture("operation_done.json"))).await;
    let upload = checks.media().upload(APP, metadata).with_media(media);
    let operation = upload.send().await.unwrap();
    assert!(operation.done);
    server.request()
}

/// Checks that the path is the one for media, and that the query has the type of the upload.
fn assert_target(request: &Recorded, upload_type: &str) {
    assert_eq!(
        request.line(),
        format!(
            "POST /upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload\
             ?uploadType={upload_type}&alt=json&prettyPrint=false HTTP/1.1"
        )
    );
}

/// Checks that media of a known length is not sent in chunks.
fn assert_length(request: &Recorded, length: usize) {
    assert_eq!(request.header("content-length"), [length.to_string()]);
    assert!(request.header("transfer-encoding").is_empty());
}

fn assert_type(request: &Recorded, content_type: &str) {
    assert_eq!(request.header("content-type"), [content_type]);
}

#[tokio::test]
async fn bytes_are_sent_unchanged() {
    let request = sent(Default::default(), BUNDLE.to_vec()).await;
    assert_target(&request, "media");
    assert_type(&request, "application/octet-stream");
    assert_length(&request, BUNDLE.len());
    assert_eq!(request.body, BUNDLE);
}

#[tokio::test]
async fn empty_media_is_uploaded() {
    let request = sent(Default::default(), Vec::new()).await;
    assert_target(&request, "media");
    assert_length(&request, 0);
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn a_file_is_sent_with_the_type_of_its_extension() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.apk");
    let bundle = BUNDLE.repeat(10_000);
    std::fs::write(&path, &bundle).unwrap();
    let media = Media::from_path(&path).await.unwrap();
    let request = sent(Default::default(), media).await;
    assert_target(&request, "media");
    assert_type(&request, "application/vnd.android.package-archive");
    assert_length(&request, bundle.len());
    assert!(request.body == bundle);
}

#[tokio::test]
async fn a_reader_of_known_length_is_sent_with_its_length() {
    let length = u64::try_from(BUNDLE.len()).unwrap();
    let media = Media::from_reader(BUNDLE, Some(length));
    let request = sent(Default::default(), media).await;
    assert_length(&request, BUNDLE.len());
    assert_eq!(request.body, BUNDLE);
}

#[tokio::test]
async fn a_reader_of_unknown_length_is_sent_in_chunks() {
    let request = sent(Default::default(), Media::from_reader(BUNDLE, None)).await;
    assert_target(&request, "media");
    assert!(request.header("content-length").is_empty());
    assert_eq!(request.header("transfer-encoding"), ["chunked"]);
    assert_eq!(request.body, BUNDLE);
}

/// Checks both parts of a `multipart/related` body, and every byte of the framing.
fn assert_parts(request: &Recorded, media_type: &str) {
    assert_target(request, "multipart");
    let [content_type] = request.header("content-type")[..] else {
        panic!("{}", request.head)
    };
    let boundary = content_type
        .strip_prefix("multipart/related; boundary=")
        .unwrap();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    assert!((1..=70).contains(&boundary.len()) && boundary.bytes().all(allowed));
    let head = format!(
        "--{boundary}\r\n\
         Content-Type: application/json; charset=UTF-8\r\n\
         \r\n\
         {METADATA}\r\n\
         --{boundary}\r\n\
         Content-Type: {media_type}\r\n\
         \r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let expected = [head.as_bytes(), BUNDLE, tail.as_bytes()].concat();
    assert_eq!(
        String::from_utf8_lossy(&request.body),
        String::from_utf8_lossy(&expected)
    );
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn metadata_and_bytes_are_sent_in_two_parts() {
    let request = sent(metadata(), BUNDLE.to_vec()).await;
    assert_parts(&request, "application/octet-stream");
    assert_length(&request, request.body.len());
}

#[tokio::test]
async fn metadata_and_a_file_are_sent_in_two_parts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.zip");
    std::fs::write(&path, BUNDLE).unwrap();
    let media = Media::from_path(&path).await.unwrap();
    let request = sent(metadata(), media).await;
    assert_parts(&request, "application/zip");
    assert_length(&request, request.body.len());
}

#[tokio::test]
async fn metadata_and_a_reader_are_sent_in_two_parts() {
    let media = Media::from_reader(BUNDLE, None).with_content_type("application/x-app-bundle");
    let request = sent(metadata(), media).await;
    assert_parts(&request, "application/x-app-bundle");
    assert_eq!(request.header("transfer-encoding"), ["chunked"]);
}

#[tokio::test]
async fn boundaries_differ() {
    let first = sent(metadata(), Vec::new()).await;
    let second = sent(metadata(), Vec::new()).await;
    assert_ne!(first.header("content-type"), second.header("content-type"));
}

#[tokio::test]
async fn uploads_go_to_the_endpoint_of_the_client() {
    let (server, _) = serving(json("{}")).await;
    let checks = builder(&format!("{}/proxy/", server.url)).build().await;
    let upload = checks.unwrap().media().upload(APP, Default::default());
    let upload = upload.fields("name").with_media(BUNDLE.to_vec());
    upload.send().await.unwrap();
    let request = server.request();
    assert_eq!(
        request.target(),
        "/proxy/upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload\
         ?fields=name&uploadType=media&alt=json&prettyPrint=false"
    );
    assert_eq!(request.header("authorization"), [format!("Bearer {TOKEN}")]);
}

/// An error reply is reported while the upload is still being sent.
#[tokio::test]
async fn a_reply_may_arrive_before_the_upload_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let checks = builder(&url).build().await.unwrap();
    let endless = Media::from_reader(tokio::io::repeat(7), None);
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        while stream.read_u8().await.unwrap() != 7 {}
        let answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream
    };
    let (error, _stream) = tokio::join!(refused(checks, APP, endless), server);
    assert_eq!(error.http_status_code(), Some(403), "{error:?}");
}

/// Without media the request is sent to the method's own path.
#[tokio::test]
async fn metadata_alone_is_an_ordinary_request() {
    let (server, checks) = serving(json("{}")).await;
    checks.media().upload(APP, metadata()).send().await.unwrap();
    let request = server.request();
    assert_eq!(
        request.target(),
        "/v1alpha/accounts/1/apps/2/reports:analyzeUpload?alt=json&prettyPrint=false"
    );
    assert_type(&request, "application/json");
    assert_eq!(request.text(), METADATA);
}

async fn refused(checks: Checks, parent: &str, media: Media) -> Error {
    let upload = checks.media().upload(parent, metadata()).with_media(media);
    upload.send().await.unwrap_err()
}

#[tokio::test]
async fn invalid_uploads_are_refused() {
    let bytes = || Media::from_bytes(BUNDLE);
    let table = [
        (
            "accounts/1/apps/..",
            bytes(),
            "parameter `parent` must not have a segment `.` or `..`, got \"accounts/1/apps/..\"",
        ),
        (
            APP,
            bytes().with_content_type("text/plain\r\nx: y"),
            "header `content-type` must be visible ASCII without line breaks, \
             got \"text/plain\\r\\nx: y\"",
        ),
        (
            APP,
            Media::from_reader(BUNDLE, Some(10_737_418_241)),
            "the media has 10737418241 bytes, but the method takes at most 10737418240",
        ),
    ];
    for (parent, media, message) in table {
        let server = Unvisited::new();
        let error = refused(server.client().await, parent, media).await;
        server.assert_unvisited();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot find a matching binding to send the request: checks.media.upload: {message}"
            )
        );
    }
}

#[tokio::test]
async fn a_reader_of_the_wrong_length_is_an_error() {
    let table = [
        (
            5,
            "the media is longer than the 5 bytes that were announced",
        ),
        (
            500,
            "the media ended after 24 of the 500 bytes that were announced",
        ),
    ];
    for (length, message) in table {
        let (_server, checks) = serving(json("{}")).await;
        let error = refused(checks, APP, Media::from_reader(BUNDLE, Some(length))).await;
        assert_eq!(
            error.to_string(),
            format!("cannot serialize the request because {message}")
        );
    }
}
