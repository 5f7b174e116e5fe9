//! Replies that end an upload in steps, and the errors for the caller.

use std::error::Error as _;

use discovery_runtime::{
    AttemptsError, Checksums, Error, ErrorExt, HttpMethod, Media, MediaError, MediaUpload, Method,
    Segment::Literal, Upload, Value,
};
use google_cloud_gax::retry_policy::NeverRetry;

use crate::{
    data::{INSERT, Kind, SIZE, Slow, UNIT, builder, bytes, insert},
    steps::{chunks, upload},
    store::{Dialect, Fault, Store},
};

fn media_error(error: &Error) -> &MediaError {
    error.source().unwrap().downcast_ref().unwrap()
}

/// The error of an upload from memory, and what the service saw of it.
async fn failed(
    dialect: Dialect,
    faults: impl IntoIterator<Item = (usize, Fault)>,
) -> (Error, Vec<String>) {
    let store = Store::with(dialect, faults).await;
    let upload = upload(&store.url, bytes(SIZE).into()).await;
    let error = upload.send().await.unwrap_err();
    (error, store.log())
}

#[tokio::test]
async fn an_error_that_does_not_pass_ends_the_upload() {
    for status in [
        "400 No", "401 Who", "403 No", "412 No", "499 Gone", "501 No",
    ] {
        let (error, log) = failed(Dialect::default(), [(2, Fault::Error(status))]).await;
        assert_eq!(error.http_status_code(), status[..3].parse().ok());
        assert_eq!(
            log,
            ["POST", "PUT 0-262143/900000", "PUT 262144-524287/900000"]
        );
    }
    let (error, log) = failed(Dialect::default(), [(0, Fault::Error("404 No"))]).await;
    assert_eq!(error.http_status_code(), Some(404));
    assert_eq!(log, ["POST"]);
}

#[tokio::test]
async fn an_upload_gives_up_after_ten_attempts_at_one_step() {
    let faults = (2..40).map(|number| (number, Fault::Error("503 Busy")));
    let (error, log) = failed(Dialect::default(), faults).await;
    let attempts: &AttemptsError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(attempts.count(), 10);
    assert_eq!(error.reported_http_status(), Some(503));
    let mut expected = vec!["POST".to_owned()];
    expected.extend_from_slice(&chunks(0, SIZE, true)[..2]);
    expected.extend(vec!["PUT */900000".to_owned(); 9]);
    assert_eq!(log, expected);
}

#[tokio::test]
async fn the_callers_policy_decides() {
    let store = Store::with(Dialect::default(), [(1, Fault::InBody(7))]).await;
    let client = builder(&store.url).with_retry_policy(NeverRetry);
    let client = client.build().await.unwrap();
    let request = client.request(&INSERT).path("bucket", "mine");
    let upload: Upload<Value, _> = request.upload_resumable(bytes(SIZE));
    let error = upload.with_resumable(true).send().await.unwrap_err();
    assert!(error.is_io(), "{error:?}");
    assert_eq!(store.log(), ["POST", "PUT 0-899999/900000"]);
}

#[tokio::test]
async fn a_service_that_never_keeps_anything_fails_the_upload() {
    let dialect = Dialect {
        appetite: 0,
        ..Dialect::default()
    };
    let (error, log) = failed(dialect, []).await;
    assert_eq!(
        error.to_string(),
        "gave up after 10 attempts: the transport reports an error: the service kept nothing of \
         bytes 0-262143/900000, but 0 bytes"
    );
    let mut expected = vec!["POST"];
    expected.extend(["PUT 0-262143/900000"; 10]);
    assert_eq!(log, expected);
}

const COMPLETE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
const TOO_MUCH: &str = "HTTP/1.1 308 Resume Incomplete\r\nrange: bytes=0-262144\r\n\
                        content-length: 0\r\nconnection: close\r\n\r\n";
const NO_RANGE: &str = "HTTP/1.1 308 Resume Incomplete\r\nrange: items=0-7\r\n\
                        content-length: 0\r\nconnection: close\r\n\r\n";
const MORE_THAN_ALL: &str = "HTTP/1.1 308 Resume Incomplete\r\nrange: bytes=0-900000\r\n\
                             content-length: 0\r\nconnection: close\r\n\r\n";
