//! Cancellation of operations.

use google_cloud_gax::error::rpc::Code;

use super::{Poller, PollingResult, polling::is_unimplemented, requests::Action};
use crate::error::{self, Error, Result};

/// The outcome of a request to cancel an operation.
#[derive(Debug)]
pub enum Cancellation<R, M> {
    /// It was cancelled: it ended in an error with the code `CANCELLED`.
    Cancelled,
    /// It completed nevertheless.
    Completed(R),
    /// It failed for another reason.
    Failed(Error),
    /// The service cannot cancel it (`UNIMPLEMENTED`). It continues, and its poller can be used.
    Unsupported(Box<Poller<R, M>>),
}

impl<R, M> Poller<R, M> {
    /// Requests the cancellation of the operation, which is best effort: the operation may complete
    /// nevertheless. It is not deleted in either case. An operation that has not been started yet is
    /// started first; one that is known to have ended is left alone.
    ///
    /// # Errors
    ///
    /// `UNIMPLEMENTED` if the service cannot cancel it or the document has no method for it;
    /// otherwise the error of the call.
    pub async fn cancel(&mut self) -> Result<()> {
        if self.start().await?.done {
            return Ok(());
        }
        match self.request(Action::Cancel) {
            Some(request) => request.send_empty().await,
            None => Err(error::cannot_cancel(self.name())),
        }
    }

    /// Requests the cancellation of the operation, and waits for its end. An operation that ended
    /// before is not cancelled.
    ///
    /// # Errors
    ///
    /// If the request for cancellation fails, other than with `UNIMPLEMENTED` or because the operation
    /// has ended, or if waiting for the end fails. A failure of the operation is not an error of this
    /// call.
    pub async fn cancel_and_wait(mut self) -> Result<Cancellation<R, M>> {
        let requested = match self.polling.limit() {
            None => self.request_cancellation().await,
            Some(limit) => tokio::time::timeout(limit, self.request_cancellation())
                .await
                .unwrap_or_else(|_| Err(self.polling.timed_out(self.name()))),
        };
        if !requested? {
            return Ok(Cancellation::Unsupported(Box::new(self)));
        }
        if self.is_done() {
            let state = self.state();
            return self.cancellation(state);
        }
        loop {
            match self.step().await {
                Some(state @ PollingResult::Completed(_)) => return self.cancellation(state),
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                Some(PollingResult::InProgress(_) | PollingResult::PollingError(_)) => {}
                None => return Err(error::operation("has ended, and its result was taken")),
            }
        }
    }

    /// Requests the cancellation. A refusal does not matter if the operation has ended meanwhile.
    async fn request_cancellation(&mut self) -> Result<bool> {
        let Err(error) = self.cancel().await else {
            return Ok(true);
        };
        if self.last.is_none() {
            return Err(error);
        }
        if is_unimplemented(&error) {
            return Ok(false);
        }
        let polled = self.refresh().await;
        match polled {
            Ok(()) if self.is_done() => Ok(true),
            _ => Err(error),
        }
    }

    /// Returns the outcome of the cancellation. A response that cannot be decoded is an error.
    fn cancellation(&self, state: PollingResult<R, M>) -> Result<Cancellation<R, M>> {
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
