//! A transport that replies by a script, without a network, and records the times of calls.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use discovery_runtime::{Call, Client, ClientBuilder, Error, Reply, Result, Transport};
use google_cloud_gax::{backoff_policy::BackoffPolicy, retry_state::RetryState};
use tokio::time::Instant;

use super::methods::SERVICE;

/// The outcome of one attempt.
pub(crate) enum Outcome {
    Replies(Reply),
    Fails(Error),
    Hangs,
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Self {
        Self::Replies(reply)
    }
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Fails(error)
    }
}

/// The transport. After the end of its script it replies 200 and `{}`.
#[derive(Clone)]
pub(crate) struct Fake {
    script: Arc<Mutex<VecDeque<Outcome>>>,
    started: Instant,
    calls: Arc<Mutex<Vec<(Duration, Call)>>>,
}

impl Fake {
    pub(crate) fn new(script: impl IntoIterator<Item = impl Into<Outcome>>) -> Self {
        Self {
            script: Arc::new(Mutex::new(script.into_iter().map(Into::into).collect())),
            started: Instant::now(),
            calls: Arc::default(),
        }
    }

    pub(crate) fn builder(&self) -> ClientBuilder<Client> {
        ClientBuilder::new(&SERVICE)
            .with_transport(self.clone())
            .with_backoff_policy(Fixed(Duration::from_secs(1)))
            .with_retry_throttler(Patient)
    }

    /// The URL of an attempt.
    pub(crate) fn url(&self, attempt: usize) -> String {
        self.calls.lock().unwrap()[attempt].1.url().to_owned()
    }

    /// The times of the attempts.
    pub(crate) fn times(&self) -> Vec<Duration> {
        let calls = self.calls.lock().unwrap();
        calls.iter().map(|(at, _)| *at).collect()
    }

    /// The times of the attempts, in seconds.
    pub(crate) fn seconds(&self) -> Vec<f64> {
        let times = self.times().into_iter();
        times.map(|at| at.as_secs_f64().round()).collect()
    }

    /// A header's value in each attempt.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        let values = calls.iter().map(|(_, call)| call.headers().get(name));
        values
            .map(|value| value.map_or("", |value| value.to_str().unwrap()).to_owned())
            .collect()
    }

    /// The first value of a query parameter in each attempt.
    pub(crate) fn query(&self, name: &str) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        let values = calls.iter().map(|(_, call)| call.query_parameter(name));
        values
            .map(|values| values.first().copied().unwrap_or_default().to_owned())
            .collect()
    }

    /// The JSON body of each attempt, `null` if it has none.
    pub(crate) fn bodies(&self) -> Vec<serde_json::Value> {
        let calls = self.calls.lock().unwrap();
        let bodies = calls.iter().map(|(_, call)| call.body().json());
        bodies.map(Result::unwrap_or_default).collect()
    }
}

impl std::fmt::Debug for Fake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fake")
    }
}

impl Transport for Fake {
    async fn send(&self, call: Call) -> Result<Reply> {
        self.calls
            .lock()
            .unwrap()
            .push((self.started.elapsed(), call));
        let outcome = self.script.lock().unwrap().pop_front();
        match outcome {
            None => Reply::json(&serde_json::json!({})),
            Some(Outcome::Replies(reply)) => Ok(reply),
            Some(Outcome::Fails(error)) => Err(error),
            Some(Outcome::Hangs) => std::future::pending().await,
        }
    }
}

/// Backoff without randomness.
#[derive(Debug)]
pub(crate) struct Fixed(pub(crate) Duration);

impl BackoffPolicy for Fixed {
    fn on_failure(&self, _: &RetryState) -> Duration {
        self.0
    }
}

/// A throttler that holds nothing back.
#[derive(Debug)]
pub(crate) struct Patient;

impl google_cloud_gax::retry_throttler::RetryThrottler for Patient {
    fn throttle_retry_attempt(&self) -> bool {
        false
    }

    fn on_retry_failure(&mut self, _: &google_cloud_gax::retry_result::RetryResult) {}

    fn on_success(&mut self) {}
}
