//! The JSON forms of values, as generated structs read and write them.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    time::{self, SystemTime},
};

use discovery_runtime::{
    __private, Bytes, Duration, FieldMask, JsonForm, Timestamp, UnknownFields, UnknownValue,
    message, open_enum,
};
use serde_json::{Value, json};

fn read<T: JsonForm>(text: &str) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    __private::deserialize(&mut deserializer).map_err(|error| error.to_string())
}

fn write<T: JsonForm>(value: T) -> Value {
    value.to_json(serde_json::value::Serializer).unwrap()
}

#[track_caller]
fn reads<T: JsonForm + PartialEq + Debug>(table: &[(&str, Option<T>)]) {
    for (text, value) in table {
        assert_eq!(read::<T>(text).ok().as_ref(), value.as_ref(), "{text}");
    }
}

#[test]
fn integers_of_64_bits_are_strings_and_read_as_numbers_too() {
    assert_eq!(write(i64::MIN), json!("-9223372036854775808"));
    assert_eq!(write(u64::MAX), json!("18446744073709551615"));
    reads::<i64>(&[
        ("5", Some(5)),
        ("\"5\"", Some(5)),
        ("-5", Some(-5)),
        ("\"-5\"", Some(-5)),
        ("1.0", Some(1)),
        ("\"1.0\"", Some(1)),
        ("1e2", Some(100)),
        ("\"1e2\"", Some(100)),
        ("\"1E+2\"", Some(100)),
        ("\"1500e-2\"", Some(15)),
        ("\"9007199254740993\"", Some(9_007_199_254_740_993)),
        ("\"9007199254740993.0\"", Some(9_007_199_254_740_993)),
        ("9223372036854775807", Some(i64::MAX)),
        ("\"-9223372036854775808\"", Some(i64::MIN)),
        ("\"0e999999999\"", Some(0)),
        ("9223372036854775808", None),
        ("\"9223372036854775808\"", None),
        ("1e30", None),
        ("\"1e999999999\"", None),
        ("\"1e-999999999\"", None),
        ("\"1e99999999999\"", None),
        ("0.5", None),
        ("\"0.5\"", None),
        ("\"15e-1\"", None),
        ("\"\"", None),
        ("\" 5\"", None),
        ("\"5 \"", None),
        ("\"0x5\"", None),
        ("\"5.\"", None),
        ("\".5\"", None),
        ("\"--5\"", None),
        ("\"NaN\"", None),
        ("true", None),
        ("[]", None),
        ("{}", None),
    ]);
    reads::<u64>(&[
        ("\"18446744073709551615\"", Some(u64::MAX)),
        ("18446744073709551615", Some(u64::MAX)),
        ("-1", None),
        ("\"-1\"", None),
        ("\"-0\"", Some(0)),
        ("18446744073709551616", None),
    ]);
}

#[test]
fn integers_of_32_bits_are_numbers_and_read_as_strings_too() {
    assert_eq!(write(-7_i32), json!(-7));
    assert_eq!(write(7_u32), json!(7));
    reads::<i32>(&[
        ("2147483647", Some(i32::MAX)),
        ("\"2147483647\"", Some(i32::MAX)),
        ("2147483648", None),
        ("\"-2147483649\"", None),
        ("7.0", Some(7)),
        ("7.5", None),
    ]);
    reads::<u32>(&[
        ("\"4294967295\"", Some(u32::MAX)),
        ("4294967296", None),
        ("-1", None),
    ]);
}

#[test]
fn floats_know_what_json_does_not() {
    assert_eq!(write(1.5_f64), json!(1.5));
    assert_eq!(write(f64::NAN), json!("NaN"));
    assert_eq!(write(f64::INFINITY), json!("Infinity"));
    assert_eq!(write(f32::NEG_INFINITY), json!("-Infinity"));
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut text);
    0.1_f32.to_json(&mut serializer).unwrap();
    assert_eq!(text, b"0.1");
    reads::<f64>(&[
        ("1", Some(1.0)),
        ("-1.5", Some(-1.5)),
        ("\"1.5e3\"", Some(1500.0)),
        ("\"Infinity\"", Some(f64::INFINITY)),
        ("\"-Infinity\"", Some(f64::NEG_INFINITY)),
        ("\"inf\"", None),
        ("\"nan\"", None),
        ("\"1e999\"", None),
        ("\"\"", None),
        ("\"1_0\"", None),
        ("true", None),
    ]);
    assert!(read::<f64>("\"NaN\"").unwrap().is_nan());
    reads::<f32>(&[
        ("1e39", None),
        ("1e38", Some(1e38)),
        ("\"Infinity\"", Some(f32::INFINITY)),
    ]);
}

