//! Progress of an upload or a download.

/// The least change that is reported, in bytes.
const STEP: u64 = 64 * 1024;

/// Takes a position and the total if it is known, in bytes.
pub(super) type Callback = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// Calls the callback, rate-limited: not before the position has moved by 64 KiB, and by a hundredth of
/// the total, or of itself where the total is unknown.
pub(super) struct Progress {
    callback: Callback,
    total: Option<u64>,
    reported: Option<(u64, Option<u64>)>,
}

impl Progress {
    pub(super) fn new(callback: Callback) -> Self {
        Self {
            callback,
            total: None,
            reported: None,
        }
    }

    pub(super) fn set_total(&mut self, total: Option<u64>) {
        self.total = total;
    }

    /// Records a position, which may be before the last.
    pub(super) fn at(&mut self, position: u64) {
        let step = STEP.max(self.total.unwrap_or(position) / 100);
        let moved = position.abs_diff(self.reported.map_or(0, |(position, _)| position));
        if moved >= step || self.total == Some(position) {
            self.report(position);
        }
    }

    /// Records the last position, which is always reported.
    pub(super) fn end(&mut self, position: u64) {
        self.total = Some(position);
        self.report(position);
    }

    fn report(&mut self, position: u64) {
        let news = Some((position, self.total));
        if self.reported != news {
            self.reported = news;
            (self.callback)(position, self.total);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// Returns the positions that are reported.
    fn reported(total: Option<u64>, positions: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        let mut progress = Progress::new(Box::new(move |position, known| {
            assert!(known.is_none() || known == total);
            seen.lock().unwrap().push(position);
        }));
        progress.set_total(total);
        positions.into_iter().for_each(|at| progress.at(at));
        let calls = calls.lock().unwrap();
        calls.clone()
    }

    #[test]
    fn a_hundred_calls_are_the_most_for_a_known_total() {
        let total = 1_000_000_000;
        let calls = reported(Some(total), (0..=total).step_by(1_000_000));
        assert_eq!(calls.len(), 100);
        assert_eq!(calls.last(), Some(&total));
        let total = 1_000_000;
        let calls = reported(Some(total), (0..=total).step_by(1000));
        assert_eq!(calls.len(), 16);
        assert_eq!(calls.first(), Some(&66_000));
    }

    #[test]
    fn calls_become_rarer_where_the_total_is_not_known() {
        let calls = reported(None, (0..=1_000_000_000).step_by(1_000_000));
        assert!((200..400).contains(&calls.len()), "{}", calls.len());
    }

    #[test]
    fn a_step_back_is_reported_and_nothing_is_reported_twice() {
        let calls = reported(
            Some(300_000),
            [0, 100_000, 100_000, 10_000, 300_000, 300_000],
        );
        assert_eq!(calls, [100_000, 10_000, 300_000]);
        assert_eq!(reported(Some(0), [0, 0]), [0]);
    }

    #[test]
    fn the_end_is_reported_with_its_total() {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        let mut progress = Progress::new(Box::new(move |at, total| {
            seen.lock().unwrap().push((at, total));
        }));
        progress.at(70_000);
        progress.at(70_001);
        progress.end(70_001);
        progress.end(70_001);
        assert_eq!(
            *calls.lock().unwrap(),
            [(70_000, None), (70_001, Some(70_001))]
        );
    }

    #[test]
    fn the_end_is_reported_once_more_if_it_was_not_known_to_be_the_end() {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        let mut progress = Progress::new(Box::new(move |at, total| {
            seen.lock().unwrap().push((at, total));
        }));
        progress.at(70_000);
        progress.end(70_000);
        assert_eq!(
            *calls.lock().unwrap(),
            [(70_000, None), (70_000, Some(70_000))]
        );
    }
}
