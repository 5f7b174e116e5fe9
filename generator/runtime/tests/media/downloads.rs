//! Downloads that succeed, and errors of others.

use discovery_runtime::{
    Bytes, Checksums, Client, Download, DownloadVia, Error, ErrorExt, HttpMethod, MediaStream,
    Method, Reply, Result,
    Segment::{Literal, Reserved},
};

use crate::{
    data::{GET, ProgressLog, builder, bytes},
    store::base64,
    support::{Answer, Server, fake::Fake},
};

pub(crate) const SIZE: u64 = 100_000;

pub(crate) async fn download(server: &Server) -> Download {
    let client = builder(&server.url).build().await.unwrap();
    request(&client)
}

fn request(client: &Client) -> Download {
    let request = client.request(&GET).path("bucket", "mine");
    request.path("object", "a/b").download()
}

/// Media with headers.
pub(crate) fn media(headers: &[&str], body: impl AsRef<[u8]>) -> Answer {
    Answer::new("200 OK", headers, body)
}

/// A part of media from a place to its end.
pub(crate) fn part(headers: &[&str], bytes: &Bytes, from: usize) -> Answer {
    let range = format!(
        "content-range: bytes {from}-{}/{}",
        bytes.len() - 1,
        bytes.len()
    );
    let headers = [&[range.as_str()], headers].concat();
    Answer::new("206 Partial Content", &headers, &bytes[from..])
}

pub(crate) async fn all(mut stream: MediaStream) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await {
        all.extend(piece?);
    }
    assert!(stream.next().await.is_none());
    Ok(all)
}

#[tokio::test]
async fn media_comes_as_it_is() {
    let bytes = bytes(SIZE);
    let answer = media(&["content-type: image/png", "x-a: 1"], &bytes);
    let server = Server::start([answer]).await;
    let stream = download(&server).await.send().await.unwrap();
    assert_eq!(stream.length(), Some(SIZE));
    assert_eq!(stream.content_type(), Some("image/png"));
    assert_eq!(stream.headers()["x-a"], "1");
    assert_eq!(stream.received(), 0);
    assert!(all(stream).await.unwrap() == bytes);
    let request = server.request();
    assert_eq!(
        request.target(),
        "/b/mine/o/a%2Fb?alt=media&prettyPrint=false"
    );
    assert_eq!(request.header("accept-encoding"), ["identity"]);
    assert!(request.header("range").is_empty());
}

#[tokio::test]
async fn a_method_may_have_its_media_at_its_own_path() {
    static OWN: Method = Method::new(
        "x.media.download",
        HttpMethod::Get,
        &[Literal("media/"), Reserved("name")],
    )
    .with_download(DownloadVia::Method);
    let server = Server::start([media(&[], "data")]).await;
    let client = builder(&server.url).build().await.unwrap();
    let download = client.request(&OWN).path("name", "a/b").download();
    assert_eq!(download.to_bytes(10).await.unwrap(), "data");
    assert_eq!(
        server.request().target(),
        "/media/a/b?alt=media&prettyPrint=false"
    );
}

/// Google serves media below `download/`; emulators and proxies serve it where the method is.
#[tokio::test]
async fn googles_own_endpoint_has_a_path_for_media() {
    for (endpoint, path) in [
        (None, "/download/b/mine/o/o"),
        (Some("https://proxy.example.com/"), "/b/mine/o/o"),
    ] {
        let fake = Fake::new([Reply::new(200).with_body("data")]);
        let mut builder = fake.builder();
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let request = builder.build().await.unwrap().request(&GET);
        let request = request.path("bucket", "mine").path("object", "o");
        request.download().to_bytes(4).await.unwrap();
        let url = reqwest::Url::parse(&fake.url(0)).unwrap();
        assert_eq!(url.path(), path);
    }
}

#[tokio::test]
async fn a_part_is_requested() {
    let bytes = bytes(SIZE);
    for (range, sent) in [
        ((10, Some(20)), "bytes=10-19"),
        ((99_990, Some(200_000)), "bytes=99990-199999"),
        ((99_990, None), "bytes=99990-"),
    ] {
        let (start, end) = range;
        let last = end.unwrap_or(SIZE).min(SIZE);
        let body = bytes.slice(start..usize::try_from(last).unwrap());
        let content_range = format!("content-range: bytes {start}-{}/{SIZE}", last - 1);
        let partial = Answer::new("206 Partial Content", &[&content_range], &body);
        // A service may also send all.
        for answer in [partial, media(&[], &bytes)] {
            let server = Server::start([answer]).await;
            let download = download(&server).await;
            let from = start as u64;
            let download = match end {
                Some(end) => download.with_range(from..end),
                None => download.with_range(from..),
            };
            let stream = download.send().await.unwrap();
            assert_eq!(stream.length(), Some(body.len() as u64));
            assert!(all(stream).await.unwrap() == body);
            assert_eq!(server.request().header("range"), [sent]);
        }
    }
}