#[test]
fn bytes_are_written_url_safe_and_read_in_either_alphabet() {
    let bytes = Bytes::from_static(&[0xfb, 0xff]);
    assert_eq!(write(bytes.clone()), json!("-_8="));
    reads::<Bytes>(&[
        ("\"-_8=\"", Some(bytes.clone())),
        ("\"+/8=\"", Some(bytes.clone())),
        ("\"-_8\"", Some(bytes.clone())),
        ("\"+/8\"", Some(bytes.clone())),
        ("\"+_9\"", Some(bytes)),
        ("\"\"", Some(Bytes::new())),
        ("\"-_\\r\\n8=\\n\"", Some(Bytes::from_static(&[0xfb, 0xff]))),
        ("\"-_8*\"", None),
        ("\"a\"", None),
        ("7", None),
    ]);
}

#[test]
fn containers_hold_such_values_at_any_depth() {
    let value: Option<BTreeMap<String, Vec<i64>>> =
        Some(BTreeMap::from([("a".to_owned(), vec![1, 2])]));
    assert_eq!(write(value.clone()), json!({"a": ["1", "2"]}));
    assert_eq!(
        read::<Option<BTreeMap<String, Vec<i64>>>>(r#"{"a":["1",2]}"#),
        Ok(value)
    );
    assert_eq!(read::<Option<i64>>("null"), Ok(None));
    assert_eq!(read::<Vec<i64>>("null"), Ok(vec![]));
    assert_eq!(read::<BTreeMap<String, f64>>("null"), Ok(BTreeMap::new()));
    assert_eq!(read::<Vec<i64>>("[null]"), Ok(vec![0]));
    assert_eq!(
        read::<Vec<String>>(r#"["a",null]"#),
        Ok(vec!["a".into(), "".into()])
    );
    assert_eq!(read::<Vec<Value>>("[null]"), Ok(vec![Value::Null]));
    assert_eq!(write(None::<i64>), Value::Null);
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Message {
    create_time: Option<Timestamp>,
    timeout: Option<Duration>,
    mask: Option<FieldMask>,
    tags: Vec<String>,
    state: Option<State>,
    size: Option<i64>,
    sizes: Vec<i64>,
    ratio: Option<f64>,
    parts: Vec<Message>,
    owner: Option<Box<Message>>,
    labels: BTreeMap<String, i64>,
    extra: Option<Value>,
    unknown_fields: UnknownFields,
}

message!(Message {
    create_time = "createTime" set_create_time(Timestamp),
    timeout = "timeout" set_timeout(Duration),
    mask = "mask" set_mask(FieldMask),
    tags = "tags" set_tags([String]),
    state = "state" set_state(State),
    size = "size" set_size(i64),
    sizes = "sizes" set_sizes([i64]),
    ratio = "ratio" set_ratio(f64),
    parts = "parts" set_parts([Message]),
    owner = "owner" set_owner(Box Message),
    labels = "labels" set_labels({i64}),
    extra = "extra" set_extra(Value)
});

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum State {
    Active,
    Inactive,
    UnknownValue(UnknownValue),
}

open_enum!(State { Active = "ACTIVE", Inactive = "INACTIVE" });

fn message(text: &str) -> Message {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn comes_back(text: &str) -> Message {
    let read = message(text);
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert_eq!(message(text), read);
    read
}

#[test]
fn unknown_fields_come_back_at_every_depth() {
    let read = comes_back(
        r#"{"parts":[{"size":"5","new":[1,{"a":null}]}],"owner":{"newer":1.5},"labels":{"a":"1"},"zone":"z"}"#,
    );
    assert_eq!(read.unknown_fields.get("zone"), Some(&json!("z")));
    assert_eq!(
        read.parts[0].unknown_fields.iter().collect::<Vec<_>>(),
        [("new", &json!([1, {"a": null}]))]
    );
    let mut other = read.clone();
    let owner = other.owner.as_mut().unwrap();
    assert_eq!(owner.unknown_fields.remove("newer"), Some(json!(1.5)));
    assert_ne!(other, read);
    assert!(
        format!("{read:?}").contains("\"newer\": Number(1.5)"),
        "{read:?}"
    );
}

#[test]
fn a_value_that_does_not_fit_becomes_an_unknown_field() {
    for (name, value) in [
        ("size", r#""1180591620717411303424""#),
        ("size", r#""""#),
        ("size", "true"),
        ("size", "{}"),
        ("sizes", r#"["1","x","3"]"#),
        ("sizes", r#"["1",[{"a":[2]}]]"#),
        ("labels", r#"{"a":"1","b":false,"c":"3"}"#),
        ("tags", r#"["a",7]"#),
        ("state", "1.5"),
        ("createTime", r#""yesterday""#),
        ("timeout", "5"),
        ("ratio", r#""1e999""#),
    ] {
        let read = comes_back(&format!("{{\"{name}\":{value}}}"));
        let expected: Value = serde_json::from_str(value).unwrap();
        assert_eq!(read.unknown_fields.get(name), Some(&expected));
    }
}

#[test]
fn a_field_that_is_set_takes_precedence_over_one_that_did_not_fit() {
    let read = message(r#"{"size":"many","zone":"z"}"#).set_size(5);
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"{"size":"5","zone":"z"}"#
    );
}

#[test]
fn the_last_of_several_fields_of_one_name_wins() {
    let read = message(r#"{"size":"1","size":"2","tags":["a"],"tags":null,"z":1,"z":2}"#);
    assert_eq!(read.size, Some(2));
    assert!(read.tags.is_empty());
    assert_eq!(read.unknown_fields.get("z"), Some(&json!(2)));
}

#[test]
fn errors_name_the_path_of_the_field() {
    for (text, expected) in [
        (
            r#"{"parts":[{},{"owner":{"parts":{}}}]}"#,
            "parts[1].owner.parts: invalid type: map, expected a list",
        ),
        (
            r#"{"labels":[]}"#,
            "labels: invalid type: sequence, expected a map",
        ),
        (
            r#"{"owner":[]}"#,
            "owner: invalid type: sequence, expected an object",
        ),
        (
            r#"{"parts":[{"owner":7}]}"#,
            "parts[0].owner: invalid type: integer `7`, expected an object",
        ),
        (
            r#"{"parts":[{"size":"5"#,
            "parts[0].size: EOF while parsing a string",
        ),
        ("[]", "invalid type: sequence, expected an object"),
    ] {
        let error = serde_json::from_str::<Message>(text).unwrap_err();
        let error = error.to_string();
        let (message, _) = error.split_once(" at line 1").unwrap();
        assert_eq!(message, expected, "{text}");
    }
}

#[test]
fn the_text_of_an_error_is_bounded() {
    let long = "x".repeat(1_000_000);
    let text = format!("{{\"parts\":[{{\"{long}\":{{}},\"owner\":\"{long}\"}}]}}");
    let error = serde_json::from_str::<Message>(&text)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("parts[0].owner: invalid type: string \"xxx"),
        "{error}"
    );
    assert!(error.contains("expected an object"), "{error}");
    assert!(error.len() < 600, "{error}");
}

#[test]
fn doubles_come_back_exactly() {
    for text in [
        "126.01797721999371",
        "5e-324",
        "1.7976931348623157e+308",
        "0.1",
        "-0.0",
    ] {
        let read = comes_back(&format!("{{\"ratio\":{text},\"extra\":[{text}]}}"));
        let value: f64 = text.parse().unwrap();
        assert_eq!(read.ratio.map(f64::to_bits), Some(value.to_bits()));
    }
}

#[test]
fn setters_take_values_options_and_what_converts() {
    let set = Message::default()
        .set_size(5)
        .set_ratio(Some(0.5))
        .set_state("ACTIVE")
        .set_mask(["display_name", "a.b"])
        .set_tags(["a", "b"])
        .set_labels([("a", 1)])
        .set_owner(Message::default().set_mask("x,y"))
        .set_extra("text");
    let json = json!({
        "size": "5", "ratio": 0.5, "state": "ACTIVE", "mask": "displayName,a.b",
        "tags": ["a", "b"], "labels": {"a": "1"}, "owner": {"mask": "x,y"}, "extra": "text",
    });
    assert_eq!(serde_json::to_value(&set).unwrap(), json);
    let cleared = set
        .set_size(None)
        .set_state(None::<&str>)
        .set_owner(None::<Message>)
        .set_extra(None::<Value>)
        .set_tags([] as [String; 0]);
    assert_eq!((cleared.size, cleared.state), (None, None));
    assert_eq!((cleared.owner, cleared.extra), (None, None));
    assert!(cleared.tags.is_empty());
}

#[test]
fn a_message_comes_back_as_it_went() {
    let json = json!({
        "createTime": "2026-01-02T03:04:05.000000006Z",
        "timeout": "-3.5s",
        "mask": "displayName,a.bC",
        "tags": ["x"],
        "state": "INACTIVE",
    });
    let message: Message = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(message.state, Some(State::Inactive));
    assert_eq!(serde_json::to_value(&message).unwrap(), json);
    let offset: Message =
        serde_json::from_value(json!({"createTime": "2026-01-02T04:04:05.000000006+01:00"}))
            .unwrap();
    assert_eq!(offset.create_time, message.create_time);
}

#[test]
fn null_is_unset() {
    let message: Message = serde_json::from_value(json!({
        "createTime": null, "timeout": null, "mask": null, "tags": null, "state": null,
        "labels": null, "owner": null,
    }))
    .unwrap();
    assert_eq!(message, Message::default());
    assert_eq!(serde_json::to_string(&message).unwrap(), "{}");
}

#[test]
fn an_enum_keeps_what_it_does_not_know() {
    for json in [json!("ARCHIVED"), json!(""), json!(7), json!(-1)] {
        let state: State = serde_json::from_value(json.clone()).unwrap();
        assert!(matches!(state, State::UnknownValue(_)));
        assert_eq!(serde_json::to_value(&state).unwrap(), json);
    }
    let seven: State = serde_json::from_value(json!(7)).unwrap();
    let State::UnknownValue(unknown) = &seven else {
        panic!()
    };
    assert_eq!((unknown.as_str(), unknown.as_number()), ("7", Some(7)));
    assert_eq!(seven.to_string(), "7");
    assert_ne!(seven, State::from("7"));

    assert_eq!(State::from("ACTIVE"), State::Active);
    assert_eq!(State::from(String::from("ACTIVE")).as_str(), "ACTIVE");
    assert_eq!(State::from("NEW").to_string(), "NEW");
    assert_eq!(
        discovery_runtime::ParameterValue::to_parameter(&State::Active),
        "ACTIVE"
    );
}

#[test]
fn other_kinds_of_values_are_not_enum_values() {
    for json in [json!(true), json!([]), json!(1.5), json!(u64::MAX)] {
        let error = serde_json::from_value::<State>(json.clone()).unwrap_err();
        assert_eq!(error.to_string(), format!("expected State, found {json}"));
    }
}

#[test]
fn times_of_the_standard_library_are_set() {
    let epoch = SystemTime::UNIX_EPOCH;
    for (time, expected) in [
        (
            epoch - time::Duration::from_millis(1500),
            "1969-12-31T23:59:58.5Z",
        ),
        (
            epoch + time::Duration::new(1, 1),
            "1970-01-01T00:00:01.000000001Z",
        ),
        (
            epoch + time::Duration::from_secs(1 << 40),
            "9999-12-31T23:59:59Z",
        ),
    ] {
        let message = Message::default().set_create_time(time);
        assert_eq!(
            serde_json::to_value(message).unwrap(),
            json!({"createTime": expected})
        );
    }
    for (duration, expected) in [
        (time::Duration::from_millis(1500), "1.5s"),
        (time::Duration::MAX, "315576000000s"),
    ] {
        let message = Message::default().set_timeout(Some(duration));
        assert_eq!(
            serde_json::to_value(message).unwrap(),
            json!({"timeout": expected})
        );
    }
}
