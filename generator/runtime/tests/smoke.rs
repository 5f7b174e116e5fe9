//! A call from end to end over a fake transport.

use discovery_runtime::{
    Call, Client, ClientBuilder, ErrorExt, Method, Pattern, Reply, Result, Service, Transport,
    Value, Verb,
};

static SERVICE: Service = Service::new("checks", "v1alpha", "https://checks.googleapis.com/");
static CANCEL: Method = Method::new(
    "checks.accounts.apps.operations.cancel",
    Verb::Post,
    "v1alpha/{+name}:cancel",
);
static NAME: Pattern = Pattern::new("^accounts/[^/]+/apps/[^/]+/operations/[^/]+$");

#[derive(Debug)]
struct Fake;

impl Transport for Fake {
    async fn send(&self, call: Call) -> Result<Reply> {
        if call.path_parameter("name") == Some("accounts/1/apps/2/operations/404") {
            return Ok(Reply::error(404, "NOT_FOUND", "gone"));
        }
        Reply::json(&serde_json::json!({"url": call.url(), "method": call.method()}))
    }
}

#[tokio::test]
async fn a_call() {
    let client: Client = ClientBuilder::new(&SERVICE)
        .with_transport(Fake)
        .build()
        .await
        .unwrap();
    let request =
        client
            .request(&CANCEL)
            .path_matching("name", "accounts/1/apps/2/operations/3", &NAME);
    let got: Value = tokio::spawn(request.send()).await.unwrap().unwrap();
    assert_eq!(
        got["url"],
        "https://checks.googleapis.com/v1alpha/accounts/1/apps/2/operations/3:cancel?alt=json&prettyPrint=false"
    );
    let error = client
        .request(&CANCEL)
        .path_matching("name", "accounts/1/apps/2/operations/404", &NAME)
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    assert_eq!(error.attempts(), 1);
}
