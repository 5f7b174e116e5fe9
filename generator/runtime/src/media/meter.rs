//! What is noticed of media while it is sent: how far it has come, and its checksums.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;

use super::{
    checksum::{Checksums, Hasher, Kinds, Reported},
    length_of,
    progress::Progress,
    source::Source,
};
use crate::error::{self, Result};

/// Shared by all attempts at an upload.
#[derive(Clone)]
pub(super) struct Meter(Arc<Mutex<State>>);

struct State {
    hasher: Hasher,
    progress: Option<Progress>,
}

impl Meter {
    pub(super) fn new(kinds: Kinds, total: Option<u64>, mut progress: Option<Progress>) -> Self {
        if let Some(progress) = &mut progress {
            progress.set_total(total);
        }
        Self(Arc::new(Mutex::new(State {
            hasher: Hasher::new(kinds),
            progress,
        })))
    }

    /// One that notices nothing.
    pub(super) fn unheard() -> Self {
        Self::new(Kinds::NONE, None, None)
    }

    /// A piece from this place was read.
    pub(super) fn read(&self, offset: u64, piece: &Bytes) {
        self.state().hasher.update(offset, piece);
    }

    /// A piece from this place is being sent.
    pub(super) fn sent(&self, offset: u64, piece: &Bytes) {
        let mut state = self.state();
        state.hasher.update(offset, piece);
        if let Some(progress) = &mut state.progress {
            progress.at(offset.saturating_add(length_of(piece)));
        }
    }

    /// The service has this much, whatever was sent.
    pub(super) fn stored(&self, position: u64) {
        if let Some(progress) = &mut self.state().progress {
            progress.at(position);
        }
    }

    /// All of the media is where it should be, `length` bytes; a response said so. Compares the
    /// checksums that it holds. If one of them was not computed, the media is read again where it
    /// can be.
    ///
    /// # Errors
    ///
    /// If they differ, or the media cannot be read.
    pub(super) async fn finish(
        &self,
        source: &Source,
        length: Option<u64>,
        checksums: Checksums,
        response: &[u8],
    ) -> Result<()> {
        let length = length.unwrap_or_else(|| self.state().hasher.position());
        if let Some(progress) = &mut self.state().progress {
            progress.end(length);
        }
        if checksums == Checksums::Off {
            return Ok(());
        }
        let reported = Reported::from_json(response);
        let kinds = reported.kinds(checksums);
        let mut hasher = self.state().hasher.clone();
        if !hasher.knows(length, kinds) {
            if !source.is_rewindable() {
                return Ok(());
            }
            hasher = hash(source, kinds).await.map_err(error::serialization)?;
        }
        hasher.compare(&reported).map_err(error::media)
    }

    /// Counting and hashing cannot panic, and a callback that does leaves both whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn hash(source: &Source, kinds: Kinds) -> io::Result<Hasher> {
    let mut hasher = Hasher::new(kinds);
    let mut pieces = source.open(0, None).await?;
    while let Some(piece) = pieces.next().await {
        hasher.update(hasher.position(), &piece?);
    }
    Ok(hasher)
}
