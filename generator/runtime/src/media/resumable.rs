//! Uploads in steps, each of which can be repeated.
//!
//! The protocol is described for
//! [Cloud Storage](https://docs.cloud.google.com/storage/docs/performing-resumable-uploads) and for
//! [Drive](https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable):
//! a request with the metadata begins a session, whose URL takes the media by `PUT`. After any failure
//! the client queries how much the service has, and that reply alone decides what is sent next.

mod answer;
mod budget;
mod chunk;
mod confirmed;
mod feed;
mod session;
mod step;
mod transfer;
mod window;

use bytes::Bytes;
use http::HeaderValue;
use serde::de::DeserializeOwned;

use super::{IntoMedia, Media, Upload, meter::Meter, whole::answer};
use crate::{
    call::{
        payload::Payload,
        prepared::{Destination, Prepared},
        request::Request,
        response::{BodyUse, Response},
    },
    description::media::MediaUpload,
    error::{Result, invalid::Problem},
    request::headers,
};

use chunk::{CHUNK, GRANULE};
use feed::Feed;
pub use session::UploadSession;
use transfer::Transfer;

/// The protocol of an [`Upload`] that may go out in steps. Documents declare it for some methods.
///
/// Media of up to 8 MiB goes out in one request all the same, since a session takes two, unless
/// [`with_resumable`](Upload::with_resumable) says otherwise.
///
/// An upload that is to outlive its process begins its session before it sends anything:
///
/// ```no_run
/// # use discovery_runtime::{Media, Request, Result, Upload, UploadSession};
/// # async fn store(_: &str) {}
/// # async fn stored() -> String { String::new() }
/// # async fn example(request: Request) -> Result<()> {
/// let media = Media::from_path("video.mp4").await?;
/// let mut upload: Upload<serde_json::Value, _> = request.upload_resumable(media);
/// store(&upload.start().await?.to_string()).await;
/// upload.send().await?;
/// # Ok(())
/// # }
///
/// // After a restart:
/// # async fn again(request: Request) -> Result<()> {
/// let media = Media::from_path("video.mp4").await?;
/// let session: UploadSession = stored().await.parse()?;
/// let upload: Upload<serde_json::Value, _> = request.upload_resumable(media);
/// upload.with_session(session).send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Resumable {
    wanted: Option<bool>,
    chunk: Option<u64>,
    session: Option<UploadSession>,
    /// Set if the session was begun here, so that nothing was sent in it.
    is_new: bool,
}

impl Request {
    /// Uploads media along with the request's body, in steps.
    pub fn upload_resumable<R>(self, media: impl IntoMedia) -> Upload<R, Resumable> {
        Upload::new(self, media.into_media())
    }
}

impl<R, S> Upload<R, Resumable, S> {
    /// Uploads in steps, or in one request, whatever the size.
    ///
    /// Steps can be repeated after a broken connection, whereas an upload in one request is repeated
    /// only if the caller says that it may be made twice (`with_idempotency`). A time limit for
    /// attempts, if there is one, is for each step.
    pub fn with_resumable(mut self, resumable: bool) -> Self {
        self.protocol.wanted = Some(resumable);
        self
    }

    /// Sends the media in chunks of this many bytes, rounded up to a multiple of 256 KiB.
    ///
    /// By default a file, or bytes in memory, go out in one piece, since they can be read again from any
    /// position; and a reader or a stream in chunks of 8 MiB, two of which are held in memory.
    pub fn with_chunk_size(mut self, bytes: u64) -> Self {
        let granules = bytes.div_ceil(GRANULE).clamp(1, u64::MAX / GRANULE);
        self.protocol.chunk = Some(granules * GRANULE);
        self
    }

    /// Continues a session that was begun before, possibly by another process.
    ///
    /// The media has to be the same, and whole: the bytes that the service has are skipped. If the
    /// service does not know the session any more, the upload ends with
    /// [`MediaError::SessionLost`](crate::MediaError::SessionLost).
    pub fn with_session(mut self, session: UploadSession) -> Self {
        self.protocol.session = Some(session);
        self.protocol.is_new = false;
        self
    }

