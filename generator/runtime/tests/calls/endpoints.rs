//! Endpoints that a client may use.

use discovery_runtime::{Call, Client, ClientBuilder, Error, Reply, Result, Service, Transport};

use crate::support::{Answer, GET, SERVICE, Server, anonymous};

#[derive(Debug)]
struct Echo;

impl Transport for Echo {
    async fn send(&self, call: Call) -> Result<Reply> {
        Reply::json(call.url())
    }
}

async fn refused(endpoint: &str) -> String {
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(endpoint);
    let error: Error = builder
        .with_credentials(anonymous())
        .build()
        .await
        .unwrap_err();
    error.to_string().split_once(": ").unwrap().1.to_owned()
}

#[tokio::test]
async fn an_endpoint_must_not_leak_credentials_or_be_half_a_url() {
    let table = [
        (
            "checks.googleapis.com",
            r#"the endpoint "checks.googleapis.com" is not a URL such as https://example.com"#,
        ),
        (
            "ftp://h",
            r#"the endpoint "ftp://h" must begin with https://"#,
        ),
        (
            "https://h/?key=1",
            r#"the endpoint "https://h" must not have a query or a fragment"#,
        ),
        (
            "h?key=secret",
            "the endpoint that was given is not a URL such as https://example.com",
        ),
        (
            "https://user:secret@",
            "the endpoint that was given is not a URL such as https://example.com",
        ),
        (
            "https://h/#secret",
            r#"the endpoint "https://h" must not have a query or a fragment"#,
        ),
        (
            "https://user:secret@h",
            r#"the endpoint "https://h" must not have a user or password"#,
        ),
        (
            "https://.googleapis.com/",
            r#"the endpoint "https://.googleapis.com/" must have a host such as example.com"#,
        ),
        (
            "https://a..b",
            r#"the endpoint "https://a..b" must have a host such as example.com"#,
        ),
        (
            "https://example.com:0/",
            r#"the endpoint "https://example.com:0/" must not have the port 0"#,
        ),
        (
            "https://example.com:99999",
            r#"the endpoint "https://example.com:99999" is not a URL such as https://example.com"#,
        ),
        (
            "https://ex{am}ple.com",
            r#"the endpoint "https://ex{am}ple.com" is not a URL that HTTP can send"#,
        ),
        (
            "",
            r#"the endpoint "" is not a URL such as https://example.com"#,
        ),
        (
            "http://example.com",
            r#"the endpoint "http://example.com" would send credentials in the clear: use https, or allow it by `with_insecure_endpoint_allowed`"#,
        ),
        (
            "http://127.0.0.1.example.com",
            r#"the endpoint "http://127.0.0.1.example.com" would send credentials in the clear: use https, or allow it by `with_insecure_endpoint_allowed`"#,
        ),
    ];
    for (endpoint, message) in table {
        assert_eq!(refused(endpoint).await, message);
    }
}

#[tokio::test]
async fn plain_http_is_for_this_machine_or_for_those_who_ask() {
    for endpoint in ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1"] {
        let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(endpoint);
        builder.with_credentials(anonymous()).build().await.unwrap();
    }
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_endpoint("http://example.com")
        .with_insecure_endpoint_allowed();
    builder.with_credentials(anonymous()).build().await.unwrap();
}

#[tokio::test]
async fn the_service_path_stays_under_any_endpoint() {
    static DRIVE: Service =
        Service::new("drive", "v3", "https://www.googleapis.com/").with_service_path("drive/v3/");
    let table = [
        (None, "https://www.googleapis.com/drive/v3/v1alpha/things/1"),
        (
            Some("https://proxy/a/b/"),
            "https://proxy/a/b/drive/v3/v1alpha/things/1",
        ),
        (
            Some("https://proxy:8443"),
            "https://proxy:8443/drive/v3/v1alpha/things/1",
        ),
        (
            Some("HTTPS://PROXY.Example:443"),
            "https://proxy.example/drive/v3/v1alpha/things/1",
        ),
    ];
    for (endpoint, url) in table {
        let mut builder: ClientBuilder<Client> = ClientBuilder::new(&DRIVE).with_transport(Echo);
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let request = builder
            .build()
            .await
            .unwrap()
            .request(&GET)
            .path("name", "things/1");
        let got: String = request.send().await.unwrap();
        assert_eq!(got, format!("{url}?alt=json&prettyPrint=false"));
    }
}

#[tokio::test]
async fn another_universe_has_another_domain() {
    let builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE)
        .with_transport(Echo)
        .with_universe_domain("Example.Cloud");
    let request = builder
        .build()
        .await
        .unwrap()
        .request(&GET)
        .path("name", "a");
    let got: String = request.send().await.unwrap();
    assert!(
        got.starts_with("https://checks.example.cloud/v1alpha/a?"),
        "{got}"
    );
}

#[tokio::test]
async fn a_universe_is_a_domain() {
    let long = "a".repeat(64);
    for domain in [
        "",
        ".",
        "a/b",
        "https://example.cloud",
        "example.cloud:443",
        " ",
        "a..b",
        &long,
    ] {
        let builder: ClientBuilder<Client> =
            ClientBuilder::new(&SERVICE).with_universe_domain(domain);
        let error = builder.with_transport(Echo).build().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot find a matching binding to send the request: the universe domain {domain:?} \
                 is not a domain such as googleapis.com"
            )
        );
    }
}

#[tokio::test]
async fn credentials_of_another_universe_are_not_sent() {
    let server = Server::start([Answer::ok()]).await;
    let client = server
        .builder()
        .with_universe_domain("example.cloud")
        .build()
        .await
        .unwrap();
    let error = client
        .request(&GET)
        .path("name", "a")
        .send_empty()
        .await
        .unwrap_err();
    assert!(error.is_authentication());
    assert_eq!(
        error.to_string(),
        "cannot create the authentication headers the client calls the universe example.cloud, \
         but its credentials are of googleapis.com; `with_universe_domain` sets the client's, \
         and future attempts will not succeed"
    );
    assert!(server.requests().is_empty());
}
