//! Operations that are started by media.

use serde::de::DeserializeOwned;

use super::{Poller, operation::Operation, snapshot::OperationSnapshot};
use crate::{
    error::Result,
    json::any::Any,
    media::{Resumable, Simple, Starts, Upload},
};

impl<P, R, M> Upload<Operation, P, Starts<R, M>> {
    /// Reads the response of the operation as this type.
    pub fn with_response<T: DeserializeOwned>(self) -> Upload<Operation, P, Starts<T, M>> {
        let typed = |starts: &Starts<R, M>| Starts {
            response: Any::unpack,
            metadata: starts.metadata,
        };
        self.starting(typed).1
    }

    /// Reads the metadata of the operation as this type.
    pub fn with_metadata<T: DeserializeOwned>(self) -> Upload<Operation, P, Starts<R, T>> {
        let typed = |starts: &Starts<R, M>| Starts {
            response: starts.response,
            metadata: Any::unpack,
        };
        self.starting(typed).1
    }
}

impl<R, M> Upload<Operation, Simple, Starts<R, M>> {
    /// Uploads the media, and follows the operation that this starts to its end.
    pub fn poller(self) -> Poller<R, M> {
        following(self, Upload::<Operation>::send)
    }
}

impl<R, M> Upload<Operation, Resumable, Starts<R, M>> {
    /// Uploads the media, and follows the operation that this starts to its end.
    pub fn poller(self) -> Poller<R, M> {
        following(self, Upload::<Operation, Resumable>::send)
    }
}

fn following<P, R, M, F>(
    upload: Upload<Operation, P, Starts<R, M>>,
    send: impl FnOnce(Upload<Operation, P>) -> F,
) -> Poller<R, M>
where
    F: Future<Output = Result<Operation>> + Send + 'static,
{
    let request = upload.request().clone();
    let (starts, upload) = upload.starting(|_| Starts::default());
    let sent = send(upload);
    let first = async { Ok(OperationSnapshot::from(sent.await?)) };
    Poller::following(Some(Box::pin(first)), request).decoding(starts.response, starts.metadata)
}
