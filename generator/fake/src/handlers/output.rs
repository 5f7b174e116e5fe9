//! Fields that the service sets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use discovery::{Schema, SchemaKind};
use md5::{Digest, Md5};
use serde_json::{Value, json};

use crate::call::Call;
use crate::state::record::Media;
use crate::state::serial::Serial;

/// Names of the time at which an item was created.
const CREATED: [&str; 7] = [
    "createTime",
    "created",
    "createdTime",
    "creationTime",
    "creationTimestamp",
    "insertTime",
    "timeCreated",
];

/// Names of the time at which an item was last changed.
const CHANGED: [&str; 7] = [
    "lastModifiedTime",
    "lastUpdateTime",
    "modifiedTime",
    "updateTime",
    "updated",
    "updatedTime",
    "updateTimestamp",
];

/// Names of the state of an item, and the values of one that can be used.
const STATES: [&str; 3] = ["lifecycleState", "state", "status"];
const USABLE: [&str; 7] = [
    "ACTIVE",
    "READY",
    "RUNNING",
    "ENABLED",
    "AVAILABLE",
    "DONE",
    "UP",
];

/// Sets the fields of a new item.
pub(crate) fn created(
    call: &Call<'_>,
    schema: &Schema,
    item: &mut Value,
    key: &str,
    serial: &mut Serial,
) {
    let time = serial.time();
    for name in CREATED {
        set_time(schema, item, name, &time);
    }
    for name in STATES {
        let values = schema
            .properties
            .get(name)
            .map_or(&[][..], |property| &property.values);
        let usable = USABLE
            .into_iter()
            .find(|usable| values.iter().any(|value| value.name == *usable));
        if let (Some(usable), true) = (usable, is_absent(item, name)) {
            item[name] = json!(usable);
        }
    }
    let has = |name: &str| schema.properties.contains_key(name);
    if has("uid") && is_absent(item, "uid") {
        item["uid"] = json!(serial.uuid());
    }
    if has("selfLink") && has_text(schema, "selfLink") {
        item["selfLink"] = json!(format!("{}{}", call.root, call.relative(key)));
    }
    let id = schema
        .properties
        .get("id")
        .and_then(|id| id.format.as_deref());
    if let (Some("uint64"), true) = (id, is_absent(item, "id")) {
        item["id"] = json!(serial.number().to_string());
    }
    changed(schema, item, &time, serial);
}

/// Sets the fields of a changed item.
pub(crate) fn touched(schema: &Schema, item: &mut Value, serial: &mut Serial) {
    let time = serial.time();
    changed(schema, item, &time, serial);
}

fn changed(schema: &Schema, item: &mut Value, time: &str, serial: &mut Serial) {
    for (name, property) in &schema.properties {
        if let (Some(default), SchemaKind::String, true) =
            (&property.default, &property.kind, is_absent(item, name))
        {
            item[name.as_str()] = json!(default);
        }
    }
    for name in CHANGED {
        item.as_object_mut().and_then(|item| item.remove(name));
        set_time(schema, item, name, time);
    }
    if has_text(schema, "etag") {
        item["etag"] = json!(etag(serial));
    }
    for name in ["generation", "metageneration"] {
        let is_counter = schema
            .properties
            .get(name)
            .and_then(|one| one.format.as_deref())
            == Some("int64");
        if is_counter {
            let before = item
                .get(name)
                .and_then(Value::as_str)
                .and_then(|text| text.parse::<i64>().ok());
            item[name] = json!(before.unwrap_or_default().saturating_add(1).to_string());
        }
    }
}

/// Returns whether a field is one that the service sets in any resource.
pub(crate) fn is_set_by_service(name: &str) -> bool {
    let others = ["id", "selfLink", "uid", "generation", "metageneration"];
    others.contains(&name) || CREATED.contains(&name) || CHANGED.contains(&name)
}

/// Returns a new entity tag.
pub(crate) fn etag(serial: &mut Serial) -> String {
    STANDARD.encode(serial.number().to_be_bytes())
}

/// Sets the size and the checksums of media.
pub(crate) fn measured(schema: &Schema, item: &mut Value, media: &Media) {
    let size = media.content.len().to_string();
    let hash = Md5::digest(&media.content);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let crc32c = crc32c::crc32c(&media.content).to_be_bytes();
    let fields = [
        ("contentType", media.content_type.clone()),
        ("mimeType", media.content_type.clone()),
        ("crc32c", STANDARD.encode(crc32c)),
        ("fileSize", size.clone()),
        ("size", size),
        ("md5Checksum", hex),
        ("md5Hash", STANDARD.encode(hash)),
    ];
    for (name, value) in fields {
        let is_type = name.ends_with("Type") && !is_absent(item, name);
        if has_text(schema, name) && !is_type {
            item[name] = json!(value);
        }
    }
}

/// Sets a time, in milliseconds where the schema has an integer.
fn set_time(schema: &Schema, item: &mut Value, name: &str, time: &str) {
    let Some(property) = schema
        .properties
        .get(name)
        .filter(|_| is_absent(item, name))
    else {
        return;
    };
    let value = match (&property.kind, property.format.as_deref()) {
        (SchemaKind::String, None | Some("google-datetime" | "date-time")) => json!(time),
        (SchemaKind::String, Some("int64" | "uint64")) => {
            let time = google_cloud_wkt::Timestamp::try_from(time).unwrap_or_default();
            let millis = time.seconds() * 1_000 + i64::from(time.nanos()) / 1_000_000;
            json!(millis.to_string())
        }
        _ => return,
    };
    item[name] = value;
}

fn has_text(schema: &Schema, name: &str) -> bool {
    schema
        .properties
        .get(name)
        .is_some_and(|property| property.kind == SchemaKind::String)
}

fn is_absent(item: &Value, name: &str) -> bool {
    item.get(name).is_none_or(Value::is_null)
}
