//! Downloads.

mod answer;
mod asking;
mod file;
mod range;
mod resuming;
mod stream;

use std::{fmt, ops::RangeBounds, path::Path, sync::Arc};

use bytes::Bytes;
use google_cloud_gax::options::{RequestOptions, internal::RequestBuilder};
use http::{HeaderValue, header};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tracing::Instrument as _;

use super::{
    Checksums,
    progress::{Callback, Progress},
};
use crate::{
    call::{
        prepared::{Destination, Prepared},
        request::Request,
        trace,
    },
    error::{
        self, MediaError, Result,
        invalid::{InvalidRequest, Problem},
    },
};

use file::FileSink;
use range::Part;
pub use stream::MediaStream;

/// A request that is answered by media.
///
/// A download that breaks off goes on where it stopped, as often as the retry policy says; without
/// one, up to ten times in a row after whatever may pass: a broken connection, a timeout, 408, 429,
/// 500, 502, 503 and 504. It never puts two versions together: if the service tells versions apart,
/// by `ETag` or `x-goog-generation`, and the media was replaced meanwhile, the download ends with
/// [`MediaError::Changed`].
///
/// Where the service sends checksums along (`x-goog-hash`), they are compared with those of what
/// came, unless that is but a part, or was decompressed by the service on its way.
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
#[must_use]
pub struct Download {
    request: Request,
    part: Result<Part, String>,
    checksums: Checksums,
    progress: Option<Callback>,
}

impl Request {
    /// Asks for the media instead of its metadata.
    pub fn download(self) -> Download {
        Download {
            request: self,
            part: Ok(Part::default()),
            checksums: Checksums::default(),
            progress: None,
        }
    }
}

impl Download {
    /// Asks for a part of the media, in bytes: `..1024`, `1024..4096` or `4096..`. If the media
    /// ends before the part does, less comes.
    pub fn with_range(mut self, range: impl RangeBounds<u64>) -> Self {
        self.part = Part::new(range);
        self
    }

    /// Says which checksums are compared, if the service sends any.
    pub fn with_checksums(mut self, checksums: Checksums) -> Self {
        self.checksums = checksums;
        self
    }

    /// Tells how many bytes came, and how many will in all if that is known.
    ///
    /// The callback is called whenever the number has grown by 64 KiB and by a hundredth, and at the
    /// end. It runs between two pieces of the media, so it should take no time.
    pub fn with_progress(
        mut self,
        callback: impl FnMut(u64, Option<u64>) + Send + 'static,
    ) -> Self {
        self.progress = Some(Box::new(callback));
        self
    }

    /// Asks for the media, which then comes piece by piece.
    ///
    /// # Errors
    ///
    /// Those of [`Request::send`]; and if the method has no media.
    pub async fn send(self) -> Result<MediaStream> {
        let id = self.request.method.id();
        let (checksums, progress) = (self.checksums, self.progress);
        let (request, part) = prepare(self.request, self.part)
            .map_err(|problem| error::invalid_request(InvalidRequest::new(id, problem)))?;
        let span = request.span();
        let progress = progress.map(Progress::new);
        let open = MediaStream::open(Arc::new(request), part, checksums, progress);
        let result = open.instrument(span.clone()).await;
        trace::ended(&span, result.as_ref().map(MediaStream::status));
        result
    }

    /// Reads the media into memory, if it has at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) and [`MediaStream::next`]; and [`MediaError::TooLarge`].
    pub async fn to_bytes(self, limit: usize) -> Result<Bytes> {
        let too_large = || error::media(MediaError::TooLarge { limit });
        let mut stream = self.send().await?;
        let expected = stream.length().map(usize::try_from);
        let expected = expected.transpose().map_err(|_| too_large())?;
        if expected.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let mut all = Vec::new();
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            if piece.len() > limit - all.len() {
                return Err(too_large());
            }
            // By as much as came, not by as much as was promised.
            all.extend_from_slice(&piece);
        }
        Ok(all.into())
    }

    /// Writes the media, and says how many bytes it has.
    ///
    /// What comes before an error is written all the same; and a checksum is known to be wrong only
    /// at the end.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) and [`MediaStream::next`]; and if it cannot be written.
    pub async fn to_writer(self, mut writer: impl AsyncWrite + Unpin) -> Result<u64> {
        let mut stream = self.send().await?;
        while let Some(piece) = stream.next().await {
            writer.write_all(&piece?).await.map_err(unwritable)?;
        }
        writer.flush().await.map_err(unwritable)?;
        Ok(stream.received())
    }

    /// Writes the media to a file, and says how many bytes it has.
    ///
    /// The file appears, in place of any that has the name, when all of it is there and its
    /// checksum is right. Until then the bytes are in a file beside it, which is removed if the
    /// download fails or is dropped.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) and [`MediaStream::next`]; and if the file cannot be written.
    pub async fn to_path(self, path: impl AsRef<Path>) -> Result<u64> {
        let mut stream = self.send().await?;
        let mut sink = FileSink::create(path.as_ref()).await?;
        match sink.fill(&mut stream).await {
            Ok(()) => sink.finish().await?,
            Err(error) => {
                sink.discard().await;
                return Err(error);
            }
        }
        Ok(stream.received())
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

fn prepare(mut request: Request, part: Result<Part, String>) -> Result<(Prepared, Part), Problem> {
    let part = part.map_err(Problem::Other)?;
    let Some(path) = request.method.download() else {
        return Err(Problem::Other("the method has no media".to_owned()));
    };
    request.set_query("alt", "media");
    let mut request = Prepared::new(request, &Destination::Download(path), None)?;
    // Offsets and checksums are those of the bytes as they are.
    let identity = HeaderValue::from_static("identity");
    request.headers.insert(header::ACCEPT_ENCODING, identity);
    Ok((request, part))
}

fn unwritable(source: std::io::Error) -> error::Error {
    let message = format!("because the media cannot be written: {source}");
    error::deserialization(std::io::Error::new(source.kind(), message))
}
