//! Long-running operations: which methods start them, and which ask for them, cancel them or wait
//! for them (<https://google.aip.dev/151>, and the older kind of Compute Engine and its like).

use std::collections::BTreeMap;

use discovery::{Document, Method, Pointer, Resource, Schema, SchemaKind};

use super::Context;
use super::{methods, shapes};
use crate::model::{
    Constant, Docs, OperationService, OperationVariable, Polled, Response, Wait, WaitTimeout,
};
use crate::names::{Ident, Scope};

/// The schemas of a document whose values are operations.
#[derive(Default)]
pub(super) struct OperationSchemas(BTreeMap<String, Kind>);

/// How an operation tells that it has ended, and what it made.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// By `done`, and by `response` or `error`: <https://google.aip.dev/151>.
    Aip151,
    /// By a `status` that is `DONE`; it is its own response.
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

    /// Whether the method answers with an operation.
    pub(super) fn answers(&self, method: &Method) -> bool {
        self.kind(method).is_some()
    }

    fn kind(&self, method: &Method) -> Option<Kind> {
        let response = method.response.as_ref()?;
        self.0.get(response.reference()?).copied()
    }
}

fn kind(schema: &Schema) -> Option<Kind> {
    if shapes::is_like_operation(schema) {
        Some(Kind::Aip151)
    } else if is_operation_by_status(schema) {
        Some(Kind::ByStatus)
    } else {
        None
    }
}

/// The older kind: a name or an id, and a `status` that ends as `DONE`.
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

/// The resources of operations of the whole document.
pub(super) fn services(
    operations: &OperationSchemas,
    document: &Document,
) -> Vec<OperationService> {
    let mut idents = Scope::default();
    let mut services = Vec::new();
    for node in document.resources() {
        let name = node.path.last().copied().unwrap_or_default();
        let get = node.resource.methods.get("get");
        let get = get.filter(|get| operations.answers(get));
        if let Some(get) = get.filter(|_| name.to_ascii_lowercase().ends_with("operations")) {
            services.push(service(get, node.resource, &document.schemas, &mut idents));
        }
    }
    services.sort_by(|a, b| a.get.id.cmp(&b.get.id));
    services
}

fn service(
    get: &Method,
    resource: &Resource,
    schemas: &BTreeMap<String, Schema>,
    idents: &mut Scope,
) -> OperationService {
    let same_variables = |method: &&Method| {
        let names = method.path.variables().map(|(name, _)| name);
        names.eq(get.path.variables().map(|(name, _)| name))
    };
    let sibling = |name: &str| resource.methods.get(name).filter(same_variables);
    OperationService {
        get: methods::descriptor(get),
        variables: get
            .path
            .variables()
            .map(|(name, _)| OperationVariable {
                pattern: pattern(get, name, idents),
                name: name.to_owned(),
            })
            .collect(),
        cancel: sibling("cancel").map(methods::descriptor),
        wait: sibling("wait").map(|wait| Wait {
            method: methods::descriptor(wait),
            timeout: timeout(wait, schemas),
        }),
    }
}

/// How a method that waits takes its timeout, `google.protobuf.Duration` as all do that have one.
fn timeout(wait: &Method, schemas: &BTreeMap<String, Schema>) -> WaitTimeout {
    let request = wait.request.as_ref().and_then(Schema::reference);
    let request = request.and_then(|name| schemas.get(name));
    let is_timeout = |schema: &Schema| schema.format.as_deref() == Some("google-duration");
    let property = request.and_then(|request| request.properties.get("timeout"));
    let parameter = wait.parameters.get("timeout");
    if property.is_some_and(is_timeout) {
        WaitTimeout::Body
    } else if parameter.is_some_and(|parameter| is_timeout(&parameter.schema)) {
        WaitTimeout::Query
    } else {
        WaitTimeout::Unsaid
    }
}

fn pattern(method: &Method, name: &str, idents: &mut Scope) -> Option<Constant> {
    let parameter = method.parameters.get(name)?;
    let pattern = parameter.schema.pattern.clone()?;
    crate::pattern::check(&pattern).ok()?;
    Some(Constant {
        ident: idents.assign(Ident::constant(&format!("{}_{name}", method.id))),
        value: pattern,
        docs: Docs::default(),
        deprecated: false,
    })
}

impl Context<'_> {
    /// What following the operation that the method answers with yields, if it can be followed.
    pub(super) fn polled(
        &mut self,
        method: &Method,
        pointer: &Pointer<'_>,
        response: &Response,
    ) -> Option<Polled> {
        let kind = self.operations.kind(method)?;
        if self.services.is_empty() {
            return None;
        }
        // An operation of the older kind is its own response and metadata.
        let own = match response {
            Response::Message(ty) if kind == Kind::ByStatus => Some(ty),
            _ => None,
        };
        let info = method.operation_info.as_ref();
        let pointer = pointer.key("operationInfo");
        let response = info.and_then(|info| info.response_type.as_ref());
        let metadata = info.and_then(|info| info.metadata_type.as_ref());
        let mut typed = |schema: Option<&Schema>, key| match schema {
            Some(schema) => Some(self.message(schema, &pointer.key(key))),
            None => own.cloned(),
        };
        Some(Polled {
            response: typed(response, "responseType"),
            metadata: typed(metadata, "metadataType"),
        })
    }
}
