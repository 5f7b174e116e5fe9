//! Where a download ends, and replies that are not the media that was requested.

use discovery_runtime::{Bytes, Error};

use crate::{
    data::bytes,
    downloads::{all, download, media, part},
    resumed::{broken, downloaded},
    support::{Answer, Server},
};

const SIZE: usize = 1000;

fn object() -> Bytes {
    bytes(SIZE as u64)
}

fn unsatisfiable(total: usize) -> Answer {
    let range = format!("content-range: bytes */{total}");
    Answer::new("416 Range Not Satisfiable", &[&range], "")
}

/// A chunked body that breaks off after its first chunk.
fn chunked(status: &str, headers: &[&str], body: &[u8]) -> Answer {
    let mut head = format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n");
    for header in headers {
        head.push_str(&format!("{header}\r\n"));
    }
    head.push_str(&format!("\r\n{:x}\r\n", body.len()));
    Answer::raw([head.as_bytes(), body, b"\r\n"].concat())
}

/// Returns the error in which a script ends.
async fn fails(script: impl IntoIterator<Item = Answer>) -> Error {
    let (result, _) = downloaded(script).await;
    match result {
        Ok(bytes) => panic!("{} bytes passed for the media", bytes.len()),
        Err(error) => error,
    }
}

fn changed(error: &Error) -> bool {
    error
        .to_string()
        .contains("changed while it was downloaded")
}

