//! The body of a request, opened anew for each attempt.

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    fs::File,
    io::{AsyncRead, ReadBuf},
};

use crate::{
    Error, Result, error,
    transport::{Body, Content},
};

/// How much of a reader is held in memory, in bytes.
const CHUNK: usize = 64 * 1024;

type BoxReader = Pin<Box<dyn AsyncRead + Send>>;

/// Where media comes from.
pub(crate) enum Source {
    Bytes(Bytes),
    File(PathBuf),
    /// Empty once reading has begun.
    Reader(Arc<Mutex<Option<BoxReader>>>),
}

/// The body of a request: bytes, or media between two pieces of a multipart envelope.
pub(crate) enum Payload {
    Bytes(Bytes),
    Media {
        head: Bytes,
        source: Source,
        length: Option<u64>,
        limit: Option<u64>,
        tail: Bytes,
    },
}

impl Payload {
    /// Whether it can be sent once more.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Media {
                source: Source::Reader(slot),
                ..
            } => slot
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some(),
            _ => true,
        }
    }

    /// The body of one attempt.
    pub(crate) async fn open(&self) -> Result<Body> {
        match self {
            Self::Bytes(bytes) => Ok(Body::from_bytes(bytes.clone())),
            Self::Media {
                head,
                source,
                length,
                limit,
                tail,
            } => {
                let media = Exact {
                    media: source.open().await.map_err(error::serialization)?,
                    seen: 0,
                    length: *length,
                    limit: *limit,
                };
                let around = [head, tail].map(|part| u64::try_from(part.len()).unwrap_or(u64::MAX));
                Ok(Body {
                    length: length
                        .map(|length| around.iter().fold(length, |a, b| a.saturating_add(*b))),
                    content: Content::Stream(Box::pin(Envelope {
                        head: Some(head.clone()),
                        media: Some(media),
                        tail: Some(tail.clone()),
                    })),
                })
            }
        }
    }
}

pub(super) async fn metadata(path: &Path) -> io::Result<Metadata> {
    let metadata = tokio::fs::metadata(path)
        .await
        .map_err(|source| named(path, &source))?;
    if metadata.is_file() {
        return Ok(metadata);
    }
    Err(named(path, &io::Error::other("it is no file")))
}

fn named(path: &Path, source: &io::Error) -> io::Error {
    let message = format!("because {} cannot be read: {source}", path.display());
    io::Error::new(source.kind(), message)
}

impl Source {
    async fn open(&self) -> io::Result<Pieces> {
        Ok(match self {
            Self::Bytes(bytes) => Pieces::Bytes(Some(bytes.clone())),
            Self::File(path) => {
                let file = File::open(path)
                    .await
                    .map_err(|source| named(path, &source))?;
                Pieces::Reader(Arc::new(Mutex::new(Some(Box::pin(file)))), None)
            }
            Self::Reader(slot) => Pieces::Reader(slot.clone(), None),
        })
    }
}

/// Media in pieces.
enum Pieces {
    Bytes(Option<Bytes>),
    /// The reader is taken from its slot when the first piece is asked for, so that an attempt
    /// which never got that far leaves it to the next.
    Reader(Arc<Mutex<Option<BoxReader>>>, Option<BoxReader>),
}

impl Pieces {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let (slot, reader) = match self {
            Self::Bytes(bytes) => return Poll::Ready(bytes.take().map(Ok)),
            Self::Reader(slot, reader) => (slot, reader),
        };
        if reader.is_none() {
            *reader = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        let Some(reader) = reader else {
            return Poll::Ready(Some(Err(io::Error::other(
                "because its media was read before",
            ))));
        };
        let mut chunk = vec![0; CHUNK];
        let mut buffer = ReadBuf::new(&mut chunk);
        if let Err(error) = ready!(reader.as_mut().poll_read(context, &mut buffer)) {
            let message = format!("because its media cannot be read: {error}");
            return Poll::Ready(Some(Err(io::Error::new(error.kind(), message))));
        }
        let filled = buffer.filled().len();
        chunk.truncate(filled);
        Poll::Ready((filled > 0).then(|| Ok(Bytes::from(chunk))))
    }
}

/// Media of the length that was announced, and not above the limit.
struct Exact {
    media: Pieces,
    seen: u64,
    length: Option<u64>,
    limit: Option<u64>,
}

impl Exact {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let piece = ready!(self.media.poll_piece(context));
        if let Some(Ok(piece)) = &piece {
            self.seen = self
                .seen
                .saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        }
        let seen = self.seen;
        let wrong = match (self.length, self.limit) {
            (Some(length), _) if seen > length => {
                format!("because the media is longer than the {length} bytes that were announced")
            }
            (Some(length), _) if piece.is_none() && seen < length => {
                format!(
                    "because the media ended after {seen} of the {length} bytes that were announced"
                )
            }
            (_, Some(limit)) if seen > limit => {
                format!(
                    "because the media is larger than {limit} bytes, which is all the method takes"
                )
            }
            _ => return Poll::Ready(piece),
        };
        match piece {
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            _ => Poll::Ready(Some(Err(io::Error::other(wrong)))),
        }
    }
}

/// Media between what stands before and after it.
struct Envelope {
    head: Option<Bytes>,
    media: Option<Exact>,
    tail: Option<Bytes>,
}

impl Stream for Envelope {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(head) = self.head.take().filter(|head| !head.is_empty()) {
            return Poll::Ready(Some(Ok(head)));
        }
        if let Some(media) = &mut self.media {
            match ready!(media.poll_piece(context)) {
                Some(Ok(piece)) => return Poll::Ready(Some(Ok(piece))),
                Some(Err(error)) => {
                    (self.media, self.tail) = (None, None);
                    return Poll::Ready(Some(Err(error::serialization(error))));
                }
                None => self.media = None,
            }
        }
        let tail = self.tail.take().filter(|tail| !tail.is_empty());
        Poll::Ready(tail.map(Ok))
    }
}
