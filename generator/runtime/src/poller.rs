//! Long-running operations, followed to their end ([AIP-151](https://google.aip.dev/151)).

mod cancellation;
mod failure;
pub(crate) mod operation;
mod place;
mod policies;
mod reading;
pub(crate) mod service;
mod states;
mod steps;
mod template;
mod upload;

use std::fmt;
use std::time::Duration;

use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicyArg;
use google_cloud_gax::polling_error_policy::PollingErrorPolicyArg;
use serde::de::DeserializeOwned;

use crate::transport::BoxFuture;
use crate::{
    any::Any,
    call::request::Request,
    error::{self, Error, Result},
    poller::operation::Operation,
};
pub use cancellation::Cancellation;
use policies::Polling;
pub(crate) use policies::PollingConfig;
use reading::Reading;
use service::OperationService;
pub use states::States;

/// Follows an operation: starts it, asks for its state, waits for its end, cancels it.
///
/// `R` is what the operation makes and `M` what it tells of its progress; either is [`Any`] where
/// the document does not say, to be unpacked by hand or by [`with_response`](Self::with_response).
///
/// Dropping a poller leaves the operation running. [`name`](Self::name) is all that another process
/// needs to go on: give it to the `get` method of the resource of operations, and follow that.
#[must_use = "an operation is not started until it is polled"]
pub struct Poller<R = Any, M = Any> {
    services: &'static [OperationService],
    /// The request that starts the operation, or gets it.
    started: Request,
    /// What starts the operation, until it is done. Nothing does that was started before.
    first: Option<BoxFuture<'static, Result<Reading>>>,
    last: Option<Reading>,
    ended: bool,
    polling: Polling,
    server_wait: Option<Duration>,
    response: fn(&Any) -> Result<R>,
    metadata: fn(&Any) -> Result<M>,
}

/// What one poll found.
#[derive(Debug)]
pub enum PollingResult<R, M> {
    /// The operation is running; with its metadata, if it has any that can be read.
    InProgress(Option<M>),
    /// The operation ended: with its response, or with the error that it ended in.
    Completed(Result<R>),
    /// The state could not be asked for. The operation may well be running; polling may go on.
    PollingError(Error),
}

impl Poller {
    /// Follows what `request` starts, or the operation that it gets.
    #[doc(hidden)]
    pub fn new(request: Request) -> Self {
        let mut services = request.method.started_operations().iter();
        let first: Option<BoxFuture<'static, Result<Reading>>> =
            if services.any(|service| service.gets_by(request.method)) {
                None
            } else {
                let request = request.clone();
                Some(Box::pin(async { reading::read(request.send().await?) }))
            };
        Self::following(first, request)
    }

    fn following(first: Option<BoxFuture<'static, Result<Reading>>>, mut started: Request) -> Self {
        // The message is no part of what is asked later.
        started.json = None;
        Self {
            services: started.method.started_operations(),
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
    /// Reads the response as this type.
    pub fn with_response<T: DeserializeOwned>(self) -> Poller<T, M> {
        let metadata = self.metadata;
        self.reading(Any::unpack, metadata)
    }

    /// Reads the metadata as this type.
    pub fn with_metadata<T: DeserializeOwned>(self) -> Poller<R, T> {
        let response = self.response;
        self.reading(response, Any::unpack)
    }

    fn reading<T, N>(
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

    /// Decides which errors of polls end the polling, and after which time or number of polls.
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
    /// operation goes on.
    ///
    /// This bounds [`until_done`](Self::until_done), [`cancel_and_wait`](Self::cancel_and_wait) and
    /// [`states`](Self::states), from the first call on: the one that starts the operation, which may
    /// be an upload. A call under way is ended. A pause is cut short, for one poll more, which may
    /// take up to ten seconds.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.polling.set_deadline(deadline);
        self
    }

    /// Lets the service hold each poll for up to this time, by its `wait` method. Where the
    /// document has none, or the service does not know it (`UNIMPLEMENTED`), polls return at once as
    /// ever. Some `wait` methods take no time: those of Compute Engine hold a poll for up to two
    /// minutes.
    ///
    /// The HTTP request is given more time than that, whatever limit there is for others.
    pub fn with_server_wait(mut self, timeout: Duration) -> Self {
        self.server_wait = Some(timeout);
        self
    }

    /// The operation's name, once it is started.
    pub fn name(&self) -> Option<&str> {
        self.operation()?.name.as_deref()
    }

    /// The operation as it was when last asked for.
    pub fn operation(&self) -> Option<&Operation> {
        self.last.as_ref().map(|reading| &reading.operation)
    }

    /// Asks once, without waiting: the first time by the request itself, then by the
    /// document's method for operations. `None` once the operation has ended.
    ///
    /// Dropping the future loses nothing: the next one goes on with what starts the operation.
    pub async fn poll(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
        }
        Some(match self.ask().await {
            Ok(()) => self.state(),
            Err(error) => self.polling_error(error),
        })
    }

    /// Polls until the operation ends, waiting between polls as the policies say.
    ///
    /// Whatever goes wrong with a poll, the policy for the errors of polls decides; polls have no
    /// retries of their own. The request that starts the operation has.
    ///
    /// # Errors
    ///
    /// The error in which the operation ended: [`Error::status`] has a `google.rpc.Code`, and its
    /// source is an [`OperationError`](crate::OperationError). Or the error of a poll that the policy
    /// does not forgive, or that of the deadline.
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

    /// The states as a stream, one for each poll.
    pub fn states(&mut self) -> States<'_, R, M>
    where
        R: Send + 'static,
        M: Send + 'static,
    {
        States::new(self)
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
