//! A file that appears when all of it is there.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::MediaStream;
use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::{
    error::{self, Result},
    media::{file::blocking, random::random},
};

/// How much is written at once, in bytes; the next as much is collected meanwhile.
const BATCH: usize = 512 * 1024;

/// Writes a file beside the one that is meant.
pub(super) struct FileSink {
    target: Arc<Path>,
    writing: Writing,
    collected: Vec<Bytes>,
    size: usize,
}

enum Writing {
    Idle(Partial),
    Busy(JoinHandle<io::Result<Partial>>),
    Failed,
}

impl FileSink {
    pub(super) async fn create(target: &Path) -> Result<Self> {
        let target: Arc<Path> = target.into();
        let beside = target.clone();
        let partial = blocking(move || Partial::beside(&beside)).await;
        Ok(Self {
            writing: Writing::Idle(partial.map_err(|error| unwritable(&target, &error))?),
            target,
            collected: Vec::new(),
            size: 0,
        })
    }

    /// Takes all that comes.
    pub(super) async fn fill(&mut self, stream: &mut MediaStream) -> Result<()> {
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            self.size = self.size.saturating_add(piece.len());
            self.collected.push(piece);
            if self.size >= BATCH {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Gives the file its name.
    pub(super) async fn finish(mut self) -> Result<()> {
        self.flush().await?;
        let partial = self.idle().await?;
        let target = self.target.clone();
        blocking(move || partial.persist(&target))
            .await
            .map_err(|error| unwritable(&self.target, &error))
    }

    /// Removes what was written, which is gone when this returns.
    pub(super) async fn discard(mut self) {
        let partial = self.idle().await;
        // Not waited for in vain: it cannot fail in a way that anybody could mend.
        let _ = blocking(move || {
            drop(partial);
            Ok(())
        })
        .await;
    }

    /// Begins to write what was collected, when what was before is written.
    async fn flush(&mut self) -> Result<()> {
        let mut partial = self.idle().await?;
        let pieces = std::mem::take(&mut self.collected);
        self.size = 0;
        self.writing = Writing::Busy(spawn_blocking(move || {
            for piece in pieces {
                partial.file.write_all(&piece)?;
            }
            Ok(partial)
        }));
        Ok(())
    }

    async fn idle(&mut self) -> Result<Partial> {
        let written = match &mut self.writing {
            Writing::Busy(writing) => writing.await.map_err(io::Error::other).flatten(),
            Writing::Idle(_) | Writing::Failed => Err(io::Error::other("an earlier write failed")),
        };
        match std::mem::replace(&mut self.writing, Writing::Failed) {
            Writing::Idle(partial) => Ok(partial),
            _ => written.map_err(|error| unwritable(&self.target, &error)),
        }
    }
}

/// A file that is removed unless it is given its name. It is made, written and named on threads
/// that go on when nobody waits for them any more, so it goes with the work and not with the
/// waiting.
struct Partial {
    file: File,
    remains: Remains,
}

struct Remains(Option<PathBuf>);

impl Partial {
    fn beside(target: &Path) -> io::Result<Self> {
        if target.file_name().is_none() {
            return Err(io::Error::other("it names no file"));
        }
        let path = target.with_file_name(format!(".{}.part", random()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(Self {
            file,
            remains: Remains(Some(path)),
        })
    }

    fn persist(self, target: &Path) -> io::Result<()> {
        let Self { file, mut remains } = self;
        drop(file);
        if let Some(path) = &remains.0 {
            std::fs::rename(path, target)?;
        }
        remains.0 = None;
        Ok(())
    }
}

impl Drop for Remains {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // If even that fails, there is nobody left to tell.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn unwritable(path: &Path, source: &io::Error) -> error::Error {
    let message = format!("because {} cannot be written: {source}", path.display());
    error::deserialization(io::Error::new(source.kind(), message))
}
