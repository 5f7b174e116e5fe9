//! `google.rpc.Status`.

use google_cloud_gax::error::rpc::Code;
use google_cloud_rpc::model::Status;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
use serde_json::Value;

use super::{
    decoding::Decoding,
    form::{Decoded, JsonForm},
    value::ValueVisitor,
};

impl JsonForm for Status {
    fn from_json<'de, D: Deserializer<'de>>(
        deserializer: D,
        decoding: &mut Decoding,
    ) -> Result<Decoded<Self>, D::Error> {
        let value = deserializer.deserialize_any(ValueVisitor(decoding))?;
        Ok(Decoded::Value(decode(&value)))
    }

    fn to_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// Decodes a status. A value of another form is a failure as well, which must not be mistaken for
/// success.
pub(crate) fn decode(value: &Value) -> Status {
    lenient(value).unwrap_or_else(|| {
        Status::new()
            .set_code(Code::Unknown as i32)
            .set_message(value.to_string())
    })
}

/// Leaves out details that are not a `google.protobuf.Any`: they must not hide the rest.
fn lenient(value: &Value) -> Option<Status> {
    let mut status = value.as_object()?.clone();
    if let Some(Value::Array(details)) = status.get_mut("details") {
        details.retain(|detail| google_cloud_wkt::Any::deserialize(detail).is_ok());
    }
    serde_json::from_value(Value::Object(status)).ok()
}
