//! No output of a client contains a token, a key or a refresh token: no log line, span, event,
//! `Debug` or error, of this project or of its dependencies.
//!
//! A separate test program, since its leak detector is global to the process.

mod leak_detector;
mod media;
mod random;
mod sessions;
#[path = "../fault_support/mod.rs"]
mod support;
mod values;

use discovery_runtime::{Call, ClientBuilder, Code, Reply, Result, Transport};
use google_checks_v1alpha::Checks;
use google_cloud_auth::credentials::{Credentials, user_account};
use reqwest::Certificate;
use serde_json::json;

use leak_detector::DETECTOR;
use support::{
    plan::Plan,
    run,
    server::{Act, End, FaultServer, Read},
    tls::{Reply as TlsReply, TlsServer},
    tokens::{TOKEN, Tokens},
};
use values::{CLIENT, KEY, MARK, REFRESH};

const CALLS: u64 = 500;

/// Inspects all calls of a plan, and to their errors.
async fn inspect(plan: Plan, builder: ClientBuilder<Checks>) {
    DETECTOR.inspect("builder", &format!("{builder:?} {builder:#?}"));
    let checks = builder.build().await.unwrap();
    let apps = checks.accounts().apps();
    let get = apps.get("accounts/1/apps/2");
    DETECTOR.inspect(
        "client",
        &format!("{checks:?} {checks:#?} {apps:?} {get:#?}"),
    );
    run::call_all(plan, &checks, CALLS, |ended| {
        DETECTOR.inspect_result(ended.result.as_ref());
    })
    .await;
}

/// Starts a service that exchanges the refresh token for an access token, or fails to.
async fn token_service(status: &'static str) -> FaultServer {
    let token = json!({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"});
    let body = match status {
        "200 OK" => token.to_string(),
        _ => json!({"error": "invalid_grant", "error_description": "Bad Request"}).to_string(),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let act = Act {
        read: Read::Whole,
        bytes: answer.into_bytes(),
        end: End::Keep,
    };
    FaultServer::start(move |_| act.clone()).await
}

fn user(token_uri: &str) -> Credentials {
    let user = json!({
        "type": "authorized_user",
        "client_id": "id",
        "client_secret": CLIENT,
        "refresh_token": REFRESH,
        "token_uri": token_uri,
    });
    let credentials = user_account::Builder::new(user).build().unwrap();
    DETECTOR.inspect("credentials", &format!("{credentials:?} {credentials:#?}"));
    credentials
}

/// A fake transport that prints its calls, as a careless test would.
#[derive(Debug)]
struct Careless;

impl Transport for Careless {
    async fn send(&self, call: Call) -> Result<Reply> {
        DETECTOR.inspect("call", &format!("{call:?} {call:#?} {:?}", call.headers()));
        let reply = Reply::error(Code::PermissionDenied, "no");
        DETECTOR.inspect("reply", &format!("{reply:?}"));
        Ok(reply)
    }
}

async fn call_over_tls() {
    let script = [TlsReply::Reset(h2::Reason::INTERNAL_ERROR)];
    let server = TlsServer::start(&["h2"], script).await;
    let authority = Certificate::from_pem(server.authority.as_bytes()).unwrap();
    let trusting = reqwest::Client::builder().tls_certs_only([authority]);
    for client in [Some(trusting), None] {
        let builder = Checks::builder().with_endpoint(&server.url);
        let mut builder = builder.with_credentials(Tokens::default());
        if let Some(client) = client {
            builder = builder.with_http_client(client);
        }
        let policy = google_cloud_gax::retry_policy::NeverRetry;
        let checks = builder.with_retry_policy(policy).build().await.unwrap();
        for _ in 0..2 {
            let call = checks.accounts().apps().get("accounts/1/apps/2");
            if let Err(error) = call.send().await {
                DETECTOR.inspect("error", &run::all_texts(&error));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_output_contains_a_secret() {
    DETECTOR.install();
    discovery_runtime::install_crypto_provider().unwrap();
    let plan = Plan { seed: 7 };

    let server = run::serve(plan).await;
    inspect(plan, run::builder(&server)).await;
    let shown = server.seen();
    assert!(shown.iter().all(|seen| {
        let authorization = seen.request.header("authorization");
        authorization.len() == 1 && authorization[0].contains(TOKEN)
    }));

    let server = run::serve(plan).await;
    inspect(plan, run::builder(&server).with_api_key(KEY)).await;
    let shown = server.seen();
    assert!(
        shown
            .iter()
            .all(|seen| seen.request.header("x-goog-api-key") == [KEY])
    );

    for (status, tokens) in [("200 OK", 1), ("400 Bad Request", 0)] {
        let service = token_service(status).await;
        let server = run::serve(plan).await;
        let credentials = user(&format!("{}/token", service.url));
        inspect(plan, run::builder(&server).with_credentials(credentials)).await;
        let requests = service.seen();
        assert!(
            requests
                .iter()
                .all(|seen| seen.request.text().contains(MARK))
        );
        assert!(!requests.is_empty());
        assert_eq!(usize::from(server.tally().requests > 0), tokens);
    }

    let builder = Checks::builder().with_transport(Careless);
    let checks = builder.with_api_key(KEY).build().await.unwrap();
    let call = checks.accounts().apps().get("accounts/1/apps/2");
    DETECTOR.inspect("error", &run::all_texts(&call.send().await.unwrap_err()));

    call_over_tls().await;
    DETECTOR.assert_much_inspected_and_no_secret();
}
