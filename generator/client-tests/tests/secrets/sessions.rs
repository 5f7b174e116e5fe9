//! Every fault of a call with a key in its query, and of an upload whose session is a secret.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use discovery_runtime::{
    Client, ClientBuilder, HttpMethod, MediaUpload, Method, Result, Segment::Literal, Service,
    Upload, Value,
};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};

use crate::{
    leak_detector::DETECTOR,
    support::{
        catalogue::{Fault, LIMIT},
        clock::Clock,
        server::{Act, FaultServer},
        tokens::Tokens,
    },
    values::KEY,
};

static SERVICE: Service = Service::new("things", "v1", "https://things.example.com/");
static GET: Method = Method::new("things.get", HttpMethod::Get, &[Literal("things")]);
static UPLOAD: Method = Method::new("things.insert", HttpMethod::Post, &[Literal("things")])
    .with_upload(MediaUpload::new(&[Literal("upload/things")]).with_resumable(true));

/// The session URL, which authorizes anyone who knows it to upload.
const SESSION: &str = "/session?upload_id=s3cr3tSessionOfTheFaultTests";

const GOOD: &str = r#"{"name":"good"}"#;

/// Starts a server that replies by number with these acts, and otherwise with success.
async fn serve(acts: impl Fn(usize) -> Option<Act> + Send + Sync + 'static) -> FaultServer {
    let count = AtomicUsize::new(0);
    FaultServer::start(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        acts(number).unwrap_or_else(|| Fault::Nothing.act(GOOD, ""))
    })
    .await
}

async fn client(server: &FaultServer, clock: &Clock) -> Client {
    ClientBuilder::new(&SERVICE)
        .with_endpoint(&server.url)
        .with_credentials(Tokens::default())
        .with_retry_policy(Aip194Strict.with_attempt_limit(2))
        .with_backoff_policy(clock.clone())
        .with_retry_throttler(clock.clone())
        .with_attempt_timeout(Duration::from_secs(10))
        .with_max_response_size(LIMIT)
        .build()
        .await
        .unwrap()
}

/// Returns the result of a call. Time passes once the server stalls.
async fn ended<T>(server: &FaultServer, clock: &Clock, call: impl Future<Output = T>) -> T {
    let stalled = async {
        server.until(|tally| tally.stalled > 0).await;
        clock.release();
        std::future::pending::<()>().await;
    };
    let result = tokio::select! {
        result = call => Some(result),
        () = stalled => None,
    };
    result.unwrap()
}

async fn key_in_the_query(fault: Fault) {
    let act = fault.act(GOOD, "http://localhost:1");
    let server = serve(move |number| (number == 0).then(|| act.clone())).await;
    let clock = Clock::held();
    let request = client(&server, &clock).await.request(&GET);
    let request = request.query("key", KEY);
    DETECTOR.inspect("request", &format!("{request:?} {request:#?}"));
    let result = ended(&server, &clock, request.send::<Value>()).await;
    clock.release();
    DETECTOR.inspect_result(Some(&result));
    let seen = server.seen();
    assert!(!seen.is_empty(), "{fault:?}");
    assert!(seen.iter().all(|seen| seen.request.target().contains(KEY)));
}

/// Adds the session to the headers of a reply, and to the body of an error, as the front ends of
/// Google do.
fn revealing(mut act: Act) -> Act {
    let text = String::from_utf8_lossy(&act.bytes).into_owned();
    let Some((status, rest)) = text.split_once("\r\n") else {
        return act;
    };
    let body = format!("{{\"error\":{{\"message\":\"{SESSION} was not found\"}}}}");
    let is_error = status.starts_with("HTTP/1.1 4") || status.starts_with("HTTP/1.1 5");
    let rest = match is_error {
        true => format!("content-length: {}\r\n\r\n{body}", body.len()),
        false => rest.to_owned(),
    };
    if is_error || act.bytes.is_ascii() {
        let headers = format!(
            "x-guploader-uploadid: {SESSION}\r\nset-cookie: a={SESSION}\r\nlocation: {SESSION}\r\n"
        );
        act.bytes = format!("{status}\r\n{headers}{rest}").into_bytes();
    }
    act
}

/// The first reply has the session URL. The second has the fault, after which the client queries
/// the session.
async fn upload(fault: Fault) {
    let begun = format!("HTTP/1.1 200 OK\r\nlocation: {SESSION}\r\ncontent-length: 0\r\n\r\n");
    let begun = Act {
        bytes: begun.into_bytes(),
        ..Fault::Nothing.act(GOOD, "")
    };
    let act = revealing(fault.act(GOOD, "http://localhost:1"));
    let server = serve(move |number| [&begun, &act].get(number).map(|act| (*act).clone())).await;
    let clock = Clock::held();
    let request = client(&server, &clock).await.request(&UPLOAD);
    let mut upload: Upload<Value, _> = request.upload_resumable("media".as_bytes().to_vec());
    let begun: Result<_> = upload.start().await;
    DETECTOR.inspect_result(Some(&begun));
    DETECTOR.inspect("upload", &format!("{upload:?} {upload:#?}"));
    let result = ended(&server, &clock, upload.send()).await;
    clock.release();
    DETECTOR.inspect_result(Some(&result));
    let seen = server.seen();
    assert!(seen.len() > 1, "{fault:?}");
    let after = seen.iter().skip(1);
    assert!(
        after
            .into_iter()
            .all(|seen| seen.request.target() == SESSION)
    );
}

#[tokio::test(start_paused = true)]
async fn keys_in_queries_and_sessions_are_not_revealed() {
    DETECTOR.install();
    for fault in Fault::ALL {
        key_in_the_query(fault).await;
        upload(fault).await;
    }
    DETECTOR.assert_no_secret();
}
