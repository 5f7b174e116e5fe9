//! Long-running operations, as services send them.

use discovery_runtime::{Operation, Timestamp, Value};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, PartialEq, Deserialize)]
struct Report {
    name: String,
}

fn operation(json: Value) -> Operation {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_running_operation_has_metadata() {
    let json = json!({
        "name": "accounts/1/apps/2/operations/3",
        "metadata": {"@type": "type.googleapis.com/x.Metadata", "name": "m"},
    });
    let running = operation(json.clone());
    assert_eq!(
        running.name.as_deref(),
        Some("accounts/1/apps/2/operations/3")
    );
    assert!(!running.done);
    let metadata: Option<Report> = running.unpack_metadata().unwrap();
    assert_eq!(
        metadata,
        Some(Report {
            name: "m".to_owned()
        })
    );
    assert_eq!(running.unpack::<Report>().unwrap(), None);
    assert_eq!(serde_json::to_value(&running).unwrap(), json);
}

#[test]
fn a_response_is_unpacked_whether_a_message_or_a_well_known_type() {
    let message = operation(json!({
        "done": true,
        "response": {"@type": "type.googleapis.com/x.Report", "name": "r", "value": 7},
    }));
    assert_eq!(
        message.unpack::<Report>().unwrap(),
        Some(Report {
            name: "r".to_owned()
        })
    );
    assert_eq!(
        message
            .response
            .as_ref()
            .and_then(discovery_runtime::Any::type_url),
        Some("type.googleapis.com/x.Report")
    );

    let well_known = operation(json!({
        "done": true,
        "response": {
            "@type": "type.googleapis.com/google.protobuf.Timestamp",
            "value": "1970-01-01T00:00:01Z",
        },
    }));
    let time: Option<Timestamp> = well_known.unpack().unwrap();
    assert_eq!(time, Some(Timestamp::clamp(1, 0)));

    let empty = operation(json!({
        "done": true,
        "response": {"@type": "type.googleapis.com/google.protobuf.Empty"},
    }));
    assert_eq!(empty.unpack::<Value>().unwrap(), Some(json!({})));

    let error = empty.unpack::<Report>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot deserialize the response missing field `name`"
    );
}

#[test]
fn an_error_has_a_code_and_no_detail_hides_it() {
    let failed = operation(json!({
        "done": true,
        "error": {
            "code": 1,
            "message": "cancelled",
            "details": [
                {"@type": "no type"},
                "nothing",
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "R"},
            ],
        },
    }));
    let status = failed.error.unwrap();
    assert_eq!((status.code, status.message.as_str()), (1, "cancelled"));
    assert_eq!(status.details.len(), 1);
}

#[test]
fn null_is_unset() {
    let json =
        json!({"name": null, "done": null, "error": null, "response": null, "metadata": null});
    assert_eq!(operation(json), Operation::default());
}
