//! Application Default Credentials, from the file named by the environment to the header of a call.
//!
//! The environment and the default provider of cryptography belong to the process, so the client runs
//! in another one: this program again, with the other test.

mod support;

use std::{
    net::SocketAddr,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use discovery_runtime::{Client, ClientBuilder, Service};
use support::{Answer, GET, Server};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/")
    .with_scopes(&["https://www.googleapis.com/auth/checks"]);

const TOKEN: &str = r#"{"access_token":"ya29.token","expires_in":3600,"token_type":"Bearer"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_finds_its_credentials_and_requests_its_scopes() {
    let answers = [Answer::json("200 OK", TOKEN), Answer::ok(), Answer::ok()];
    let server = Server::start(answers).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credentials.json");
    let user = user(&format!("{}/token", server.url));
    std::fs::write(&file, user.to_string()).unwrap();

    assert_eq!(call_with(&file, &server.url, None).await, "called");

    // Both calls use one token.
    let [token, call, _] = &server.requests()[..] else {
        panic!("{:#?}", server.requests())
    };
    assert!(token.line().starts_with("POST /token"), "{}", token.line());
    assert!(token.text().contains("auth/checks"), "{}", token.text());
    assert_eq!(call.header("authorization"), ["Bearer ya29.token"]);
    assert_eq!(call.header("x-goog-user-project"), ["of-the-user"]);

    let answers = [Answer::json("200 OK", TOKEN), Answer::ok(), Answer::ok()];
    let server = Server::start(answers).await;
    let user = self::user(&format!("{}/token", server.url));
    std::fs::write(&file, user.to_string()).unwrap();
    let other = Some("https://www.googleapis.com/auth/other");
    assert_eq!(call_with(&file, &server.url, other).await, "called");
    let request = server.requests()[0].text().to_owned();
    assert!(
        request.contains("auth/other") && !request.contains("auth/checks"),
        "{request}"
    );
}

fn token(value: &str) -> Answer {
    Answer::json("200 OK", &TOKEN.replace("ya29.token", value))
}

fn refusal() -> Answer {
    let body = r#"{"error":{"code":401,"message":"expired","status":"UNAUTHENTICATED"}}"#;
    Answer::json("401 Unauthorized", body)
}

/// The request lines and tokens of calls with a credentials file of the server.
async fn requests(script: Vec<Answer>) -> (String, Vec<String>) {
    let server = Server::start(script).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credentials.json");
    let user = user(&format!("{}/token", server.url));
    std::fs::write(&file, user.to_string()).unwrap();
    let outcome = call_with(&file, &server.url, None).await;
    let requests = server.requests();
    let lines = requests.iter().map(|request| {
        let path = request.target().split('?').next().unwrap();
        format!("{path} {}", request.header("authorization").concat())
    });
    (outcome, lines.collect())
}

