//! Bytes that the service confirmed.

use super::chunk::beyond;
use crate::error::{self, MediaError, Result};

/// The bytes of a session that the service has, as far as is known.
pub(super) struct Confirmed {
    /// The first byte that the service lacks. If it is unknown, the service is queried.
    offset: Option<u64>,
    /// The most that the service ever had.
    most: u64,
    /// The number of bytes that the service had before anything was sent here, if it is known.
    before: Option<u64>,
}

impl Confirmed {
    /// The bytes of a new session.
    pub(super) fn none() -> Self {
        Self {
            offset: Some(0),
            most: 0,
            before: Some(0),
        }
    }

    /// The bytes of a session in which others may have sent any number.
    pub(super) fn unknown() -> Self {
        Self {
            offset: None,
            most: 0,
            before: None,
        }
    }

    pub(super) fn offset(&self) -> Option<u64> {
        self.offset
    }

    pub(super) fn most(&self) -> u64 {
        self.most
    }

    /// Returns whether others may have sent everything.
    pub(super) fn is_unknown(&self) -> bool {
        self.before.is_none()
    }

    /// Forgets the offset, since something is sent.
    pub(super) fn forget_offset(&mut self) {
        self.offset = None;
    }

    /// Records how much the service says that it has, of which `sent` bytes were sent here, and of
    /// which there are `total`.
    ///
    /// # Errors
    ///
    /// If it cannot have that much: bytes that were never sent must not be skipped.
    pub(super) fn confirm(&mut self, stored: u64, sent: u64, total: Option<u64>) -> Result<()> {
        if let Some(total) = total.filter(|total| stored > *total) {
            return Err(beyond(stored, total));
        }
        let possible = self.before.map(|before| before.max(sent));
        if let Some(sent) = possible.filter(|sent| stored > *sent) {
            return Err(error::media(MediaError::Protocol {
                problem: format!(
                    "the service says that it has {stored} bytes of media of which {sent} were sent"
                ),
            }));
        }
        self.before = self.before.or(Some(stored));
        self.offset = Some(stored);
        self.most = self.most.max(stored);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_confirmed_than_was_sent() {
        let mut confirmed = Confirmed::none();
        confirmed.confirm(0, 0, None).unwrap();
        confirmed.confirm(5, 5, Some(9)).unwrap();
        confirmed.confirm(6, 5, Some(9)).unwrap_err();
        assert_eq!((confirmed.offset(), confirmed.most()), (Some(5), 5));
        confirmed.confirm(3, 5, Some(9)).unwrap();
        assert_eq!((confirmed.offset(), confirmed.most()), (Some(3), 5));
    }

    #[test]
    fn others_may_have_sent_any_number_once() {
        let mut confirmed = Confirmed::unknown();
        confirmed.confirm(10, 0, Some(9)).unwrap_err();
        confirmed.confirm(7, 0, Some(9)).unwrap();
        confirmed.confirm(8, 0, Some(9)).unwrap_err();
        confirmed.confirm(8, 8, Some(9)).unwrap();
    }
}
