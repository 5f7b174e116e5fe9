//! The first programs of services that no emulator serves, against fakes of their documents. The emulators
//! of Drive lack the path `download/`, from which files are downloaded.

mod support;

use std::net::SocketAddr;

use discovery::Document;
use discovery_fake::{Fake, Rule, server::Server};
use serde_json::json;
use support::program::Home;

/// Returns a fake of the API in this document.
fn fake(document: &str) -> Fake {
    Fake::new(Document::parse(document, None).unwrap().document)
}

/// Runs a program whose host is served by a fake. Returns the text that it prints, and the calls.
async fn run(home: &Home, program: &str, host: &'static str, fake: &Fake) -> (String, Vec<String>) {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::bind(fake.clone(), address).await.unwrap();
    let url = format!("http://{}", server.address().unwrap());
    tokio::spawn(server.run());
    let printed = home.run(program, host, &url).await;
    let calls = fake.calls().into_iter();
    let calls = calls.map(|call| {
        assert_eq!(call.status, 200, "{call:?}");
        call.method.unwrap_or(call.path)
    });
    (printed, calls.collect())
}

#[tokio::test]
async fn drive() {
    let home = Home::new();
    home.log_in(&["https://www.googleapis.com/auth/drive.file"])
        .await;
    let fake = fake(include_str!("../../documents/drive.v3.json"));
    let program = env!("CARGO_BIN_EXE_drive");
    let (printed, calls) = run(&home, program, "www.googleapis.com", &fake).await;
    let expected = ["create", "list", "get"].map(|name| format!("drive.files.{name}"));
    assert_eq!(calls, expected);
    assert_eq!(printed, "notes.txt\n");
    assert_eq!(home.read("copy.txt"), home.read("notes.txt"));
}

#[tokio::test]
async fn sheets() {
    let home = Home::new();
    home.log_in(&["https://www.googleapis.com/auth/drive.file"])
        .await;
    let fake = fake(include_str!("../../documents/sheets.v4.json"));
    fake.add_rule(Rule {
        method: Some("sheets.spreadsheets.values.get".to_owned()),
        body: Some(json!({"values": [["Rome", 2_800_000]]})),
        ..Rule::default()
    });
    let program = env!("CARGO_BIN_EXE_sheets");
    let (printed, calls) = run(&home, program, "sheets.googleapis.com", &fake).await;
    assert_eq!(
        calls,
        [
            "sheets.spreadsheets.create",
            "sheets.spreadsheets.values.append",
            "sheets.spreadsheets.values.get",
        ]
    );
    assert_eq!(printed, "[String(\"Rome\"), Number(2800000)]\n");
}

#[tokio::test]
async fn youtube() {
    let home = Home::new();
    let fake = fake(include_str!("../../documents/youtube.v3.json"));
    let program = env!("CARGO_BIN_EXE_youtube");
    let (printed, calls) = run(&home, program, "youtube.googleapis.com", &fake).await;
    assert_eq!(calls, ["youtube.search.list"]);
    assert!(!printed.is_empty());
}

#[tokio::test]
async fn compute() {
    let home = Home::new();
    let fake = fake(include_str!("../../documents/compute.v1.json"));
    fake.put(
        "compute:v1",
        "compute/v1/projects/project/zones/europe-west1-b/instances/server",
        json!({"name": "server", "status": "RUNNING"}),
    );
    let program = env!("CARGO_BIN_EXE_compute");
    let (printed, calls) = run(&home, program, "compute.googleapis.com", &fake).await;
    assert_eq!(calls[0], "compute.instances.stop");
    assert_eq!(calls.last().unwrap(), "compute.instances.list");
    assert!(printed.contains("server"), "{printed}");
}

#[tokio::test]
async fn people() {
    let home = Home::new();
    home.log_in(&["https://www.googleapis.com/auth/contacts"])
        .await;
    let fake = fake(include_str!("../../documents/people.v1.json"));
    let program = env!("CARGO_BIN_EXE_people");
    let (printed, calls) = run(&home, program, "people.googleapis.com", &fake).await;
    assert_eq!(
        calls,
        [
            "people.people.createContact",
            "people.people.connections.list"
        ]
    );
    assert!(!printed.is_empty());
}

#[tokio::test]
async fn checks() {
    let home = Home::new();
    home.write("app.aab", "an app");
    let fake = fake(include_str!(
        "../../../../discovery/documents/checks.v1alpha.json"
    ));
    let check = json!({"type": "DATA_MONITORING_NEW_ENDPOINT", "state": "FAILED"});
    fake.add_rule(Rule {
        method: Some("checks.accounts.apps.operations.*".to_owned()),
        body: Some(json!({"name": "operation", "done": true, "response": {"checks": [check]}})),
        ..Rule::default()
    });
    let program = env!("CARGO_BIN_EXE_checks");
    let (printed, calls) = run(&home, program, "checks.googleapis.com", &fake).await;
    assert_eq!(
        calls,
        ["checks.media.upload", "checks.accounts.apps.operations.get"]
    );
    assert!(printed.contains("Failed"), "{printed}");
}
