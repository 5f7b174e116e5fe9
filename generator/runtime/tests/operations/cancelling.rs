//! Cancellation.

use discovery_runtime::{Cancellation, Poller, PollingResult, Reply};
use google_cloud_gax::error::rpc::Code;

use crate::script::{Answer, OPERATION, Script, broken, done, ended_in, nothing, refused, running};

async fn cancelled(
    script: &Script,
) -> Cancellation<discovery_runtime::Any, discovery_runtime::Any> {
    script.start().await.cancel_and_wait().await.unwrap()
}

fn verbs(script: &Script) -> Vec<String> {
    script.times().into_iter().map(|(_, verb)| verb).collect()
}

#[tokio::test(start_paused = true)]
async fn how_it_ends() {
    let script = Script::new([running(), nothing(), running(), ended_in(1, "cancelled")]);
    let ended = cancelled(&script).await;
    assert!(matches!(ended, Cancellation::Cancelled), "{ended:?}");
    assert_eq!(verbs(&script), ["start", "cancel", "o", "o"]);

    let script = Script::new([running(), nothing(), done()]);
    let Cancellation::Completed(made) = cancelled(&script).await else {
        panic!()
    };
    assert_eq!(made.as_object()["title"], "made");

    let script = Script::new([running(), nothing(), ended_in(13, "broke")]);
    let Cancellation::Failed(error) = cancelled(&script).await else {
        panic!()
    };
    assert_eq!(error.status().unwrap().code, Code::Internal);
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_is_done_is_not_cancelled() {
    let script = Script::new([done()]);
    let ended = cancelled(&script).await;
    assert!(matches!(ended, Cancellation::Completed(_)), "{ended:?}");
    assert_eq!(verbs(&script), ["start"]);

    let script = Script::new([done()]);
    let mut poller = script.stored().await;
    poller.cancel().await.unwrap();
    assert_eq!(verbs(&script), ["o"]);
}

#[tokio::test(start_paused = true)]
async fn a_result_that_was_taken_still_counts() {
    let script = Script::new([ended_in(1, "cancelled")]);
    let mut poller = script.stored().await;
    let state = poller.poll().await;
    assert!(matches!(state, Some(PollingResult::Completed(Err(_)))));
    let ended = poller.cancel_and_wait().await.unwrap();
    assert!(matches!(ended, Cancellation::Cancelled), "{ended:?}");
}

/// Services refuse to cancel an operation that has just ended, with different errors.
#[tokio::test(start_paused = true)]
async fn an_operation_may_end_before_its_cancellation() {
    let refusals = [
        refused(Code::FailedPrecondition),
        refused(Code::NotFound),
        broken(),
    ];
    for refusal in refusals {
        let script = Script::new([running(), refusal, done()]);
        let ended = cancelled(&script).await;
        assert!(matches!(ended, Cancellation::Completed(_)), "{ended:?}");
        assert_eq!(verbs(&script), ["start", "cancel", "o"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_cancellation_of_a_running_operation_is_an_error() {
    for polled in [running(), refused(Code::Internal)] {
        let script = Script::new([running(), refused(Code::PermissionDenied), polled]);
        let poller = script.start().await;
        let error = poller.cancel_and_wait().await.unwrap_err();
        assert_eq!(error.http_status_code(), Some(403));
    }
}

/// With or without JSON in the reply.
#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_cancel_says_so_in_its_way() {
    let bodies = ["", "<html>Not Implemented</html>", "{}"];
    let plain = bodies.map(|body| Answer::from(Ok(Reply::new(501).with_body(body))));
    for unsupported in plain.into_iter().chain([refused(Code::Unimplemented)]) {
        let script = Script::new([running(), unsupported, done()]);
        let Cancellation::Unsupported(poller) = cancelled(&script).await else {
            panic!()
        };
        assert_eq!(poller.name(), Some(OPERATION));
        Poller::until_done(*poller).await.unwrap();
        assert_eq!(verbs(&script), ["start", "cancel", "o"]);
    }
}

/// An unimplemented start does not mean that cancellation is unimplemented.
#[tokio::test(start_paused = true)]
async fn a_start_that_fails_is_an_error() {
    let script = Script::new([refused(Code::Unimplemented)]);
    let error = script.start().await.cancel_and_wait().await.unwrap_err();
    assert_eq!(error.http_status_code(), Some(501));
}

#[tokio::test(start_paused = true)]
async fn an_outage_before_it_is_no_end() {
    let script = Script::new([
        refused(Code::Unavailable),
        running(),
        nothing(),
        broken(),
        ended_in(1, "cancelled"),
    ]);
    let ended = script.stored().await.cancel_and_wait().await.unwrap();
    assert!(matches!(ended, Cancellation::Cancelled), "{ended:?}");
    assert_eq!(verbs(&script), ["o", "o", "cancel", "o", "o"]);
}
