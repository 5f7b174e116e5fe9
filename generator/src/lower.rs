//! From a Discovery document to its meaning, an [`Api`].
//!
//! Every question about a document is asked here, and every error occurs here: all problems are
//! collected with their place and reported together.

mod calls;
mod context;
mod crate_docs;
mod crate_names;
mod docs;
mod enums;
mod examples;
mod features;
mod index;
mod limits;
mod long_running;
mod messages;
mod methods;
mod nearest;
mod operation_schemas;
mod operations;
mod pages;
mod parameters;
mod programs;
mod properties;
mod prune;
mod ranking;
mod references;
mod request_ids;
mod resources;
mod samples;
mod schemas;
mod scopes;
mod service;
mod shapes;
mod streams;

use std::collections::BTreeMap;

use discovery::{Document, Problems};

use crate::model::Api;
use crate::options::Options;
use context::Context;
use docs::DocWriter;
use index::Index;
use messages::Messages;
use operation_schemas::OperationSchemas;

/// Lowers a document, or reports everything that is wrong with it. Warnings come with the result.
pub(crate) fn lower(document: &Document, options: &Options) -> Result<(Api, Problems), Problems> {
    let selected = &*prune::prune(document, &options.only)?;
    let operations = OperationSchemas::new(document);
    let mut context = Context {
        document,
        selected,
        index: Index::new(document),
        messages: Messages::default(),
        // From the whole document: the selected part may return any of its operations.
        services: operations::services(&operations, document),
        operations,
        names: crate_names::crate_names(selected),
        writer: DocWriter::new(selected),
        scopes: scopes::of_any_method(document),
        patterns: BTreeMap::default(),
        problems: Problems::default(),
    };
    let mut schemas = schemas::lower(&mut context);
    let mut root = resources::lower(&mut context);
    let features = features::gate(&mut schemas, &mut root);
    let api = service::assemble(&mut context, options, schemas, root, features);
    context.problems.into_result(api)
}
