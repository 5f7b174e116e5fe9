//! Schemas whose values are long-running operations: <https://google.aip.dev/151>, and the older kind
//! of Compute Engine and its like.

use std::collections::BTreeMap;

use discovery::{Document, Method, Schema, SchemaKind};

use super::shapes;

/// The schemas of a document whose values are operations.
#[derive(Default)]
pub(super) struct OperationSchemas(BTreeMap<String, OperationKind>);

/// The form in which an operation reports that it is done, and its result.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OperationKind {
    /// `done`, and `response` or `error`: <https://google.aip.dev/151>.
    Aip151,
    /// `status` is `DONE`; the operation is its own response.
    ByStatus,
}

impl OperationSchemas {
    pub(super) fn new(document: &Document) -> Self {
        let operations = document
            .schemas
            .iter()
            .filter_map(|(name, schema)| Some((name.clone(), kind(schema)?)));
        Self(operations.collect())
    }

    /// Returns whether the response of the method is an operation.
    pub(super) fn answers(&self, method: &Method) -> bool {
        self.kind(method).is_some()
    }

    /// Returns the kind of the operation that is the method's response.
    pub(super) fn kind(&self, method: &Method) -> Option<OperationKind> {
        let response = method.response.as_ref()?;
        self.0.get(response.reference()?).copied()
    }
}

fn kind(schema: &Schema) -> Option<OperationKind> {
    if shapes::is_like_operation(schema) {
        Some(OperationKind::Aip151)
    } else if is_operation_by_status(schema) {
        Some(OperationKind::ByStatus)
    } else {
        None
    }
}

/// Recognises the older kind: it has a name or an id, and a `status` that ends as `DONE`.
fn is_operation_by_status(schema: &Schema) -> bool {
    let called = schema
        .id
        .as_ref()
        .is_some_and(|id| id.ends_with("Operation"));
    let named = ["name", "id"]
        .iter()
        .any(|name| schema.properties.contains_key(*name));
    let ends = schema.properties.get("status").is_some_and(|status| {
        status.kind == SchemaKind::String && status.values.iter().any(|value| value.name == "DONE")
    });
    called && named && ends
}
