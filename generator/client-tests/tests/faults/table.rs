//! Outcomes of calls by fault: the requests that are sent, their times, and the result for the
//! caller.

use std::{
    fmt::Write as _,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use discovery_runtime::{ClientBuilder, Error, ErrorExt as _, RequestOptionsBuilder as _, Result};
use google_checks_v1alpha::{Checks, schemas::repo_scan::GenerateScanRequest};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use tokio::time::Instant;

use crate::support::{
    catalogue::{Fault, LIMIT, REPLACED},
    clock::Clock,
    kind,
    server::FaultServer,
    tokens::{TOKEN, Tokens},
};

/// The kind of a call.
#[derive(Clone, Copy, Debug)]
enum Call {
    /// `GET`, which changes nothing.
    Get,
    /// `POST`, which may change state each time.
    Generate,
    /// The same, marked idempotent by the caller.
    GenerateRepeatable,
}

const CALLS: [(Call, &str); 3] = [
    (Call::Get, "get"),
    (Call::Generate, "generate"),
    (Call::GenerateRepeatable, "generate, idempotent"),
];

/// A row of the table: the faults of the attempts, of which the last one repeats.
struct Row {
    name: &'static str,
    faults: &'static [Fault],
    /// Makes the caller's policy retry 429.
    too_many_requests: bool,
}

const fn row(name: &'static str, faults: &'static [Fault]) -> Row {
    Row {
        name,
        faults,
        too_many_requests: false,
    }
}

const fn patient_row(name: &'static str, faults: &'static [Fault]) -> Row {
    Row {
        name,
        faults,
        too_many_requests: true,
    }
}

const fn rows() -> [Row; 49] {
    use Fault::*;
    [
        row("no fault", &[Nothing]),
        row("reset before the head", &[ResetBeforeHead]),
        row("reset before the head, once", &[ResetBeforeHead, Nothing]),
        row("closed before the head", &[CloseBeforeHead]),
        row("reset in the head", &[ResetInHead]),
        row("closed in the head", &[CloseInHead, Nothing]),
        row("reset in the body", &[ResetInBody]),
        row("closed in the body", &[CloseInBody]),
        row("closed in the body, once", &[CloseInBody, Nothing]),
        row("silence", &[Stall]),
        row("silence in the head", &[StallInHead]),
        row("silence in the body", &[StallInBody]),
        row("silence in the body of an error", &[StallInError]),
        row("one byte every three seconds", &[Drip]),
        row("content-length too large", &[LengthTooLong, Nothing]),
        row("content-length too small", &[LengthTooShort, Nothing]),
        row("an invalid chunk size", &[ChunkOfBadSize]),
        row("chunks without an end", &[ChunksCutOff]),
        row("truncated gzip", &[GzipTruncated]),
        row("truncated gzip, once", &[GzipTruncated, Nothing]),
        row("corrupt gzip", &[GzipCorrupt]),
        row("gzip of 16 MB, limit 512 KiB", &[GzipBomb]),
        row("502 with HTML", &[HtmlBadGateway, Nothing]),
        row("200 with HTML", &[HtmlOk, Nothing]),
        row("500 without a body", &[EmptyInternal, Nothing]),
        row("200 without a body", &[EmptyOk, Nothing]),
        row("429, by AIP-194", &[TooManyRequests, Nothing]),
        patient_row("429 for 5 s", &[TooManyRequests, Nothing]),
        patient_row("429 until a date in 5 s", &[TooManyRequestsUntil, Nothing]),
        row("503", &[Unavailable]),
        row("503, then 200", &[Unavailable, Nothing]),
        row(
            "503 for 7 s by RetryInfo, then 200",
            &[UnavailableFor, Nothing],
        ),
        row(
            "503, then a 404 whose body stalls",
            &[Unavailable, StallInError],
        ),
        row("503, then 502 with HTML", &[Unavailable, HtmlBadGateway]),
        row("503, then 200 without a body", &[Unavailable, EmptyOk]),
        row("503, then silence", &[Unavailable, Stall]),
        row("401, then 200", &[Unauthenticated, Nothing]),
        row("401 always", &[Unauthenticated]),
        row("307 to another host", &[RedirectElsewhere, Nothing]),
        row("100 MB, limit 512 KiB", &[Flood]),
        row("500 with a body of 100 MB", &[FloodInError]),
        row("invalid UTF-8", &[NotUtf8, Nothing]),
        row("JSON of 100,000 levels", &[Deep, Nothing]),
        row("500 with JSON of 100,000 levels", &[DeepError, Nothing]),
        row("10,000 headers", &[ManyHeaders]),
        row("a header of 1 MB", &[LongHeader]),
        row("another protocol", &[NotHttp]),
        row("an unsolicited second reply", &[Smuggled]),
        row("reset in the request", &[ResetInRequest]),
    ]
}

const APP: &str = r#"{"name":"accounts/1/apps/2","title":"An app of some length"}"#;
const OPERATION: &str = r#"{"name":"accounts/1/repos/2/operations/3","done":false}"#;

impl Call {
    fn good(self) -> &'static str {
        match self {
            Self::Get => APP,
            Self::Generate | Self::GenerateRepeatable => OPERATION,
        }
    }

    /// Returns the name in the response.
    async fn send(self, checks: &Checks) -> Result<Option<String>> {
        let scans = checks.accounts().repos().scans();
        let generate = scans.generate("accounts/1/repos/2", GenerateScanRequest::default());
        match self {
            Self::Get => {
                let app = checks.accounts().apps().get("accounts/1/apps/2").send();
                Ok(app.await?.name)
            }
            Self::Generate => Ok(generate.send().await?.name),
            Self::GenerateRepeatable => Ok(generate.with_idempotency(true).send().await?.name),
        }
    }
}

