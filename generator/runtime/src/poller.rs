//! Polling of long-running operations ([AIP-151](https://google.aip.dev/151)).

pub(crate) mod cancellation;
mod candidate;
mod failure;
mod matching;
pub(crate) mod operation;
mod polling;
mod requests;
mod snapshot;
pub(crate) mod states;
mod steps;
mod upload;

use std::fmt;
use std::time::Duration;

use futures_core::future::BoxFuture;
use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicyArg;
use google_cloud_gax::polling_error_policy::PollingErrorPolicyArg;
use serde::de::DeserializeOwned;

use crate::{
    call::request::Request,
    description::method::OperationService,
    error::{self, Error, Result, invalid::Problem},
    json::any::Any,
    request::extras::Extras,
};
use operation::Operation;
use polling::Polling;
use snapshot::OperationSnapshot;

/// Follows an operation: starts it, gets its state, waits for its end, cancels it.
///
/// `R` is the type of its response and `M` that of its metadata. Either is [`Any`] if the document
/// does not define it, to be unpacked by hand or with [`with_response`](Self::with_response).
///
/// Dropping a poller does not cancel the operation. Another process can continue with its
/// [`name`](Self::name), which is known after [`start`](Self::start): pass it to the `get` method of the
/// resource of operations, and poll that.
#[must_use = "an operation is not started until it is polled"]
pub struct Poller<R = Any, M = Any> {
    services: &'static [OperationService],
    /// The request that starts the operation, or gets it.
    started: Request,
    /// The future that starts the operation, until it is ready. There is none if the operation was
    /// started before.
    first: Option<BoxFuture<'static, Result<OperationSnapshot>>>,
    last: Option<OperationSnapshot>,
    ended: bool,
    polling: Polling,
    server_wait: Option<Duration>,
    response: fn(&Any) -> Result<R>,
    metadata: fn(&Any) -> Result<M>,
}

/// The result of one poll.
#[derive(Debug)]
pub enum PollingResult<R, M> {
    /// The operation is running; with its metadata, if it has any that can be decoded.
    InProgress(Option<M>),
    /// The operation ended, with a response or an error.
    Completed(Result<R>),
    /// The state is unknown. The operation may still be running, and polling may continue.
    PollingError(Error),
}

impl Poller {
    /// Follows the operation that `request` starts or gets.
    #[doc(hidden)]
    pub fn new(mut request: Request) -> Self {
        let mut services = request.method.operations().iter();
        let is_started = services.any(|service| service.is_get(request.method));
        let has = |name| request.has_field(name);
        if !(is_started || has("name") || has("id")) || !(has("done") || has("status")) {
            let problem = "its field mask hides the state of the operation: add `name` and `done`";
            request.problem = Some(Box::new(Problem::Other(problem.to_owned())));
        }
        let first: Option<BoxFuture<'static, Result<OperationSnapshot>>> = if is_started {
            None
        } else {
            let request = request.clone();
            Some(Box::pin(async { snapshot::decode(request.send().await?) }))
        };
        Self::following(first, request)
    }

    fn following(
        first: Option<BoxFuture<'static, Result<OperationSnapshot>>>,
        mut started: Request,
    ) -> Self {
        // Later requests do not have the message.
        started.json = None;
        // Polls have the query of a request that gets the operation, with its custom parameters.
        if let Some(extras) = Extras::of(&started.options) {
            let _ = extras.complete(&mut started.query);
        }
        Self {
            services: started.method.operations(),
            polling: Polling::new(&started.client.0.polling, &started.options),
            started,
            first,
            last: None,
            ended: false,
            server_wait: None,
            response: |any| Ok(any.clone()),
            metadata: |any| Ok(any.clone()),
        }
    }
}

impl<R, M> Poller<R, M> {
    /// Decodes the response as this type.
    pub fn with_response<T: DeserializeOwned>(self) -> Poller<T, M> {
        let metadata = self.metadata;
        self.decoding(Any::unpack, metadata)
    }

    /// Decodes the metadata as this type.
    pub fn with_metadata<T: DeserializeOwned>(self) -> Poller<R, T> {
        let response = self.response;
        self.decoding(response, Any::unpack)
    }

