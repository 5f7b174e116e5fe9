//! State of an upload that goes out: how far it has come, and its checksums.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;

use super::{
    checksum::{Checksums, Hasher, Kinds, Reported},
    length::length_of,
    progress::Progress,
    source::Source,
};
use crate::error::{self, MediaError, Result};

/// Shared by all attempts at an upload.
#[derive(Clone)]
pub(super) struct Meter(Arc<Mutex<State>>);

struct State {
    hasher: Hasher,
    progress: Option<Progress>,
    /// The position after the last byte that was handed to a connection.
    position: u64,
    body: BodyState,
}

/// State of the last body that was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BodyState {
    Unread,
    Partial,
    /// Handed to the connection to its end.
    Sent,
}

impl Meter {
    pub(super) fn new(kinds: Kinds, total: Option<u64>, mut progress: Option<Progress>) -> Self {
        if let Some(progress) = &mut progress {
            progress.set_total(total);
        }
        Self(Arc::new(Mutex::new(State {
            hasher: Hasher::new(kinds),
            progress,
            position: 0,
            body: BodyState::Unread,
        })))
    }

    /// Returns a meter without checksums and progress.
    pub(super) fn none() -> Self {
        Self::new(Kinds::NONE, None, None)
    }

    /// Records that a piece from this position was read.
    pub(super) fn read(&self, offset: u64, piece: &Bytes) {
        self.state().hasher.update(offset, piece);
    }

    /// Records that another body begins to be sent.
    pub(super) fn begin_body(&self) {
        self.state().body = BodyState::Unread;
    }

    /// Records that a piece from this position is being sent.
    pub(super) fn sent(&self, offset: u64, piece: &Bytes) {
        let mut state = self.state();
        let end = offset.saturating_add(length_of(piece));
        state.hasher.update(offset, piece);
        state.body = BodyState::Partial;
        state.position = state.position.max(end);
        if let Some(progress) = &mut state.progress {
            progress.at(end);
        }
    }

    /// Records that the body has been handed to the connection to its end.
    pub(super) fn end_body(&self) {
        self.state().body = BodyState::Sent;
    }

    /// Takes a body as sent, up to this position, until it is read: a transport of the caller's, such as
    /// a fake, need not look at it.
    pub(super) fn assume_sent(&self, position: u64) {
        let mut state = self.state();
        state.body = BodyState::Sent;
        state.position = state.position.max(position);
    }

    /// Returns whether the last body was handed to the connection to its end.
    pub(super) fn is_body_sent(&self) -> bool {
        self.state().body == BodyState::Sent
    }

    /// Returns the position after the last byte that was ever handed to a connection.
    pub(super) fn position(&self) -> u64 {
        self.state().position
    }

    /// Starts over, in another session.
    pub(super) fn restart(&self) {
        self.state().position = 0;
    }

    /// Records how much the service has, whatever was sent.
    pub(super) fn stored(&self, position: u64) {
        if let Some(progress) = &mut self.state().progress {
            progress.at(position);
        }
    }

    /// Checks that a body to which the service replied by a success went out to its end.
    ///
    /// # Errors
    ///
    /// If it did not: the service has something else.
    pub(super) fn check_sent(&self) -> Result<()> {
        if self.is_body_sent() {
            return Ok(());
        }
        let sent = self.position();
        Err(error::media(MediaError::Incomplete { sent }))
    }

    /// Ends an upload of `length` bytes, of which a response said that it is complete. Compares the
    /// checksums in the response. If one of them was not computed, the media is read again where that
    /// is possible.
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
