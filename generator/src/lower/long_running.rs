//! Result types of long-running operations.

use discovery::{Method, Pointer, Problem, Schema};

use super::context::Context;
use super::operation_schemas::OperationKind;
use crate::model::{LongRunning, Response, Type};

impl Context<'_> {
    /// Returns the result types of the operation that the method starts or gets, if the API has a
    /// method that gets it.
    pub(super) fn long_running(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        response: &Response,
    ) -> Option<LongRunning> {
        let kind = self.operations.kind(method)?;
        if self.services.is_empty() || matches!(response, Response::Stream(_)) {
            return None;
        }
        // An operation of the older kind is its own response and metadata.
        let own = match response {
            Response::Message(ty) if kind == OperationKind::ByStatus => Some(ty),
            _ => None,
        };
        let info = method.operation_info.as_ref();
        let pointer = pointer.key("operationInfo");
        let response = info.and_then(|info| info.response_type.as_ref());
        let metadata = info.and_then(|info| info.metadata_type.as_ref());
        let mut typed = |schema: Option<&Schema>, key| match schema {
            Some(schema) => Some(self.result(schema, &pointer.key(key))),
            None => own.cloned(),
        };
        Some(LongRunning {
            response: typed(response, "responseType"),
            metadata: typed(metadata, "metadataType"),
        })
    }

    /// Returns the type of a result, which an overlay declares by name.
    fn result(&mut self, schema: &Schema, pointer: &Pointer<'_>) -> Type {
        if let Some(name) = schema.reference() {
            return self.reference(name, pointer);
        }
        let message = "the result of an operation has no named type";
        let help = "give the schema a name in `schemas`, and refer to it";
        self.problems
            .push(Problem::error(pointer, message).with_help(help));
        Type::Value
    }
}
