//! From what Google wrote to what we mean: a Discovery document becomes an [`Api`].
//!
//! Every question about a document is asked here, and whatever can go wrong goes wrong here:
//! all problems are collected with their place and reported together.

mod examples;
mod front;
mod index;
mod methods;
mod operations;
mod pages;
mod parameters;
mod places;
mod programs;
mod properties;
mod prune;
mod reach;
mod recursion;
mod resources;
mod schemas;
mod scopes;
mod service;
mod shapes;
mod text;

use discovery::{Document, Problems};

use crate::Options;
use crate::model::{Api, OperationService};
use index::Index;
use operations::OperationSchemas;
use pages::Messages;
use service::CrateNames;
use text::Author;

/// What the passes share: the document, where its schemas went, and what is wrong so far.
struct Context<'a> {
    /// What becomes a client.
    document: &'a Document,
    /// What that is a part of. It gives the names, so that whatever is kept has the same.
    whole: &'a Document,
    index: Index<'a>,
    messages: Messages,
    operations: OperationSchemas,
    services: Vec<OperationService>,
    names: CrateNames,
    author: Author<'a>,
    /// What a method needs that does not say it.
    scopes: Vec<&'a String>,
    problems: Problems,
}

/// Lowers a document, or says all that is wrong with it. Warnings come with the result.
pub(crate) fn lower(whole: &Document, options: &Options) -> Result<(Api, Problems), Problems> {
    let document = &*prune::prune(whole, &options.only)?;
    let mut context = Context {
        document,
        whole,
        index: Index::new(whole),
        messages: Messages::default(),
        operations: OperationSchemas::new(whole),
        services: Vec::new(),
        names: CrateNames::new(document),
        author: Author::of(document),
        scopes: scopes::of_any_method(whole),
        problems: Problems::default(),
    };
    let mut schemas = schemas::lower(&mut context);
    recursion::break_cycles(&mut schemas);
    // Those of the whole document: what is left of it can still be followed.
    context.services = operations::services(&context.operations, whole);
    let mut root = resources::lower(&mut context);
    reach::give_setters(&mut schemas, &mut root);
    root.features = reach::gate(&mut schemas, &mut root);
    let api = service::assemble(&mut context, options, schemas, root);
    context.problems.into_result(api)
}
