//! Retries of calls, on a paused clock.

use std::{error::Error as _, time::Duration};

use discovery_runtime::{
    AttemptsError, Client, ClientBuilder, Error, ErrorExt, Method, Reply, Request, RequestBuilder,
    RequestOptions, RequestOptionsBuilder, Result, Value,
};
use google_cloud_gax::{
    error::{CredentialsError, rpc::Code},
    retry_policy::{Aip194Strict, AlwaysRetry, NeverRetry, RetryPolicyExt as _},
    retry_result::RetryResult,
    retry_throttler::RetryThrottler,
};
use http::{HeaderMap, HeaderValue, header::RETRY_AFTER};

use crate::support::{
    CREATE, DELETE, GET, PATCH, PUT, SERVICE,
    fake::{Fake, Outcome, Patient},
};

struct Builder(Request);

impl RequestBuilder for Builder {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.0.options()
    }
}

fn request(client: &Client, method: &'static Method) -> Builder {
    Builder(client.request(method).path("name", "a"))
}

async fn call(fake: &Fake, method: &'static Method) -> Result<()> {
    let client = fake.builder().build().await.unwrap();
    request(&client, method).0.send_empty().await
}

fn unavailable() -> Reply {
    Reply::error(Code::Unavailable, "busy")
}

fn times(count: usize) -> Vec<Reply> {
    std::iter::repeat_with(unavailable).take(count).collect()
}

