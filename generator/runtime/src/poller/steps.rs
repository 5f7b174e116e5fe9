//! Single polls.

use std::time::Duration;

use super::{
    Poller, PollingResult,
    candidate::{self, OperationHints},
    polling::{self, is_unimplemented},
    requests::Action,
    snapshot::{self, OperationSnapshot},
};
use crate::{
    call::request::Request,
    error::{self, Error, Result},
};

impl<R, M> Poller<R, M> {
    /// Pauses according to the policies, and polls.
    pub(super) async fn step(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
        }
        if self.is_done() {
            return Some(self.state());
        }
        if let Err(error) = self.polling.pause(name_of(self.last.as_ref())).await {
            self.ended = true;
            return Some(PollingResult::PollingError(error));
        }
        let remaining = self.polling.remaining();
        let hold = self
            .server_wait
            .filter(|_| self.last.is_some() && remaining != Some(Duration::ZERO));
        let limit = self.polling.limit();
        let call = async {
            match hold {
                Some(hold) => self.wait(hold.min(remaining.unwrap_or(hold))).await,
                None => self.refresh().await,
            }
        };
        let outcome = match limit {
            None => Ok(call.await),
            Some(limit) => tokio::time::timeout(limit, call).await,
        };
        Some(match outcome {
            Ok(Ok(())) => self.state(),
            Ok(Err(error)) => self.polling_error(error),
            // It was held until the deadline, which allows one last poll.
            Err(_) if hold.is_some() => self.state(),
            Err(_) => {
                self.ended = true;
                PollingResult::PollingError(self.polling.timed_out(self.name()))
            }
        })
    }

    /// Sends the request that starts the operation, or gets its state.
    pub(super) async fn refresh(&mut self) -> Result<()> {
        self.polling.begin();
        let Some(first) = &mut self.first else {
            let response = self.required(Action::Get)?.send().await;
            return self.store(response.and_then(snapshot::decode));
        };
        // It stays in place until it is ready: if this future is dropped, the next one continues it.
        let outcome = first.as_mut().await;
        self.first = None;
        // It is retried by its own policy, not by polling.
        self.ended = outcome.is_err();
        self.store(outcome)
    }

    /// Lets the service hold the call. A timeout of the call means that the operation has not ended.
    async fn wait(&mut self, hold: Duration) -> Result<()> {
        let Some(request) = self.request(Action::Wait(hold)) else {
            return self.refresh().await;
        };
        self.polling.begin();
        match request.send().await {
            Err(error) if error.is_timeout() => Ok(()),
            Err(error) if is_unimplemented(&error) => {
                self.server_wait = None;
                self.refresh().await
            }
            response => {
                self.last = Some(response.and_then(snapshot::decode)?);
                Ok(())
            }
        }
    }

    fn store(&mut self, outcome: Result<OperationSnapshot>) -> Result<()> {
        self.polling.rest();
        self.last = Some(outcome?);
        Ok(())
    }

    /// Returns whether the operation is known to have ended.
    pub(super) fn is_done(&self) -> bool {
        self.operation().is_some_and(|operation| operation.done)
    }

    /// Returns the last known state.
    pub(super) fn state(&mut self) -> PollingResult<R, M> {
        let Some(snapshot) = &self.last else {
            return PollingResult::InProgress(None);
        };
        let operation = &snapshot.operation;
        if !operation.done {
            let metadata = operation.metadata.as_ref();
            return PollingResult::InProgress(metadata.and_then(|any| (self.metadata)(any).ok()));
        }
        self.ended = true;
        PollingResult::Completed(match (&operation.error, &operation.response) {
            (Some(status), _) => Err(error::operation_failed(status, snapshot.members.clone())),
            // One of the older kind is its own response.
            (None, Some(_))
                if !["error", "response"]
                    .iter()
                    .any(|name| self.started.has_field(name)) =>
            {
                Err(error::operation(
                    "is done, but the field mask hides whether it failed",
                ))
            }
            (None, Some(response)) => (self.response)(response),
            (None, None) => Err(error::operation(
                "is done, with neither a response nor an error",
            )),
        })
    }

    pub(super) fn polling_error(&mut self, error: Error) -> PollingResult<R, M> {
        // A request that cannot be sent does not improve.
        self.ended |= error.is_binding();
        let (error, last) = if self.ended {
            (error, true)
        } else {
            self.polling.judge(error)
        };
        self.ended |= last;
        PollingResult::PollingError(error)
    }

    /// Returns a request about the operation.
    ///
    /// # Errors
    ///
    /// If the document has no method for it, which ends the polling.
    fn required(&mut self, action: Action) -> Result<Request> {
        self.request(action).ok_or_else(|| {
            self.ended = true;
            error::unreachable_operation(self.name())
        })
    }

    pub(super) fn request(&self, action: Action) -> Option<Request> {
        let hints = OperationHints {
            operation: self.operation(),
            members: self.last.as_ref().map(|snapshot| &snapshot.members),
            started: &self.started,
        };
        let mut request = candidate::request(self.services, &hints, action)?;
        let limit = *request.options.attempt_timeout();
        request.options = polling::options(&self.started.options, action).into();
        if let Some(limit) = limit {
            request.options.set_attempt_timeout(limit);
        }
        Some(request)
    }
}

fn name_of(snapshot: Option<&OperationSnapshot>) -> Option<&str> {
    snapshot?.operation.name.as_deref()
}
