//! Timestamps and durations.

use std::time::SystemTime;

use google_cloud_wkt::{Duration, Timestamp};
use serde::Serialize as _;

use super::scalar::{Scalar, json_form_of_scalar};

impl Scalar for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        Self::try_from(text).ok()
    }
}

json_form_of_scalar!(Timestamp, None, |value, serializer| value
    .serialize(serializer));

impl Scalar for Duration {
    fn from_text(text: &str) -> Option<Self> {
        Self::try_from(text).ok()
    }
}

json_form_of_scalar!(Duration, None, |value, serializer| value
    .serialize(serializer));

/// Converts a duration; one of more than 10,000 years becomes the longest.
pub(super) fn saturating_duration(value: std::time::Duration) -> Duration {
    Duration::try_from(value).unwrap_or_else(|_| Duration::clamp(i64::MAX, 0))
}

/// Converts a time; one outside of the years 1 to 9999 becomes the first or the last.
pub(super) fn saturating_timestamp(value: SystemTime) -> Timestamp {
    let nearest = if value < SystemTime::UNIX_EPOCH {
        i64::MIN
    } else {
        i64::MAX
    };
    Timestamp::try_from(value).unwrap_or_else(|_| Timestamp::clamp(nearest, 0))
}
