//! The collections of an API, found by the shapes of its paths.
//!
//! A path that ends in a variable names an item, and the path before the variable a collection: items are
//! read at `v1/shelves/*`, so `v1/shelves` is the collection in which they are listed and created.

use std::collections::{BTreeMap, BTreeSet};

use discovery::HttpMethod;

use super::method_path::MethodPath;
use super::pattern::{Matcher, PathPattern, shape};
use super::schemas::{OperationForm, Schemas};

/// A collection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collection {
    /// The path of an item.
    pub(crate) item: Option<PathPattern>,
    /// The schema of an item.
    pub(crate) schema: Option<String>,
    /// Some method adds items: an unknown item is then an error.
    pub(crate) is_filled: bool,
    /// A `POST` to the collection adds items, so that a `PUT` of an unknown one is an error.
    pub(crate) has_post: bool,
    /// Deleted items can be restored.
    pub(crate) has_undelete: bool,
    /// Its items are operations.
    pub(crate) operations: Option<OperationForm>,
}

/// The collections of an API by their shapes, and the shapes of single resources: messages at a fixed path
/// that can be read and written, such as `settings`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collections {
    by_shape: BTreeMap<String, Collection>,
    singletons: BTreeSet<String>,
}

impl Collections {
    pub(crate) fn new(methods: &[MethodPath], schemas: Schemas<'_>) -> Self {
        let mut collections = Self::default();
        // A message that is read says more about an item than one that is written.
        let verbs = [
            HttpMethod::Get,
            HttpMethod::Patch,
            HttpMethod::Put,
            HttpMethod::Delete,
        ];
        for verb in verbs {
            for served in methods
                .iter()
                .filter(|served| served.method.http_method == verb)
            {
                collections.add_item(served, schemas);
            }
        }
        for served in methods {
            collections.add_traits(served);
        }
        collections.singletons = singletons(methods);
        collections
    }

    /// Returns the collection of a shape.
    pub(crate) fn get(&self, shape: &str) -> Option<&Collection> {
        self.by_shape.get(shape)
    }

    /// Returns the collection that a path names.
    pub(crate) fn at(&self, path: &PathPattern) -> Option<&Collection> {
        self.get(&path.shape())
    }

    /// Returns the collection of the item that a path names.
    pub(crate) fn of_item(&self, path: &PathPattern) -> Option<&Collection> {
        self.get(&item_shape(path)?)
    }

    /// Returns whether a path names a single resource.
    pub(crate) fn is_singleton(&self, path: &PathPattern) -> bool {
        path.verb.is_none() && self.singletons.contains(&path.shape())
    }

    /// Returns the collections of operations.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Collection> {
        self.by_shape
            .values()
            .filter(|collection| collection.operations.is_some())
    }

    /// Returns all collections of items of a schema.
    pub(crate) fn of_schema<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Collection> {
        let collections = self.by_shape.values();
        collections.filter(move |collection| collection.schema.as_deref() == Some(name))
    }

    fn add_item(&mut self, served: &MethodPath, schemas: Schemas<'_>) {
        let Some(path) = served.path.as_ref().filter(|path| path.verb.is_none()) else {
            return;
        };
        let Some(shape) = item_shape(path) else {
            return;
        };
        let collection = self.by_shape.entry(shape).or_default();
        collection.item.get_or_insert_with(|| path.clone());
        let method = &served.method;
        let body = match method.http_method {
            HttpMethod::Get => schemas.name(method.response.as_ref()),
            HttpMethod::Patch | HttpMethod::Put => {
                let response = schemas.name(method.response.as_ref());
                let is_operation = response.is_some_and(|name| schemas.operation(name).is_some());
                if is_operation {
                    schemas.name(method.request.as_ref())
                } else {
                    response
                }
            }
            _ => None,
        };
        if let (None, Some(name)) = (&collection.schema, body) {
            collection.schema = Some(name.to_owned());
            collection.operations = schemas.operation(name);
        }
    }

    /// Records the methods that add items to a collection or restore them.
    fn add_traits(&mut self, served: &MethodPath) {
        let Some(path) = &served.path else { return };
        let shape = match (served.method.http_method, path.verb.as_deref()) {
            (HttpMethod::Post, None) => Some(path.shape()),
            (HttpMethod::Post, Some("undelete")) | (HttpMethod::Put, None) => item_shape(path),
            _ => None,
        };
        let Some(collection) = shape.and_then(|shape| self.by_shape.get_mut(&shape)) else {
            return;
        };
        match (served.method.http_method, &path.verb) {
            (HttpMethod::Post, Some(_)) => collection.has_undelete = true,
            (HttpMethod::Post, None) => (collection.is_filled, collection.has_post) = (true, true),
            _ => collection.is_filled = true,
        }
    }
}

/// Returns the shape of the collection, if the path ends in a variable.
pub(crate) fn item_shape(path: &PathPattern) -> Option<String> {
    let (last, parents) = path.parts.split_last()?;
    let is_variable = !matches!(last.matcher, Matcher::Literal(_));
    is_variable.then(|| shape(parents))
}

/// Returns the shapes of paths without a variable at their end that are read, and written.
fn singletons(methods: &[MethodPath]) -> BTreeSet<String> {
    let shapes = |verbs: &[HttpMethod]| -> BTreeSet<String> {
        let methods = methods.iter();
        let methods = methods.filter(|served| verbs.contains(&served.method.http_method));
        let paths = methods.filter_map(|served| served.path.as_ref());
        let fixed = paths.filter(|path| path.verb.is_none() && item_shape(path).is_none());
        fixed.map(PathPattern::shape).collect()
    };
    let written = shapes(&[HttpMethod::Patch, HttpMethod::Put]);
    let read = shapes(&[HttpMethod::Get]);
    read.intersection(&written).cloned().collect()
}
