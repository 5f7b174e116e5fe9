//! The JSON forms of values in generated structs.

use std::{collections::BTreeMap, fmt::Debug};

use discovery_runtime::{
    Bytes, Duration, FieldMask, OpenEnum, Timestamp, UnknownValue, open_enum, wire,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: wire::Wire + Default")]
struct Field<T> {
    #[serde(default, with = "wire")]
    v: T,
}

/// The value decoded from `{"v": text}`.
fn read<T: wire::Wire + Default>(text: &str) -> Result<T, String> {
    let field: Result<Field<T>, _> = serde_json::from_str(&format!("{{\"v\":{text}}}"));
    field
        .map(|field| field.v)
        .map_err(|error| error.to_string())
}

fn write<T: wire::Wire + Default>(v: T) -> Value {
    serde_json::to_value(Field { v }).unwrap()["v"].take()
}

#[track_caller]
fn reads<T: wire::Wire + Default + PartialEq + Debug>(table: &[(&str, Option<T>)]) {
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
    assert_eq!(
        serde_json::to_string(&Field { v: 0.1_f32 }).unwrap(),
        r#"{"v":0.1}"#
    );
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
        ("\"-_8*\"", None),
        ("\"a\"", None),
        ("7", None),
    ]);
}

#[test]
fn containers_hold_such_values_at_any_depth() {
    let value: Option<Box<BTreeMap<String, Vec<i64>>>> =
        Some(Box::new(BTreeMap::from([("a".to_owned(), vec![1, 2])])));
    assert_eq!(write(value.clone()), json!({"a": ["1", "2"]}));
    assert_eq!(
        read::<Option<Box<BTreeMap<String, Vec<i64>>>>>(r#"{"a":["1",2]}"#),
        Ok(value)
    );
    assert_eq!(read::<Option<i64>>("null"), Ok(None));
    assert_eq!(read::<Vec<i64>>("null"), Ok(vec![]));
    assert_eq!(read::<BTreeMap<String, f64>>("null"), Ok(BTreeMap::new()));
    assert!(read::<Vec<i64>>("[null]").is_err());
    assert_eq!(write(None::<i64>), Value::Null);
}

#[test]
fn messages_name_what_was_expected() {
    assert_eq!(
        read::<i64>("\"x\"").unwrap_err(),
        "invalid value: string \"x\", expected a 64-bit integer at line 1 column 8"
    );
    assert_eq!(
        read::<u32>("-1").unwrap_err(),
        "invalid value: integer `-1`, expected an unsigned 32-bit integer at line 1 column 7"
    );
    assert_eq!(
        read::<f64>("\"x\"").unwrap_err(),
        "invalid value: string \"x\", expected a number, \"NaN\", \"Infinity\" or \"-Infinity\" \
         at line 1 column 8"
    );
    assert_eq!(
        read::<Bytes>("\"*\"").unwrap_err(),
        "invalid value: string \"*\", expected base64 at line 1 column 8"
    );
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    create_time: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mask: Option<FieldMask>,
    #[serde(
        deserialize_with = "wire::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum State {
    Active,
    Inactive,
    UnknownValue(UnknownValue),
}

impl OpenEnum for State {
    const VALUES: &'static [(&'static str, Self)] =
        &[("ACTIVE", State::Active), ("INACTIVE", State::Inactive)];
}

open_enum!(State);

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
fn null_is_unset_and_unknown_fields_are_ignored() {
    let message: Message = serde_json::from_value(json!({
        "createTime": null, "timeout": null, "mask": null, "tags": null, "state": null, "new": [1],
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
fn what_is_no_enum_value_is_refused() {
    for json in [json!(true), json!([]), json!(1.5), json!(u64::MAX)] {
        let error = serde_json::from_value::<State>(json)
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("expected the name or number of an enum value"),
            "{error}"
        );
    }
}