    /// Begins a session, which [`send`](Self::send) then continues, or another process by
    /// [`with_session`](Self::with_session).
    ///
    /// # Errors
    ///
    /// The errors of [`Request::send`]; and if the method does not take media of its size or type.
    pub async fn start(&mut self) -> Result<UploadSession> {
        let transfer = self.transfer(None, Meter::none())?;
        let session = transfer.start().await?;
        self.protocol.session = Some(session.clone());
        self.protocol.is_new = true;
        Ok(session)
    }

    /// Uploads the media and ignores the response's body, except for checksums.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), except that any body is accepted.
    pub async fn send_empty(self) -> Result<()> {
        self.transmit(BodyUse::Ignored, |_| Ok(())).await
    }

    async fn transmit<T>(
        mut self,
        reading: BodyUse,
        answer: impl Fn(Response) -> Result<T>,
    ) -> Result<T> {
        let small = self.media.length.is_some_and(|length| length <= CHUNK);
        let in_steps = self.protocol.wanted.unwrap_or(!small);
        if !in_steps && self.protocol.session.is_none() {
            return self.send_whole(reading, answer).await;
        }
        let upload = self
            .media_upload()
            .map_err(|problem| self.invalid(problem))?;
        let meter = self.meter(upload);
        let (source, checksums) = (self.media.source.clone(), self.checksums);
        let session = self.protocol.session.take();
        let transfer = self.transfer(session, meter.clone())?;
        let complete = |response: Response, length: Option<u64>| async move {
            // A session that was complete before does not show a reader's length.
            if length.is_some() {
                let body = &response.body;
                meter.finish(&source, length, checksums, body).await?;
            }
            answer(response)
        };
        transfer.run(reading, complete).await
    }

    fn transfer(&mut self, session: Option<UploadSession>, meter: Meter) -> Result<Transfer> {
        let mut request = self.request.clone();
        let json = request.take_json()?.filter(|json| json.as_ref() != b"{}");
        let upload = self
            .media_upload()
            .map_err(|problem| self.invalid(problem))?;
        let start =
            start(request, upload, json, &self.media).map_err(|problem| self.invalid(problem))?;
        let chunk = self.protocol.chunk;
        let feed = Feed::new(&self.media, chunk, upload.max_size(), meter.clone());
        Transfer::new(start, session, self.protocol.is_new, feed, meter)
    }
}

impl<R: DeserializeOwned, S> Upload<R, Resumable, S> {
    /// Uploads the media and reads the JSON of the response.
    ///
    /// Each step is repeated as the retry policy says; without one, up to ten times after any failure
    /// that may pass: a broken connection, a timeout, 408, 429, 500, 502, 503 and 504. A session that is
    /// lost is replaced, once, if it was not the caller's, the media can be read again, and its last
    /// byte had not been sent.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::send`]; and if the method does not take media of its size or type, the media
    /// cannot be read, or did not arrive as it was sent ([`MediaError`](crate::MediaError)).
    pub async fn send(self) -> Result<R> {
        let (method, service) = (self.request.method, self.request.client.service());
        let answer = |response| answer(service, method, response);
        self.transmit(BodyUse::Whole, answer).await
    }
}

/// The request that begins a session.
fn start(
    mut request: Request,
    upload: &'static MediaUpload,
    json: Option<Bytes>,
    media: &Media,
) -> Result<Prepared, Problem> {
    if !upload.resumable() {
        let message = "the method takes no upload in steps";
        return Err(Problem::Other(message.to_owned()));
    }
    request.set_query::<String>("uploadType", "resumable");
    let content_type = headers::value("x-upload-content-type", media.content_type())?;
    let body = json.map(|json| {
        let json_type = HeaderValue::from_static("application/json; charset=UTF-8");
        (json_type, Payload::Bytes(json))
    });
    let mut start = Prepared::new(request, &Destination::Upload(upload.path()), body)?;
    start.headers.insert("x-upload-content-type", content_type);
    if let Some(length) = media.length {
        start
            .headers
            .insert("x-upload-content-length", length.into());
    }
    Ok(start)
}
