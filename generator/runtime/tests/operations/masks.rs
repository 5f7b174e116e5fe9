//! Operations of requests with a field mask, which may hide that they ended.

use discovery_runtime::{Poller, PollingResult};

use serde_json::json;

use crate::script::{Answer, Script, done};

#[tokio::test(start_paused = true)]
async fn a_mask_that_hides_the_state_is_refused() {
    for mask in [
        "metadata",
        "name",
        "name,response",
        "name,done(",
        "name,status)",
    ] {
        let script = Script::new([]);
        let mut request = Script::request_to_start(&script.client().await);
        request.set_query::<String>("fields", mask);
        let error = Poller::new(request).until_done().await.unwrap_err();
        assert!(error.is_binding(), "{error:?}");
        let text = error.to_string();
        let words = "its field mask hides the state of the operation: add `name` and `done`";
        assert!(text.ends_with(words), "{text}");

        let mut request = Script::request_to_get(&script.client().await);
        request.set_query::<String>("fields", mask);
        let state = Poller::new(request).poll().await;
        assert!(matches!(state, Some(PollingResult::PollingError(error)) if error.is_binding()));
        assert!(script.lines().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_mask_that_shows_the_state_is_sent() {
    for mask in [
        "*",
        "done,error/code,response",
        "name,done,response",
        "status,error",
    ] {
        let script = Script::new([done()]);
        let mut request = Script::request_to_get(&script.client().await);
        request.set_query::<String>("fields", mask);
        Poller::new(request).until_done().await.unwrap();
        assert_eq!(script.lines().len(), 1);
    }
}

/// Of the older kind, the error is all that a failure has.
#[tokio::test(start_paused = true)]
async fn an_end_without_the_error_is_not_a_success() {
    let ended = json!({"name": "o", "status": "DONE"});
    for (mask, is_ok) in [
        ("status", false),
        ("name,status", false),
        ("name,status,error", true),
    ] {
        let script = Script::new([Answer::json(&ended)]);
        let mut request = Script::request_to_get(&script.client().await);
        request.set_query::<String>("fields", mask);
        let result = Poller::new(request).until_done().await;
        assert_eq!(result.is_ok(), is_ok, "{result:?}");
        if let Err(error) = result {
            let text = error.to_string();
            assert!(
                text.ends_with("the field mask hides whether it failed"),
                "{text}"
            );
        }
    }
}
