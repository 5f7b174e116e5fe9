//! A service that replies by a script, on the paused clock, and records requests with their times.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use discovery_runtime::{
    Call, Client, ClientBuilder, Code, Error, HttpMethod, Method, OperationService, Pattern,
    Poller, Reply, Request, Result,
    Segment::{Literal, Reserved},
    Service, Transport, Value, WaitTimeout,
};
use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicy;
use google_cloud_gax::polling_state::PollingState;
use serde_json::json;
use tokio::time::Instant;

use crate::support::fake::Patient;

static SERVICE: Service = Service::new("things", "v1", "https://things.googleapis.com/");
static NAME: Pattern = Pattern::new("^projects/[^/]+/operations/[^/]+$");
pub(crate) static OPERATIONS: &[OperationService] = &[OperationService::new(
    Method::new(
        "things.operations.get",
        HttpMethod::Get,
        &[Literal("v1/"), Reserved("name")],
    ),
    &[("name", Some(&NAME))],
)
.with_cancel(Method::new(
    "things.operations.cancel",
    HttpMethod::Post,
    &[Literal("v1/"), Reserved("name"), Literal(":cancel")],
))
.with_wait(
    Method::new(
        "things.operations.wait",
        HttpMethod::Post,
        &[Literal("v1/"), Reserved("name"), Literal(":wait")],
    ),
    WaitTimeout::Body,
)];
static START: Method = Method::new(
    "things.start",
    HttpMethod::Post,
    &[Literal("v1/"), Reserved("parent"), Literal(":start")],
)
.with_operations(OPERATIONS);
pub(crate) static GET: Method = Method::new(
    "things.operations.get",
    HttpMethod::Get,
    &[Literal("v1/"), Reserved("name")],
)
.with_operations(OPERATIONS);

pub(crate) const OPERATION: &str = "projects/p/operations/o";

/// The outcome of a call, and the delay before it.
pub(crate) struct Answer {
    after: Duration,
    outcome: Option<Result<Reply>>,
}

impl Answer {
    pub(crate) fn json(value: &Value) -> Self {
        Self::from(Reply::json(value))
    }

    /// The same, after a number of seconds.
    pub(crate) fn after(mut self, seconds: u64) -> Self {
        self.after = Duration::from_secs(seconds);
        self
    }
}

impl From<Result<Reply>> for Answer {
    fn from(outcome: Result<Reply>) -> Self {
        Self {
            after: Duration::ZERO,
            outcome: Some(outcome),
        }
    }
}

pub(crate) fn running() -> Answer {
    Answer::json(&json!({"name": OPERATION, "metadata": {"@type": "x/M", "percent": 40}}))
}

pub(crate) fn done() -> Answer {
    let response = json!({"@type": "x/R", "title": "made"});
    Answer::json(&json!({"name": OPERATION, "done": true, "response": response}))
}

pub(crate) fn ended_in(code: i32, message: &str) -> Answer {
    let error = json!({"code": code, "message": message});
    Answer::json(&json!({"name": OPERATION, "done": true, "error": error}))
}

pub(crate) fn nothing() -> Answer {
    Answer::json(&json!({}))
}

pub(crate) fn refused(code: Code) -> Answer {
    Answer::from(Ok(Reply::error(code, "no")))
}

pub(crate) fn broken() -> Answer {
    Answer::from(Err(Error::io("connection reset")))
}

pub(crate) fn hanging() -> Answer {
    Answer {
        after: Duration::ZERO,
        outcome: None,
    }
}

/// The service.
#[derive(Clone)]
pub(crate) struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    calls: Arc<Mutex<Vec<(u64, String)>>>,
    began: Instant,
}

impl Script {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            calls: Arc::default(),
            began: Instant::now(),
        }
    }

    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        ClientBuilder::new(&SERVICE)
            .with_transport(self.clone())
            .with_retry_throttler(Patient)
    }

    pub(crate) async fn client(&self) -> Client {
        self.builder()
            .with_polling_backoff_policy(Every(10))
            .build()
            .await
            .unwrap()
    }

    /// Starts an operation, and polls it every ten seconds.
    pub(crate) async fn start(&self) -> Poller {
        Poller::new(Self::request_to_start(&self.client().await))
    }

    pub(crate) fn request_to_start(client: &Client) -> Request {
        client
            .request(&START)
            .path("parent", "projects/p".to_owned())
    }

    /// Follows an operation by its stored name.
    pub(crate) async fn stored(&self) -> Poller {
        Self::get(&self.client().await)
    }

    pub(crate) fn get(client: &Client) -> Poller {
        Poller::new(Self::request_to_get(client))
    }

    pub(crate) fn request_to_get(client: &Client) -> Request {
        client.request(&GET).path("name", OPERATION.to_owned())
    }

    /// The current time, in seconds.
    pub(crate) fn now(&self) -> u64 {
        self.began.elapsed().as_secs()
    }

    /// The HTTP method, path and query of each call.
    pub(crate) fn lines(&self) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        calls.iter().map(|(_, line)| line.clone()).collect()
    }

    /// The last words of each call's path, and the time of the call in seconds.
    pub(crate) fn times(&self) -> Vec<(u64, String)> {
        let calls = self.calls.lock().unwrap();
        let verb = |line: &String| line.rsplit([':', '/']).next().unwrap().to_owned();
        calls.iter().map(|(at, line)| (*at, verb(line))).collect()
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Transport for Script {
    async fn send(&self, call: Call) -> Result<Reply> {
        let (at, verb) = (self.began.elapsed().as_secs(), call.http_method());
        let url = call.url().strip_prefix("https://things.googleapis.com/");
        let url = url.unwrap().replace("?alt=json&prettyPrint=false", "");
        let url = url.replace("&alt=json&prettyPrint=false", "");
        let condition = call
            .headers()
            .get("if-match")
            .map(|etag| format!(" if {etag:?}"));
        let body = call.into_body().collect().await?;
        let body = String::from_utf8(body.to_vec()).unwrap();
        let line =
            format!("{verb} {url} {body}").trim_end().to_owned() + &condition.unwrap_or_default();
        self.calls.lock().unwrap().push((at, line));
        let answer = self.answers.lock().unwrap().pop_front();
        let answer = answer.expect("an answer for each call");
        tokio::time::sleep(answer.after).await;
        match answer.outcome {
            Some(outcome) => outcome,
            None => std::future::pending().await,
        }
    }
}

/// Polls at intervals of this many seconds.
#[derive(Debug)]
pub(crate) struct Every(pub(crate) u64);

impl PollingBackoffPolicy for Every {
    fn wait_period(&self, _: &PollingState) -> Duration {
        Duration::from_secs(self.0)
    }
}
