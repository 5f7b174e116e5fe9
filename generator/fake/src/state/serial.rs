//! Ids and times that are the same in every run.

use google_cloud_wkt::Timestamp;

/// The first time: 2025-01-01T00:00:00Z.
const START: i64 = 1_735_689_600;
const PER_SECOND: u64 = 1_000;

/// A sequence of ids and times. Each is different, and all follow from the seed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Serial {
    seed: u64,
    count: u64,
}

impl Serial {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    pub(crate) const fn seed(self) -> u64 {
        self.seed
    }

    pub(crate) const fn count(self) -> u64 {
        self.count
    }

    pub(crate) fn advance_to(&mut self, count: u64) {
        self.count = self.count.max(count);
    }

    /// Returns the next number, of 63 bits, by SplitMix64.
    pub(crate) fn number(&mut self) -> u64 {
        self.count += 1;
        let step = self.count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut z = self.seed.wrapping_add(step);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) >> 1
    }

    /// Returns the next id: a letter, then digits and letters.
    pub(crate) fn id(&mut self) -> String {
        format!("f{:015x}", self.number() >> 3)
    }

    /// Returns the next UUID, of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.number(), self.number());
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 31,
            high & 0xFFFF,
            (high >> 16) & 0xFFF,
            low >> 51,
            low & 0xFFFF_FFFF_FFFF
        )
    }

    /// Returns the next time, a millisecond after the last one.
    pub(crate) fn time(&mut self) -> String {
        self.count += 1;
        let seconds = i64::try_from(self.count / PER_SECOND).unwrap_or_default();
        let nanos = i32::try_from((self.count % PER_SECOND) * 1_000_000).unwrap_or_default();
        let time = Timestamp::clamp(START.saturating_add(seconds), nanos);
        String::from(time)
    }
}
