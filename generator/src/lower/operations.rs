//! Resources of operations: methods that get operations, cancel them and wait for them.

use std::collections::BTreeMap;

use discovery::{Document, Method, Resource, Schema};

use super::methods;
use super::operation_schemas::OperationSchemas;
use crate::model::{Constant, Docs, OperationService, OperationVariable, Wait, WaitTimeout};
use crate::names::{Ident, NameTable};
use crate::pattern;

/// Returns the resources of operations in the document.
pub(super) fn services(
    operations: &OperationSchemas,
    document: &Document,
) -> Vec<OperationService> {
    let mut idents = NameTable::default();
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
    idents: &mut NameTable,
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
                pattern: variable_pattern(get, name, idents),
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

/// Finds the timeout of a `wait` method: a `google.protobuf.Duration`, where there is one.
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

fn variable_pattern(method: &Method, name: &str, idents: &mut NameTable) -> Option<Constant> {
    let parameter = method.parameters.get(name)?;
    let pattern = parameter.schema.pattern.clone()?;
    pattern::check(&pattern).ok()?;
    Some(Constant {
        ident: idents.assign(Ident::constant(&format!("{}_{name}", method.id))),
        value: pattern,
        docs: Docs::default(),
        deprecated: false,
    })
}
