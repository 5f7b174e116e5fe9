//! Operations that are started by uploads.
use super::{Poller, snapshot::OperationSnapshot};

use crate::{
    media::{Resumable, Upload},
    poller::operation::Operation,
};

impl Upload<Operation> {
    /// Uploads the media, and follows the operation that the upload starts.
    ///
    /// The response of the operation is [`Any`](crate::Any) unless
    /// [`with_response`](Poller::with_response) sets its type.
    pub fn poller(self) -> Poller {
        let started = self.request().clone();
        let upload = async { Ok(OperationSnapshot::from(self.send().await?)) };
        Poller::following(Some(Box::pin(upload)), started)
    }
}

impl Upload<Operation, Resumable> {
    /// Uploads the media, and follows the operation that the upload starts.
    ///
    /// The response of the operation is [`Any`](crate::Any) unless
    /// [`with_response`](Poller::with_response) sets its type.
    pub fn poller(self) -> Poller {
        let started = self.request().clone();
        let upload = async { Ok(OperationSnapshot::from(self.send().await?)) };
        Poller::following(Some(Box::pin(upload)), started)
    }
}
