//! Timestamps and durations.

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
