//! Clients, resources and requests are values: they can be stored, shared, sent to other threads
//! and printed with `Debug`.

use std::fmt::Debug;

use discovery_runtime::{Call, Media, Reply, Result, Transport};
use google_checks_v1alpha::{Checks, RequestBuilderExt as _, RequestOptionsBuilder};
use http::{HeaderName, HeaderValue};

use crate::calls::{ACCOUNT, APP, OPERATION, REPO, REPORT};
use crate::messages;
use crate::support::{Server, TOKEN, Unvisited, agent, builder, client, json};

/// Checks that requests can be stored, cloned and sent from any thread.
fn request<T: RequestOptionsBuilder + Clone + Debug + Send + Sync + Unpin + 'static>(_: &T) {}

/// Checks that responses can be awaited on any thread and outlive the client.
fn response<F: Future<Output = Result<T>> + Send + 'static, T: Send + Sync + 'static>(_: F) {}

fn value<T: Debug + Send + Unpin + 'static>(_: T) {}

#[tokio::test]
async fn requests_and_responses_are_values() {
    let checks = Unvisited::new().client().await;
    macro_rules! assert_values {
        ($($request:expr;)+) => {$(
            let kept = $request;
            request(&kept);
            response(kept.clone().send());
            response(kept.with_user_agent("a").with_idempotency(true).send());
        )+};
    }
    assert_values! {
        checks.accounts().apps().get(APP);
        checks.accounts().apps().list(ACCOUNT);
        checks.accounts().apps().operations().cancel(OPERATION);
        checks.accounts().apps().operations().delete(OPERATION);
        checks.accounts().apps().operations().get(OPERATION);
        checks.accounts().apps().operations().list(APP);
        checks.accounts().apps().operations().wait(OPERATION).with_request(messages::wait());
        checks.accounts().apps().reports().get(REPORT);
        checks.accounts().apps().reports().list(APP);
        checks.accounts().repos().operations().get("accounts/1/repos/5/operations/6");
        checks.accounts().repos().scans().generate(REPO, messages::generate_scan());
        checks.accounts().repos().scans().get("accounts/1/repos/5/scans/7");
        checks.accounts().repos().scans().list(REPO);
        checks.aisafety().classify_content(messages::classify_content());
        checks.media().upload(APP, Default::default());
    }
    let upload = checks.media().upload(APP, Default::default());
    response(upload.clone().with_media(Media::from_bytes("")).send());
    value(
        upload
            .clone()
            .with_media(Media::from_reader(&b""[..], None)),
    );
    value(upload.poller());
    value(checks.accounts().apps().list(ACCOUNT).by_page());
    value(checks.accounts().apps().list(ACCOUNT).by_item());
}

#[test]
fn clients_and_resources_can_be_shared() {
    fn shared<T: Clone + Debug + Send + Sync + Unpin + 'static>() {}
    use google_checks_v1alpha::{accounts, aisafety, media};
    shared::<Checks>();
    shared::<accounts::Resource>();
    shared::<accounts::apps::Resource>();
    shared::<accounts::apps::operations::Resource>();
    shared::<accounts::apps::reports::Resource>();
    shared::<accounts::repos::Resource>();
    shared::<accounts::repos::operations::Resource>();
    shared::<accounts::repos::scans::Resource>();
    shared::<aisafety::Resource>();
    shared::<media::Resource>();
}

/// Replies with the URL that was called.
#[derive(Debug)]
struct Echo;

impl Transport for Echo {
    async fn send(&self, call: Call) -> Result<Reply> {
        Reply::json(&serde_json::json!({"name": call.url()}))
    }
}

