//! One step after the other: what is asked, and what becomes of the answer.

use std::time::Duration;

use super::place::{self, Known};
use super::policies::{self, is_unimplemented};
use super::reading::{self, Reading};
use super::service::Action;
use super::{Poller, PollingResult};
use crate::{
    call::request::Request,
    error::{self, Error, Result},
};

impl<R, M> Poller<R, M> {
    /// Waits as long as the policies say and polls.
    pub(super) async fn step(&mut self) -> Option<PollingResult<R, M>> {
        if self.ended {
            return None;
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
                None => self.ask().await,
            }
        };
        let outcome = match limit {
            None => Ok(call.await),
            Some(limit) => tokio::time::timeout(limit, call).await,
        };
        Some(match outcome {
            Ok(Ok(())) => self.state(),
            Ok(Err(error)) => self.polling_error(error),
            // It was held until the deadline, which leaves one poll more.
            Err(_) if hold.is_some() => self.state(),
            Err(_) => {
                self.ended = true;
                PollingResult::PollingError(self.polling.timed_out(self.name()))
            }
        })
    }

    /// Sends the request that starts the operation, or asks for its state.
    pub(super) async fn ask(&mut self) -> Result<()> {
        self.polling.begin();
        let Some(first) = &mut self.first else {
            let answer = self.about(Action::Get)?.send().await;
            return self.take(answer.and_then(reading::read));
        };
        // It stays in place until it is done: if this future is dropped, the next goes on with it.
        let outcome = first.as_mut().await;
        self.first = None;
        // It is retried by its own policy, never by polling.
        self.ended = outcome.is_err();
        self.take(outcome)
    }

    /// Lets the service hold the call. That it did so for longer than the call may take means no
    /// more than that the operation has not ended.
    async fn wait(&mut self, hold: Duration) -> Result<()> {
        let Some(request) = self.request(Action::Wait(hold)) else {
            return self.ask().await;
        };
        self.polling.begin();
        match request.send().await {
            Err(error) if error.is_timeout() => Ok(()),
            Err(error) if is_unimplemented(&error) => {
                self.server_wait = None;
                self.ask().await
            }
            answer => {
                let reading = answer.and_then(reading::read)?;
                self.last = Some(reading);
                Ok(())
            }
        }
    }

    fn take(&mut self, outcome: Result<Reading>) -> Result<()> {
        self.polling.rest();
        self.last = Some(outcome?);
        Ok(())
    }

    /// What the last answer says.
    pub(super) fn state(&mut self) -> PollingResult<R, M> {
        let Some(reading) = &self.last else {
            return PollingResult::InProgress(None);
        };
        let operation = &reading.operation;
        if !operation.done {
            let metadata = operation.metadata.as_ref();
            return PollingResult::InProgress(metadata.and_then(|any| (self.metadata)(any).ok()));
        }
        self.ended = true;
        PollingResult::Completed(match (&operation.error, &operation.response) {
            (Some(status), _) => Err(error::operation_failed(status, reading.members.clone())),
            (None, Some(response)) => (self.response)(response),
            (None, None) => Err(error::operation(
                "is done, with neither a response nor an error",
            )),
        })
    }

    pub(super) fn polling_error(&mut self, error: Error) -> PollingResult<R, M> {
        // What cannot be sent never gets better.
        self.ended |= error.is_binding();
        let (error, last) = if self.ended {
            (error, true)
        } else {
            self.polling.judge(error)
        };
        self.ended |= last;
        PollingResult::PollingError(error)
    }

    /// A request about the operation.
    ///
    /// # Errors
    ///
    /// If no method of the document asks for it, which ends the polling.
    fn about(&mut self, action: Action) -> Result<Request> {
        self.request(action).ok_or_else(|| {
            self.ended = true;
            error::unreachable_operation(self.name())
        })
    }

    pub(super) fn request(&self, action: Action) -> Option<Request> {
        let known = Known {
            operation: self.operation(),
            members: self.last.as_ref().map(|reading| &reading.members),
            started: &self.started,
        };
        let mut request = place::request(self.services, &known, action)?;
        let limit = *request.options.attempt_timeout();
        request.options = policies::of_polls(&self.started.options, action).into();
        if let Some(limit) = limit {
            request.options.set_attempt_timeout(limit);
        }
        Some(request)
    }
}

fn name_of(reading: Option<&Reading>) -> Option<&str> {
    reading?.operation.name.as_deref()
}
