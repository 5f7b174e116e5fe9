//! Long-running operations, followed to their end ([AIP-151](https://google.aip.dev/151)).

mod cancellation;
mod policies;
mod reading;
mod service;
mod states;

use std::fmt;
use std::time::Duration;

use google_cloud_gax::options::RequestOptions;
use google_cloud_gax::polling_backoff_policy::PollingBackoffPolicyArg;
use google_cloud_gax::polling_error_policy::PollingErrorPolicyArg;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::path::PathValue;
use crate::transport::BoxFuture;
use crate::{Any, Client, Error, Media, Operation, Request, Result, error};
pub use cancellation::Cancellation;
use policies::Polling;
pub(crate) use policies::PollingConfig;
use reading::Reading;
pub use service::OperationService;
use service::{Action, Known};
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
    client: Client,
    options: RequestOptions,
    services: &'static [OperationService],
    started_with: Vec<PathValue>,
    /// The request that starts the operation or gets it, until it is sent.
    first: Option<First>,
    last: Option<Reading>,
    ended: bool,
    polling: Polling,
    server_wait: Option<Duration>,
    response: fn(&Any) -> Result<R>,
    metadata: fn(&Any) -> Result<M>,
}

/// What starts an operation, or gets one that was started before.
enum First {
    Request(Box<Request>),
    Upload(BoxFuture<'static, Result<Value>>),
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
    pub fn new(request: Request, services: &'static [OperationService]) -> Self {
        let first = First::Request(Box::new(request.clone()));
        Self::starting(first, request, services)
    }

    /// Follows what `request` starts when it is sent with media.
    #[doc(hidden)]
    pub fn uploading(
        request: Request,
        media: impl Into<Media>,
        services: &'static [OperationService],
    ) -> Self {
        let (media, started) = (media.into(), request.clone());
        let upload: BoxFuture<'static, Result<Value>> = if request.method.takes_steps() {
            Box::pin(request.upload_resumable(media).send())
        } else {
            Box::pin(request.upload(media).send())
        };
        Self::starting(First::Upload(upload), started, services)
    }

    fn starting(first: First, mut request: Request, services: &'static [OperationService]) -> Self {
        let client = request.client.clone();
        Self {
            services,
            started_with: request.path.clone(),
            options: request.options().clone(),
            polling: Polling::new(&client.0.polling, request.options()),
            client,
            first: Some(first),
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
            client: self.client,
            options: self.options,
            services: self.services,
            started_with: self.started_with,
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

    /// Gives up after this time, with an error of the kind
    /// [`is_timeout`](Error::is_timeout). The operation goes on.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.polling.set_deadline(deadline);
        self
    }

    /// Lets the service hold each poll for up to this time, by its `wait` method. Where the
    /// document has none, polls return at once as ever.
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
    pub async fn poll(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
        }
        Some(match self.ask(Action::Get).await {
            Ok(()) => self.state(),
            Err(error) => self.polling_error(error),
        })
    }

    /// Polls until the operation ends, waiting between polls as the policies say.
    ///
    /// # Errors
    ///
    /// The error in which the operation ended ([`Error::status`] has a `google.rpc.Code`), the
    /// error of a poll that the policy does not forgive, or that of the deadline.
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
    pub fn states(self) -> States<R, M> {
        States::new(self)
    }

    /// Waits as long as the policies say and polls.
    async fn step(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
        }
        let name = self.name_or_unknown().to_owned();
        if let Err(error) = self.polling.pause(&name).await {
            self.ended = true;
            return Some(PollingResult::PollingError(error));
        }
        let action = match self.server_wait {
            Some(timeout) if self.last.is_some() && self.polling.polls() > 1 => {
                Action::Wait(timeout)
            }
            _ => Action::Get,
        };
        let outcome = match self.polling.remaining() {
            None => self.ask(action).await,
            Some(remaining) => tokio::time::timeout(remaining, self.ask(action))
                .await
                .unwrap_or_else(|_| Err(self.polling.timed_out(&name))),
        };
        Some(match outcome {
            Ok(()) => self.state(),
            Err(error) => self.polling_error(error),
        })
    }

    /// Sends the first request, or asks for the operation's state.
    async fn ask(&mut self, action: Action) -> Result<()> {
        let answer: Value = match self.first.take() {
            // A request that starts an operation is retried by its own policy, never by polling.
            Some(First::Request(request)) => {
                request.send().await.inspect_err(|_| self.ended = true)?
            }
            Some(First::Upload(upload)) => upload.await.inspect_err(|_| self.ended = true)?,
            None => match self.request(action) {
                Some(request) => request.send().await?,
                None => {
                    self.request(Action::Get)
                        .ok_or_else(|| self.unreachable())?
                        .send()
                        .await?
                }
            },
        };
        self.last = Some(reading::read(answer)?);
        Ok(())
    }

    fn state(&mut self) -> PollingResult<R, M> {
        let Some(operation) = self.last.as_ref().map(|reading| &reading.operation) else {
            return PollingResult::InProgress(None);
        };
        if !operation.done {
            let metadata = operation.metadata.as_ref();
            return PollingResult::InProgress(metadata.and_then(|any| (self.metadata)(any).ok()));
        }
        self.ended = true;
        PollingResult::Completed(match (&operation.error, &operation.response) {
            (Some(status), _) => Err(error::operation_failed(status)),
            (None, Some(response)) => (self.response)(response),
            (None, None) => Err(error::operation(
                "is done, with neither a response nor an error",
            )),
        })
    }

    fn polling_error(&mut self, error: Error) -> PollingResult<R, M> {
        let (error, last) = if self.ended {
            (error, true)
        } else {
            self.polling.judge(error)
        };
        self.ended |= last;
        PollingResult::PollingError(error)
    }

    /// A request about the operation, of the service that knows it best.
    fn request(&self, action: Action) -> Option<Request> {
        let reading = self.last.as_ref()?;
        let known = Known {
            operation: &reading.operation,
            members: &reading.members,
            started_with: &self.started_with,
        };
        let mut request = self
            .services
            .iter()
            .filter_map(|service| {
                Some((
                    service.variables(),
                    service.request(&self.client, &known, action)?,
                ))
            })
            .max_by_key(|(variables, _)| *variables)
            .map(|(_, request)| request)?;
        *request.options() = policies::of_polls(&self.options, action);
        Some(request)
    }

    fn unreachable(&self) -> Error {
        let name = crate::invalid::excerpt(self.name_or_unknown());
        error::operation(format!("{name} can be asked for by no method of this API"))
    }

    fn name_or_unknown(&self) -> &str {
        self.name().unwrap_or_default()
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