#[tokio::test]
async fn requests_go_to_google_by_default() {
    let checks = Checks::builder()
        .with_transport(Echo)
        .build()
        .await
        .unwrap();
    let app = checks.accounts().apps().get(APP).send().await.unwrap();
    assert_eq!(
        app.name.unwrap(),
        "https://checks.googleapis.com/v1alpha/accounts/1/apps/2?alt=json&prettyPrint=false"
    );
    let upload = checks.media().upload(APP, Default::default());
    let operation = upload.with_media(Vec::new()).send().await.unwrap();
    assert_eq!(
        operation.name.unwrap(),
        "https://checks.googleapis.com/upload/v1alpha/accounts/1/apps/2/reports:analyzeUpload\
         ?uploadType=media&alt=json&prettyPrint=false"
    );
}

#[tokio::test]
async fn a_request_can_be_sent_twice_and_changed_in_between() {
    let server = Server::start([json("{}"), json("{}")]).await;
    let get = client(&server).await.accounts().apps().get(APP);
    get.clone().fields("name").send().await.unwrap();
    tokio::spawn(get.send()).await.unwrap().unwrap();
    let targets = server.requests().into_iter();
    let targets: Vec<_> = targets.map(|request| request.target().to_owned()).collect();
    assert_eq!(
        targets,
        [
            "/v1alpha/accounts/1/apps/2?fields=name&alt=json&prettyPrint=false",
            "/v1alpha/accounts/1/apps/2?alt=json&prettyPrint=false"
        ]
    );
}

#[tokio::test]
async fn debug_output_never_contains_the_token() {
    let server = Server::start([]).await;
    let building = builder(&server.url).with_quota_project("project");
    let by_key = Checks::builder().with_api_key(TOKEN);
    let shown = format!("{building:?} {by_key:?}");
    assert!(!shown.contains(TOKEN), "{shown}");

    let checks = building.build().await.unwrap();
    let get = checks.accounts().apps().get(APP).fields("name");
    let upload = checks.media().upload(APP, Default::default());
    let shown = format!(
        "{checks:?} {get:?} {:?} {:?} {:?} {:?}",
        checks.accounts().apps(),
        checks.accounts().apps().list(ACCOUNT).by_page(),
        upload.clone().poller(),
        upload.with_media(Vec::new()),
    );
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(shown.contains("checks.accounts.apps.get"), "{shown}");
    assert!(shown.contains(APP), "{shown}");
}

#[tokio::test]
async fn requests_identify_the_client() {
    let server = Server::start([json("{}"), json("{}")]).await;
    let checks = builder(&server.url)
        .with_user_agent("scanner/2.1")
        .with_quota_project("client-project")
        .build()
        .await
        .unwrap();
    let get = checks.accounts().apps().get(APP);
    get.clone().send().await.unwrap();
    get.with_user_agent("job/7")
        .with_quota_project("request-project")
        .with_custom_header(
            HeaderName::from_static("x-goog-request-reason"),
            HeaderValue::from_static("audit"),
        )
        .with_if_none_match("\"1\"")
        .with_custom_query_parameter("trace", "on")
        .send()
        .await
        .unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!()
    };
    let package = agent();
    assert_eq!(
        first.header("user-agent"),
        [format!("scanner/2.1 {package}")]
    );
    assert_eq!(first.header("x-goog-user-project"), ["client-project"]);
    assert!(first.header("x-goog-request-reason").is_empty());
    assert_eq!(second.header("user-agent"), [format!("job/7 {package}")]);
    assert_eq!(second.header("x-goog-user-project"), ["request-project"]);
    assert_eq!(second.header("x-goog-request-reason"), ["audit"]);
    assert_eq!(second.header("if-none-match"), ["\"1\""]);
    assert!(second.target().contains("?trace=on&"), "{}", second.head);
    for request in [first, second] {
        let [versions] = request.header("x-goog-api-client")[..] else {
            panic!("{}", request.head)
        };
        let versions: Vec<_> = versions
            .split(' ')
            .map(|token| token.split_once('/'))
            .collect();
        let [Some(("gl-rust", rust)), Some(("gdcl", gdcl))] = versions[..] else {
            panic!("{versions:?}")
        };
        let is_version = |text: &str| text.split('.').all(|part| part.parse::<u32>().is_ok());
        assert!(is_version(rust) && is_version(gdcl), "{versions:?}");
    }
}
