//! State shared by the passes.

use std::collections::BTreeMap;

use discovery::{Document, Pointer, Problem, Problems, Schema};

use super::docs::DocWriter;
use super::index::Index;
use super::messages::Messages;
use super::operation_schemas::OperationSchemas;
use crate::model::{CrateNames, OperationService, Type};

/// The document, the types of its schemas, and the problems so far.
pub(super) struct Context<'a> {
    /// The unpruned document. Names come from it, so that they do not depend on the selection.
    pub(super) document: &'a Document,
    /// The selected part of the document, which becomes the client.
    pub(super) selected: &'a Document,
    pub(super) index: Index<'a>,
    pub(super) messages: Messages,
    pub(super) operations: OperationSchemas,
    pub(super) services: Vec<OperationService>,
    pub(super) names: CrateNames,
    pub(super) writer: DocWriter<'a>,
    /// Scopes assumed for methods that list none.
    pub(super) scopes: Vec<&'a String>,
    /// The patterns so far, each with the reason for which it cannot be compiled.
    pub(super) patterns: BTreeMap<String, Option<String>>,
    pub(super) problems: Problems,
}

impl Context<'_> {
    /// Returns the type that a `$ref` names.
    pub(super) fn reference(&mut self, name: &str, pointer: &Pointer<'_>) -> Type {
        match self.index.get(name) {
            Some(entry) => entry.ty.clone(),
            None => {
                let message =
                    format!("`$ref` names the schema `{name}`, which the document does not have");
                self.problems.push(Problem::error(pointer, message));
                Type::Value
            }
        }
    }

    /// Returns the schema that a reference stands for.
    pub(super) fn resolve<'s>(&self, schema: &'s Schema) -> &'s Schema
    where
        Self: 's,
    {
        let entry = schema.reference().and_then(|name| self.index.get(name));
        entry.map_or(schema, |entry| entry.target)
    }
}
