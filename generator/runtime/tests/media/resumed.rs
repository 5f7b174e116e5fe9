//! Downloads that break off and are resumed: no byte is lost or doubled, and versions are not mixed.

use discovery_runtime::{Bytes, Error, MediaError, Result};
use std::error::Error as _;

use crate::{
    data::bytes,
    downloads::{SIZE, all, download, media, part},
    store::base64,
    support::{Answer, Recorded, Server},
};

const ETAG: &str = "etag: \"one\"";

/// The beginning of a reply.
pub(crate) fn broken(headers: &[&str], body: &[u8], came: usize) -> Answer {
    let mut head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        head.push_str(&format!("{header}\r\n"));
    }
    head.push_str("\r\n");
    Answer::raw([head.as_bytes(), &body[..came]].concat())
}

pub(crate) async fn downloaded(
    script: impl IntoIterator<Item = Answer>,
) -> (Result<Vec<u8>>, Vec<Recorded>) {
    let server = Server::start(script).await;
    let result = match download(&server).await.send().await {
        Ok(stream) => all(stream).await,
        Err(error) => Err(error),
    };
    (result, server.requests())
}

pub(crate) fn media_error(error: &Error) -> &MediaError {
    error.source().unwrap().downcast_ref().unwrap()
}

#[tokio::test]
async fn a_reply_that_never_begins_is_requested_again() {
    let bytes = bytes(SIZE);
    let busy = Answer::new("503 Busy", &[], "");
    for answer in [
        Answer::raw(""),
        Answer::raw("HTT"),
        Answer::raw("HTTP/1.1 200 OK\r\ncont"),
        busy,
    ] {
        let (result, requests) = downloaded([answer, media(&[], &bytes)]).await;
        assert!(result.unwrap() == bytes);
        assert_eq!(requests.len(), 2);
        assert!(requests[1].header("range").is_empty());
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_resumed() {
    let bytes = bytes(SIZE);
    for came in [0, 1, 50_000, 99_999] {
        let script = [broken(&[ETAG], &bytes, came), part(&[ETAG], &bytes, came)];
        let (result, requests) = downloaded(script).await;
        assert!(result.unwrap() == bytes, "{came}");
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1].target(), requests[0].target());
        assert_eq!(requests[1].header("range"), [format!("bytes={came}-")]);
        assert_eq!(requests[1].header("if-match"), ["\"one\""]);
    }
}

/// A body without a length is at its end when the service says so, or says that there is no more.
#[tokio::test]
async fn a_body_of_unknown_length_that_breaks_off_is_resumed() {
    let bytes = bytes(1000);
    let chunked = |came: usize| {
        let head = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{came:x}\r\n");
        Answer::raw([head.as_bytes(), &bytes[..came], b"\r\n"].concat())
    };
    let (result, requests) = downloaded([chunked(400), part(&[], &bytes, 400)]).await;
    assert!(result.unwrap() == bytes);
    assert_eq!(requests[1].header("range"), ["bytes=400-"]);

    let end = ["content-range: bytes */1000"];
    let end = Answer::new("416 Range Not Satisfiable", &end, "");
    let (result, requests) = downloaded([chunked(1000), end]).await;
    assert!(result.unwrap() == bytes);
    assert_eq!(requests.len(), 2);

    let end = ["content-range: bytes */999"];
    let end = Answer::new("416 Range Not Satisfiable", &end, "");
    let (result, _) = downloaded([chunked(1000), end]).await;
    assert_eq!(result.unwrap_err().http_status_code(), Some(416));
}

#[tokio::test]
async fn failures_do_not_add_up_while_the_download_makes_progress() {
    let bytes = bytes(1000);
    let head = |from: usize| {
        format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-length: {}\r\n\
             content-range: bytes {from}-999/1000\r\n\r\n",
            1000 - from
        )
    };
    let pieces = (1..50).map(|n| {
        let body = &bytes[n * 10..n * 10 + 10];
        Answer::raw([head(n * 10).as_bytes(), body].concat())
    });
    let script: Vec<_> = [broken(&[], &bytes, 10)]
        .into_iter()
        .chain(pieces)
        .collect();
    let (result, requests) = downloaded(script.into_iter().chain([part(&[], &bytes, 500)])).await;
    assert!(result.unwrap() == bytes);
    assert_eq!(requests.len(), 51);
}

