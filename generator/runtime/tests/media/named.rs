//! Media at URLs that replies name.

use discovery_runtime::{Client, Reply};

use crate::{
    data::{builder, bytes},
    downloads::{all, media, part},
    resumed::broken,
    support::{
        Server,
        fake::{Fake, Outcome},
    },
};

async fn client(url: &str) -> Client {
    let client = builder(url).with_api_key("AIza.secret").build();
    client.await.unwrap()
}

#[tokio::test]
async fn a_url_at_the_endpoint_is_called_as_it_is() {
    let bytes = bytes(1000);
    let headers = &["etag: \"one\""][..];
    let server = Server::start([broken(headers, &bytes, 400), part(headers, &bytes, 400)]).await;
    let url = format!("{}/any/where?alt=media&token=a%2Fb", server.url);
    let stream = client(&server.url).await.download_url(&url).send().await;
    assert!(all(stream.unwrap()).await.unwrap() == bytes);
    for request in server.requests() {
        assert_eq!(request.target(), "/any/where?alt=media&token=a%2Fb");
        assert_eq!(request.header("x-goog-api-key"), ["AIza.secret"]);
    }
    assert_eq!(server.requests()[1].header("range"), ["bytes=400-"]);
}

#[tokio::test]
async fn a_url_at_googles_is_called() {
    for url in [
        "https://storage.googleapis.com/download/b/o?alt=media",
        "https://docs.google.com/feeds/download?id=1",
    ] {
        let fake = Fake::new([Outcome::from(Reply::new(200).with_body("data"))]);
        let builder = fake.builder().with_endpoint("https://proxy.example.com/");
        let client = builder.with_api_key("AIza.secret").build().await.unwrap();
        let download = client.download_url(url);
        assert_eq!(download.to_bytes(4).await.unwrap(), "data");
        assert_eq!(fake.url(0), url);
        assert_eq!(fake.header("x-goog-api-key"), ["AIza.secret"]);
    }
}

#[tokio::test]
async fn any_other_url_is_refused_before_a_byte_is_sent() {
    let (server, other) = (
        Server::start([media(&[], "")]).await,
        Server::start([]).await,
    );
    let client = client(&server.url).await;
    let elsewhere = format!("{}/a?token=secret", other.url);
    for url in [
        elsewhere.as_str(),
        "https://example.com/a?token=secret",
        "http://storage.googleapis.com/a?token=secret",
        "https://storage.googleapis.com:8443/a",
        "https://storage.googleapis.com.example/a",
        "https://me:secret@storage.googleapis.com/a",
        "https://vm.notebooks.cloud.google.com/a",
        "https://lh3.googleusercontent.com/a",
        "file:///etc/passwd",
        "/a",
        "",
    ] {
        let error = client.download_url(url).send().await.unwrap_err();
        assert!(error.is_binding(), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
    assert!(server.requests().is_empty() && other.requests().is_empty());
}
