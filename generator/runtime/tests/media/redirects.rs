//! Downloads that a service redirects.

use discovery_runtime::{
    DownloadVia, HttpMethod, Method, RequestOptionsBuilder as _, Segment::Literal,
};
use http::{HeaderName, HeaderValue};

use crate::{
    data::{GET, builder, bytes},
    downloads::{all, media, part},
    resumed::broken,
    support::{Answer, Server},
};

fn to(status: &str, location: &str) -> Answer {
    Answer::new(status, &[&format!("location: {location}")], "")
}

async fn download(server: &Server) -> discovery_runtime::Download {
    let client = builder(&server.url).with_api_key("AIza.secret").build();
    let client = client.await.unwrap();
    let name = HeaderName::from_static("x-mine");
    let request = client.request(&GET).path("bucket", "b").path("object", "o");
    let download = request.download();
    download.with_custom_header(name, HeaderValue::from_static("secret"))
}

#[tokio::test]
async fn a_download_follows_to_another_host_without_credentials() {
    let bytes = bytes(1000);
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let other = Server::start([media(&[], &bytes)]).await;
        let server = Server::start([to(status, &format!("{}/x?token=1", other.url))]).await;
        let stream = download(&server).await.send().await.unwrap();
        assert!(all(stream).await.unwrap() == bytes, "{status}");
        assert_eq!(server.request().header("x-goog-api-key"), ["AIza.secret"]);
        let request = other.request();
        assert_eq!(request.target(), "/x?token=1");
        assert!(!request.head.contains("secret"), "{}", request.head);
        assert_eq!(request.header("accept-encoding"), ["identity"]);
    }
}

#[tokio::test]
async fn a_download_follows_within_the_host_with_credentials() {
    let server = Server::start([to("302 Found", "/there"), media(&[], "data")]).await;
    let download = download(&server).await;
    assert_eq!(download.to_bytes(9).await.unwrap(), "data");
    let requests = server.requests();
    assert_eq!(requests[1].target(), "/there");
    assert_eq!(requests[1].header("x-goog-api-key"), ["AIza.secret"]);
}

#[tokio::test]
async fn a_redirected_download_resumes_where_it_broke_off() {
    let bytes = bytes(1000);
    let headers = &["etag: \"one\""][..];
    let other = Server::start([broken(headers, &bytes, 400), part(headers, &bytes, 400)]).await;
    let location = format!("{}/x", other.url);
    let server = Server::start([to("302 Found", &location), to("302 Found", &location)]).await;
    let stream = download(&server).await.send().await.unwrap();
    assert!(all(stream).await.unwrap() == bytes);
    let second = &other.requests()[1];
    assert_eq!(second.header("range"), ["bytes=400-"]);
    assert_eq!(second.header("if-match"), ["\"one\""]);
    // The tag is that of the other host.
    assert!(server.requests()[1].header("if-match").is_empty());
}

#[tokio::test]
async fn a_redirect_that_is_refused_names_its_target() {
    for (location, target) in [
        (
            "http://media.example.com/a?token=secret",
            "http://media.example.com/a",
        ),
        ("ftp://media.example.com/a", "ftp://media.example.com/a"),
        (
            "https://me:secret@media.example.com/a",
            "https://media.example.com/a",
        ),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ] {
        let server = Server::start([to("302 Found", location)]).await;
        let error = download(&server).await.send().await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(target), "{text}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{shown}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let circle = std::iter::repeat_n(to("302 Found", "/again?token=secret"), 50);
    let server = Server::start(circle).await;
    let error = download(&server).await.send().await.unwrap_err();
    assert!(error.to_string().contains("/again"), "{error}");
    assert!(!format!("{error:?}").contains("token=secret"));
    assert!(server.requests().len() < 10);
}

#[tokio::test]
async fn a_post_is_not_redirected() {
    static EXPORT: Method = Method::new("x.export", HttpMethod::Post, &[Literal("export")])
        .with_download(DownloadVia::Method);
    let other = Server::start([media(&[], "data")]).await;
    let server = Server::start([to("307 Temporary", &other.url)]).await;
    let client = builder(&server.url).build().await.unwrap();
    let request = client.request(&EXPORT).json(&serde_json::json!({"a": 1}));
    let error = request.download().send().await.unwrap_err();
    assert!(error.to_string().contains(&other.url), "{error}");
    assert!(other.requests().is_empty());
}

/// Also when it is resumed.
#[tokio::test]
async fn the_body_of_a_download_is_sent() {
    static EXPORT: Method = Method::new("x.export", HttpMethod::Post, &[Literal("export")])
        .with_download(DownloadVia::Method);
    let bytes = bytes(1000);
    let server = Server::start([broken(&[], &bytes, 400), part(&[], &bytes, 400)]).await;
    let client = builder(&server.url).build().await.unwrap();
    let request = client.request(&EXPORT).json(&serde_json::json!({"a": 1}));
    let download = request.download().with_idempotency(true);
    assert!(download.to_bytes(1000).await.unwrap() == bytes);
    for request in server.requests() {
        assert_eq!(request.text(), r#"{"a":1}"#);
        assert_eq!(request.header("content-type"), ["application/json"]);
    }
}