#[tokio::test]
async fn a_download_without_progress_fails() {
    let bytes = bytes(1000);
    let first = broken(&[], &bytes, 10);
    let silence = std::iter::repeat_n(Answer::raw(""), 30);
    let (result, requests) = downloaded([first].into_iter().chain(silence)).await;
    let text = result.unwrap_err().to_string();
    assert!(
        text.starts_with("gave up after 10 attempts: the transport"),
        "{text}"
    );
    assert_eq!(requests.len(), 10);
}

#[tokio::test]
async fn a_part_goes_on_within_itself() {
    let bytes = bytes(SIZE);
    let head = "HTTP/1.1 206 Partial Content\r\ncontent-length: 40\r\n\
                content-range: bytes 10-49/100000\r\n\r\n";
    let first = Answer::raw([head.as_bytes(), &bytes[10..30]].concat());
    let rest = ["content-range: bytes 30-49/100000"];
    let rest = Answer::new("206 Partial Content", &rest, &bytes[30..50]);
    let server = Server::start([first, rest]).await;
    let download = download(&server).await.with_range(10..50);
    assert!(download.to_bytes(40).await.unwrap() == bytes[10..50]);
    assert_eq!(server.requests()[1].header("range"), ["bytes=30-49"]);
}

/// The service may send less than was requested; the rest is requested then.
#[tokio::test]
async fn a_shorter_part_is_completed() {
    let bytes = bytes(100);
    let short = ["content-range: bytes 0-29/100"];
    let short = Answer::new("206 Partial Content", &short, &bytes[..30]);
    let server = Server::start([short, part(&[], &bytes, 30)]).await;
    let download = download(&server).await.with_range(0..);
    assert!(download.to_bytes(100).await.unwrap() == bytes);
    assert_eq!(server.requests()[1].header("range"), ["bytes=30-"]);
}

#[tokio::test]
async fn versions_are_not_mixed() {
    let bytes = bytes(SIZE);
    let changed = |answer: Answer, headers: &'static [&'static str]| {
        let first = broken(headers, &bytes, 10);
        async move { downloaded([first, answer]).await }
    };
    let generation = "x-goog-generation: 1";
    let weak = "etag: W/\"one\"";
    let failed = Answer::new("412 Precondition Failed", &[], "");
    let shorter = bytes.slice(..500);
    for (answer, headers) in [
        (failed, &[ETAG][..]),
        (part(&["etag: \"two\""], &bytes, 10), &[ETAG]),
        (part(&["etag: W/\"two\""], &bytes, 10), &["etag: W/\"one\""]),
        (
            part(&["x-goog-generation: 2"], &bytes, 10),
            &["x-goog-generation: 1"],
        ),
        (
            part(&[ETAG, "x-goog-generation: 2"], &bytes, 10),
            &[ETAG, "x-goog-generation: 1"],
        ),
        // A service that tells versions apart does so always.
        (part(&[], &bytes, 10), &["x-goog-generation: 1"]),
        (part(&[ETAG], &shorter, 10), &[ETAG]),
        (media(&["etag: \"two\""], &bytes), &[ETAG]),
    ] {
        let (result, requests) = changed(answer, headers).await;
        let error = result.unwrap_err();
        assert_eq!(*media_error(&error), MediaError::Changed, "{headers:?}");
        assert_eq!(
            error.to_string(),
            "cannot deserialize the response because the media changed while it was downloaded"
        );
        let is_strong = headers.contains(&ETAG);
        assert_eq!(requests[1].header("if-match").len(), usize::from(is_strong));
    }
    let (result, _) = changed(part(&[weak], &bytes, 10), &["etag: W/\"one\""]).await;
    assert!(result.unwrap() == bytes);
    let (result, _) = changed(part(&[generation], &bytes, 10), &["x-goog-generation: 1"]).await;
    assert!(result.unwrap() == bytes);
}

