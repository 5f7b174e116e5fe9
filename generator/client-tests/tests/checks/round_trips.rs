//! Messages with fields that the client does not know, read and written again.

use google_checks_v1alpha::schemas::report::{ListReportsResponse, Report};
use google_checks_v1alpha::schemas::{Operation, WaitOperationRequest, account, repo_scan};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::support::{fixture, parse};

/// Adds a field to each object, however deep.
fn with_unknown_fields(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let mut fields: Map<_, _> = fields
                .map(|(name, value)| (name, with_unknown_fields(value)))
                .collect();
            fields.insert("zzUnknown".to_owned(), json!({"a": [1, null, {"b": 0.1}]}));
            Value::Object(fields)
        }
        Value::Array(values) => values.into_iter().map(with_unknown_fields).collect(),
        other => other,
    }
}

#[track_caller]
fn comes_back<T: DeserializeOwned + Serialize>(file: &str) {
    let sent = with_unknown_fields(parse(&fixture(file)));
    let read: T = serde_json::from_value(sent.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(written, sent, "{file}");
}

#[test]
fn fixtures_with_unknown_fields_at_every_depth_come_back() {
    comes_back::<Report>("report.json");
    comes_back::<ListReportsResponse>("list_reports.json");
    comes_back::<repo_scan::RepoScan>("repo_scan.json");
    comes_back::<account::ListAppsResponse>("list_apps.json");
    comes_back::<Operation>("operation_done.json");
}

#[test]
fn messages_are_read_on_a_small_stack() {
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let thread = thread.spawn(|| {
        let empty: Report = serde_json::from_str("{}").unwrap();
        assert_eq!(empty, Report::default());
        let page: ListReportsResponse =
            serde_json::from_str(r#"{"reports":[{"checks":[{"evidence":{}}]}]}"#).unwrap();
        assert!(page.reports[0].checks[0].evidence.is_some());
        let request: WaitOperationRequest = serde_json::from_str("{}").unwrap();
        assert_eq!(request, WaitOperationRequest::default());
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn messages_are_small() {
    assert!(size_of::<Report>() <= 128, "{}", size_of::<Report>());
    let operation = size_of::<Operation>();
    assert!(operation <= 256, "{operation}");
}
