//! Downloads.

mod attempt;
mod file;
mod named;
mod opening;
mod options;
mod range;
mod redirect;
mod resuming;
mod stream;
mod version;

use std::{fmt, ops::RangeBounds, path::Path, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::{RequestOptions, internal::RequestBuilder};
use http::HeaderValue;
use reqwest::Url;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tracing::Instrument as _;

use super::{checksum::Checksums, length::length_of};
use crate::{
    call::{
        payload::Payload,
        prepared::{Destination, Prepared, body},
        request::Request,
        trace,
    },
    error::{
        self, Error, MediaError, Result,
        invalid::{InvalidRequest, Problem},
    },
};

use file::FileSink;
use options::Options;
use range::Part;
pub use stream::MediaStream;

/// A request for media.
///
/// The bytes are those that the service stores: an object that is stored compressed comes compressed,
/// unless [`with_decompression`](Self::with_decompression) says otherwise. Offsets, lengths and
/// checksums are of those bytes.
///
/// A download that breaks off goes on where it stopped, as often as the retry policy says; without
/// one, up to ten times in a row after any failure that may pass: a broken connection, a timeout, 408,
/// 429, 500, 502, 503 and 504. It never joins two versions: if the service distinguishes versions, by
/// `ETag`, `x-goog-generation`, `Last-Modified` or the length, and the media was replaced meanwhile,
/// the download ends with [`MediaError::Changed`].
///
/// A few redirects are followed, over TLS, and without credentials to another host.
///
/// Where the service sends checksums along (`x-goog-hash`), they are compared with those of the media,
/// unless only a part of it was requested or the service decompressed it.
///
/// ```
/// use discovery_runtime::{Client, DownloadVia, HttpMethod, Method, Result, Segment::*};
/// # use discovery_runtime::{Call, ClientBuilder, Reply, Service, Transport};
/// # static SERVICE: Service = Service::new("images", "v1", "https://images.example.com/");
/// static GET: Method =
///     Method::new("images.get", HttpMethod::Get, &[Reserved("name")])
///         .with_download(DownloadVia::Service);
/// # #[derive(Debug)]
/// # struct Fake;
/// # impl Transport for Fake {
/// #     async fn send(&self, call: Call) -> Result<Reply> {
/// #         assert!(call.url().starts_with("https://images.example.com/download/images/1?alt=media"));
/// #         Ok(Reply::new(200).with_body("GIF89a"))
/// #     }
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// # let client: Client = ClientBuilder::new(&SERVICE).with_transport(Fake).build().await?;
/// let request = client.request(&GET).path("name", "images/1");
/// # let file = tempfile::NamedTempFile::new().unwrap();
/// # let path = file.path();
/// let bytes = request.clone().download().to_path(path).await?;
/// assert_eq!(bytes, 6);
///
/// let mut stream = request.download().send().await?;
/// while let Some(piece) = stream.next().await {
///     assert_eq!(piece?, "GIF89a");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a download does nothing until it is sent"]
pub struct Download {
    request: Request,
    /// The URL, if that is not the method's.
    url: Option<Result<Url, String>>,
    part: Option<Result<Part, String>>,
    options: Options,
}

impl Request {
    /// Requests the media instead of its metadata.
    pub fn download(self) -> Download {
        Download::new(self, None)
    }
}

impl Download {
    pub(super) fn new(request: Request, url: Option<Result<Url, String>>) -> Self {
        Self {
            request,
            url,
            part: None,
            options: Options::default(),
        }
    }

    /// Requests a part of the media, in bytes: `..1024`, `1024..4096` or `4096..`. If the media ends
    /// before the part does, less comes.
    pub fn with_range(mut self, range: impl RangeBounds<u64>) -> Self {
        self.part = Some(Part::new(range));
        self
    }

    /// Sets which checksums are compared, if the service sends any.
    pub fn with_checksums(mut self, checksums: Checksums) -> Self {
        self.options.checksums = checksums;
        self
    }

    /// Decompresses media that is stored with `Content-Encoding: gzip`. A part of such media can be
    /// decompressed only if it begins at the beginning.
    ///
    /// Progress, [`MediaStream::length`] and checksums remain those of the bytes that are stored.
    pub fn with_decompression(mut self, decompress: bool) -> Self {
        self.options.decompress = decompress;
        self
    }

    /// Reports how many bytes have come, and how many will in all if that is known.
    ///
    /// The callback is called whenever the number has grown by 64 KiB and by a hundredth, and at the
    /// end. It runs between two pieces of the media, so it should return at once.
    pub fn with_progress(
        mut self,
        callback: impl FnMut(u64, Option<u64>) + Send + 'static,
    ) -> Self {
        self.options.progress = Some(Box::new(callback));
        self
    }

    /// Sends the request, and returns the media piece by piece.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::send`]; and if the method has no media, or the service sends something
    /// else ([`MediaError`]).
    pub async fn send(self) -> Result<MediaStream> {
        let id = self.request.method.id();
        let mut request = self.request;
        let body = body(&mut request)?;
        let (request, part) = prepare(request, body, self.url, self.part)
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))?;
        let span = request.span();
        let open = MediaStream::open(Arc::new(request), part, self.options);
        let result = open.instrument(span.clone()).await;
        trace::ended(&span, result.as_ref().map(MediaStream::status));
        result
    }

    /// Reads the media into memory, if it has at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Self::send) and [`MediaStream::next`]; and [`MediaError::TooLarge`].
    pub async fn to_bytes(self, limit: usize) -> Result<Bytes> {
        let too_large = || error::media(MediaError::TooLarge { limit });
        let mut stream = self.send().await?;
        let expected = stream.length().filter(|_| !stream.is_decompressed());
        let expected = expected.map(usize::try_from).transpose();
        let expected = expected.map_err(|_| too_large())?;
        if expected.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let mut all = Vec::new();
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            if piece.len() > limit - all.len() {
                return Err(too_large());
            }
            // Grows by what came, not by what was announced.
            all.extend_from_slice(&piece);
        }
        Ok(all.into())
    }

    /// Writes the media, and returns how many bytes were written.
    ///
    /// Bytes that came before an error have been written; and a wrong checksum is found only at the
    /// end.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Self::send) and [`MediaStream::next`]; and if it cannot be written.
    pub async fn to_writer(self, mut writer: impl AsyncWrite + Unpin) -> Result<u64> {
        let mut stream = self.send().await?;
        let mut written = 0_u64;
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            writer.write_all(&piece).await.map_err(unwritable)?;
            written = written.saturating_add(length_of(&piece));
        }
        writer.flush().await.map_err(unwritable)?;
        Ok(written)
    }

    /// Writes the media to a file, and returns how many bytes it has.
    ///
    /// The file appears, in place of any that has the name and with its permissions, once it is
    /// complete and its checksum is right. Until then the bytes are in a file beside it, which is
    /// removed if the download fails or is dropped.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Self::send) and [`MediaStream::next`]; and if the file cannot be written, or
    /// something other than a file has its name, before anything is sent.
    pub async fn to_path(self, path: impl AsRef<Path>) -> Result<u64> {
        let mut sink = FileSink::create(path.as_ref()).await?;
        let filled = async {
            let mut stream = self.send().await?;
            sink.fill(&mut stream).await
        };
        match filled.await {
            Ok(length) => {
                sink.finish().await?;
                Ok(length)
            }
            Err(error) => {
                sink.discard().await;
                Err(error)
            }
        }
    }
}

impl RequestBuilder for Download {
    fn request_options(&mut self) -> &mut RequestOptions {
        self.request.options()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("request", &self.request)
            .field("part", &self.part)
            .finish_non_exhaustive()
    }
}

fn prepare(
    mut request: Request,
    body: Option<(HeaderValue, Payload)>,
    url: Option<Result<Url, String>>,
    part: Option<Result<Part, String>>,
) -> Result<(Prepared, Option<Part>), Problem> {
    let part = part.transpose().map_err(Problem::Other)?;
    let destination = match (url, request.method.download()) {
        (Some(url), _) => Destination::Url(url.map_err(Problem::Other)?),
        (None, Some(via)) => {
            request.set_query::<String>("alt", "media");
            Destination::Download(via)
        }
        (None, None) => return Err(Problem::Other("the method has no media".to_owned())),
    };
    Ok((Prepared::new(request, &destination, body)?, part))
}

fn unwritable(source: std::io::Error) -> Error {
    let message = format!("because the media cannot be written: {source}");
    error::deserialization(std::io::Error::new(source.kind(), message))
}
