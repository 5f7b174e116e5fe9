//! Polls that the service holds.

use std::time::Duration;

use discovery_runtime::{
    Code, HttpMethod, Method, OperationService, Poller, Reply,
    Segment::{Literal, Reserved, Variable},
    WaitTimeout,
};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use serde_json::json;

use crate::script::{Answer, Every, OPERATION, Script, broken, done, hanging, refused, running};

const HOLD: Duration = Duration::from_secs(120);

#[tokio::test(start_paused = true)]
async fn the_service_gets_the_time_limit() {
    let script = Script::new([running(), running().after(120), done().after(30)]);
    let poller = script.start().await.with_server_wait(HOLD);
    poller.until_done().await.unwrap();
    let wait = format!("POST v1/{OPERATION}:wait {{\"timeout\":\"120.000s\"}}");
    assert_eq!(script.lines(), ["POST v1/projects/p:start", &wait, &wait]);
    // The pause of ten seconds has passed if the service held the call for longer.
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 130]);
}

/// JSON has no longer durations than ten thousand years.
#[tokio::test(start_paused = true)]
async fn a_wait_without_end_is_sent_as_the_longest() {
    let script = Script::new([running(), done()]);
    let poller = script.start().await.with_server_wait(Duration::MAX);
    poller.until_done().await.unwrap();
    let lines = script.lines();
    assert!(
        lines[1].ends_with("{\"timeout\":\"315576000000.000s\"}"),
        "{lines:?}"
    );
}

/// A service that replies at once is still not polled again at once.
#[tokio::test(start_paused = true)]
async fn the_time_that_the_service_held_a_call_is_part_of_the_pause() {
    let script = Script::new([running(), running().after(4), running(), done()]);
    let poller = script.start().await.with_server_wait(HOLD);
    poller.until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 20, 30]);
}

/// A call without a reply in time means that the operation is running.
#[tokio::test(start_paused = true)]
async fn no_answer_is_no_end() {
    let script = Script::new([running(), hanging(), hanging(), done()]);
    let poller = script.start().await.with_server_wait(HOLD);
    poller.until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 140, 270]);
}

#[tokio::test(start_paused = true)]
async fn a_limit_for_calls_is_not_one_for_waits() {
    let script = Script::new([running(), running().after(115), done()]);
    let client = script
        .builder()
        .with_attempt_timeout(Duration::from_secs(20))
        .with_retry_policy(Aip194Strict.with_time_limit(Duration::from_secs(30)))
        .with_polling_backoff_policy(Every(10))
        .build()
        .await
        .unwrap();
    let poller = Poller::new(Script::request_to_start(&client));
    poller.with_server_wait(HOLD).until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 125]);
}

#[tokio::test(start_paused = true)]
async fn a_broken_wait_is_judged_as_any_poll() {
    let script = Script::new([running(), broken().after(60), done()]);
    let poller = script.start().await.with_server_wait(HOLD);
    poller.until_done().await.unwrap();
    let script = Script::new([running(), refused(Code::PermissionDenied)]);
    let poller = script.start().await.with_server_wait(HOLD);
    let error = poller.until_done().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(403));
}

/// With or without JSON in the reply.
#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_wait_is_polled() {
    let html = || Answer::from(Ok(Reply::new(501).with_body("<html>")));
    for unimplemented in [refused(Code::Unimplemented), html()] {
        let script = Script::new([running(), unimplemented, running(), done()]);
        let poller = script.start().await.with_server_wait(HOLD);
        poller.until_done().await.unwrap();
        let times = script.times().into_iter().map(|(at, _)| at);
        assert_eq!(times.collect::<Vec<_>>(), [0, 10, 10, 20]);
        let get = format!("GET v1/{OPERATION}");
        assert_eq!(script.lines().get(2..), Some(&[get.clone(), get][..]));
    }
}

static BY_QUERY: &[OperationService] = &[OperationService::new(
    Method::new(
        "q.operations.get",
        HttpMethod::Get,
        &[Literal("v1/"), Reserved("name")],
    ),
    &[("name", None)],
)
.with_wait(
    Method::new(
        "q.operations.wait",
        HttpMethod::Post,
        &[Literal("v1/"), Reserved("name"), Literal(":wait")],
    ),
    WaitTimeout::Query,
)];
static START_BY_QUERY: Method =
    Method::new("q.start", HttpMethod::Post, &[Literal("v1/q")]).with_operations(BY_QUERY);

#[tokio::test(start_paused = true)]
async fn the_time_may_be_a_query_parameter() {
    let script = Script::new([running(), done()]);
    let client = script.client().await;
    let poller = Poller::new(client.request(&START_BY_QUERY));
    let poller = poller.with_server_wait(Duration::from_millis(30_500));
    poller.until_done().await.unwrap();
    let wait = format!("POST v1/{OPERATION}:wait?timeout=30.500s");
    assert_eq!(script.lines(), ["POST v1/q", &wait]);
}

static UNTIMED: &[OperationService] = &[OperationService::new(
    Method::new(
        "u.operations.get",
        HttpMethod::Get,
        &[Literal("v1/operations/"), Variable("operation")],
    ),
    &[("operation", None)],
)
.with_wait(
    Method::new(
        "u.operations.wait",
        HttpMethod::Post,
        &[
            Literal("v1/operations/"),
            Variable("operation"),
            Literal("/wait"),
        ],
    ),
    WaitTimeout::Unsaid,
)];
static START_UNTIMED: Method =
    Method::new("u.start", HttpMethod::Post, &[Literal("v1/u")]).with_operations(UNTIMED);

/// Compute Engine takes no timeout, and holds a call for up to two minutes.
#[tokio::test(start_paused = true)]
async fn a_wait_without_a_time_lasts_as_long_as_the_service_says() {
    let running = || Answer::json(&json!({"name": "o", "status": "RUNNING"}));
    let done = Answer::json(&json!({"name": "o", "status": "DONE"}));
    let script = Script::new([running(), running().after(120), hanging(), done]);
    let poller = Poller::new(script.client().await.request(&START_UNTIMED));
    let poller = poller.with_server_wait(Duration::from_secs(5));
    poller.until_done().await.unwrap();
    let wait = "POST v1/operations/o/wait";
    assert_eq!(script.lines(), ["POST v1/u", wait, wait, wait]);
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 130, 310]);
}
