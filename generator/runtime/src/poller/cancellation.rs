//! Cancelling, and finding out what became of it.

use google_cloud_gax::error::rpc::Code;

use super::service::Action;
use super::{Poller, PollingResult};
use crate::error::ErrorExt;
use crate::{Error, Result, error};

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
    /// yet is started first.
    ///
    /// # Errors
    ///
    /// `UNIMPLEMENTED` if the service cannot cancel it or the document has no method for it;
    /// otherwise the error of the call.
    pub async fn cancel(&mut self) -> Result<()> {
        if self.last.is_none() {
            self.ask(Action::Get).await?;
        }
        match self.request(Action::Cancel) {
            Some(request) => request.send_empty().await,
            None => Err(error::cannot_cancel(self.name_or_unknown())),
        }
    }

    /// Asks the service to cancel the operation, and waits for its end.
    ///
    /// # Errors
    ///
    /// If the cancellation could not be asked for, for another reason than `UNIMPLEMENTED`, or the
    /// operation's end could not be waited for. How the operation ended is no error of this call.
    pub async fn cancel_and_wait(mut self) -> Result<Cancellation<R, M>> {
        if let Err(error) = self.cancel().await {
            let unsupported = error
                .reported_status()
                .is_some_and(|status| status.code == Code::Unimplemented);
            return match unsupported {
                true => Ok(Cancellation::Unsupported(Box::new(self))),
                false => Err(error),
            };
        }
        loop {
            match self.step().await {
                Some(PollingResult::Completed(Ok(response))) => {
                    return Ok(Cancellation::Completed(response));
                }
                Some(PollingResult::Completed(Err(error))) => return self.ended_in(error),
                Some(PollingResult::PollingError(error)) if self.ended => return Err(error),
                Some(PollingResult::InProgress(_) | PollingResult::PollingError(_)) => {}
                None => return Err(error::operation("has ended, and its result was taken")),
            }
        }
    }

    /// An operation that failed, or one whose response cannot be read.
    fn ended_in(&self, error: Error) -> Result<Cancellation<R, M>> {
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