fn builder(url: &str, clock: &Clock) -> ClientBuilder<Checks> {
    Checks::builder()
        .with_endpoint(url)
        .with_credentials(Tokens::default())
        .with_retry_policy(Aip194Strict.with_attempt_limit(3))
        .with_backoff_policy(clock.clone())
        .with_retry_throttler(clock.clone())
        .with_attempt_timeout(Duration::from_secs(10))
        .with_max_response_size(LIMIT)
}

/// Returns the result for the caller, as a line.
fn outcome(result: &Result<Option<String>>, good: &str) -> String {
    match result {
        Ok(Some(name)) if good.contains(&format!("\"{name}\"")) => "the response".to_owned(),
        Ok(Some(name)) if name == REPLACED => "the response, some bytes replaced".to_owned(),
        Ok(other) => panic!("a response that the service did not send: {other:?}"),
        Err(error) => {
            let message = shown(error);
            format!(
                "{message} [{}, attempts: {}]",
                kind(error),
                error.attempts()
            )
        }
    }
}

/// Returns the message without parts that differ between runs and systems.
fn shown(error: &Error) -> String {
    let text = error.to_string();
    assert!(!text.contains(TOKEN), "{text}");
    let text = match text.split_once(" (os error ") {
        Some((before, after)) => {
            let after = after.split_once(')').unwrap().1;
            format!("{before}{after}")
        }
        None => text,
    };
    match text.char_indices().nth(240) {
        Some((end, _)) => format!("{}... ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

/// Returns one call of a row: the times of its requests in seconds, and the time and the result for
/// the caller.
async fn cell(row: &Row, call: Call) -> String {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!(
        "http://localhost:{}",
        elsewhere.local_addr().unwrap().port()
    );
    let (faults, good) = (row.faults, call.good());
    let count = AtomicUsize::new(0);
    let server = FaultServer::start(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        faults[number.min(faults.len() - 1)].act(good, &host)
    });
    let server = Arc::new(server.await);
    let started = Instant::now();
    let clock = Clock::held();
    let mut builder = builder(&server.url, &clock);
    if row.too_many_requests {
        let policy = Aip194Strict.continue_on_too_many_requests();
        builder = builder.with_retry_policy(policy.with_attempt_limit(3));
    }
    let checks = builder.build().await.unwrap();
    let (waiting, released) = (server.clone(), clock.clone());
    let waiter = tokio::spawn(async move {
        waiting.until(|tally| tally.stalled > 0).await;
        released.release();
    });
    let result = call.send(&checks).await;
    let ended = started.elapsed().as_secs_f64();
    waiter.abort();
    clock.release();

    let seen = server.seen();
    assert!(seen.windows(2).all(|pair| {
        let same = |pick: fn(&crate::support::Recorded) -> &[u8]| {
            pick(&pair[0].request) == pick(&pair[1].request)
        };
        pair[0].request.line() == pair[1].request.line() && same(|request| &request.body)
    }));
    elsewhere.set_nonblocking(true).unwrap();
    assert!(elsewhere.accept().is_err(), "another host was called");
    assert!(server.tally().flooded < 20_000_000, "{:?}", server.tally());
    let seconds = seen
        .iter()
        .map(|seen| format!("{:.0}s", seen.at.as_secs_f64()));
    format!(
        "{:<9} | {ended:.0}s: {}",
        seconds.collect::<Vec<_>>().join(" "),
        outcome(&result, good)
    )
}

#[tokio::test(start_paused = true)]
async fn outcomes_of_calls_by_fault() {
    let mut table = String::new();
    for row in rows() {
        writeln!(table, "{}", row.name).unwrap();
        for (call, name) in CALLS {
            let cell = cell(&row, call).await;
            writeln!(table, "  {name:<21} {cell}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let refused = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let mut table = String::new();
    for (call, name) in CALLS {
        let clock = Clock::held();
        let checks = builder(&refused, &clock).build().await.unwrap();
        let started = Instant::now();
        let result = call.send(&checks).await;
        let seconds = started.elapsed().as_secs();
        let outcome = outcome(&result, "");
        writeln!(table, "refused, {name}: after {seconds} s {outcome}").unwrap();
    }
    insta::assert_snapshot!(table);
}
