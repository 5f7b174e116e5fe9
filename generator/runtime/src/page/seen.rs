//! The tokens that a list has seen.

use std::{
    collections::VecDeque,
    hash::{BuildHasher as _, RandomState},
};

/// The number of tokens among which a repeated one is noticed at once.
const RECENT: usize = 1024;

/// Finds out that tokens repeat, in constant memory.
///
/// Older tokens are found by [Brent's algorithm](https://en.wikipedia.org/wiki/Cycle_detection#Brent's_algorithm):
/// of tokens that repeat after any number, one is kept long enough to come again.
pub(super) struct SeenTokens {
    hasher: RandomState,
    recent: VecDeque<u64>,
    kept: Option<u64>,
    /// The number of tokens after the one that is kept, and after how many it is replaced.
    since: u64,
    until: u64,
}

impl SeenTokens {
    pub(super) fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            recent: VecDeque::new(),
            kept: None,
            since: 0,
            until: 1,
        }
    }

    /// Remembers a token. Returns whether it is new, as far as is known.
    pub(super) fn insert(&mut self, token: &str) -> bool {
        let hash = self.hasher.hash_one(token);
        if self.kept == Some(hash) || self.recent.contains(&hash) {
            return false;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(hash);
        self.since += 1;
        if self.since == self.until {
            self.kept = Some(hash);
            self.since = 0;
            self.until = self.until.saturating_mul(2);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_repeat_are_noticed_after_any_number() {
        for (before, cycle) in [(0, 1), (3, 7), (0, 1024), (10, 3_000), (5_000, 20_000)] {
            let mut seen = SeenTokens::new();
            let repeats = (0..).position(|n: u64| {
                let token = if n < before {
                    n
                } else {
                    before + (n - before) % cycle
                };
                !seen.insert(&token.to_string())
            });
            let repeats = u64::try_from(repeats.unwrap()).unwrap();
            assert!(
                repeats >= before + cycle && repeats <= 4 * (before + cycle),
                "{repeats}"
            );
            assert!(seen.recent.len() <= RECENT);
        }
    }

    #[test]
    fn tokens_that_do_not_repeat_are_new() {
        let mut seen = SeenTokens::new();
        assert!((0..50_000).all(|n| seen.insert(&n.to_string())));
    }
}