#[tokio::test]
async fn a_reply_with_another_part_is_refused() {
    let partial = |headers: &[&str]| Answer::new("206 Partial Content", headers, "0123456789");
    for (answer, sent) in [
        (
            partial(&["content-range: bytes 11-20/100"]),
            "\"bytes 11-20/100\"",
        ),
        (partial(&["content-range: bytes 9-8/1"]), "\"bytes 9-8/1\""),
        (partial(&[]), "a part without saying which"),
        (media(&[], "123456789"), "a part without saying which"),
    ] {
        let server = Server::start([answer]).await;
        let download = download(&server).await.with_range(10..20);
        let error = download.send().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot deserialize the response because \"bytes=10-19\" was requested, but the \
                 service sent {sent}"
            )
        );
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::start([]).await;
    let error = download(&server)
        .await
        .with_range(7..7)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: storage.objects.get: the range from \
         Included(7) to Excluded(7) has no bytes"
    );
}

#[tokio::test]
async fn errors_come_as_errors() {
    let body = r#"{"error":{"code":404,"message":"no such object","status":"NOT_FOUND"}}"#;
    let server = Server::start([Answer::json("404 Not Found", body)]).await;
    let error = download(&server).await.send().await.unwrap_err();
    assert_eq!(error.status().unwrap().message, "no such object");

    let range = ["content-range: bytes */10"];
    let answer = Answer::new("416 Range Not Satisfiable", &range, "");
    let server = Server::start([answer]).await;
    let download = download(&server).await.with_range(10..);
    let error = download.send().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(416));
}

#[tokio::test]
async fn a_method_without_media_is_refused() {
    static PLAIN: Method = Method::new("x.things.get", HttpMethod::Get, &[Literal("things")]);
    let server = Server::start([]).await;
    let client = builder(&server.url).build().await.unwrap();
    let error = client.request(&PLAIN).download().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot find a matching binding to send the request: x.things.get: the method has no media"
    );
}

fn crc32c(bytes: &[u8]) -> String {
    format!(
        "x-goog-hash: crc32c={}",
        base64(&crc32c::crc32c(bytes).to_be_bytes())
    )
}

async fn checked(
    checksums: Checksums,
    headers: &[&str],
    bytes: &Bytes,
) -> std::result::Result<Bytes, Error> {
    let server = Server::start([media(headers, bytes)]).await;
    let download = download(&server).await.with_checksums(checksums);
    download.to_bytes(usize::MAX).await
}

#[tokio::test]
async fn checksums_are_compared() {
    let bytes = bytes(SIZE);
    let right = crc32c(&bytes);
    let wrong = "x-goog-hash: crc32c=AAAAAA==";
    let wrong_md5 = "x-goog-hash: md5=AAAAAAAAAAAAAAAAAAAAAA==";
    let right_md5 = "x-goog-hash: md5=XUFAKrxLKna5cZ2REBfFkg==";
    let empty = Bytes::new();
    checked(Checksums::Fastest, &[&right], &bytes)
        .await
        .unwrap();
    checked(Checksums::Off, &[wrong], &bytes).await.unwrap();
    checked(Checksums::Fastest, &[&right, wrong_md5], &bytes)
        .await
        .unwrap();
    checked(Checksums::All, &[right_md5], &Bytes::from("hello"))
        .await
        .unwrap();
    checked(Checksums::Fastest, &[wrong], &empty).await.unwrap();
    let error = checked(Checksums::Fastest, &[wrong], &bytes)
        .await
        .unwrap_err();
    let own = base64(&crc32c::crc32c(&bytes).to_be_bytes());
    assert_eq!(
        error.to_string(),
        format!(
            "cannot deserialize the response because the media's CRC32C is `{own}`, but the \
             service says `AAAAAA==`"
        )
    );
    for (checksums, headers) in [
        (Checksums::All, [right.as_str(), wrong_md5]),
        (Checksums::Fastest, [wrong_md5, "x-a: 1"]),
    ] {
        let error = checked(checksums, &headers, &bytes).await.unwrap_err();
        assert!(error.to_string().contains("the media's MD5 is"), "{error}");
    }
}

