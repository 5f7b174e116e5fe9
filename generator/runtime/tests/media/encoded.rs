//! Media that is stored compressed: its bytes are those that ranges and checksums count.

use std::io::Write as _;

use discovery_runtime::{Bytes, reqwest};

use crate::{
    data::{GET, builder, bytes},
    downloads::{all, download, media, part},
    resumed::broken,
    store::base64,
    support::Server,
};

const ENCODED: &str = "content-encoding: gzip";
const STORED: &str = "x-goog-stored-content-encoding: gzip";

pub(crate) fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().into()
}

fn hash(bytes: &[u8]) -> String {
    let hash = crc32c::crc32c(bytes).to_be_bytes();
    format!("x-goog-hash: crc32c={}", base64(&hash))
}

#[tokio::test]
async fn compressed_media_comes_as_it_is_stored() {
    let stored = gzip(&bytes(1000));
    let hash = hash(&stored);
    for headers in [
        &[ENCODED][..],
        &[ENCODED, STORED],
        &[ENCODED, STORED, &hash],
    ] {
        let server = Server::start([media(headers, &stored)]).await;
        let stream = download(&server).await.send().await.unwrap();
        assert_eq!(stream.length(), Some(stored.len() as u64));
        assert_eq!(stream.headers()["content-encoding"], "gzip");
        assert!(all(stream).await.unwrap() == stored, "{headers:?}");
        assert_eq!(server.request().header("accept-encoding"), ["identity"]);
    }
}

#[tokio::test]
async fn checksums_are_those_of_the_stored_bytes() {
    let stored = gzip(&bytes(1000));
    let wrong = "x-goog-hash: crc32c=AAAAAA==";
    let server = Server::start([media(&[ENCODED, STORED, wrong], &stored)]).await;
    let error = download(&server).await.to_bytes(9000).await.unwrap_err();
    assert!(error.to_string().contains("CRC32C"), "{error}");
}

#[tokio::test]
async fn a_range_of_compressed_media_comes() {
    let stored = gzip(&bytes(1000));
    for headers in [&[ENCODED][..], &[ENCODED, STORED]] {
        let server = Server::start([part(headers, &stored, 100)]).await;
        let download = download(&server).await.with_range(100..);
        assert!(download.to_bytes(9000).await.unwrap() == stored[100..]);
    }
}

#[tokio::test]
async fn compressed_media_resumes_where_it_broke_off() {
    let stored = gzip(&bytes(1000));
    let hash = hash(&stored);
    for came in [0, 1, 500] {
        let headers = [ENCODED, STORED, "etag: \"one\"", hash.as_str()];
        let script = [
            broken(&headers, &stored, came),
            part(&headers, &stored, came),
        ];
        let server = Server::start(script).await;
        let stream = download(&server).await.send().await.unwrap();
        assert!(all(stream).await.unwrap() == stored, "{came}");
        let range = format!("bytes={came}-");
        assert_eq!(server.requests()[1].header("range"), [range]);
    }
}

/// A caller's own client need not be built for media.
#[tokio::test]
async fn the_callers_own_client_does_the_same() {
    let stored = gzip(&bytes(1000));
    let server = Server::start([part(&[ENCODED], &stored, 100)]).await;
    let client = builder(&server.url).with_http_client(reqwest::Client::builder());
    let client = client.build().await.unwrap();
    let request = client.request(&GET).path("bucket", "b").path("object", "o");
    let download = request.download().with_range(100..);
    assert!(download.to_bytes(9000).await.unwrap() == stored[100..]);
}

/// Cloud Storage decompresses for clients that do not accept gzip, and then knows no ranges.
#[tokio::test]
async fn a_service_that_decompresses_is_requested_to_send_the_stored_bytes() {
    let plain = bytes(1000);
    let stored = gzip(&plain);
    let hash = hash(&stored);
    let decompressed = || media(&[STORED, &hash], &plain);
    let server = Server::start([decompressed(), media(&[ENCODED, STORED, &hash], &stored)]).await;
    let stream = download(&server).await.send().await.unwrap();
    assert!(all(stream).await.unwrap() == stored);
    assert_eq!(server.requests()[1].header("accept-encoding"), ["gzip"]);

    let script = [decompressed(), part(&[ENCODED, STORED], &stored, 100)];
    let server = Server::start(script).await;
    let download_ = download(&server).await.with_range(100..);
    assert!(download_.to_bytes(9000).await.unwrap() == stored[100..]);

    // A service that always decompresses sends other bytes than a range counts.
    let server = Server::start([decompressed(), decompressed()]).await;
    let download = download(&server).await.with_range(100..);
    let error = download.to_bytes(9000).await.unwrap_err();
    assert!(error.to_string().contains("decompressed"), "{error}");
}

#[tokio::test]
async fn media_is_decompressed_where_the_caller_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let plain = Bytes::from("compressible ".repeat(100_000));
    let stored = gzip(&plain);
    let hash = hash(&stored);
    let headers = [ENCODED, STORED, "etag: \"one\"", hash.as_str()];
    for came in [0, 500, stored.len()] {
        let script = [
            broken(&headers, &stored, came),
            part(&headers, &stored, came),
        ];
        let server = Server::start(script).await;
        let wanted = download(&server).await.with_decompression(true);
        assert_eq!(wanted.to_path(&path).await.unwrap(), plain.len() as u64);
        assert!(std::fs::read(&path).unwrap() == plain, "{came}");
    }
    // The limit is for the decompressed bytes.
    let server = Server::start([media(&headers, &stored)]).await;
    let wanted = download(&server).await.with_decompression(true);
    let error = wanted.to_bytes(plain.len() - 1).await.unwrap_err();
    assert!(error.to_string().contains("larger"), "{error}");
    // Media that is not compressed comes as it is.
    let server = Server::start([media(&[], "data")]).await;
    let wanted = download(&server).await.with_decompression(true);
    assert_eq!(wanted.to_bytes(4).await.unwrap(), "data");
    // A half is not accepted.
    let server = Server::start([media(&[ENCODED], &stored[..stored.len() / 2])]).await;
    let wanted = download(&server).await.with_decompression(true);
    wanted.to_bytes(plain.len()).await.unwrap_err();
}
