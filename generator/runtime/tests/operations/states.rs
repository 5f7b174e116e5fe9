//! The states of an operation as a stream.

use std::time::Duration;

use discovery_runtime::{Cancellation, Code, PollingResult};

use crate::script::{Script, broken, done, ended_in, nothing, refused, running};

#[tokio::test(start_paused = true)]
async fn each_poll_is_a_state() {
    let script = Script::new([running(), broken(), running(), done()]);
    let mut poller = script.start().await;
    let mut states = poller.states();
    let mut seen = Vec::new();
    while let Some(state) = states.next().await {
        seen.push(match state {
            PollingResult::InProgress(Some(any)) => any.as_object()["percent"].to_string(),
            PollingResult::InProgress(None) => "?".to_owned(),
            PollingResult::PollingError(error) => error.to_string(),
            PollingResult::Completed(result) => result.unwrap().as_object()["title"].to_string(),
        });
    }
    assert!(states.next().await.is_none());
    assert_eq!(
        seen,
        [
            "40",
            "the transport reports an error: connection reset",
            "40",
            "\"made\""
        ]
    );
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 20, 30]);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_policy_forgives_is_the_last() {
    let script = Script::new([running(), refused(Code::NotFound)]);
    let mut poller = script.start().await;
    let mut states = poller.states();
    states.next().await.unwrap();
    let last = states.next().await;
    assert!(matches!(last, Some(PollingResult::PollingError(_))));
    assert!(states.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_was_dropped_gives_the_poller_back() {
    let script = Script::new([running(), running(), nothing(), ended_in(1, "cancelled")]);
    let mut poller = script.start().await;
    let mut states = poller.states();
    states.next().await.unwrap();
    states.next().await.unwrap();
    // In the middle of a pause.
    let pause = tokio::time::timeout(Duration::from_secs(4), states.next());
    assert!(pause.await.is_err());
    drop(states);
    let ended = poller.cancel_and_wait().await.unwrap();
    assert!(matches!(ended, Cancellation::Cancelled), "{ended:?}");
    let times: Vec<u64> = script.times().into_iter().map(|(at, _)| at).collect();
    assert_eq!(times, [0, 10, 14, 20]);
}