/// The checksums are those of the stored bytes, and others came.
#[tokio::test]
async fn checksums_of_other_bytes_are_not_compared() {
    let wrong = "x-goog-hash: crc32c=AAAAAA==";
    let stored = "x-goog-stored-content-encoding: gzip";
    let bytes = bytes(100);
    checked(Checksums::All, &[wrong, stored], &bytes)
        .await
        .unwrap();
    let identity = "x-goog-stored-content-encoding: identity";
    checked(Checksums::All, &[wrong, identity], &bytes)
        .await
        .unwrap_err();

    let server = Server::start([part(&[wrong], &bytes, 1)]).await;
    let download = download(&server).await.with_range(1..);
    download.to_bytes(100).await.unwrap();
}

#[tokio::test]
async fn a_part_that_is_all_is_compared() {
    let bytes = bytes(100);
    for end in [100, 101] {
        let server = Server::start([part(&["x-goog-hash: crc32c=AAAAAA=="], &bytes, 0)]).await;
        let download = download(&server).await.with_range(..end);
        download.to_bytes(100).await.unwrap_err();
    }
}

#[tokio::test]
async fn memory_is_bounded() {
    let message = "cannot deserialize the response because the media is larger than the 9 bytes \
                   that were allowed";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                   5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n";
    for answer in [media(&[], "0123456789"), Answer::raw(chunked)] {
        let server = Server::start([answer.clone(), answer]).await;
        let error = download(&server).await.to_bytes(9).await.unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(
            download(&server).await.to_bytes(10).await.unwrap(),
            "0123456789"
        );
    }
}

#[tokio::test]
async fn a_writer_gets_all() {
    let bytes = bytes(SIZE);
    let server = Server::start([media(&[], &bytes)]).await;
    let mut written = Vec::new();
    let download = download(&server).await;
    assert_eq!(download.to_writer(&mut written).await.unwrap(), SIZE);
    assert!(written == bytes);
}

#[tokio::test]
async fn a_writer_that_fails_is_reported() {
    let server = Server::start([media(&[], "data")]).await;
    let full = std::io::Cursor::new([0; 2]);
    struct Fixed(std::io::Cursor<[u8; 2]>);
    impl tokio::io::AsyncWrite for Fixed {
        fn poll_write(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            bytes: &[u8],
        ) -> std::task::Poll<std::io::Result<usize>> {
            std::task::Poll::Ready(std::io::Write::write(&mut self.0, bytes))
        }
        fn poll_flush(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Ok(()))
        }
        fn poll_shutdown(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Ok(()))
        }
    }
    let error = download(&server)
        .await
        .to_writer(Fixed(full))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response because the media cannot be written: write zero"
    );
}

#[tokio::test]
async fn progress_is_reported() {
    let bytes = bytes(10 * SIZE);
    let server = Server::start([media(&[], &bytes), part(&[], &bytes, 900_000)]).await;
    let progress = ProgressLog::default();
    let whole = download(&server).await.with_progress(progress.callback());
    whole.to_writer(tokio::io::sink()).await.unwrap();
    let positions = progress.positions();
    assert!(positions.is_sorted_by(|a, b| a < b), "{positions:?}");
    assert!((3..=16).contains(&positions.len()), "{positions:?}");
    assert_eq!(progress.all().last(), Some(&(1_000_000, Some(1_000_000))));

    let progress = ProgressLog::default();
    let part = download(&server).await.with_range(900_000..);
    let part = part.with_progress(progress.callback());
    part.to_writer(tokio::io::sink()).await.unwrap();
    assert_eq!(progress.all().last(), Some(&(SIZE, Some(SIZE))));
}

#[tokio::test]
async fn credentials_are_sent_and_shown_in_no_error() {
    let server = Server::start([Answer::json("403 Forbidden", "{}")]).await;
    let client = builder(&server.url)
        .with_api_key("AIza.secret")
        .build()
        .await
        .unwrap();
    let download = request(&client);
    assert!(!format!("{download:?}").contains("secret"));
    let error = download.send().await.unwrap_err();
    assert_eq!(server.request().header("x-goog-api-key"), ["AIza.secret"]);
    assert!(!format!("{error} {error:?}").contains("secret"));
    assert_eq!(error.attempts(), 1);
}
