//! Operations that take too long.

use std::time::Duration;

use discovery_runtime::Error;

use crate::script::{OPERATION, Script, done, hanging, running};

fn seconds(script: &Script) -> Vec<u64> {
    script.times().into_iter().map(|(at, _)| at).collect()
}

async fn follow(script: &Script, deadline: u64) -> Result<(), Error> {
    let poller = script.start().await;
    // The time counts from the first call.
    let poller = poller.with_deadline(Duration::from_secs(deadline));
    tokio::time::sleep(Duration::from_secs(100)).await;
    poller.until_done().await.map(drop)
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_cut_short_for_one_poll_more() {
    let script = Script::new([running(), running(), done()]);
    follow(&script, 15).await.unwrap();
    assert_eq!(seconds(&script), [100, 110, 115]);

    let script = Script::new([running(), running(), running()]);
    let error = follow(&script, 15).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        format!(
            "the request exceeded the request deadline of 15s for the operation \"{OPERATION}\", \
             which goes on"
        )
    );
    assert_eq!(seconds(&script), [100, 110, 115]);
}

#[tokio::test(start_paused = true)]
async fn a_call_under_way_is_ended() {
    let script = Script::new([running(), hanging()]);
    let error = follow(&script, 15).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(script.now(), 115);
}

#[tokio::test(start_paused = true)]
async fn the_last_poll_has_ten_seconds() {
    let script = Script::new([running(), running(), done().after(9)]);
    follow(&script, 15).await.unwrap();
    let script = Script::new([running(), running(), hanging()]);
    let error = follow(&script, 15).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(script.now(), 125);
}

/// The error does not mention an unknown name.
#[tokio::test(start_paused = true)]
async fn a_start_may_take_too_long() {
    let script = Script::new([hanging()]);
    let error = follow(&script, 15).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request exceeded the request deadline of 15s for an operation that never reported its state"
    );
    let script = Script::new([hanging()]);
    let poller = script.start().await.with_deadline(Duration::from_secs(15));
    let error = poller.cancel_and_wait().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// The service does not hold a call beyond the deadline.
#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_the_deadline() {
    for held in [running().after(50), hanging()] {
        let script = Script::new([running(), held, done()]);
        let poller = script.start().await;
        poller
            .with_server_wait(Duration::from_secs(60))
            .with_deadline(Duration::from_secs(40))
            .until_done()
            .await
            .unwrap();
        let wait = format!("POST v1/{OPERATION}:wait {{\"timeout\":\"30.000s\"}}");
        let get = format!("GET v1/{OPERATION}");
        assert_eq!(script.lines(), ["POST v1/projects/p:start", &wait, &get]);
        assert_eq!(seconds(&script), [0, 10, 40]);
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_cancellation_has_the_same_deadline() {
    let script = Script::new([running(), crate::script::nothing(), running(), running()]);
    let poller = script.start().await;
    let poller = poller.with_deadline(Duration::from_secs(15));
    let error = poller.cancel_and_wait().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(seconds(&script), [0, 0, 10, 15]);
}