#[tokio::test]
async fn truncated_media_is_not_whole() {
    let bytes = object();
    for headers in [&[][..], &["etag: \"a\""], &["x-goog-generation: 1"]] {
        let error = fails([broken(headers, &bytes, 500), unsatisfiable(500)]).await;
        assert!(changed(&error), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept");
    std::fs::write(&path, "before").unwrap();
    let server = Server::start([broken(&[], &bytes, 500), unsatisfiable(500)]).await;
    download(&server).await.to_path(&path).await.unwrap_err();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
}

#[tokio::test]
async fn an_end_that_contradicts_the_known_length_is_an_error() {
    let bytes = object();
    for total in [0, 1, 999, 1001] {
        let error = fails([broken(&[], &bytes, 500), unsatisfiable(total)]).await;
        assert!(changed(&error), "{total}: {error}");
    }
    // Inside of the media there is no end.
    let error = fails([broken(&[], &bytes, 500), unsatisfiable(SIZE)]).await;
    assert_eq!(error.http_status_code(), Some(416));
    let silent = Answer::new("416 Range Not Satisfiable", &[], "");
    let error = fails([broken(&[], &bytes, 500), silent]).await;
    assert_eq!(error.http_status_code(), Some(416));
}

/// The end of a media of unknown length is that of the version that began.
#[tokio::test]
async fn an_end_of_another_version_is_not_the_end() {
    let bytes = object();
    let end = |headers: &[&str]| {
        let headers = [&["content-range: bytes */500"], headers].concat();
        Answer::new("416 Range Not Satisfiable", &headers, "")
    };
    for (first, last) in [
        (&["x-goog-generation: 1"][..], &["x-goog-generation: 2"][..]),
        (&["etag: W/\"a\""], &["etag: W/\"b\""]),
        (&["etag: \"a\""], &["etag: \"b\""]),
        (&["x-goog-generation: 1"], &[]),
    ] {
        let script = [chunked("200 OK", first, &bytes[..500]), end(last)];
        let error = fails(script).await;
        assert!(changed(&error), "{first:?} {last:?}: {error}");
    }
    let generation = &["x-goog-generation: 1"][..];
    let script = [
        chunked("200 OK", generation, &bytes[..500]),
        end(generation),
    ];
    let (result, _) = downloaded(script).await;
    assert!(result.unwrap() == bytes[..500]);
}

/// The first validator of each kind binds the replies that follow.
#[tokio::test]
async fn a_version_that_is_named_later_binds_what_follows() {
    let bytes = object();
    let later = |headers: &[&str], from: usize, to: usize, total: &str| {
        let range = format!("content-range: bytes {from}-999/{total}");
        let headers = [&[range.as_str()], headers].concat();
        chunked("206 Partial Content", &headers, &bytes[from..to])
    };
    for (second, third) in [
        ("etag: \"b\"", "etag: \"c\""),
        ("etag: W/\"b\"", "etag: W/\"c\""),
        ("x-goog-generation: 1", "x-goog-generation: 2"),
        (
            "last-modified: Sun, 06 Nov 1994 08:49:37 GMT",
            "last-modified: Sun, 06 Nov 1994 08:49:38 GMT",
        ),
        (
            "x-goog-hash: crc32c=AAAAAA==",
            "x-goog-hash: crc32c=AAAAAQ==",
        ),
    ] {
        let script = |third: &'static str| {
            [
                chunked("200 OK", &[], &bytes[..300]),
                later(&[second], 300, 600, "1000"),
                part(&[third], &bytes, 600),
            ]
        };
        let error = fails(script(third)).await;
        assert!(changed(&error), "{second} {third}: {error}");
        if !second.contains("hash") {
            let script = script(second);
            let (result, _) = downloaded(script).await;
            assert!(result.unwrap() == bytes, "{second}");
        }
    }
    // So does the length.
    let script = [
        chunked("200 OK", &[], &bytes[..300]),
        later(&[], 300, 600, "1000"),
        Answer::new(
            "206 Partial Content",
            &["content-range: bytes 600-998/999"],
            &bytes[600..999],
        ),
    ];
    assert!(changed(&fails(script).await));
}

#[tokio::test]
async fn a_version_that_goes_unnamed_is_another() {
    let bytes = object();
    for headers in [
        &["etag: \"a\""][..],
        &["etag: W/\"a\""],
        &["x-goog-generation: 1"],
        &["last-modified: Sun, 06 Nov 1994 08:49:37 GMT"],
    ] {
        let error = fails([broken(headers, &bytes, 10), part(&[], &bytes, 10)]).await;
        assert!(changed(&error), "{headers:?}: {error}");
    }
}

#[tokio::test]
async fn only_media_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept");
    let bytes = object();
    let unasked = ["content-range: bytes 0-9/*"];
    for answer in [
        Answer::new("201 Created", &[], "data"),
        Answer::new("202 Accepted", &[], ""),
        Answer::new("203 Non-Authoritative Information", &[], "data"),
        Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
        Answer::raw("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n"),
        Answer::new("207 Multi-Status", &[], "data"),
        Answer::new("226 IM Used", &[], "data"),
        Answer::new("299 Odd", &[], ""),
        Answer::new("206 Partial Content", &unasked, "0123456789"),
        Answer::new("206 Partial Content", &[], "0123456789"),
        part(&[], &bytes, 0),
    ] {
        std::fs::write(&path, "before").unwrap();
        let server = Server::start([answer.clone()]).await;
        let result = download(&server).await.to_path(&path).await;
        assert!(result.is_err(), "{answer:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(server.requests().len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn a_resumption_takes_only_media() {
    let bytes = object();
    for answer in [
        Answer::new("202 Accepted", &[], ""),
        Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
        Answer::new("206 Partial Content", &[], &bytes[500..]),
        Answer::new(
            "206 Partial Content",
            &["content-range: bytes 400-999/1000"],
            &bytes[400..],
        ),
        Answer::new(
            "206 Partial Content",
            &[
                "content-range: bytes 500-999/1000",
                "content-range: bytes 400-899/1000",
            ],
            &bytes[500..],
        ),
    ] {
        fails([broken(&[], &bytes, 500), answer]).await;
    }
}

/// The reply to a range of an object without a byte.
#[tokio::test]
async fn a_range_of_an_empty_object_is_no_bytes() {
    for range in [(0, Some(10)), (0, None), (5, Some(10)), (5, None)] {
        for answer in [unsatisfiable(0), media(&[], "")] {
            let server = Server::start([answer]).await;
            let download = download(&server).await;
            let stream = match range {
                (start, Some(end)) => download.with_range(start..end).send().await,
                (start, None) => download.with_range(start..).send().await,
            };
            let stream = stream.unwrap();
            assert_eq!(stream.length(), Some(0));
            assert!(all(stream).await.unwrap().is_empty(), "{range:?}");
        }
    }
    // Nothing was said of a range, so that this is an error.
    let server = Server::start([unsatisfiable(0)]).await;
    let error = download(&server).await.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(416));
}

/// A part whose total is unknown need not be all that was requested.
#[tokio::test]
async fn a_part_of_unknown_total_is_completed() {
    let bytes = object();
    let partial = |from: usize, to: usize| {
        let range = format!("content-range: bytes {from}-{}/*", to - 1);
        Answer::new("206 Partial Content", &[&range], &bytes[from..to])
    };
    let server = Server::start([partial(0, 30), partial(30, 60), unsatisfiable(60)]).await;
    let stream = download(&server)
        .await
        .with_range(..100)
        .send()
        .await
        .unwrap();
    assert!(all(stream).await.unwrap() == bytes[..60]);
    assert_eq!(server.requests()[1].header("range"), ["bytes=30-99"]);

    let server = Server::start([partial(0, 30), partial(30, 100)]).await;
    let stream = download(&server)
        .await
        .with_range(..100)
        .send()
        .await
        .unwrap();
    assert!(all(stream).await.unwrap() == bytes[..100]);
}

/// More than was requested is cut off; more than the reply declares is refused.
#[tokio::test]
async fn no_more_comes_than_was_requested() {
    let bytes = object();
    for total in ["*", "1000"] {
        let range = format!("content-range: bytes 10-49/{total}");
        let answer = Answer::new("206 Partial Content", &[&range], &bytes[10..50]);
        let server = Server::start([answer]).await;
        let stream = download(&server)
            .await
            .with_range(10..20)
            .send()
            .await
            .unwrap();
        assert!(all(stream).await.unwrap() == bytes[10..20], "{total}");
    }
    let range = "content-range: bytes 10-19/1000";
    let answer = Answer::new("206 Partial Content", &[range], &bytes[10..50]);
    let server = Server::start([answer]).await;
    let download = download(&server).await.with_range(10..50);
    download.to_bytes(100).await.unwrap_err();
}

/// A body that ends in good order, but too early.
#[tokio::test]
async fn a_part_that_ends_early_is_resumed() {
    let bytes = object();
    let head = "HTTP/1.1 206 Partial Content\r\ntransfer-encoding: chunked\r\n\
                content-range: bytes 0-99/1000\r\n\r\n32\r\n";
    let short = Answer::raw([head.as_bytes(), &bytes[..50], b"\r\n0\r\n\r\n"].concat());
    let rest = ["content-range: bytes 50-99/1000"];
    let rest = Answer::new("206 Partial Content", &rest, &bytes[50..100]);
    let server = Server::start([short, rest]).await;
    let download = download(&server).await.with_range(..100);
    assert!(download.to_bytes(100).await.unwrap() == bytes[..100]);
}