#[tokio::test]
async fn bytes_that_came_before_are_skipped_if_the_service_sends_all() {
    let bytes = bytes(SIZE);
    for came in [0, 1, 99_999] {
        let script = [broken(&[ETAG], &bytes, came), media(&[ETAG], &bytes)];
        let (result, _) = downloaded(script).await;
        assert!(result.unwrap() == bytes);
    }
    let twice = [
        broken(&[ETAG], &bytes, 70_000),
        broken(&[ETAG], &bytes, 20_000),
        media(&[ETAG], &bytes),
    ];
    let (result, requests) = downloaded(twice).await;
    assert!(result.unwrap() == bytes);
    assert_eq!(requests[2].header("range"), ["bytes=70000-"]);
}

/// Ranges count the bytes that are stored, and others come.
#[tokio::test]
async fn media_that_is_decompressed_on_its_way_is_requested_whole() {
    let bytes = bytes(1000);
    let headers = ["etag: W/\"one\"", "x-goog-stored-content-encoding: gzip"];
    let script = [broken(&headers, &bytes, 600), media(&headers, &bytes)];
    let (result, requests) = downloaded(script).await;
    assert!(result.unwrap() == bytes);
    assert!(requests[1].header("range").is_empty());
}

#[tokio::test]
async fn checksums_span_breaks() {
    let bytes = bytes(SIZE);
    let hash = crc32c::crc32c(&bytes).to_be_bytes();
    let right = format!("x-goog-hash: crc32c={}", base64(&hash));
    let (right, wrong) = (right.as_str(), "x-goog-hash: crc32c=AAAAAA==");
    for (hash, is_right) in [(right, true), (wrong, false)] {
        let script = [broken(&[hash], &bytes, 5), part(&[hash], &bytes, 5)];
        let (result, _) = downloaded(script).await;
        assert_eq!(result.is_ok(), is_right);
    }
    // Media without a tag may have been replaced by media of the same length.
    let other: Bytes = bytes.iter().map(|byte| !byte).collect();
    let script = [broken(&[right], &bytes, 5), part(&[], &other, 5)];
    let (result, _) = downloaded(script).await;
    assert!(matches!(
        media_error(&result.unwrap_err()),
        MediaError::ChecksumMismatch { .. }
    ));
}

/// Breaks at random, by numbers that are always the same.
#[tokio::test]
async fn random_faults_leave_the_media_whole() {
    let mut numbers = bytes(10_000).into_iter();
    let mut below = move |limit: usize| {
        let number = numbers.next().unwrap() as usize * 256 + numbers.next().unwrap() as usize;
        number % limit
    };
    let bytes = bytes(10_000);
    for round in 0..40 {
        let mut position = below(3) * below(100);
        let mut script = vec![broken(&[ETAG], &bytes, position)];
        let mut in_vain = 0;
        for _ in 0..below(40) {
            let (came, before) = (1 + below(500), position);
            // Ten attempts in vain would be the end.
            let kind = if in_vain < 8 { below(4) } else { 3 };
            script.push(match kind {
                0 => Answer::raw("HTTP/1.1 20"),
                1 => Answer::new("503 Busy", &[], ""),
                2 => {
                    // All of it again, perhaps not even as far as before.
                    let came = (position + came).saturating_sub(250).min(9_999);
                    position = position.max(came);
                    broken(&[ETAG], &bytes, came)
                }
                _ => {
                    let (from, end) = (position, (position + came).min(9_999));
                    position = end;
                    let head = format!(
                        "HTTP/1.1 206 Partial Content\r\ncontent-length: {}\r\n{ETAG}\r\n\
                         content-range: bytes {from}-9999/10000\r\n\r\n",
                        10_000 - from
                    );
                    Answer::raw([head.as_bytes(), &bytes[from..end]].concat())
                }
            });
            in_vain = if position > before { 0 } else { in_vain + 1 };
            if position > 9_000 {
                break;
            }
        }
        script.push(part(&[ETAG], &bytes, position));
        let (result, requests) = downloaded(script.clone()).await;
        let result = result.unwrap_or_else(|error| panic!("{error} {round}"));
        assert!(result == bytes, "{round}");
        assert_eq!(requests.len(), script.len(), "{round}");
    }
}
