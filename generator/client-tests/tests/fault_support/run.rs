//! Many concurrent calls, each with the faults of a plan.

use std::{
    collections::HashMap,
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex},
    task::Poll,
    time::Duration,
};

use discovery_runtime::{ClientBuilder, Error, RequestOptionsBuilder as _, Result};
use google_checks_v1alpha::{Checks, schemas::repo_scan::GenerateScanRequest};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    Recorded,
    catalogue::LIMIT,
    fake::{Fixed, Patient},
    plan::{ATTEMPTS, Plan},
    server::{Act, FaultServer},
    tokens::Tokens,
};

/// The number of concurrent calls.
const CONCURRENCY: usize = 64;
/// The timeout of an attempt, reached only when the server stalls.
const ATTEMPT: Duration = Duration::from_secs(2);
/// A call that takes this long, whatever its faults, hangs.
const HANG: Duration = Duration::from_secs(60);

/// The kind of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Get,
    Generate,
    GenerateRepeatable,
}

/// A call and its result, which is absent if the caller dropped the call.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) call: u64,
    pub(crate) kind: Kind,
    pub(crate) result: Option<Result<Option<String>>>,
}

impl Plan {
    pub(crate) fn kind(self, call: u64) -> Kind {
        match self.number(call, 0) % 5 {
            0 | 1 => Kind::Get,
            2 | 3 => Kind::Generate,
            _ => Kind::GenerateRepeatable,
        }
    }

    /// Returns the number of polls after which the call is dropped, if it is.
    fn patience(self, call: u64) -> Option<u64> {
        let number = self.number(call, 1);
        number.is_multiple_of(10).then_some(1 + (number >> 8) % 12)
    }
}

impl Kind {
    pub(crate) fn is_idempotent(self) -> bool {
        self != Self::Generate
    }

    async fn send(self, checks: &Checks, call: u64) -> Result<Option<String>> {
        let scans = checks.accounts().repos().scans();
        let repo = format!("accounts/1/repos/{call}");
        let generate = scans.generate(repo, GenerateScanRequest::default());
        match self {
            Self::Get => {
                let apps = checks.accounts().apps();
                Ok(apps
                    .get(format!("accounts/1/apps/{call}"))
                    .send()
                    .await?
                    .name)
            }
            Self::Generate => Ok(generate.send().await?.name),
            Self::GenerateRepeatable => Ok(generate.with_idempotency(true).send().await?.name),
        }
    }
}

/// Returns the call that a request belongs to.
pub(crate) fn call_of(request: &Recorded) -> u64 {
    let name = request.target().split(['?', ':']).next().unwrap();
    let name = name.strip_suffix("/scans").unwrap_or(name);
    name.rsplit('/').next().unwrap().parse().unwrap()
}

/// Returns the name in the reply to a request of a call, counted from zero.
pub(crate) fn answer(call: u64, request: usize) -> String {
    format!("answers/{call}/{request}")
}

/// Starts a service with the faults of the plan.
pub(crate) async fn serve(plan: Plan) -> FaultServer {
    let counts: Mutex<HashMap<u64, usize>> = Mutex::default();
    FaultServer::start(move |request| act(plan, &counts, request)).await
}

fn act(plan: Plan, counts: &Mutex<HashMap<u64, usize>>, request: &Recorded) -> Act {
    let call = call_of(request);
    let number = {
        let mut counts = counts.lock().unwrap();
        let count = counts.entry(call).or_default();
        *count += 1;
        *count - 1
    };
    let good = format!(r#"{{"name":"{}"}}"#, answer(call, number));
    // No server listens there: following the redirect fails with a refused connection.
    plan.fault(call, number).act(&good, "http://localhost:1")
}

pub(crate) fn builder(server: &FaultServer) -> ClientBuilder<Checks> {
    Checks::builder()
        .with_endpoint(&server.url)
        .with_credentials(Tokens::default())
        .with_retry_policy(Aip194Strict.with_attempt_limit(ATTEMPTS))
        .with_backoff_policy(Fixed(Duration::ZERO))
        .with_retry_throttler(Patient)
        .with_attempt_timeout(ATTEMPT)
        .with_max_response_size(LIMIT)
}

/// Makes the calls, and passes each to `ended` when it ends.
pub(crate) async fn call_all(plan: Plan, checks: &Checks, calls: u64, ended: impl FnMut(Ended)) {
    let start = |call| {
        let checks = checks.clone();
        async move {
            let kind = plan.kind(call);
            let result = limited(kind.send(&checks, call), plan.patience(call)).await;
            Ended { call, kind, result }
        }
    };
    concurrently(calls, start, ended).await;
}

/// Starts the calls, many at a time, and passes the result of each to `ended`.
pub(crate) async fn concurrently<T: Send + 'static, F>(
    calls: u64,
    start: impl Fn(u64) -> F,
    mut ended: impl FnMut(T),
) where
    F: Future<Output = T> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(CONCURRENCY));
    let mut tasks = JoinSet::new();
    for call in 0..calls {
        let room = room.clone().acquire_owned().await.unwrap();
        let result = start(call);
        tasks.spawn(async move {
            let _room = room;
            let result = tokio::time::timeout(HANG, result).await;
            result.unwrap_or_else(|_| panic!("call {call} hangs"))
        });
        while let Some(task) = tasks.try_join_next() {
            ended(task.unwrap());
        }
    }
    while let Some(task) = tasks.join_next().await {
        ended(task.unwrap());
    }
}

/// Drops the future if it is not ready after the given number of polls.
async fn limited<T>(future: impl Future<Output = T>, polls: Option<u64>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        left = left.map(|left| left - 1);
        match left {
            Some(0) => Poll::Ready(None),
            _ => Poll::Pending,
        }
    })
    .await
}

/// Returns every text form of an error and its causes.
pub(crate) fn all_texts(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        text.push_str(&format!(" {cause} {cause:?}"));
        next = cause.source();
    }
    text
}
