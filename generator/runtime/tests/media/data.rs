//! Media, methods and clients of the tests.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use discovery_runtime::{
    Bytes, Client, ClientBuilder, DownloadVia, HttpMethod, Media, MediaUpload, Method, Request,
    Segment::{Literal, Variable},
};
use google_cloud_gax::retry_throttler::RetryThrottlerArg;
use tokio::io::{AsyncRead, ReadBuf};

use crate::support::{
    SERVICE, anonymous,
    fake::{Fixed, Patient},
};

/// 256 KiB, the unit of chunks.
pub(crate) const UNIT: u64 = 262_144;
/// The media of most tests: three chunks and a part of one.
pub(crate) const SIZE: u64 = 900_000;

pub(crate) static INSERT: Method = Method::new(
    "storage.objects.insert",
    HttpMethod::Post,
    &[Literal("b/"), Variable("bucket"), Literal("/o")],
)
.with_upload(
    MediaUpload::new(&[Literal("upload/b/"), Variable("bucket"), Literal("/o")])
        .with_multipart(true)
        .with_resumable(true),
);
pub(crate) static GET: Method = Method::new(
    "storage.objects.get",
    HttpMethod::Get,
    &[
        Literal("b/"),
        Variable("bucket"),
        Literal("/o/"),
        Variable("object"),
    ],
)
.with_download(DownloadVia::Service);

/// Bytes that do not repeat, so that a piece in the wrong place is detected.
pub(crate) fn bytes(size: u64) -> Bytes {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..size).map(|_| next()).collect()
}

/// A client that does not wait between attempts.
pub(crate) fn builder(url: &str) -> ClientBuilder<Client> {
    ClientBuilder::new(&SERVICE)
        .with_endpoint(url)
        .with_credentials(anonymous())
        .with_backoff_policy(Fixed(Duration::ZERO))
        .with_retry_throttler(RetryThrottlerArg::from(Patient))
}

pub(crate) async fn insert(url: &str) -> Request {
    let client = builder(url).build().await.unwrap();
    client
        .request(&INSERT)
        .path("bucket", "mine")
        .query("name", "a")
}

/// The source of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Memory,
    File,
    Reader,
    Stream,
    ReaderOfUnknownLength,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Memory,
        Self::File,
        Self::Reader,
        Self::Stream,
        Self::ReaderOfUnknownLength,
    ];

    pub(crate) fn is_rewindable(self) -> bool {
        matches!(self, Self::Memory | Self::File)
    }

    pub(crate) fn has_length(self) -> bool {
        self != Self::ReaderOfUnknownLength
    }

    pub(crate) async fn media(self, folder: &tempfile::TempDir, bytes: &Bytes) -> Media {
        let length = Some(bytes.len() as u64);
        match self {
            Self::Memory => Media::from_bytes(bytes.clone()),
            Self::File => {
                let path = folder.path().join("media");
                std::fs::write(&path, bytes).unwrap();
                Media::from_path(path).await.unwrap()
            }
            Self::Reader => Media::from_reader(Slow(bytes.clone()), length),
            Self::ReaderOfUnknownLength => Media::from_reader(Slow(bytes.clone()), None),
            Self::Stream => {
                let (bytes, turn) = (bytes.clone(), 0);
                Media::from_stream(Chopped { bytes, turn }, length)
            }
        }
    }
}

/// A reader that yields odd pieces.
pub(crate) struct Slow(pub(crate) Bytes);

impl AsyncRead for Slow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let size = buffer.remaining().min(self.0.len()).min(54_321);
        buffer.put_slice(&self.0.split_to(size));
        Poll::Ready(Ok(()))
    }
}

/// A stream of odd pieces, every third of them empty.
struct Chopped {
    bytes: Bytes,
    turn: usize,
}

impl futures_core::Stream for Chopped {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        self.turn += 1;
        let size = [0, 1, 99_999][self.turn % 3].min(self.bytes.len());
        Poll::Ready(Some(Ok(self.bytes.split_to(size))))
    }
}

type Positions = Vec<(u64, Option<u64>)>;

/// The positions that a callback for progress was given.
#[derive(Clone, Default)]
pub(crate) struct ProgressLog(Arc<Mutex<Positions>>);

impl ProgressLog {
    pub(crate) fn callback(&self) -> impl FnMut(u64, Option<u64>) + Send + 'static {
        let log = self.0.clone();
        move |position, total| log.lock().unwrap().push((position, total))
    }

    pub(crate) fn all(&self) -> Positions {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn positions(&self) -> Vec<u64> {
        self.all()
            .into_iter()
            .map(|(position, _)| position)
            .collect()
    }
}
