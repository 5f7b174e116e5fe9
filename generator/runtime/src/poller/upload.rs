//! Operations that are started by media.
use super::Poller;
use super::reading::Reading;

use crate::{
    media::{Resumable, Upload},
    poller::operation::Operation,
};

impl Upload<Operation> {
    /// Uploads the media, and follows the operation that this starts to its end.
    ///
    /// What the operation makes is [`Any`](crate::Any) until
    /// [`with_response`](Poller::with_response) says more.
    pub fn poller(self) -> Poller {
        let started = self.request().clone();
        let upload = async { Ok(Reading::from(self.send().await?)) };
        Poller::following(Some(Box::pin(upload)), started)
    }
}

impl Upload<Operation, Resumable> {
    /// Uploads the media, and follows the operation that this starts to its end.
    ///
    /// What the operation makes is [`Any`](crate::Any) until
    /// [`with_response`](Poller::with_response) says more.
    pub fn poller(self) -> Poller {
        let started = self.request().clone();
        let upload = async { Ok(Reading::from(self.send().await?)) };
        Poller::following(Some(Box::pin(upload)), started)
    }
}
