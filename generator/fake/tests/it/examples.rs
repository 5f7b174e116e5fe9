//! A generated client with the fake in place of the network.

use std::time::Duration;

use discovery::Document;
use discovery_fake::{Fake, Rule, Settings};
use google_checks_v1alpha::Checks;
use google_checks_v1alpha::runtime::{Cancellation, Media};
use google_checks_v1alpha::schemas::report::AnalyzeUploadRequest;
use serde_json::json;

const DOCUMENT: &str = include_str!("../../../../discovery/documents/checks.v1alpha.json");
const OVERLAY: &str = include_str!("../../../../discovery/documents/checks.v1alpha.overlay.json");
const PARENT: &str = "accounts/1/apps/2";

fn checks() -> Fake {
    Fake::new(Document::parse(DOCUMENT, Some(OVERLAY)).unwrap().document)
}

async fn client(fake: &Fake) -> Checks {
    Checks::builder()
        .with_transport(fake.clone())
        .build()
        .await
        .unwrap()
}

#[tokio::test]
async fn the_quickstart_lists_apps() {
    let fake = checks();
    let client = client(&fake).await;
    let sample = client
        .accounts()
        .apps()
        .list("accounts/1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        sample.apps[0].name.as_deref(),
        Some("accounts/1/apps/sample")
    );
    for app in ["2", "3"] {
        let name = format!("accounts/1/apps/{app}");
        fake.put(
            "checks:v1alpha",
            &format!("v1alpha/{name}"),
            json!({"name": name, "title": app}),
        );
    }
    let mut items = client
        .accounts()
        .apps()
        .list("accounts/1")
        .page_size(1)
        .by_item();
    let mut titles = Vec::new();
    while let Some(app) = items.next().await {
        titles.push(app.unwrap().title.unwrap());
    }
    assert_eq!(titles, ["2", "3"]);
}

#[tokio::test(start_paused = true)]
async fn the_upload_waits_for_its_report() {
    let fake = checks().with_settings(Settings {
        operation_polls: 3,
        ..Settings::default()
    });
    let client = client(&fake).await;
    let upload = client
        .media()
        .upload(PARENT, AnalyzeUploadRequest::default());
    let report = upload
        .with_media(Media::from_bytes("a binary"))
        .poller()
        .until_done()
        .await
        .unwrap();
    let name = report.name.unwrap();
    assert!(name.starts_with("accounts/1/apps/2/reports/"), "{name}");
    let reports = client
        .accounts()
        .apps()
        .reports()
        .list(PARENT)
        .send()
        .await
        .unwrap();
    assert_eq!(reports.reports.len(), 1);
    assert_eq!(reports.reports[0].name.as_deref(), Some(&*name));
    let verbs: Vec<_> = fake
        .calls()
        .into_iter()
        .map(|call| call.method.unwrap())
        .collect();
    assert_eq!(verbs[0], "checks.media.upload");
    assert_eq!(verbs.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_cancelled() {
    let fake = checks().with_settings(Settings {
        operation_polls: 100,
        ..Settings::default()
    });
    let client = client(&fake).await;
    let upload = client
        .media()
        .upload(PARENT, AnalyzeUploadRequest::default());
    let poller = upload.with_media(Media::from_bytes("a binary")).poller();
    let cancellation = poller.cancel_and_wait().await.unwrap();
    assert!(matches!(cancellation, Cancellation::Cancelled));
}

#[tokio::test(start_paused = true)]
async fn faults_are_retried() {
    let fake = checks();
    fake.add_rule(Rule {
        times: Some(2),
        status: Some(503),
        ..Rule::default()
    });
    let client = client(&fake).await;
    let app = client.accounts().apps().get(PARENT).send().await.unwrap();
    assert_eq!(app.name.as_deref(), Some(PARENT));
    let statuses: Vec<_> = fake.calls().into_iter().map(|call| call.status).collect();
    assert_eq!(statuses, [503, 503, 200]);

    fake.add_rule(
        serde_json::from_value(json!({"times": 1, "reset": true, "latency": 50})).unwrap(),
    );
    client.accounts().apps().get(PARENT).send().await.unwrap();
    fake.add_rule(serde_json::from_value(json!({"times": 1, "cutAfter": 3})).unwrap());
    client.accounts().apps().get(PARENT).send().await.unwrap();
    let stalled: Rule = serde_json::from_value(json!({"stall": true})).unwrap();
    fake.add_rule(stalled);
    let call = client.accounts().apps().get(PARENT).send();
    assert!(
        tokio::time::timeout(Duration::from_secs(60), call)
            .await
            .is_err()
    );
}
