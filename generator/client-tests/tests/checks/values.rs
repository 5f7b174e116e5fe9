//! JSON values, in every form that services send.

use std::fmt::Debug;

use google_checks_v1alpha::schemas::Operation;
use google_checks_v1alpha::schemas::aisafety::ClassifyContentResponse;
use google_checks_v1alpha::schemas::report::{Report, check, check_state_metadata};
use serde::{Serialize, de::DeserializeOwned};

use crate::support::{parse, written};

/// Decodes `json`, and checks that the value survives a round trip.
fn read<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: &str) -> T {
    let read: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let again: T = serde_json::from_value(written(&read)).unwrap();
    assert_eq!(read, again);
    read
}

#[test]
fn a_null_field_is_unset() {
    let report: Report = read(
        r#"{"name": null, "appBundle": null, "checks": null, "dataMonitoring": {"sdks": null,
            "endpoints": [{"hitCount": null, "metadata": {"badges": null}}]}}"#,
    );
    assert_eq!(report.name, None);
    assert!(report.checks.is_empty());
    let monitoring = report.data_monitoring.unwrap();
    assert_eq!(monitoring.endpoints[0].hit_count, None);
    let operation: Operation =
        read(r#"{"name": null, "done": null, "error": null, "response": null, "metadata": null}"#);
    assert_eq!(operation, Operation::default());
}

#[test]
fn fields_that_the_document_does_not_know_are_kept() {
    let report: Report = read(
        r#"{"name": "n", "futureField": {"a": [1]}, "checks": [{"new": true, "state": "PASSED"}]}"#,
    );
    assert_eq!(report.checks[0].state, Some(check::State::Passed));
    assert_eq!(
        written(&report),
        parse(
            r#"{"name": "n", "futureField": {"a": [1]},
                "checks": [{"new": true, "state": "PASSED"}]}"#
        )
    );
}

#[test]
fn unknown_enum_values_are_kept() {
    let text = r#"{"checks": [{"type": "NEW_TYPE", "state": 7, "severity": "",
                   "stateMetadata": {"badges": ["RESOLVED", "NEW_BADGE", 9]}}]}"#;
    let report: Report = read(text);
    assert_eq!(written(&report), parse(text));
    let check = &report.checks[0];
    let Some(check::Type::UnknownValue(kind)) = &check.r#type else {
        panic!("{check:?}")
    };
    assert_eq!((kind.as_str(), kind.as_number()), ("NEW_TYPE", None));
    let Some(check::State::UnknownValue(state)) = &check.state else {
        panic!("{check:?}")
    };
    assert_eq!((state.as_str(), state.as_number()), ("7", Some(7)));
    assert_eq!(check.severity.as_ref().unwrap().as_str(), "");
    let badges = &check.state_metadata.as_ref().unwrap().badges;
    assert_eq!(badges[0], check_state_metadata::Badges::Resolved);
    assert_eq!(badges[1].to_string(), "NEW_BADGE");
    assert_eq!(check_state_metadata::Badges::from("NEW_BADGE"), badges[1]);
}

/// 32-bit integers are numbers, but services may send other forms.
#[test]
fn integers_are_read_in_every_form() {
    let hits = |value: &str| {
        let text = format!(r#"{{"dataMonitoring": {{"endpoints": [{{"hitCount": {value}}}]}}}}"#);
        let report: Report = serde_json::from_str(&text).unwrap();
        report.data_monitoring.unwrap().endpoints[0].hit_count
    };
    for (text, value) in [
        ("42", 42),
        ("\"42\"", 42),
        ("-2147483648", i32::MIN),
        ("\"2147483647\"", i32::MAX),
        ("4.0", 4),
        ("1e2", 100),
        ("\"1.5e1\"", 15),
    ] {
        assert_eq!(hits(text), Some(value), "{text}");
    }
    for text in ["1.5", "2147483648", "\"\"", "\"x\"", "true", "[]"] {
        assert_eq!(hits(text), None, "{text}");
    }
}

#[test]
fn floats_are_read_in_every_form() {
    let score = |value: &str| {
        let text = format!(r#"{{"policyResults": [{{"score": {value}}}]}}"#);
        let response: ClassifyContentResponse = serde_json::from_str(&text).unwrap();
        response.policy_results[0].score
    };
    for (text, value) in [
        ("1", 1.0),
        ("0.25", 0.25),
        ("\"0.25\"", 0.25),
        ("\"Infinity\"", f32::INFINITY),
        ("\"-Infinity\"", f32::NEG_INFINITY),
    ] {
        assert_eq!(score(text), Some(value), "{text}");
    }
    assert!(score("\"NaN\"").unwrap().is_nan());
    assert_eq!(score("\"high\""), None);
}

/// Decoding accepts an offset and any number of digits; encoding writes neither an offset nor
/// trailing zeros.
#[test]
fn timestamps_are_read_in_every_form() {
    let time = |value: &str| {
        let text =
            format!(r#"{{"checks": [{{"stateMetadata": {{"lastFailingTime": "{value}"}}}}]}}"#);
        let report: Report = serde_json::from_str(&text).unwrap();
        let metadata = report.checks[0].state_metadata.as_ref().unwrap();
        let written = written(&report)["checks"][0]["stateMetadata"]["lastFailingTime"].clone();
        (metadata.last_failing_time.is_some(), written)
    };
    for (text, again) in [
        ("2025-11-03T09:15:30Z", "2025-11-03T09:15:30Z"),
        ("2025-11-03T09:15:30.500Z", "2025-11-03T09:15:30.5Z"),
        ("2025-11-03T10:15:30+01:00", "2025-11-03T09:15:30Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        (
            "9999-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59.999999999Z",
        ),
    ] {
        assert_eq!(time(text), (true, again.into()));
    }
    for text in ["", "yesterday", "2025-11-03", "2025-02-30T00:00:00Z"] {
        assert_eq!(
            time(text),
            (false, text.into()),
            "what is not a time is kept"
        );
    }
}
