//! A file that appears once it is complete.

use std::{
    fs::{File, OpenOptions, Permissions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use super::MediaStream;
use crate::{
    error::{self, Error, Result},
    media::{file::blocking, length::length_of, random::random},
};

/// The number of bytes that are written at once; as many are collected meanwhile.
const BATCH: usize = 512 * 1024;

/// Writes a file beside its target.
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
    /// Creates a file that is to replace `target`.
    ///
    /// # Errors
    ///
    /// If the target can be no file, or none can be created beside it.
    pub(super) async fn create(target: &Path) -> Result<Self> {
        let named: Arc<Path> = target.into();
        let created = blocking(move || {
            let target = Target::find(&named)?;
            Ok((Partial::beside(&target)?, target.path))
        });
        let (partial, found) = created.await.map_err(|error| unwritable(target, &error))?;
        Ok(Self {
            writing: Writing::Idle(partial),
            target: found.into(),
            collected: Vec::new(),
            size: 0,
        })
    }

    /// Writes all that comes, and returns how many bytes it has.
    pub(super) async fn fill(&mut self, stream: &mut MediaStream) -> Result<u64> {
        let mut length = 0_u64;
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            length = length.saturating_add(length_of(&piece));
            self.size = self.size.saturating_add(piece.len());
            self.collected.push(piece);
            if self.size >= BATCH {
                self.flush().await?;
            }
        }
        Ok(length)
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

    /// Removes the file. It is gone when this returns.
    pub(super) async fn discard(mut self) {
        let partial = self.idle().await;
        // Best effort: failure cannot be acted on.
        let _ = blocking(move || {
            drop(partial);
            Ok(())
        })
        .await;
    }

    /// Begins to write the collected pieces, once the last batch is written.
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

/// The file that is to be written.
struct Target {
    path: PathBuf,
    /// The permissions of the file that is replaced.
    permissions: Option<Permissions>,
}

impl Target {
    /// Finds the file that a path leads to. A link stays a link.
    fn find(path: &Path) -> io::Result<Self> {
        if path.file_name().is_none() {
            return Err(io::Error::other("it names no file"));
        }
        let found = match path.canonicalize() {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self {
                    path: path.to_owned(),
                    permissions: None,
                });
            }
            Err(error) => return Err(error),
        };
        let metadata = found.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        Ok(Self {
            path: found,
            permissions: Some(metadata.permissions()),
        })
    }
}

/// A file that is removed unless it is given its name. It is created, written and renamed on threads
/// that run on when their result is dropped, so it belongs to the work and not to its result.
struct Partial {
    file: File,
    remains: Remains,
}

struct Remains(Option<PathBuf>);

impl Partial {
    fn beside(target: &Target) -> io::Result<Self> {
        let path = target.path.with_file_name(format!(".{}.part", random()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        let partial = Self {
            file,
            remains: Remains(Some(path)),
        };
        if let Some(permissions) = &target.permissions {
            partial.file.set_permissions(permissions.clone())?;
        }
        Ok(partial)
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
            // Best effort: failure cannot be acted on.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn unwritable(path: &Path, source: &io::Error) -> Error {
    let message = format!("because {} cannot be written: {source}", path.display());
    error::deserialization(io::Error::new(source.kind(), message))
}
