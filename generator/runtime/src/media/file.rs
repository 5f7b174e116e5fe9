//! Files, as sources of media.

use std::{
    fs::{File, Metadata},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::SystemTime,
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::length::length_of;

/// The number of bytes that are read at once: enough to make the change of threads cheap.
const PIECE: u64 = 256 * 1024;

/// A file as it was when the upload was created.
#[derive(Debug)]
pub(super) struct FileSource {
    path: PathBuf,
    length: u64,
    modified: Option<SystemTime>,
}

impl FileSource {
    pub(super) async fn find(path: &Path) -> io::Result<Self> {
        let path = path.to_owned();
        blocking(move || match inspect(std::fs::metadata(&path)) {
            Ok((length, modified)) => Ok(Self {
                path,
                length,
                modified,
            }),
            Err(error) => Err(named(&path, &error)),
        })
        .await
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads at most `length` bytes from `offset` on. Each attempt at an upload opens the file, which
    /// must be the same one.
    pub(super) async fn open(self: &Arc<Self>, offset: u64, length: u64) -> io::Result<FilePieces> {
        let source = self.clone();
        let file = blocking(move || {
            let open = || {
                // Before it is opened: some other kinds of files block whoever opens them.
                source.check(std::fs::metadata(&source.path))?;
                let mut file = File::open(&source.path)?;
                source.check(file.metadata())?;
                file.seek(SeekFrom::Start(offset))?;
                Ok(file)
            };
            open().map_err(|error| named(&source.path, &error))
        })
        .await?;
        Ok(FilePieces {
            file: Arc::new(file),
            source: self.clone(),
            left: length,
            reading: None,
        })
    }

    /// Checks that the file is still as it was.
    fn check(&self, metadata: io::Result<Metadata>) -> io::Result<()> {
        if inspect(metadata)? == (self.length, self.modified) {
            return Ok(());
        }
        Err(io::Error::other("it changed after the upload was made"))
    }

    /// Reads the next piece. After the last one the file is checked once more, by its open handle: it
    /// may have been overwritten in place while it was sent.
    fn read(&self, mut file: &File, size: u64, is_last: bool) -> io::Result<Bytes> {
        let mut piece = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        file.by_ref().take(size).read_to_end(&mut piece)?;
        if is_last || length_of(&piece) < size {
            self.check(file.metadata())?;
        }
        Ok(piece.into())
    }
}

/// Returns the length of a file, and when it was modified.
fn inspect(metadata: io::Result<Metadata>) -> io::Result<(u64, Option<SystemTime>)> {
    let metadata = metadata?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok((metadata.len(), metadata.modified().ok()))
}

/// The pieces of a file, the next of which is read while the last is sent.
pub(super) struct FilePieces {
    file: Arc<File>,
    source: Arc<FileSource>,
    left: u64,
    reading: Option<JoinHandle<io::Result<Bytes>>>,
}

impl FilePieces {
    fn read_ahead(&mut self) {
        let size = self.left.min(PIECE);
        self.left -= size;
        if size > 0 {
            let (file, source, is_last) = (self.file.clone(), self.source.clone(), self.left == 0);
            self.reading = Some(spawn_blocking(move || source.read(&file, size, is_last)));
        }
    }
}

impl Stream for FilePieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.reading.is_none() {
            self.read_ahead();
        }
        let Some(reading) = &mut self.reading else {
            return Poll::Ready(None);
        };
        let piece = ready!(Pin::new(reading).poll(context));
        self.reading = None;
        match piece.map_err(io::Error::other).flatten() {
            Ok(piece) if piece.is_empty() => {
                self.left = 0;
                Poll::Ready(None)
            }
            Ok(piece) => {
                self.read_ahead();
                Poll::Ready(Some(Ok(piece)))
            }
            Err(error) => {
                self.left = 0;
                Poll::Ready(Some(Err(named(&self.source.path, &error))))
            }
        }
    }
}

/// Runs blocking work on a thread of its own.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

fn named(path: &Path, source: &io::Error) -> io::Error {
    let message = format!("because {} cannot be read: {source}", path.display());
    io::Error::new(source.kind(), message)
}
