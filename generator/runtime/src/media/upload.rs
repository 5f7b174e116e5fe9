//! Uploads.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use google_cloud_gax::options::{RequestOptions, internal::RequestBuilder};

use super::{
    checksum::{Checksums, Kinds},
    content::{IntoMedia, Media},
    meter::Meter,
    progress::{Callback, Progress},
    starts::Starts,
    types,
};
use crate::{
    call::request::Request,
    description::media::MediaUpload,
    error::{
        self, Result,
        invalid::{InvalidRequest, Problem},
    },
};

/// A request that uploads media, and returns an `R`.
///
/// Metadata and media go out in one `multipart/related` body; media alone as it is. An upload by the
/// protocol [`Resumable`](crate::Resumable) may also go out in steps. If the method starts an operation,
/// [`poller`](Self::poller) follows it, and `S` is its types.
///
/// An upload in one request that may have reached the service is not repeated, whatever the method,
/// unless the caller says by `with_idempotency` that it may be made twice.
///
/// Where the response holds checksums of the media (`crc32c`, `md5Hash`, `md5Checksum`), they are
/// compared with those of the bytes that were sent.
///
/// ```
/// use discovery_runtime::{Client, Media, Result, Upload};
/// # use discovery_runtime::{
/// #     Call, ClientBuilder, HttpMethod, MediaUpload, Method, Reply, Segment::*, Service, Transport,
/// # };
/// # static SERVICE: Service = Service::new("images", "v1", "https://images.example.com/");
/// static INSERT: Method = Method::new("images.insert", HttpMethod::Post, &[Literal("images")])
///     .with_upload(MediaUpload::new(&[Literal("upload/images")]).with_accept(&["image/*"]));
/// # #[derive(Debug)]
/// # struct Fake;
/// # impl Transport for Fake {
/// #     async fn send(&self, call: Call) -> Result<Reply> {
/// #         assert_eq!(call.into_body().collect().await?, "GIF89a");
/// #         Reply::json(&serde_json::json!({"name": "images/1"}))
/// #     }
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// # let client: Client = ClientBuilder::new(&SERVICE).with_transport(Fake).build().await?;
/// // A generated client has `with_media` for this.
/// let upload: Upload<serde_json::Value> = client
///     .request(&INSERT)
///     .upload(Media::from_bytes("GIF89a").with_content_type("image/gif"));
/// let image = upload.with_progress(|sent, total| println!("{sent} of {total:?}")).send().await?;
/// assert_eq!(image["name"], "images/1");
/// # Ok(())
/// # }
/// ```
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload<R, P = Simple, S = Starts> {
    pub(super) request: Request,
    pub(super) media: Media,
    pub(super) checksums: Checksums,
    pub(super) progress: Option<Callback>,
    pub(super) protocol: P,
    starts: S,
    response: PhantomData<fn() -> R>,
}

/// The protocol of an [`Upload`] that goes out in one request.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Simple {}

impl Request {
    /// Uploads media along with the request's body, which becomes the media's metadata.
    pub fn upload<R>(self, media: impl IntoMedia) -> Upload<R> {
        Upload::new(self, media.into_media())
    }
}

impl<R, P, S> Upload<R, P, S> {
    pub(crate) fn request(&self) -> &Request {
        &self.request
    }

    /// Replaces the types of the operation that it starts, and returns those it had.
    pub(crate) fn starting<T>(self, starts: impl FnOnce(&S) -> T) -> (S, Upload<R, P, T>) {
        let upload = Upload {
            request: self.request,
            media: self.media,
            checksums: self.checksums,
            progress: self.progress,
            protocol: self.protocol,
            starts: starts(&self.starts),
            response: PhantomData,
        };
        (self.starts, upload)
    }
}

impl<R, P: Default> Upload<R, P> {
    pub(super) fn new(request: Request, media: Media) -> Self {
        Self {
            request,
            media,
            checksums: Checksums::default(),
            progress: None,
            protocol: P::default(),
            starts: Starts::default(),
            response: PhantomData,
        }
    }
}

impl<R, P, S> Upload<R, P, S> {
    /// Sets the content type of the media, such as `image/png`.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.media = self.media.with_content_type(content_type);
        self
    }

    /// Sets which checksums are compared, if the response holds any.
    pub fn with_checksums(mut self, checksums: Checksums) -> Self {
        self.checksums = checksums;
        self
    }

    /// Reports how many bytes of the media were handed to the connection, and the total if it is known.
    ///
    /// The callback is called whenever that number has changed by 64 KiB and by a hundredth, and at
    /// the end. It goes back when bytes have to be sent again. It runs between two pieces of the media,
    /// so it should return at once.
    pub fn with_progress(
        mut self,
        callback: impl FnMut(u64, Option<u64>) + Send + 'static,
    ) -> Self {
        self.progress = Some(Box::new(callback));
        self
    }

    pub(super) fn invalid(&self, problem: Problem) -> error::Error {
        let id = self.request.method.id();
        error::invalid_request(InvalidRequest::new(id, problem))
    }

    /// Takes the metadata of the media, if there is any.
    pub(super) fn metadata(&mut self) -> Result<Option<Bytes>> {
        let json = self.request.take_json()?;
        Ok(json.filter(|json| json.as_ref() != b"{}"))
    }

    /// Returns how the method takes media.
    ///
    /// # Errors
    ///
    /// If it does not take this media.
    pub(super) fn media_upload(&self) -> Result<&'static MediaUpload, Problem> {
        let Some(upload) = self.request.method.upload() else {
            return Err(Problem::Other("the method takes no media".to_owned()));
        };
        check(upload, &self.media)?;
        Ok(upload)
    }

    pub(super) fn meter(&mut self, upload: &MediaUpload) -> Meter {
        let kinds = Kinds::of_upload(self.checksums, upload.response_md5());
        let progress = self.progress.take().map(Progress::new);
        Meter::new(kinds, self.media.length, progress)
    }
}

impl<R, P, S> RequestBuilder for Upload<R, P, S> {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.request.options()
    }
}

impl<R, P: fmt::Debug, S> fmt::Debug for Upload<R, P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("request", &self.request)
            .field("media", &self.media)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

/// Checks the type and the size of media, before a byte is sent.
fn check(upload: &MediaUpload, media: &Media) -> Result<(), Problem> {
    let content_type = media.content_type();
    if !types::accepts(upload.accept(), content_type) {
        return Err(Problem::Other(format!(
            "the media is `{content_type}`, but the method accepts only {}",
            upload.accept().join(", ")
        )));
    }
    if let (Some(length), Some(limit)) = (media.length, upload.max_size())
        && length > limit
    {
        return Err(Problem::Other(format!(
            "the media has {length} bytes, but the method takes at most {limit}"
        )));
    }
    Ok(())
}
