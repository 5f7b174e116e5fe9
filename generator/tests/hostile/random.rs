//! Random numbers from a seed: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.

/// A stream of numbers.
pub(crate) struct Random(u64);

impl Random {
    /// Returns the stream of the element `index` of the run `seed`; elements are independent.
    pub(crate) fn of(seed: u64, index: u64) -> Self {
        let mut start = Self(seed);
        Self(start.next() ^ Self(index).next())
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `end`, or zero if there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("64 bits");
        usize::try_from(self.next() % end).expect("below a usize")
    }

    /// Returns true once in `times`.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn choose<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
