//! Control by paths and headers: the log, the state, rules and faults.

use discovery_fake::{Delivery, Rule};
use serde_json::json;

use crate::support::{LIBRARY, fake, get, post, send, with_shelves};

#[test]
fn the_log_has_every_call() {
    let fake = fake(LIBRARY);
    with_shelves(&fake, &[("a", "A")]);
    get(&fake, "GET v1/shelves/b?key=secret");
    get(&fake, "GET v1/authors");
    let calls = get(&fake, "GET __calls").ok();
    assert_eq!(calls[0]["method"], "library.shelves.create");
    let missing = json!({
        "method": "library.shelves.get", "verb": "GET", "path": "/v1/shelves/b", "status": 404,
        "isSample": false,
    });
    assert_eq!(calls[1], missing);
    assert_eq!(calls[2]["isSample"], true);
    assert_eq!(fake.calls().len(), 3);
    get(&fake, "DELETE __calls").ok();
    assert!(fake.calls().is_empty());
}

#[test]
fn the_state_is_read_written_and_removed() {
    let fake = fake(LIBRARY);
    let state = json!({"library:v1/v1/shelves/a": {"name": "shelves/a", "theme": "A"}});
    assert_eq!(post(&fake, "PUT __state", state.clone()).ok(), state);
    assert_eq!(get(&fake, "GET v1/shelves/a").ok()["theme"], "A");
    post(&fake, "POST __reset", json!({})).ok();
    assert_eq!(get(&fake, "GET __state").ok(), json!({}));
    assert_eq!(get(&fake, "GET v1/shelves/a").status, 404);
    assert_eq!(get(&fake, "GET __nothing").status, 404);
    assert_eq!(post(&fake, "PUT __state", json!([1])).status, 400);
}

#[test]
fn a_rule_replies_some_times() {
    let fake = fake(LIBRARY);
    let rule = json!({"method": "library.shelves.*", "times": 2, "status": 429, "retryAfter": 7,
        "reason": "RATE_LIMIT_EXCEEDED"});
    post(&fake, "POST __rules", rule).ok();
    for _ in 0..2 {
        let limited = get(&fake, "GET v1/shelves");
        assert_eq!(
            (limited.status, limited.error().1),
            (429, "RESOURCE_EXHAUSTED")
        );
        assert_eq!(limited.header("retry-after"), "7");
        assert_eq!(
            limited.json["error"]["details"][0]["reason"],
            "RATE_LIMIT_EXCEEDED"
        );
    }
    assert_eq!(get(&fake, "GET v1/shelves").status, 200);
}

#[test]
fn a_rule_is_a_script_for_a_method() {
    let fake = fake(LIBRARY);
    for count in ["3", "4"] {
        fake.add_rule(Rule {
            method: Some("library.shelves.count".to_owned()),
            times: Some(1),
            body: Some(json!({ "count": count })),
            ..Rule::default()
        });
    }
    let count = || get(&fake, "POST v1/shelves/a:count").ok()["count"].clone();
    assert_eq!([count(), count(), count()], ["3", "4", "1"]);
}

#[test]
fn a_header_has_a_rule_for_its_calls() {
    let fake = fake(LIBRARY);
    let rule = [("x-fake-rule", r#"{"status": 503, "times": 1}"#)];
    assert_eq!(send(&fake, "GET v1/shelves", &rule, "").status, 503);
    assert_eq!(send(&fake, "GET v1/shelves", &rule, "").status, 200);
    let wrong = [("x-fake-rule", r#"{"stauts": 503}"#)];
    assert_eq!(send(&fake, "GET v1/shelves", &wrong, "").status, 400);
}

#[test]
fn a_rule_can_break_the_delivery() {
    let fake = fake(LIBRARY);
    let rule = [("x-fake-rule", r#"{"cutAfter": 5, "latency": 20}"#)];
    let cut = send(&fake, "GET v1/shelves", &rule, "");
    let delivery = cut.reply.extensions().get::<Delivery>().copied().unwrap();
    assert_eq!((delivery.cut_after, delivery.latency), (Some(5), 20));
    assert_eq!(cut.status, 200);
}

#[test]
fn settings_are_read_and_written() {
    let fake = fake(LIBRARY);
    let mut settings = get(&fake, "GET __settings").ok();
    settings["operationPolls"] = json!(0);
    assert_eq!(
        post(&fake, "PUT __settings", settings.clone()).ok(),
        settings
    );
    let body = json!({"book": {}});
    assert_eq!(
        post(&fake, "POST v1/shelves/a/books", body).ok()["done"],
        true
    );
}
