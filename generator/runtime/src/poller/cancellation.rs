//! Cancelling, and finding out what became of it.

use google_cloud_gax::error::rpc::Code;

use super::policies::is_unimplemented;
use super::service::Action;
use super::{Poller, PollingResult};
use crate::error::{self, Error, Result};

/// What became of an operation that was asked to stop.
#[derive(Debug)]
pub enum Cancellation<R, M> {
    /// It was cancelled: it ended in an error with the code `CANCELLED`.
    Cancelled,
    /// It completed all the same.
    Completed(R),
    /// It failed, and not by being cancelled.
    Failed(Error),
    /// The service cannot cancel it (`UNIMPLEMENTED`). It goes on, as its poller can.
    Unsupported(Box<Poller<R, M>>),
}

impl<R, M> Poller<R, M> {
    /// Asks the service to cancel the operation, which is to be done with best effort: the operation
    /// may complete all the same. It is not deleted either way. An operation that was not started
    /// yet is started first; one that is known to have ended is left alone.
    ///
    /// # Errors
    ///
    /// `UNIMPLEMENTED` if the service cannot cancel it or the document has no method for it;
    /// otherwise the error of the call.
    pub async fn cancel(&mut self) -> Result<()> {
        while self.last.is_none() {
            match self.step().await {
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                Some(_) => {}
                None => return Err(error::operation("could not be started")),
            }
        }
        if self.operation().is_some_and(|operation| operation.done) {
            return Ok(());
        }
        match self.request(Action::Cancel) {
            Some(request) => request.send_empty().await,
            None => Err(error::cannot_cancel(self.name())),
        }
    }

    /// Asks the service to cancel the operation, and waits for its end. If it has ended before that,
    /// how it ended is what counts.
    ///
    /// # Errors
    ///
    /// If the cancellation could not be asked for, for another reason than `UNIMPLEMENTED` or the
    /// operation's end, or that end could not be waited for. How the operation ended is no error
    /// of this call.
    pub async fn cancel_and_wait(mut self) -> Result<Cancellation<R, M>> {
        let asked = match self.polling.limit() {
            None => self.can_be_cancelled().await,
            Some(limit) => tokio::time::timeout(limit, self.can_be_cancelled())
                .await
                .unwrap_or_else(|_| Err(self.polling.timed_out(self.name()))),
        };
        if !asked? {
            return Ok(Cancellation::Unsupported(Box::new(self)));
        }
        if self.operation().is_some_and(|operation| operation.done) {
            let state = self.state();
            return self.outcome(state);
        }
        loop {
            match self.step().await {
                Some(state @ PollingResult::Completed(_)) => return self.outcome(state),
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                Some(PollingResult::InProgress(_) | PollingResult::PollingError(_)) => {}
                None => return Err(error::operation("has ended, and its result was taken")),
            }
        }
    }

    /// Asks for the cancellation. That the service refused it says nothing if the operation has
    /// ended in the meantime.
    async fn can_be_cancelled(&mut self) -> Result<bool> {
        let Err(error) = self.cancel().await else {
            return Ok(true);
        };
        if self.last.is_none() {
            return Err(error);
        }
        if is_unimplemented(&error) {
            return Ok(false);
        }
        let polled = self.ask().await;
        match (polled, self.operation()) {
            (Ok(()), Some(operation)) if operation.done => Ok(true),
            _ => Err(error),
        }
    }

    /// What a state says of the cancellation. A response that cannot be read is an error.
    fn outcome(&self, state: PollingResult<R, M>) -> Result<Cancellation<R, M>> {
        let error = match state {
            PollingResult::Completed(Ok(response)) => {
                return Ok(Cancellation::Completed(response));
            }
            PollingResult::Completed(Err(error)) | PollingResult::PollingError(error) => error,
            PollingResult::InProgress(_) => return Err(error::operation("has not ended")),
        };
        let status = self
            .operation()
            .and_then(|operation| operation.error.as_ref());
        match status {
            Some(status) if status.code == Code::Cancelled as i32 => Ok(Cancellation::Cancelled),
            Some(_) => Ok(Cancellation::Failed(error)),
            None => Err(error),
        }
    }
}
