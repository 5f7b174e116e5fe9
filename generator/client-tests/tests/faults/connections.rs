//! Connections: closed by dropped calls, shared by the others.

use std::{pin::pin, sync::Mutex, time::Duration};

use discovery_runtime::{Media, RequestOptionsBuilder as _};
use google_checks_v1alpha::{Checks, schemas::report::AnalyzeUploadRequest};

use crate::support::{
    catalogue::Fault,
    clock::Clock,
    run,
    server::{Act, End, FaultServer, Read},
};

const GOOD: &str = r#"{"name":"good"}"#;

async fn serving(acts: impl IntoIterator<Item = Act>) -> (FaultServer, Checks) {
    let acts: Vec<Act> = acts.into_iter().collect();
    let acts = Mutex::new(acts.into_iter());
    let good = || Fault::Nothing.act(GOOD, "");
    let server =
        FaultServer::start(move |_| acts.lock().unwrap().next().unwrap_or_else(good)).await;
    let checks = run::builder(&server).build().await.unwrap();
    (server, checks)
}

async fn get(checks: &Checks) -> discovery_runtime::Result<Option<String>> {
    let apps = checks.accounts().apps();
    Ok(apps.get("accounts/1/apps/2").send().await?.name)
}

/// Polls the future until the server reaches that state, and drops it.
async fn drop_when<F: Future>(future: F, reached: impl Future) {
    let (mut future, mut reached) = (pin!(future), pin!(reached));
    std::future::poll_fn(|context| {
        assert!(future.as_mut().poll(context).is_pending());
        reached.as_mut().poll(context).map(drop)
    })
    .await;
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    for fault in [Fault::Stall, Fault::StallInHead, Fault::StallInBody] {
        let (server, checks) = serving([fault.act(GOOD, "")]).await;
        drop_when(get(&checks), server.until(|tally| tally.stalled == 1)).await;
        server.until(|tally| tally.open == 0).await;
        // The client still works.
        assert_eq!(get(&checks).await.unwrap().as_deref(), Some("good"));
        assert_eq!(server.tally().requests, 2);
    }
}

#[tokio::test]
async fn dropping_an_upload_closes_its_connection() {
    let unread = Act {
        read: Read::Head,
        bytes: Vec::new(),
        end: End::Stall,
    };
    let (server, checks) = serving([unread]).await;
    let media = Media::from_reader(tokio::io::repeat(0), None);
    let upload = checks
        .media()
        .upload("accounts/1/apps/2", AnalyzeUploadRequest::default())
        .with_media(media);
    drop_when(upload.send(), server.until(|tally| tally.stalled == 1)).await;
    server.until(|tally| tally.open == 0).await;
    assert_eq!(server.tally().requests, 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_between_attempts_is_not_retried() {
    let (server, _) = serving([Fault::UnavailableFor.act(GOOD, "")]).await;
    let clock = Clock::held();
    let checks = run::builder(&server)
        .with_backoff_policy(clock.clone())
        .build()
        .await
        .unwrap();
    let call = checks.accounts().apps().get("accounts/1/apps/2");
    // The first attempt takes no time, and the backoff after it takes seven seconds.
    let limited = tokio::time::timeout(Duration::from_secs(5), call.send());
    assert!(limited.await.is_err());
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.tally().requests, 1);
}

#[tokio::test]
async fn extra_bytes_never_reach_another_call() {
    let acts = std::iter::repeat_with(|| Fault::Smuggled.act(GOOD, ""));
    let (server, checks) = serving(acts.take(50)).await;
    for _ in 0..50 {
        assert_eq!(get(&checks).await.unwrap().as_deref(), Some("good"));
    }
    // Each connection was closed, with the bytes that it still held.
    assert_eq!(server.tally().accepted, 50);
}

#[tokio::test]
async fn clones_of_a_client_share_connections() {
    let (server, checks) = serving([]).await;
    for _ in 0..5 {
        get(&checks.clone()).await.unwrap();
        // A reply whose body is not decoded leaves the connection to the next call, too.
        let operations = checks.clone().accounts().apps().operations();
        let cancel = operations.cancel("accounts/1/apps/2/operations/3");
        cancel.send().await.unwrap();
    }
    assert_eq!(server.tally().requests, 10);
    assert_eq!(server.tally().accepted, 1);
}

/// The status reports success. The client waits for the rest of the body, but not forever.
#[tokio::test(start_paused = true)]
async fn an_unfinished_body_that_is_ignored_is_not_an_error() {
    let (server, _) = serving([Fault::StallInBody.act(GOOD, "")]).await;
    let clock = Clock::held();
    let checks = run::builder(&server)
        .with_attempt_timeout(Duration::from_secs(60))
        .build()
        .await
        .unwrap();
    let operations = checks.accounts().apps().operations();
    let cancel = operations.cancel("accounts/1/apps/2/operations/3");
    let sent = tokio::spawn(cancel.send());
    server.until(|tally| tally.stalled == 1).await;
    clock.release();
    sent.await.unwrap().unwrap();
}

/// An expired deadline ends the call in any state.
#[tokio::test(start_paused = true)]
async fn a_timeout_closes_the_connection() {
    let (server, checks) = serving([Fault::StallInBody.act(GOOD, "")]).await;
    let clock = Clock::held();
    let call = checks.accounts().apps().get("accounts/1/apps/2");
    let sent = tokio::spawn(call.with_attempt_timeout(Duration::from_secs(9)).send());
    server.until(|tally| tally.stalled == 1).await;
    clock.release();
    let error = sent.await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    server.until(|tally| tally.open == 0).await;
}
