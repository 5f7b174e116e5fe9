//! Polls and their errors.

use std::time::Duration;

use discovery_runtime::http::{HeaderValue, header};
use discovery_runtime::{
    Code, Poller, PollingResult, RequestBuilder, RequestBuilderExt as _, RequestOptions,
    RequestOptionsBuilder,
};
use google_cloud_gax::polling_error_policy::{AlwaysContinue, PollingErrorPolicyExt as _};
use google_cloud_gax::retry_policy::{AlwaysRetry, RetryPolicyExt as _};
use serde::Deserialize;
use serde_json::json;

use crate::script::{
    Answer, Every, GET, OPERATION, Script, broken, done, hanging, refused, running,
};

#[derive(Debug, PartialEq, Deserialize)]
struct Made {
    title: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Metadata {
    percent: u8,
}

#[tokio::test(start_paused = true)]
async fn one_poll_after_the_other() {
    let script = Script::new([running(), running(), done()]);
    let poller = script.start().await;
    let mut poller = poller.with_response::<Made>().with_metadata::<Metadata>();
    assert_eq!(poller.name(), None);
    for _ in 0..2 {
        let Some(PollingResult::InProgress(metadata)) = poller.poll().await else {
            panic!()
        };
        assert_eq!(metadata, Some(Metadata { percent: 40 }));
        assert_eq!(poller.name(), Some(OPERATION));
    }
    let Some(PollingResult::Completed(Ok(made))) = poller.poll().await else {
        panic!()
    };
    assert_eq!(made.title, "made");
    assert!(poller.poll().await.is_none());
    let get = format!("GET v1/{OPERATION}");
    assert_eq!(script.lines(), ["POST v1/projects/p:start", &get, &get]);
    // Explicit polls have no pauses.
    assert!(script.times().iter().all(|(at, _)| *at == 0));
}

#[tokio::test(start_paused = true)]
async fn a_started_operation_has_a_name_and_keeps_its_result() {
    for (second, answers) in [(10, vec![running(), done()]), (0, vec![done()])] {
        let script = Script::new(answers);
        let mut poller = script.start().await.with_response::<Made>();
        let name = poller.start().await.unwrap().name.clone();
        assert_eq!(name.as_deref(), Some(OPERATION));
        // Nothing is sent again.
        poller.start().await.unwrap();
        assert_eq!(poller.until_done().await.unwrap().title, "made");
        assert_eq!(script.now(), second);
    }
    let script = Script::new([done()]);
    let mut poller = script.start().await;
    poller.start().await.unwrap();
    assert!(matches!(
        poller.poll().await,
        Some(PollingResult::Completed(Ok(_)))
    ));
    poller.start().await.unwrap();
    assert!(poller.poll().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_cannot_be_started_is_an_error() {
    let script = Script::new([refused(Code::PermissionDenied)]);
    let mut poller = script.start().await;
    let error = poller.start().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::PermissionDenied);
    let script = Script::new([hanging()]);
    let mut poller = script.start().await.with_deadline(Duration::from_secs(5));
    assert!(poller.start().await.unwrap_err().is_timeout());
    assert_eq!(script.now(), 5);
    assert!(poller.start().await.is_err());
    assert_eq!(script.lines().len(), 1);
}

/// The default: one second, doubled up to sixty; polling continues after `UNAVAILABLE` and broken
/// connections.
#[tokio::test(start_paused = true)]
async fn an_outage_is_no_end() {
    let outage = (0..12).map(|_| refused(Code::Unavailable));
    let answers = [running()].into_iter().chain(outage);
    let script = Script::new(answers.chain([broken(), done()]));
    let client = script.builder().build().await.unwrap();
    Script::get(&client).until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(
        times,
        [
            0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363, 423, 483, 543
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_outage_does_not_end_what_was_stored_either() {
    let script = Script::new([refused(Code::Unavailable), broken(), done()]);
    script.stored().await.until_done().await.unwrap();
    assert_eq!(script.lines().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_is_gone_ends_the_polling() {
    let script = Script::new([running(), refused(Code::NotFound)]);
    let error = script.start().await.until_done().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(404));
    assert_eq!(script.lines().len(), 2);

    let script = Script::new([running(), refused(Code::NotFound), done()]);
    let poller = script.start().await;
    let poller = poller.with_polling_error_policy(AlwaysContinue);
    poller.until_done().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_name_that_cannot_be_sent_ends_the_polling() {
    let name = format!("projects/p/operations/{}", "o".repeat(70_000));
    let script = Script::new([Answer::json(&json!({ "name": name }))]);
    let error = script.start().await.until_done().await.unwrap_err();
    assert!(error.is_binding(), "{error}");
    assert!(error.to_string().len() < 500, "{error}");
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn polls_that_come_too_often_do_not_end_the_polling() {
    let script = Script::new([running(), refused(Code::ResourceExhausted), done()]);
    script.start().await.until_done().await.unwrap();
    assert_eq!(script.lines().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn options_of_the_start_alone_are_not_those_of_polls() {
    let script = Script::new([running(), done()]);
    let mut request = Script::request_to_start(&script.client().await);
    let _ = Options(request.options())
        .with_if_match("1")
        .with_custom_query_parameter("custom", "1");
    Poller::new(request).until_done().await.unwrap();
    let lines = script.lines();
    let started = "POST v1/projects/p:start?custom=1 if \"1\"";
    assert_eq!(lines, [started.to_owned(), format!("GET v1/{OPERATION}")]);

    // A request that gets the operation is repeated as it is.
    let script = Script::new([running(), done()]);
    let request = script.client().await.request(&GET);
    let mut request = request.path("name", OPERATION.to_owned());
    let _ = Options(request.options()).with_custom_query_parameter("custom", "1");
    Poller::new(request).until_done().await.unwrap();
    let lines = script.lines();
    assert!(
        lines.iter().all(|line| line.contains("?custom=1")),
        "{lines:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_service_may_ask_for_a_longer_pause() {
    let busy = discovery_runtime::Reply::error(Code::Unavailable, "no");
    let busy = busy.with_header(header::RETRY_AFTER, HeaderValue::from_static("90"));
    let script = Script::new([running(), Answer::from(Ok(busy)), running(), done()]);
    script.start().await.until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 100, 110]);
}

#[tokio::test(start_paused = true)]
async fn a_policy_may_have_seen_enough() {
    let script = Script::new([running(), running(), running()]);
    let poller = script.start().await;
    let policy = AlwaysContinue.with_attempt_limit(3);
    let error = poller
        .with_polling_error_policy(policy)
        .until_done()
        .await
        .unwrap_err();
    assert!(error.is_exhausted(), "{error}");
    assert!(error.to_string().contains(OPERATION), "{error}");
    assert_eq!(script.lines().len(), 3);
}

/// A start is retried by its own policy: polling would start a second operation.
#[tokio::test(start_paused = true)]
async fn a_start_that_fails_is_not_polled() {
    let script = Script::new([broken()]);
    let poller = script
        .start()
        .await
        .with_polling_error_policy(AlwaysContinue);
    let error = poller.until_done().await.unwrap_err();
    assert!(error.is_io());
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_operation_ends_it() {
    let script = Script::new([Answer::json(&json!(["x"]))]);
    let poller = script
        .start()
        .await
        .with_polling_error_policy(AlwaysContinue);
    let error = poller.until_done().await.unwrap_err();
    assert!(error.is_deserialization(), "{error}");
}

/// The policy is not consulted, since there is nothing to send.
#[tokio::test(start_paused = true)]
async fn an_operation_that_no_method_gets_ends_the_polling() {
    for (operation, message) in [
        (
            json!({"name": "o"}),
            "cannot find a matching binding to send the request: this API has no method that \
             gets the operation \"o\"",
        ),
        (
            json!({}),
            "cannot find a matching binding to send the request: this API has no method that \
             gets an operation without a name",
        ),
        (
            json!({"name": "projects/p/../operations/o"}),
            "cannot find a matching binding to send the request: things.operations.get: parameter \
             `name` must not have a segment `.` or `..`",
        ),
    ] {
        let script = Script::new([Answer::json(&operation)]);
        let poller = script
            .start()
            .await
            .with_polling_error_policy(AlwaysContinue);
        let error = poller.until_done().await.unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
        assert_eq!(script.lines().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn done_may_come_without_a_result() {
    let script = Script::new([Answer::json(&json!({"name": OPERATION, "done": true}))]);
    let error = script.start().await.until_done().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response of an operation: it is done, with neither a response nor \
         an error"
    );
}

/// The future that starts an operation is kept: the next poll continues it.
#[tokio::test(start_paused = true)]
async fn a_start_outlives_the_poll_that_was_dropped() {
    let script = Script::new([running().after(20), done()]);
    let mut poller = script.start().await;
    let short = Duration::from_secs(5);
    for _ in 0..2 {
        assert!(tokio::time::timeout(short, poller.poll()).await.is_err());
    }
    assert!(tokio::time::timeout(short, poller.cancel()).await.is_err());
    let state = poller.poll().await;
    assert!(matches!(state, Some(PollingResult::InProgress(_))));
    assert_eq!(script.lines(), ["POST v1/projects/p:start"]);
    poller.until_done().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_was_dropped_is_made_again() {
    let script = Script::new([running(), hanging(), done()]);
    let mut poller = script.start().await;
    poller.poll().await;
    let short = Duration::from_secs(5);
    assert!(tokio::time::timeout(short, poller.poll()).await.is_err());
    poller.until_done().await.unwrap();
}

struct Options<'a>(&'a mut RequestOptions);

impl RequestBuilder for Options<'_> {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0
    }
}

/// Only the polling policies apply to polls.
#[tokio::test(start_paused = true)]
async fn retries_of_the_caller_are_for_the_start() {
    let script = Script::new([broken(), running(), broken(), done()]);
    let client = script.client().await;
    let mut request = Script::request_to_start(&client);
    let _ = Options(request.options())
        .with_retry_policy(AlwaysRetry.with_attempt_limit(2))
        .with_backoff_policy(crate::support::fake::Fixed(Duration::from_secs(3)))
        .with_polling_backoff_policy(Every(7));
    Poller::new(request).until_done().await.unwrap();
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 3, 10, 17]);
}