/// A token may be revoked, or expire by another clock than ours, while its credentials consider it
/// valid.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_is_fetched_anew() {
    let script = [
        token("t1"),
        refusal(),
        token("t2"),
        Answer::ok(),
        Answer::ok(),
    ];
    let (outcome, requests) = requests(script.into()).await;
    assert_eq!(outcome, "called");
    assert_eq!(
        requests,
        [
            "/token ",
            "/v1alpha/a Bearer t1",
            "/token ",
            "/v1alpha/a Bearer t2",
            "/v1alpha/b Bearer t2",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_refuses_every_token_is_called_twice() {
    let script = [token("t1"), refusal(), token("t2"), refusal(), refusal()];
    let (outcome, requests) = requests(script.into()).await;
    assert_eq!(
        outcome,
        "the service reports an error with code UNAUTHENTICATED described as: expired"
    );
    // A call soon after is refused as well, and fetches no further token.
    assert_eq!(
        requests,
        [
            "/token ",
            "/v1alpha/a Bearer t1",
            "/token ",
            "/v1alpha/a Bearer t2",
            "/v1alpha/b Bearer t2",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_stays_the_same_is_not_sent_again() {
    let script = [token("t1"), refusal(), token("t1"), refusal(), refusal()];
    let (_, requests) = requests(script.into()).await;
    assert_eq!(
        requests,
        [
            "/token ",
            "/v1alpha/a Bearer t1",
            "/token ",
            "/v1alpha/b Bearer t1",
        ]
    );
}

/// The error names the source of the credentials, and the reason why they cannot be used.
#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_fail_say_what_was_tried() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credentials.json");
    let by = format!(
        "cannot create the authentication headers by Application Default Credentials (the file \
         {file:?} that GOOGLE_APPLICATION_CREDENTIALS names)"
    );
    let end = "and future attempts will not succeed";
    let refusal = r#"{"error":"invalid_grant"}"#;
    let server = Server::start([Answer::json("400 Bad Request", refusal)]).await;

    let message = call_with(&file, &server.url, None).await;
    let start = format!(
        "{by}: could not find or open the credentials file {}",
        file.display()
    );
    assert!(
        message.starts_with(&start) && message.ends_with(end),
        "{message}"
    );

    std::fs::write(&file, r#"{"type":"future"}"#).unwrap();
    let message = call_with(&file, &server.url, None).await;
    let whole = format!("{by}: unknown or invalid credentials type future, {end}");
    assert_eq!(message, whole);

    let token_uri = format!("{}/token", server.url);
    std::fs::write(&file, user(&token_uri).to_string()).unwrap();
    let message = call_with(&file, &server.url, None).await;
    let whole = format!(
        "{by}: Request to fetch the token failed. Subsequent calls with this credential will also \
         fail: failed to refresh user access token, body=<{refusal}>: HTTP status client error (400 \
         Bad Request) for url ({token_uri}), {end}"
    );
    assert_eq!(message, whole);
    assert_eq!(server.requests().len(), 1);
}

fn user(token_uri: &str) -> serde_json::Value {
    serde_json::json!({
        "type": "authorized_user",
        "client_id": "id",
        "client_secret": "secret",
        "refresh_token": "refresh",
        "quota_project_id": "of-the-user",
        "token_uri": token_uri,
    })
}

/// The results of calls without a file of credentials. The metadata server is at this address, if
/// anywhere.
async fn call_without_file(metadata: SocketAddr, endpoint: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut program = client_program(endpoint);
    program
        .env_remove("GOOGLE_APPLICATION_CREDENTIALS")
        .env("HOME", home.path())
        .env("APPDATA", home.path())
        .env("GCE_METADATA_HOST", metadata.to_string());
    run(program).await
}

fn absence(metadata: SocketAddr) -> String {
    format!(
        "cannot create the authentication headers by Application Default Credentials, since there \
         are none: run `gcloud auth application-default login`, or set \
         GOOGLE_APPLICATION_CREDENTIALS to the file of a key (no metadata server answers at \
         {metadata}), and future attempts will not succeed"
    )
}

/// Retries would end after a minute.
const SOON: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn absent_credentials_are_an_error_at_once() {
    // Nobody listens there any more.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refusing = listener.local_addr().unwrap();
    drop(listener);
    let started = Instant::now();
    let message = call_without_file(refusing, "http://127.0.0.1:1").await;
    assert_eq!(message, absence(refusing));
    assert!(started.elapsed() < SOON);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = listener.local_addr().unwrap();
    let started = Instant::now();
    let message = call_without_file(silent, "http://127.0.0.1:1").await;
    assert_eq!(message, absence(silent));
    assert!(started.elapsed() < SOON);

    // Any other server, such as that of a network that answers for every name.
    let other = Server::start(vec![Answer::ok(); 3]).await;
    let address = other.url.strip_prefix("http://").unwrap().parse().unwrap();
    let message = call_without_file(address, "http://127.0.0.1:1").await;
    assert_eq!(message, absence(address));
}

/// Starts a server that replies as a metadata server does.
async fn metadata_server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            let end = support::read_until(&mut stream, &mut head, b"\r\n\r\n").await;
            assert!(end.is_some());
            let head = String::from_utf8(head).unwrap();
            let body = match head.split(' ').nth(1).unwrap() {
                path if path.contains("/token") => TOKEN,
                path if path.contains("universe") => "googleapis.com",
                _ => "computeMetadata/",
            };
            let length = body.len();
            let reply = format!(
                "HTTP/1.1 200 OK\r\nMetadata-Flavor: Google\r\nconnection: close\r\n\
                 content-length: {length}\r\n\r\n{body}"
            );
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_metadata_server_has_credentials() {
    let server = Server::start([Answer::ok(), Answer::ok()]).await;
    let outcome = call_without_file(metadata_server().await, &server.url).await;
    assert_eq!(outcome, "called");
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), ["Bearer ya29.token"]);
}

/// The results of calls with the credentials of a file.
async fn call_with(file: &Path, endpoint: &str, scope: Option<&str>) -> String {
    let mut program = client_program(endpoint);
    program
        .env("GOOGLE_APPLICATION_CREDENTIALS", file)
        .envs(scope.map(|scope| ("TEST_SCOPE", scope)));
    run(program).await
}

/// This program, as a client of the endpoint.
fn client_program(endpoint: &str) -> Command {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program
        .args(["--exact", "the_client", "--nocapture"])
        .env("TEST_ENDPOINT", endpoint)
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("GOOGLE_CLOUD_QUOTA_PROJECT");
    program
}

async fn run(mut program: Command) -> String {
    let output = tokio::task::spawn_blocking(move || program.output());
    let output = output.await.unwrap().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let result = text.lines().find_map(|line| line.strip_prefix("result: "));
    result.unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[tokio::test]
#[allow(clippy::print_stderr, reason = "read by the other tests")]
async fn the_client() {
    let Ok(endpoint) = std::env::var("TEST_ENDPOINT") else {
        return; // The process runs the other tests.
    };
    let mut builder: ClientBuilder<Client> = ClientBuilder::new(&SERVICE).with_endpoint(endpoint);
    if let Ok(scope) = std::env::var("TEST_SCOPE") {
        builder = builder.with_scopes([scope]);
    }
    let call = async {
        let client = builder.build().await?;
        let first = client.request(&GET).path("name", "a").send_empty().await;
        let second = client.request(&GET).path("name", "b").send_empty().await;
        first.and(second)
    };
    match call.await {
        Ok(()) => eprintln!("result: called"),
        Err(error) => eprintln!("result: {error}"),
    }
}
