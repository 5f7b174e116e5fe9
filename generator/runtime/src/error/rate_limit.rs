//! Errors of services that are called too often.

use google_cloud_gax::error::{Error, rpc::StatusDetails};
use google_cloud_rpc::model::{ErrorInfo, QuotaFailure};

/// The reasons of HTTP status 403 that mean that the call may succeed later.
/// [Workspace APIs](https://developers.google.com/workspace/drive/api/guides/handle-errors) use them.
const RATE_LIMITS: [&str; 3] = [
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "RATE_LIMIT_EXCEEDED",
];

/// Returns whether a service was called too often, and may be called again within minutes.
///
/// A quota of zero does not recover, and a daily one too late.
pub(crate) fn is_rate_limit(error: &Error) -> bool {
    let Some(status) = error.status() else {
        return false;
    };
    let infos = || {
        status.details.iter().filter_map(|detail| match detail {
            StatusDetails::ErrorInfo(info) => Some(info),
            _ => None,
        })
    };
    let is_too_often = match error.http_status_code() {
        Some(429) => true,
        Some(403) => infos().any(|info| RATE_LIMITS.contains(&info.reason.as_str())),
        _ => false,
    };
    is_too_often
        && !is_daily(&status.message)
        && !infos().any(is_lasting)
        && !status.details.iter().any(|detail| match detail {
            StatusDetails::QuotaFailure(failure) => is_of_a_day(failure),
            _ => false,
        })
}

/// Returns whether the quota of an error is zero or for a day, by the metadata that
/// [service infrastructure](https://docs.cloud.google.com/apis/design/errors) adds.
fn is_lasting(info: &ErrorInfo) -> bool {
    let value = |name: &str| info.metadata.get(name).map(String::as_str);
    let limit = value("quota_limit_value").and_then(|limit| limit.trim().parse().ok());
    let mut unit = value("quota_unit").unwrap_or_default().split('/');
    limit == Some(0.0)
        || unit.any(|part| part == "d")
        || is_daily(&info.reason)
        || value("quota_limit").is_some_and(is_daily)
}

fn is_of_a_day(failure: &QuotaFailure) -> bool {
    let mut violations = failure.violations.iter();
    violations.any(|violation| is_daily(&violation.quota_id) || is_daily(&violation.description))
}

/// Returns whether a text is about a day, such as `dailyLimitExceeded`, `ReadsPerDayPerProject` or
/// `Queries per day`.
fn is_daily(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let letters: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    letters.contains("daily") || letters.contains("perday")
}
