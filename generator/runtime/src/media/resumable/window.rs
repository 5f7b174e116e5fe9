//! Media that is read once: bytes that the service has yet to confirm are kept.

use std::{collections::VecDeque, io};

use bytes::Bytes;

use super::chunk::{Chunk, beyond};
use crate::{
    error::{self, MediaError, Result},
    media::{
        body,
        length::length_of,
        meter::Meter,
        source::{Pieces, Source},
    },
};

/// A stretch of the media in memory: from the first byte that the service may lack to the last that was
/// read.
pub(super) struct Window {
    source: Source,
    pieces: Option<Pieces>,
    kept: VecDeque<Bytes>,
    start: u64,
    end: u64,
    ended: bool,
    failed: Option<io::Error>,
    size: u64,
    length: Option<u64>,
    limit: Option<u64>,
    meter: Meter,
}

impl Window {
    pub(super) fn new(
        source: &Source,
        size: u64,
        length: Option<u64>,
        limit: Option<u64>,
        meter: Meter,
    ) -> Self {
        Self {
            source: source.clone(),
            pieces: None,
            kept: VecDeque::new(),
            start: 0,
            end: 0,
            ended: false,
            failed: None,
            size,
            length,
            limit,
            meter,
        }
    }

    pub(super) fn start(&self) -> u64 {
        self.start
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.length.or_else(|| self.ended.then_some(self.end))
    }

    /// Returns the chunk that begins at a position. Everything before is forgotten.
    pub(super) async fn at(&mut self, offset: u64) -> Result<Chunk> {
        self.forget(offset).await?;
        // One byte more than the chunk shows whether it is the last.
        let enough = offset.saturating_add(self.size);
        while self.end <= enough && !self.ended {
            self.read().await?;
        }
        let pieces = self.first(self.size);
        Ok(Chunk {
            offset,
            length: self.size.min(self.end - self.start),
            source: Source::Kept(pieces),
            total: self.total(),
        })
    }

    /// Reads the chunk after the next. A failure is reported when that is requested.
    pub(super) async fn read_ahead(&mut self) {
        let enough = self.start.saturating_add(self.size.saturating_mul(2));
        while self.end <= enough && !self.ended && self.failed.is_none() {
            if let Err(error) = self.pull().await {
                self.failed = Some(error);
            }
        }
    }

    async fn forget(&mut self, offset: u64) -> Result<()> {
        if offset < self.start {
            return Err(error::media(MediaError::NotRewindable {
                stored: offset,
                held: self.start,
            }));
        }
        while self.start < offset {
            let Some(piece) = self.kept.front_mut() else {
                if self.ended {
                    return Err(beyond(offset, self.end));
                }
                self.read().await?;
                continue;
            };
            let before = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
            let gone = piece.split_to(before.min(piece.len()));
            self.start = self.start.saturating_add(length_of(&gone));
            if piece.is_empty() {
                self.kept.pop_front();
            }
        }
        Ok(())
    }

    async fn read(&mut self) -> Result<()> {
        match self.failed.take() {
            Some(error) => Err(error::serialization(error)),
            None => self.pull().await.map_err(error::serialization),
        }
    }

    async fn pull(&mut self) -> io::Result<()> {
        if self.pieces.is_none() {
            self.pieces = Some(self.source.open(0, None).await?);
        }
        let Some(pieces) = &mut self.pieces else {
            return Ok(());
        };
        let piece = pieces.next().await.transpose()?;
        let ended = piece.is_none();
        let added = piece.as_deref().map_or(0, length_of);
        let end = self.end.saturating_add(added);
        // Media that ends too early has failed, not ended: otherwise the failure would go unreported.
        body::check(end, ended, self.length, self.limit)?;
        self.ended = ended;
        if let Some(piece) = piece {
            self.meter.read(self.end, &piece);
            self.kept.push_back(piece);
        }
        self.end = end;
        Ok(())
    }

    /// Returns the first so many bytes, without copying them.
    fn first(&self, mut length: u64) -> Vec<Bytes> {
        let mut pieces = Vec::new();
        for piece in &self.kept {
            if length == 0 {
                break;
            }
            let room = usize::try_from(length).unwrap_or(usize::MAX);
            let part = piece.slice(..piece.len().min(room));
            length -= length_of(&part);
            pieces.push(part);
        }
        pieces
    }
}
