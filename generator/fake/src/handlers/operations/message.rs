//! The messages of operations.

use discovery::{HttpMethod, Schema};
use serde_json::{Map, Value, json};

use super::super::change::Change;
use super::super::sample;
use super::place::Place;
use crate::api::schemas::OperationForm;
use crate::call::Call;
use crate::state::serial::Serial;

/// The messages of a new operation.
pub(crate) struct Messages<'c, 'a> {
    call: &'c Call<'a>,
    form: OperationForm,
    place: &'c Place<'a>,
    /// The key of the resource that it acts on.
    target: &'c str,
    change: Option<&'c Change>,
}

impl<'c, 'a> Messages<'c, 'a> {
    pub(crate) fn new(
        call: &'c Call<'a>,
        form: OperationForm,
        place: &'c Place<'a>,
        target: &'c str,
        change: Option<&'c Change>,
    ) -> Self {
        Self {
            call,
            form,
            place,
            target,
            change,
        }
    }

    /// Returns the operation at its start.
    pub(crate) fn running(&self, serial: &mut Serial) -> Value {
        let mut operation = match self.form {
            OperationForm::Aip => json!({
                "name": format!("operations/{}", self.place.id),
                "metadata": self.metadata(serial),
                "done": false,
            }),
            OperationForm::Status => self.with_status(serial),
        };
        if let (Some(identity), Some(key)) = (&self.place.identity, &self.place.key) {
            identity.write(&mut operation, self.call.relative(key));
        }
        operation
    }

    /// Returns the operation at its end.
    pub(crate) fn done(&self, running: &Value, serial: &mut Serial) -> Value {
        let mut operation = running.clone();
        match self.form {
            OperationForm::Aip => {
                operation["done"] = json!(true);
                operation["response"] = self.response();
            }
            OperationForm::Status => {
                operation["status"] = json!("DONE");
                self.set_known(&mut operation, "progress", || json!(100));
                self.set_known(&mut operation, "endTime", || json!(serial.time()));
            }
        }
        operation
    }

    fn metadata(&self, serial: &mut Serial) -> Value {
        let info = self.call.served.method.operation_info.as_ref();
        match info.and_then(|info| info.metadata_type.as_ref()) {
            Some(schema) => self.packed(schema, None),
            None => json!({
                "@type": format!("type.googleapis.com/{}.OperationMetadata", self.package()),
                "createTime": serial.time(),
                "target": self.call.relative(self.target),
            }),
        }
    }

    /// Returns the result: the resource, the type that the document names, or an empty message.
    fn response(&self) -> Value {
        let schemas = self.call.api.schemas();
        let method = &self.call.served.method;
        let info = method
            .operation_info
            .as_ref()
            .and_then(|info| info.response_type.as_ref());
        let changed = self.change.and_then(|change| change.record.as_ref());
        let value = changed.map(|record| &record.value);
        if let Some(schema) = info {
            return self.packed(schema, value);
        }
        let item = self
            .call
            .collection()
            .and_then(|collection| collection.schema.as_deref());
        let name = match (value, item) {
            (Some(_), Some(item)) => Some(item.to_owned()),
            _ if method.http_method == HttpMethod::Delete => None,
            _ => schemas.name(method.request.as_ref()).and_then(response_of),
        };
        match name.as_deref().and_then(|name| schemas.get(name)) {
            Some(schema) => self.packed(schema, value),
            None => json!({"@type": "type.googleapis.com/google.protobuf.Empty"}),
        }
    }

    /// Returns a message with its type.
    fn packed(&self, schema: &Schema, value: Option<&Value>) -> Value {
        let schemas = self.call.api.schemas();
        let name = schema
            .reference()
            .or(schema.id.as_deref())
            .unwrap_or("Message");
        let message = value
            .cloned()
            .unwrap_or_else(|| sample::message(schemas, schema));
        let mut packed = Map::new();
        let type_url = format!("type.googleapis.com/{}.{name}", self.package());
        packed.insert("@type".to_owned(), json!(type_url));
        if let Value::Object(fields) = message {
            packed.extend(fields);
        }
        Value::Object(packed)
    }

    fn package(&self) -> String {
        let document = &self.call.api.document;
        format!("google.{}.{}", document.name, document.version)
    }

    /// Returns an operation as Compute Engine has it, with the fields that its schema has.
    fn with_status(&self, serial: &mut Serial) -> Value {
        let call = self.call;
        let mut operation = json!({
            "name": self.place.id,
            "status": "RUNNING",
        });
        let link = |path: &str| json!(format!("{}{path}", call.root));
        let target = call.relative(self.target);
        let time = serial.time();
        let action = call.id().rsplit('.').next().unwrap_or_default().to_owned();
        let own = self.place.key.as_deref().map(|key| call.relative(key));
        self.set_known(&mut operation, "id", || {
            json!((serial.number() >> 1).to_string())
        });
        self.set_known(&mut operation, "kind", || {
            match self
                .schema()
                .and_then(|schema| schema.properties.get("kind"))
            {
                Some(kind) => json!(kind.default),
                None => Value::Null,
            }
        });
        self.set_known(&mut operation, "operationType", || json!(action));
        self.set_known(&mut operation, "targetLink", || link(target));
        self.set_known(&mut operation, "selfLink", || own.map_or(Value::Null, link));
        self.set_known(&mut operation, "insertTime", || json!(time));
        self.set_known(&mut operation, "startTime", || json!(time));
        self.set_known(&mut operation, "progress", || json!(0));
        for (name, segment) in [("zone", "zones"), ("region", "regions")] {
            if let Some((parent, rest)) = target.split_once(&format!("/{segment}/")) {
                let id = rest.split('/').next().unwrap_or_default();
                self.set_known(&mut operation, name, || {
                    link(&format!("{parent}/{segment}/{id}"))
                });
            }
        }
        operation
    }

    fn set_known(&self, operation: &mut Value, name: &str, value: impl FnOnce() -> Value) {
        if self
            .schema()
            .is_some_and(|schema| schema.properties.contains_key(name))
        {
            operation[name] = value();
        }
    }

    fn schema(&self) -> Option<&'a Schema> {
        let schemas = self.call.api.schemas();
        schemas.get(schemas.name(self.call.served.method.response.as_ref())?)
    }
}

/// Returns the name of the response to a request message.
fn response_of(request: &str) -> Option<String> {
    Some(format!("{}Response", request.strip_suffix("Request")?))
}

/// Turns an operation into one that was cancelled.
pub(crate) fn cancelled(operation: &mut Value, code: u32) {
    let message = "The operation was cancelled.";
    if operation.get("done").is_some() {
        operation["done"] = json!(true);
        operation["error"] = json!({"code": code, "message": message});
    } else {
        operation["status"] = json!("DONE");
        operation["error"] = json!({"errors": [{"code": "CANCELLED", "message": message}]});
    }
}