#[tokio::test(start_paused = true)]
async fn only_what_may_be_repeated_is() {
    for (method, attempts) in [
        (&GET, 3),
        (&PUT, 3),
        (&DELETE, 3),
        (&CREATE, 1),
        (&PATCH, 1),
    ] {
        let fake = Fake::new(times(2));
        let result = call(&fake, method).await;
        assert_eq!(fake.seconds().len(), attempts, "{}", method.id());
        assert_eq!(result.is_ok(), attempts == 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_may_say_that_a_method_can_be_repeated_or_not() {
    let fake = Fake::new(times(1));
    let client = fake.builder().build().await.unwrap();
    request(&client, &CREATE)
        .with_idempotency(true)
        .0
        .send_empty()
        .await
        .unwrap();
    assert_eq!(fake.seconds(), [0.0, 1.0]);

    let fake = Fake::new(times(1));
    let client = fake.builder().build().await.unwrap();
    let error = request(&client, &GET)
        .with_idempotency(false)
        .0
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn only_unavailable_is_tried_again() {
    let table = [
        (400, Code::InvalidArgument),
        (401, Code::Unauthenticated),
        (403, Code::PermissionDenied),
        (404, Code::NotFound),
        (409, Code::Aborted),
        (499, Code::Cancelled),
        (500, Code::Internal),
        (501, Code::Unimplemented),
        (504, Code::DeadlineExceeded),
    ];
    for (status, code) in table {
        let fake = Fake::new([Reply::error(code, "m")]);
        let error = call(&fake, &GET).await.unwrap_err();
        assert_eq!(error.http_status_code(), Some(status));
        assert_eq!(error.attempts(), 1);
        assert_eq!(fake.seconds().len(), 1, "{code:?}");
    }
    let html = Reply::new(503).with_body("<html>");
    let fake = Fake::new([html]);
    call(&fake, &GET).await.unwrap();
    assert_eq!(fake.seconds().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_never_reached_the_service_is_tried_again_whatever_it_does() {
    let fake = Fake::new([Error::connect("refused")]);
    call(&fake, &CREATE).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
    let fake = Fake::new([Error::io("reset")]);
    let error = call(&fake, &CREATE).await.unwrap_err();
    assert_eq!(error.to_string(), "the transport reports an error: reset");
    let fake = Fake::new([Error::io("reset")]);
    call(&fake, &GET).await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
}

#[tokio::test(start_paused = true)]
async fn ten_attempts_are_made_and_the_error_says_so() {
    let fake = Fake::new(times(20));
    let error = call(&fake, &GET).await.unwrap_err();
    assert_eq!(fake.seconds().len(), 10);
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(error.http_status_code(), Some(503));
    assert_eq!(
        error.to_string(),
        "the service reports an error with code UNAVAILABLE described as: busy"
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "gave up after 10 attempts: the service reports an error with code UNAVAILABLE described \
         as: busy"
    );
    assert!(error.is_retry_exhausted(), "{error:?}");
    assert_eq!(error.attempts(), 10);
    assert_eq!(error.reported_status().unwrap().code, Code::Unavailable);
    assert_eq!(error.reported_http_status(), Some(503));
    assert!(error.payload().unwrap().starts_with(b"{\"error\""));
    let attempts: &AttemptsError = error.source().unwrap().downcast_ref().unwrap();
    assert_eq!(attempts.count(), 10);
    assert_eq!(attempts.last().status().unwrap().message, "busy");
}

#[tokio::test(start_paused = true)]
async fn no_retry_begins_after_sixty_seconds() {
    let waits = |seconds| unavailable().with_header(RETRY_AFTER, HeaderValue::from(seconds));
    let fake = Fake::new([waits(25), waits(25), waits(25)]);
    let error = call(&fake, &GET).await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0, 26.0, 52.0]);
    assert_eq!(error.attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn another_error_after_a_retry_stays_itself() {
    let fake = Fake::new([unavailable(), Reply::error(Code::NotFound, "gone")]);
    let error = call(&fake, &GET).await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::NotFound);
    assert_eq!(error.http_status_code(), Some(404));
    assert_eq!(error.attempts(), 2);
    assert!(error.payload().unwrap().starts_with(b"{\"error\""));
    assert_eq!(
        error.source().unwrap().to_string(),
        "the service reports an error with code NOT_FOUND described as: gone, in attempt 2"
    );
}

/// An error that is not from the service keeps its kind, and includes the number of attempts.
#[tokio::test(start_paused = true)]
async fn any_error_after_a_retry_stays_itself_and_counts() {
    type Predicate = fn(&Error) -> bool;
    let html = || Reply::new(404).with_body("<html>");
    let table: [(Outcome, Predicate, &str); 7] = [
        (
            Error::transport(HeaderMap::new(), "x").into(),
            |error| error.is_transport() && !error.is_io(),
            "the transport reports an error: x, in attempt 2",
        ),
        (
            Error::timeout("of 1s").into(),
            Error::is_timeout,
            "the request exceeded the request deadline of 1s, in attempt 2",
        ),
        (
            Error::deser("x").into(),
            Error::is_deserialization,
            "cannot deserialize the response x, in attempt 2",
        ),
        (
            Error::ser("x").into(),
            Error::is_serialization,
            "cannot serialize the request x, in attempt 2",
        ),
        (
            Error::binding("x").into(),
            Error::is_binding,
            "cannot find a matching binding to send the request: x, in attempt 2",
        ),
        (
            Error::authentication(CredentialsError::from_msg(false, "x")).into(),
            Error::is_authentication,
            "cannot create the authentication headers in attempt 2: x, and future attempts will \
             not succeed",
        ),
        (
            html().into(),
            |error| error.http_status_code() == Some(404),
            "the service reports an error with code NOT_FOUND described as: 404 Not Found: \
             \"<html>\"",
        ),
    ];
    for (second, is_kept, message) in table {
        let fake = Fake::new([unavailable().into(), second]);
        let error = call(&fake, &GET).await.unwrap_err();
        assert!(is_kept(&error), "{error:?}");
        assert_eq!(error.to_string(), message);
        assert_eq!(error.attempts(), 2);
    }
    // So does a response that cannot be decoded.
    let fake = Fake::new([unavailable(), html(), unavailable(), Reply::new(200)]);
    let client = fake.builder().build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(error.payload().unwrap(), "<html>");
    let error = request(&client, &GET).0.send::<Value>().await.unwrap_err();
    assert!(error.is_deserialization());
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.payload().unwrap(), "");
}

#[tokio::test(start_paused = true)]
async fn no_attempt_is_made_without_time_for_it() {
    let waits = unavailable().with_header(RETRY_AFTER, HeaderValue::from(10));
    let fake = Fake::new([waits]);
    let policy = Aip194Strict.with_time_limit(Duration::from_secs(10));
    let builder = fake.builder().with_retry_policy(policy);
    let client = builder.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(error.status().unwrap().message, "busy");
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn policies_of_the_client_and_of_the_request() {
    let fake = Fake::new(times(9));
    let builder = fake
        .builder()
        .with_retry_policy(Aip194Strict.with_attempt_limit(3));
    let client = builder.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    let own = request(&client, &GET).with_retry_policy(NeverRetry);
    let error = own.0.send_empty().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(error.status().is_some());
    let policy = AlwaysRetry.with_attempt_limit(2);
    let own = request(&client, &CREATE).with_retry_policy(policy);
    let own = own.with_backoff_policy(crate::support::fake::Fixed(Duration::from_secs(5)));
    let error = own.0.send_empty().await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(fake.seconds(), [0.0, 1.0, 2.0, 2.0, 2.0, 7.0]);
}

#[tokio::test(start_paused = true)]
async fn a_service_may_ask_for_a_longer_wait() {
    let header = unavailable().with_header(RETRY_AFTER, HeaderValue::from(7));
    let shorter = unavailable().with_header(RETRY_AFTER, HeaderValue::from(0));
    let info = Reply::new(503).with_body(
        r#"{"error":{"code":503,"message":"m","status":"UNAVAILABLE","details":[
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3s"}]}}"#,
    );
    let fake = Fake::new([header, shorter, info]);
    call(&fake, &GET).await.unwrap();
    // Up to a tenth is added as jitter.
    let millis: Vec<u128> = fake.times().iter().map(Duration::as_millis).collect();
    assert_eq!(millis, [0, 7_700, 8_700, 12_000]);

    // The jitter is as random as the backoff.
    let mut waits = Vec::new();
    for _ in 0..20 {
        let header = unavailable().with_header(RETRY_AFTER, HeaderValue::from(7));
        let fake = Fake::new([header]);
        let builder = ClientBuilder::<Client>::new(&SERVICE).with_transport(fake.clone());
        let client = builder.with_retry_throttler(Patient).build().await.unwrap();
        request(&client, &GET).0.send_empty().await.unwrap();
        waits.push(fake.times()[1].as_secs_f64());
    }
    waits.sort_by(f64::total_cmp);
    assert!(waits[0] >= 7.0 && waits[19] < 7.71, "{waits:?}");
    assert!(waits[19] - waits[0] > 0.1, "{waits:?}");
}

/// The limit is for services, not for callers.
#[tokio::test(start_paused = true)]
async fn a_caller_may_wait_for_as_long_as_it_likes() {
    let fake = Fake::new(times(1));
    let client = fake.builder().build().await.unwrap();
    let hour = Duration::from_secs(3600);
    let own = request(&client, &GET).with_backoff_policy(crate::support::fake::Fixed(hour));
    let own = own.with_retry_policy(Aip194Strict.with_attempt_limit(2));
    own.0.send_empty().await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 3600.0]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let later = || unavailable().with_header(RETRY_AFTER, HeaderValue::from(3600));
    let fake = Fake::new([unavailable(), later()]);
    let error = call(&fake, &GET).await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(error.attempts(), 2);
    // There is a limit even without a deadline.
    let fake = Fake::new([later()]);
    let client = fake
        .builder()
        .with_retry_policy(Aip194Strict.with_attempt_limit(5));
    let client = client.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(fake.seconds(), [0.0]);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_and_a_call_have_their_time() {
    let fake = Fake::new([Outcome::Hangs]);
    let builder = fake.builder().with_attempt_timeout(Duration::from_secs(5));
    let client = builder.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "the request exceeded the request deadline of 5s"
    );

    let fake = Fake::new([Outcome::Hangs]);
    let policy = Aip194Strict
        .continue_on_client_timeout()
        .with_attempt_limit(3);
    let client = fake
        .builder()
        .with_retry_policy(policy)
        .build()
        .await
        .unwrap();
    let own = request(&client, &GET).with_attempt_timeout(Duration::from_secs(3));
    own.0.send_empty().await.unwrap();
    assert_eq!(fake.seconds(), [0.0, 4.0]);

    let fake = Fake::new([Outcome::Replies(unavailable()), Outcome::Hangs]);
    let policy = Aip194Strict.with_time_limit(Duration::from_secs(10));
    let client = fake
        .builder()
        .with_retry_policy(policy)
        .build()
        .await
        .unwrap();
    let started = tokio::time::Instant::now();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(started.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn without_a_timeout_an_attempt_may_take_its_time() {
    let fake = Fake::new([Outcome::Hangs]);
    let sent = call(&fake, &GET);
    let hour = Duration::from_secs(3600);
    assert!(tokio::time::timeout(hour, sent).await.is_err());
    assert_eq!(fake.seconds().len(), 1);
}

#[derive(Debug, Default)]
struct Throttler {
    failures: u32,
}

impl RetryThrottler for Throttler {
    fn throttle_retry_attempt(&self) -> bool {
        self.failures > 1
    }

    fn on_retry_failure(&mut self, _: &RetryResult) {
        self.failures += 1;
    }

    fn on_success(&mut self) {
        self.failures = 0;
    }
}

#[tokio::test(start_paused = true)]
async fn a_throttler_holds_retries_back() {
    let fake = Fake::new(times(9));
    let policy = Aip194Strict.with_time_limit(Duration::from_secs(10));
    let builder = fake.builder().with_retry_policy(policy);
    let client = builder
        .with_retry_throttler(Throttler::default())
        .build()
        .await
        .unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.reported_status().unwrap().code, Code::Unavailable);
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(error.http_status_code(), Some(503));
}

/// A policy that wraps the last error when it gives up, as those of Google's clients do.
#[derive(Debug)]
struct Wrapping;

impl google_cloud_gax::retry_policy::RetryPolicy for Wrapping {
    fn on_error(&self, _: &google_cloud_gax::retry_state::RetryState, error: Error) -> RetryResult {
        RetryResult::Exhausted(Error::exhausted(error))
    }
}

#[tokio::test(start_paused = true)]
async fn the_status_is_that_of_the_last_cause_whatever_gave_up() {
    let fake = Fake::new(times(1));
    let builder = fake.builder().with_retry_policy(Wrapping);
    let client = builder.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert_eq!(error.status().unwrap().code, Code::Unavailable);
    assert_eq!(error.http_status_code(), Some(503));
    assert_eq!(error.attempts(), 1);
    // There is no status without a reply.
    let fake = Fake::new([Error::io("reset")]);
    let builder = fake.builder().with_retry_policy(Wrapping);
    let client = builder.build().await.unwrap();
    let error = request(&client, &GET).0.send_empty().await.unwrap_err();
    assert!(
        error.is_exhausted() && error.status().is_none(),
        "{error:?}"
    );
}

/// As programs print errors with all of their causes. Google's `Error` prints its first cause itself.
#[tokio::test(start_paused = true)]
async fn the_chain_of_an_error_repeats_nothing_but_its_first_cause() {
    let broken = (0..10).map(|_| Error::io("reset"));
    let error = call(&Fake::new(broken), &GET).await.unwrap_err();
    assert!(error.is_retry_exhausted(), "{error:?}");
    let text = "gave up after 10 attempts: the transport reports an error: reset";
    assert_eq!(chain(&error), [text, text]);

    let error = call(&Fake::new(times(1)), &CREATE).await.unwrap_err();
    assert!(!error.is_retry_exhausted(), "{error:?}");
    assert_eq!(chain(&error).len(), 2, "{:?}", chain(&error));
}

fn chain(error: &Error) -> Vec<String> {
    let first: &dyn std::error::Error = error;
    let errors = std::iter::successors(Some(first), |&error| error.source());
    errors.map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn a_request_may_have_a_throttler_of_its_own() {
    let fake = Fake::new(times(9));
    let policy = Aip194Strict.with_time_limit(Duration::from_secs(10));
    let builder = fake.builder().with_retry_policy(policy);
    let client = builder.build().await.unwrap();
    let own = request(&client, &GET).with_retry_throttler(Throttler::default());
    let error = own.0.send_empty().await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0, 1.0]);
    assert_eq!(error.attempts(), 2);
}

/// Random waits of at most one second, two, four and so on.
#[tokio::test(start_paused = true)]
async fn by_default_waits_are_random_and_grow() {
    let mut firsts = Vec::new();
    for _ in 0..20 {
        let fake = Fake::new(times(3));
        let builder = ClientBuilder::<Client>::new(&SERVICE).with_transport(fake.clone());
        let client = builder.with_retry_throttler(Patient).build().await.unwrap();
        request(&client, &GET).0.send_empty().await.unwrap();
        let times = fake.times();
        let waits = times
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs_f64());
        let waits: Vec<f64> = waits.collect();
        // Timers have a resolution of one millisecond.
        for (wait, most) in waits.iter().zip([1.0, 2.0, 4.0]) {
            assert!(*wait <= most + 0.002, "{waits:?}");
        }
        firsts.push(waits[0]);
    }
    firsts.sort_by(f64::total_cmp);
    assert!(firsts[19] - firsts[0] > 0.2, "{firsts:?}");
}

#[tokio::test(start_paused = true)]
async fn a_throttler_counts_successes() {
    let fake = Fake::new([unavailable(), Reply::new(200), unavailable()]);
    let builder = fake.builder().with_retry_throttler(Throttler::default());
    let client = builder.build().await.unwrap();
    for _ in 0..2 {
        request(&client, &GET).0.send_empty().await.unwrap();
    }
    assert_eq!(fake.seconds(), [0.0, 1.0, 1.0, 2.0]);
}
