//! Errors of services that are called too often.

use discovery_runtime::{Code, ErrorExt, Reply};
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use http::{HeaderValue, header::RETRY_AFTER};

use crate::support::{CREATE, GET, fake::Fake};

fn older(status: u16, reasons: &[&str]) -> Reply {
    let errors: Vec<_> = reasons
        .iter()
        .map(
            |reason| serde_json::json!({"domain": "usageLimits", "reason": reason, "message": "m"}),
        )
        .collect();
    let body = serde_json::json!({"error": {"code": status, "message": "m", "errors": errors}});
    Reply::new(status).with_body(body.to_string())
}

fn newer(status: u16, message: &str, reason: &str, metadata: serde_json::Value) -> Reply {
    let info = serde_json::json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    });
    let error = serde_json::json!({"code": status, "message": message, "details": [info]});
    let body = serde_json::json!({ "error": error });
    Reply::new(status).with_body(body.to_string())
}

/// Returns the number of attempts at an idempotent call that first gets this reply.
async fn attempts(reply: Reply) -> usize {
    let fake = Fake::new([reply]);
    let client = fake.builder().build().await.unwrap();
    let result = client.request(&GET).path("name", "a").send_empty().await;
    assert_eq!(result.is_ok(), fake.seconds().len() == 2);
    fake.seconds().len()
}

#[tokio::test(start_paused = true)]
async fn a_call_that_came_too_often_is_repeated() {
    let limit = |value: &str, unit: &str| {
        serde_json::json!({
            "quota_limit": "ReadRequestsPerMinutePerUser",
            "quota_limit_value": value,
            "quota_unit": unit,
        })
    };
    let minute = "1/min/{project}/{user}";
    for reply in [
        Reply::new(429),
        Reply::new(429).with_body("<html>"),
        Reply::error(Code::ResourceExhausted, "slow down"),
        older(429, &["rateLimitExceeded"]),
        older(403, &["rateLimitExceeded"]),
        older(403, &["userRateLimitExceeded"]),
        newer(403, "m", "RATE_LIMIT_EXCEEDED", limit("60", minute)),
        newer(429, "m", "RATE_LIMIT_EXCEEDED", limit("60", minute)),
    ] {
        let shown = format!("{reply:?}");
        assert_eq!(attempts(reply).await, 2, "{shown}");
    }
    let quota = "Quota exceeded for quota metric 'Queries' and limit 'Queries per day'";
    let failure = |id: &str| {
        let body = serde_json::json!({"error": {"code": 429, "message": "m", "details": [{
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"quotaId": id}],
        }]}});
        Reply::new(429).with_body(body.to_string())
    };
    for (reply, count) in [
        (older(403, &["forbidden"]), 1),
        (older(403, &["quotaExceeded"]), 1),
        (older(403, &["rateLimitExceeded", "dailyLimitExceeded"]), 1),
        (older(429, &["dailyLimitExceededUnreg"]), 1),
        (
            newer(429, "m", "RATE_LIMIT_EXCEEDED", limit("0", minute)),
            1,
        ),
        (
            newer(403, "m", "RATE_LIMIT_EXCEEDED", limit("0", minute)),
            1,
        ),
        (
            newer(
                429,
                "m",
                "RATE_LIMIT_EXCEEDED",
                limit("60", "1/d/{project}"),
            ),
            1,
        ),
        (
            newer(429, quota, "RATE_LIMIT_EXCEEDED", limit("60", minute)),
            1,
        ),
        (failure("GenerateRequestsPerDayPerProject"), 1),
        (failure("GenerateRequestsPerMinutePerProject"), 2),
        (Reply::error(Code::PermissionDenied, "rateLimitExceeded"), 1),
    ] {
        let shown = format!("{reply:?}");
        assert_eq!(attempts(reply).await, count, "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_requested_delay_and_the_limits_apply() {
    let later = || Reply::new(429).with_header(RETRY_AFTER, HeaderValue::from(7));
    let fake = Fake::new([later()]);
    let client = fake.builder().build().await.unwrap();
    client
        .request(&GET)
        .path("name", "a")
        .send_empty()
        .await
        .unwrap();
    assert_eq!(fake.seconds(), [0.0, 8.0]);

    let fake = Fake::new(std::iter::repeat_with(|| Reply::new(429)).take(20));
    let client = fake.builder().build().await.unwrap();
    let error = client
        .request(&GET)
        .path("name", "a")
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(fake.seconds().len(), 10);
    assert_eq!(error.http_status_code(), Some(429));
    assert_eq!(error.status().unwrap().code, Code::ResourceExhausted);
    assert_eq!(error.attempts(), 10);
}

#[tokio::test(start_paused = true)]
async fn only_idempotent_calls_are_repeated_and_a_policy_decides() {
    let fake = Fake::new([Reply::new(429)]);
    let client = fake.builder().build().await.unwrap();
    client.request(&CREATE).send_empty().await.unwrap_err();
    assert_eq!(fake.seconds(), [0.0]);

    let fake = Fake::new([Reply::new(429)]);
    let builder = fake
        .builder()
        .with_retry_policy(Aip194Strict.with_attempt_limit(3));
    let client = builder.build().await.unwrap();
    client
        .request(&GET)
        .path("name", "a")
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(fake.seconds(), [0.0]);
}