const NOWHERE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn violations_of_the_protocol_are_errors() {
    let prefix = "cannot deserialize the response because the service ";
    for (faults, message, requests) in [
        (
            vec![(0, Fault::Says(NOWHERE))],
            "began the upload without saying where",
            1,
        ),
        (
            vec![(1, Fault::Says(COMPLETE))],
            "ended the upload, of which 0 bytes are stored, before its end",
            2,
        ),
        (
            vec![(1, Fault::InBody(9)), (2, Fault::Says(COMPLETE))],
            "ended the upload, of which 0 bytes are stored, before its end",
            3,
        ),
        (
            vec![(1, Fault::Says(TOO_MUCH))],
            "says that it has 262145 bytes of media of which 262144 were sent",
            2,
        ),
        (
            vec![(1, Fault::Says(NO_RANGE))],
            "says that it has \"items=0-7\"",
            2,
        ),
        (
            vec![(1, Fault::InBody(9)), (2, Fault::Says(MORE_THAN_ALL))],
            "says that it has 900001 bytes of media of which there are 900000",
            3,
        ),
    ] {
        let (error, log) = failed(Dialect::default(), faults).await;
        assert_eq!(error.to_string(), format!("{prefix}{message}"));
        assert!(matches!(media_error(&error), MediaError::Protocol { .. }));
        assert_eq!(log.len(), requests, "{log:?}");
    }
}

#[tokio::test]
async fn bytes_that_the_service_lost_are_sent_again_if_possible() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let store = Store::with(Dialect::default(), [(3, Fault::Loses(100_000))]).await;
        let media = kind.media(&folder, &bytes).await;
        let result = upload(&store.url, media).await.send().await;
        if kind.is_rewindable() {
            result.unwrap();
            assert!(store.object().unwrap() == bytes);
            assert_eq!(store.log()[4..], chunks(100_000, SIZE, true));
            continue;
        }
        assert_eq!(
            result.unwrap_err().to_string(),
            "cannot serialize the request because the service has only 100000 bytes of the media, \
             which cannot be read again before byte 524288"
        );
        assert_eq!(store.log().len(), 4);
    }
}

/// A response with a checksum of other bytes.
fn wrong(member: &str) -> Dialect {
    let value = match member {
        "crc32c" => "AAAAAA==",
        "md5Hash" => "AAAAAAAAAAAAAAAAAAAAAA==",
        _ => "00000000000000000000000000000000",
    };
    Dialect {
        response: Some(format!(r#"{{"{member}":"{value}"}}"#)),
        ..Dialect::default()
    }
}

#[tokio::test]
async fn a_checksum_of_other_bytes_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for kind in Kind::ALL {
        let store = Store::with(wrong("crc32c"), []).await;
        let media = kind.media(&folder, &bytes).await;
        let error = upload(&store.url, media).await.send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot deserialize the response because the media's CRC32C is `DrgQcg==`, but the \
             service says `AAAAAA==`"
        );
        let error = media_error(&error);
        assert!(matches!(
            error,
            MediaError::ChecksumMismatch { kind: "CRC32C", .. }
        ));
    }
}

/// An MD5 where there is no CRC32C takes another reading, which a reader does not allow.
#[tokio::test]
async fn an_md5_is_compared_where_it_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = bytes(SIZE);
    for member in ["md5Hash", "md5Checksum"] {
        for kind in Kind::ALL {
            for (checksums, noticed) in [
                (Checksums::Off, false),
                (Checksums::Fastest, kind.is_rewindable()),
                (Checksums::All, true),
            ] {
                let store = Store::with(wrong(member), []).await;
                let media = kind.media(&folder, &bytes).await;
                let upload = upload(&store.url, media).await.with_checksums(checksums);
                let result = upload.send().await;
                assert_eq!(result.is_err(), noticed, "{member} {kind:?} {checksums:?}");
            }
        }
    }
}