    fn decoding<T, N>(
        self,
        response: fn(&Any) -> Result<T>,
        metadata: fn(&Any) -> Result<N>,
    ) -> Poller<T, N> {
        Poller {
            services: self.services,
            started: self.started,
            first: self.first,
            last: self.last,
            ended: self.ended,
            polling: self.polling,
            server_wait: self.server_wait,
            response,
            metadata,
        }
    }

    /// Decides which errors of polls end the polling, and after what time or number of polls.
    pub fn with_polling_error_policy(mut self, policy: impl Into<PollingErrorPolicyArg>) -> Self {
        self.polling.config.set_errors(policy.into());
        self
    }

    /// Decides how long to wait between two polls.
    pub fn with_polling_backoff_policy(
        mut self,
        policy: impl Into<PollingBackoffPolicyArg>,
    ) -> Self {
        self.polling.config.set_backoff(policy.into());
        self
    }

    /// Gives up after this time, with an error of the kind [`is_timeout`](Error::is_timeout). The
    /// operation continues.
    ///
    /// This limits [`until_done`](Self::until_done), [`cancel_and_wait`](Self::cancel_and_wait) and
    /// [`states`](Self::states), from the first call on: the one that starts the operation, which may
    /// be an upload. A call under way is ended. A pause is cut short for one last poll, which may take
    /// up to ten seconds.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.polling.set_deadline(deadline);
        self
    }

    /// Lets the service hold each poll for up to this time, with its `wait` method. If the document
    /// has none, or the service does not implement it (`UNIMPLEMENTED`), polls return at once, as
    /// usual. Some `wait` methods have no timeout: those of Compute Engine hold a poll for up to two
    /// minutes.
    ///
    /// The HTTP request gets more time than that, whatever limit is set for others.
    pub fn with_server_wait(mut self, timeout: Duration) -> Self {
        self.server_wait = Some(timeout);
        self
    }

    /// The operation's name, once it is started.
    pub fn name(&self) -> Option<&str> {
        self.operation()?.name.as_deref()
    }

    /// The last known state of the operation.
    pub fn operation(&self) -> Option<&Operation> {
        self.last.as_ref().map(|reading| &reading.operation)
    }

    /// Starts the operation, or gets it if the request is for one that exists, so that its name is known
    /// before it ends. Nothing is sent if its state is known.
    ///
    /// # Errors
    ///
    /// That of the request, or of the deadline.
    pub async fn start(&mut self) -> Result<&Operation> {
        while self.last.is_none() {
            match self.step().await {
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                // Its result is yet to be taken.
                Some(PollingResult::Completed(_)) => self.ended = false,
                Some(_) => {}
                None => break,
            }
        }
        let operation = self.operation();
        operation.ok_or_else(|| error::operation("could not be started"))
    }

    /// Polls once, without waiting: the first time with the request itself, then with the document's
    /// method for operations. Returns `None` once the operation has ended.
    ///
    /// Dropping the future loses nothing: the next one continues the request that starts the operation.
    pub async fn poll(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
        }
        if self.is_done() {
            return Some(self.state());
        }
        Some(match self.refresh().await {
            Ok(()) => self.state(),
            Err(error) => self.polling_error(error),
        })
    }

    /// Polls until the operation ends, with pauses according to the policies.
    ///
    /// The polling error policy decides about the errors of polls, which are not retried otherwise.
    /// The request that starts the operation is retried like any other.
    ///
    /// # Errors
    ///
    /// The error that the operation ended with: [`Error::status`] has a `google.rpc.Code`, and its
    /// source is an [`OperationError`](crate::OperationError). Otherwise the error of a poll for which
    /// the policy ends the polling, or that of the deadline.
    pub async fn until_done(mut self) -> Result<R> {
        loop {
            match self.step().await {
                Some(PollingResult::Completed(result)) => return result,
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                Some(_) => {}
                None => return Err(error::operation("has ended, and its result was taken")),
            }
        }
    }
}

impl<R, M> fmt::Debug for Poller<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("name", &self.name())
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