/// Documents can promise one.
#[tokio::test]
async fn an_md5_that_the_method_answers_with_is_computed_while_sending() {
    static WITH_MD5: Method =
        Method::new("drive.files.create", HttpMethod::Post, &[Literal("files")]).with_upload(
            MediaUpload::new(&[Literal("upload/files")])
                .with_resumable(true)
                .with_response_md5(true),
        );
    for (dialect, right) in [(wrong("md5Checksum"), false), (Dialect::default(), true)] {
        let store = Store::with(dialect, []).await;
        let client = builder(&store.url).build().await.unwrap();
        let media = Media::from_reader(&b"data"[..], None);
        let upload: Upload<Value, _> = client.request(&WITH_MD5).upload_resumable(media);
        assert_eq!(upload.send().await.is_ok(), right);
    }
}

#[tokio::test]
async fn media_that_a_method_does_not_take_is_refused_before_a_byte_is_sent() {
    static SMALL: Method = Method::new("images.insert", HttpMethod::Post, &[Literal("images")])
        .with_upload(
            MediaUpload::new(&[Literal("upload/images")])
                .with_resumable(true)
                .with_accept(&["image/*"])
                .with_max_size(UNIT),
        );
    static SIMPLE: Method = Method::new("images.insert", HttpMethod::Post, &[Literal("images")])
        .with_upload(MediaUpload::new(&[Literal("upload/images")]));
    static NONE: Method = Method::new("images.insert", HttpMethod::Post, &[Literal("images")]);
    let store = Store::new().await;
    let client = builder(&store.url).build().await.unwrap();
    let image = |media: Media| media.with_content_type("image/png");
    let prefix = "cannot find a matching binding to send the request: images.insert: ";
    for (method, media, message) in [
        (
            &SIMPLE,
            image(bytes(9).into()),
            "the method takes no upload in steps",
        ),
        (&NONE, image(bytes(9).into()), "the method takes no media"),
        (
            &SMALL,
            bytes(9).into(),
            "the media is `application/octet-stream`, but the method accepts only image/*",
        ),
        (
            &SMALL,
            image(bytes(UNIT + 1).into()),
            "the media has 262145 bytes, but the method takes at most 262144",
        ),
    ] {
        let upload: Upload<Value, _> = client.request(method).upload_resumable(media);
        let error = upload.with_resumable(true).send().await.unwrap_err();
        assert_eq!(error.to_string(), format!("{prefix}{message}"));
    }
    assert!(store.log().is_empty());

    let media = image(Media::from_reader(&[0; 300_000][..], None));
    let upload: Upload<Value, _> = client.request(&SMALL).upload_resumable(media);
    let error = upload.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot serialize the request because the media is larger than 262144 bytes, which is all \
         the method takes"
    );
    assert_eq!(store.log(), ["POST"]);
}

#[tokio::test]
async fn media_of_another_length_than_announced_is_not_completed() {
    for (length, message) in [
        (
            99,
            "because the media is longer than the 99 bytes that were announced",
        ),
        (
            101,
            "because the media ended after 100 of the 101 bytes that were announced",
        ),
    ] {
        let store = Store::new().await;
        let media = Media::from_reader(&[7; 100][..], Some(length));
        let upload: Upload<Value, _> = insert(&store.url).await.upload_resumable(media);
        let error = upload.with_resumable(true).send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot serialize the request {message}")
        );
        assert_eq!(store.log(), ["POST"]);
    }
}

/// Also if the end is met while a chunk before it is sent.
#[tokio::test]
async fn media_that_ends_between_chunks_before_its_time_is_not_completed() {
    for size in [UNIT, 2 * UNIT, 2 * UNIT + 5] {
        let store = Store::new().await;
        let media = Media::from_reader(Slow(bytes(size)), Some(SIZE));
        let error = upload(&store.url, media).await.send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot serialize the request because the media ended after {size} of the {SIZE} \
                 bytes that were announced"
            )
        );
        assert!(!store.log().iter().any(|line| line.contains('*')));
    }
}

#[tokio::test]
async fn versions_of_a_file_are_not_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new().await;
    let media = Kind::File.media(&folder, &bytes(SIZE)).await;
    let mut upload = upload(&store.url, media).await;
    upload.start().await.unwrap();
    let path = folder.path().join("media");
    std::fs::write(&path, bytes(SIZE + 1)).unwrap();
    let error = upload.send().await.unwrap_err();
    let message = format!(
        "cannot serialize the request because {} cannot be read: it changed after the upload was \
         made",
        path.display()
    );
    assert_eq!(error.to_string(), message);
    assert!(store.object().is_none());
}
